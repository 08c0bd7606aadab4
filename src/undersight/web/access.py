"""Who is asking, and may they: the one place that knows sessions, rights and the lock.

Here: one person at one computer, who shows the workspace's passphrase. Accounts and roles take
the place of ``Access.may`` and of how a `Session` begins; nothing else asks.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from undersight.errors import LockedError, TooManyAttemptsError, WrongPassphraseError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from undersight.web.page import Right
    from undersight.workbench.desk import Desk

_FREE_TRIES = 4
_LONGEST_WAIT_S = 300
_TOKEN_BYTES = 32


@dataclass(slots=True)
class Session:
    """One browser that unlocked the workspace.

    Attributes:
        token: What its cookie holds.
        last_seen_s: When it last asked for something, on the monotonic clock.
        said: Sentences to show on the next page.
        since_seq: Length of the casebook's log at the last visit; None on the first.
    """

    token: str
    last_seen_s: float
    said: list[str] = field(default_factory=list)
    since_seq: int | None = None


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
        clock: Monotonic seconds.
    """

    def __init__(
        self,
        root: Path | None,
        *,
        idle_s: float = 900.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.root, self.idle_s, self._clock = root, idle_s, clock
        self._desk: Desk | None = None
        self._sessions: dict[str, Session] = {}
        self._secret = secrets.token_bytes(_TOKEN_BYTES)
        self._n_wrong, self._not_before_s = 0, 0.0
        self._door, self._trying = threading.RLock(), threading.Lock()
        self.work: Work | None = None

    # --- who --------------------------------------------------------------------------------

    def session(self, token: str, *, is_quiet: bool = False) -> Session | None:
        """Return the session of a cookie, or None; asking keeps it alive unless quiet."""
        with self._door:
            self.expire()
            found = self._sessions.get(_key(token)) if token else None
            if found is not None and not is_quiet:
                found.last_seen_s = self._clock()
            return found

    def may(self, session: Session | None, right: Right) -> bool:
        """Return whether whoever asks has a right: one person has all, once unlocked."""
        return right == "enter" or (session is not None and self._desk is not None)

    @property
    def desk(self) -> Desk:
        """The unlocked workspace.

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

    def unlock(self, passphrase: str) -> Session:
        """Begin a session with the workspace's passphrase.

        Raises:
            TooManyAttemptsError: It was wrong too often; the next try must wait.
            WrongPassphraseError: It does not open the workspace.
            UndersightError: The workspace cannot be opened.
        """
        from undersight.workbench.desk import Desk

        with self._trying:  # not the door: opening takes a second, and others go on meanwhile
            wait_s = self._not_before_s - self._clock()
            if wait_s > 0:
                raise TooManyAttemptsError(int(wait_s) + 1)
            if self.root is None:
                raise LockedError
            try:
                desk = Desk.unlock(self.root, passphrase=lambda: passphrase)
            except WrongPassphraseError:
                self._n_wrong += 1
                over = self._n_wrong - _FREE_TRIES
                if over > 0:
                    self._not_before_s = self._clock() + min(2.0**over, _LONGEST_WAIT_S)
                raise
            self._n_wrong = 0
        with self._door:
            if self._desk is None:
                self._desk = desk
            else:
                desk.lock()  # a second browser: the passphrase was right, one desk is enough
            return self._begin()

    def enter(self, root: Path, passphrase: str | None) -> Session:
        """Turn to another workspace, such as one just made, and begin a session in it."""
        from undersight.workbench.desk import Desk

        desk = Desk.unlock(root, passphrase=lambda: passphrase or "")
        with self._door:
            self.lock()
            self.root, self._desk = root, desk
            return self._begin()

    def lock(self) -> None:
        """End every session and let go of the keys."""
        with self._door:
            desk, self._desk = self._desk, None
            self._sessions.clear()
            if self.work is not None:
                self.work.close()
            if desk is not None:
                desk.lock()

    def expire(self) -> None:
        """Lock what nobody used for too long."""
        if self.idle_s <= 0:
            return
        with self._door:
            limit_s = self._clock() - self.idle_s
            kept = {k: s for k, s in self._sessions.items() if s.last_seen_s >= limit_s}
            self._sessions = kept
            is_working = self.work is not None and self.work.is_busy
            if self._desk is not None and not kept and not is_working:
                self.lock()

    def _begin(self) -> Session:
        from undersight.workbench import visits

        session = Session(token=self.new_token(), last_seen_s=self._clock())
        with self.desk.reading() as workspace:
            session.since_seq = visits.begin(workspace)
        self._sessions[_key(session.token)] = session
        return session


def _key(token: str) -> str:
    """The name a session is kept under: its digest, so that looking up leaks no timing."""
    return hashlib.sha256(token.encode("utf-8")).hexdigest()
