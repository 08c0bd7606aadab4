"""Turning what somebody wants to write into changes: checked, stamped, logged, projected."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.days import day_of
from undersight.casebook.fields import default_field, normal_fields
from undersight.casebook.projection import project
from undersight.casebook.references import check_references
from undersight.casebook.search_index import index_records
from undersight.errors import (
    AppendOnlyError,
    InvalidValueError,
    MergedRecordError,
    RecordExistsError,
    RecordRetractedError,
    UnknownRecordError,
    WithdrawnRecordError,
)
from undersight.model.change import Change, FoldedRecord, Op, canonical_text, fold
from undersight.model.records import Record
from undersight.model.records.testimony import is_source_id
from undersight.model.schema import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from undersight.casebook.work import Work

APPEND_ONLY = frozenset({"update"})
_ALWAYS_OPEN = frozenset(fields_of(Record))
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingChange:
    """Something to be written.

    Args:
        kind: Kind of the record; may be empty for a record that exists.
        record_id: The record; empty for a new one.
        op: ``put``, ``retract`` or ``restore``.
        fields: New values by field name, as JSON or as values of the model.
        is_new: Whether the record must not exist yet.
        added: Ids by field, put beside those that the field holds when it is written: another
            writer may have added some since this one looked.
    """

    kind: str = ""
    record_id: str = ""
    op: Op = "put"
    fields: Mapping[str, Any] = field(default_factory=dict)
    is_new: bool = False
    added: Mapping[str, Sequence[str]] = field(default_factory=dict)


def write_pending(work: Work, pending: Sequence[PendingChange], why: str) -> tuple[Change, ...]:
    """Write changes; what would change nothing is left out.

    Raises:
        UndersightError: Something cannot be written; nothing was.
    """
    drafts = [_draft(work, entry) for entry in pending]
    drafts = [extra for draft in drafts for extra in (*_taking_back(work, draft), draft)]
    history = work.log.of_records([draft.record_id for draft in drafts])
    written: list[Change] = []
    for draft in drafts:
        changes = history.setdefault(draft.record_id, [])
        change = _change(work, draft, changes, why)
        if change is not None:
            changes.append(change)
            written.append(change)
    new_kinds = {change.record_id: change.kind for change in written}
    check_references(work, written, new_kinds)
    record_changes(work, written)
    return tuple(written)


def record_changes(work: Work, changes: Sequence[Change]) -> set[str]:
    """Log changes and bring what is derived from them up to date.

    Returns:
        Ids of the records changed.
    """
    work.log.append(changes, received_at_us=work.clock())
    touched = {change.record_id for change in changes}
    refresh(work, touched)
    return touched


def refresh(work: Work, record_ids: Iterable[str]) -> None:
    """Project records again from the log."""
    folded = work.folded_all(set(record_ids))
    incidents = project(work.connection, [folded[record_id] for record_id in sorted(folded)])
    index_records(work.connection, folded, incidents)
    work.forget_merges()


def _draft(work: Work, entry: PendingChange) -> PendingChange:
    """Fill in the id and kind, and bring the values into their canonical form."""
    record_id = entry.record_id or work.new_id()
    if not ID.fullmatch(record_id):
        raise InvalidValueError(entry.kind or "record", "record_id", "an id", "other text")
    kind = entry.kind or _kind_of(work, record_id)
    fields = normal_fields(kind, entry.fields)
    _refuse_a_named_source(kind, fields)
    is_new = entry.is_new or not entry.record_id
    if kind == "update" and is_new and not fields.get("number"):
        fields["number"] = _next_number(work, fields.get("incident", ""))
    return replace(entry, kind=kind, record_id=record_id, fields=fields, is_new=is_new)


def _refuse_a_named_source(kind: str, fields: Mapping[str, Any]) -> None:
    """Who a protected source is stands in a file of its own; here only the id that it has there.

    A name written here would stay in the history, in bundles and in backups. Only new changes are
    looked at: what was written before stays readable.
    """
    identity = fields.get("identity") if kind == "source" else None
    if identity and not is_source_id(identity):
        wanted = "an id such as src-… (`source add`)"
        raise InvalidValueError(kind, "identity", wanted, "other text")


def _taking_back(work: Work, draft: PendingChange) -> list[PendingChange]:
    """A new decision on two parties takes back what was decided on them before."""
    if draft.kind != "identity_decision" or not draft.is_new:
        return []
    table = t.KIND_TABLES["identity_decision"]
    pair = (draft.fields.get("kept"), draft.fields.get("other"))
    earlier = work.connection.scalars(
        sa.select(table.c.record_id)
        .where(table.c.kept.in_(pair), table.c.other.in_(pair), sa.not_(table.c.is_revoked))
        .where(sa.not_(table.c.is_retracted))
        .order_by(table.c.record_id)
    )
    return [
        PendingChange(kind=draft.kind, record_id=i, fields={"is_revoked": True}) for i in earlier
    ]


def _kind_of(work: Work, record_id: str) -> str:
    kind = work.connection.scalar(
        sa.select(t.RECORD.c.kind).where(t.RECORD.c.record_id == record_id)
    )
    if kind is None:
        raise UnknownRecordError(record_id)
    return str(kind)


def _next_number(work: Work, incident_id: str) -> int:
    """Updates of an entry are numbered from 1."""
    table = t.KIND_TABLES["update"]
    last = work.connection.scalar(
        sa.select(sa.func.max(table.c.number)).where(table.c.incident == incident_id)
    )
    return int(last or 0) + 1


def _change(
    work: Work, draft: PendingChange, changes: Sequence[Change], why: str
) -> Change | None:
    """The change that a draft amounts to; None where nothing would change."""
    now = fold(changes)
    _refuse(work, draft, now)
    fields = _really_new(draft, now)
    if now is not None and draft.op == "put" and not fields:
        return None
    if draft.op != "put" and now is not None and now.is_retracted == (draft.op == "retract"):
        return None
    heads = now.heads if now else ()
    known = {change.change_id: change for change in changes}
    return Change(
        change_id=work.new_id(),
        record_id=draft.record_id,
        kind=draft.kind,
        parents=heads,
        at_us=work.stamp(known[head] for head in heads),
        author=work.author,
        op=draft.op,
        fields=fields,
        why=why,
    )


def _really_new(draft: PendingChange, now: FoldedRecord | None) -> dict[str, Any]:
    """The values that differ from what stands, and those that settle a conflict."""
    if draft.op != "put":
        return {}
    disputed = {conflict.field for conflict in now.conflicts} if now else set()
    fields = {}
    told = dict(draft.fields)
    for name, ids in draft.added.items():
        held = now.fields.get(name, ()) if now is not None else ()
        told[name] = list(dict.fromkeys((*told.get(name, held), *ids)))
    for name, value in sorted(told.items()):
        before = default_field(draft.kind, name)
        if now is not None:
            before = now.fields.get(name, before)
        if name in disputed or canonical_text(value) != canonical_text(before):
            fields[name] = value
    return fields


def _refuse(work: Work, draft: PendingChange, now: FoldedRecord | None) -> None:
    """Refuse what may not be done to a record as it stands."""
    if now is None:
        if draft.op != "put":
            raise UnknownRecordError(draft.record_id)
        return
    if draft.is_new:
        raise RecordExistsError(draft.record_id)
    if now.kind != draft.kind:
        raise InvalidValueError(draft.kind, "kind", f"“{now.kind}”", f"“{draft.kind}”")
    if now.withdrawn_at_us is not None:
        raise WithdrawnRecordError(draft.record_id, day_of(now.withdrawn_at_us))
    if now.is_retracted and draft.op == "put":
        raise RecordRetractedError(draft.record_id)
    kept = work.merged_into(draft.record_id) if draft.kind == "party" else None
    if kept and draft.op == "put":
        raise MergedRecordError(draft.record_id, kept)
    if is_overwriting(draft):
        raise AppendOnlyError(draft.record_id, draft.kind)


def is_overwriting(change: PendingChange | Change) -> bool:
    """Return whether a change to an existing record overwrites what is only added to.

    Who may see it may change; what it says may not.
    """
    if change.kind not in APPEND_ONLY:
        return False
    return change.op != "put" or bool(set(change.fields) - _ALWAYS_OPEN)
