"""Records to JSON and back, strictly: an unknown field or term is refused by name.

``to_json`` leaves out fields that hold their default, so that a new field added later changes
no stored bytes; ``from_json(to_json(record)) == record`` for every record.
"""

from __future__ import annotations

import dataclasses
import difflib
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from undersight.errors import InvalidValueError, UnknownFieldError, UnknownKindError
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.records import KINDS, Record
from undersight.model.schema import FieldSpec, fields_of
from undersight.model.vocabulary import vocabulary

_TEXT = ("line", "prose", "ref")
_TEXTS = ("lines", "refs")
# Forms hold what was written: a field that takes a number reads it from the text.
_NUMBER = re.compile(r"\d{1,15}(?:\.\d{1,6})?")
_FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def record_class(kind: str) -> type[Record]:
    """Return the dataclass of a record kind.

    Raises:
        UnknownKindError: No such kind.
    """
    try:
        return KINDS[kind]
    except KeyError:
        near = tuple(difflib.get_close_matches(kind, KINDS, n=3))
        raise UnknownKindError(kind, near) from None


def to_json(value: Record) -> dict[str, Any]:
    """Return a record's JSON object, with ``kind`` and ``record_id``, defaults left out."""
    return {"kind": value.kind, "record_id": value.record_id, **_fields_to_json(value)}


def from_json(raw: Mapping[str, Any]) -> Record:
    """Build a record from its JSON object.

    Raises:
        UnknownKindError: No such record kind.
        UnknownFieldError: A field that the kind does not have.
        UnknownTermError: An id outside its vocabulary.
        InvalidValueError: A value of the wrong shape.
        InvalidDateError: A date that is none.
    """
    kind = raw.get("kind")
    if not isinstance(kind, str):
        msg = "record"
        raise InvalidValueError(msg, "kind", "the name of a record kind", _found(kind))
    cls = record_class(kind)
    record_id = raw.get("record_id")
    if not isinstance(record_id, str) or not record_id:
        raise InvalidValueError(kind, "record_id", "an id", _found(record_id))
    fields = {name: v for name, v in raw.items() if name not in ("kind", "record_id")}
    return cls(record_id=record_id, **fields_from_json(kind, fields))


def fields_from_json(kind: str, raw: Mapping[str, Any], *, where: str = "") -> dict[str, Any]:
    """Return constructor arguments for some fields of a record kind (for patches and forms).

    Args:
        kind: Record kind.
        raw: JSON values by field name.
        where: Place in the input to name in errors, such as ``acts[0]``.

    Raises:
        UndersightError: As ``from_json``.
    """
    label = f"{where} ({kind})" if where else kind
    return _read_fields(label, record_class(kind), raw)


def field_to_json(spec: FieldSpec, value: Any) -> Any:
    """Return one field's value as JSON."""
    if spec.form == "date":
        return None if value is None else value.to_json()
    if spec.form == "part":
        return None if value is None else _fields_to_json(value)
    if spec.form == "parts":
        return [_fields_to_json(entry) for entry in value]
    if spec.form in ("terms", "refs", "lines"):
        return list(value)
    if spec.form in ("localised", "visibilities"):
        return dict(sorted(value.items()))
    return value


def _fields_to_json(value: Any) -> dict[str, Any]:
    defaults = _defaults(type(value))
    written = {}
    for name, spec in fields_of(type(value)).items():
        content = getattr(value, name)
        if content != defaults[name]:
            written[name] = field_to_json(spec, content)
    return written


_DEFAULTS: dict[type, Mapping[str, Any]] = {}


def _defaults(cls: type) -> Mapping[str, Any]:
    if cls in _DEFAULTS:
        return _DEFAULTS[cls]
    found: dict[str, Any] = {}
    for entry in dataclasses.fields(cls):
        if entry.default_factory is not dataclasses.MISSING:
            found[entry.name] = entry.default_factory()
        elif entry.default is not dataclasses.MISSING:
            found[entry.name] = entry.default
    _DEFAULTS[cls] = found
    return found


def _read_fields(kind: str, cls: type, raw: Mapping[str, Any]) -> dict[str, Any]:
    specs = fields_of(cls)
    read = {}
    for name, value in raw.items():
        spec = specs.get(name)
        if spec is None:
            near = tuple(difflib.get_close_matches(name, specs, n=3))
            raise UnknownFieldError(kind, name, near)
        read[name] = _read_value(kind, spec, value)
    return read


def _read_value(kind: str, spec: FieldSpec, value: Any) -> Any:
    form = spec.form
    if form in _TEXT:
        return _text(kind, spec.name, value)
    if form == "term":
        return _term(kind, spec, value)
    if form in _TEXTS:
        return tuple(_text(kind, spec.name, entry) for entry in _list(kind, spec.name, value))
    if form == "terms":
        return tuple(_term(kind, spec, entry) for entry in _list(kind, spec.name, value))
    if form == "date":
        return _date(kind, spec.name, value)
    if form in ("part", "parts"):
        return _parts(kind, spec, value)
    return _scalar(kind, spec, value)


def _scalar(kind: str, spec: FieldSpec, value: Any) -> Any:
    form, name = spec.form, spec.name
    if form == "localised":
        return _texts_by_key(kind, name, value)
    if form == "visibilities":
        levels = _texts_by_key(kind, name, value)
        for level in levels.values():
            vocabulary("visibility").term(level, name)
        return levels
    if form == "flag":
        flag = _FLAGS.get(value.lower()) if isinstance(value, str) else value
        if not isinstance(flag, bool):
            raise InvalidValueError(kind, name, "true or false", _found(value))
        return flag
    if form == "value":
        return value
    return _amount(kind, spec, value)


def _amount(kind: str, spec: FieldSpec, value: Any) -> int | float | None:
    if value is None:
        return None
    value = number_written(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InvalidValueError(kind, spec.name, "a number, 0 or more", _found(value))
    if not 0 <= value < math.inf:
        raise InvalidValueError(kind, spec.name, "a number, 0 or more", "another number")
    if spec.form == "count":
        if value != int(value):
            raise InvalidValueError(kind, spec.name, "a whole number", _found(value))
        return int(value)
    return value


def number_written(value: Any) -> Any:
    """Return the number that a text is; anything else as it stands."""
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return float(value) if "." in value else int(value)
    return value


def _parts(kind: str, spec: FieldSpec, value: Any) -> Any:
    if spec.part is None:
        raise TypeError(spec.name)
    if spec.form == "part":
        return None if value is None else _part(kind, spec.name, spec.part, value)
    entries = _list(kind, spec.name, value)
    return tuple(
        _part(kind, f"{spec.name}[{i}]", spec.part, entry) for i, entry in enumerate(entries)
    )


def _part(kind: str, where: str, cls: type, value: Any) -> Any:
    if not isinstance(value, Mapping):
        raise InvalidValueError(kind, where, "a group of fields", _found(value))
    return cls(**_read_fields(f"{kind}.{where}", cls, value))


def _date(kind: str, name: str, value: Any) -> FuzzyDate | None:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return FuzzyDate.parse(value, field=f"{kind}.{name}")
    if isinstance(value, Mapping):
        return FuzzyDate.from_json(dict(value))
    raise InvalidValueError(kind, name, "a date", _found(value))


def _term(kind: str, spec: FieldSpec, value: Any) -> str:
    text = _text(kind, spec.name, value)
    if text:
        vocabulary(spec.vocabulary).term(text, f"{kind}.{spec.name}")
    return text


def _text(kind: str, name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise InvalidValueError(kind, name, "text", _found(value))
    return value


def _texts_by_key(kind: str, name: str, value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise InvalidValueError(kind, name, "text by language, such as {en: ...}", _found(value))
    return {key: _text(kind, f"{name}.{key}", text) for key, text in value.items()}


def _list(kind: str, name: str, value: Any) -> Sequence[Any]:
    if not isinstance(value, list | tuple):
        raise InvalidValueError(kind, name, "a list", _found(value))
    return value


def _found(value: Any) -> str:
    """Name a wrong value's type; never its content, which may be confidential."""
    names = {str: "text", dict: "a group of fields", list: "a list", bool: "true/false"}
    return "nothing" if value is None else names.get(type(value), "a number")
