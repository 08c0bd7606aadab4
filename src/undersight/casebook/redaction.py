"""Taking a person out of a change: pure, so that every copy of the casebook does the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from undersight.casebook.fields import default_field
from undersight.model.change import WITHDRAWN_MARK, Change, canonical_text
from undersight.model.codec import record_class
from undersight.model.disclosure import replaced
from undersight.model.schema import fields_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undersight.casebook.mentions import Mentions
    from undersight.model.schema import FieldSpec

KEPT_OF_A_PERSON = ("party_kind", "count_min", "count_max")
"""What the changes of a withdrawn person still say, so that statistics stay right."""

LEFT_OF_A_PERSON = frozenset({*KEPT_OF_A_PERSON, "public_exposure", "visibility"})
"""What a withdrawal itself may say."""

_NOT_TEXT = ("term", "terms", "ref", "refs", "visibilities")
_TELLING_OF_OWN = ("url", "publisher_as_text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """How to take people out of changes.

    Args:
        withdrawal_ids: The withdrawals (change ids) that ask for it.
        people: The parties withdrawn.
        owned: Records that are theirs: accounts, posts, involvements, what they said.
        near: Records of incidents that they have to do with.
        find: Finds their names.
    """

    withdrawal_ids: tuple[str, ...]
    people: frozenset[str]
    owned: frozenset[str]
    near: frozenset[str]
    find: Mentions

    def of(self, change: Change) -> Change:
        """Return a change without the people; the same object where they are not in it."""
        if change.op in ("withdraw", "erase"):
            fields = dict(change.fields)
        elif change.record_id in self.people:
            fields = {n: v for n, v in change.fields.items() if n in KEPT_OF_A_PERSON}
        else:
            fields = self._fields(change)
        why = self._why(change)
        if canonical_text(fields) == canonical_text(change.fields) and why == change.why:
            return change
        erased_for = tuple(sorted({*change.erased_for, *self.withdrawal_ids}))
        return replace(change, fields=fields, why=why, erased_for=erased_for)

    def _fields(self, change: Change) -> dict[str, Any]:
        specs = fields_of(record_class(change.kind))
        is_owned = change.record_id in self.owned
        near = self._near(change)
        redacted = {}
        for name, value in change.fields.items():
            if is_owned and (specs[name].is_personal or name in _TELLING_OF_OWN):
                redacted[name] = default_field(change.kind, name)
            else:
                redacted[name] = self._value(specs[name], value, near, is_owned=is_owned)
        return redacted

    def _near(self, change: Change) -> frozenset[str]:
        is_near = change.record_id in self.near or change.record_id in self.owned
        return self.people if is_near or change.kind == "saved_search" else frozenset()

    def _why(self, change: Change) -> str:
        if change.record_id in self.people and change.op != "withdraw":
            return WITHDRAWN_MARK if change.why else ""
        near = self.people if change.record_id in self.people else self._near(change)
        return self._text(change.why, near)

    def _value(self, spec: FieldSpec, value: Any, near: frozenset[str], *, is_owned: bool) -> Any:
        """One value without the people; inside parts of what is theirs, nothing personal."""
        if not value or spec.form in _NOT_TEXT:
            return value
        if spec.part is not None:
            if spec.form == "parts":
                return [self._part(spec.part, entry, near, is_owned=is_owned) for entry in value]
            return self._part(spec.part, value, near, is_owned=is_owned)
        if spec.name == "url":
            return "" if self.find(value, near) else value
        return self._anything(value, near)

    def _part(
        self, cls: type, fields: Mapping[str, Any], near: frozenset[str], *, is_owned: bool
    ) -> dict[str, Any]:
        specs = fields_of(cls)
        return {
            name: self._value(specs[name], value, near, is_owned=is_owned)
            for name, value in fields.items()
            if not (is_owned and specs[name].is_personal)
        }

    def _anything(self, value: Any, near: frozenset[str]) -> Any:
        if isinstance(value, str):
            return self._text(value, near)
        if isinstance(value, list):
            return [self._anything(entry, near) for entry in value]
        if isinstance(value, dict):
            return {key: self._anything(entry, near) for key, entry in value.items()}
        return value

    def _text(self, text: str, near: frozenset[str]) -> str:
        return replaced(text, self.find(text, near), lambda _: WITHDRAWN_MARK)


def tells_no_more(erased: Change, known: Change) -> bool:
    """Whether an erased version of a change says nothing that the known one did not."""
    specs = fields_of(record_class(known.kind))
    names = set(known.fields)
    if known.kind == "party" and set(erased.fields) <= set(KEPT_OF_A_PERSON):
        names &= set(KEPT_OF_A_PERSON)

    def is_less(name: str) -> bool:
        value = erased.fields[name]
        may_be_emptied = specs[name].is_personal or name in _TELLING_OF_OWN
        if may_be_emptied and value == default_field(known.kind, name):
            return True
        return _is_cut(value, known.fields[name])

    is_same_form = set(erased.fields) == names
    return is_same_form and _is_cut(erased.why, known.why) and all(map(is_less, names))


def _is_cut(after: Any, before: Any) -> bool:
    """Whether nothing was done to a value but taking parts away, each under its mark."""
    if isinstance(after, str) and isinstance(before, str):
        return not after or _is_marked(after.split(WITHDRAWN_MARK), before)
    if isinstance(after, dict) and isinstance(before, dict):
        return all(key in before and _is_cut(after[key], before[key]) for key in after)
    if isinstance(after, list | tuple) and isinstance(before, list | tuple):
        return len(after) == len(before) and all(map(_is_cut, after, before))
    return bool(after == before)


def _is_marked(pieces: list[str], before: str) -> bool:
    """Whether a text is these pieces with something between each two."""
    if len(pieces) == 1:
        return pieces[0] == before
    first, *between, last = pieces
    place, end = len(first), len(before) - len(last)
    for piece in between:
        found = before.find(piece, place, max(end, place))
        if found < 0:
            return False
        place = found + len(piece)
    return before.startswith(first) and before.endswith(last) and place <= end
