"""Every reference names a record that exists, of the right kind, that may still be named."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    from collections.abc import Mapping

    from undersight.casebook.work import Work
    from undersight.model.change import Change
    from undersight.model.schema import FieldSpec


def check_references(work: Work, change: Change, new_kinds: Mapping[str, str]) -> None:
    """Check the references that a change writes (those that stood before are left alone).

    Args:
        work: The unit of work.
        change: The change.
        new_kinds: Kinds of the records written in the same unit.

    Raises:
        UnknownRecordError: No such record.
        WrongReferenceError: A record of a kind that the field does not take.
        MergedRecordError: A party that another stands for.
        WithdrawnRecordError: A person who was withdrawn.
        RecordRetractedError: A record that was taken out.
    """
    before = _links_before(work, change.record_id)
    for path, spec, to in links_of(change.kind, change.fields):
        if (path, to) not in before:
            _check(work, change, f"{change.kind}.{path}", spec, to, new_kinds.get(to))


def _links_before(work: Work, record_id: str) -> set[tuple[str, str]]:
    link = t.RECORD_LINK
    query = sa.select(link.c.field, link.c.to_id).where(link.c.from_id == record_id)
    return {(row.field, row.to_id) for row in work.connection.execute(query)}


def _check(
    work: Work, change: Change, where: str, spec: FieldSpec, to: str, new_kind: str | None
) -> None:
    row = work.connection.execute(sa.select(t.RECORD).where(t.RECORD.c.record_id == to)).first()
    kind = new_kind or (row.kind if row else None)
    if kind is None:
        raise UnknownRecordError(to, where)
    if spec.target and kind not in spec.target:
        raise WrongReferenceError(where, to, kind, spec.target)
    if row is not None and row.withdrawn_at_us is not None:
        raise WithdrawnRecordError(to, day_of(row.withdrawn_at_us))
    if row is not None and row.is_retracted:
        raise RecordRetractedError(to)
    # A decision on who is who speaks of merged parties by their own ids.
    kept = work.merged_into(to) if change.kind != "identity_decision" else None
    if kept:
        raise MergedRecordError(to, kept)
