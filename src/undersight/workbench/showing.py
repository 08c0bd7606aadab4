"""Entries shown: one in words, all in a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undersight.casebook import lists
from undersight.errors import NotRecordedYetError, UnknownRecordError
from undersight.i18n import LANGUAGES
from undersight.model.codec import to_json
from undersight.model.fuzzy_date import span
from undersight.model.records import Incident
from undersight.model.vocabulary import vocabulary
from undersight.presentation.plain import entry_text
from undersight.presentation.presenter import Presenter
from undersight.workbench import dossiers

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from undersight.model.fuzzy_date import FuzzyDate
    from undersight.workbench.session import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One entry for a person and for a program.

    Args:
        text: The entry in words.
        records: Its records as JSON, the incident first.
    """

    text: str
    records: list[dict[str, Any]]


def show(
    workspace: Workspace, incident_id: str, *, as_of: dt.date | None = None, lang: str = "en"
) -> Shown:
    """Return an entry as it stands, or stood at the end of a day.

    Raises:
        NotRecordedYetError: It was not recorded yet on that day.
        UnknownRecordError: There is none.
    """
    dossier = dossiers.of_incident(workspace, incident_id, as_of=as_of)
    incident = dossier.find(Incident, incident_id)
    if incident is None:
        changes = workspace.casebook.history_of_incident(incident_id) if as_of else ()
        first = min((change.at.date() for change in changes), default=None)
        if as_of is not None and first is not None and as_of < first:
            raise NotRecordedYetError(incident_id, as_of.isoformat(), first.isoformat())
        raise UnknownRecordError(incident_id)
    told = dossiers.as_told(workspace, dossier, as_of=as_of)
    words = Presenter(told, lang if lang in LANGUAGES else "en")
    inside = dossiers.family(workspace, incident_id, as_of=as_of)
    ordered = [incident, *(r for i, r in sorted(inside.items()) if i != incident_id)]
    return Shown(
        text=entry_text(words.entry(incident), words), records=[to_json(r) for r in ordered]
    )


def record_of(workspace: Workspace, record_id: str) -> dict[str, Any]:
    """Return one record as JSON.

    Raises:
        UnknownRecordError: There is none.
    """
    return to_json(workspace.casebook.get(record_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One entry in a list."""

    incident_id: str
    label: str
    title: str
    when: str
    newest: str
    visibility: str
    monitoring_status: str

    def to_json(self) -> dict[str, str]:
        """Return the line for programs."""
        return {name: getattr(self, name) for name in self.__slots__}


def listing(workspace: Workspace, *, status: str = "", act_type: str = "") -> list[Line]:
    """Return all entries, newest first.

    Args:
        workspace: The workspace.
        status: Only this monitoring status; all if empty.
        act_type: Only entries with such an act; all if empty.

    Raises:
        UnknownTermError: The status or act type does not exist.
    """
    return listed(workspace, status=status, act_type=act_type)[0]


def listed(
    workspace: Workspace,
    *,
    status: str = "",
    act_type: str = "",
    visibility: Sequence[str] = (),
    part: tuple[int, int | None] = (0, None),
    lang: str = "en",
) -> tuple[list[Line], int]:
    """Return a page of entries, newest first, and how many there are.

    Args:
        workspace: The workspace.
        status: Only this monitoring status; all if empty.
        act_type: Only entries with such an act; all if empty.
        visibility: Only entries so visible; all if empty.
        part: How many to leave out first, and how many to return; None for all the others.
        lang: The language of titles, where they have it.

    Raises:
        UnknownTermError: The status or act type does not exist.
    """
    if status:
        vocabulary("monitoring_status").term(status, "--status")
    if act_type:
        vocabulary("act_type").term(act_type, "--act")
    offset, limit = part
    with workspace.casebook.unit() as work:
        ids, n_found = lists.incident_page(
            work.connection,
            visibility=visibility,
            monitoring_status=status,
            act_type=act_type,
            limit=limit,
            offset=offset,
        )
        starts = lists.starts_of(work.connection, ids)
    found = workspace.casebook.get_many(ids)
    entries = [found[i] for i in ids if i in found]
    lines = [
        _list_line(one, starts.get(one.record_id, []), lang)
        for one in entries
        if isinstance(one, Incident)
    ]
    return lines, n_found


def _list_line(incident: Incident, starts: list[FuzzyDate], lang: str) -> Line:
    days = [s.latest or s.earliest for s in starts]
    whole = span(*starts) if starts else None
    newest = max((d.isoformat() for d in days if d is not None), default="")
    return Line(
        incident_id=incident.record_id,
        label=incident.public_id or incident.record_id,
        title=title_of(incident, lang),
        when=whole.edtf if whole else min((s.edtf for s in starts), default=""),
        newest=newest,
        visibility=incident.visibility,
        monitoring_status=incident.monitoring_status,
    )


def title_of(incident: Incident, lang: str = "en") -> str:
    """Return an entry's title, or the first words of one that has none.

    Args:
        incident: The entry.
        lang: The language asked for; English, then any, where it has none in it.
    """
    title = _in_words(incident.title, lang)
    words = " ".join(_in_words(incident.summary, lang).split())
    return title or (f"{words[:80]}…" if len(words) > 80 else words) or "(untitled)"


def _in_words(text: Mapping[str, str], lang: str) -> str:
    return text.get(lang) or text.get("en") or next(iter(text.values()), "")
