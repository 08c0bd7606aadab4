"""Snapshots of the casebook, whole or of one entry, for one audience and day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.errors import UnknownRecordError
from undersight.model.dossier import Dossier
from undersight.model.records import Account, Item
from undersight.model.schema import fields_of

if TYPE_CHECKING:
    import datetime as dt

    from undersight.model.naming import Audience
    from undersight.model.records import Record
    from undersight.workbench.session import Workspace

# What belongs to an entry, by the field that points to it.
_INSIDE = {
    "incident": (
        ("act", "incident"),
        ("update", "incident"),
        ("proceeding", "incident"),
        ("platform_case", "incident"),
        ("takedown", "incident"),
        ("intervention", "incident"),
        ("claim", "about"),
    ),
    "act": (("involvement", "act"), ("citation", "act"), ("claim", "about")),
    "takedown": (("claim", "about"),),
    "involvement": (("claim", "about"),),
}


def whole(
    workspace: Workspace, *, audience: Audience = "internal", as_of: dt.date | None = None
) -> Dossier:
    """Return the snapshot of the whole casebook that one audience may see.

    Args:
        workspace: The workspace.
        audience: ``internal``, ``partner`` or ``public``.
        as_of: The day to show; today if not given.
    """
    return workspace.casebook.dossier(
        audience=audience, as_of=as_of, masthead=workspace.masthead()
    )


def of_incident(
    workspace: Workspace, incident_id: str, *, as_of: dt.date | None = None
) -> Dossier:
    """Return the internal snapshot of one entry and all it refers to.

    Args:
        workspace: The workspace.
        incident_id: The entry.
        as_of: The day to show; today if not given.
    """
    found = family(workspace, incident_id, as_of=as_of)
    for record in tuple(found.values()):
        _add_referred(workspace, record, found, as_of)
    for record in tuple(found.values()):
        if isinstance(record, Account | Item) or record.kind == "source":
            _add_referred(workspace, record, found, as_of)
    return Dossier(
        masthead=workspace.masthead(),
        records=found.values(),
        as_of=as_of or workspace.today,
        audience="internal",
    )


def family(
    workspace: Workspace, incident_id: str, *, as_of: dt.date | None = None
) -> dict[str, Record]:
    """Return an entry and what is inside it, by id; parties and sources are not inside."""
    found: dict[str, Record] = {}
    waiting = [incident_id]
    while waiting:
        record = _get(workspace, waiting.pop(), as_of)
        if record is None or record.record_id in found:
            continue
        found[record.record_id] = record
        for kind, field in _INSIDE.get(record.kind, ()):
            inside = workspace.casebook.referring(record.record_id, kind=kind, field=field)
            waiting += [other.record_id for other in inside]
    return found


def _add_referred(
    workspace: Workspace, record: Record, found: dict[str, Record], as_of: dt.date | None
) -> None:
    for other_id in _referred(record):
        other = None if other_id in found else _get(workspace, other_id, as_of)
        if other is not None:
            found[other_id] = other


def _referred(record: Record) -> list[str]:
    """Return the ids that a record's own fields point at."""
    ids: list[str] = []
    for name, spec in fields_of(type(record)).items():
        value = getattr(record, name)
        if spec.form == "ref" and value:
            ids.append(value)
        elif spec.form == "refs":
            ids += value
    return ids


def _get(workspace: Workspace, record_id: str, as_of: dt.date | None) -> Record | None:
    try:
        return workspace.casebook.get(record_id, as_of=as_of)
    except UnknownRecordError:
        return None


def on_day(dossier: Dossier, day: dt.date) -> Dossier:
    """Return the same records looked at from another day (a board of tomorrow)."""
    return Dossier(
        masthead=dossier.masthead,
        records=dossier.records(),
        as_of=day,
        audience=dossier.audience,
        stamps=dossier.stamps,
    )
