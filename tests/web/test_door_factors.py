"""Second factors: what no code, no device and no earlier answer gets through."""

from __future__ import annotations

import base64
import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest

from tests.web.conftest import PORT, Browser, client_of
from tests.web.passkeys import Device
from tests.web.people import PASSWORD, quick_passwords
from undersight.errors import SecondFactorError, SignInRefusedError
from undersight.model.account import Account
from undersight.web.access import Access
from undersight.web.app import create_app
from undersight.workbench import accounts, second_factors
from undersight.workbench.second_factors import Site
from undersight.workbench.session import Workspace

NAMED = f"http://localhost:{PORT}"
SITE = Site(name="localhost", origin=NAMED)
NOW_US = 1_924_948_800_000_000
STEP_US = 30_000_000
CHALLENGE = b"asked once, and never again"


class Hand:
    def __init__(self) -> None:
        self.us = NOW_US

    def __call__(self) -> int:
        self.us += 1
        return self.us


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_passwords(monkeypatch)


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def workspace(plain_root: Path, hand: Hand) -> Iterator[Workspace]:
    with Workspace.open(plain_root, verb="test") as opened:
        opened._clock = hand
        yield opened


@pytest.fixture
def own(workspace: Workspace) -> Account:
    return accounts.add(workspace, "Maya", PASSWORD, role="admin")


def code_at(secret: str, us: int) -> str:
    return pyotp.TOTP(secret).at(us // 1_000_000)


# --- a code app -------------------------------------------------------------------------------


def test_no_code_app_is_turned_on_by_a_code_that_is_not_its_own(
    workspace: Workspace, own: Account, hand: Hand
) -> None:
    secret = second_factors.new_secret()
    for wrong in ("", "000 000", code_at(second_factors.new_secret(), hand.us)):
        with pytest.raises(SecondFactorError):
            second_factors.add_code_app(workspace, own.staff_id, secret, wrong)
    assert not accounts.find(workspace, "Maya").has_second_factor


@pytest.mark.parametrize(("n_steps", "is_let_in"), [(-2, False), (-1, True), (0, True), (1, True),
                                                    (2, False)])  # fmt: skip
def test_a_code_holds_for_clocks_half_a_minute_apart_and_no_longer(
    workspace: Workspace, own: Account, hand: Hand, n_steps: int, *, is_let_in: bool
) -> None:
    secret = second_factors.new_secret()
    second_factors.add_code_app(workspace, own.staff_id, secret, code_at(secret, hand.us))
    hand.us += 10 * STEP_US
    code = code_at(secret, hand.us + n_steps * STEP_US)
    if is_let_in:
        assert second_factors.check_code(workspace, own.staff_id, code).name == "Maya"
    else:
        with pytest.raises(SignInRefusedError):
            second_factors.check_code(workspace, own.staff_id, code)


def test_a_code_of_an_earlier_step_than_the_last_one_taken_is_refused(
    workspace: Workspace, own: Account, hand: Hand
) -> None:
    secret = second_factors.new_secret()
    second_factors.add_code_app(workspace, own.staff_id, secret, code_at(secret, hand.us))
    hand.us += 10 * STEP_US
    seen_over_a_shoulder = code_at(secret, hand.us)
    taken = code_at(secret, hand.us + STEP_US)
    second_factors.check_code(workspace, own.staff_id, taken)
    for code in (taken, seen_over_a_shoulder):
        with pytest.raises(SignInRefusedError):
            second_factors.check_code(workspace, own.staff_id, code)


# --- what goes with what ----------------------------------------------------------------------


def with_all(workspace: Workspace, own: Account, hand: Hand) -> Account:
    """Give somebody a code app, two passkeys and recovery codes."""
    secret = second_factors.new_secret()
    second_factors.add_code_app(workspace, own.staff_id, secret, code_at(secret, hand.us))
    for label in ("phone", "key ring"):
        add(workspace, own, Device(NAMED), label)
    return accounts.find(workspace, "Maya")


def add(workspace: Workspace, own: Account, device: Device, label: str = "phone") -> None:
    second_factors.add_passkey(
        workspace, own.staff_id, device.made(CHALLENGE), challenge=CHALLENGE, site=SITE,
        label=label,
    )  # fmt: skip


def test_recovery_codes_go_with_the_last_second_factor_and_not_before(
    workspace: Workspace, own: Account, hand: Hand
) -> None:
    had = with_all(workspace, own, hand)
    assert len(had.recovery_hashes) == 10
    second_factors.drop_code_app(workspace, own.staff_id)
    left = accounts.find(workspace, "Maya")
    assert (left.totp_secret, len(left.recovery_hashes), len(left.passkeys)) == ("", 10, 2)
    second_factors.drop_passkey(workspace, own.staff_id, had.passkeys[0].credential_id)
    left = accounts.find(workspace, "Maya")
    assert (len(left.recovery_hashes), left.passkeys) == (10, had.passkeys[1:])
    second_factors.drop_passkey(workspace, own.staff_id, had.passkeys[1].credential_id)
    left = accounts.find(workspace, "Maya")
    assert (left.recovery_hashes, left.has_second_factor) == ((), False)


def test_a_code_app_that_goes_alone_takes_the_recovery_codes_along(
    workspace: Workspace, own: Account, hand: Hand
) -> None:
    secret = second_factors.new_secret()
    second_factors.add_code_app(workspace, own.staff_id, secret, code_at(secret, hand.us))
    second_factors.drop_code_app(workspace, own.staff_id)
    assert accounts.find(workspace, "Maya").recovery_hashes == ()


def test_the_last_passkey_leaves_the_codes_of_a_code_app(
    workspace: Workspace, own: Account, hand: Hand
) -> None:
    for key in with_all(workspace, own, hand).passkeys:
        second_factors.drop_passkey(workspace, own.staff_id, key.credential_id)
    left = accounts.find(workspace, "Maya")
    assert (len(left.recovery_hashes), left.has_second_factor) == (10, True)


# --- a passkey --------------------------------------------------------------------------------


def let_in(workspace: Workspace, own: Account, answer: str, challenge: bytes = CHALLENGE) -> str:
    return second_factors.check_passkey(
        workspace, own.staff_id, answer, challenge=challenge, site=SITE
    ).name


def test_a_passkey_lets_in_whoever_it_was_made_for(workspace: Workspace, own: Account) -> None:
    device = Device(NAMED)
    add(workspace, own, device)
    assert let_in(workspace, own, device.signed(CHALLENGE)) == "Maya"
    assert accounts.find(workspace, "Maya").passkeys[0].n_signed == 1
    assert let_in(workspace, own, device.signed(b"another question"), b"another question")


@pytest.mark.parametrize("at_fault", ["challenge", "origin", "name", "key", "credential"])
def test_what_signs_something_else_lets_nobody_in(
    workspace: Workspace, own: Account, at_fault: str
) -> None:
    device = Device(NAMED)
    add(workspace, own, device)
    signer, challenge = dataclasses.replace(device), CHALLENGE
    if at_fault == "challenge":
        challenge = b"of another sign-in"
    elif at_fault == "origin":
        signer.origin = "http://localhost:9999"
    elif at_fault == "name":
        signer.rp_id = "evil.example"
    elif at_fault == "key":
        signer.key = Device(NAMED).key
    else:
        signer.credential_id = bytes(16)
    with pytest.raises(SignInRefusedError):
        let_in(workspace, own, signer.signed(challenge))
    assert let_in(workspace, own, device.signed(CHALLENGE)) == "Maya"


def test_a_copy_of_a_passkey_is_noticed_by_its_count(workspace: Workspace, own: Account) -> None:
    device = Device(NAMED)
    add(workspace, own, device)
    copy = dataclasses.replace(device)
    for _ in range(2):
        let_in(workspace, own, device.signed(CHALLENGE))
    with pytest.raises(SignInRefusedError):
        let_in(workspace, own, copy.signed(CHALLENGE))


def test_the_passkey_of_a_colleague_is_none_of_mine(workspace: Workspace, own: Account) -> None:
    colleague = accounts.add(workspace, "Nara", PASSWORD, role="viewer")
    mine, theirs = Device(NAMED), Device(NAMED)
    add(workspace, own, mine)
    add(workspace, colleague, theirs)
    with pytest.raises(SignInRefusedError):
        let_in(workspace, own, theirs.signed(CHALLENGE))


def test_a_passkey_made_for_another_name_address_or_question_is_not_kept(
    workspace: Workspace, own: Account
) -> None:
    elsewhere, other_name = Device("http://localhost:9999"), Device(NAMED, rp_id="evil.example")
    for answer in (elsewhere.made(CHALLENGE), other_name.made(CHALLENGE),
                   Device(NAMED).made(b"of before"), "{}", "nonsense"):  # fmt: skip
        with pytest.raises(SecondFactorError):
            second_factors.add_passkey(
                workspace, own.staff_id, answer, challenge=CHALLENGE, site=SITE, label="x"
            )
    assert not accounts.find(workspace, "Maya").has_second_factor


def test_there_are_at_most_ten_passkeys(workspace: Workspace, own: Account) -> None:
    for _ in range(10):
        add(workspace, own, Device(NAMED))
    with pytest.raises(SecondFactorError, match="too many"):
        add(workspace, own, Device(NAMED))


# --- in a browser -----------------------------------------------------------------------------


@pytest.fixture
def access(workspace: Workspace, own: Account, hand: Hand) -> Iterator[Access]:
    """A workbench with somebody whose device is `DEVICE`."""
    root = workspace.layout.root
    add(workspace, own, DEVICE)
    workspace.close()
    found = Access(root)
    found.unlock("")
    yield found
    found.lock()


DEVICE = Device(NAMED)


class Named(Browser):
    """A browser that came by a name: passkeys do not work for digits."""

    def __init__(self, access: Access) -> None:
        super().__init__(access)
        self.client = client_of(create_app(access, port=PORT), NAMED)
        self.client.headers.update({"sec-fetch-site": "same-origin", "origin": NAMED})

    def halfway(self) -> bytes:
        """Show the password, and return what is to be signed."""
        self.get("/sign-in")
        data = {"csrf": self.token, "name": "Maya", "password": PASSWORD}
        self.page = self.client.post("/sign-in", data=data)
        assert self.page.url.path == "/sign-in/second"
        return self.asked()

    def asked(self) -> bytes:
        asked = self.client.post("/sign-in/passkey/question", data={"csrf": self.token}).json()
        text = json.loads(asked["asked"])["challenge"]
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

    def answer(self, answer: str) -> int:
        data = {"csrf": self.token, "answer": answer}
        return self.client.post("/sign-in/passkey", data=data).status_code


def test_what_was_signed_once_is_signed_for_no_second_try(access: Access) -> None:
    browser = Named(access)
    challenge = browser.halfway()
    assert browser.answer(Device(NAMED).signed(challenge)) == 403  # a guess uses it up
    answer = DEVICE.signed(challenge)
    assert browser.answer(answer) == 401
    challenge = browser.asked()
    assert browser.answer(answer) == 403  # that answers the question before
    challenge = browser.asked()
    assert browser.answer(DEVICE.signed(challenge)) == 200
    assert browser.get("/account").url.path == "/account"


def test_halfway_in_is_used_up_by_coming_in(access: Access) -> None:
    browser = Named(access)
    before = browser.client.cookies
    challenge = browser.halfway()
    half = before[f"undersight-{PORT}"]
    assert browser.answer(DEVICE.signed(challenge)) == 200
    again = Named(access)
    again.client.cookies.set(f"undersight-{PORT}", half, domain="localhost.local")
    assert again.get("/sign-in/second").url.path == "/sign-in"


def test_halfway_in_ends_after_five_minutes(
    access: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Named(access)
    challenge = browser.halfway()
    now_s = access.clock()
    monkeypatch.setattr(access, "clock", lambda: now_s + 301)
    assert browser.answer(DEVICE.signed(challenge)) == 401


def test_a_right_password_alone_frees_no_further_guesses_of_the_code(access: Access) -> None:
    statuses = []
    for _ in range(8):
        browser = Named(access)
        browser.get("/sign-in")
        data = {"csrf": browser.token, "name": "Maya", "password": PASSWORD}
        browser.page = browser.client.post("/sign-in", data=data)
        if browser.page.status_code == 429:
            statuses.append(429)
            break
        data = {"csrf": browser.token, "code": "123456"}
        statuses.append(browser.client.post("/sign-in/second", data=data).status_code)
    assert 429 in statuses


def test_the_interface_lets_nobody_in_by_a_password_where_a_second_factor_is_set(
    access: Access,
) -> None:
    browser = Named(access)
    shown = {"name": "Maya", "password": PASSWORD}
    answer = browser.client.post("/api/v1/session", json=shown)
    assert answer.status_code == 401
    assert browser.client.get("/api/v1/session").status_code == 401
