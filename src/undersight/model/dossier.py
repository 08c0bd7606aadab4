"""An immutable snapshot of the casebook that every exporter and report reads.

A dossier is what one audience may see on one day: the disclosure policy has been applied before
anybody gets hold of it, so nothing that reads a dossier can leak a field. Order is fixed
(newest incident first, then ids), so the same casebook gives the same bytes.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from undersight.model.disclosure import Masked
from undersight.model.records import (
    RECORD_CLASSES,
    Act,
    Citation,
    Claim,
    Incident,
    Involvement,
    Party,
    PlatformCase,
    Proceeding,
    Provision,
    Record,
    Source,
    Takedown,
    Update,
)
from undersight.model.schema import fields_of

R = TypeVar("R", bound=Record)
K = TypeVar("K")


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """Who publishes, for whom, in which languages.

    Args:
        title: Name of the log, by language.
        jurisdiction: ISO 3166-1 alpha-2 code, or the user's own two letters.
        languages: Language codes, the first is the main one.
        contact: How to ask for a correction; empty if not given.
        base_url: Address the site will stand at; empty for a site read from disk.
        methodology: The monitor's own words on method, by language.
        log_id: Tells this log's feeds from those of others where there is no address.
    """

    title: Mapping[str, str]
    jurisdiction: str = ""
    languages: tuple[str, ...] = ("en",)
    contact: str = ""
    base_url: str = ""
    methodology: Mapping[str, str] = field(default_factory=dict)
    log_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """When a record entered and last changed, in whole days (UTC)."""

    created: dt.date
    updated: dt.date
    n_changes: int = 1


class Dossier:
    """A snapshot of records with the questions that outputs ask of it.

    Args:
        masthead: Who publishes.
        records: Every record the audience may see; dangling references are allowed and mean
            that the other record may not be seen.
        as_of: The day the snapshot shows.
        audience: ``internal``, ``partner`` or ``public``.
        stamps: Day of entry and of last change, by record id.
        masked: Names that were replaced in texts, for the check before publication.
    """

    def __init__(
        self,
        *,
        masthead: Masthead,
        records: Iterable[Record],
        as_of: dt.date,
        audience: str,
        stamps: Mapping[str, Stamp] | None = None,
        masked: Iterable[Masked] = (),
    ) -> None:
        self.masthead = masthead
        self.as_of = as_of
        self.audience = audience
        self.stamps = dict(stamps or {})
        self.masked = tuple(masked)
        self._by_id = {record.record_id: record for record in records}
        self._by_kind: dict[str, list[Record]] = {}
        self._referrers: dict[tuple[str, str, str], list[Record]] = {}
        for record in sorted(self._by_id.values(), key=lambda r: r.record_id):
            self._by_kind.setdefault(record.kind, []).append(record)
            for place in _places(record):
                self._referrers.setdefault(place, []).append(record)

    def with_changes(self, changed: Iterable[str], records: Iterable[Record]) -> Dossier:
        """Return a snapshot in which some records are others, new or gone.

        Args:
            changed: Ids of records that are not as they were.
            records: Those of them that there are now.
        """
        made = copy.copy(self)
        made._change(changed, records)  # noqa: SLF001 - of its own
        return made

    def _change(self, changed: Iterable[str], records: Iterable[Record]) -> None:
        """Take records out, put others in; lists are copied: another snapshot has them too."""
        self._by_id, self._by_kind = dict(self._by_id), dict(self._by_kind)
        self._referrers = dict(self._referrers)
        now = {record.record_id: record for record in records}
        for record_id in {*changed, *now}:
            before = self._by_id.pop(record_id, None)
            if before is not None:
                _take_out(self._by_kind, before.kind, before)
                for place in _places(before):
                    _take_out(self._referrers, place, before)
        for record_id, record in now.items():
            self._by_id[record_id] = record
            _put(self._by_kind, record.kind, record)
            for place in _places(record):
                _put(self._referrers, place, record)

    def get(self, record_id: str) -> Record | None:
        """Return a record by id, or None where the audience may not see it."""
        return self._by_id.get(record_id)

    def find(self, record_class: type[R], record_id: str) -> R | None:
        """Return a record by id if it is of the class, else None."""
        record = self._by_id.get(record_id)
        return record if isinstance(record, record_class) else None

    def all(self, record_class: type[R]) -> tuple[R, ...]:
        """Return all records of a class, by id."""
        found = self._by_kind.get(record_class.kind, [])
        return tuple(record for record in found if isinstance(record, record_class))

    def records(self) -> Iterator[Record]:
        """Yield every record, by kind and id."""
        for kind in sorted(self._by_kind):
            yield from self._by_kind[kind]

    def referring(self, record_class: type[R], name: str, record_id: str) -> tuple[R, ...]:
        """Return records of a class whose single-reference field ``name`` is ``record_id``."""
        found = self._referrers.get((record_class.kind, name, record_id), [])
        return tuple(record for record in found if isinstance(record, record_class))

    def incidents(self) -> tuple[Incident, ...]:
        """Return incidents, newest first: by latest possible day of the first act, then id."""
        return tuple(sorted(self.all(Incident), key=self._recency, reverse=True))

    def _recency(self, incident: Incident) -> tuple[str, str]:
        days = [
            (act.start.latest or act.start.earliest)
            for act in self.acts(incident.record_id)
            if act.start is not None
        ]
        newest = max((day.isoformat() for day in days if day is not None), default="")
        return newest, incident.record_id

    def acts(self, incident_id: str) -> tuple[Act, ...]:
        """Return the acts of an incident, in order of time, undated last."""
        acts = self.referring(Act, "incident", incident_id)
        return tuple(sorted(acts, key=_act_order))

    def involvements(self, act_id: str) -> tuple[Involvement, ...]:
        """Return who was involved in an act."""
        return self.referring(Involvement, "act", act_id)

    def involvements_of(self, party_id: str) -> tuple[Involvement, ...]:
        """Return all involvements of a party."""
        return self.referring(Involvement, "party", party_id)

    def claims_about(self, record_id: str) -> tuple[Claim, ...]:
        """Return the claims about one record."""
        return self.referring(Claim, "about", record_id)

    def updates(self, incident_id: str) -> tuple[Update, ...]:
        """Return an incident's updates, newest first."""
        found = self.referring(Update, "incident", incident_id)
        return tuple(sorted(found, key=lambda u: (u.number or 0, u.record_id), reverse=True))

    def citations(self, act_id: str) -> tuple[Citation, ...]:
        """Return the provisions used in an act."""
        return self.referring(Citation, "act", act_id)

    def proceedings(self, incident_id: str) -> tuple[Proceeding, ...]:
        """Return an incident's proceedings."""
        return self.referring(Proceeding, "incident", incident_id)

    def platform_cases(self, incident_id: str) -> tuple[PlatformCase, ...]:
        """Return an incident's platform cases."""
        return self.referring(PlatformCase, "incident", incident_id)

    def takedowns(self, incident_id: str) -> tuple[Takedown, ...]:
        """Return the takedowns told of in an incident."""
        return self.referring(Takedown, "incident", incident_id)

    def party(self, party_id: str) -> Party | None:
        """Return a party, following no merge (merges are applied before)."""
        return self.find(Party, party_id)

    def source(self, source_id: str) -> Source | None:
        """Return a source."""
        return self.find(Source, source_id)

    def provision(self, provision_id: str) -> Provision | None:
        """Return a provision."""
        return self.find(Provision, provision_id)


def _places(record: Record) -> Iterator[tuple[str, str, str]]:
    """Yield kind, field and value of the references of a record to another."""
    for name in _REFERENCES.get(record.kind, ()):
        value = getattr(record, name)
        if value:
            yield record.kind, name, value


def _take_out(lists: dict[K, list[Record]], place: K, record: Record) -> None:
    """Take a record out of a copy of the list of a place."""
    lists[place] = [one for one in lists[place] if one is not record]


def _put(lists: dict[K, list[Record]], place: K, record: Record) -> None:
    """Put a record into a copy of the list of a place, by its id."""
    lists[place] = sorted([*lists.get(place, ()), record], key=lambda one: one.record_id)


def _act_order(act: Act) -> tuple[str, str, str]:
    day = act.start.earliest or act.start.latest if act.start else None
    return (day.isoformat() if day else "9999", act.act_type, act.record_id)


def _single_references() -> dict[str, tuple[str, ...]]:
    return {
        cls.kind: tuple(n for n, spec in fields_of(cls).items() if spec.form == "ref")
        for cls in RECORD_CLASSES
    }


_REFERENCES = _single_references()
