"""Accounts of a workbench that several people use: make, change, remove, invite; who is in."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import secrets
from typing import TYPE_CHECKING

from undersight.casebook.accounts import AccountBook
from undersight.errors import (
    AccountNameError,
    NotNotedError,
    ReadOnlyError,
    UnknownAccountError,
    UnknownAccountRoleError,
    UnknownSessionError,
)
from undersight.model.account import ROLES, Account, Invitation, SignedIn, TakenOut
from undersight.vault.keyring import KeyPurpose
from undersight.vault.staff import new_staff_id
from undersight.workbench import passwords

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from undersight.model.account import Role
    from undersight.workbench.session import Workspace

N_MOST_NAME = 60
_CODE_BYTES = 20
_HOUR_US = 3_600_000_000


def book(workspace: Workspace) -> AccountBook:
    """Return the accounts of a workspace."""
    key = workspace.keyring.subkey(KeyPurpose.ACCOUNTS)
    return AccountBook(workspace.casebook.database, key)


def have_been_made(workspace: Workspace) -> bool:
    """Return whether anybody has an account, so that everybody signs in."""
    return book(workspace).has_any()


def listing(workspace: Workspace) -> tuple[Account, ...]:
    """Return every account, by name."""
    return book(workspace).all()


def find(workspace: Workspace, name: str) -> Account:
    """Return the account of a name.

    Raises:
        UnknownAccountError: There is none.
    """
    found = book(workspace).by_name(name)
    if found is None:
        raise UnknownAccountError(name)
    return found


def names(workspace: Workspace) -> dict[str, str]:
    """Return what those with an account are called, by staff id."""
    return {one.staff_id: one.name for one in listing(workspace)}


def add(workspace: Workspace, name: str, password: str, *, role: str) -> Account:
    """Make an account.

    Raises:
        AccountNameError: The name cannot be typed, or is too long.
        AccountExistsError: The name is taken.
        WeakPasswordError: The password is guessed soon.
        UnknownAccountRoleError: No such role.
    """
    account = _made(workspace, name, password, role_of(role))
    book(workspace).add(account)
    return account


def set_role(workspace: Workspace, name: str, role: str) -> Account:
    """Give an account another role; its sessions end.

    Raises:
        UndersightError: No such account or role, or it is the last admin's.
    """
    wanted = role_of(role)
    found = find(workspace, name)
    change = book(workspace).change
    return change(found.staff_id, lambda one: dataclasses.replace(one, role=wanted))


def set_password(
    workspace: Workspace, name: str, password: str, *, is_factor_dropped: bool = False
) -> Account:
    """Set an account's password; its sessions end.

    Args:
        workspace: The workspace.
        name: Whose.
        password: The new one.
        is_factor_dropped: Whether the second factor goes too, for somebody who lost it.

    Raises:
        UndersightError: No such account, or a weak password.
    """
    found = find(workspace, name)
    hashed = passwords.hash_of(password)

    def changed(one: Account) -> Account:
        after = dataclasses.replace(one, password_hash=hashed)
        return without_second_factor(after) if is_factor_dropped else after

    return book(workspace).change(found.staff_id, changed)


def without_second_factor(account: Account) -> Account:
    """Return an account that a password alone opens."""
    return dataclasses.replace(account, totp_secret="", recovery_hashes=(), passkeys=())


def remove(workspace: Workspace, name: str) -> None:
    """Remove an account; what it wrote stays, under its staff id.

    Raises:
        UndersightError: No such account, or it is the last admin's and others are left.
    """
    book(workspace).remove(find(workspace, name).staff_id)


# --- invitations ------------------------------------------------------------------------------


def invite(workspace: Workspace, role: str, *, n_hours: int) -> tuple[str, Invitation]:
    """Return a code that makes one account, and what is known of it; the code is kept nowhere.

    Args:
        workspace: The workspace.
        role: Role of the account to be.
        n_hours: For how long it holds, hours.
    """
    code = secrets.token_urlsafe(_CODE_BYTES)
    invitation = Invitation(
        invitation_id=_digest(code),
        role=role_of(role),
        invited_by=workspace.staff_id,
        expires_at_us=workspace.now_us + n_hours * _HOUR_US,
    )
    book(workspace).invite(invitation)
    return code, invitation


def invitations(workspace: Workspace) -> tuple[Invitation, ...]:
    """Return the invitations that still hold."""
    now_us = workspace.now_us
    return tuple(one for one in book(workspace).invitations() if one.expires_at_us > now_us)


def invited(workspace: Workspace, code: str) -> Invitation | None:
    """Return the invitation of a code; None where it does not hold."""
    wanted = _digest(code)
    return next((one for one in invitations(workspace) if one.invitation_id == wanted), None)


def join(workspace: Workspace, code: str, name: str, password: str) -> Account:
    """Make the account that an invitation is for, and use the invitation up.

    Raises:
        InvitationSpentError: It does not hold.
        AccountNameError: The name cannot be typed, or is too long.
        AccountExistsError: The name is taken.
        WeakPasswordError: The password is guessed soon.
    """
    found = invited(workspace, code)
    account = _made(workspace, name, password, found.role if found else "viewer")
    book(workspace).add(account, invitation=_digest(code), now_us=workspace.now_us)
    return account


def take_back(workspace: Workspace, invitation_id: str) -> None:
    """Take an invitation back.

    Raises:
        InvitationSpentError: It was used or taken back before.
    """
    book(workspace).take_back(invitation_id)


# --- sessions and what was taken out ----------------------------------------------------------


def sessions(workspace: Workspace, name: str = "") -> tuple[SignedIn, ...]:
    """Return where somebody, or everybody, is signed in, the latest used first."""
    staff_id = find(workspace, name).staff_id if name else ""
    return book(workspace).sessions(staff_id)


def end_session(workspace: Workspace, session_id: str, *, staff_id: str = "") -> None:
    """End one session.

    Args:
        workspace: The workspace.
        session_id: Its id, or the beginning of it, eight characters or more.
        staff_id: Only if it is theirs.

    Raises:
        UnknownSessionError: No such session, or not theirs.
    """
    kept = book(workspace)
    found = [one for one in kept.sessions(staff_id) if one.session_id.startswith(session_id)]
    if len(found) != 1 or len(session_id) < 8:
        raise UnknownSessionError
    kept.end(session_id=found[0].session_id)


def end_sessions(workspace: Workspace, name: str) -> int:
    """End all sessions of somebody; return how many there were."""
    return book(workspace).end(staff_id=find(workspace, name).staff_id)


@contextlib.contextmanager
def to_be_noted() -> Iterator[None]:
    """Say why a command that only reads must write: it takes something out.

    Raises:
        NotNotedError: The workspace may not be written.
    """
    try:
        yield
    except ReadOnlyError as reason:
        raise NotNotedError(reason.path) from reason


def check_may_note(workspace: Workspace) -> None:
    """Refuse to go on where it could not be noted that a file left.

    Raises:
        BackendError: The casebook may not be written.
    """
    book(workspace).check_may_note()


def note_taken(workspace: Workspace, *, address: str, what: str, n_bytes: int) -> None:
    """Note that a file left the workbench."""
    book(workspace).note_taken(
        TakenOut(
            seq=0,
            at_us=workspace.now_us,
            staff_id=workspace.staff_id,
            address=address[:200],
            what=what[:200],
            n_bytes=n_bytes,
        )
    )


def note_files_taken(
    workspace: Workspace, *, address: str, what: str, files: Iterable[Path]
) -> None:
    """Note that files left the workspace: how large they are, never their names.

    Args:
        workspace: Open for writing.
        address: What wrote them: it stands where the browser's page would.
        what: What was written, and for whom.
        files: The files.
    """
    n_bytes = sum(path.stat().st_size for path in files if path.is_file())
    note_taken(workspace, address=address, what=what, n_bytes=n_bytes)


def taken(workspace: Workspace) -> tuple[TakenOut, ...]:
    """Return what was taken out in the browser, by whom and when, the latest first."""
    return book(workspace).taken()


# --- inside -----------------------------------------------------------------------------------


def role_of(role: str) -> Role:
    """Return a role by its name.

    Raises:
        UnknownAccountRoleError: No such role.
    """
    for known in ROLES:
        if known == role:
            return known
    raise UnknownAccountRoleError(role, ROLES)


def _made(workspace: Workspace, name: str, password: str, role: Role) -> Account:
    trimmed = " ".join(name.split())
    if not 1 <= len(trimmed) <= N_MOST_NAME or not trimmed.isprintable():
        raise AccountNameError(N_MOST_NAME)
    return Account(
        staff_id=new_staff_id(),
        name=trimmed,
        role=role,
        made_at_us=workspace.now_us,
        password_hash=passwords.hash_of(password),
    )


def _digest(code: str) -> str:
    return hashlib.sha256(code.strip().encode("utf-8")).hexdigest()
