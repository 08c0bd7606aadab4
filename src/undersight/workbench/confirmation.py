"""A person's walk through one drafted entry: every field seen, kept, changed or rejected.

Pure state: the terminal and the browser both drive it. Accepting an entry accepts what is not
rejected; nothing enters that was not on the screen.
"""

from __future__ import annotations

import dataclasses
import difflib
from dataclasses import dataclass, field
from typing import Any, Literal

from undersight.errors import InvalidDraftError, NothingToUndoError
from undersight.model.draft import ROLES, TERM_KINDS, DraftEntry, DraftField, check_value
from undersight.model.vocabulary import vocabulary

State = Literal["proposed", "changed", "rejected"]


@dataclass(slots=True)
class Confirmation:
    """The state of one entry while a person looks at it.

    Args:
        entry: The proposed entry.
        cursor: Index of the field looked at.
    """

    entry: DraftEntry
    cursor: int = 0
    values: list[DraftField] = field(default_factory=list)
    states: list[State] = field(default_factory=list)
    past: list[tuple[int, DraftField, State]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.values = list(self.entry.fields)
        self.states = ["proposed"] * len(self.values)

    def move(self, step: int) -> None:
        """Move the cursor by ``step`` fields, staying inside the list."""
        self.cursor = max(0, min(len(self.values) - 1, self.cursor + step))

    def reject(self) -> None:
        """Reject the field under the cursor, or take it back in; then go on."""
        self._remember()
        was = self.states[self.cursor]
        is_as_proposed = self.values[self.cursor] == self.entry.fields[self.cursor]
        kept: State = "proposed" if is_as_proposed else "changed"
        self.states[self.cursor] = kept if was == "rejected" else "rejected"
        self.move(1)

    def change(self, **changes: Any) -> None:
        """Change value, role or act (``of``) of the field under the cursor.

        Raises:
            InvalidDraftError: The value has not the shape of its kind, the role is none, or
                ``of`` names no act.
        """
        changed = dataclasses.replace(self.values[self.cursor], **changes)
        check_value(changed.kind, changed.value)
        if changed.role is not None and changed.role not in ROLES:
            msg = "role"
            raise InvalidDraftError(msg, f"expected one of {', '.join(ROLES)}")
        if changed.of is not None and not self._is_act(changed.of):
            msg = "act"
            raise InvalidDraftError(msg, "expected the number of an act in this entry")
        self._remember()
        self.values[self.cursor] = changed
        self.states[self.cursor] = "changed"

    def undo(self) -> None:
        """Take back the last change or rejection.

        Raises:
            NothingToUndoError: Nothing was changed.
        """
        if not self.past:
            raise NothingToUndoError
        self.cursor, value, state = self.past.pop()
        self.values[self.cursor] = value
        self.states[self.cursor] = state

    def kept(self) -> dict[int, DraftField]:
        """Return what goes in, by index.

        A field keeps its tie to a rejected act: that act is not there, and no other is meant.
        """
        return {i: value for i, value in enumerate(self.values) if self.states[i] != "rejected"}

    def _is_act(self, index: int) -> bool:
        return 0 <= index < len(self.values) and self.values[index].kind == "act"

    def _remember(self) -> None:
        self.past.append((self.cursor, self.values[self.cursor], self.states[self.cursor]))


def suggestions(proposed: DraftField, typed: str = "") -> tuple[str, ...]:
    """Return values to choose from: other readings first, then terms near what was typed.

    Args:
        proposed: The field to change.
        typed: What the person typed so far.
    """
    found = [value for value in proposed.alternatives if isinstance(value, str)]
    if proposed.kind in TERM_KINDS:
        terms = vocabulary(TERM_KINDS[proposed.kind]).terms
        near = [term_id for term_id in terms if typed and typed.lower() in term_id]
        near += difflib.get_close_matches(typed or str(proposed.value), terms, n=6, cutoff=0.4)
        found += near
    return tuple(dict.fromkeys(value for value in found if value != proposed.value))[:9]
