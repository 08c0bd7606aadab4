"""Sessions: where they end, what is kept of them, and who is told when the clock is looked at."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.requests import Request

from tests.web.conftest import PORT, Browser, Clock
from tests.web.people import PASSWORD, quick_passwords, signed_in
from undersight.casebook.account_tables import INVITATION, SESSION
from undersight.errors import (
    CasebookBusyError,
    InvitationSpentError,
    LockedError,
    SignInRefusedError,
    TooManyAttemptsError,
    UnknownSessionError,
)
from undersight.web import app
from undersight.web.access import Access
from undersight.web.signing_in import way_in
from undersight.web.throttle import Throttle
from undersight.web.visit import address_of
from undersight.workbench import accounts

COOKIE = f"undersight-{PORT}"
HOUR_US = 3_600_000_000


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_passwords(monkeypatch)


def unused_for(access: Access, browser: Browser, hours: float) -> str:
    """Write down that a session was used last so long ago; return its token."""
    token = browser.client.cookies[COOKIE]
    with access.desk.reading() as workspace:
        (session,) = accounts.sessions(workspace)
        at_us = session.seen_at_us - int(hours * HOUR_US)
        accounts.book(workspace).seen(session.session_id, at_us)
    access._sessions.clear()  # as after a start: only what is written down is known
    return token


@pytest.mark.parametrize(("idle_s", "hours", "goes_on"), [
    (900, 0.2, True), (900, 0.3, False), (0, 0.9, True), (0, 1.1, False),
])  # fmt: skip
def test_a_session_left_unused_is_not_taken_up_again_after_a_start(
    access: Access, idle_s: float, hours: float, *, goes_on: bool
) -> None:
    access.idle_s = idle_s
    token = unused_for(access, signed_in(access, "editor"), hours)
    assert (access.session(token) is not None) == goes_on
    if not goes_on:
        assert access.session(token) is None


def test_whoever_works_is_not_ended_by_what_was_written_down_long_ago(access: Access) -> None:
    browser = signed_in(access, "editor")
    with access.desk.reading() as workspace:
        (session,) = accounts.sessions(workspace)
        accounts.book(workspace).seen(session.session_id, session.seen_at_us - 5 * HOUR_US)
    assert browser.get("/casebook").url.path == "/casebook"


def test_going_out_alone_ends_the_session_and_its_cookie(browser: Browser) -> None:
    held = browser.client.cookies[COOKIE]
    browser.get("/")
    token = browser.token
    browser.client.post("/sign-out", data={"csrf": token})
    now = browser.client.cookies.get(COOKIE, domain="127.0.0.1")
    assert now != held
    assert browser.access.session(held) is None
    assert not browser.access.is_form_token(str(now), token), "forms of before are no forms now"


def test_what_a_cookie_or_an_invitation_holds_is_kept_nowhere(access: Access) -> None:
    token = signed_in(access, "editor").client.cookies[COOKIE]
    with access.desk.writing("test") as workspace:
        code, _ = accounts.invite(workspace, "viewer", n_hours=1)
        with workspace.casebook.database.reading() as connection:
            rows = [
                *connection.execute(SESSION.select()),
                *connection.execute(INVITATION.select()),
            ]
    assert len(rows) == 2
    assert token not in repr(rows)
    assert code not in repr(rows)
    assert token not in access._sessions


def test_a_lock_lets_go_of_the_keys_and_of_work(plain_root: Path) -> None:
    access = Access(plain_root)
    access.unlock("")
    desk, closed = access.desk, []

    class Working:
        is_busy = False

        def close(self) -> None:
            closed.append(True)

    access.work = Working()
    access.lock()
    assert closed == [True]
    with pytest.raises(LockedError), desk.reading():
        pass


def test_locking_for_all_ends_the_sessions_that_locking_alone_keeps(access: Access) -> None:
    token = signed_in(access, "editor").client.cookies[COOKIE]
    access.lock()
    access.unlock("")
    assert access.session(token) is not None
    access.lock_for_all()
    access.unlock("")
    assert access.session(token) is None


def test_guesses_at_many_names_from_one_address_wait_and_others_do_not(access: Access) -> None:
    def tried(number: int, address: str) -> None:
        way_in(access).by_password("c", f"name {number}", "wrong", address=address, browser="")

    for number in range(31):
        with pytest.raises(SignInRefusedError):
            tried(number, "10.0.0.7")
    with pytest.raises(TooManyAttemptsError):
        tried(31, "10.0.0.7")
    with pytest.raises(SignInRefusedError):
        tried(31, "10.0.0.8")


@pytest.mark.parametrize(
    ("is_behind_tls", "passed_on", "address"),
    [
        (False, "10.9.9.9", "10.0.0.7"),
        (True, "10.9.9.9, 10.0.0.9", "10.0.0.9"),
        (True, "", "10.0.0.7"),
    ],
)
def test_nobody_chooses_the_address_that_guesses_are_counted_by(
    passed_on: str, address: str, *, is_behind_tls: bool
) -> None:
    """What a visitor writes stands before what our proxy adds; without one it is nothing."""
    headers = [(b"x-forwarded-for", passed_on.encode())]
    request = Request({"type": "http", "headers": headers, "client": ("10.0.0.7", 1)})
    assert address_of(request, is_behind_tls=is_behind_tls) == address


def test_work_under_way_keeps_the_keys_until_it_is_done(plain_root: Path, clock: Clock) -> None:
    access = Access(plain_root, idle_s=60, clock=clock)
    access.unlock("")

    class Working:
        is_busy = True

        def close(self) -> None:
            pass

    access.work = working = Working()
    clock.now_s += 61
    access.expire()
    assert not access.is_locked
    working.is_busy = False
    access.expire()
    assert access.is_locked


def test_one_who_works_keeps_it_open_and_another_s_session_ends(
    plain_root: Path, clock: Clock
) -> None:
    access = Access(plain_root, idle_s=60, clock=clock)
    idle, busy = access.unlock(""), access.unlock("")
    assert idle is not None
    assert busy is not None
    for _ in range(3):
        clock.now_s += 30
        assert access.session(busy.token) is busy
    assert access.session(idle.token) is None
    assert not access.is_locked
    access.lock()


def test_zero_minutes_never_lock(plain_root: Path, clock: Clock) -> None:
    access = Access(plain_root, idle_s=0, clock=clock)
    session = access.unlock("")
    assert session is not None
    clock.now_s += 10**6
    access.expire()
    assert access.session(session.token) is session
    access.lock()


def test_the_clock_is_looked_at_while_nobody_asks(
    plain_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database that is busy once does not end the looking."""
    monkeypatch.setattr(app, "_LOOK_EVERY_S", 0.001)
    access = Access(plain_root)
    access.unlock("")
    noted: list[bool] = []
    looked: list[bool] = []
    enough = asyncio.Event()

    def note_seen() -> None:
        noted.append(True)
        if len(noted) == 1:
            raise CasebookBusyError("here")

    monkeypatch.setattr(access, "note_seen", note_seen)

    def expire() -> None:
        looked.append(True)
        if len(looked) == 2:
            loops[0].call_soon_threadsafe(enough.set)

    monkeypatch.setattr(access, "expire", expire)
    loops: list[asyncio.AbstractEventLoop] = []

    async def runs() -> None:
        loops.append(asyncio.get_running_loop())
        async with app._locking(access)(None):  # type: ignore[arg-type]
            await asyncio.wait_for(enough.wait(), 20)

    asyncio.run(runs())
    assert len(noted) >= 3
    assert access.is_locked, "the end of the program is a lock"


def test_an_ended_session_is_named_by_enough_of_its_id_and_only_one_s_own(access: Access) -> None:
    signed_in(access, "editor")
    with access.desk.writing("test") as workspace:
        (session,) = accounts.sessions(workspace)
        viewer = accounts.find(workspace, "viewer").staff_id
        for named, staff_id in ((session.session_id[:7], ""), (session.session_id, viewer)):
            with pytest.raises(UnknownSessionError):
                accounts.end_session(workspace, named, staff_id=staff_id)
        accounts.end_session(workspace, session.session_id[:8], staff_id=session.staff_id)
        assert accounts.sessions(workspace) == ()


# --- invitations ------------------------------------------------------------------------------


def test_an_invitation_ends_at_its_hour_also_for_whoever_had_its_page_open(
    access: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    with access.desk.writing("test") as workspace:
        code, invitation = accounts.invite(workspace, "viewer", n_hours=2)
        assert abs(invitation.expires_at_us - workspace.now_us - 2 * HOUR_US) < 60_000_000
        at_us = invitation.expires_at_us
        for now_us, holds in ((at_us - 1, True), (at_us, False), (at_us + HOUR_US, False)):
            monkeypatch.setattr(workspace, "_clock", lambda now_us=now_us: now_us)
            assert (accounts.invited(workspace, code) is not None) == holds
            assert len(accounts.invitations(workspace)) == holds
            if not holds:
                with pytest.raises(InvitationSpentError):
                    accounts.join(workspace, code, "Eve", PASSWORD)
                with pytest.raises(InvitationSpentError):
                    accounts.book(workspace).add(
                        accounts._made(workspace, "Eve", PASSWORD, "viewer"),
                        invitation=invitation.invitation_id,
                        now_us=now_us,
                    )
        assert "Eve" not in accounts.names(workspace).values()


def test_an_invitation_gives_its_role_and_no_other(access: Access) -> None:
    with access.desk.writing("test") as workspace:
        code, _ = accounts.invite(workspace, "viewer", n_hours=2)
        assert accounts.join(workspace, f" {code} ", "Nara", PASSWORD).role == "viewer"
        with pytest.raises(InvitationSpentError):
            accounts.join(workspace, code, "Eve", PASSWORD)


# --- guesses ----------------------------------------------------------------------------------


def test_the_longest_of_several_waits_counts(clock: Clock) -> None:
    throttle = Throttle(clock)
    for _ in range(3):
        throttle.wrong({"name": 1})
    throttle.wrong({"address": 0})
    with pytest.raises(TooManyAttemptsError) as told:
        throttle.check({"address": 0, "name": 1})
    assert told.value.wait_s == 5
    with pytest.raises(TooManyAttemptsError):
        throttle.check({"name": 1, "never tried": 1})


def test_many_names_at_once_push_out_the_oldest_guess_and_no_other(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("undersight.web.throttle._MOST_KEPT", 2)
    throttle = Throttle(clock)
    for key in ("long ago", "ours", "another"):
        throttle.wrong({key: 0})
        clock.now_s += 0.5
    with pytest.raises(TooManyAttemptsError):
        throttle.check({"ours": 0})
    throttle.check({"long ago": 0})


def test_a_name_is_counted_however_it_is_written(access: Access) -> None:
    written = ("admin", "Admin", " ADMIN ", "aDmin", "admiN", "ADmin")
    way = way_in(access)
    for number, name in enumerate(written):
        with pytest.raises(Exception, match="do not fit"):
            way.by_password("cookie", name, "wrong", address=f"198.51.100.{number}", browser="")
    with pytest.raises(TooManyAttemptsError):
        way.by_password("cookie", "admin", PASSWORD, address="198.51.100.99", browser="")


def test_a_right_password_forgets_the_wrong_ones_of_that_name_only(access: Access) -> None:
    way = way_in(access)
    for name in ("editor", "viewer"):
        for _ in range(5):
            with pytest.raises(Exception, match="do not fit"):
                way.by_password("cookie", name, "wrong", address="198.51.100.1", browser="")
    way.by_password("cookie", "editor", PASSWORD, address="198.51.100.2", browser="")
    for name, waits in (("editor", False), ("viewer", True)):
        with pytest.raises(Exception, match="do not fit"):
            way.by_password("cookie", name, "wrong", address="198.51.100.2", browser="")
        if waits:
            with pytest.raises(TooManyAttemptsError):
                way.by_password("cookie", name, PASSWORD, address="198.51.100.2", browser="")
        else:
            way.by_password("cookie", name, PASSWORD, address="198.51.100.2", browser="")


def test_guesses_side_by_side_are_counted_like_guesses_one_by_one(
    access: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twenty at one moment: no more are checked than would be one after another."""
    way, checked = way_in(access), []

    def wrong_in_a_while(*_anything: object) -> None:
        checked.append(1)
        time.sleep(0.02)
        raise SignInRefusedError

    monkeypatch.setattr("undersight.workbench.sign_in.check_password", wrong_in_a_while)

    def guess(n: int) -> str:
        try:
            way.by_password("", "admin", f"guess {n}", address=f"10.0.0.{n}", browser="")
        except (SignInRefusedError, TooManyAttemptsError) as error:
            return type(error).__name__
        return "in"

    with ThreadPoolExecutor(20) as guessers:
        answers = list(guessers.map(guess, range(20)))
    assert len(checked) == 6
    assert answers.count("SignInRefusedError") == 6
    assert answers.count("TooManyAttemptsError") == 14
