"""Snapshots of the casebook, whole or of one entry, for one audience and day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.casebook import excerpts
from undersight.model.dossier import Dossier
from undersight.model.records import Account, Item, Source
from undersight.model.schema import fields_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

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

_UPWARD: dict[str, tuple[str, ...]] = {
    kind: tuple(sorted({name for below in _INSIDE.values() for k, name in below if k == kind}))
    for kind in {kind for below in _INSIDE.values() for kind, _ in below}
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
    found |= _referred_by(workspace, tuple(found.values()), found, as_of)
    through = [r for r in found.values() if isinstance(r, Account | Item | Source)]
    found |= _referred_by(workspace, through, found, as_of)
    return Dossier(
        masthead=workspace.masthead(),
        records=found.values(),
        as_of=as_of or workspace.today,
        audience="internal",
    )


def as_told(workspace: Workspace, entry: Dossier, *, as_of: dt.date | None = None) -> Dossier:
    """Return what the page of one entry is written from.

    That is the entry with merges followed, and what was done to the same people in others: a
    release often stands in an entry of its own.

    Args:
        workspace: The workspace.
        entry: The snapshot of the entry, as `of_incident` gives it.
        as_of: The day it shows; today if not given.
    """
    known = {record.record_id for record in entry.records()}
    with workspace.casebook.unit() as work:
        ids = excerpts.done_to_people(work, known)
        if as_of is None:
            return with_records(entry, excerpts.excerpt(work, known | ids))
    return with_more(entry, workspace.casebook.get_many(ids - known, as_of=as_of).values())


def of_party(workspace: Workspace, party_id: str) -> tuple[str, Dossier]:
    """Return the party that stands for one, and the internal snapshot of what was done to it.

    Args:
        workspace: The workspace.
        party_id: The party, merged into another or not.
    """
    with workspace.casebook.unit() as work:
        kept_id = work.merged_into(party_id) or party_id
        records = excerpts.excerpt(work, excerpts.about_party(work, kept_id))
    return kept_id, Dossier(
        masthead=workspace.masthead(),
        records=records,
        as_of=workspace.today,
        audience="internal",
    )


def family(
    workspace: Workspace, incident_id: str, *, as_of: dt.date | None = None
) -> dict[str, Record]:
    """Return an entry and what is inside it, by id; parties and sources are not inside."""
    near = workspace.casebook.family(incident_id)
    inside: dict[tuple[str, str, str], list[str]] = {}
    for record in near.values():
        for name in _UPWARD.get(record.kind, ()):
            inside.setdefault((record.kind, name, getattr(record, name)), []).append(
                record.record_id
            )
    ids: dict[str, None] = {}
    waiting = [incident_id]
    while waiting:
        record_id = waiting.pop()
        if record_id in near and record_id not in ids:
            ids[record_id] = None
            for kind, name in _INSIDE.get(near[record_id].kind, ()):
                waiting += inside.get((kind, name, record_id), ())
    if as_of is None:
        return {record_id: near[record_id] for record_id in ids}
    past = workspace.casebook.get_many(ids, as_of=as_of)
    return {record_id: past[record_id] for record_id in ids if record_id in past}


def _referred_by(
    workspace: Workspace,
    records: Iterable[Record],
    known: Mapping[str, Record],
    as_of: dt.date | None,
) -> dict[str, Record]:
    """Return what records point at and is not known yet."""
    ids = {other_id for record in records for other_id in _referred(record)}
    return workspace.casebook.get_many(ids - known.keys(), as_of=as_of)


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


def with_more(dossier: Dossier, records: Iterable[Record]) -> Dossier:
    """Return a snapshot with further records."""
    return with_records(dossier, (*dossier.records(), *records))


def with_records(dossier: Dossier, records: Iterable[Record]) -> Dossier:
    """Return a snapshot of the same day and audience with other records."""
    return Dossier(
        masthead=dossier.masthead,
        records=records,
        as_of=dossier.as_of,
        audience=dossier.audience,
        stamps=dossier.stamps,
    )


def on_day(dossier: Dossier, day: dt.date) -> Dossier:
    """Return the same records looked at from another day (a board of tomorrow)."""
    return Dossier(
        masthead=dossier.masthead,
        records=dossier.records(),
        as_of=day,
        audience=dossier.audience,
        stamps=dossier.stamps,
    )
