"""Whose lawyer or relative somebody is: "the lawyer of A, B", "A's brother B", "A and his wife B".

What is done to a relative is mostly meant for the one whose relative it is; so those two, and the
lawyer and the client, have to be told apart wherever both are named side by side.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.extract import tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from undersight.extract.engine import Candidate, Passage

_NEAR = 70
_BARE = re.compile(r",? ")
_LISTED = re.compile(r",? (?:and|и|və|ve) |, ")
_PAIRED = re.compile(r",? (?:[^\W\d_][\w-]* ){0,2}")


def related(passage: Passage, people: Sequence[Candidate]) -> Related:
    """Return who is related to whom in an entry.

    Args:
        passage: The entry.
        people: The persons named in it, by place.
    """
    return _relations(passage.language.lang).read(passage, people)


def employers(
    passage: Passage, bodies: Sequence[Candidate], people: Sequence[Candidate]
) -> frozenset[int]:
    """Return where bodies stand that only tell for whom a person named beside them works.

    Args:
        passage: The entry.
        bodies: The outlets and organisations named in it.
        people: The persons named in it, by place.
    """
    relations = _relations(passage.language.lang)
    starts = [person.start for person in people]
    ends = {person.end for person in people}
    found = set()
    for body in bodies:
        nearest = max(passage.start, body.start - _NEAR)
        link = relations.works_for.search(passage.low, nearest, body.start)
        if link and link.start() in ends:
            found.add(body.start)
            continue
        i = bisect_left(starts, body.end)
        if i < len(starts) and starts[i] - body.end < _NEAR:
            is_staff = relations.staff.fullmatch(passage.low, body.end, starts[i])
            # where several of its people are named it is the newsroom that is meant
            if is_staff and not _LISTED.fullmatch(passage.low, people[i].end, _next(starts, i)):
                found.add(body.start)
    return frozenset(found)


def _next(starts: Sequence[int], i: int) -> int:
    return starts[i + 1] if i + 1 < len(starts) else starts[i]


@functools.cache
def _relations(lang: str) -> Relations:
    return Relations.of(lang)


@dataclass(frozen=True, slots=True)
class Related:
    """Who is related to whom in one entry.

    Args:
        roles: Role (lawyer, relative) by name of who is named for being somebody's.
        mentions: Where those stand whose lawyers and relatives are spoken of.
        owners: Where those stand whose relatives are spoken of.
        together: Relatives to whom the same was done, each in their own right.
    """

    roles: Mapping[str, str]
    mentions: frozenset[int]
    owners: frozenset[int]
    together: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """A language's ways to say whose lawyer or relative somebody is.

    Args:
        before: Patterns by role, ending in ``$``: the name behind is whose ("the lawyer of").
        after: Patterns by role: the name before is whose ("'s lawyer").
        together: Ending in ``$``: the relative behind is named beside the other ("and his wife").
        staff: What stands between a body and the name of somebody who works for it.
        works_for: Ending in ``$``: what stands between a name and the body behind it.
        declined: Whether a name that stands for whose it is differs from its dictionary form.
    """

    before: Mapping[str, re.Pattern[str]]
    after: Mapping[str, re.Pattern[str]]
    together: re.Pattern[str]
    staff: re.Pattern[str]
    works_for: re.Pattern[str]
    declined: bool = False

    @classmethod
    def of(cls, lang: str) -> Relations:
        """Compile a language's table."""
        given = tables.only(tables.load("related")[lang])
        table = {name: tables.filled(p, {"kin": given["kin"]}) for name, p in given.items()}
        return cls(
            before={
                name.removesuffix("_of"): re.compile(pattern)
                for name, pattern in table.items()
                if name.endswith("_of")
            },
            after={
                name.removesuffix("_behind"): re.compile(pattern)
                for name, pattern in table.items()
                if name.endswith("_behind")
            },
            together=re.compile(table["together"]),
            staff=re.compile(table["staff"]),
            works_for=re.compile(table.get("works_for", "(?!)")),
            declined=table.get("declined") == "yes",
        )

    def read(self, passage: Passage, people: Sequence[Candidate]) -> Related:
        """Return who is related to whom.

        Args:
            passage: The entry.
            people: The persons named in it, by place.
        """
        roles: dict[str, str] = {}
        owners: set[int] = set()
        mentions: set[int] = set()
        together: set[str] = set()
        for i, person in enumerate(people):
            before = passage.low[max(passage.start, person.start - _NEAR) : person.start]
            if self.together.search(before):
                together.add(person.value)
            role = self._owned(passage, person, before)
            if role is None:
                continue
            mentions.add(person.start)
            if role == "relative":
                owners.add(person.start)
            if i + 1 < len(people) and self._is_pair(passage, person, people[i + 1], role):
                roles[people[i + 1].value] = role
        return Related(roles, frozenset(mentions), frozenset(owners), frozenset(together))

    def _owned(self, passage: Passage, person: Candidate, before: str) -> str | None:
        """Return the role of whoever is named as this person's."""
        after = passage.low[person.end : min(passage.end, person.end + _NEAR)]
        for role, pattern in self.after.items():
            if pattern.match(after):
                return role
        for role, pattern in self.before.items():
            if pattern.search(before) and not (self.declined and _is_plain(passage, person)):
                return role
        return None

    def _is_pair(self, passage: Passage, owner: Candidate, other: Candidate, role: str) -> bool:
        """Whether the next name is the lawyer's or relative's own, and no second client's."""
        if other.value == owner.value or passage.text[owner.end : owner.end + 1] in "'’":
            return False
        between = passage.low[owner.end : other.start]
        is_list = passage.low.startswith((" and ", " и ", " və ", " ve "), other.end)
        # "the wife of A, the journalist B": what B does is B's own
        paired = _BARE if role == "relative" else _PAIRED
        return not is_list and paired.fullmatch(between) is not None


def _is_plain(passage: Passage, person: Candidate) -> bool:
    """Whether a name stands in its dictionary form: then it is the lawyer's own."""
    return passage.text[person.start : person.end] == str(person.value)
