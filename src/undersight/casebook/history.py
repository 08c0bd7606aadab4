"""What happened to records: each change with before and after, and any record as of any day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.days import end_of, moment_of
from undersight.casebook.fields import default_field, record_of_fields
from undersight.casebook.writing import PendingChange
from undersight.errors import (
    AppendOnlyError,
    CannotUndoError,
    ChangedSinceError,
    UnknownChangeError,
    UnknownRecordError,
)
from undersight.model.change import RETRACTION, Change, FoldedRecord, fold, known_to, latest_writes

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from undersight.casebook.work import Work
    from undersight.model.change import Op
    from undersight.model.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field before and after a change, as JSON; None where it was never written."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One change, for a reader.

    Args:
        change_id: The change.
        record_id: The record.
        kind: Its kind.
        op: What was done.
        at: When, UTC.
        author: Staff id of who did it.
        why: The reason given.
        fields: What was changed, by field name.
        is_erased: Whether it was rewritten after a withdrawal.
    """

    change_id: str
    record_id: str
    kind: str
    op: Op
    at: dt.datetime
    author: str
    why: str
    fields: tuple[FieldChange, ...] = ()
    is_erased: bool = False


def history_of(changes: Iterable[Change]) -> tuple[HistoryEntry, ...]:
    """Return the history of one record, in order of time."""
    known = sorted((c for c in changes if c.op != "erase"), key=lambda change: change.order)
    return tuple(_entry(change, known) for change in known)


def _entry(change: Change, known: list[Change]) -> HistoryEntry:
    before = fold(known_to(change.change_id, known))
    values = before.fields if before else {}
    fields = (
        FieldChange(field=name, before=values.get(name), after=after)
        for name, after in sorted(change.fields.items())
    )
    return HistoryEntry(
        change_id=change.change_id,
        record_id=change.record_id,
        kind=change.kind,
        op=change.op,
        at=moment_of(change.at_us),
        author=change.author,
        why=change.why,
        fields=tuple(fields),
        is_erased=bool(change.erased_for),
    )


def folded_as_of(changes: Iterable[Change], day: dt.date) -> FoldedRecord | None:
    """Return a record as it stood at the end of a day (UTC); None before it was made.

    A person withdrawn later is withdrawn on every day: views of the past obey today.
    """
    limit_us = end_of(day)
    held = sorted(changes, key=lambda change: change.order)
    known = {change.change_id for change in held}
    then: set[str] = set()
    for change in held:
        # What was dated ahead is believed to be of the day it came, but never before its parents.
        if change.believed_us < limit_us and then.issuperset(known.intersection(change.parents)):
            then.add(change.change_id)
    if not then:
        return None
    return fold(c for c in held if c.change_id in then or c.op == "withdraw")


def records_as_of(work: Work, day: dt.date) -> Iterator[FoldedRecord]:
    """Yield every record as it stood at the end of a day, by id; retracted ones left out."""
    for batch in work.every_record():
        history = work.log.of_records(batch)
        for record_id in sorted(history):
            folded = folded_as_of(history[record_id], day)
            if folded is not None and not folded.is_retracted:
                yield folded


def records_of(work: Work, record_ids: Iterable[str], day: dt.date) -> dict[str, Record]:
    """Return those of some records that existed at the end of a day, by id."""
    histories = work.log.of_records(tuple(record_ids))
    folded = {i: folded_as_of(changes, day) for i, changes in histories.items()}
    return {i: as_record(record) for i, record in folded.items() if record is not None}


def as_record(folded: FoldedRecord) -> Record:
    """Return the record that a fold holds."""
    return record_of_fields(folded.kind, folded.record_id, folded.fields)


def incident_family(work: Work, incident_id: str) -> list[str]:
    """Return the ids of an incident and of all that belongs to it.

    Raises:
        UnknownRecordError: No such incident.
    """
    query = sa.select(t.RECORD.c.record_id).where(t.RECORD.c.incident_id == incident_id)
    family = sorted(work.connection.scalars(query))
    if incident_id not in family:
        raise UnknownRecordError(incident_id)
    return family


def undoing(work: Work, change_id: str) -> tuple[Change, Op, Mapping[str, Any]]:
    """Return a change, and the operation and fields that take it back.

    Raises:
        UnknownChangeError: No such change.
        ChangedSinceError: A field was changed again since; the later change is named.
        CannotUndoError: A withdrawal, or a note of the log.
        AppendOnlyError: A record of a kind that is only added to.
    """
    change = _undoable(work.log.by_id([change_id]), change_id)
    changes = work.log.of_record(change.record_id)
    _refuse_if_changed_since(change, changes, {change_id})
    if change.op in ("retract", "restore"):
        return change, "restore" if change.op == "retract" else "retract", {}
    before = fold(known_to(change_id, changes))
    if before is None:
        return change, "retract", {}
    fields = {
        name: before.fields.get(name, default_field(change.kind, name)) for name in change.fields
    }
    return change, "put", fields


def undoing_together(work: Work, change_ids: Collection[str]) -> list[PendingChange]:
    """Return what takes several changes back, one record after the other.

    Raises:
        UndersightError: As ``undoing``.
    """
    ids = set(change_ids)
    found = work.log.by_id(ids)
    by_record: dict[str, list[Change]] = {}
    for change in sorted((_undoable(found, i) for i in ids), key=lambda c: c.order):
        by_record.setdefault(change.record_id, []).append(change)
    history = work.log.of_records(list(by_record))
    pending: list[PendingChange] = []
    for record_id, mine in reversed(by_record.items()):
        changes = history[record_id]
        for change in mine:
            _refuse_if_changed_since(change, changes, ids)
        pending += _restoring(mine, fold(known_to(mine[0].change_id, changes)))
    return pending


def _undoable(found: Mapping[str, Change], change_id: str) -> Change:
    change = found.get(change_id)
    if change is None:
        raise UnknownChangeError(change_id)
    if change.op in ("withdraw", "erase"):
        raise CannotUndoError(change_id, change.op)
    if change.kind == "update":
        raise AppendOnlyError(change.record_id, change.kind)
    return change


def _restoring(mine: list[Change], before: FoldedRecord | None) -> Iterator[PendingChange]:
    """What brings one record back to what it was before some changes."""
    record_id, kind = mine[0].record_id, mine[0].kind
    if before is None:
        yield PendingChange(record_id=record_id, op="retract")
        return
    written = {name for change in mine for name in change.writes()}
    if RETRACTION in written:
        yield PendingChange(
            record_id=record_id, op="retract" if before.is_retracted else "restore"
        )
    fields = {
        name: before.fields.get(name, default_field(kind, name))
        for name in sorted(written - {RETRACTION})
    }
    if fields:
        yield PendingChange(record_id=record_id, fields=fields)


def _refuse_if_changed_since(change: Change, changes: list[Change], known: set[str]) -> None:
    for name in change.writes():
        later = [c for c in latest_writes(name, changes) if c.change_id not in known]
        if later:
            field = "whether it stands" if name == RETRACTION else name
            raise ChangedSinceError(change.change_id, field, later[-1].change_id)
