"""Who is asking, and may they: the one place that knows sessions, rights and the lock.

One person at one computer shows the workspace's passphrase and has every right. As soon as
somebody has an account, or other computers can reach the workbench, everybody signs in
(`signing_in`); the passphrase then only opens the workspace. No account holds a key.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from undersight.errors import LockedError, NotSignedInError, WrongPassphraseError
from undersight.web.throttle import Throttle

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from undersight.model.account import Account, Right, SignedIn
    from undersight.workbench.desk import Desk, Who
    from undersight.workbench.session import Workspace

_TRIES = {"passphrase": 4}
_TOKEN_BYTES = 32
_UNUSED_S = 3600.0
"""After how long without use a session of an account ends where the workbench never locks."""

_LONGEST_US = 12 * 3600 * 1_000_000
"""How long a session of an account lasts, used or not."""


@dataclass(slots=True)
class Session:
    """One browser that may use the workspace.

    Attributes:
        token: What its cookie holds.
        last_seen_s: When it last asked for something, on the monotonic clock.
        account: Who signed in; None for one person who showed the passphrase.
        said: Sentences to show on the next page.
        since_seq: Length of the casebook's log at the last visit; None on the first.
        begun: What was begun and waits for an answer, such as a passkey's challenge.
    """

    token: str
    last_seen_s: float
    account: Account | None = None
    said: list[str] = field(default_factory=list)
    since_seq: int | None = None
    begun: dict[str, Any] = field(default_factory=dict)

    def may(self, right: Right) -> bool:
        """Return whether it has a right."""
        return self.account is None or self.account.may(right)

    @property
    def who(self) -> Who:
        """Who works in it."""
        from undersight.workbench.desk import OWNER, Who

        if self.account is None:
            return OWNER
        return Who(staff_id=self.account.staff_id, is_outside=not self.account.may("inside"))


class Work(Protocol):
    """What goes on behind the pages and needs the keys."""

    @property
    def is_busy(self) -> bool:
        """Whether anything is to be done: no clock takes the keys away meanwhile."""

    def close(self) -> None:
        """Let go of the workspace."""


class Access:
    """The door of one workbench.

    Args:
        root: The workspace's folder; None where there is none yet.
        idle_s: After how long without a request it locks itself, seconds; 0 for never.
        is_shared: Whether other computers can reach it, so that everybody signs in.
        is_behind_tls: Whether a proxy in front of it speaks TLS with browsers.
        clock: Monotonic seconds.
    """

    def __init__(
        self,
        root: Path | None,
        *,
        idle_s: float = 900.0,
        is_shared: bool = False,
        is_behind_tls: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.root, self.idle_s, self.clock = root, idle_s, clock
        self.is_shared, self.is_behind_tls = is_shared or is_behind_tls, is_behind_tls
        self.throttle = Throttle(clock)
        self._desk: Desk | None = None
        self._used_s = clock()
        self._sessions: dict[str, Session] = {}
        self._secret = secrets.token_bytes(_TOKEN_BYTES)
        self._door, self._trying = threading.RLock(), threading.Lock()
        self.work: Work | None = None
        self.way_in: object = None

    # --- who --------------------------------------------------------------------------------

    def session(self, token: str, *, is_quiet: bool = False) -> Session | None:
        """Return the session of a cookie, or None; asking keeps it alive unless quiet."""
        with self._door:
            self.expire()
            desk, key = self._desk, session_key(token)
            found = self._sessions.get(key)
        if desk is None or not token:
            return None
        if found is None or found.account is not None:
            found = self._signed_in(desk, token, found)
        elif self._must_sign_in(desk):
            self._drop(key)
            found = None
        if found is not None and not is_quiet:
            found.last_seen_s = self._used_s = self.clock()
        return found

    def may(self, session: Session | None, right: Right) -> bool:
        """Return whether whoever asks has a right."""
        if right == "enter":
            return True
        return session is not None and self._desk is not None and session.may(right)

    def must_sign_in(self) -> bool:
        """Return whether the passphrase alone opens no page here.

        Raises:
            LockedError: The workspace is locked: nobody knows yet.
        """
        return self._must_sign_in(self.desk)

    def reading(self, session: Session | None) -> AbstractContextManager[Workspace]:
        """The workspace as whoever asks may see it, to read.

        Raises:
            NotSignedInError: Nobody asks.
        """
        if session is None:
            raise NotSignedInError
        return self.desk.reading(session.who)

    def writing(self, session: Session | None, verb: str) -> AbstractContextManager[Workspace]:
        """The workspace to write, in the name of whoever asks, under its writer's lock.

        Raises:
            NotSignedInError: Nobody asks.
        """
        if session is None:
            raise NotSignedInError
        return self.desk.writing(verb, session.who)

    def accounts(self, session: Session | None) -> AbstractContextManager[Workspace]:
        """The workspace in which accounts are kept, whoever asks: for their own account only.

        Raises:
            NotSignedInError: Nobody asks.
        """
        from undersight.workbench.desk import Who

        if session is None:
            raise NotSignedInError
        return self.desk.reading(Who(staff_id=session.who.staff_id))

    @property
    def desk(self) -> Desk:
        """The unlocked workspace, without asking who it is for: pages go through `reading`.

        Raises:
            LockedError: It is locked.
        """
        if self._desk is None:
            raise LockedError
        return self._desk

    @property
    def is_locked(self) -> bool:
        """Whether nobody has unlocked it."""
        return self._desk is None

    # --- tokens -----------------------------------------------------------------------------

    @staticmethod
    def new_token() -> str:
        """Return a random cookie value."""
        return secrets.token_urlsafe(_TOKEN_BYTES)

    def form_token(self, token: str) -> str:
        """Return what forms of the browser with this cookie must hold."""
        return hmac.new(self._secret, token.encode("utf-8"), hashlib.sha256).hexdigest()

    def is_form_token(self, token: str, given: str) -> bool:
        """Return whether a form comes from a page that this browser was given."""
        return bool(token) and hmac.compare_digest(
            self.form_token(token).encode(), given.encode("utf-8", "replace")
        )

    # --- the door ---------------------------------------------------------------------------

    def unlock(self, passphrase: str) -> Session | None:
        """Open the workspace with its passphrase; return a session where that is enough.

        Raises:
            TooManyAttemptsError: It was wrong too often; the next try must wait.
            WrongPassphraseError: It does not open the workspace.
            UndersightError: The workspace cannot be opened.
        """
        from undersight.workbench import warming

        desk = self._opened(passphrase)
        with self._door:
            if self._desk is None:
                self._desk = desk
                warming.begin(desk)
            else:
                desk.lock()  # a second browser: the passphrase was right, one desk is enough
            return None if self._must_sign_in(self.desk) else self._begin(None)

    def show_passphrase(self, passphrase: str) -> None:
        """Go on if it is the workspace's, for what an account may not do.

        Raises:
            UndersightError: As `unlock`.
        """
        self._opened(passphrase).lock()

    def enter(self, root: Path, passphrase: str | None) -> Session:
        """Turn to another workspace, such as one just made, and begin a session in it."""
        from undersight.workbench.desk import Desk

        desk = Desk.unlock(root, passphrase=lambda: passphrase or "")
        with self._door:
            self.lock()
            self.root, self._desk = root, desk
            return self._begin(None)

    def begin(self, account: Account, browser: str) -> Session:
        """Begin a session of somebody who signed in, under a new token."""
        from undersight.workbench import sign_in

        with self._door:
            session = self._begin(account)
        with self.desk.reading() as workspace:
            key = session_key(session.token)
            sign_in.begin(workspace, account, session_id=key, browser=browser)
        return session

    def sign_out(self, session: Session) -> None:
        """End one session; the workspace stays open for others."""
        from undersight.workbench import sign_in

        key = session_key(session.token)
        self._drop(key)
        if session.account is not None:
            with self.desk.reading() as workspace:
                sign_in.end(workspace, key)

    def lock(self) -> None:
        """Let go of the keys; sessions of accounts go on once it is unlocked again."""
        with self._door:
            desk, self._desk = self._desk, None
            self._sessions.clear()
            if self.work is not None:
                self.work.close()
            if desk is not None:
                desk.lock()

    def lock_for_all(self) -> None:
        """End every session and let go of the keys."""
        from undersight.workbench import sign_in

        if self._desk is not None:
            with self._desk.reading() as workspace:
                sign_in.end_all(workspace)
        self.lock()

    def expire(self) -> None:
        """Lock what nobody used for too long."""
        if self.idle_s <= 0:
            return
        with self._door:
            limit_s = self.clock() - self.idle_s
            kept = {k: s for k, s in self._sessions.items() if s.last_seen_s >= limit_s}
            self._sessions = kept
            is_working = self.work is not None and self.work.is_busy
            is_left = not kept and self._used_s < limit_s
            if self._desk is not None and is_left and not is_working:
                self.lock()

    def note_seen(self) -> None:
        """Write down which accounts' sessions were used: what is kept outlives this program."""
        from undersight.workbench import sign_in

        with self._door:
            desk = self._desk
            seen = {k: s.last_seen_s for k, s in self._sessions.items() if s.account is not None}
        if desk is not None and seen:
            with desk.reading() as workspace:
                sign_in.note_seen(workspace, seen, now_s=self.clock())

    # --- inside -----------------------------------------------------------------------------

    def _opened(self, passphrase: str) -> Desk:
        from undersight.workbench.desk import Desk

        with self._trying:  # not the door: opening takes a second, and others go on meanwhile
            self.throttle.check(_TRIES)
            if self.root is None:
                raise LockedError
            try:
                desk = Desk.unlock(self.root, passphrase=lambda: passphrase)
            except WrongPassphraseError:
                self.throttle.wrong(_TRIES)
                raise
            self.throttle.right("passphrase")
        self._used_s = self.clock()
        return desk

    def _must_sign_in(self, desk: Desk) -> bool:
        from undersight.workbench import accounts

        if self.is_shared:
            return True
        with desk.reading() as workspace:
            return accounts.have_been_made(workspace)

    def _signed_in(self, desk: Desk, token: str, found: Session | None) -> Session | None:
        from undersight.workbench import sign_in

        key = session_key(token)
        with desk.reading() as workspace:
            held = sign_in.held(workspace, key)
            if held is None or self._is_over(held[0], found, workspace.now_us):
                self._drop(key)
                return None
        session = found or self._begin(held[1], token)
        session.account = held[1]
        return session

    def _is_over(self, kept: SignedIn, found: Session | None, now_us: int) -> bool:
        unused_s = (now_us - kept.seen_at_us) / 1e6
        if found is not None:
            unused_s = self.clock() - found.last_seen_s
        return unused_s > (self.idle_s or _UNUSED_S) or now_us - kept.began_at_us > _LONGEST_US

    def _drop(self, key: str) -> None:
        with self._door:
            self._sessions.pop(key, None)

    def _begin(self, account: Account | None, token: str = "") -> Session:
        from undersight.workbench import visits
        from undersight.workbench.desk import Who

        session = Session(token or self.new_token(), self.clock(), account)
        who = Who(staff_id=account.staff_id if account else "")
        with self.desk.reading(who) as workspace:
            session.since_seq = visits.begin(workspace)
        with self._door:
            self._sessions[session_key(session.token)] = session
        return session


def session_key(token: str) -> str:
    """Return the name a session is kept under: its digest, so that looking up leaks no timing."""
    return hashlib.sha256(token.encode("utf-8")).hexdigest()
