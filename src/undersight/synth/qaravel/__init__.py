"""A year in Qaravel, a country that does not exist, told in four languages.

``people.yaml`` holds who comes up again and again, and offices and outlets; ``laws.yaml`` the
articles cited. ``entries/*.yaml`` hold one entry each as a monitor would have confirmed it: the
day it was recorded, the entry document, who may be named and why, and what came later.
``"@key"`` names somebody of ``people.yaml``, another entry by its file's name without number, or
a part of one (``"@page-taken/first-page"``). ``logs/*.txt`` are running logs as pasted text.
"""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGE = "undersight.synth.qaravel"


# libyaml's reader is ten times faster; not every wheel of PyYAML has it.
_Reader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Plain(_Reader):  # type: ignore[misc]
    """Days stay text, as entry documents hold them, and ``on`` is a word."""


_Plain.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in found
        if not tag.endswith(":timestamp") and not (tag.endswith(":bool") and first not in "tTfF")
    ]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def entries() -> tuple[dict[str, Any], ...]:
    """Return every entry with its ``text``, in order of the day it was recorded."""
    found = []
    for name, text in _files("entries", ".yaml"):
        entry = _read(text) | {"text": text}
        entry.setdefault("key", name.removesuffix(".yaml").partition("-")[2])
        found.append(entry)
    return tuple(sorted(found, key=lambda entry: str(entry["recorded"])))


def people() -> tuple[dict[str, Any], ...]:
    """Return those who come up in several entries, outlets and offices, each with a ``key``."""
    return tuple(_read(_text("people.yaml"))["people"])


def laws() -> tuple[dict[str, Any], ...]:
    """Return the articles that entries cite, as fields of provisions."""
    return tuple(_read(_text("laws.yaml"))["laws"])


def logs() -> tuple[tuple[str, str], ...]:
    """Return the running logs as (file name, text)."""
    return tuple(_files("logs", ".txt"))


def _files(folder: str, suffix: str) -> Iterator[tuple[str, str]]:
    place = resources.files(_PACKAGE).joinpath(folder)
    for entry in sorted(place.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(suffix):
            yield entry.name, entry.read_text(encoding="utf-8")


def _text(name: str) -> str:
    return resources.files(_PACKAGE).joinpath(name).read_text(encoding="utf-8")


def _read(text: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.load(text, Loader=_Plain)  # noqa: S506 - a SafeLoader
    return read
