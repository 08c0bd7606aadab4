"""The only person an entry names: a lawyer with no client, somebody who complained of an attack.

Lawyers and complainants are named for their part and are nobody's victim while somebody else may
be. Where an entry names no one else and tells of an attack, the attack was on them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from undersight.extract.role_words import COMPLAINED, OF_COURTS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from undersight.extract.engine import Candidate, Passage
    from undersight.extract.told_roles import Told

_OF_LAWYERS = frozenset([*COMPLAINED, "lawyer_denied", "legislation", "trial"])
_BARE = re.compile(
    r"(?<!\w)(?:lawyer|attorney|advocate|vəkil|avukat|адвокат(?:а|у)?|юрист(?:а|у)?) $"
)
_OWNED = re.compile(
    r"(?:\b(?:his|her|their|its|whose|my|our|defen[cs]e|его|её|ее|их)|['’]s|s['’]"
    r"|n[ıiuü]n|\w[ıiuü]n) (?:[\w-]+ ){0,2}$"
)
_NEAR = 40


def lone(
    passage: Passage, found: Sequence[Candidate], stated: Told, speaks: Callable[[Candidate], bool]
) -> set[tuple[str, str]]:
    """Return kind and name of the only person named, where what happened was done to them.

    Args:
        passage: The entry.
        found: Its candidates.
        stated: What words beside names tell.
        speaks: Whether a name's bearer says something.
    """
    people = [c for c in found if c.kind in ("person", "official") and " " in str(c.value)]
    acts = {str(c.value) for c in found if c.kind == "act"}
    if len({c.value for c in people}) != 1 or people[0].kind == "official":
        return set()
    name = people[0]
    role = stated.get(str(name.value))
    is_meant = (role == "complainant" and bool(acts - OF_COURTS)) or (
        role == "lawyer"
        and bool(acts - _OF_LAWYERS)
        and _is_bare(passage, name)
        and not speaks(name)
    )
    return {("person", str(name.value))} if is_meant else set()


def _is_bare(passage: Passage, name: Candidate) -> bool:
    """Whether "lawyer" only says what somebody is, and not whose lawyer they are."""
    before = passage.low[max(passage.start, name.start - _NEAR) : name.start]
    trade = _BARE.search(before)
    return trade is not None and not _OWNED.search(before[: trade.start()])
