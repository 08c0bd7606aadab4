"""A workbench in a browser without scripts: a client that follows forms as a browser would."""

from __future__ import annotations

import atexit
import contextlib
import functools
import re
import shutil
import warnings
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from httpx import Response

from undersight.settings import Profile
from undersight.vault.passphrase import Argon2Cost
from undersight.web.access import Access
from undersight.web.app import cookie_name, create_app
from undersight.workbench.session import Workspace

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it asks for httpx2
    from starlette.testclient import TestClient

from anyio.from_thread import BlockingPortal, start_blocking_portal

PORT = 8765
HERE = f"http://127.0.0.1:{PORT}"
PASSPHRASE = "seven unrelated words for a test"
CHEAP = Argon2Cost(memory_kib=8, iterations=1, lanes=1)


@functools.cache
def _portal() -> BlockingPortal:
    """One event loop for all clients: each request would start one, and its threads, anew."""
    running = contextlib.ExitStack()
    atexit.register(running.close)
    return running.enter_context(start_blocking_portal())


def client_of(app: Any, address: str) -> TestClient:
    """Return what asks an application as a browser at an address would."""
    client = TestClient(app, base_url=address)
    client.portal = _portal()
    return client


class Forms(HTMLParser):
    """The forms of a page: action, method, fields with their values."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[dict[str, Any]] = []
        self._select = ""
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({"action": given.get("action", ""), "fields": {}})
        elif not self.forms:
            return
        elif tag == "input" and given.get("type") not in ("checkbox", "radio", "submit"):
            self.forms[-1]["fields"].setdefault(given.get("name", ""), given.get("value", ""))
        elif tag == "input" and "checked" in given:
            self.forms[-1]["fields"].setdefault(given.get("name", ""), given.get("value", "on"))
        elif tag == "select":
            self._select = given.get("name", "")
        elif tag == "option" and self._select and "selected" in given:
            self.forms[-1]["fields"][self._select] = given.get("value", "")
        elif tag == "textarea":
            self._area = given.get("name", "")
            self.forms[-1]["fields"][self._area] = ""

    def handle_endtag(self, tag: str) -> None:
        self._select = "" if tag == "select" else self._select
        self._area = "" if tag == "textarea" else self._area

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1]["fields"][self._area] += data


class Browser:
    """A browser with scripts off.

    Attributes:
        client: The client below, for requests that no browser would make.
        access: The door of the workbench it looks at.
    """

    def __init__(self, access: Access) -> None:
        self.access = access
        app = create_app(access, port=PORT)
        self.client = client_of(app, HERE)
        self.page: Response | None = None

    def get(self, path: str, **options: Any) -> Response:
        """Open a page, following where it leads."""
        self.page = self.client.get(path, **options)
        return self.page

    @property
    def text(self) -> str:
        """The page that is open."""
        assert self.page is not None
        return self.page.text

    @property
    def token(self) -> str:
        """The token of the open page's forms."""
        found = re.search(r'name="csrf" (?:value|content)="([0-9a-f]{64})"', self.text)
        assert found is not None, self.text[:500]
        return found[1]

    def forms(self) -> list[dict[str, Any]]:
        """The forms of the open page."""
        parser = Forms()
        parser.feed(self.text)
        return parser.forms

    def send(self, action: str, files: Any = None, **fields: Any) -> Response:
        """Fill in the open page's first form with this action and send it, as a browser does."""
        form = next((one for one in self.forms() if one["action"] == action), None)
        assert form is not None, (action, [one["action"] for one in self.forms()])
        data = {name: value for name, value in {**form["fields"], **fields}.items() if name}
        data = {name: value for name, value in data.items() if value is not None}
        headers = {"sec-fetch-site": "same-origin", "origin": HERE}
        self.page = self.client.post(action, data=data, files=files, headers=headers)
        return self.page


@pytest.fixture(scope="session")
def empty_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plain workspace that is copied and never opened."""
    profile = Profile(title="Qaravel log", jurisdiction="QV", languages=("en", "az"))
    folder = tmp_path_factory.mktemp("web") / "log"
    with Workspace.create(folder, profile, passphrase=None) as made:
        made.casebook.all("incident")
    return folder


@pytest.fixture
def plain_root(tmp_path: Path, empty_root: Path) -> Path:
    """A plain workspace's folder."""
    return Path(shutil.copytree(empty_root, tmp_path / "log"))


@pytest.fixture
def browser(plain_root: Path) -> Iterator[Browser]:
    """A browser before a plain workspace that was opened."""
    found = Browser(Access(plain_root))
    session = found.access.unlock("")  # the door's own form is for the tests of the door
    assert session is not None
    found.client.cookies.set(cookie_name(PORT), session.token, domain="127.0.0.1")
    yield found
    found.access.lock()


class Clock:
    """A clock that stands until a test sets it.

    Attributes:
        now_s: What it shows, s.
    """

    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    """The clock of `access`."""
    return Clock()


@pytest.fixture
def access(plain_root: Path, clock: Clock) -> Iterator[Access]:
    """An unlocked workbench with an account of each role."""
    from tests.web.people import made

    found = Access(plain_root, clock=clock)
    found.unlock("")
    made(found)
    yield found
    found.lock()


@pytest.fixture
def workspace_of(browser: Browser) -> Callable[[], Any]:
    """The workspace behind the browser, as a context manager that reads."""
    return browser.access.desk.reading


@pytest.fixture
def locked_root(tmp_path: Path) -> Path:
    """An encrypted workspace's folder."""
    profile = Profile(title="Qaravel log", jurisdiction="QV")
    made = Workspace.create(tmp_path / "kept", profile, passphrase=PASSPHRASE, cost=CHEAP)
    with made:
        made.casebook.all("incident")
        return made.layout.root
