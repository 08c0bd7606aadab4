"""What a record's fields are: declared once, read by storage, forms, exports, checks and docs.

A record kind is a frozen dataclass whose fields are made with the functions below
(``line()``, ``term("act_type")``, ``refs("party")``...). The declaration travels in the field's
metadata as a ``FieldSpec``, so nothing else in undersight lists field names a second time.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Form = Literal[
    "line",  # short text, one line
    "prose",  # text in one language
    "localised",  # {lang: text}
    "term",  # one id of a vocabulary
    "terms",  # several ids, in order
    "ref",  # id of one record
    "refs",  # ids of records, in order
    "lines",  # several short texts
    "date",  # FuzzyDate or None
    "count",  # int or None
    "number",  # float or None
    "flag",  # bool
    "part",  # a nested dataclass or None
    "parts",  # several nested dataclasses
    "visibilities",  # {field name: visibility}
    "value",  # any JSON value
]


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """The declaration of one field.

    Args:
        name: Field name; also SQL column and JSON key.
        form: Shape of the value.
        about: One English sentence for forms and the codebook.
        vocabulary: Vocabulary id, for ``term`` and ``terms``.
        target: Record kinds that a ``ref`` may name (empty: any kind).
        part: The nested dataclass, for ``part`` and ``parts``.
        is_personal: Whether the value can identify a person (erased on withdrawal).
        is_internal: Never leaves the team, whatever the record's visibility.
        unit: Unit of a count or number.
    """

    name: str
    form: Form
    about: str = ""
    vocabulary: str = ""
    target: tuple[str, ...] = ()
    part: type | None = None
    is_personal: bool = False
    is_internal: bool = False
    unit: str = ""


_EMPTY: dict[str, Any] = {
    "line": "",
    "prose": "",
    "term": "",
    "ref": "",
    "terms": (),
    "refs": (),
    "lines": (),
    "parts": (),
    "date": None,
    "count": None,
    "number": None,
    "part": None,
    "value": None,
    "flag": False,
}


def declared(form: Form, about: str, *, default: Any = None, **spec: Any) -> Any:
    """Declare a field of any form; the named functions below are shorter."""
    metadata = {"spec": FieldSpec(name="", form=form, about=about, **spec)}
    if form in ("localised", "visibilities"):
        return dataclasses.field(default_factory=dict, metadata=metadata)
    value = _EMPTY[form] if default is None else default
    return dataclasses.field(default=value, metadata=metadata)


def line(about: str, **spec: Any) -> Any:
    """Declare a short text."""
    return declared("line", about, **spec)


def lines(about: str, **spec: Any) -> Any:
    """Declare several short texts."""
    return declared("lines", about, **spec)


def prose(about: str, **spec: Any) -> Any:
    """Declare a text in one language."""
    return declared("prose", about, **spec)


def localised(about: str, **spec: Any) -> Any:
    """Declare a text in several languages, ``{lang: text}``."""
    return declared("localised", about, **spec)


def term(vocabulary: str, about: str = "", **spec: Any) -> Any:
    """Declare one id of a vocabulary."""
    return declared("term", about, vocabulary=vocabulary, **spec)


def terms(vocabulary: str, about: str = "", **spec: Any) -> Any:
    """Declare several ids of a vocabulary."""
    return declared("terms", about, vocabulary=vocabulary, **spec)


def ref(*target: str, about: str = "", **spec: Any) -> Any:
    """Declare the id of one record of the ``target`` kinds."""
    return declared("ref", about, target=target, **spec)


def refs(*target: str, about: str = "", **spec: Any) -> Any:
    """Declare the ids of records of the ``target`` kinds."""
    return declared("refs", about, target=target, **spec)


def date(about: str, **spec: Any) -> Any:
    """Declare a fuzzy date."""
    return declared("date", about, **spec)


def count(about: str, **spec: Any) -> Any:
    """Declare a whole number, 0 or more, or nothing."""
    return declared("count", about, **spec)


def number(about: str, **spec: Any) -> Any:
    """Declare a decimal number or nothing."""
    return declared("number", about, **spec)


def flag(about: str, **spec: Any) -> Any:
    """Declare a yes or no."""
    return declared("flag", about, **spec)


def part(kind: type, about: str = "", **spec: Any) -> Any:
    """Declare a nested value."""
    return declared("part", about, part=kind, **spec)


def parts(kind: type, about: str = "", **spec: Any) -> Any:
    """Declare several nested values."""
    return declared("parts", about, part=kind, **spec)


_DECLARATIONS: dict[type, Mapping[str, FieldSpec]] = {}


def fields_of(record_class: type) -> Mapping[str, FieldSpec]:
    """Return the declarations of a record or part class, by field name, in order."""
    known = _DECLARATIONS.get(record_class)
    if known is None:
        known = {
            entry.name: dataclasses.replace(entry.metadata["spec"], name=entry.name)
            for entry in dataclasses.fields(record_class)
            if "spec" in entry.metadata
        }
        _DECLARATIONS[record_class] = known
    return known
