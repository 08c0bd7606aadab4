"""Unlocking, locking, guessing, falling asleep, first steps."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.conftest import PASSPHRASE, Browser
from undersight.errors import LockedError, TooManyAttemptsError, WrongPassphraseError
from undersight.web.access import Access
from undersight.web.pages import PAGES
from undersight.web.throttle import Throttle


class Clock:
    now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


def test_guessing_is_slowed_down(locked_root: Path) -> None:
    clock = Clock()
    access = Access(locked_root, clock=clock)
    for _ in range(5):
        with pytest.raises(WrongPassphraseError):
            access.unlock("guess")
    with pytest.raises(TooManyAttemptsError) as told:
        access.unlock(PASSPHRASE)  # even the right one waits, or the wait would tell
    clock.now_s += told.value.wait_s
    access.unlock(PASSPHRASE)
    access.lock()


def test_many_guesses_elsewhere_make_nobody_forget_these(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("undersight.web.throttle._MOST_KEPT", 2)
    clock = Clock()
    throttle = Throttle(clock)
    throttle.wrong({"long ago": 0})
    clock.now_s += 1
    throttle.wrong({"ours": 0})
    throttle.wrong({"another": 0})
    with pytest.raises(TooManyAttemptsError):
        throttle.check({"ours": 0})


def test_the_page_says_how_long_to_wait(locked_root: Path) -> None:
    browser = Browser(Access(locked_root))
    for _ in range(5):
        browser.get("/unlock")
        browser.send("/unlock", passphrase="guess")
    browser.get("/unlock")
    answer = browser.send("/unlock", passphrase="guess")
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0


def test_it_falls_asleep_and_lets_the_keys_go(plain_root: Path) -> None:
    clock = Clock()
    access = Access(plain_root, idle_s=60, clock=clock)
    session = access.unlock("")
    clock.now_s += 59
    assert access.session(session.token)
    clock.now_s += 59
    assert access.session(session.token, is_quiet=True)
    clock.now_s += 2
    access.expire()
    assert access.is_locked
    assert access.session(session.token) is None
    with pytest.raises(LockedError):
        _ = access.desk


def test_what_was_locked_is_shown_to_no_earlier_browser(plain_root: Path) -> None:
    access = Access(plain_root)
    before = access.unlock("")
    access.lock()
    after = access.unlock("")
    assert before is not None
    assert after is not None
    assert access.session(before.token) is None
    assert access.session(after.token) is after
    access.lock()


def test_an_open_workspace_waits_for_somebody_before_it_falls_asleep(plain_root: Path) -> None:
    clock = Clock()
    access = Access(plain_root, idle_s=60, clock=clock)
    session = access.unlock("")
    assert session is not None
    access.sign_out(session)
    clock.now_s += 59
    access.expire()
    assert not access.is_locked
    clock.now_s += 2
    access.expire()
    assert access.is_locked


def test_a_session_begins_with_a_new_token(browser: Browser, plain_root: Path) -> None:
    stranger = Browser(browser.access)
    stranger.client.cookies.set("undersight-8765", "planted")
    stranger.get("/unlock")
    stranger.send("/unlock")
    held = stranger.client.cookies.get("undersight-8765", domain="127.0.0.1")
    assert "planted" not in {cookie.value for cookie in stranger.client.cookies.jar} - {"planted"}
    assert browser.access.session("planted") is None
    assert held != "planted"


def test_the_cookie_is_kept_from_scripts_and_other_sites(browser: Browser) -> None:
    browser.get("/unlock")
    answer = browser.client.post("/unlock", data={"csrf": browser.token}, follow_redirects=False)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_locking_ends_every_session(browser: Browser) -> None:
    other = Browser(browser.access)
    other.get("/unlock")
    other.send("/unlock")
    assert other.get("/").url.path == "/"
    browser.get("/")
    browser.send("/lock")
    assert browser.get("/").url.path == "/unlock"
    assert other.get("/").url.path == "/unlock"


def test_a_form_sent_after_the_lock_stores_nothing(browser: Browser) -> None:
    browser.get("/entry")
    browser.access.lock()
    answer = browser.send("/entry", who="A", what="questioning", when="2031", line="x")
    assert answer.status_code == 401


def test_the_first_steps_make_a_workspace(tmp_path: Path) -> None:
    browser = Browser(Access(None))
    assert "Begin" in browser.get("/unlock").text
    folder = tmp_path / "mine"
    refused = browser.send("/workspace/make", folder=str(folder), passphrase="a", again="b")
    assert refused.status_code == 422
    browser.get("/unlock")
    refused = browser.send("/workspace/make", folder=str(folder), passphrase="a", again="a")
    assert refused.status_code == 400  # too short
    browser.get("/unlock")
    made = browser.send("/workspace/make", folder=str(folder), title="Mine", is_plain="on")
    assert made.url.path == "/"
    assert (folder / "undersight.toml").is_file()
    browser.get("/unlock")
    data = {"csrf": browser.token, "folder": str(tmp_path / "other"), "is_plain": "on"}
    assert browser.client.post("/workspace/make", data=data).status_code == 401
    browser.access.lock()


def test_a_workspace_that_is_there_is_opened(plain_root: Path, tmp_path: Path) -> None:
    browser = Browser(Access(None))
    browser.get("/unlock")
    assert browser.send("/workspace/open", folder=str(tmp_path / "none")).status_code == 404
    browser.get("/unlock")
    browser.send("/workspace/open", folder=str(plain_root))
    assert "Qaravel log" in browser.text
    browser.send("/unlock")
    assert browser.get("/").url.path == "/"
    browser.access.lock()


def test_a_workspace_made_before_is_offered_by_its_folder(
    plain_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    (tmp_path / "undersight-log").mkdir()
    browser = Browser(Access(None))
    browser.get("/unlock")
    assert 'value="' + str(tmp_path / "undersight-log-2") + '"' in browser.text, "no folder twice"
    monkeypatch.setattr(Path, "home", lambda: plain_root.parent)
    browser.get("/unlock")
    assert f'name="folder" value="{plain_root}"' in browser.text
    assert "There is no workspace here yet" not in browser.text
    browser.send("/workspace/open", folder=str(plain_root))
    assert "Qaravel log" in browser.text
    browser.access.lock()


def test_help_leads_to_every_page_that_opens_by_itself(browser: Browser) -> None:
    text = browser.get("/help").text
    for page in PAGES:
        for one in page.actions:
            if one.method == "GET" and one.path == page.address and page.page_id != "help":
                assert f'<a href="{page.address}">' in text, page.page_id
    assert '<a href="/deposits">' in text


def test_what_is_refused_at_the_door_is_mended_at_the_same_form(
    locked_root: Path, tmp_path: Path
) -> None:
    browser = Browser(Access(locked_root))
    browser.get("/unlock?next=/casebook")
    assert browser.send("/unlock", passphrase="wrong").status_code == 403
    assert "This passphrase does not open the workspace." in browser.text
    assert "keyring" not in browser.text, "no path of this computer"
    browser.send("/unlock", passphrase=PASSPHRASE)
    assert browser.page.url.path == "/casebook"
    browser.access.lock()
    browser = Browser(Access(None))
    browser.get("/unlock")
    given = {"folder": str(tmp_path / "mine"), "title": "Mine", "jurisdiction": "QV"}
    browser.send("/workspace/make", **given, passphrase="a long one", again="a longer one")
    assert "not the same both times" in browser.text
    assert 'name="title" value="Mine"' in browser.text
    assert f'name="folder" value="{tmp_path / "mine"}"' in browser.text
    assert "a long one" not in browser.text
