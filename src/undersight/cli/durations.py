"""Spans of time as people type them: ``60s``, ``10m``, ``1h``, ``500ms``."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import click

_UNITS_US = {"ms": 1_000, "s": 1_000_000, "m": 60_000_000, "h": 3_600_000_000, "d": 86_400_000_000}
_WRITTEN = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)?")


class Duration(click.ParamType[int]):
    """A span of time; its value is in µs. A number without a unit is seconds."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read a span of time."""
        if isinstance(value, int):
            return value
        found = _WRITTEN.fullmatch(str(value).strip().lower())
        if found is None:
            self.fail(f"“{value}” is no span of time: write 60s, 10m, 1h or 500ms", param, ctx)
        number, unit = found.groups()
        return int(Decimal(number) * _UNITS_US[unit or "s"])


DURATION = Duration()
