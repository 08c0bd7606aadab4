"""What a colleague's copy needs: changes in log order, and always every withdrawal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.record_keys import BATCH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.casebook.work import Work
    from undersight.model.change import Change


def changes_since(work: Work, seq: int, known: frozenset[str]) -> Iterator[Change]:
    """Yield changes after a place in the log; withdrawals before it come first."""
    yield from _withdrawals_until(work, seq)
    while batch := work.log.since(seq, BATCH):
        for place, change in batch:
            seq = place
            # A change rewritten since must reach those who know it as it was.
            is_news = change.change_id not in known or change.erased_for
            if change.op != "erase" and (is_news or change.op == "withdraw"):
                yield change


def change_ids(work: Work) -> frozenset[str]:
    """Return the ids of all changes that mean something to others."""
    log = t.CHANGE_LOG
    return frozenset(
        work.connection.scalars(sa.select(log.c.change_id).where(log.c.op != "erase"))
    )


def _withdrawals_until(work: Work, seq: int) -> list[Change]:
    log = t.CHANGE_LOG
    query = sa.select(log.c.change_id).where(log.c.op == "withdraw", log.c.seq <= seq)
    found = work.log.by_id(list(work.connection.scalars(query)))
    return sorted(found.values(), key=lambda change: change.order)
