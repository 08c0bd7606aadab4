"""What the kinds of page are called, and one line of a list of names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.text.folding import fold

if TYPE_CHECKING:
    from undersight.presentation.presenter import Presenter


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of a list of names."""

    href: str
    name: str
    about: str = ""
    lang: str = ""
    n: int = 0

    @property
    def sort_key(self) -> tuple[str, str, str]:
        """Alphabetical in any script: folded first, then as written."""
        return fold(self.name), self.name, self.href


def kind_names(words: Presenter) -> dict[str, str]:
    """Return the headings of the kinds of page."""
    return {
        "person": words.t("People"),
        "organisation": words.t("Organisations"),
        "outlet": words.t("Media outlets"),
        "page": words.t("Pages and sites"),
        "agency": words.t("Public bodies"),
        "platform": words.t("Platforms"),
        "article": words.t("Articles of law"),
        "act": words.t("Kinds of act"),
        "place": words.t("Places"),
    }


def list_href(kind: str) -> str:
    """Return the list of a kind of page."""
    return f"names/{kind}.html"
