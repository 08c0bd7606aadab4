"""Changes, and the record they add up to: the source of truth of the casebook.

A change says who wrote which fields of which record, when, why, and knowing which earlier changes
(its ``parents``: the heads of the record when it was written). ``fold`` turns a set of changes
into a record. It is a pure function of the **set**: order, partition and duplication do not
matter, so history, as-of views, undo and the merge of two laptops are all the same operation.

A write supersedes the writes it knew of. Several writes that did not know of each other and
differ are a conflict: one value is shown by rule, every value is kept and listed, and a later
change that knows them all settles it. Where each of them only added to a list of ids or words
nobody disagrees: the record has what each of them added.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from undersight.errors import MalformedChangeError

Op = Literal["put", "retract", "restore", "withdraw", "erase"]
OPS: tuple[Op, ...] = ("put", "retract", "restore", "withdraw", "erase")

AHEAD_US = 86_400_000_000
"""How far a colleague's clock may be ahead: a day, so that no time zone set wrong matters."""

_OPENNESS = ("public", "partner", "internal")

WITHDRAWN_MARK = "[withdrawn]"
"""What stands in a text where the name of a withdrawn person stood."""

RETRACTION = "is_retracted"
"""The name under which a disagreement on whether a record stands is listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change to one record.

    Args:
        change_id: UUIDv7.
        record_id: The record changed.
        kind: Its kind.
        parents: The record's heads when this was written; empty for its first change.
        at_us: When it was written, microseconds UTC; later than every parent.
        author: Random staff id.
        op: ``put`` writes fields; ``retract`` and ``restore`` take the record out and back;
            ``withdraw`` leaves a tombstone with these fields and no others; ``erase`` is a note
            of this copy's log about bodies that were rewritten, and says nothing of the record.
        fields: New JSON values by field name; a field not named is untouched.
        why: The reason, in the author's words.
        erased_for: Withdrawals (change ids) after which this change was rewritten.
        received_at_us: When this copy got it, by this computer's clock; None where that is not
            known. It is no part of the change.
    """

    change_id: str
    record_id: str
    kind: str
    parents: tuple[str, ...] = ()
    at_us: int
    author: str
    op: Op = "put"
    fields: Mapping[str, Any] = field(default_factory=dict)
    why: str = ""
    erased_for: tuple[str, ...] = ()
    received_at_us: int | None = field(default=None, compare=False, repr=False)

    @property
    def is_ahead(self) -> bool:
        """Whether it is dated more than a day after it came: somebody's clock is wrong."""
        return self.received_at_us is not None and self.at_us > self.received_at_us + AHEAD_US

    @property
    def believed_us(self) -> int:
        """When it was written as far as that can be believed, microseconds UTC."""
        if self.received_at_us is None or not self.is_ahead:
            return self.at_us
        return self.received_at_us

    @property
    def order(self) -> tuple[int, str]:
        """Place in time; ids decide between equal times."""
        return self.at_us, self.change_id

    @property
    def header(self) -> tuple[Any, ...]:
        """What no rewriting may alter."""
        return (
            self.change_id,
            self.record_id,
            self.kind,
            tuple(sorted(self.parents)),
            self.at_us,
            self.author,
            self.op,
        )

    def writes(self) -> dict[str, Any]:
        """Return what this change sets, the record's standing included."""
        if self.op == "put":
            return dict(self.fields)
        if self.op in ("retract", "restore"):
            return {RETRACTION: self.op == "retract"}
        return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One of several values that stand side by side."""

    change_id: str
    author: str
    at_us: int
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A field that was set to different values by people who did not know of each other.

    Args:
        record_id: The record.
        kind: Its kind.
        field: The field, or ``is_retracted``.
        candidates: All values, in order of time, of visibilities the narrowest last; the last
            is the one shown meanwhile.
    """

    record_id: str
    kind: str
    field: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldedRecord:
    """What a record's changes add up to.

    Args:
        record_id: The record.
        kind: Its kind.
        fields: JSON values by field name, in order of name; a field never written is not named.
        conflicts: Disagreements, in order of field name.
        is_retracted: Whether it was taken out.
        heads: Changes that no other change knows of, sorted: the parents of the next one.
        created_at_us: Time of its first change.
        updated_at_us: Time of its last change.
        n_changes: How many changes it has.
        withdrawn_at_us: When the person was withdrawn; None for every other record.
    """

    record_id: str
    kind: str
    fields: Mapping[str, Any]
    conflicts: tuple[Conflict, ...] = ()
    is_retracted: bool = False
    heads: tuple[str, ...] = ()
    created_at_us: int
    updated_at_us: int
    n_changes: int = 1
    withdrawn_at_us: int | None = None

    @property
    def is_withdrawn(self) -> bool:
        """Whether it is the tombstone of a person who was withdrawn."""
        return self.withdrawn_at_us is not None


def fold(changes: Iterable[Change]) -> FoldedRecord | None:
    """Return what the changes of one record add up to; None where there are none.

    Args:
        changes: Changes of one record, in any order, any of them more than once.
    """
    known = _distinct(changes)
    if not known:
        return None
    before = _ancestors(known)
    values, conflicts = _settled(known, before)
    tombstones = [change for change in known if change.op == "withdraw"]
    if tombstones:
        values, conflicts = dict(tombstones[0].fields), ()
    is_retracted = bool(values.pop(RETRACTION, False)) and not tombstones
    superseded = 0
    for mask in before:
        superseded |= mask
    return FoldedRecord(
        record_id=known[0].record_id,
        kind=known[0].kind,
        fields={name: values[name] for name in sorted(values)},
        conflicts=conflicts,
        is_retracted=is_retracted,
        heads=tuple(sorted(c.change_id for i, c in enumerate(known) if not superseded >> i & 1)),
        created_at_us=min(change.believed_us for change in known),
        updated_at_us=max(change.believed_us for change in known),
        n_changes=len(known),
        withdrawn_at_us=tombstones[0].at_us if tombstones else None,
    )


def known_to(change_id: str, changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return the changes that a change knew of (its ancestors), in order of time."""
    known = _distinct(changes)
    place = next((i for i, change in enumerate(known) if change.change_id == change_id), None)
    if place is None:
        return ()
    mask = _ancestors(known)[place]
    return tuple(change for i, change in enumerate(known) if mask >> i & 1)


def latest_writes(name: str, changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return the writes of a field that no later write knows of, in order of time."""
    known = _distinct(changes)
    return tuple(known[i] for i in _standing(name, known, _ancestors(known)))


def more_erased(one: Change, other: Change) -> Change:
    """Return the version of one change that tells less, when two copies rewrote it differently.

    The choice is the same whichever copy makes it, so copies that exchange changes agree.
    """
    return max(one, other, key=_erasure)


def canonical_text(value: Any) -> str:
    """Return a JSON value as text, the same for equal values."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def change_to_json(change: Change) -> dict[str, Any]:
    """Return a change as a JSON object (for bundles and dumps)."""
    raw: dict[str, Any] = {
        "change_id": change.change_id,
        "record_id": change.record_id,
        "kind": change.kind,
        "parents": sorted(change.parents),
        "at_us": change.at_us,
        "author": change.author,
        "op": change.op,
        "fields": dict(change.fields),
        "why": change.why,
    }
    if change.erased_for:
        raw["erased_for"] = sorted(change.erased_for)
    return raw


def change_from_json(raw: Any) -> Change:
    """Read what ``change_to_json`` wrote.

    Raises:
        MalformedChangeError: Not of that form.
    """
    if not isinstance(raw, Mapping):
        raise MalformedChangeError(change_id="", reason="it is not an object")
    change_id = raw.get("change_id")
    name = change_id if isinstance(change_id, str) else ""
    shapes: dict[str, type] = {
        "change_id": str,
        "record_id": str,
        "kind": str,
        "at_us": int,
        "author": str,
        "op": str,
        "fields": dict,
        "why": str,
    }
    for key, shape in shapes.items():
        if not isinstance(raw.get(key), shape) or isinstance(raw.get(key), bool):
            raise MalformedChangeError(name, f"its “{key}” is missing or of the wrong shape")
    if raw["op"] not in OPS:
        raise MalformedChangeError(name, "its “op” is not known")
    lists = {key: raw.get(key, []) for key in ("parents", "erased_for")}
    for key, entries in lists.items():
        if not isinstance(entries, list) or not all(isinstance(e, str) for e in entries):
            raise MalformedChangeError(name, f"its “{key}” is not a list of ids")
    given: dict[str, Any] = {key: raw[key] for key in shapes}
    given |= {key: tuple(sorted(set(entries))) for key, entries in lists.items()}
    return Change(**given)


def _distinct(changes: Iterable[Change]) -> list[Change]:
    """Each change once, in order of time; notes of erasure say nothing about a record."""
    found: dict[str, Change] = {}
    for change in changes:
        if change.op != "erase":
            before = found.get(change.change_id)
            found[change.change_id] = more_erased(before, change) if before else change
    return sorted(found.values(), key=lambda change: change.order)


def _ancestors(known: Sequence[Change]) -> list[int]:
    """For each change, a bit mask of those it knew of.

    A parent that is not here, or not earlier, counts as unknown: a forged circle cannot make a
    write vanish.
    """
    place = {change.change_id: i for i, change in enumerate(known)}
    masks: list[int] = []
    for i, change in enumerate(known):
        mask = 0
        for parent in change.parents:
            j = place.get(parent, i)
            if j < i:
                mask |= masks[j] | 1 << j
        masks.append(mask)
    return masks


def _standing(name: str, known: Sequence[Change], before: Sequence[int]) -> list[int]:
    """The writes of one field that no other write of it knows of."""
    writers = [i for i, change in enumerate(known) if name in change.writes()]
    superseded = 0
    for i in writers:
        superseded |= before[i]
    return [i for i in writers if not superseded >> i & 1]


def _settled(
    known: Sequence[Change], before: Sequence[int]
) -> tuple[dict[str, Any], tuple[Conflict, ...]]:
    """The value of each field, and where several stand."""
    values: dict[str, Any] = {}
    if len(known) == 1:
        return known[0].writes(), ()
    conflicts = []
    for name in sorted({name for change in known for name in change.writes()}):
        places = _standing(name, known, before)
        # Whose clock is years ahead would have the last word on every field, for years.
        standing = sorted(
            (known[i] for i in places),
            key=lambda change: (_care(name, change), change.believed_us, change.order),
        )
        values[name] = standing[-1].writes()[name]
        if len({canonical_text(change.writes()[name]) for change in standing}) > 1:
            added = _all_added(name, known, before, places)
            if added is None:
                conflicts.append(_conflict(name, standing))
            else:
                values[name] = added
    return values, tuple(conflicts)


def _all_added(
    name: str, known: Sequence[Change], before: Sequence[int], places: Sequence[int]
) -> list[str] | None:
    """What several writes of one list come to where each only added to it; None where not."""
    lists = [known[i].writes()[name] for i in places]
    if not all(map(_is_of_words, lists)):
        return None
    common = ~0
    for i in places:
        common &= before[i]
    earlier = [i for i, c in enumerate(known) if common >> i & 1 and name in c.writes()]
    superseded = 0
    for i in earlier:
        superseded |= before[i]
    bases = [known[i].writes()[name] for i in earlier if not superseded >> i & 1]
    if not all(map(_is_of_words, bases)):
        return None
    base = {word for words in bases for word in words}
    if any(not base.issubset(words) for words in lists):
        return None
    return list(dict.fromkeys(word for words in lists for word in words))


def _care(name: str, change: Change) -> int:
    """How careful a write is: who may see a record is what the more careful one says meanwhile."""
    if name != "visibility":
        return 0
    value = change.writes()[name]
    return _OPENNESS.index(value) if value in _OPENNESS else len(_OPENNESS)


def _is_of_words(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(word, str) for word in value)


def _conflict(name: str, standing: Sequence[Change]) -> Conflict:
    return Conflict(
        record_id=standing[0].record_id,
        kind=standing[0].kind,
        field=name,
        candidates=tuple(
            Candidate(
                change_id=change.change_id,
                author=change.author,
                at_us=change.at_us,
                value=change.writes()[name],
            )
            for change in standing
        ),
    )


def _erasure(change: Change) -> tuple[int, int, str]:
    text = canonical_text(change_to_json(change))
    return len(set(change.erased_for)), text.count(WITHDRAWN_MARK), text
