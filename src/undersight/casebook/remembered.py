"""What takes long to count is counted once, until something it depends on changes.

The log tells: its length when it was counted, and the kinds of what was changed since. So the
answer is always that of now, and two processes on one casebook need not know of each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import sqlalchemy as sa

from undersight.casebook import tables as t

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from undersight.casebook.reader import CasebookReader
    from undersight.casebook.work import Work

V = TypeVar("V")
_MOST_KEPT = 24


@dataclass(frozen=True, slots=True)
class _Kept(Generic[V]):
    """A value, and the length of the log that it is right for."""

    value: V
    length: int


def remembered(
    reader: CasebookReader,
    name: str,
    kinds: Collection[str],
    count: Callable[[Work, tuple[V, int] | None], V],
) -> V:
    """Return what was counted before, or count it.

    Args:
        reader: The casebook.
        name: What is counted, with all that it depends on beside the log, such as the day.
        kinds: Kinds of record that it depends on; empty for all.
        count: Counts it; given what was counted before, and the length of the log then.
    """
    kept = reader.database.remembered
    with reader.unit() as work:
        length = work.log.head().length
        known: _Kept[V] | None = kept.get(name)
        is_right = known is not None and not _is_touched(work, known.length, length, kinds)
        if known is not None and is_right:
            value = known.value
        else:
            value = count(work, None if known is None else (known.value, known.length))
    kept.pop(name, None)
    kept[name] = _Kept(value, length)
    while len(kept) > _MOST_KEPT:  # of other days, mostly; the one asked for longest ago goes
        kept.pop(next(iter(kept)), None)
    return value


def _is_touched(work: Work, known: int, length: int, kinds: Collection[str]) -> bool:
    """Whether something of these kinds changed since the log had a length."""
    if known == length:
        return False
    if known > length or not kinds:
        return True
    log = t.CHANGE_LOG
    of_kind = sa.or_(log.c.kind.in_(sorted(kinds)), log.c.op.in_(("withdraw", "erase")))
    query = sa.select(log.c.seq).where(log.c.seq >= known, of_kind).limit(1)
    return work.connection.scalar(query) is not None
