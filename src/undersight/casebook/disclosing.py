"""From the casebook to a dossier: merges followed, the disclosure policy applied.

Today's rules hold: a view of the past shows what the record said then, but only what may be seen
today **and** was to be seen then; consents, withdrawals and retractions since count as well.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.days import date_of
from undersight.casebook.history import as_record, records_as_of
from undersight.casebook.mentions import Mentions, handles_of, names_of
from undersight.casebook.merged_parties import (
    follow_merges,
    kept_parties,
    standing_decisions,
    told_of,
    united,
)
from undersight.casebook.reading import load_all
from undersight.model.disclosure import Disclosure, Masked, hidden_parties
from undersight.model.dossier import Dossier, Stamp
from undersight.model.records import KINDS, Account, Party, Record

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from undersight.casebook.work import Work
    from undersight.model.dossier import Masthead
    from undersight.model.naming import Audience

R = TypeVar("R", bound=Record)
_RANK = {"internal": 0, "partner": 1, "public": 2}
_IN_INCIDENT = frozenset({"incident", "act", "involvement"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosed:
    """What an audience may see, what was taken out of texts on the way, and what decided."""

    records: tuple[Record, ...]
    stamps: Mapping[str, Stamp]
    masked: tuple[Masked, ...]
    policy: Disclosure


def disclose(
    work: Work, audience: Audience, *, on: dt.date, as_of: dt.date | None = None
) -> Disclosed:
    """Return what an audience may see.

    Args:
        work: The unit of work.
        audience: Who reads.
        on: Today.
        as_of: The day the records are shown as of; None for today.
    """
    kept = kept_parties(standing_decisions(work.connection))
    policy = _policy(work, audience, kept, on)
    records: list[Record] = []
    stamps: dict[str, Stamp] = {}
    for record, stamp in _records(work, audience, as_of):
        followed = follow_merges(record, kept)
        if followed is None:
            continue
        if isinstance(followed, Party) and as_of is None:
            followed = policy.parties[followed.record_id]
        shown = policy.visible(followed)
        if shown is not None:
            records.append(shown)
            stamps[shown.record_id] = stamp
    return Disclosed(
        records=tuple(records), stamps=stamps, masked=tuple(policy.masked), policy=policy
    )


def dossier_of(
    disclosed: Disclosed, masthead: Masthead, audience: Audience, day: dt.date
) -> Dossier:
    """Return the snapshot that outputs read."""
    return Dossier(
        masthead=masthead,
        records=disclosed.records,
        as_of=day,
        audience=audience,
        stamps=disclosed.stamps,
        masked=disclosed.masked,
    )


def policy_of(work: Work, audience: Audience, *, on: dt.date) -> Disclosure:
    """Return what decides who may be named, by everybody as they stand today."""
    return _policy(work, audience, kept_parties(standing_decisions(work.connection)), on)


def _policy(work: Work, audience: Audience, kept: Mapping[str, str], on: dt.date) -> Disclosure:
    """The policy by today's parties; those merged or retracted still have names to hide."""
    everyone = {p.record_id: p for p in _all(work, Party)}
    merged: dict[str, list[Party]] = defaultdict(list)
    for party_id, kept_id in kept.items():
        if party_id in everyone:
            merged[kept_id].append(everyone.pop(party_id))
    whole = {
        party.record_id: united(party, merged[party.record_id]) for party in everyone.values()
    }
    parties = list(whole.values())
    accounts = [
        replace(account, owner=kept.get(account.owner, account.owner))
        for account in _all(work, Account)
    ]
    if audience == "internal":
        return Disclosure(audience=audience, parties=parties, accounts=accounts, on=on)
    told = [
        told_of(whole, party, merged[party.record_id], audience, on=on)
        for whole, party in zip(parties, everyone.values(), strict=True)
    ]
    return Disclosure(
        audience=audience,
        parties=told,
        accounts=accounts,
        on=on,
        finder=finder_of(parties, accounts, audience, on=on),
        near=parties_near(work.connection, kept),
    )


def finder_of(
    parties: Iterable[Party],
    accounts: Iterable[Account],
    audience: Audience,
    *,
    on: dt.date,
    also: Callable[[], Iterable[Party]] = tuple,
) -> Mentions:
    """Return what finds the names of those who may not be named to an audience.

    Args:
        parties: Everybody whose names may stand in the texts.
        accounts: Their accounts.
        audience: Who reads.
        on: The day of reading.
        also: Gives further parties, all of whom may be named: read once somebody is found.
    """
    known = list(parties)
    hidden = {party.record_id: party for party in hidden_parties(known, audience, on=on)}
    # A group's name is a description of several words, found only whole: "eight users" in parts
    # would black out every "users".
    described = {i: p for i, p in hidden.items() if p.party_kind in ("group", "unidentified")}
    handles: dict[str, list[str]] = defaultdict(list)
    for account in accounts:
        if account.owner in hidden:
            handles[account.owner] += handles_of(account)

    def others(some: Iterable[Party]) -> dict[str, list[str]]:
        return {
            party.record_id: names_of(party)
            for party in some
            if party.record_id not in hidden and party.party_kind == "individual"
        }

    return Mentions(
        names={i: names_of(party) for i, party in hidden.items() if i not in described},
        handles=handles,
        titles={i: names_of(party) for i, party in described.items()},
        others=others(known),
        more_others=lambda: others(also()),
    )


def parties_near(
    connection: sa.Connection, kept: Mapping[str, str] | None = None
) -> dict[str, frozenset[str]]:
    """Return, for each record, the parties that its incident has to do with.

    A source, post or account counts with every incident that points at it.
    """
    kept = kept or {}
    link, origin, target = t.RECORD_LINK, t.RECORD.alias("origin"), t.RECORD.alias("target")
    rows = connection.execute(
        sa.select(origin.c.record_id, origin.c.incident_id, target.c.record_id, target.c.kind)
        .select_from(link)
        .join(origin, origin.c.record_id == link.c.from_id)
        .join(target, target.c.record_id == link.c.to_id)
    )
    parties: dict[str, set[str]] = defaultdict(set)
    outside: dict[str, set[str]] = defaultdict(set)
    for record_id, incident_id, target_id, kind in rows:
        home = incident_id or record_id
        if kind == "party":
            parties[home].add(kept.get(target_id, target_id))
        elif kind not in _IN_INCIDENT:
            outside[target_id].add(home)
    for target_id, homes in outside.items():
        # the owner of an account is near to the incident that names the account
        for home in homes:
            parties[home] |= parties.get(target_id, set())
    near = {home: frozenset(found) for home, found in parties.items()}
    for target_id, homes in outside.items():
        near[target_id] = near.get(target_id, frozenset()).union(
            *(near.get(home, frozenset()) for home in homes)
        )
    inside = sa.select(t.RECORD.c.record_id, t.RECORD.c.incident_id)
    for row in connection.execute(inside.where(t.RECORD.c.incident_id != "")):
        if row.incident_id in near:
            near[row.record_id] = near[row.incident_id]
    return near


def _records(
    work: Work, audience: Audience, as_of: dt.date | None
) -> Iterator[tuple[Record, Stamp]]:
    if as_of is not None:
        yield from _records_of_the_past(work, audience, as_of)
        return
    stamps = _stamps(work.connection)
    for kind in sorted(KINDS):
        for record in load_all(work.connection, kind, {}, with_retracted=False):
            yield record, stamps[record.record_id]


def _records_of_the_past(
    work: Work, audience: Audience, day: dt.date
) -> Iterator[tuple[Record, Stamp]]:
    today = {
        record.record_id: record
        for kind in sorted(KINDS)
        for record in load_all(work.connection, kind, {}, with_retracted=audience == "internal")
    }
    for folded in records_as_of(work, day):
        now = today.get(folded.record_id)
        if now is not None:
            stamp = Stamp(
                created=date_of(folded.created_at_us),
                updated=date_of(folded.updated_at_us),
                n_changes=folded.n_changes,
            )
            yield as_narrow_as(as_record(folded), now), stamp


def as_narrow_as(record: Record, now: Record) -> Record:
    """Return a record of the past, no more visible than it is today."""
    levels = dict(record.field_visibility)
    for name, level in now.field_visibility.items():
        levels[name] = min(level, levels.get(name, level), key=_rank)
    return replace(
        record,
        visibility=min(record.visibility, now.visibility, key=_rank),
        field_visibility=levels,
        confidentiality=now.confidentiality,
    )


def _rank(level: str) -> int:
    return _RANK.get(level, 0)


def _stamps(connection: sa.Connection) -> dict[str, Stamp]:
    columns = (t.RECORD.c.record_id, t.RECORD.c.created_at_us, t.RECORD.c.updated_at_us)
    return {
        row.record_id: _stamp(
            date_of(row.created_at_us), date_of(row.updated_at_us), row.n_changes
        )
        for row in connection.execute(sa.select(*columns, t.RECORD.c.n_changes))
    }


@functools.lru_cache(maxsize=4096)
def _stamp(created: dt.date, updated: dt.date, n_changes: int) -> Stamp:
    """One stamp for the many records that came on one day."""
    return Stamp(created=created, updated=updated, n_changes=n_changes)


def _all(work: Work, cls: type[R]) -> list[R]:
    found = load_all(work.connection, cls.kind, {}, with_retracted=True)
    return [record for record in found if isinstance(record, cls)]
