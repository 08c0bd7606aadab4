"""A year in Qaravel, a country that does not exist, told in four languages.

``entries/*.yaml`` hold one entry each as a monitor would have confirmed it: the day it was
recorded, the entry document, who may be named and why, and what came later. ``logs/*.txt`` are
running logs as pasted text, for drafting.
"""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator


def entries() -> tuple[dict[str, Any], ...]:
    """Return every entry with its later updates, in order of the day it was recorded."""
    found = [_plain(yaml.safe_load(text)) for _, text in _files("entries", ".yaml")]
    return tuple(sorted(found, key=lambda entry: str(entry["recorded"])))


def logs() -> tuple[tuple[str, str], ...]:
    """Return the running logs as (file name, text)."""
    return tuple(_files("logs", ".txt"))


def _files(folder: str, suffix: str) -> Iterator[tuple[str, str]]:
    place = resources.files("undersight.synth.qaravel").joinpath(folder)
    for entry in sorted(place.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(suffix):
            yield entry.name, entry.read_text(encoding="utf-8")


def _plain(value: Any) -> Any:
    """YAML reads days as dates; entry documents hold them as text."""
    import datetime as dt

    if isinstance(value, dict):
        return {str(name): _plain(entry) for name, entry in value.items()}
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    return value.isoformat() if isinstance(value, dt.date) else value
