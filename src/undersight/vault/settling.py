"""What a crash left on the way in or out of the store, and what the custody log says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.integrity import durable
from undersight.integrity.canonical import Digest
from undersight.vault.custody import ERASE, INTAKE, REPAIR
from undersight.vault.shelf import READY_SUFFIX

if TYPE_CHECKING:
    from undersight.vault.custody import CustodyLog
    from undersight.vault.shelf import Shelf


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """What a crash had left, and what was done about it.

    Attributes:
        n_undone: Objects that were not entered in the custody log: taken away.
        n_finished: Objects that were entered: put in their place, or erased for good.
        n_cut_bytes: Bytes of incomplete last lines cut off the custody and intake logs.
    """

    n_undone: int = 0
    n_finished: int = 0
    n_cut_bytes: int = 0

    @property
    def is_needed(self) -> bool:
        """Whether anything had been left."""
        return bool(self.n_undone or self.n_finished or self.n_cut_bytes)


def settle_incoming(shelf: Shelf, custody: CustodyLog) -> tuple[int, int]:
    """Undo what was not entered in the log, finish what was; counts of both."""
    waiting = sorted(shelf.incoming.glob("*"))
    n_undone = n_finished = 0
    acts = last_acts(shelf, custody) if waiting else {}
    for path in waiting:
        name = path.name.removesuffix(READY_SUFFIX)
        action = acts.get(name) if path.name.endswith(READY_SUFFIX) else None
        if action in {INTAKE, REPAIR}:
            shelf.place(path)
        else:
            with durable.disk_errors(path):
                durable.remove(path)
        n_finished += action is not None
        n_undone += action is None
    return n_undone, n_finished


def last_acts(shelf: Shelf, custody: CustodyLog) -> dict[str, str]:
    """The last intake, repair or erasure of each object, by the name of its file."""
    decisive = {INTAKE, REPAIR, ERASE}
    return {
        shelf.name(Digest(entry.object)): entry.action
        for entry in custody.entries()
        if entry.object and entry.action in decisive
    }
