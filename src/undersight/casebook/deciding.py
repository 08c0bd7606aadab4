"""What a decision that two parties are one would come to, told before it is stored.

Whoever merges two records has one of them stand for both. What was decided before may let another
stand, or keep the two apart: that is said, and nothing is turned round in silence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.days import day_of
from undersight.casebook.merged_parties import kept_apart, kept_parties, standing_decisions
from undersight.errors import (
    AlreadyOnePartyError,
    DecidedAgainError,
    DecidedApartError,
    MergedRecordError,
    WithdrawnRecordError,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undersight.casebook.work import Work
    from undersight.model.change import Change


def refuse_merge(work: Work, kept: str, other: str) -> None:
    """Refuse to merge where ``kept`` would not stand for ``other`` by this decision.

    Raises:
        WithdrawnRecordError: One of them was withdrawn.
        AlreadyOnePartyError: They are one already.
        MergedRecordError: One of them stands for nobody since it was merged.
        DecidedApartError: People decided that somebody of the one is not somebody of the other.
    """
    _refuse_withdrawn(work, (kept, other))
    stands_for = work.merged_parties()
    ends = [stands_for.get(party, party) for party in (kept, other)]
    if ends[0] == ends[1]:
        raise AlreadyOnePartyError(kept, other, ends[0])
    for party, end in zip((kept, other), ends, strict=True):
        if party != end:
            raise MergedRecordError(party, end)
    decisions = [
        standing
        for standing in standing_decisions(work.connection)
        if frozenset(standing[:2]) != {kept, other}
    ]
    decisions.append((kept, other, "same"))
    if kept_parties(decisions).get(other) != kept:
        raise DecidedApartError(kept, other, kept_apart(decisions, kept))


def _refuse_withdrawn(work: Work, party_ids: Iterable[str]) -> None:
    record = t.RECORD.c
    query = sa.select(record.record_id, record.withdrawn_at_us).where(
        record.record_id.in_(tuple(party_ids)), record.withdrawn_at_us.is_not(None)
    )
    for row in work.connection.execute(query.order_by(record.record_id)):
        raise WithdrawnRecordError(row.record_id, day_of(row.withdrawn_at_us))


def refuse_two_decisions(work: Work, undone: Iterable[Change]) -> None:
    """Refuse to bring back a decision on two parties that were decided on again since.

    Raises:
        DecidedAgainError: Another decision on the two stands.
    """
    table = t.KIND_TABLES["identity_decision"]
    stands = sa.and_(sa.not_(table.c.is_revoked), sa.not_(table.c.is_retracted))
    for change in undone:
        if change.kind != "identity_decision":
            continue
        mine = work.connection.execute(
            sa.select(table).where(table.c.record_id == change.record_id, stands)
        ).first()
        if mine is None:
            continue
        pair = (mine.kept, mine.other)
        both = sa.select(table.c.record_id).where(
            table.c.kept.in_(pair), table.c.other.in_(pair), table.c.kept != table.c.other, stands
        )
        if len(work.connection.scalars(both).all()) > 1:
            raise DecidedAgainError(mine.kept, mine.other)
