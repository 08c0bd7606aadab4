"""The texts of an entry that an audience would read, and which records belong to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from undersight.model.records import (
    Act,
    Citation,
    Claim,
    Incident,
    Intervention,
    Involvement,
    PlatformCase,
    Proceeding,
    Record,
    Takedown,
    Update,
)
from undersight.model.schema import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.model.dossier import Dossier
    from undersight.model.schema import FieldSpec

_INSIDE: Final[Mapping[str, tuple[tuple[type[Record], str], ...]]] = {
    "incident": (
        (Act, "incident"),
        (Update, "incident"),
        (Proceeding, "incident"),
        (PlatformCase, "incident"),
        (Takedown, "incident"),
        (Intervention, "incident"),
        (Claim, "about"),
    ),
    "act": ((Involvement, "act"), (Citation, "act"), (Claim, "about")),
    "takedown": ((Claim, "about"),),
    "involvement": ((Claim, "about"),),
}
OF_AN_ENTRY: Final = frozenset({"incident"}).union(
    inner.kind for inside in _INSIDE.values() for inner, _ in inside
)
"""Kinds of record that belong to some entry and come with that entry only."""
_NO_TEXT: Final = frozenset(
    {"native_id", "public_id", "captures", "evidence", "identity", "citation", "path", "cited_as",
     "as_cited", "topics", "country", "lang", "script", "currency", "jurisdiction", "rule",
     "decision", "technique_id", "version", "framework", "origins", "targets", "finding",
     "question", "fields", "field", "origin", "origin_locator", "remark", "value_lang"}
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text that would be read.

    Args:
        record: The record it stands in.
        field: The field, with language or part: ``summary.en``, ``names[0].value``.
        name: The field's own name, without language or part.
        text: The words.
    """

    record: Record
    field: str
    name: str
    text: str


def family(dossier: Dossier, incident_id: str) -> tuple[Record, ...]:
    """Return an entry and all inside it, by id."""
    found: dict[str, Record] = {}
    first = dossier.find(Incident, incident_id)
    waiting: list[Record] = [first] if first else []
    while waiting:
        record = waiting.pop()
        if record.record_id not in found:
            found[record.record_id] = record
            for record_class, name in _INSIDE.get(record.kind, ()):
                waiting += dossier.referring(record_class, name, record.record_id)
    return tuple(found[record_id] for record_id in sorted(found))


def entry(dossier: Dossier, incident_id: str) -> tuple[Record, ...]:
    """Return an entry, all inside it, and what that points at outside other entries, by id."""
    found = {record.record_id: record for record in family(dossier, incident_id)}
    waiting = list(found.values())
    while waiting:
        for record_id in references(waiting.pop()):
            record = dossier.get(record_id)
            if record is not None and record_id not in found and not _is_of_an_entry(record):
                found[record_id] = record
                waiting.append(record)
    return tuple(found[record_id] for record_id in sorted(found))


def _is_of_an_entry(record: Record) -> bool:
    """Return whether a record belongs to some entry and comes with that entry only."""
    return record.kind in OF_AN_ENTRY


def references(record: Record) -> Iterator[str]:
    """Yield the ids of records that a record points at, inside its parts too."""
    yield from _references(record)


def _references(value: Any) -> Iterator[str]:
    for name, spec in fields_of(type(value)).items():
        content = getattr(value, name)
        if spec.form == "ref" and content:
            yield content
        elif spec.form == "refs":
            yield from content
        elif spec.form == "part" and content is not None:
            yield from _references(content)
        elif spec.form == "parts":
            for inner in content:
                yield from _references(inner)


def texts_of(record: Record) -> Iterator[Text]:
    """Yield every text of a record that people read."""
    for field, name, text in _texts(record, ""):
        yield Text(record=record, field=field, name=name, text=text)


def _texts(value: Any, prefix: str) -> Iterator[tuple[str, str, str]]:
    for name, spec in fields_of(type(value)).items():
        contents = () if name in _NO_TEXT else _contents(spec, getattr(value, name), prefix + name)
        for place, text in contents:
            if not isinstance(text, str):
                yield from _texts(text, f"{place}.")
            elif text.strip():
                yield place, name, text


def _contents(spec: FieldSpec, content: Any, place: str) -> Iterator[tuple[str, Any]]:
    """Yield the texts and parts directly in one field."""
    if content is None:
        return
    if spec.form in ("line", "prose"):
        yield place, content
    elif spec.form == "localised":
        yield from ((f"{place}.{lang}", text) for lang, text in sorted(content.items()))
    elif spec.form in ("lines", "parts"):
        yield from ((f"{place}[{i}]", entry) for i, entry in enumerate(content))
    elif spec.form == "part":
        yield place, content
    elif spec.form == "value":
        yield from _leaves(content, place)


def _leaves(value: Any, place: str) -> Iterator[tuple[str, str]]:
    """Yield the texts inside a claimed value."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for key in sorted(value):
            yield from _leaves(value[key], f"{place}.{key}")
    elif isinstance(value, list | tuple):
        for i, entry_ in enumerate(value):
            yield from _leaves(entry_, f"{place}[{i}]")
