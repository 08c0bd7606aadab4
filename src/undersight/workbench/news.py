"""What is new since a place in the log, and what waits for somebody's decision."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from undersight.errors import UnknownRecordError
from undersight.model.records import Act, Claim, Incident, Involvement, Update
from undersight.workbench import people, showing

if TYPE_CHECKING:
    from undersight.model.records import Record
    from undersight.workbench.session import Workspace

_MOST_CHANGES = 20_000
_MOST_ENTRIES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """An entry in which something changed.

    Args:
        incident_id: The entry.
        label: Public id, or the id inside.
        title: Its title.
        n_changes: How many changes.
        at_us: The last of them, µs since 1970 UTC.
        authors: Staff ids of who changed it.
    """

    incident_id: str
    label: str
    title: str
    n_changes: int
    at_us: int
    authors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What a person should decide.

    Args:
        n_pairs: Pairs of parties that may be one.
        n_conflicts: Fields that colleagues set differently.
        n_internal: Entries that nobody has published yet.
        n_held: Changes of colleagues that wait for others.
    """

    n_pairs: int
    n_conflicts: int
    n_internal: int
    n_held: int


def since(workspace: Workspace, n_known: int | None) -> tuple[Changed, ...]:
    """Return the entries that changed after a place in the log, the latest first.

    Args:
        workspace: The workspace.
        n_known: Length of the log that was seen; None for the newest entries of all.
    """
    head = workspace.casebook.history_head().length
    start = max(-1, (n_known if n_known is not None else head - 400) - 1)
    counts, last = Counter[str](), dict[str, int]()
    authors: dict[str, dict[str, None]] = {}
    owner: dict[str, str] = {}
    for change in islice(workspace.casebook.changes_since(start), _MOST_CHANGES):
        incident_id = _incident_of(workspace, change.record_id, owner)
        if incident_id:
            counts[incident_id] += 1
            last[incident_id] = max(last.get(incident_id, 0), change.at_us)
            authors.setdefault(incident_id, {})[change.author] = None
    newest = sorted(last, key=lambda i: (-last[i], i))[:_MOST_ENTRIES]
    found = []
    for incident_id in newest:
        incident = _get(workspace, incident_id)
        if isinstance(incident, Incident):
            found.append(
                Changed(
                    incident_id=incident_id,
                    label=incident.public_id or incident_id[-8:],
                    title=showing.title_of(incident),
                    n_changes=counts[incident_id],
                    at_us=last[incident_id],
                    authors=tuple(authors[incident_id]),
                )
            )
    return tuple(found)


def waiting(workspace: Workspace) -> Waiting:
    """Return what waits for somebody's decision."""
    casebook = workspace.casebook
    return Waiting(
        n_pairs=len(people.candidates(workspace)),
        n_conflicts=len(casebook.conflicts()),
        n_internal=len(casebook.all("incident", visibility="internal")),
        n_held=len(casebook.held()),
    )


def _incident_of(workspace: Workspace, record_id: str, known: dict[str, str]) -> str:
    """Return the entry that a record belongs to; empty where it belongs to none."""
    if record_id not in known:
        record = _get(workspace, record_id)
        above = _above(record)
        if isinstance(record, Incident):
            known[record_id] = record_id
        else:
            known[record_id] = _incident_of(workspace, above, known) if above else ""
    return known[record_id]


def _above(record: Record | None) -> str:
    if isinstance(record, Act | Update):
        return record.incident
    if isinstance(record, Involvement):
        return record.act
    if isinstance(record, Claim):
        return record.about
    return str(getattr(record, "incident", "") or getattr(record, "act", ""))


def _get(workspace: Workspace, record_id: str) -> Record | None:
    try:
        return workspace.casebook.get(record_id)
    except UnknownRecordError:
        return None
