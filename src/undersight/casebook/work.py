"""One unit of work: the transaction, the log in it, and who does it when."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.change_log import ChangeLog
from undersight.casebook.merged_parties import kept_parties, standing_decisions
from undersight.casebook.record_keys import BATCH, batches
from undersight.model.change import Change, FoldedRecord, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from undersight.casebook.record_keys import RecordKeys


@dataclass(slots=True, kw_only=True)
class Work:
    """What functions of the casebook need to do one unit of work.

    Args:
        connection: The transaction.
        keys: The keys of records.
        author: Random staff id of who works.
        clock: Returns microseconds UTC.
        new_id: Returns a new id.
    """

    connection: sa.Connection
    keys: RecordKeys
    author: str
    clock: Callable[[], int]
    new_id: Callable[[], str]
    log: ChangeLog = field(init=False)
    _kept: dict[str, str] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.log = ChangeLog(self.connection, self.keys)

    def folded(self, record_id: str) -> FoldedRecord | None:
        """Return what the log says of a record now; None where there is no such record."""
        return fold(self.log.of_record(record_id))

    def folded_all(self, record_ids: Collection[str]) -> dict[str, FoldedRecord]:
        """Return what the log says of some records now."""
        found = {}
        for record_id, changes in self.log.of_records(record_ids).items():
            folded = fold(changes)
            if folded is not None:
                found[record_id] = folded
        return found

    def every_record(self) -> Iterator[list[str]]:
        """Yield the ids of all records in the log, sorted, in batches."""
        last = ""
        column = t.RECORD_KEY.c.record_id
        while True:
            query = sa.select(column).where(column > last).order_by(column).limit(BATCH)
            batch = list(self.connection.scalars(query))
            if not batch:
                return
            yield batch
            last = batch[-1]

    def scalars_in(
        self, query: sa.Select[str], column: sa.Column[str], ids: Iterable[str]
    ) -> set[str]:
        """Run a query for many ids, some at a time."""
        found: set[str] = set()
        for batch in batches(ids):
            found.update(self.connection.scalars(query.where(column.in_(batch))))
        return found

    def rows_in(
        self, query: sa.Select[Any], column: sa.Column[Any], ids: Iterable[str] | None
    ) -> Iterator[Any]:
        """Yield the rows of a query for many ids, some at a time; for all where ids is None."""
        if ids is None:
            yield from self.connection.execute(query)
            return
        for batch in batches(ids):
            yield from self.connection.execute(query.where(column.in_(batch)))

    def merged_into(self, party_id: str) -> str | None:
        """Return the party that stands for a merged one; None for every other record."""
        return self.merged_parties().get(party_id)

    def merged_parties(self) -> Mapping[str, str]:
        """Return, for each party merged into another, the one that stands for it."""
        if self._kept is None:
            self._kept = kept_parties(standing_decisions(self.connection))
        return self._kept

    def forget_merges(self) -> None:
        """Look the decisions up again next time: they changed."""
        self._kept = None

    def stamp(self, parents: Iterable[Change] = ()) -> int:
        """Return the time of a new change: now, and later than all it follows.

        A colleague's clock may be ahead; a change must not seem older than what it answers.
        """
        return max(self.clock(), *(parent.at_us + 1 for parent in parents), 0)
