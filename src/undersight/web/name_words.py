"""Why two names are shown as maybe one, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

NAME_REASONS = frozenset(
    {
        _("the same spelling"),
        _("the same name in another spelling"),
        _("the ending of a man's and of a woman's surname"),
        _("a short form of the same name"),
        _("alike, but not the same"),
        _("two names"),
        _("two fathers"),
        _("no name to compare"),
        _("a man's and a woman's name"),
        _("an initial stands for many names"),
        _("the initial is another"),
        _("one name has no father's name"),
        _("one word is not a whole name"),
        _("only one word to compare"),
        _("a word has no counterpart"),
        _("father and son changed places"),
        _("another order, and nothing tells the surname"),
        _("another order"),
        _("given and father's names agree, the surname is another"),
        _("the same letters, divided into other words"),
    }
)
"""All that the comparison of names says."""


def reason_in(reason: str, translate: Callable[[str], str]) -> str:
    """Return a reason in another language; the words of the names stay as they are.

    Args:
        reason: An English phrase, and after a colon the words it is about.
        translate: Gives a phrase in the language wanted.
    """
    told, colon, words = reason.partition(": ")
    return f"{translate(told)}{colon}{words}" if told in NAME_REASONS else reason
