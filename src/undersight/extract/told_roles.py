"""What words beside a name tell of its bearer: lawyer, relative, official, witness."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.extract.related_people import Related, employers, related

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undersight.extract.engine import Candidate, Passage

PARTS = ("official", "lawyer", "complainant", "relative")  # named for what they do or are
# the order in which words beside a name are believed
_STRENGTH = ("complainant", "lawyer", "relative", "official", "reporter", "witness")
_OF_OFFICE = ("official", "complainant")  # titles that a long phrase may part from the name
_NEAR = 90
_TITLE = 24  # characters before a title in which its body may be named


@dataclass(frozen=True, slots=True)
class Told:
    """What words beside names tell of one entry's people.

    Args:
        roles: Roles by name.
        kin: Whose lawyers and relatives they are.
        has_others: Whether somebody is named who is more than a relative or an official.
        employers: Where bodies stand that only tell for whom the person behind works.
    """

    roles: Mapping[str, str]
    kin: Related
    has_others: bool
    employers: frozenset[int]

    def get(self, value: str) -> str | None:
        """Return a name's role."""
        return self.roles.get(value)

    def __contains__(self, value: str) -> bool:
        return value in self.roles


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """A language's words beside names, compiled."""

    beside: tuple[tuple[str, bool, re.Pattern[str]], ...]
    not_office: re.Pattern[str]
    speaks: re.Pattern[str]

    @classmethod
    def of(
        cls, before: Mapping[str, str], after: Mapping[str, str], not_office: str, speaks: str
    ) -> Teller:
        """Compile the patterns.

        Args:
            before: By role, ending in ``$``, of what stands right before a name.
            after: By role, of what stands right behind a name.
            not_office: Words in a title that make its bearer no official.
            speaks: The name before speaks.
        """
        beside = [(role, True, re.compile(p)) for role, p in before.items()]
        beside += [(role, False, re.compile(p)) for role, p in after.items()]
        return cls(
            beside=tuple(sorted(beside, key=lambda item: _STRENGTH.index(item[0]))),
            not_office=re.compile(not_office),
            speaks=re.compile(speaks),
        )

    def told(self, passage: Passage, found: list[Candidate]) -> Told:
        """Return what words beside names tell of an entry's people."""
        roles: dict[str, str] = {}
        people = sorted(
            (c for c in found if c.kind in ("person", "official")), key=lambda c: c.start
        )
        kin = related(passage, people)
        for candidate in people:
            role = "official" if candidate.kind == "official" else None
            role = role or self._role(passage, candidate, people, kin)
            strength = {"witness": 1, None: 0}
            if role and strength.get(role, 2) > strength.get(roles.get(candidate.value), 2):
                roles[candidate.value] = role
        apart = (*PARTS, "reporter")
        has_others = any(roles.get(c.value) not in apart for c in people)
        bodies = [c for c in found if c.kind in ("outlet", "organisation")]
        quiet = [c for c in people if not self.speaks.match(passage.low, c.end)]
        return Told(roles, kin, has_others, employers(passage, bodies, quiet))

    def _role(
        self, passage: Passage, candidate: Candidate, people: list[Candidate], kin: Related
    ) -> str | None:
        low = passage.low
        first, last = passage.sentence_at(candidate.start)
        floor = max(first, candidate.start - _NEAR)
        before = low[floor : candidate.start]
        after = low[candidate.end : min(last, candidate.end + _NEAR)]
        if candidate.value in kin.roles:
            return kin.roles[candidate.value]
        is_owner = candidate.start in kin.mentions
        for role, is_before, pattern in self.beside:
            if role in ("lawyer", "relative") and (is_owner or candidate.value in kin.together):
                continue
            match = pattern.search(before) if is_before else pattern.match(after)
            lead = before[: match.start()] if match and is_before else ""
            if match and not (role == "official" and self._is_no_office(lead, match)):
                if is_before and role in _OF_OFFICE and _names_another(match, floor, people):
                    continue  # "Judge A sentenced the blogger B": the judge is A
                return role
        return None

    def _is_no_office(self, lead: str, match: re.Match[str]) -> bool:
        """Whether the title is one of a party, outlet or group."""
        near = re.split(r"[,.;:]", lead[-_TITLE:])[-1]
        return bool(self.not_office.search(near + match.group()))


def _names_another(match: re.Match[str], floor: int, people: list[Candidate]) -> bool:
    """Whether the words of a title hold the name of somebody else."""
    start, end = floor + match.start(), floor + match.end()
    return any(start <= c.start and c.end <= end for c in people)
