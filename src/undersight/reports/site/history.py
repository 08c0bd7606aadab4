"""Which earlier wordings of an entry are worth a page: those that differ from the next one."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING

from undersight.model.records import Incident
from undersight.presentation.presenter import Presenter

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from undersight.model.dossier import Dossier
    from undersight.presentation.views import EntryView


def kept_days(
    dossier: Dossier, versions: Mapping[str, tuple[tuple[dt.date, Dossier], ...]]
) -> dict[str, tuple[dt.date, ...]]:
    """Return, by entry, the days whose wording differs from that of the day kept before and after.

    An entry that may not be seen today has none: the past obeys the policy of the present.

    Args:
        dossier: What the audience may see today.
        versions: By entry, snapshots of earlier days.
    """
    languages = dossier.masthead.languages

    @functools.cache
    def presenter(snapshot: Dossier, lang: str) -> Presenter:
        return Presenter(snapshot, lang)

    def wording(snapshot: Dossier, incident_id: str) -> tuple[EntryView, ...]:
        incident = snapshot.find(Incident, incident_id)
        if incident is None:
            return ()
        return tuple(_said(presenter(snapshot, lang).entry(incident)) for lang in languages)

    found: dict[str, tuple[dt.date, ...]] = {}
    for incident in dossier.incidents():
        days: list[dt.date] = []
        before: tuple[EntryView, ...] = ()
        for day, snapshot in sorted(versions.get(incident.record_id, ()), key=lambda v: v[0]):
            said = wording(snapshot, incident.record_id)
            if said and said != before and day < dossier.as_of:
                days.append(day)
                before = said
        if days and before == wording(dossier, incident.record_id):
            days.pop()
        if days:
            found[incident.record_id] = tuple(days)
    return found


def _said(view: EntryView) -> EntryView:
    """Return what an entry says, without what changes from day to day by itself."""
    return replace(view, last_changed="", custody=())
