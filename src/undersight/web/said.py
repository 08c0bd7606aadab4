"""A sentence for the next page, with what it takes to undo what it tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable


class Said(str):
    """A sentence that the next page shows once, with a button that takes it back.

    Attributes:
        undo: Ids of the changes that the button takes back; without any there is no button.
        then: Where to go afterwards; empty for the page on which it is shown.
    """

    __slots__ = ("then", "undo")
    undo: tuple[str, ...]
    then: str

    def __new__(cls, text: str, *, undo: Iterable[str] = (), then: str = "") -> Self:
        """Return the sentence."""
        made = super().__new__(cls, text)
        made.undo, made.then = tuple(undo), then
        return made
