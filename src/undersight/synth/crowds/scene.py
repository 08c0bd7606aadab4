"""A town with what happens in it: rows piece by piece, accounts, and the truth apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from undersight.synth.crowds.gatherings import GATHERINGS
from undersight.synth.crowds.rows import DAY_S, all_accounts, joined
from undersight.synth.crowds.town import Size, Town

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from undersight.synth.crowds.operations import Operation
    from undersight.synth.crowds.rows import Accounts, Ints, Part, Rows

PART_NUMBERS = 10_000_000
"""Each part numbers its accounts, posts and articles from another ten million on."""
CHUNK_ROWS = 250_000
_ID_BITS = 48
_LEAST_ID = 10**15
_ODD = 96_769_023_472_421


class Scene:
    """An invented corpus.

    Args:
        seed: Same seed and size, same bytes.
        size: Of the town.
        gatherings: Names of innocent crowds, as in ``GATHERINGS``.
        operations: What is planted.
        weeks: Moves everything by so many weeks; the hours of the week stay.
    """

    def __init__(
        self,
        seed: int,
        size: Size | None = None,
        *,
        gatherings: Sequence[str] = (),
        operations: Sequence[Operation] = (),
        weeks: int = 0,
    ) -> None:
        self.seed, self.moved_s = seed, weeks * 7 * DAY_S
        self.town = Town(seed, size or Size())
        makers = [*(GATHERINGS[name] for name in gatherings), *(one.part for one in operations)]
        self.parts: tuple[Part, ...] = tuple(
            make(np.random.default_rng([seed, 3, number]), self.town, PART_NUMBERS * (number + 1))
            for number, make in enumerate(makers)
        )

    @property
    def accounts(self) -> Accounts:
        """Everybody, those of the parts last."""
        of_parts = [one for part in self.parts for one in (part.accounts, *part.others)]
        return all_accounts([self.town.accounts, *of_parts])

    @property
    def planted(self) -> tuple[Ints, ...]:
        """Account numbers of each operation."""
        return tuple(part.accounts.number for part in self.parts if part.is_planted)

    def chunks(self) -> Iterator[Rows]:
        """Yield all rows: what pages and parts post first, then the town, chunk by chunk."""
        yield joined([self.town.publications(), *(part.rows for part in self.parts)])
        n_left, chunk = self.town.size.n_rows, 0
        while n_left > 0:
            n = min(n_left, CHUNK_ROWS)
            yield self.town.rows(n, chunk)
            n_left, chunk = n_left - n, chunk + 1

    def rows(self) -> Rows:
        """Return all rows in one piece."""
        return joined(self.chunks())

    def ids(self, number: Ints) -> npt.NDArray[np.object_]:
        """Return the platform's ids of numbers: no order, no part can be read from them.

        Args:
            number: Of accounts or posts, 0 or more.
        """
        mixed = (number.astype(np.uint64) * np.uint64(_ODD) + np.uint64(7 * self.seed + 1)) & (
            np.uint64((1 << _ID_BITS) - 1)
        )
        distinct, place = np.unique(mixed, return_inverse=True)
        words = np.array([str(_LEAST_ID + int(one)) for one in distinct], object)
        return words[place]
