"""What a check of the vault found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is not as it was.

    Attributes:
        what: ``object``, ``custody``, ``intakes``, ``keys``, ``seal``, ``stamp`` or ``history``.
        kind: What happened to it, a kebab-case word.
        place: Which one: a digest, a file of the store, an entry's number, a seal's or stamp's id.
        detail: One sentence for a reader.
    """

    what: str
    kind: str
    place: str
    detail: str = ""
