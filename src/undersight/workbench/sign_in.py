"""Signing in: the password, and the sessions of those who did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.errors import SignInRefusedError
from undersight.model.account import Account, SignedIn
from undersight.workbench import passwords
from undersight.workbench.accounts import book

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undersight.workbench.session import Workspace

_NOTED_EVERY_US = 60 * 1_000_000
_KEPT_US = 24 * 3600 * 1_000_000


def check_password(workspace: Workspace, name: str, password: str) -> Account:
    """Return whose name and password these are.

    Raises:
        SignInRefusedError: They do not fit; a name that nobody has takes as long.
    """
    found = book(workspace).by_name(name)
    if not passwords.fits(found.password_hash if found else "", password) or found is None:
        raise SignInRefusedError
    return found


def begin(workspace: Workspace, account: Account, *, session_id: str, browser: str) -> None:
    """Note that somebody signed in, and forget sessions that ended long ago."""
    kept, now_us = book(workspace), workspace.now_us
    kept.end(unseen_since_us=now_us - _KEPT_US)
    kept.begin(
        SignedIn(
            session_id=session_id,
            staff_id=account.staff_id,
            began_at_us=now_us,
            seen_at_us=now_us,
            browser=browser[:60],
        )
    )


def held(workspace: Workspace, session_id: str) -> tuple[SignedIn, Account] | None:
    """Return a session and whose it is; None where it was ended, or the account removed."""
    kept = book(workspace)
    session = kept.session(session_id)
    account = kept.by_id(session.staff_id) if session else None
    return None if session is None or account is None else (session, account)


def end(workspace: Workspace, session_id: str) -> None:
    """End a session."""
    book(workspace).end(session_id=session_id)


def end_all(workspace: Workspace) -> None:
    """End every session."""
    book(workspace).end()


def note_seen(workspace: Workspace, seen_s: Mapping[str, float], *, now_s: float) -> None:
    """Write down when sessions were used last, if that is a minute later than what is written.

    Args:
        workspace: The workspace.
        seen_s: When, by session id, on a monotonic clock.
        now_s: That clock now.
    """
    kept, now_us = book(workspace), workspace.now_us
    for one in kept.sessions():
        if one.session_id in seen_s:
            at_us = now_us - int((now_s - seen_s[one.session_id]) * 1e6)
            if at_us - one.seen_at_us > _NOTED_EVERY_US:
                kept.seen(one.session_id, at_us)
