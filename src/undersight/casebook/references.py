"""Every reference names a record that exists, of the right kind, that may still be named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.days import day_of
from undersight.casebook.fields import links_of
from undersight.errors import (
    MergedRecordError,
    RecordRetractedError,
    UnknownRecordError,
    WithdrawnRecordError,
    WrongReferenceError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from undersight.casebook.work import Work
    from undersight.model.change import Change


def check_references(work: Work, changes: Sequence[Change], new_kinds: Mapping[str, str]) -> None:
    """Check the references that changes write (those that stood before are left alone).

    Args:
        work: The unit of work.
        changes: The changes.
        new_kinds: Kinds of the records written in the same unit.

    Raises:
        UnknownRecordError: No such record.
        WrongReferenceError: A record of a kind that the field does not take.
        MergedRecordError: A party that another stands for.
        WithdrawnRecordError: A person who was withdrawn.
        RecordRetractedError: A record that was taken out.
    """
    links = [(c, link) for c in changes for link in links_of(c.kind, c.fields)]
    before = _links_before(work, {change.record_id for change, _ in links})
    named = [
        (change, f"{change.kind}.{path}", spec.target, to)
        for change, (path, spec, to) in links
        if (change.record_id, path, to) not in before
    ]
    rows = _rows_of(work, {to for *_, to in named})
    for change, where, target, to in named:
        row = rows.get(to)
        kind = new_kinds.get(to) or (row.kind if row else None)
        if kind is None:
            raise UnknownRecordError(to, where)
        if target and kind not in target:
            raise WrongReferenceError(where, to, kind, target)
        _refuse_what_is_gone(work, change, to, row)


def _links_before(work: Work, record_ids: set[str]) -> set[tuple[str, str, str]]:
    link = t.RECORD_LINK
    query = sa.select(link.c.from_id, link.c.field, link.c.to_id)
    return {tuple(row) for row in work.rows_in(query, link.c.from_id, record_ids)}


def _rows_of(work: Work, record_ids: set[str]) -> dict[str, Any]:
    record = t.RECORD.c
    query = sa.select(record.record_id, record.kind, record.withdrawn_at_us, record.is_retracted)
    return {row.record_id: row for row in work.rows_in(query, record.record_id, record_ids)}


def _refuse_what_is_gone(work: Work, change: Change, to: str, row: Any) -> None:
    """Refuse what was withdrawn, taken out, or stands under another party."""
    if row is not None and row.withdrawn_at_us is not None:
        raise WithdrawnRecordError(to, day_of(row.withdrawn_at_us))
    if row is not None and row.is_retracted:
        raise RecordRetractedError(to)
    # A decision on who is who speaks of merged parties by their own ids.
    kept = work.merged_into(to) if change.kind != "identity_decision" else None
    if kept:
        raise MergedRecordError(to, kept)
