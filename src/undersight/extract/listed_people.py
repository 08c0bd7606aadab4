"""People listed behind a count: "five people were detained: A, B and C" ties them to the act."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from undersight.extract.engine import Candidate, Passage, Span, moved

if TYPE_CHECKING:
    from collections.abc import Mapping

# Opens a list of those whom an act just told of was done to, in the four languages.
_APART = (
    r"(?!(?:not|of|by|for|according|said|lawyers?|judge|не|по|адвокат\w*|судья|vəkil\w*"
    r"|avukat\w*|hakim)\b)"
)
_TRADE = rf"(?:{_APART}[^\W\d_][\w'-]*,? ){{0,4}}"
_OPENS = re.compile(
    r"[^.;:()\n]{0,70}?(?::| -|,? ?\(|,? (?:among (?:them|whom)|including|namely|in particular"
    r"|среди них|в том числе|а именно|в частности"
    r"|o cümlədən|onların arasında|onlardan|bunlar|aralarında|içlerinde|şunlar))\W{0,3}"
    rf"{_TRADE}"
)
_PEOPLE = ("person", "account")
_GOES_ON = re.compile(r"[^.;:!?\n]{0,60}")  # between two names of a list
_JOINED = re.compile(rf"(?:, | )(?:(?:and|ve|və|и) )?{_TRADE}")  # where only the list tells
_ENDS = re.compile(r"\W*(?:$|\n)|[,.;:)]| (?:and|ve|və|и|-) ")


def tied(passage: Passage, found: list[Candidate]) -> list[Candidate]:
    """Tie the victims that a list names to the act that the list explains.

    A refiner; it stands behind `roles`, which says who is a victim. Who stands in the list of a
    victim and has no other part is one too.

    Args:
        passage: The entry.
        found: Its candidates.
    """
    acts = passage.by_sentence(c for c in found if c.kind == "act")
    people = passage.by_sentence(
        c for c in found if c.kind in _PEOPLE and c.role in ("victim", None)
    )
    ties: dict[Candidate, Span] = {}
    for sentence, names in people.items():
        ties.update(_listed(passage, sorted(acts.get(sentence, ()), key=_place), names))
    return [
        moved(c, role="victim", of=ties[c]) if c.kind in _PEOPLE and c in ties else c
        for c in found
    ]


def _listed(
    passage: Passage, acts: list[Candidate], names: list[Candidate]
) -> Mapping[Candidate, Span]:
    """Return the names of a sentence's list by the act that it explains."""
    low = passage.low
    ties: dict[Candidate, Span] = {}
    names = sorted(names, key=_place)
    for act in acts:
        behind = [c for c in names if c.start >= act.end]
        others = [c.start for c in acts if c.start > act.start]
        if not behind or not _OPENS.fullmatch(low, act.end, behind[0].start):
            continue
        reached = behind[0].start
        for name in behind:
            is_parted = any(act.end <= other < name.start for other in others)
            if is_parted or not _belongs(low, name, reached):
                break
            if name.of is None:
                ties.setdefault(name, act.span)
            reached = name.end
    return ties


def _belongs(low: str, name: Candidate, reached: int) -> bool:
    """Whether a name goes on with a list; one without a part must stand in nothing else."""
    if name.role == "victim":
        return _GOES_ON.fullmatch(low, reached, name.start) is not None
    if reached < name.start and not _JOINED.fullmatch(low, reached, name.start):
        return False
    return _ENDS.match(low, name.end) is not None


def _place(candidate: Candidate) -> int:
    return candidate.start
