"""What is new since a place in the log, and what waits for somebody's decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.casebook import identity, lists
from undersight.casebook.activity import activity_since
from undersight.model.records import Incident
from undersight.workbench import showing

if TYPE_CHECKING:
    from undersight.workbench.session import Workspace

_NEWEST = 400
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
        is_more_pairs: Whether there may be more of them.
        n_conflicts: Fields that colleagues set differently.
        n_internal: Entries that nobody has published yet.
        n_held: Changes of colleagues that wait for others.
    """

    n_pairs: int
    is_more_pairs: bool
    n_conflicts: int
    n_internal: int
    n_held: int


def since(workspace: Workspace, n_known: int | None, lang: str) -> tuple[Changed, ...]:
    """Return the entries that changed after a place in the log, the latest first.

    Args:
        workspace: The workspace.
        n_known: Length of the log that was seen; None for the newest entries of all.
        lang: The language of titles, where they have it.
    """
    casebook = workspace.casebook
    with casebook.unit() as work:
        start = n_known if n_known is not None else work.log.head().length - _NEWEST
        found = activity_since(work, start, limit=_MOST_ENTRIES)
    entries = casebook.get_many(one.incident_id for one in found)
    shown = []
    for one in found:
        incident = entries.get(one.incident_id)
        if isinstance(incident, Incident):
            shown.append(
                Changed(
                    incident_id=one.incident_id,
                    label=incident.public_id or one.incident_id[-8:],
                    title=showing.title_of(incident, lang),
                    n_changes=one.n_changes,
                    at_us=one.at_us,
                    authors=one.authors,
                )
            )
    return tuple(shown)


def waiting(workspace: Workspace) -> Waiting:
    """Return what waits for somebody's decision."""
    pairs = identity.queue(workspace.casebook)
    with workspace.casebook.unit() as work:
        connection = work.connection
        return Waiting(
            n_pairs=len(pairs.pairs),
            is_more_pairs=pairs.is_lower_bound,
            n_conflicts=lists.n_conflicts(connection),
            n_internal=lists.n_incidents(connection, visibility="internal"),
            n_held=lists.n_held(connection),
        )
