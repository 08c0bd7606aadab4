"""Values on their way in and out of rows: one canonical JSON form, checked against the codec."""

from __future__ import annotations

import dataclasses
import functools
import json
import re
import sys
from typing import TYPE_CHECKING, Any

from undersight.casebook import tables as t
from undersight.errors import InvalidValueError
from undersight.model import codec
from undersight.model.change import canonical_text
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.schema import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from undersight.model.change import FoldedRecord
    from undersight.model.records import Record
    from undersight.model.schema import FieldSpec

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_SCALARS = ("line", "prose", "term", "ref", "count", "number", "flag")
_REPEATED = frozenset({"term", "ref"})
_LOADS = dict.fromkeys(("date", "terms"), functools.lru_cache(maxsize=4096)(json.loads))
"""What reads short values that stand in many rows: once. The codec makes its own object of it."""


def normal_fields(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values of any accepted shape (model objects or JSON) as canonical JSON.

    Raises:
        UnknownKindError: No such kind.
        UnknownFieldError: The kind has no such field.
        UnknownTermError: An id outside its vocabulary.
        InvalidDateError: Not a date.
        InvalidValueError: A value of the wrong shape, or text that no database can hold.
    """
    specs = fields_of(codec.record_class(kind))
    raw = {name: _as_json(value) for name, value in values.items()}
    read = codec.fields_from_json(kind, raw)
    normal = {name: codec.field_to_json(specs[name], value) for name, value in read.items()}
    for name, value in normal.items():
        _refuse_unstorable(kind, name, value)
    return normal


def default_field(kind: str, name: str) -> Any:
    """Return the JSON of a field that was never written."""
    cls = codec.record_class(kind)
    declared = next(f for f in dataclasses.fields(cls) if f.name == name)
    if declared.default_factory is not dataclasses.MISSING:
        return codec.field_to_json(fields_of(cls)[name], declared.default_factory())
    return codec.field_to_json(fields_of(cls)[name], declared.default)


def row_of(folded: FoldedRecord) -> dict[str, Any]:
    """Return the current-state row of a record."""
    row: dict[str, Any] = {
        **_default_cells(folded.kind),
        "record_id": folded.record_id,
        "rev": folded.n_changes,
        "created_at_us": folded.created_at_us,
        "updated_at_us": folded.updated_at_us,
        "is_retracted": folded.is_retracted,
    }
    specs = fields_of(codec.record_class(folded.kind))
    for name, value in folded.fields.items():
        if name in specs:  # a field of an older model stays in the log
            row |= _cells(specs[name], value)
    return row


def records_of_rows(kind: str, rows: Iterable[Sequence[Any]]) -> Iterator[Record]:
    """Yield the records that current-state rows hold.

    Args:
        kind: Their kind.
        rows: All columns of the kind's table, in order.
    """
    place, cells = _cells_to_read(kind)
    for row in rows:
        # Ids and terms stand in many rows: one copy of each is enough.
        raw: dict[str, Any] = {"kind": kind, "record_id": sys.intern(row[place])}
        for at, name, form, default in cells:
            cell = row[at]
            # Most cells hold what they hold where nobody wrote anything.
            if cell is not None and cell != default:
                if form in _REPEATED:
                    cell = sys.intern(cell)
                raw[name] = cell if form in _SCALARS else _LOADS.get(form, json.loads)(cell)
        yield codec.from_json(raw)


def record_of_fields(kind: str, record_id: str, fields: Mapping[str, Any]) -> Record:
    """Return the record that has these JSON fields; those of an older model are left out."""
    specs = fields_of(codec.record_class(kind))
    known = {name: value for name, value in fields.items() if name in specs}
    return codec.from_json({**known, "kind": kind, "record_id": record_id})


def links_of(kind: str, fields: Mapping[str, Any]) -> Iterator[tuple[str, FieldSpec, str]]:
    """Yield ``(path, declaration, id)`` for every reference in JSON fields, nested ones too."""
    yield from _links(codec.record_class(kind), fields, "")


def _links(
    cls: type, fields: Mapping[str, Any], above: str
) -> Iterator[tuple[str, FieldSpec, str]]:
    for name, spec in fields_of(cls).items():
        value = fields.get(name)
        if not value:
            continue
        path = f"{above}{name}"
        if spec.form == "ref":
            yield path, spec, value
        elif spec.form == "refs":
            for record_id in value:
                yield path, spec, record_id
        elif spec.part is not None:
            for entry in [value] if spec.form == "part" else value:
                yield from _links(spec.part, entry, f"{path}.")


@functools.cache
def _cells_to_read(kind: str) -> tuple[int, tuple[tuple[int, str, str, Any], ...]]:
    """Place of the id; of each field: place, name, form, default."""
    places = {column.name: place for place, column in enumerate(t.KIND_TABLES[kind].columns)}
    defaults = _default_cells(kind)
    specs = fields_of(codec.record_class(kind))
    return places["record_id"], tuple(
        (places[name], name, spec.form, defaults[name]) for name, spec in specs.items()
    )


@functools.cache
def _default_cells(kind: str) -> dict[str, Any]:
    """The cells of a record that nobody wrote anything to."""
    cells: dict[str, Any] = {}
    for name, spec in fields_of(codec.record_class(kind)).items():
        cells |= _cells(spec, default_field(kind, name))
    return cells


def _cells(spec: FieldSpec, value: Any) -> dict[str, Any]:
    if spec.form in _SCALARS:
        return {spec.name: value}
    text = None if value is None else canonical_text(value)
    if spec.form != "date":
        return {spec.name: text}
    days = value or {}
    return {
        spec.name: text,
        f"{spec.name}_earliest": days.get("earliest"),
        f"{spec.name}_latest": days.get("latest"),
    }


def _as_json(value: Any) -> Any:
    """Model objects inside a value become the JSON that the codec reads."""
    if isinstance(value, FuzzyDate):
        return value.to_json()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: _as_json(getattr(value, name)) for name in fields_of(type(value))}
    if isinstance(value, list | tuple):
        return [_as_json(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _as_json(entry) for key, entry in value.items()}
    return value


def _refuse_unstorable(kind: str, name: str, value: Any) -> None:
    """NUL ends a text in PostgreSQL, and half a surrogate pair has no UTF-8."""
    for text in texts_in(value):
        if _UNSTORABLE.search(text):
            raise InvalidValueError(kind, name, "text without NUL characters", "text with one")


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text inside a JSON value, keys of objects included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield key
            yield from texts_in(entry)
    elif isinstance(value, list | tuple):
        for entry in value:
            yield from texts_in(entry)
