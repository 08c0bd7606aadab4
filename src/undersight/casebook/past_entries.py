"""One entry on an earlier day, as an audience may see it today: without reading all the others.

A site shows earlier wordings of entries. Who may be named is decided once, by everybody; then an
entry is read with what it points at, day by day.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.change_log import believed_us
from undersight.casebook.days import date_of
from undersight.casebook.disclosing import as_narrow_as, policy_of
from undersight.casebook.fields import links_of
from undersight.casebook.harm.scope import reached
from undersight.casebook.history import as_record, folded_as_of
from undersight.casebook.merged_parties import follow_merges
from undersight.casebook.reading import load
from undersight.model.dossier import Dossier, Stamp

if TYPE_CHECKING:
    import datetime as dt

    from undersight.casebook.reader import CasebookReader
    from undersight.casebook.work import Work
    from undersight.model.change import FoldedRecord
    from undersight.model.dossier import Masthead
    from undersight.model.naming import Audience
    from undersight.model.records import Record

_DAY_US = 86_400_000_000
_LONGEST_WAY = 8


def changed_days(casebook: CasebookReader) -> dict[str, list[dt.date]]:
    """Return, by incident, the days (UTC) on which something of it was changed, in order."""
    log, record = t.CHANGE_LOG, t.RECORD
    day = (believed_us() // _DAY_US).label("day")
    query = (
        sa.select(record.c.incident_id, day)
        .join(record, record.c.record_id == log.c.record_id)
        .where(record.c.incident_id != "")
        .distinct()
    )
    found: dict[str, list[dt.date]] = defaultdict(list)
    with casebook.unit() as work:
        for row in work.connection.execute(query.order_by(record.c.incident_id, day)):
            found[row.incident_id].append(date_of(row.day * _DAY_US))
    return dict(found)


class PastEntries:
    """Entries on earlier days, by the policy of today.

    Args:
        casebook: The casebook; only read.
        audience: Who reads.
        masthead: Who publishes.
    """

    def __init__(
        self, casebook: CasebookReader, *, audience: Audience, masthead: Masthead
    ) -> None:
        self._casebook, self._audience, self._masthead = casebook, audience, masthead
        with casebook.unit() as work:
            self._policy = policy_of(work, audience, on=casebook.today)

    def on(self, incident_id: str, day: dt.date) -> Dossier:
        """Return an entry and what belongs to it as it stood at the end of a day (UTC)."""
        with self._casebook.unit() as work:
            then = _folded(work, reached(work, [incident_id]), day)
            now = load(work.connection, then, with_retracted=self._audience == "internal")
            shown = [
                (record, one)
                for record_id, one in sorted(then.items())
                if record_id in now
                and (record := self._seen(work, one, now[record_id])) is not None
            ]
        stamps = {
            record.record_id: Stamp(
                created=date_of(one.created_at_us),
                updated=date_of(one.updated_at_us),
                n_changes=one.n_changes,
            )
            for record, one in shown
        }
        return Dossier(
            masthead=self._masthead,
            records=[record for record, _ in shown],
            as_of=day,
            audience=self._audience,
            stamps=stamps,
        )

    def _seen(self, work: Work, then: FoldedRecord, now: Record) -> Record | None:
        narrowed = as_narrow_as(as_record(then), now)
        followed = follow_merges(narrowed, work.merged_parties())
        return None if followed is None else self._policy.visible(followed)


def _folded(work: Work, ids: set[str], day: dt.date) -> dict[str, FoldedRecord]:
    """Records as they stood on a day, and what they pointed at then and do no longer."""
    found: dict[str, FoldedRecord] = {}
    todo = set(ids)
    for _ in range(_LONGEST_WAY):
        pointed_at: set[str] = set()
        for record_id, changes in work.log.of_records(sorted(todo)).items():
            one = folded_as_of(changes, day)
            if one is not None and not one.is_retracted:
                found[record_id] = one
                pointed_at |= {to for _, _, to in links_of(one.kind, one.fields)}
        ids |= todo
        todo = pointed_at - ids
        if not todo:
            break
    return found
