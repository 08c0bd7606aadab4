"""Counts that say how sure they are, and numbers that contradict each other.

An act dated "in spring" happened in March, April or May: each of the three months gets it as
**possible** and none as **certain**, so a chart can draw both and nothing is rounded to a day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from undersight.model.dossier import Dossier
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.parts import Place
from undersight.model.records import Act, Citation, Incident, Involvement

Only = Mapping[str, frozenset[str] | None]
"""Involvements to count, by act; None for all of an act."""
UNDATED: Final = ""
_MAX_SPREAD_MONTHS: Final = 120
_MAX_YEARS_DRAWN: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many acts, and how many people acted upon, under one key.

    Args:
        key: A month (``2031-05``), act type, place or provision; empty for unknown.
        n_min: Acts that certainly belong here.
        n_max: Acts that certainly or possibly belong here.
        n_people_min: People certainly acted upon; a person counts once under a key.
        n_people_max: People possibly acted upon.
        certain: Ids of the acts that certainly belong here.
        possible: Ids of the acts that only possibly do.
    """

    key: str
    n_min: int
    n_max: int
    n_people_min: int
    n_people_max: int
    certain: tuple[str, ...]
    possible: tuple[str, ...]

    @property
    def inputs(self) -> tuple[str, ...]:
        """Ids of the acts it was drawn from."""
        return (*self.certain, *self.possible)


def by_month(
    dossier: Dossier, acts: Iterable[Act] | None = None, only: Only | None = None
) -> tuple[Tally, ...]:
    """Count acts by the month they began, from the first month to the last without gaps.

    An act that may have begun in more than ten years' worth of months counts as undated.

    Args:
        dossier: The snapshot.
        acts: The acts to count; all of the snapshot if not given.
        only: Whom to count in each act; everybody acted upon if not given.
    """
    acts = _acts(dossier, acts)
    certain: dict[str, list[Act]] = {}
    possible: dict[str, list[Act]] = {}
    for act in acts:
        months = months_of(act.start)
        for month in months:
            (certain if len(months) == 1 and month else possible).setdefault(month, []).append(act)
    dated = sorted(month for month in certain.keys() | possible.keys() if month)
    keys = without_gaps(dated)
    if UNDATED in possible:
        keys.append(UNDATED)
    return tuple(
        _tally(dossier, key, certain.get(key, []), possible.get(key, []), only) for key in keys
    )


def by_act_type(dossier: Dossier, acts: Iterable[Act] | None = None) -> tuple[Tally, ...]:
    """Count acts by type, by id of the type."""
    return _by(dossier, acts, lambda act: (act.act_type,))


def by_place(dossier: Dossier, acts: Iterable[Act] | None = None) -> tuple[Tally, ...]:
    """Count acts by place: the town, else the region, else the country, else ``online``."""
    return _by(dossier, acts, lambda act: (place_key(dossier, act),))


def by_provision(dossier: Dossier, acts: Iterable[Act] | None = None) -> tuple[Tally, ...]:
    """Count acts by provision used, by id of the provision; acts without one are left out.

    Where a provision was used against some of those acted upon, only they are counted.
    """
    used: dict[str, list[Act]] = {}
    named: dict[str, dict[str, frozenset[str] | None]] = {}
    for act in _acts(dossier, acts):
        by_id: dict[str, list[Citation]] = {}
        for citation in dossier.citations(act.record_id):
            by_id.setdefault(citation.provision, []).append(citation)
        for provision_id, citations in by_id.items():
            whom = used_on(citations)
            if act.record_id in whom:
                used.setdefault(provision_id, []).append(act)
                named.setdefault(provision_id, {})[act.record_id] = whom[act.record_id]
    return tuple(
        _tally(dossier, key, found, [], named[key]) for key, found in sorted(used.items())
    )


def used_on(citations: Iterable[Citation]) -> Only:
    """Return against whom a provision was used in each act: involvements, or None for everybody.

    One that was only discussed was used on nobody: acts with no other citation are left out.

    Args:
        citations: Citations of one provision.
    """
    found: dict[str, frozenset[str] | None] = {}
    for citation in citations:
        if citation.capacity == "analysed":
            continue
        before = found.get(citation.act, frozenset())
        is_of_all = before is None or not citation.involvement
        found[citation.act] = (
            None if is_of_all else (before or frozenset()) | {citation.involvement}
        )
    return found


def by_platform(dossier: Dossier, acts: Iterable[Act] | None = None) -> tuple[Tally, ...]:
    """Count acts by platform; acts without one are left out."""
    return _by(dossier, acts, lambda act: act.platforms)


def months_of(date: FuzzyDate | None) -> tuple[str, ...]:
    """Return the months in which a date can lie; one empty month where that is not known."""
    if date is None or date.earliest is None or date.latest is None:
        return (UNDATED,)
    return months_within(date.earliest.isoformat(), date.latest.isoformat())


def months_within(earliest: str | None, latest: str | None) -> tuple[str, ...]:
    """Return the months between two ISO days; one empty month where that is not known."""
    if not earliest or not latest:
        return (UNDATED,)
    months = months_between(earliest[:7], latest[:7])
    return (UNDATED,) if len(months) > _MAX_SPREAD_MONTHS else tuple(months)


def place_key(dossier: Dossier, act: Act) -> str:
    """Return the name under which an act is counted by place; empty where unknown."""
    incident = dossier.find(Incident, act.incident)
    return place_name_of(act.place or (incident.place if incident else None))


def place_name_of(place: Place | None) -> str:
    """Return the name under which a place is counted; empty where unknown."""
    if place is None:
        return ""
    if place.precision == "online":
        return "online"
    return place.locality or place.admin1 or place.country


def n_people(dossier: Dossier, acts: Iterable[Act], only: Only | None = None) -> tuple[int, int]:
    """Return how many people were acted upon at least and at most; nobody counts twice.

    An unnamed group counts with its number; a group of unknown size counts as one at least.

    Args:
        dossier: The snapshot.
        acts: The acts.
        only: The involvements to count in each act; all where an act has none named.
    """
    least: dict[str, int] = {}
    most: dict[str, int] = {}
    for act in acts:
        wanted = only.get(act.record_id) if only is not None else None
        for part in dossier.involvements(act.record_id):
            if part.role == "victim" and (wanted is None or part.record_id in wanted):
                low, high = _size(dossier, part)
                least[part.party] = max(low, least.get(part.party, 0))
                most[part.party] = max(high, most.get(part.party, 0))
    return sum(least.values()), sum(most.values())


def _size(dossier: Dossier, part: Involvement) -> tuple[int, int]:
    party = dossier.party(part.party)
    if party is None:
        return 1, 1
    low = part.count_min if part.count_min is not None else party.count_min
    high = part.count_max if part.count_max is not None else party.count_max
    return size(party.party_kind, low, high)


def size(party_kind: str, low: int | None, high: int | None) -> tuple[int, int]:
    """Return how many people a party stands for, at least and at most; an office for none.

    Args:
        party_kind: What it is.
        low: How many at least, where that is recorded.
        high: How many at most, where that is recorded.
    """
    if party_kind in ("outlet", "public_body", "platform", "organisation"):
        return 0, 0
    low = low if low is not None else 1
    return low, max(low, high if high is not None else low)


def _acts(dossier: Dossier, acts: Iterable[Act] | None) -> tuple[Act, ...]:
    found = dossier.all(Act) if acts is None else acts
    return tuple(sorted(found, key=lambda act: act.record_id))


def _by(
    dossier: Dossier,
    acts: Iterable[Act] | None,
    keys_of: Callable[[Act], Iterable[str]],
) -> tuple[Tally, ...]:
    grouped: dict[str, list[Act]] = {}
    for act in _acts(dossier, acts):
        for key in dict.fromkeys(keys_of(act)):
            grouped.setdefault(key, []).append(act)
    return tuple(_tally(dossier, key, found, []) for key, found in sorted(grouped.items()))


def _tally(
    dossier: Dossier, key: str, certain: list[Act], possible: list[Act], only: Only | None = None
) -> Tally:
    n_people_min, n_certain_max = n_people(dossier, certain, only)
    n_people_max = n_people(dossier, [*certain, *possible], only)[1]
    return Tally(
        key=key,
        n_min=len(certain),
        n_max=len(certain) + len(possible),
        n_people_min=n_people_min,
        n_people_max=max(n_people_max, n_certain_max),
        certain=tuple(act.record_id for act in certain),
        possible=tuple(act.record_id for act in possible),
    )


def without_gaps(months: list[str]) -> list[str]:
    """Return months with those between them; as they are where a mistyped year is far off.

    Args:
        months: Months in order.
    """
    if not months or int(months[-1][:4]) - int(months[0][:4]) > _MAX_YEARS_DRAWN:
        return list(months)
    return months_between(months[0], months[-1])


def months_between(first: str, last: str) -> list[str]:
    """Return the months from one to another, both included."""
    begin, end = (int(m[:4]) * 12 + int(m[5:]) - 1 for m in (first, last))
    return [f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(begin, end + 1)]
