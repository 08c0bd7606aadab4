"""Numbers with what they count, as text of a cell that a program can read again."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from undersight.exporters.csv.cells import edtf
from undersight.model.fuzzy_date import FuzzyDate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.model.parts import Loss, Quantity, Sentence


def quantity(stated: Quantity) -> str:
    """Return a number as ``what=low-high unit``, with total and the length of the source's list.

    >>> from undersight.model.parts import Quantity
    >>> quantity(Quantity(what="bribe", amount=2000, unit="money", currency="AZN"))
    'bribe=2000 AZN'
    """
    if stated.amount is None:
        return f"{stated.what}={stated.as_text}" if stated.as_text else ""
    top = "" if stated.amount_max is None else f"-{_number(stated.amount_max)}"
    marks = (
        "about" if stated.is_rounded else "",
        f"of {_number(stated.of_total)}" if stated.of_total is not None else "",
        f"listed {stated.n_listed}" if stated.n_listed is not None else "",
    )
    unit = stated.currency or stated.unit
    parts = (f"{stated.what}={_number(stated.amount)}{top}", unit, *marks)
    return " ".join(part for part in parts if part)


def penalty(sentence: Sentence) -> str:
    """Return a penalty as kind, amount and unit; in its own words where it has no number."""
    if sentence.amount is None:
        return sentence.kind or sentence.as_text
    unit = sentence.currency or sentence.unit
    suspended = "suspended" if sentence.is_suspended else ""
    return " ".join(filter(None, (sentence.kind, _number(sentence.amount), unit, suspended)))


def loss(lost: Loss) -> Iterator[str]:
    """Yield what was lost as ``field=value``."""
    for field in dataclasses.fields(lost):
        value = getattr(lost, field.name)
        if isinstance(value, FuzzyDate):
            yield f"{field.name}={edtf(value)}"
        elif value not in (None, ""):
            yield f"{field.name}={_number(value) if isinstance(value, float) else value}"


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)
