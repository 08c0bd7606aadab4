"""Texts that several accounts wrote: the same, or nearly."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MOST_FAMILIES = 8


@dataclass(frozen=True, slots=True)
class Family:
    """One text with its variants.

    Args:
        name: Its first member by code point.
        keys: Its normalised texts, the most frequent first.
        n_comments: Comments that say it.
        n_accounts: Accounts that say it.
    """

    name: str
    keys: tuple[str, ...]
    n_comments: int
    n_accounts: int


class Families:
    """Texts that belong together, and who wrote them.

    Args:
        family_of: Family by normalised text.
        rows: Normalised text, account, comments.
    """

    def __init__(self, family_of: Mapping[str, str], rows: Sequence[tuple[str, str, int]]) -> None:
        self.accounts: dict[str, set[str]] = defaultdict(set)
        self.n_comments: Counter[str] = Counter()
        self.by_key: dict[str, Counter[str]] = defaultdict(Counter)
        for key, account, n in rows:
            family = family_of[key]
            self.accounts[family].add(account)
            self.n_comments[family] += n
            self.by_key[family][key] += n

    @property
    def n_all(self) -> int:
        """Comments that were compared."""
        return self.n_comments.total()

    @property
    def n_repeated(self) -> int:
        """Comments of families that two accounts or more wrote."""
        return sum(n for one, n in self.n_comments.items() if len(self.accounts[one]) > 1)

    def largest(self) -> list[Family]:
        """The families of two accounts or more, most accounts first."""
        kept = [one for one, who in self.accounts.items() if len(who) > 1]
        kept.sort(key=lambda one: (-len(self.accounts[one]), -self.n_comments[one], one))
        return [self._family(one) for one in kept[:_MOST_FAMILIES]]

    def _family(self, name: str) -> Family:
        by_key = self.by_key[name]
        keys = tuple(sorted(by_key, key=lambda key: (-by_key[key], key)))
        return Family(name, keys, self.n_comments[name], len(self.accounts[name]))


def near_families(keys: list[str]) -> dict[str, str]:
    """Return the family of each text, named by its first member.

    Args:
        keys: Distinct normalised texts, sorted.
    """
    from undersight.engine.near_text import text_families

    first: dict[int, str] = {}
    families = [int(one) for one in text_families(keys)]
    for key, family in zip(keys, families, strict=True):
        first.setdefault(family, key)
    return {key: first[family] for key, family in zip(keys, families, strict=True)}
