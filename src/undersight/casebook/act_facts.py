"""Reading what counts need of acts: a few columns, none of the texts."""

from __future__ import annotations

import functools
import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.merged_parties import kept_parties, standing_decisions
from undersight.casebook.record_keys import batches
from undersight.model.derived.act_facts import ActFact, RunningCounts
from undersight.model.derived.counts import months_within, place_name_of, size
from undersight.model.parts import Place

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from undersight.casebook.work import Work

COUNTED_KINDS = ("act", "involvement", "party", "incident", "citation", "identity_decision")
"""Kinds of record that counts depend on."""

_ACT, _PART, _CITATION = (t.KIND_TABLES[kind] for kind in ("act", "involvement", "citation"))
_INCIDENT, _PARTY = t.KIND_TABLES["incident"], t.KIND_TABLES["party"]
_MOST_CHANGED = 2000


@dataclass(slots=True)
class ActCounts:
    """Counts of the acts of a casebook, kept up to date.

    Attributes:
        counts: The counts.
        act_of: The act that a part of it was read under, by id of the part.
    """

    counts: RunningCounts = field(default_factory=RunningCounts)
    act_of: dict[str, str] = field(default_factory=dict)


def count_acts(work: Work, before: tuple[ActCounts, int] | None) -> ActCounts:
    """Count all acts, or those again that changed since they were counted.

    Args:
        work: The unit of work.
        before: What was counted, which is changed, and the length of the log then.
    """
    changed = None if before is None else _changed_acts(work, before[0], before[1])
    if before is None or changed is None:
        made = ActCounts()
        facts = _facts(work, made, None)
        made.counts.change(facts, facts)
        return made
    made = before[0]
    made.counts.change(changed, _facts(work, made, changed))
    return made


def _changed_acts(work: Work, made: ActCounts, known: int) -> set[str] | None:
    """The acts that count otherwise since the log had a length; None where many may."""
    log, link = t.CHANGE_LOG, t.RECORD_LINK
    rows = work.connection.execute(
        sa.select(log.c.record_id, log.c.kind, log.c.op)
        .where(log.c.seq >= known, log.c.kind.in_(COUNTED_KINDS))
        .distinct()
        .limit(_MOST_CHANGED + 1)
    ).all()
    if len(rows) > _MOST_CHANGED or any(
        row.kind == "identity_decision" or row.op in ("withdraw", "erase") for row in rows
    ):
        return None
    ids = {kind: {row.record_id for row in rows if row.kind == kind} for kind in COUNTED_KINDS}
    to_act = sa.select(link.c.to_id).where(link.c.field == "act")
    parts = ids["involvement"] | ids["citation"]
    acts = ids["act"] | work.scalars_in(to_act, link.c.from_id, parts)
    acts |= {made.act_of[part] for part in parts if part in made.act_of}
    of_party = sa.select(link.c.from_id).where(link.c.from_kind == "involvement")
    involved = work.scalars_in(of_party, link.c.to_id, ids["party"])
    acts |= {made.act_of[part] for part in involved if part in made.act_of}
    inside = sa.select(link.c.from_id).where(link.c.from_kind == "act", link.c.field == "incident")
    return acts | work.scalars_in(inside, link.c.to_id, ids["incident"])


def _facts(work: Work, made: ActCounts, act_ids: Collection[str] | None) -> dict[str, ActFact]:
    """What acts are now, all or some; those that were taken out are left out."""
    people = _people(work, made, act_ids)
    provisions = _provisions(work, made, act_ids)
    query = (
        sa.select(
            _ACT.c.record_id,
            _ACT.c.act_type,
            _ACT.c.start_earliest,
            _ACT.c.start_latest,
            _ACT.c.platforms,
            _ACT.c.place,
            _INCIDENT.c.place.label("own_place"),
        )
        .outerjoin(
            _INCIDENT,
            sa.and_(_INCIDENT.c.record_id == _ACT.c.incident, sa.not_(_INCIDENT.c.is_retracted)),
        )
        .where(sa.not_(_ACT.c.is_retracted))
    )
    return {
        row.record_id: ActFact(
            act_id=row.record_id,
            months=months_within(row.start_earliest, row.start_latest),
            act_type=row.act_type,
            place=_place(row.place or row.own_place),
            provisions=tuple(provisions.get(row.record_id, ())),
            platforms=_platforms(row.platforms),
            people=tuple(one for _, one in people.get(row.record_id, ())),
            cited_against=tuple(
                (
                    provision,
                    tuple(one for part, one in people.get(row.record_id, ()) if part in whom),
                )
                for provision, whom in provisions.get(row.record_id, {}).items()
                if whom is not None
            ),
        )
        for row in work.rows_in(query, _ACT.c.record_id, act_ids)
    }


def _provisions(
    work: Work, made: ActCounts, act_ids: Collection[str] | None
) -> Mapping[str, dict[str, set[str] | None]]:
    """Provisions used, by act: against which involvements, None for everybody acted upon."""
    c = _CITATION.c
    cited = sa.select(c.record_id, c.act, c.provision, c.capacity, c.involvement)
    cited = cited.where(sa.not_(c.is_retracted)).order_by(c.record_id)
    found: dict[str, dict[str, set[str] | None]] = defaultdict(dict)
    for row in work.rows_in(cited, c.act, act_ids):
        made.act_of[row.record_id] = row.act
        if row.capacity == "analysed":
            continue
        whom = found[row.act].setdefault(row.provision, set())
        if whom is not None and row.involvement:
            whom.add(row.involvement)
        else:
            found[row.act][row.provision] = None
    return found


def _people(
    work: Work, made: ActCounts, act_ids: Collection[str] | None
) -> Mapping[str, list[tuple[str, tuple[str, int, int]]]]:
    """Who was acted upon, by act, with the involvement that says so.

    Those merged count as the one that stands for them.
    """
    kept = kept_parties(standing_decisions(work.connection))
    standing = {
        party.record_id: party
        for batch in batches(set(kept.values()))
        for party in work.connection.execute(
            sa.select(*_SIZES).where(_PARTY.c.record_id.in_(batch), sa.not_(_PARTY.c.is_retracted))
        )
    }
    query = (
        sa.select(
            _PART.c.record_id.label("part"),
            _PART.c.act,
            _PART.c.party,
            _PART.c.role,
            _PART.c.count_min.label("low"),
            _PART.c.count_max.label("high"),
            *_SIZES,
        )
        .outerjoin(
            _PARTY,
            sa.and_(_PARTY.c.record_id == _PART.c.party, sa.not_(_PARTY.c.is_retracted)),
        )
        .where(sa.not_(_PART.c.is_retracted))
        .order_by(_PART.c.record_id)
    )
    found: dict[str, list[tuple[str, tuple[str, int, int]]]] = defaultdict(list)
    for row in work.rows_in(query, _PART.c.act, act_ids):
        made.act_of[row.part] = row.act
        if row.role != "victim":
            continue
        party_id = kept.get(row.party, row.party)
        party = row if party_id == row.party else standing.get(party_id)
        if party is None or party.record_id is None:
            found[row.act].append((row.part, (party_id, 1, 1)))
            continue
        low = row.low if row.low is not None else party.count_min
        high = row.high if row.high is not None else party.count_max
        found[row.act].append((row.part, (party_id, *size(party.party_kind, low, high))))
    return found


_SIZES = (_PARTY.c.record_id, _PARTY.c.party_kind, _PARTY.c.count_min, _PARTY.c.count_max)


@functools.lru_cache(maxsize=4096)
def _place(text: str | None) -> str:
    return place_name_of(Place(**json.loads(text))) if text else ""


@functools.lru_cache(maxsize=1024)
def _platforms(text: str | None) -> tuple[str, ...]:
    return tuple(json.loads(text)) if text else ()
