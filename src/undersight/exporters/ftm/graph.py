"""Entities and their properties, and dates as FollowTheMoney can hold them.

FollowTheMoney knows whole days and prefixes of them (``2031``, ``2031-05``). A range, "about" or
a doubt does not survive in a date property, so beginning and end are given apart, the full date
goes to the notes as EDTF, and each such date is counted as a loss.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from undersight.exporters.ftm.countries import CODES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from undersight.exporters.delivery import LossCount
    from undersight.model.dossier import Dossier
    from undersight.model.fuzzy_date import FuzzyDate

_PREFIX: Final = re.compile(r"[12]\d{3}(-(0[1-9]|1[0-2])(-\d\d)?)?")  # no seasons, no year 9999
_ADDRESS: Final = re.compile(
    r"(?:(?:https?|ftp)://)?(?:[\w-]{1,63}\.)+[\w-]{2,63}(?::\d{1,4})?(?:[/?#].*)?", re.IGNORECASE
)
_NAMED: Final = ("name", "username")  # what an entity must have where it has one at all
NO_ADDRESS: Final = "what is no address of a page"
NO_CODE: Final = "a country that has no code there"
LOSS: Final = "a date that is a range, about or doubtful"


class Graph:
    """The entities of one export, each once."""

    def __init__(self, dossier: Dossier, losses: LossCount) -> None:
        self.dossier, self.losses = dossier, losses
        self.entities: dict[str, dict[str, object]] = {}

    def put(self, schema: str, entity_id: str, **properties: str | Iterable[str]) -> str:
        """Add an entity and return its id; empty values are left out.

        Args:
            schema: A schema of FollowTheMoney.
            entity_id: Its id: a record id, or two joined.
            **properties: Text or texts, by property.
        """
        kept = {}
        for name, value in properties.items():
            texts = [value] if isinstance(value, str) else list(value)
            filled = list(dict.fromkeys(text.strip() for text in texts if _is_seen(text)))
            if texts and not filled and name in _NAMED:
                filled = ["–"]
            if filled:
                kept[name] = filled
        _shorten(kept)
        self.entities[entity_id] = {"id": entity_id, "schema": schema, "properties": kept}
        return entity_id

    def has(self, entity_id: str) -> bool:
        """Return whether an entity is there to point at."""
        return entity_id in self.entities

    def prefix(self, date: FuzzyDate | None, field: str, record_id: str) -> str:
        """Return a date as a prefix of a day, counting what that loses; empty for none."""
        if date is None:
            return ""
        self._count(date, field, record_id)
        if date.value.points:
            point = date.value.points[0]
            plain = point.edtf.rstrip("~?%").split("T")[0]
            if len(date.value.points) == 1 and _PREFIX.fullmatch(plain):
                return plain
        return _whole_day(date.earliest or date.latest)

    def edges(
        self, start: FuzzyDate | None, end: FuzzyDate | None, field: str, record_id: str
    ) -> dict[str, str]:
        """Return ``startDate`` and ``endDate`` of something, counting what is lost."""
        made: dict[str, str] = {}
        if start is not None:
            self._count(start, field, record_id)
            if start.precision in {"interval", "one_of"}:
                first, last = start.earliest, start.latest
                made["startDate"] = _whole_day(first)
                if end is None and last:
                    made["endDate"] = _whole_day(last)
            else:
                made["startDate"] = self.prefix(start, field, record_id)
        if end is not None:
            self._count(end, field, record_id)
            made["endDate"] = _whole_day(end.latest or end.earliest)
        return {name: day for name, day in made.items() if day}

    def countries(
        self, named: Iterable[str], field: str, record_id: str
    ) -> tuple[list[str], list[str]]:
        """Return codes of countries, and notes that keep those which have no code there.

        Args:
            named: Codes, or names of countries without one.
            field: Where they stand.
            record_id: The record.
        """
        codes, notes = [], []
        for one in named:
            if one.lower() in CODES:
                codes.append(one.lower())
            elif one:
                self.losses.add(NO_CODE, field, record_id, "notes")
                notes.append(f"country: {one}")
        return codes, notes

    def address(self, url: str, field: str, record_id: str) -> tuple[str, list[str]]:
        """Return the address of a page, and notes that keep what FollowTheMoney takes for none.

        Args:
            url: What was written there.
            field: Where it stands.
            record_id: The record.
        """
        if not url.strip() or _ADDRESS.fullmatch(url.strip()):
            return url, []
        self.losses.add(NO_ADDRESS, field, record_id, "notes")
        return "", [f"address: {url}"]

    def _count(self, date: FuzzyDate, field: str, record_id: str) -> None:
        if not _PREFIX.fullmatch(date.edtf):
            self.losses.add(LOSS, field, record_id, "notes")


def _whole_day(day: dt.date | None) -> str:
    text = day.isoformat() if day else ""
    return text if _PREFIX.fullmatch(text) else ""


def _is_seen(text: str) -> bool:
    """Whether there is anything to see: the library takes an empty space for nothing."""
    return any(unicodedata.category(letter)[0] not in "CZ" for letter in text)


def edtf_notes(**dates: FuzzyDate | None) -> list[str]:
    """Return notes that keep dates whole: ``start (EDTF): 2031-05~``."""
    return [f"{name} (EDTF): {date.edtf}" for name, date in dates.items() if date is not None]


def link_id(*record_ids: str) -> str:
    """Return the id of a link between records."""
    return ".".join(record_ids)


_MOST_CHARACTERS = {
    "name": 384, "alias": 384, "weakAlias": 384, "location": 250, "caseNumber": 64,
    "title": 1024, "publisher": 1024, "court": 1024, "position": 1024, "username": 1024,
}  # fmt: skip
"""What FollowTheMoney takes of a name or an address; it refuses the whole entity above that."""


def _shorten(properties: dict[str, list[str]]) -> None:
    """Cut what is too long for its property; the notes hold it whole."""
    for name, most in _MOST_CHARACTERS.items():
        for i, text in enumerate(properties.get(name, ())):
            if len(text) > most:
                properties[name][i] = text[: most - 1].rstrip() + "…"
                properties.setdefault("notes", []).append(f"{name}: {text}")
