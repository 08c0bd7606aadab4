"""An append-only hash chain: each entry carries the hash of the one before.

A chain shows that an entry was edited, dropped from the middle or moved. It cannot show, alone,
that entries were cut off at the end, nor that someone who may write the file rewrote all of it:
for that its length and head must have been noted elsewhere (`ChainHead`), as a seal does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from undersight.errors import NotCanonicalError
from undersight.integrity.canonical import Digest, digest_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BreakKind = Literal["edited", "dropped", "reordered", "repeated", "truncated", "rewritten"]

GENESIS = Digest("0" * 64)
"""What the first entry of a chain names as its predecessor, unless the chain has its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainHead:
    """The length of a chain and the hash of its last entry: what an anchor remembers.

    Attributes:
        length: Number of entries.
        head: Hash of the last entry; the genesis hash of an empty chain.
    """

    length: int
    head: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainBreak:
    """The first place where a chain does not hold.

    Attributes:
        i: Index of the entry concerned, from 0.
        kind: What was done to it.
        detail: One sentence for a reader.
    """

    i: int
    kind: BreakKind
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainReport:
    """What checking a chain found.

    Attributes:
        n_entries: Entries read, whole or not.
        head: Length and hash at the last entry that still fits.
        first_break: The first break, or None.
        is_anchored: Whether a noted length and head was compared; without one, a cut end or a
            complete rewrite stays invisible.
    """

    n_entries: int
    head: ChainHead
    first_break: ChainBreak | None
    is_anchored: bool

    @property
    def is_whole(self) -> bool:
        """Whether no break was found."""
        return self.first_break is None


def link_entry(fields: Mapping[str, Any], *, after: ChainHead, domain: str) -> dict[str, Any]:
    """Add ``i``, ``prev`` and ``h`` to the fields of the next entry.

    Args:
        fields: The entry's own fields; ``i``, ``prev`` and ``h`` are set here.
        after: Where the chain stands.
        domain: What the chain is for; part of every hash.
    """
    entry = {**fields, "i": after.length, "prev": after.head}
    entry["h"] = entry_hash(entry, domain=domain)
    return entry


def entry_hash(entry: Mapping[str, Any], *, domain: str) -> Digest:
    """SHA-256 of ``domain || 0x00 || canonical(entry without h)``."""
    return digest_value({key: entry[key] for key in entry if key != "h"}, domain=domain)


def head_after(entry: Mapping[str, Any]) -> ChainHead:
    """Where a chain stands once this entry is its last."""
    return ChainHead(length=int(entry["i"]) + 1, head=Digest(str(entry["h"])))


def verify_chain(
    entries: Iterable[Mapping[str, Any]],
    *,
    domain: str,
    genesis: Digest = GENESIS,
    anchors: Iterable[ChainHead] = (),
) -> ChainReport:
    """Check a chain from its first entry and name the first break.

    Args:
        entries: The entries in the order of the file; memory grows only after a break.
        domain: What the chain is for.
        genesis: Predecessor of the first entry.
        anchors: Lengths and heads noted elsewhere, in any order.

    Returns:
        A report. A break is told, never raised: the caller knows what it means.
    """
    noted = {anchor.length: anchor for anchor in anchors}
    head = ChainHead(length=0, head=genesis)
    broken: ChainBreak | None = _against_anchor(noted, head)
    n_entries, later = 0, set[int]()
    for entry in entries:
        n_entries += 1
        if broken is None:
            broken = _break_at(entry, head, domain)
            if broken is None:
                head = head_after(entry)
                broken = _against_anchor(noted, head)
        elif isinstance(entry.get("i"), int):
            later.add(entry["i"])
    if broken is not None and broken.kind == "dropped" and broken.i in later:
        broken = ChainBreak(
            i=broken.i, kind="reordered", detail=f"Entry {broken.i} stands later in the file."
        )
    if broken is None:
        broken = _cut_short(noted, head)
    return ChainReport(n_entries=n_entries, head=head, first_break=broken, is_anchored=bool(noted))


def _break_at(entry: Mapping[str, Any], head: ChainHead, domain: str) -> ChainBreak | None:
    """How this entry fails to follow the one before, if it does."""
    i = head.length
    found = entry.get("i")
    if not _matches_own_hash(entry, domain):
        return ChainBreak(i=i, kind="edited", detail=f"Entry {i} does not match its own hash.")
    if not isinstance(found, int) or isinstance(found, bool):
        return ChainBreak(i=i, kind="edited", detail=f"Entry {i} carries no number.")
    if found > i:
        return ChainBreak(i=i, kind="dropped", detail=f"Entry {found} stands where {i} should.")
    if found < i:
        return ChainBreak(i=i, kind="repeated", detail=f"Entry {found} stands again at place {i}.")
    if entry.get("prev") != head.head:
        before = max(i - 1, 0)
        return ChainBreak(
            i=before,
            kind="rewritten",
            detail=f"Entry {i} follows another entry than the one that stands before it.",
        )
    return None


def _matches_own_hash(entry: Mapping[str, Any], domain: str) -> bool:
    """Whether ``h`` is the hash of the rest; what cannot be hashed was not written by us."""
    try:
        return bool(entry.get("h") == entry_hash(entry, domain=domain))
    except NotCanonicalError:
        return False


def _against_anchor(noted: Mapping[int, ChainHead], head: ChainHead) -> ChainBreak | None:
    """Whether an anchor of this length remembers another head."""
    anchor = noted.get(head.length)
    if anchor is None or anchor.head == head.head:
        return None
    return ChainBreak(
        i=max(head.length - 1, 0),
        kind="rewritten",
        detail=f"An anchor noted another hash for the first {head.length} entries.",
    )


def _cut_short(noted: Mapping[int, ChainHead], head: ChainHead) -> ChainBreak | None:
    """Whether an anchor remembers more entries than there are."""
    longest = max(noted, default=0)
    if longest <= head.length:
        return None
    return ChainBreak(
        i=head.length,
        kind="truncated",
        detail=f"An anchor noted {longest} entries; {head.length} are left.",
    )
