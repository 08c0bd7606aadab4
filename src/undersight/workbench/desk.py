"""A workspace kept open for many short requests: unlocked once, written under the writer's lock.

Each request gets a `Workspace` of its own over one open casebook: its connections are one per
transaction (SQLite's write-ahead log lets readers go on while one writes), a vault and a corpus
are opened by whoever needs them. A writer holds the workspace's lock only as long as its request,
so that the command line can write in between.
"""

from __future__ import annotations

import gc
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from undersight.casebook.partner_copy import PartnerCopy
from undersight.errors import CasebookBusyError, ForbiddenError, LockedError
from undersight.integrity.lock import WriterLock
from undersight.settings import load_settings
from undersight.vault.custody import now_us
from undersight.workbench.session import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_WAIT_S = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Who asks for the workspace.

    Attributes:
        staff_id: Their random id; empty for whoever made the workspace.
        is_outside: Whether they see only what is open to partners.
    """

    staff_id: str = ""
    is_outside: bool = False


OWNER = Who()
"""One person at one computer, who showed the passphrase."""


class PartnerWorkspace(Workspace):
    """A workspace as somebody outside sees it: what is open to partners, and nothing else.

    Its casebook is a copy that holds nothing more. Vault, posts and staff keys are closed.
    """

    @property
    def staff_id(self) -> str:
        """Random id of who reads."""
        return self.casebook.author

    @property
    def vault(self) -> Any:
        """Closed.

        Raises:
            ForbiddenError: Always.
        """
        raise ForbiddenError("inside")

    @property
    def corpus(self) -> Any:
        """Closed.

        Raises:
            ForbiddenError: Always.
        """
        raise ForbiddenError("inside")

    @property
    def staff(self) -> Any:
        """Closed.

        Raises:
            ForbiddenError: Always.
        """
        raise ForbiddenError("inside")


class Desk:
    """An unlocked workspace that several requests use at once.

    Args:
        workspace: An open workspace; the desk owns it from now on.
        clock: Gives epoch microseconds UTC.
    """

    def __init__(self, workspace: Workspace, *, clock: Callable[[], int] = now_us) -> None:
        self._own: Workspace | None = workspace
        self._clock = clock
        self._one_writer = threading.Lock()
        self._is_settled = False
        self.root = workspace.layout.root
        self.is_plain = workspace.keyring.is_plain
        # A wrong key or a damaged file shows now, not on the first page.
        self._partners = PartnerCopy(workspace.casebook)

    @classmethod
    def unlock(
        cls,
        root: Path,
        *,
        passphrase: Callable[[], str] | None = None,
        clock: Callable[[], int] = now_us,
    ) -> Self:
        """Open the workspace in a folder.

        Raises:
            UndersightError: As ``Workspace.open``.
        """
        return cls(Workspace.open(root, passphrase=passphrase), clock=clock)

    @contextmanager
    def reading(self, who: Who = OWNER) -> Iterator[Workspace]:
        """A workspace to read, for one request.

        Args:
            who: Who reads.

        Raises:
            LockedError: The desk was locked.
        """
        with self._request(who) as workspace:
            yield workspace

    @contextmanager
    def writing(self, verb: str, who: Who = OWNER) -> Iterator[Workspace]:
        """A workspace to write, for one request; others wait a little for their turn.

        Args:
            verb: What is done, for whoever finds the workspace busy.
            who: Who writes.

        Raises:
            ForbiddenError: Somebody outside.
            LockedError: The desk was locked.
            ConflictError: Somebody else keeps writing.
        """
        if who.is_outside:
            raise ForbiddenError("write")
        if not self._one_writer.acquire(timeout=_WAIT_S):
            raise CasebookBusyError(str(self.root))
        try:
            with WriterLock(self.root, verb=verb, wait_s=_WAIT_S), self._request(who) as workspace:
                yield workspace
        finally:
            self._one_writer.release()

    def read_settings(self) -> None:
        """Take the settings as undersight.toml says them now.

        Raises:
            LockedError: The desk was locked.
            SettingsError: The file is wrong.
        """
        if self._own is None:
            raise LockedError
        self._own.settings = load_settings(self._own.layout)

    def settle(self) -> None:
        """Look no more for garbage in what is held now: it is held until the lock.

        Looking through the records of a large casebook stopped pages for a quarter of a second.
        """
        if self._own is not None:
            self._is_settled = True
            gc.freeze()

    def lock(self) -> None:
        """Close the casebook and let go of the keys; requests under way end on their own."""
        if self._is_settled:
            self._is_settled = False
            gc.unfreeze()
        own, self._own = self._own, None
        if own is not None:
            self._partners.close()
            own.close()

    @contextmanager
    def _request(self, who: Who) -> Iterator[Workspace]:
        own = self._own
        if own is None:
            raise LockedError
        author = who.staff_id or own.casebook.author
        kind: type[Workspace] = PartnerWorkspace if who.is_outside else Workspace
        casebook: Any = self._partners.reader() if who.is_outside else own.casebook
        with kind(
            own.layout,
            own.settings,
            own.keyring,
            clock=self._clock,
            casebook=casebook.by(author),
        ) as workspace:
            workspace.kept = {} if who.is_outside else own.kept
            yield workspace
