"""What decides about a few entries of a large casebook: read these records, not all.

For one entry an audience sees its own records and what they point at; the names hidden in its
texts are those that stand in them; who stands out by place, month and work is told by the others
of that month. All of it is asked of indexes, generously, so that the check finds the same here as
it would in the whole casebook.
"""

from __future__ import annotations

import calendar
import dataclasses
import functools
import itertools
import json
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.excerpts import done_to_people, excerpt
from undersight.casebook.harm.people import SMALL_CELL, Surroundings, cell_sizes, surroundings
from undersight.casebook.harm.texts import OF_AN_ENTRY
from undersight.casebook.mention_index import maybe_mentioned
from undersight.casebook.reading import load
from undersight.casebook.record_keys import batches
from undersight.model.disclosure import Disclosure
from undersight.model.dossier import Dossier
from undersight.model.naming import AUDIENCES, naming_of
from undersight.model.records import Party
from undersight.model.schema import fields_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator

    from undersight.casebook.harm.people import Cell
    from undersight.casebook.reader import CasebookReader
    from undersight.casebook.work import Work
    from undersight.model.dossier import Masthead
    from undersight.model.naming import Audience
    from undersight.model.records import Record

_MASKED_NOT: Final = frozenset({"term", "terms", "ref", "refs", "visibilities"})
_AT_ONCE: Final = 50
_MOST_ORDERS: Final = 3
_LINK = t.RECORD_LINK


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Some entries, and what decides about them.

    Args:
        dossier: The entries as the team knows them, and what they point at.
        named: Parties and accounts whose names may stand in their texts.
        gone: Those of them that were retracted; their names are hidden all the same.
        nameable: Gives further parties whose names may stand in them, and who may be named: they
            matter only where another's name is found.
    """

    dossier: Dossier
    named: tuple[Record, ...]
    gone: tuple[Record, ...]
    nameable: Callable[[], tuple[Party, ...]]


def scope_of(
    casebook: CasebookReader,
    incident_ids: Iterable[str],
    masthead: Masthead,
    audience: Audience,
) -> Scope:
    """Return all that decides what readers see in some entries.

    Args:
        casebook: The casebook; only read.
        incident_ids: The entries.
        masthead: Who publishes.
        audience: Who reads.
    """
    with casebook.unit() as work:
        ids = reached(work, sorted(set(incident_ids)))
        records = excerpt(work, ids)
    known = {record.record_id for record in records}
    named = maybe_mentioned(casebook, (text for record in records for text in _texts(record)))
    with casebook.unit() as work:
        # In a large casebook hundreds have a name that may stand anywhere, nearly all nameable.
        nameable = _surely_nameable(work, named - known, audience, casebook.today)
        named -= nameable
        named |= _targets(work, named - known, "owner")
        others = excerpt(work, named - known)
        standing = known.union(one.record_id for one in others)
        gone = load(work.connection, named - standing - work.merged_parties().keys())
    dossier = Dossier(
        masthead=masthead, records=records, as_of=casebook.today, audience="internal"
    )
    return Scope(
        dossier=dossier,
        named=tuple(one for one in others if one.record_id not in known),
        gone=tuple(gone[record_id] for record_id in sorted(gone)),
        nameable=lambda: _parties(casebook, nameable),
    )


def _surely_nameable(
    work: Work, record_ids: Iterable[str], audience: Audience, on: dt.date
) -> set[str]:
    """Parties who may be named by what a row says at once; of others their records decide."""
    party = t.KIND_TABLES["party"]
    kept = work.merged_parties()
    in_doubt = kept.keys() | set(kept.values())
    query = sa.select(
        party.c.record_id, party.c.party_kind, party.c.public_exposure, party.c.naming_reason
    ).where(
        sa.not_(party.c.is_retracted),
        party.c.consents == "[]",
        party.c.risk_flags == "[]",
        party.c.born.is_(None),
    )

    @functools.cache
    def may(party_kind: str, exposure: str, reason: str) -> bool:
        told = Party(
            record_id="-", party_kind=party_kind, public_exposure=exposure, naming_reason=reason
        )
        return naming_of(told, audience, on=on).may

    found: set[str] = set()
    for batch in batches(record_ids):
        rows = work.connection.execute(query.where(party.c.record_id.in_(batch))).all()
        found.update(record_id for record_id, *told in rows if may(*told))
    return found - in_doubt


def _parties(casebook: CasebookReader, record_ids: Iterable[str]) -> tuple[Party, ...]:
    with casebook.unit() as work:
        return tuple(one for one in excerpt(work, record_ids) if isinstance(one, Party))


class OthersLike:
    """Counts people who share place, month and work with somebody, beyond those of a snapshot.

    Args:
        casebook: The casebook; only read.
        shown: The snapshot, as the audience would see it.
        audience: Who reads.
    """

    def __init__(self, casebook: CasebookReader, shown: Dossier, audience: Audience) -> None:
        self._casebook, self._shown, self._audience = casebook, shown, audience

    def around(self) -> Surroundings:
        """Return what the entries of the snapshot share with all others."""
        own = surroundings(self._shown)
        return dataclasses.replace(own, n_more=self._n_more)

    def _n_more(self, cell: Cell) -> int:
        """How many of the others share it; no more than make a crowd are counted."""
        n_found = 0
        with self._casebook.unit() as work:
            found = _like(work, cell, self._audience)
            fresh = (row for row in found if self._shown.get(row[0]) is None)
            while n_found < SMALL_CELL and (rows := list(itertools.islice(fresh, _AT_ONCE))):
                shown = self._seen(work, {record_id for row in rows for record_id in row})
                n_found += cell_sizes(shown).get(cell, 0)
        return n_found

    def _seen(self, work: Work, ids: set[str]) -> Dossier:
        """What the audience sees of some acts and those they concern."""
        shown = self._shown
        records = excerpt(work, ids)
        parties = [record for record in records if isinstance(record, Party)]
        policy = Disclosure(audience=self._audience, parties=parties, on=shown.as_of)
        seen = [policy.visible(record) for record in records]
        return Dossier(
            masthead=shown.masthead,
            records=[record for record in seen if record is not None],
            as_of=shown.as_of,
            audience=shown.audience,
        )


def reached(work: Work, incident_ids: Iterable[str]) -> set[str]:
    """Return all that the pages of some entries tell of, by id.

    That is entries, all inside them, what that points at, where it points into other entries, and
    what was done elsewhere to the same people.
    """
    kept = work.merged_parties()
    inside = work.scalars_in(sa.select(t.RECORD.c.record_id), t.RECORD.c.incident_id, incident_ids)
    found = {*incident_ids, *inside}
    todo = set(found)
    elsewhere: set[str] = set()
    while todo:
        targets = {kept.get(one, one) for one in _targets(work, todo)}
        targets |= {merged for merged, kept_id in kept.items() if kept_id in targets}
        in_others = _of_kinds(work, targets - found, OF_AN_ENTRY)
        elsewhere |= in_others
        todo = targets - found - in_others
        found |= todo
    found |= elsewhere | _targets(work, elsewhere, "incident")
    return found | done_to_people(work, found)


def _targets(work: Work, ids: Iterable[str], field: str = "") -> set[str]:
    query = sa.select(_LINK.c.to_id)
    return work.scalars_in(query.where(_LINK.c.field == field) if field else query,
                           _LINK.c.from_id, ids)  # fmt: skip


def _of_kinds(work: Work, ids: Iterable[str], kinds: Iterable[str]) -> set[str]:
    query = sa.select(t.RECORD.c.record_id).where(t.RECORD.c.kind.in_(sorted(kinds)))
    return work.scalars_in(query, t.RECORD.c.record_id, ids)


def _texts(record: Record) -> Iterator[str]:
    """Every text of a record in which names are replaced."""
    yield from _texts_of(record)


def _texts_of(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for entry in value.values():
            yield from _texts_of(entry)
    elif isinstance(value, list | tuple):
        for entry in value:
            yield from _texts_of(entry)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for name, spec in fields_of(type(value)).items():
            if spec.form not in _MASKED_NOT:
                yield from _texts_of(getattr(value, name))


def _like(work: Work, cell: Cell, audience: Audience) -> Iterator[tuple[str, str, str, str]]:
    """Involvement, act, incident and party of victims who may share a cell, by involvement."""
    place, month, occupations = cell
    act, part, party = (t.KIND_TABLES[kind] for kind in ("act", "involvement", "party"))
    incident = t.KIND_TABLES["incident"]
    reach = AUDIENCES[AUDIENCES.index(audience) :]
    query = (
        sa.select(part.c.record_id, act.c.record_id, incident.c.record_id, party.c.record_id)
        .select_from(act)
        .join(_LINK, sa.and_(_LINK.c.to_id == act.c.record_id, _LINK.c.from_kind == "involvement",
                             _LINK.c.field == "act"))
        .join(part, part.c.record_id == _LINK.c.from_id)
        .join(party, party.c.record_id == part.c.party)
        .join(incident, incident.c.record_id == act.c.incident)
        .where(_in_month(act, month), part.c.role == "victim")
        .where(*(sa.not_(one.c.is_retracted) for one in (act, part)))
        .where(*(one.c.visibility.in_(reach) for one in (act, part, party)))
    )  # fmt: skip
    if place:
        query = query.where(
            sa.or_(
                act.c.place.contains(json.dumps(place, ensure_ascii=False)[1:-1], autoescape=True),
                incident.c.place.contains(
                    json.dumps(place, ensure_ascii=False)[1:-1], autoescape=True
                ),
            )
        )
    query = query.where(_with_work(party, occupations))
    for row in work.connection.execute(query.order_by(part.c.record_id)):
        yield row[0], row[1], row[2], row[3]


def _in_month(act: sa.Table, month: str) -> Any:
    """Acts that may begin in a month by what readers see; an empty one is not known to them."""
    if not month:
        hidden = act.c.field_visibility.contains('"start"')
        undated = sa.and_(act.c.start_earliest.is_(None), act.c.start_latest.is_(None))
        return sa.or_(act.c.start.is_(None), hidden, undated)
    year, number = map(int, month.split("-"))
    first, last = f"{month}-01", f"{month}-{calendar.monthrange(year, number)[1]:02d}"
    return sa.or_(
        act.c.start_earliest.between(first, last),
        sa.and_(act.c.start_earliest.is_(None), act.c.start_latest.between(first, last)),
    )


def _with_work(party: sa.Table, occupations: str) -> Any:
    """Parties who may be seen with this work and no other, in any order."""
    terms = occupations.split(",") if occupations else []
    if len(terms) > _MOST_ORDERS:
        return sa.true()
    orders = [json.dumps(one, separators=(",", ":")) for one in itertools.permutations(terms)]
    decisions = t.KIND_TABLES["identity_decision"]
    united = sa.union(sa.select(decisions.c.kept), sa.select(decisions.c.other))
    return sa.or_(
        party.c.occupations.in_(orders),
        party.c.field_visibility.contains('"occupations"'),
        party.c.record_id.in_(united),
    )
