"""One entry as a page shows it: its words, and what can be done with its records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.errors import UnknownRecordError
from undersight.model.records import Act, Claim, Incident, Involvement, Source
from undersight.presentation.presenter import Presenter
from undersight.workbench import dossiers

if TYPE_CHECKING:
    import datetime as dt

    from undersight.model.dossier import Dossier
    from undersight.presentation.views import EntryView
    from undersight.workbench.session import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A record of an entry, for links that change it.

    Args:
        record_id: Its id.
        kind: Its kind.
        label: What it is, in a few words.
    """

    record_id: str
    kind: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewed:
    """An entry as it stands, or stood.

    Args:
        incident: The record.
        entry: Its words.
        parts: Its records, for links that change them.
        days: Days on which it was changed, the oldest first.
    """

    incident: Incident
    entry: EntryView
    parts: tuple[Part, ...]
    days: tuple[dt.date, ...]


def view(
    workspace: Workspace, incident_id: str, *, lang: str, as_of: dt.date | None = None
) -> Viewed:
    """Return an entry in words, now or at the end of a day.

    Raises:
        UnknownRecordError: It was not recorded yet on that day, or is no entry.
    """
    dossier = dossiers.of_incident(workspace, incident_id, as_of=as_of)
    incident = dossier.find(Incident, incident_id)
    if incident is None:
        raise UnknownRecordError(incident_id)
    words = Presenter(dossiers.as_told(workspace, dossier, as_of=as_of), lang)
    changed = workspace.casebook.history_of_incident(incident_id)
    return Viewed(
        incident=incident,
        entry=words.entry(incident),
        parts=_parts(dossier, words, incident),
        days=tuple(sorted({one.at.date() for one in changed})),
    )


def _parts(dossier: Dossier, words: Presenter, incident: Incident) -> tuple[Part, ...]:
    found = [Part(record_id=incident.record_id, kind="incident", label="")]
    for record in words.dossier.records():
        if dossier.get(record.record_id) is None:
            continue  # of another entry
        if isinstance(record, Act):
            label = words.term("act_type", record.act_type)
        elif isinstance(record, Involvement):
            label = words.party(record.party).name
        elif isinstance(record, Claim):
            label = words.said(record.statement).text[:80]
        elif isinstance(record, Source):
            label = words.source(record).title
        else:
            continue
        found.append(Part(record_id=record.record_id, kind=record.kind, label=label))
    return tuple(found)
