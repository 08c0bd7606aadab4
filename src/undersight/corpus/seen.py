"""Which digests were seen before: eight bytes each, whole batches at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class SeenDigests:
    """A growing set of 64-bit digests in sorted runs, each at least twice as long as the next.

    Two of 10^7 random digests are equal with probability 3e-6.
    """

    __slots__ = ("_runs",)

    def __init__(self) -> None:
        self._runs: list[NDArray[np.uint64]] = []

    def __len__(self) -> int:
        return sum(len(run) for run in self._runs)

    def first_sightings(self, digests: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Tell for each digest whether it is new, in order, and remember all.

        Args:
            digests: One per row, shape (n,).

        Returns:
            Shape (n,): True where neither an earlier batch nor an earlier row held it.
        """
        unique, places = np.unique(digests, return_index=True)
        is_fresh = ~self.holds(unique)
        is_first = np.zeros(len(digests), dtype=np.bool_)
        is_first[places[is_fresh]] = True
        self._add(unique[is_fresh])
        return is_first

    def holds(self, digests: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Tell for each digest whether it was seen.

        Args:
            digests: Shape (n,).

        Returns:
            Shape (n,).
        """
        is_held = np.zeros(len(digests), dtype=np.bool_)
        for run in self._runs:
            found = np.minimum(np.searchsorted(run, digests), len(run) - 1)
            is_held |= run[found] == digests
        return is_held

    def n_outside(self, others: SeenDigests) -> int:
        """How many of these digests another set does not hold.

        Args:
            others: The other set.
        """
        return sum(int((~others.holds(run)).sum()) for run in self._runs)

    def _add(self, run: NDArray[np.uint64]) -> None:
        """Merge the new run with older ones that are not much longer."""
        while self._runs and len(run) and len(self._runs[-1]) < 2 * len(run):
            run = np.sort(np.concatenate([self._runs.pop(), run]))
        if len(run):
            self._runs.append(run)
