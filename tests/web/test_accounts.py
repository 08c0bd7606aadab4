"""Accounts: the first one, signing in, second factors, sessions, invitations, the list."""

from __future__ import annotations

import html
import io
import re
import time
from pathlib import Path

import pyotp
import pytest
import segno

from tests.web.conftest import HERE, PASSPHRASE, Browser, Clock
from tests.web.people import PASSWORD, crowd, made, quick_passwords, signed_in
from undersight.casebook.account_tables import ACCOUNT, SESSION, TAKEN_OUT
from undersight.errors import AccountsDamagedError, LastAdminError, SignInRefusedError
from undersight.web.access import Access
from undersight.workbench import accounts, passwords, second_factors, sign_in
from undersight.workbench.session import Workspace

OTHER = "another four words there"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_passwords(monkeypatch)


def test_the_first_account_ends_the_time_alone(browser: Browser) -> None:
    browser.get("/accounts")
    refused = browser.send(
        "/accounts/add", name="Maya", new=PASSWORD, again=PASSWORD, role="editor"
    )
    assert refused.status_code == 409  # nobody could manage the accounts
    browser.get("/accounts")
    answer = browser.send("/accounts/add", name="Maya", new=PASSWORD, again=PASSWORD)
    assert answer.url.path == "/sign-in"
    browser.send("/sign-in", name="MAYA ", password=PASSWORD)
    assert browser.get("/accounts").url.path == "/accounts"
    assert "Maya" in browser.text


@pytest.mark.long
def test_the_passphrase_alone_opens_the_workspace_and_no_page(locked_root: Path) -> None:
    access = Access(locked_root)
    access.unlock(PASSPHRASE)
    made(access)
    access.lock()
    browser = Browser(access)
    browser.get("/casebook")
    answer = browser.send("/unlock", passphrase=PASSPHRASE)
    assert answer.url.path == "/sign-in"
    assert browser.get("/casebook").url.path == "/sign-in"
    assert browser.send("/sign-in", name="viewer", password=PASSWORD).url.path == "/casebook"
    access.lock()


def test_beyond_this_computer_the_first_account_takes_the_passphrase(locked_root: Path) -> None:
    access = Access(locked_root, is_shared=True)
    browser = Browser(access)
    browser.get("/")
    browser.send("/unlock", passphrase=PASSPHRASE)
    given = {"name": "Maya", "new": PASSWORD, "again": PASSWORD}
    assert browser.send("/sign-in/first", passphrase="guessed", **given).status_code == 403
    browser.get("/sign-in")
    assert browser.send("/sign-in/first", passphrase=PASSPHRASE, **given).url.path == "/accounts"
    stranger = Browser(access)
    stranger.get("/sign-in")
    data = {"csrf": stranger.token, "passphrase": PASSPHRASE, **given}
    assert stranger.client.post("/sign-in/first", data=data).status_code == 403
    access.lock()


def test_what_does_not_fit_is_one_answer(access: Access) -> None:
    browser = Browser(access)
    answers = []
    for name, password in (("viewer", "wrong"), ("nobody", PASSWORD), ("", ""), ("é" * 300, "x")):
        browser.get("/sign-in")
        answer = browser.send("/sign-in", name=name, password=password)
        assert f'value="{name}"' in answer.text, "the name need not be typed again"
        text = answer.text.replace(f'name="name" value="{name}"', "")
        answers.append((answer.status_code, re.sub(r"[0-9a-f]{64}", "", text)))
    assert len(set(answers)) == 1
    assert answers[0][0] == 403


def test_a_name_that_nobody_has_costs_as_much(
    plain_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []
    real = passwords._hasher().verify

    class Counting:
        def verify(self, password_hash: str, password: str) -> bool:
            tried.append(password_hash)
            return bool(real(password_hash, password))

    with Workspace.open(plain_root, verb="test") as workspace:
        accounts.add(workspace, "maya", PASSWORD, role="admin")
        monkeypatch.setattr(passwords, "_hasher", Counting)
        for name in ("maya", "nobody"):
            with pytest.raises(SignInRefusedError):
                sign_in.check_password(workspace, name, "wrong")
    assert len(tried) == 2


def test_guessing_is_slowed_down_by_name_and_by_address(access: Access, clock: Clock) -> None:
    browser = Browser(access)
    statuses = []
    for _ in range(7):
        browser.get("/sign-in")
        statuses.append(browser.send("/sign-in", name="admin", password="wrong").status_code)
    assert statuses == [403] * 6 + [429]
    browser.get("/sign-in")
    assert browser.send("/sign-in", name="admin", password=PASSWORD).status_code == 429
    assert int(browser.page.headers["retry-after"]) >= 1  # type: ignore[union-attr]
    signed_in(access, "editor")  # others sign in meanwhile
    clock.now_s += 3
    signed_in(access, "admin")
    later = []
    for place in range(26):  # other names, one address
        browser.get("/sign-in")
        later.append(browser.send("/sign-in", name=f"name {place}", password="wrong").status_code)
    assert later == [403] * 25 + [429]
    browser.get("/sign-in")
    assert browser.send("/sign-in", name="editor", password=PASSWORD).status_code == 429


def test_waits_grow_to_five_minutes(access: Access, clock: Clock) -> None:
    from undersight.errors import TooManyAttemptsError

    waits = []
    for _ in range(15):
        access.throttle.wrong({"x": 2})
        with pytest.raises(TooManyAttemptsError) if len(waits) > 1 else nothing() as told:
            access.throttle.check({"x": 2})
        waits.append(getattr(getattr(told, "value", None), "wait_s", 0))
        clock.now_s += waits[-1]
    assert waits[:6] == [0, 0, 3, 5, 9, 17]
    assert max(waits) == waits[-1] == 301


def nothing() -> object:
    import contextlib

    return contextlib.nullcontext()


def test_a_session_begins_with_a_new_token_and_ends_for_good(access: Access) -> None:
    browser = Browser(access)
    browser.get("/sign-in")
    before = browser.client.cookies["undersight-8765"]
    browser.send("/sign-in", name="viewer", password=PASSWORD)
    held = browser.client.cookies["undersight-8765"]
    assert held != before
    assert access.session(before) is None
    browser.get("/")
    browser.send("/sign-out")
    assert access.session(held) is None
    thief = Browser(access)
    thief.client.cookies.set("undersight-8765", held)
    assert thief.get("/casebook").url.path == "/sign-in"
    assert not access.is_locked  # others go on


def test_sessions_are_listed_and_ended(access: Access) -> None:
    here, there = signed_in(access, "viewer"), signed_in(access, "viewer")
    editor = signed_in(access, "editor")
    here.get("/account")
    assert here.text.count(">End it</button>") == 1
    here.send("/account/session/end")
    assert there.get("/").url.path == "/sign-in"
    assert here.get("/").url.path == "/"
    theirs = re.search(r'name="session_id" value="([0-9a-f]{64})"', _account(editor, access))
    data = {"csrf": here.token, "session_id": theirs[1] if theirs else ""}
    assert here.client.post("/account/session/end", data=data).status_code == 404
    assert editor.get("/").url.path == "/"


def _account(editor: Browser, access: Access) -> str:
    signed_in(access, "editor")
    return editor.get("/account").text


@pytest.mark.long
def test_a_session_ends_unused_after_a_day_s_work_and_with_the_account(
    access: Access, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = signed_in(access, "viewer")
    clock.now_s += 800
    assert browser.get("/").url.path == "/"
    clock.now_s += 901
    assert access.session(browser.client.cookies["undersight-8765"]) is None
    assert access.is_locked
    access.unlock("")
    again = signed_in(access, "viewer")
    monkeypatch.setattr("undersight.web.access._LONGEST_US", 0)
    assert again.get("/").url.path == "/sign-in"


@pytest.mark.long
@pytest.mark.parametrize("change", ["role", "password", "remove"])
def test_a_changed_account_is_signed_out_at_once(access: Access, change: str) -> None:
    browser, admin = signed_in(access, "editor"), signed_in(access, "admin")
    admin.get("/accounts")
    given = {"role": {"role": "viewer"}, "password": {"new": OTHER}, "remove": {"sure": "yes"}}
    admin.send(f"/accounts/{change}", name="editor", **given[change])
    assert browser.get("/entry").url.path == "/sign-in"


@pytest.mark.long
def test_sessions_survive_a_restart(plain_root: Path, access: Access) -> None:
    browser = signed_in(access, "editor")
    access.lock()
    again = Access(plain_root)
    again.unlock("")
    found = again.session(browser.client.cookies["undersight-8765"])
    assert found is not None
    assert found.account is not None
    assert found.account.name == "editor"
    again.lock_for_all()
    again.unlock("")
    assert again.session(found.token) is None
    again.lock()


@pytest.mark.long
def test_what_was_used_is_written_down(access: Access, clock: Clock) -> None:
    browser = signed_in(access, "editor")
    with access.desk.reading() as workspace:
        at_us = accounts.sessions(workspace)[0].seen_at_us
        accounts.book(workspace).seen(accounts.sessions(workspace)[0].session_id, at_us - 10**9)
    clock.now_s += 5
    browser.get("/")
    access.note_seen()
    with access.desk.reading() as workspace:
        assert abs(accounts.sessions(workspace)[0].seen_at_us - at_us) < 10**8


@pytest.mark.long
def test_only_admins_lock_for_everybody(access: Access) -> None:
    viewer, admin = signed_in(access, "viewer"), signed_in(access, "admin")
    viewer.get("/")
    viewer.client.post("/lock", data={"csrf": viewer.token})
    assert not access.is_locked
    admin.get("/accounts")
    admin.send("/lock")
    assert access.is_locked


@pytest.mark.long
def test_the_last_admin_stays(access: Access) -> None:
    admin = signed_in(access, "admin")
    for path, given in (("role", {"role": "viewer"}), ("remove", {"sure": "yes"})):
        admin.get("/accounts")
        assert admin.send(f"/accounts/{path}", name="admin", **given).status_code == 409
    with access.desk.reading() as workspace, pytest.raises(LastAdminError):
        accounts.set_role(workspace, "admin", "editor")


@pytest.mark.long
@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaaaaaa", "x" * 2000])
def test_a_weak_password_is_refused(access: Access, password: str) -> None:
    admin = signed_in(access, "admin")
    admin.get("/accounts")
    assert admin.send("/accounts/password", name="viewer", new=password).status_code == 400


# --- the second factor ------------------------------------------------------------------------


def test_the_address_of_a_code_app_is_drawn(access: Access) -> None:
    admin = signed_in(access, "admin")
    admin.get("/account")
    admin.send("/account/code-app/begin", password=PASSWORD)
    drawn = re.search(r'<svg [^>]*class="qr">.*?</svg>', admin.text)
    assert drawn is not None
    assert "style=" not in drawn[0], "the content policy lets no style through"
    linked = re.search(r'href="(otpauth:[^"]+)"', admin.text)
    assert linked is not None
    address = html.unescape(linked[1])
    assert drawn[0] == second_factors.picture_of(address)
    assert drawn[0] != second_factors.picture_of(address.replace("secret=", "secret=A"))
    rows = sum(row.count(1) for row in segno.make_qr(address, error="m").matrix)
    assert sum(map(int, re.findall(r"h(\d+)", drawn[0].split('stroke="#000"')[1]))) == rows


def with_code_app(browser: Browser) -> tuple[str, list[str]]:
    """Turn a code app on; return its secret and the recovery codes."""
    browser.get("/account")
    browser.send("/account/code-app/begin", password=PASSWORD)
    secret = re.search(r'id="secret">([A-Z2-7]{32})<', browser.text)
    assert secret is not None
    browser.send("/account/code-app", code=pyotp.TOTP(secret[1]).now())
    return secret[1], re.findall(r"<li>([a-z2-9-]{14})</li>", browser.text)


def halfway(access: Access, name: str = "editor") -> Browser:
    browser = Browser(access)
    browser.get("/sign-in?next=/casebook")
    answer = browser.send("/sign-in", name=name, password=PASSWORD)
    assert answer.url.path == "/sign-in/second"
    return browser


def test_a_code_app_is_asked_for_and_no_code_serves_twice(access: Access) -> None:
    secret, codes = with_code_app(signed_in(access, "editor"))
    assert len(codes) == 10
    browser = halfway(access)
    assert browser.get("/casebook").url.path == "/sign-in"  # the password alone is not enough
    browser.get("/sign-in/second")
    assert browser.send("/sign-in/second", code="000000").status_code == 403
    assert "wait for the next one" in browser.text  # and the form is there for it
    used = pyotp.TOTP(secret).now()
    assert browser.send("/sign-in/second", code=used).status_code == 403  # used to turn it on
    later = pyotp.TOTP(secret).at(int(time.time()) + 30)
    browser.get("/sign-in/second?next=/casebook")
    assert browser.send("/sign-in/second", code=later).url.path == "/casebook"
    again = halfway(access)
    assert again.send("/sign-in/second", code=later).status_code == 403


@pytest.mark.long
def test_a_recovery_code_lets_in_once_and_is_kept_as_a_digest(access: Access) -> None:
    _, codes = with_code_app(signed_in(access, "editor"))
    with access.desk.reading() as workspace:
        kept = accounts.find(workspace, "editor").recovery_hashes
    assert not set(kept) & set(codes)
    assert halfway(access).send("/sign-in/second", code=codes[3].upper()).status_code == 200
    assert halfway(access).send("/sign-in/second", code=codes[3]).status_code == 403
    renewed = signed_in_by(access, codes[4])
    renewed.get("/account")
    renewed.send("/account/recovery", password=PASSWORD)
    assert halfway(access).send("/sign-in/second", code=codes[5]).status_code == 403


def signed_in_by(access: Access, code: str) -> Browser:
    browser = halfway(access)
    browser.send("/sign-in/second", code=code)
    return browser


@pytest.mark.long
def test_codes_are_not_guessed(access: Access) -> None:
    with_code_app(signed_in(access, "editor"))
    browser = halfway(access)
    statuses = []
    for place in range(7):
        browser.get("/sign-in/second")
        statuses.append(browser.send("/sign-in/second", code=f"{place:06}").status_code)
    assert statuses[-1] == 429
    stranger = Browser(access)
    stranger.get("/sign-in")
    data = {"csrf": stranger.token, "code": "123456"}
    assert stranger.client.post("/sign-in/second", data=data).status_code == 401


@pytest.mark.long
def test_an_open_screen_is_not_enough_to_change_the_second_factor(access: Access) -> None:
    browser = signed_in(access, "editor")
    for path in ("code-app/begin", "passkey/offer", "recovery", "code-app/drop", "password"):
        data = {"csrf": browser.get("/account") and browser.token, "password": "wrong"}
        answer = browser.client.post(f"http://localhost:8765/account/{path}", data=data)
        assert answer.status_code in (401, 403), path
    browser.get("/account")
    browser.send("/account/password", password=PASSWORD, new=OTHER, again=OTHER)
    assert browser.get("/account").url.path == "/account"
    signed_in(access, "editor", OTHER)


@pytest.mark.long
def test_an_admin_lets_somebody_in_who_lost_everything(access: Access) -> None:
    with_code_app(signed_in(access, "editor"))
    admin = signed_in(access, "admin")
    admin.get("/accounts")
    admin.send("/accounts/password", name="editor", new=OTHER, is_factor_dropped="on")
    assert signed_in(access, "editor", OTHER).get("/casebook").url.path == "/casebook"


# --- invitations ----------------------------------------------------------------------------


def test_an_invitation_makes_one_account_once(access: Access) -> None:
    admin = signed_in(access, "admin")
    admin.get("/accounts")
    admin.send("/accounts/invite", role="contributor", hours="2")
    address = re.search(r'id="address">[^<]*(/join\?code=[\w-]+)<', admin.text)
    assert address is not None
    guest = Browser(access)
    guest.get(address[1])
    joined = guest.send("/join", name="Nara", new=PASSWORD, again=PASSWORD)
    assert joined.url.path == "/account"
    assert guest.get("/evidence").status_code == 200
    assert guest.get("/accounts").status_code == 403
    second = Browser(access)
    assert second.get(address[1]).status_code == 404


@pytest.mark.long
def test_an_old_invitation_or_one_taken_back_does_not_hold(access: Access) -> None:
    with access.desk.writing("test") as workspace:
        code, _ = accounts.invite(workspace, "viewer", n_hours=0)
        taken, made_ = accounts.invite(workspace, "viewer", n_hours=2)
    admin = signed_in(access, "admin")
    admin.get("/accounts")
    admin.send("/accounts/invitation/take-back", invitation_id=made_.invitation_id)
    for one in (code, taken, "guessed"):
        guest = Browser(access)
        assert guest.get(f"/join?code={one}").status_code == 404
        guest.get("/join")
        token = re.search(r'name="csrf" content="([0-9a-f]{64})"', guest.text)
        data = {"csrf": token[1] if token else "", "code": one, "name": "Eve", "new": PASSWORD,
                "again": PASSWORD}  # fmt: skip
        assert guest.client.post("/join", data=data).status_code == 404
    with access.desk.reading() as workspace:
        assert "Eve" not in accounts.names(workspace).values()


# --- where it is kept -----------------------------------------------------------------------


def test_no_row_tells_a_name_and_a_changed_one_is_found(access: Access) -> None:
    signed_in(access, "editor")
    with access.desk.reading() as workspace:
        database, book = workspace.casebook.database, accounts.book(workspace)
        accounts.note_taken(workspace, address="/publish/take/site", what="format=zip", n_bytes=1)
        accounts.note_taken(workspace, address="/export", what="format=csv", n_bytes=2)
        with database.reading() as connection:
            for table in (ACCOUNT, SESSION, TAKEN_OUT):
                rows = repr(list(connection.execute(table.select())))
                assert "editor" not in rows
                assert "argon2" not in rows
                assert "/export" not in rows
        assert [one.what for one in book.taken()] == ["format=csv", "format=zip"]
        with database.writing() as connection:
            connection.execute(TAKEN_OUT.delete().where(TAKEN_OUT.c.seq == 1))
        with pytest.raises(AccountsDamagedError):
            book.taken()
        with database.writing() as connection:
            one, other = list(connection.execute(ACCOUNT.select()))[:2]
            swap = ACCOUNT.update().where(ACCOUNT.c.staff_id == one.staff_id)
            connection.execute(swap.values(sealed=other.sealed))
        with pytest.raises(AccountsDamagedError):
            book.all()


def test_accounts_are_in_no_bundle_search_or_history(access: Access) -> None:
    with access.desk.reading() as workspace:
        assert list(workspace.casebook.changes_since()) == []
        assert workspace.casebook.search("editor").total == 0


def test_who_worked_stands_in_the_history(access: Access) -> None:
    browser = signed_in(access, "contributor")
    browser.get("/entry")
    browser.send("/entry", who="Tarvin Oskelde", what="questioning", when="2031", line="asked")
    with access.desk.reading() as workspace:
        own = accounts.find(workspace, "contributor").staff_id
        assert {one.author for one in workspace.casebook.changes_since()} == {own}


def test_what_was_taken_out_is_listed_with_who(access: Access) -> None:
    people = crowd_of(access)
    people["editor"].get("/publish")
    took = people["editor"].client.get("/statistics/acts.csv")
    people["editor"].get("/entry")
    people["editor"].send("/entry", who="A", what="questioning", when="2031", line="asked")
    took = people["editor"].client.get("/statistics/months.csv")
    assert took.status_code == 200
    admin = people["admin"]
    admin.get("/accounts/taken")
    assert "/statistics/months.csv" in admin.text
    assert "<bdi>editor</bdi>" in admin.text
    assert people["editor"].get("/accounts/taken").status_code == 403


def crowd_of(access: Access) -> dict[str, Browser]:
    return {role: signed_in(access, role) for role in ("admin", "editor")}


@pytest.mark.long
def test_production_passwords_cost_what_the_standard_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    hashed = passwords.hash_of(PASSWORD)
    assert hashed.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.fits(hashed, PASSWORD)
    assert not passwords.fits(hashed, OTHER)
    assert not passwords.fits("", OTHER)


@pytest.mark.long
def test_everybody_has_a_role(plain_root: Path) -> None:
    access = Access(plain_root)
    access.unlock("")
    for role, browser in crowd(access).items():
        assert role in browser.get("/account").text
    access.lock()


def test_what_leaves_through_the_interface_is_noted_with_who_took_it(access: Access) -> None:
    browser = signed_in(access, "editor")
    assert browser.client.get("/api/v1/exports/csv?audience=internal").status_code == 200
    with access.desk.reading() as workspace:
        (line,) = accounts.taken(workspace)
        assert line.staff_id == accounts.find(workspace, "editor").staff_id
    assert (line.address, line.what) == ("/api/v1/exports/csv", "audience=internal")
    assert line.n_bytes > 0


def test_the_list_of_what_was_taken_out_holds_no_passphrase(access: Access) -> None:
    browser = signed_in(access, "editor")
    with access.desk.writing("test") as workspace:
        digest = str(
            workspace.vault.put(io.BytesIO(b"seen"), reason="test", actor=workspace.staff_id)
        )
    browser.get(f"/handover?what={digest}")
    sent = browser.send("/handover", what=digest, key_passphrase="nine boats on a lake")
    assert sent.headers["content-disposition"].startswith("attachment")
    with access.desk.reading() as workspace:
        (line,) = accounts.taken(workspace)
    assert digest[:60] in line.what
    assert "boats" not in line.what


def test_a_passkey_s_answer_to_a_question_that_nobody_asked_lets_nobody_in(
    access: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_code_app(signed_in(access, "editor"))
    browser = halfway(access)
    browser.get("/sign-in/second")
    # Even if its signature held.
    monkeypatch.setattr("undersight.web.entrance.passkey_site", lambda _visit: None)
    monkeypatch.setattr(
        second_factors, "check_passkey", lambda at, *_, **__: accounts.find(at, "editor")
    )
    headers = {"sec-fetch-site": "same-origin", "origin": HERE}
    data = {"csrf": browser.token, "answer": "{}"}
    told = browser.client.post("/sign-in/passkey", data=data, headers=headers)
    assert "next" not in told.text
    assert browser.get("/casebook").url.path == "/sign-in"
