"""Accounts are kept alike in a file and on a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from undersight.casebook.accounts import AccountBook
from undersight.errors import AccountExistsError, InvitationSpentError, LastAdminError
from undersight.model.account import Account, Invitation, Passkey, SignedIn, TakenOut

if TYPE_CHECKING:
    from undersight.casebook import Casebook

KEY = bytes(range(64, 96))


def account(name: str, **fields: object) -> Account:
    given = {"staff_id": f"staff-{name}", "name": name, "role": "admin", "made_at_us": 1,
             "password_hash": "x", **fields}  # fmt: skip
    return Account(**given)  # type: ignore[arg-type]


def test_accounts_sessions_invitations_and_the_list(casebook: Casebook) -> None:
    book = AccountBook(casebook.database, KEY)
    assert not book.has_any()
    key = Passkey(credential_id="a", public_key="b", n_signed=3, label="stick", made_at_us=4)
    maya = account("maya", recovery_hashes=("h",), passkeys=(key,))
    book.add(maya)
    with pytest.raises(AccountExistsError):
        book.add(account("MAYA", staff_id="staff-other"))
    assert book.by_name("Maya ") == book.by_id("staff-maya") == maya
    with pytest.raises(LastAdminError):
        book.change("staff-maya", lambda _: account("maya", role="viewer"))
    assert book.by_id("staff-maya") == maya

    one = SignedIn(session_id="s", staff_id="staff-maya", began_at_us=5, seen_at_us=5, browser="F")
    book.begin(one)
    book.seen("s", 9)
    assert [found.seen_at_us for found in book.sessions("staff-maya")] == [9]
    book.change("staff-maya", lambda _: account("maya", password_hash="y"))
    assert book.session("s") is None

    held = Invitation(invitation_id="i", role="viewer", invited_by="staff-maya", expires_at_us=50)
    book.invite(held)
    with pytest.raises(InvitationSpentError):
        book.add(account("late", role="viewer"), invitation="i", now_us=50)
    book.add(account("nara", role="viewer"), invitation="i", now_us=49)
    with pytest.raises(InvitationSpentError):
        book.add(account("eve", role="viewer"), invitation="i", now_us=49)
    assert [found.name for found in book.all()] == ["maya", "nara"]

    for place in range(3):
        book.note_taken(TakenOut(seq=0, at_us=place, staff_id="staff-maya", address="/", what=""))
    assert [line.seq for line in book.taken()] == [3, 2, 1]
    book.remove("staff-nara")
    book.remove("staff-maya")
    assert not book.has_any()


def test_another_workspace_s_key_finds_nobody(casebook: Casebook) -> None:
    AccountBook(casebook.database, KEY).add(account("maya"))
    assert AccountBook(casebook.database, bytes(32)).by_name("maya") is None
