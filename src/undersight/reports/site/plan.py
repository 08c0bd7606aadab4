"""Which pages a site has, before a word is written: the same in every language."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from undersight.model.derived.counts import months_of, place_key
from undersight.model.records import Account, Act
from undersight.presentation.addresses import entry_href, party_href, place_href
from undersight.presentation.presenter import NAMED_ASSETS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from undersight.model.dossier import Dossier
    from undersight.model.records import Incident

KINDS: Final = (
    "person",
    "organisation",
    "outlet",
    "page",
    "agency",
    "platform",
    "article",
    "act",
    "place",
)
"""Folders of pages about somebody or something, in the order they are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An entry with its place in the log.

    Args:
        incident: The entry.
        href: Its page.
        group: The month (``2031-05``), the year, or empty where neither is known.
        newest: The day by which it is ordered; empty if none is known.
    """

    incident: Incident
    href: str
    group: str
    newest: str


@dataclass(slots=True, kw_only=True)
class Subject:
    """Somebody or something that has a page.

    Args:
        href: Its page.
        parts: By entry, the parts it has there: ids of roles, ``source``, ``speaker``, …
    """

    href: str
    parts: dict[str, dict[str, None]] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """One of ``KINDS``."""
        return self.href.partition("/")[0]

    @property
    def key(self) -> str:
        """Id of the record or term; of a place, its folded name."""
        return self.href.partition("/")[2].removesuffix(".html")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The pages of a site.

    Args:
        entries: Entries, newest first.
        subjects: By page.
        places: Names of places, by page.
        versions: By entry, earlier days on which it can be shown.
    """

    entries: tuple[Placed, ...]
    subjects: dict[str, Subject]
    places: dict[str, str]
    versions: dict[str, tuple[dt.date, ...]]

    @functools.cached_property
    def order(self) -> dict[str, int]:
        """The place of each entry in the log, by id."""
        return {placed.incident.record_id: index for index, placed in enumerate(self.entries)}

    def of_kind(self, kind: str) -> tuple[Subject, ...]:
        """Return the subjects of one kind, by key."""
        found = (one for one in self.subjects.values() if one.kind == kind)
        return tuple(sorted(found, key=lambda one: one.key))


def plan_of(dossier: Dossier, versions: dict[str, tuple[dt.date, ...]]) -> Plan:
    """Return the pages for a dossier.

    Args:
        dossier: What the audience may see.
        versions: By entry, earlier days on which it can be shown.
    """
    subjects: dict[str, Subject] = {}
    entries = []
    for incident in dossier.incidents():
        entries.append(_placed(dossier, incident))
        for href, part in _mentions(dossier, incident):
            if href:
                subject = subjects.setdefault(href, Subject(href=href))
                subject.parts.setdefault(incident.record_id, {})[part] = None
    entries.sort(key=_newest_first, reverse=True)
    names = sorted({place_key(dossier, act) for act in dossier.all(Act)} - {""}, reverse=True)
    return Plan(
        entries=tuple(entries),
        subjects=dict(sorted(subjects.items())),
        places={place_href(name): name for name in names},
        versions=versions,
    )


def as_of_href(href: str, day: dt.date) -> str:
    """Return the page that shows what an entry said on a day."""
    return f"{href.removesuffix('.html')}/as-of-{day.isoformat()}.html"


def _newest_first(placed: Placed) -> tuple[str, str, str]:
    """Sort by month; a year without month after its months; within a month by day."""
    group = f"{placed.group}-00" if len(placed.group) == 4 else placed.group
    return group, placed.newest, placed.incident.public_id or placed.incident.record_id


def _placed(dossier: Dossier, incident: Incident) -> Placed:
    """Place an entry by its newest act whose month is known, else by its newest year."""
    dates = [act.start for act in dossier.acts(incident.record_id)]
    dates = dates or [one.published for one in dossier.takedowns(incident.record_id)]
    months = [(months_of(date), date) for date in dates if date is not None]
    known = [(m[0], date) for m, date in months if len(m) == 1 and m[0]]
    if known:
        group = max(month for month, _ in known)
        newest = max(str(date.latest) for month, date in known if month == group)
        return Placed(incident=incident, href=entry_href(incident), group=group, newest=newest)
    days = [date.latest or date.earliest for _, date in months]
    newest = max((day.isoformat() for day in days if day is not None), default="")
    return Placed(incident=incident, href=entry_href(incident), group=newest[:4], newest=newest)


def _mentions(dossier: Dossier, incident: Incident) -> Iterator[tuple[str, str]]:
    """Yield page and part of everybody and everything an entry tells of."""
    acts = dossier.acts(incident.record_id)
    takedowns = dossier.takedowns(incident.record_id)
    for act in acts:
        yield from _in_act(dossier, act)
    for network in takedowns:
        yield _party(dossier, network.reporter), "reporter_of_network"
        for accused in network.attributed_to:
            yield _party(dossier, accused), "accused"
    about = (incident.record_id, *(one.record_id for one in (*acts, *takedowns)))
    for claim in (claim for one in about for claim in dossier.claims_about(one)):
        yield _party(dossier, claim.speaker), "speaker"
    for source in filter(None, (dossier.source(one) for one in incident.sources)):
        yield _party(dossier, source.publisher), "source"


def _in_act(dossier: Dossier, act: Act) -> Iterator[tuple[str, str]]:
    yield f"act/{act.act_type}.html", "act"
    place = place_key(dossier, act)
    if place:
        yield place_href(place), "place"
    for part in dossier.involvements(act.record_id):
        yield _party(dossier, part.party), part.role
    for account_id in act.target_accounts:
        account = dossier.find(Account, account_id)
        if account is not None and account.title and account.asset_kind in NAMED_ASSETS:
            yield f"page/{account_id}.html", "target"
    for citation in dossier.citations(act.record_id):
        if dossier.provision(citation.provision):
            yield f"article/{citation.provision}.html", citation.capacity


def _party(dossier: Dossier, party_id: str) -> str:
    """Return the page of a party that may be named; empty for any other."""
    party = dossier.party(party_id) if party_id else None
    is_named = party is not None and any(n.use != "public_label" for n in party.names)
    return party_href(party) if party is not None and is_named else ""
