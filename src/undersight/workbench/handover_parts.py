"""What is gathered while a handover is packed: the objects on their way out, and their names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from undersight.vault.bags import Bag

if TYPE_CHECKING:
    from undersight.integrity.canonical import Digest
    from undersight.vault.handovers import SealProofs

_ENDINGS = {
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "audio/mpeg": ".mp3",
    "audio/ogg": ".ogg",
    "image/gif": ".gif",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "text/html": ".html",
    "text/plain": ".txt",
    "video/mp4": ".mp4",
}
_COARSE_ENDINGS = frozenset({".bin", ".txt", ".zip"})
_KEPT_ENDINGS = re.compile(
    r"\.(csv|docx|eml|gz|heic|json|jsonl|m4a|mov|odt|ods|opus|parquet|pptx|tsv|wacz|warc|wav|xlsx|xml)"
)
"""Endings of files' own names that say more than the bytes' beginning; nothing that runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An object on its way out.

    Args:
        digest: Of what goes along.
        chosen: Of what was selected: the original, where a redacted copy goes in its place.
        record: The record that goes with a redacted copy.
    """

    digest: Digest
    chosen: Digest
    record: Digest | None = None


@dataclass(slots=True)
class Packing:
    """A package while it is made.

    Args:
        items: What goes along.
        over: The seals over them, with proofs.
        types: Media type of each.
        endings: Endings of files' own names that may be kept.
        bag: Its files.
        losses: What it lacks, in words.
    """

    items: tuple[Item, ...]
    over: tuple[SealProofs, ...]
    types: dict[Digest, str]
    endings: dict[Digest, str]
    bag: Bag = field(default_factory=Bag)
    losses: list[str] = field(default_factory=list)

    def path(self, one: Item) -> str:
        """Its name in the package: no name of a file, but an ending that a reader can open."""
        ending = _ENDINGS.get(self.types[one.digest], ".bin")
        if ending in _COARSE_ENDINGS:
            ending = self.endings.get(one.digest, ending)
        return f"objects/{one.digest[:20]}{ending}"


def kept_ending(name: str) -> str:
    """The ending of a file's own name, in small letters, where it may be kept; else empty."""
    ending = PurePath(name).suffix.lower()
    return ending if _KEPT_ENDINGS.fullmatch(ending) else ""
