"""Entries that changed, put into the partners' copy anew, without making all of it again.

Only where what decides about names stands still: a party, an account of somebody or a decision
that two are one can change every text, and then the copy is made again.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.merged_parties import follow_merges, kept_parties, standing_decisions
from undersight.casebook.projection import project
from undersight.casebook.reading import load
from undersight.casebook.record_keys import batches
from undersight.casebook.search_index import index_owners, owners_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from undersight.casebook.work import Work
    from undersight.model.change import FoldedRecord
    from undersight.model.disclosure import Disclosure
    from undersight.model.records import Record

DECIDES_ABOUT_NAMES = frozenset({"party", "account", "identity_decision"})


def refresh(
    work: Work,
    copy: sa.Connection,
    policy: Disclosure,
    changed: Collection[str],
    folded: Callable[[Record, Mapping[str, tuple[int, int]]], FoldedRecord],
) -> None:
    """Put the entries of changed records, and the records themselves, into the copy anew.

    Args:
        work: The casebook.
        copy: A transaction in the copy.
        policy: What decides; it learns whom the entries have to do with now.
        changed: Ids of records that changed; none of them decides about names.
        folded: Makes a row of a record and the times of its making and last change.
    """
    homes = _homes(work.connection, changed) | _homes(copy, changed)
    touched = {*changed, *_inside(work.connection, homes), *_inside(copy, homes)}
    kept = kept_parties(standing_decisions(work.connection))
    policy.learn_near(_near(work.connection, homes, kept))
    shown = []
    for record in load(work.connection, touched).values():
        followed = follow_merges(record, kept)
        seen = None if followed is None else policy.visible(followed)
        if seen is not None:
            shown.append(seen)
    times, gone = _standing(work.connection, touched)
    stays = [record for record in shown if record.record_id not in gone]
    owners = {*homes, *touched, *owners_of(copy, touched)}
    _remove(copy, touched)
    ranked = sorted(stays, key=lambda one: (RANK.get(one.kind, len(RANK)), one.record_id))
    project(copy, [folded(one, times) for one in ranked], are_new=True)
    index_owners(copy, sorted(owners | owners_of(copy, touched)))


RANK = {"incident": 0, "act": 1, "involvement": 2, "takedown": 3}
"""What others find their incident through comes before them."""


def _homes(connection: sa.Connection, record_ids: Collection[str]) -> set[str]:
    """The incidents that records are or belong to."""
    found: set[str] = set()
    record = t.RECORD
    for batch in batches(record_ids):
        query = sa.select(record.c.incident_id).where(
            record.c.record_id.in_(batch), record.c.incident_id != ""
        )
        found.update(connection.scalars(query))
    return found


def _inside(connection: sa.Connection, homes: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for batch in batches(homes):
        query = sa.select(t.RECORD.c.record_id).where(t.RECORD.c.incident_id.in_(batch))
        found.update(connection.scalars(query))
    return found


def _standing(
    connection: sa.Connection, record_ids: Iterable[str]
) -> tuple[dict[str, tuple[int, int]], set[str]]:
    """When records were made and changed, and which of them were taken out."""
    times: dict[str, tuple[int, int]] = {}
    gone: set[str] = set()
    for batch in batches(record_ids):
        for row in connection.execute(sa.select(t.RECORD).where(t.RECORD.c.record_id.in_(batch))):
            times[row.record_id] = (row.created_at_us, row.updated_at_us)
            if row.is_retracted:
                gone.add(row.record_id)
    return times, gone


def _near(
    connection: sa.Connection, homes: Iterable[str], kept: Mapping[str, str]
) -> dict[str, frozenset[str]]:
    """For incidents, what is inside and what they point at: the parties they have to do with."""
    parties: dict[str, set[str]] = defaultdict(set)
    inside: dict[str, str] = {}
    outside: dict[str, set[str]] = defaultdict(set)
    for batch in batches(homes):
        rows = connection.execute(
            sa.select(t.RECORD.c.record_id, t.RECORD.c.incident_id).where(
                t.RECORD.c.incident_id.in_(batch)
            )
        )
        inside |= {row.record_id: row.incident_id for row in rows}
    for from_id, to_id, kind in _links(connection, inside):
        if kind == "party":
            parties[inside[from_id]].add(kept.get(to_id, to_id))
        elif to_id not in inside:
            outside[to_id].add(inside[from_id])
    for from_id, to_id, kind in _links(connection, outside):
        if kind == "party":  # the owner of an account is near to whatever names the account
            for home in outside[from_id]:
                parties[home].add(kept.get(to_id, to_id))
    near = {i: frozenset(parties[home]) for i, home in inside.items()}
    for to_id, from_homes in outside.items():
        near[to_id] = frozenset().union(*(parties[home] for home in from_homes))
    return near


def _links(connection: sa.Connection, origins: Iterable[str]) -> Iterable[tuple[str, str, str]]:
    link, target = t.RECORD_LINK, t.RECORD.alias("target")
    for batch in batches(origins):
        query = (
            sa.select(link.c.from_id, link.c.to_id, target.c.kind)
            .join(target, target.c.record_id == link.c.to_id)
            .where(link.c.from_id.in_(batch))
        )
        yield from (tuple(row) for row in connection.execute(query))


def _remove(copy: sa.Connection, record_ids: Iterable[str]) -> None:
    for batch in batches(record_ids):
        query = sa.select(t.RECORD.c.kind).where(t.RECORD.c.record_id.in_(batch)).distinct()
        for kind in list(copy.scalars(query)):
            table = t.KIND_TABLES[kind]
            copy.execute(sa.delete(table).where(table.c.record_id.in_(batch)))
        copy.execute(sa.delete(t.RECORD).where(t.RECORD.c.record_id.in_(batch)))
        copy.execute(sa.delete(t.RECORD_LINK).where(t.RECORD_LINK.c.from_id.in_(batch)))
