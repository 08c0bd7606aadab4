"""One request, as a page sees it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.responses import HTMLResponse, RedirectResponse

from undersight.errors import NotSignedInError, NotTheSameTwiceError
from undersight.i18n import LANGUAGES, NAMES, translator
from undersight.presentation.field_words import kind_word
from undersight.presentation.pages import environment
from undersight.web import fault_words, issue_words, loss_words
from undersight.web.failure_words import FAILURE_WORDS
from undersight.web.hint_words import HINT_WORDS
from undersight.web.posted import NOTHING
from undersight.web.record_words import AUDIENCE_WORDS, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from starlette.requests import Request
    from starlette.responses import Response

    from undersight.model.account import Right
    from undersight.web.access import Access, Session
    from undersight.web.page import Page
    from undersight.web.posted import Posted
    from undersight.workbench.desk import Who
    from undersight.workbench.second_factors import Site
    from undersight.workbench.session import Workspace

LANGUAGE_COOKIE = "undersight-language"
# The first that fits: most browsers also call themselves by the name of an older one.
_BROWSERS = ("Firefox", "Edg", "OPR", "YaBrowser", "Chrome", "Safari")
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux")


def address_of(request: Request, *, is_behind_tls: bool) -> str:
    """Return where a request comes from: behind a proxy, what the proxy says of it.

    Args:
        request: The request.
        is_behind_tls: Whether a proxy of ours passes requests on.
    """
    passed_on = request.headers.get("x-forwarded-for", "")
    if is_behind_tls and passed_on:
        return passed_on.rpartition(",")[2].strip()[:60]
    return request.client.host if request.client else ""


class Visit:
    """One request and what it may use.

    Args:
        request: The request.
        access: The door.
        cookie: What the browser's cookie holds, or will hold.
        session: The session of the cookie; None where nothing was unlocked.
        page: The page asked for.
        form: What was posted.
    """

    def __init__(
        self,
        request: Request,
        access: Access,
        *,
        cookie: str,
        session: Session | None,
        page: Page,
        form: Posted = NOTHING,
    ) -> None:
        self.request, self.access, self.cookie = request, access, cookie
        self.session, self.page, self.form = session, page, form

    # --- what was asked -----------------------------------------------------------------------

    @property
    def who(self) -> Who:
        """Who asks, behind a door that let them in.

        Raises:
            NotSignedInError: Nobody does.
        """
        if self.session is None:
            raise NotSignedInError
        return self.session.who

    @property
    def is_fragment(self) -> bool:
        """Whether a script asked, to put the answer into its page."""
        return self.request.headers.get("hx-request") == "true"

    @property
    def lang(self) -> str:
        """The language of the interface: chosen, else what the browser prefers."""
        return language_of(self.request)

    def asked(self, name: str, default: str = "") -> str:
        """Return a value of the address, without spaces around it."""
        return self.request.query_params.get(name, default).strip()

    def asked_all(self, name: str) -> list[str]:
        """Return all values of a name in the address."""
        return [one for one in self.request.query_params.getlist(name) if one]

    @property
    def words(self) -> Words:
        """Words for what the program calls by ids."""
        return Words(self.lang)

    def t(self, message: str) -> str:
        """Return a text in the language of the interface."""
        return translator(self.lang).gettext(message)

    def nt(self, one: str, many: str, num: int) -> str:
        """Return a text about so many in the language of the interface, the number in its place.

        Args:
            one: English text for one, with ``%(num)d``.
            many: The same for more.
            num: How many.
        """
        return translator(self.lang).ngettext(one, many, num) % {"num": num}

    def told(self, reason: str, names: Mapping[str, str]) -> str:
        """Return why something of a file could not be read; empty where only English has it.

        Args:
            reason: The sentence of an importer.
            names: What the file calls its columns, by their meaning.
        """
        return issue_words.told(reason, self.lang, names)

    def fault(self, detail: str) -> str:
        """Return how evidence does not hold; empty where only English has it."""
        return fault_words.told(detail, self.lang)

    def loss(self, line: str) -> str:
        """Return what a format cannot hold; what is none of ours stays as it is."""
        return loss_words.told(line, self.words, self.lang)

    def place(self, locator: str) -> str:
        """Return where in a file something stands."""
        return issue_words.place(locator, self.lang)

    @property
    def pages(self) -> tuple[Page, ...]:
        """The registry, loaded when it is asked for: whoever has no session need not wait."""
        found: tuple[Page, ...] = self.request.app.state.pages()
        return found

    def day(self, date: dt.date) -> str:
        """Return a day in the language of the interface."""
        from undersight.presentation.phrases import day

        return day(date, self.lang)

    def lasting(self, seconds: float) -> str:
        """Return a span of so many seconds in the language of the interface."""
        from undersight.presentation.phrases import lasting

        return lasting(seconds, self.lang)

    @staticmethod
    def moment(at_us: int) -> dt.datetime:
        """Return a moment, UTC.

        Args:
            at_us: µs since 1970 UTC.
        """
        return dt.datetime.fromtimestamp(at_us / 1_000_000, dt.UTC)

    def capitalised(self, text: str) -> str:
        """Return a text with a capital first letter."""
        from undersight.presentation.phrases import capitalised

        return capitalised(text, self.lang)

    # --- where from ----------------------------------------------------------------------------

    @property
    def address(self) -> str:
        """Where the request comes from, as far as is known: guesses are counted by it."""
        return address_of(self.request, is_behind_tls=self.access.is_behind_tls)

    @property
    def browser(self) -> str:
        """The kind of browser and system, so that people know their sessions apart."""
        told = self.request.headers.get("user-agent", "")
        return ", ".join(filter(None, (_first(told, _BROWSERS), _first(told, _SYSTEMS))))

    @property
    def origin(self) -> str:
        """The address of the workbench as the browser sees it."""
        scheme = "https" if self.access.is_behind_tls else "http"
        return f"{scheme}://{self.request.headers.get('host', '')}"

    @property
    def site(self) -> Site | None:
        """The name that passkeys hold for; None where browsers make none: for digits."""
        from undersight.workbench.second_factors import Site

        name = self.request.url.hostname or ""
        is_name = name == "localhost" or bool(name.rpartition(".")[2].strip("0123456789:]"))
        return Site(name=name, origin=self.origin) if is_name and ":" not in name else None

    # --- the workspace -------------------------------------------------------------------------

    def reading(self) -> AbstractContextManager[Workspace]:
        """The workspace as the visitor may see it, to read."""
        return self.access.reading(self.session)

    def writing(self) -> AbstractContextManager[Workspace]:
        """The workspace, to write in the visitor's name, under its writer's lock."""
        return self.access.writing(self.session, f"serve {self.page.page_id}")

    def accounts(self) -> AbstractContextManager[Workspace]:
        """The workspace in which accounts are kept, for what concerns the visitor's own."""
        return self.access.accounts(self.session)

    def may(self, right: Right) -> bool:
        """Return whether the visitor has a right; pages show no form that would be refused."""
        return self.access.may(self.session, right)

    def typed_twice(self, name: str) -> str:
        """Return a new secret of the form that was typed twice, the second time as ``again``.

        Raises:
            NotTheSameTwiceError: The two differ.
        """
        if self.form.raw(name) != self.form.raw("again"):
            raise NotTheSameTwiceError
        return self.form.raw(name)

    # --- answers -------------------------------------------------------------------------------

    def render(self, template: str, *, status: int = 200, **values: Any) -> Response:
        """Return a page made from a template.

        Args:
            template: Its file; it extends ``base.html``.
            status: HTTP status.
            values: What it shows.
        """
        made = environment("undersight.web", self.lang).get_template(template)
        return HTMLResponse(made.render({**self._frame(), **values}), status_code=status)

    def term(self, vocabulary_id: str, term_id: str) -> str:
        """Return a vocabulary's word in the visitor's language; empty for no term."""
        from undersight.model.vocabulary import label

        return label(vocabulary_id, term_id, self.lang)

    def kind(self, kind: str) -> str:
        """Return what people call a kind of record."""
        return kind_word(kind, self.lang)

    def audience(self, visibility: str) -> str:
        """Return who may see a record, in a word."""
        return self.t(AUDIENCE_WORDS.get(visibility, visibility))

    def refused(self, files: Iterable[Any]) -> None:
        """Say at the next page which files were not taken in, and why.

        Args:
            files: What the vault refused, each with ``path``, ``reason`` and ``code``.
        """
        for one in files:
            known = FAILURE_WORDS.get(one.code)
            told = f"{one.path.name}: {self.t(known)}" if known else one.reason
            if self.session is not None:
                self.session.said.append(told)

    def go(self, path: str, *, said: str = "") -> Response:
        """Lead on to another page of the workbench after a form was carried out.

        Args:
            path: Where to, beginning with one ``/``.
            said: A sentence to show there.
        """
        if said and self.session is not None:
            self.session.said.append(said)
        return RedirectResponse(quote(local(path), safe="/?&=#%:+-_.~"), status_code=303)

    def _frame(self) -> dict[str, Any]:
        said = list(self.session.said) if self.session else []
        if self.session:
            self.session.said.clear()
        pages = [one for one in self.pages if self.may(one.needs)] if self.session else []
        return {
            "visit": self,
            "words": self.words,
            "failure_words": FAILURE_WORDS,
            "hint_words": HINT_WORDS,
            "lang": self.lang,
            "languages": [(code, NAMES[code]) for code in LANGUAGES],
            "here": self.request.url.path,
            "page": self.page,
            "menu": [one for one in pages if one.menu],
            "pages_with_keys": [one for one in pages if one.key],
            "csrf": self.access.form_token(self.cookie),
            "said": said,
            "is_open": self.session is not None,
            "day_words": self.day,
            "capitalised": self.capitalised,
            "can_lock": self.session is not None,
            "account": self.session.account if self.session else None,
        }


def language_of(request: Request) -> str:
    """Return the language of the interface: chosen, else what the browser prefers."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    return next(_preferred(request.headers.get("accept-language", "")), "en")


def local(path: str) -> str:
    """Return a path of this workbench, or its first page where it is none."""
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if is_ours and path.isprintable() else "/"


def _first(text: str, words: Sequence[str]) -> str:
    return next((word for word in words if word in text), "")


def _preferred(header: str) -> Iterator[str]:
    for part in header.split(",")[:20]:
        code = part.partition(";")[0].strip().lower().partition("-")[0]
        if code in LANGUAGES:
            yield code
