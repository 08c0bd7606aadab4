"""Drafts: what a program proposes from a text before a person has decided anything.

A draft is a list of entries; an entry has fields; a field is a value of one kind with the place
in the text that it was read from. The JSON form is a contract, read strictly: an unknown key, an
unknown vocabulary id or a span outside its entry is refused, so that a draft made elsewhere (by
a colleague, by a model) meets the same checks as one of our own.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from undersight.errors import InvalidDraftError, UnknownTermError
from undersight.model.vocabulary import vocabulary

KINDS: tuple[str, ...] = (
    "person",
    "organisation",
    "agency",
    "official",
    "outlet",
    "place",
    "date",
    "act",
    "manner",
    "response",
    "offence",
    "provision",
    "sentence",
    "quantity",
    "platform",
    "account",
    "tactic",
    "claim",
    "takedown",
)
ROLES: tuple[str, ...] = (
    "victim",
    "official",
    "complainant",
    "lawyer",
    "reporter",
    "relative",
    "witness",
)
TERM_KINDS: Mapping[str, str] = {
    "act": "act_type",
    "manner": "manner",
    "response": "response",
    "platform": "platform",
    "tactic": "tactic",
}

_PROVISION = re.compile(r"\d+(?:\.(?:\d+|[A-Z]))*")
_TAKEDOWN_COUNTS = ("accounts", "pages", "groups", "instagram")
_SHAPES: Mapping[str, tuple[str, ...]] = {
    "sentence": ("kind", "amount", "unit"),
    "quantity": ("what", "amount", "unit"),
    "claim": ("speaker", "stance", "about"),
    "takedown": (*_TAKEDOWN_COUNTS, "reporter", "attributed_to"),
}
TERMS_WITHIN: Mapping[str, Mapping[str, str]] = {
    "sentence": {"kind": "sentence_kind", "unit": "unit"},
    "quantity": {"what": "quantity", "unit": "unit"},
    "claim": {"stance": "claim_stance"},
}
"""Vocabularies of the parts of a value, by kind and part."""

_FIELD_KEYS = (
    "kind",
    "value",
    "start",
    "end",
    "confidence",
    "rule",
    "role",
    "of",
    "alternatives",
)
_ENTRY_KEYS = ("headline", "start", "end", "updated", "fields", "not_captured")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftField:
    """One proposed value and the words it was read from.

    Args:
        kind: One of `KINDS`.
        value: Normalised; a string, or an object for sentence, quantity, claim and takedown.
        start: Offset of the first character in the text as given.
        end: Offset behind the last character.
        confidence: From 0 to 1; an order of preference, not a probability.
        rule: Id of the rule that proposed it.
        role: For people and bodies, one of `ROLES`; None where the text does not say.
        of: Index of the act in the entry's fields that this field belongs to.
        alternatives: Other readings of the same words, in order; a person chooses.
    """

    kind: str
    value: Any
    start: int
    end: int
    confidence: float
    rule: str
    role: str | None = None
    of: int | None = None
    alternatives: tuple[Any, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the contract's object for this field."""
        plain = {name: getattr(self, name) for name in _FIELD_KEYS}
        return plain | {"alternatives": list(self.alternatives)}


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftEntry:
    """One proposed incident.

    Args:
        headline: The first line without its update stamps; empty where there is none.
        start: Offset of the entry's first character.
        end: Offset behind its last character.
        updated: EDTF date of the newest update stamp, if any.
        fields: Ordered by place in the text.
        not_captured: Spans in which no field stands.
    """

    headline: str
    start: int
    end: int
    updated: str | None
    fields: tuple[DraftField, ...]
    not_captured: tuple[tuple[int, int], ...]

    def to_json(self) -> dict[str, Any]:
        """Return the contract's object for this entry."""
        return {
            "headline": self.headline,
            "start": self.start,
            "end": self.end,
            "updated": self.updated,
            "fields": [field.to_json() for field in self.fields],
            "not_captured": [list(span) for span in self.not_captured],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was understood of a whole text."""

    entries: tuple[DraftEntry, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the contract's top object."""
        return {"entries": [entry.to_json() for entry in self.entries]}

    @classmethod
    def from_json(cls, raw: object, *, n_characters: int | None = None) -> Draft:
        """Read the contract's JSON.

        Args:
            raw: What `json.loads` gave.
            n_characters: Length of the text, to refuse spans that lie outside it.

        Raises:
            InvalidDraftError: Anything that is not exactly the contract; names the place.
        """
        top = _keys(raw, ("entries",), "draft")
        entries = _items(top["entries"], "entries")
        return cls(
            entries=tuple(
                _entry(item, f"entries[{i}]", n_characters) for i, item in enumerate(entries)
            )
        )


def check_value(kind: str, value: object, where: str = "value") -> None:
    """Refuse a value that does not have the shape of its kind.

    Raises:
        InvalidDraftError: Names the place and what was expected there.
    """
    if kind not in KINDS:
        raise InvalidDraftError(f"{where}.kind", f"“{kind}” is not a kind of field")
    if kind in _SHAPES:
        _check_object(kind, value, where)
    elif not isinstance(value, str) or not value.strip():
        raise InvalidDraftError(where, f"a {kind} is a piece of text")
    elif kind in TERM_KINDS:
        _check_term(TERM_KINDS[kind], value, where)
    elif kind == "provision" and not _PROVISION.fullmatch(value):
        raise InvalidDraftError(where, "a provision is numbers joined by dots, such as 147.2")
    elif kind == "date":
        _check_date(value, where)


def _check_object(kind: str, value: object, where: str) -> None:
    fields = _keys(value, _SHAPES[kind], where)
    for name, vocabulary_id in TERMS_WITHIN.get(kind, {}).items():
        if fields[name] is not None:
            _check_term(vocabulary_id, fields[name], f"{where}.{name}")
    for name in ("amount", *_TAKEDOWN_COUNTS):
        number = fields.get(name)
        if number is not None and (
            not isinstance(number, int | float)
            or isinstance(number, bool)
            or not 0 <= number < math.inf
        ):
            raise InvalidDraftError(f"{where}.{name}", "a count or amount is a number from 0 up")
    for name in ("speaker", "about", "reporter", "attributed_to"):
        if fields.get(name) is not None and not isinstance(fields[name], str):
            raise InvalidDraftError(f"{where}.{name}", "expected text or null")


def _check_term(vocabulary_id: str, term_id: object, where: str) -> None:
    try:
        vocabulary(vocabulary_id).term(str(term_id))
    except UnknownTermError as error:
        raise InvalidDraftError(where, error.sentence) from error


def _check_date(value: str, where: str) -> None:
    from undersight.errors import InvalidDateError
    from undersight.model.fuzzy_date import FuzzyDate

    try:
        FuzzyDate.parse(value)
    except InvalidDateError as error:
        raise InvalidDraftError(where, error.sentence) from error


def _entry(raw: object, where: str, n_characters: int | None) -> DraftEntry:
    given = _keys(raw, _ENTRY_KEYS, where)
    start, end = _span(given["start"], given["end"], where, (0, n_characters))
    items = _items(given["fields"], f"{where}.fields")
    fields = tuple(
        _field(item, f"{where}.fields[{i}]", (start, end)) for i, item in enumerate(items)
    )
    _check_ties(fields, where)
    if not isinstance(given["headline"], str):
        raise InvalidDraftError(f"{where}.headline", "expected text")
    if given["updated"] is not None:
        check_value("date", given["updated"], f"{where}.updated")
    return DraftEntry(
        headline=given["headline"],
        start=start,
        end=end,
        updated=given["updated"],
        fields=fields,
        not_captured=_spans(given["not_captured"], f"{where}.not_captured", (start, end)),
    )


def _field(raw: object, where: str, within: tuple[int, int]) -> DraftField:
    given = _keys(raw, _FIELD_KEYS, where)
    check_value(str(given["kind"]), given["value"], where)
    start, end = _span(given["start"], given["end"], where, within)
    confidence = given["confidence"]
    if not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
        raise InvalidDraftError(f"{where}.confidence", "expected a number from 0 to 1")
    if not isinstance(given["rule"], str):
        raise InvalidDraftError(f"{where}.rule", "expected text")
    if given["role"] is not None and given["role"] not in ROLES:
        raise InvalidDraftError(f"{where}.role", f"expected one of {', '.join(ROLES)}")
    return DraftField(
        kind=given["kind"],
        value=given["value"],
        start=start,
        end=end,
        confidence=float(confidence),
        rule=given["rule"],
        role=given["role"],
        of=given["of"],
        alternatives=tuple(_items(given["alternatives"], f"{where}.alternatives")),
    )


def _check_ties(fields: tuple[DraftField, ...], where: str) -> None:
    for i, field in enumerate(fields):
        if field.of is None:
            continue
        is_index = _is_offset(field.of) and 0 <= field.of < len(fields)
        if not is_index or fields[field.of].kind != "act":
            raise InvalidDraftError(f"{where}.fields[{i}].of", "expected the index of an act")


def _keys(raw: object, names: tuple[str, ...], where: str) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise InvalidDraftError(where, "expected an object")
    missing = sorted(set(names) - raw.keys())
    unknown = sorted(str(key) for key in raw.keys() - set(names))
    if missing:
        raise InvalidDraftError(where, f"“{missing[0]}” is missing")
    if unknown:
        raise InvalidDraftError(where, f"“{unknown[0]}” does not belong here")
    return raw


def _items(raw: object, where: str) -> list[Any]:
    if not isinstance(raw, list):
        raise InvalidDraftError(where, "expected a list")
    return raw


def _span(
    start: object, end: object, where: str, within: tuple[int, int | None]
) -> tuple[int, int]:
    if not _is_offset(start) or not _is_offset(end):
        raise InvalidDraftError(where, "start and end are whole numbers")
    first, last = int(str(start)), int(str(end))
    low, high = within
    if not low <= first < last or (high is not None and last > high):
        limit = "the text" if high is None else f"{low}-{high}"
        raise InvalidDraftError(where, f"the span {first}-{last} does not lie in {limit}")
    return first, last


def _is_offset(raw: object) -> bool:
    return isinstance(raw, int) and not isinstance(raw, bool)


def _spans(raw: object, where: str, within: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    spans: Iterable[object] = _items(raw, where)
    found = []
    for i, item in enumerate(spans):
        pair = _items(item, f"{where}[{i}]")
        if len(pair) != 2:
            raise InvalidDraftError(f"{where}[{i}]", "expected start and end")
        found.append(_span(pair[0], pair[1], f"{where}[{i}]", within))
    return tuple(found)
