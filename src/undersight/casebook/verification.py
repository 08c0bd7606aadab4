"""Checking that nobody edited the file: the chain, the bodies, and what is derived from them.

The chain shows edits, gaps and moves. That its end was cut off, or that all of it was made anew,
shows by a note of its length and head that only the holder of the key can write.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.change_log import CHAIN_DOMAIN, SEALED, chain_entry
from undersight.casebook.fields import row_of
from undersight.casebook.name_index import miscounted
from undersight.casebook.projection import are_there_strays, not_as_projected
from undersight.casebook.record_keys import BATCH
from undersight.casebook.search_index import is_incomplete
from undersight.errors import RecordUnreadableError
from undersight.integrity.chain import GENESIS, ChainHead, entry_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undersight.casebook.work import Work
    from undersight.model.change import FoldedRecord

BreakKind = Literal[
    "edited-header",
    "edited-body",
    "dropped-body",
    "dropped",
    "reordered",
    "truncated",
    "rewritten",
    "edited-record",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryBreak:
    """One place where the history does not hold.

    Args:
        kind: What was done.
        seq: Place in the log; None for a current row.
        change_id: The change; empty where it is not known.
        record_id: The record; empty where it is not known.
    """

    kind: BreakKind
    seq: int | None = None
    change_id: str = ""
    record_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryReport:
    """What checking the history found.

    Args:
        n_changes: Rows of the log.
        n_erased: Bodies that a withdrawal rewrote, each explained by a later entry.
        head: Length and hash of the chain, for a seal to note.
        breaks: Where it does not hold, in log order.
    """

    n_changes: int
    n_erased: int
    head: ChainHead
    breaks: tuple[HistoryBreak, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found."""
        return not self.breaks


def verify_history(work: Work, anchors: Iterable[ChainHead] = ()) -> HistoryReport:
    """Check the log and what was derived from it.

    Args:
        work: The unit of work.
        anchors: Lengths and heads that were noted elsewhere, such as in a seal.
    """
    check = _Check(work, anchors)
    for row, entry in _entries(work.connection):
        check.header(row, entry)
        check.body(row)
    breaks = [*check.breaks, *check.unexplained(), *check.ending()]
    breaks = sorted(breaks, key=lambda b: (b.seq or 0, b.kind)) or list(_edited_records(work))
    return HistoryReport(
        n_changes=check.head.length,
        n_erased=check.n_erased,
        head=check.head,
        breaks=tuple(breaks),
    )


class _Check:
    """The state of one pass over the log."""

    def __init__(self, work: Work, anchors: Iterable[ChainHead]) -> None:
        self.head = ChainHead(length=0, head=GENESIS)
        self.breaks: list[HistoryBreak] = []
        self.n_erased = 0
        self._work = work
        self._own = work.log.noted_head()
        noted = [*anchors, *([self._own] if self._own else [])]
        self._noted: dict[int, set[str]] = defaultdict(set)
        for anchor in noted:
            self._noted[anchor.length].add(anchor.head)
        self._was_edited = False
        self._rewritten: list[tuple[sa.Row[Any], str]] = []
        self._next: dict[str, dict[str, str]] = defaultdict(dict)

    def header(self, row: sa.Row[Any], entry: dict[str, Any]) -> None:
        """Check that a row is what it was and stands where it stood."""
        kind = self._kind_of_break(entry)
        if kind is not None:
            self._add(kind, row)
        self._was_edited = kind == "edited-header"
        self.head = ChainHead(length=row.seq + 1, head=row.h)
        if self._noted.get(self.head.length, {row.h}) != {row.h}:
            self._add("rewritten", row)

    def body(self, row: sa.Row[Any]) -> None:
        """Check a body against its digest; note what an erasure says it replaced."""
        if row.op == "erase":
            self._read_note(row.change_id)
        digest = "" if row.sealed is None else hashlib.sha256(row.sealed).hexdigest()
        if digest != row.body_sha256:
            self._rewritten.append((row, digest))

    def unexplained(self) -> Iterator[HistoryBreak]:
        """Bodies that are not what they were, and no erasure says why."""
        for row, digest in self._rewritten:
            if digest and self._leads(row.change_id, row.body_sha256, digest):
                self.n_erased += 1
            else:
                yield HistoryBreak(
                    kind="edited-body" if digest else "dropped-body",
                    seq=row.seq,
                    change_id=row.change_id,
                    record_id=row.record_id,
                )

    def ending(self) -> Iterator[HistoryBreak]:
        """Whether the end was cut off, or the note of it."""
        is_noted = self._own is not None or self.head.length == 0
        if max(self._noted, default=0) > self.head.length or not is_noted:
            yield HistoryBreak(kind="truncated", seq=self.head.length)

    def _kind_of_break(self, entry: dict[str, Any]) -> BreakKind | None:
        if entry_hash(entry, domain=CHAIN_DOMAIN) != entry["h"]:
            return "reordered" if self._fits_elsewhere(entry) else "edited-header"
        if entry["i"] > self.head.length:
            return "dropped"
        if entry["prev"] != self.head.head and not self._was_edited:
            return "rewritten"
        return None

    def _fits_elsewhere(self, entry: dict[str, Any]) -> bool:
        """Whether a row is whole, but was given another number."""
        query = sa.select(t.CHANGE_LOG.c.seq).where(t.CHANGE_LOG.c.h == entry["prev"])
        before = self._work.connection.scalar(query)
        numbers = {0} if before is None else {before, before + 1, before + 2}
        numbers |= {entry["i"] - 1, entry["i"] + 1}
        return any(
            entry_hash({**entry, "i": number}, domain=CHAIN_DOMAIN) == entry["h"]
            for number in numbers
            if number >= 0
        )

    def _read_note(self, note_id: str) -> None:
        try:
            note = self._work.log.by_id([note_id])[note_id]
        except (RecordUnreadableError, KeyError):
            return  # reported as an edited or dropped body
        for change_id, before, after in note.fields["bodies"]:
            self._next[change_id][before] = after

    def _leads(self, change_id: str, first: str, last: str) -> bool:
        """Whether rewritings lead from the digest in the log to the one found."""
        here: str | None = first
        for _ in range(len(self._next[change_id]) + 1):
            if here == last:
                return True
            here = self._next[change_id].get(here or "")
        return False

    def _add(self, kind: BreakKind, row: sa.Row[Any]) -> None:
        self.breaks.append(
            HistoryBreak(kind=kind, seq=row.seq, change_id=row.change_id, record_id=row.record_id)
        )


def _entries(connection: sa.Connection) -> Iterator[tuple[sa.Row[Any], dict[str, Any]]]:
    """Every row of the log with its body, and the chain's entry that it stands for."""
    log, body, last = t.CHANGE_LOG, t.CHANGE_BODY, -1
    while True:
        rows = connection.execute(
            sa.select(log, SEALED)
            .outerjoin(body, body.c.change_id == log.c.change_id)
            .where(log.c.seq > last)
            .order_by(log.c.seq)
            .limit(BATCH)
        ).all()
        if not rows:
            return
        ids = [row.change_id for row in rows]
        parents = defaultdict(list)
        found = sa.select(t.CHANGE_PARENT).where(t.CHANGE_PARENT.c.change_id.in_(ids))
        for parent in connection.execute(found):
            parents[parent.change_id].append(parent.parent_id)
        for row in rows:
            yield row, chain_entry(row, parents[row.change_id])
        last = rows[-1].seq


def _edited_records(work: Work) -> Iterator[HistoryBreak]:
    """Current rows that are not what the log adds up to."""
    n_expected: dict[str, int] = defaultdict(int)
    for batch in work.every_record():
        records = work.folded_all(batch)
        edited = set(not_as_projected(work.connection, records.values()))
        for record_id, folded in sorted(records.items()):
            n_expected[folded.kind] += 1
            if record_id in edited or _current(work.connection, folded) != row_of(folded):
                yield HistoryBreak(kind="edited-record", record_id=record_id)
    tables = sorted(t.KIND_TABLES.items())
    counted = [(table, n_expected[kind]) for kind, table in tables]
    for table, n_rows in (*counted, (t.RECORD, sum(n_expected.values()))):
        if work.connection.scalar(sa.select(sa.func.count()).select_from(table)) != n_rows:
            yield HistoryBreak(kind="edited-record")
    if any(check(work.connection) for check in (are_there_strays, miscounted, is_incomplete)):
        yield HistoryBreak(kind="edited-record")


def _current(connection: sa.Connection, folded: FoldedRecord) -> dict[str, Any] | None:
    table = t.KIND_TABLES[folded.kind]
    query = sa.select(table).where(table.c.record_id == folded.record_id)
    row = connection.execute(query).mappings().first()
    return None if row is None else dict(row)
