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
# opens a sentence that only names those whom the one before it counted
_NUMBER = r"(?:one|two|three|four|five|six|seven|several|some|many)"
_NAMES_THEM = re.compile(
    r"\W{0,4}(?:"
    r"among (?:them|those|these|the (?!lawyer|witness|official|guest|speaker)[\w -]{3,40}?)"
    r"(?: (?:is|are|was|were))?"
    r"|those [\w ]{3,40}? (?:are|were|include[sd]?)|they (?:are|were|include[sd]?)"
    r"|(?:known|identified) by name (?:are|were|is)"
    rf"|the (?:{_NUMBER}|[\w-]+ (?:editors|reporters|journalists|users|people|activists))(?: \w+)?"
    r" (?:are|were)"
    rf"|(?:only |just )?{_NUMBER} (?:of (?:them|those|these|the \w+) )?[^.;:\"]{{0,40}}?"
    r"(?:named|known|came forward|identified)[^.;:\"]{0,30}?(?= [A-Z]|:|,)"
    rf"|(?:only |just )?{_NUMBER} of (?:them|those) (?:is|are|was|were)"
    r"|the (?:statement|office|ministry|list)[^.;:\"]{0,40}? (?:named|names|include[sd]?)"
    rf"(?: (?:only )?{_NUMBER}(?: of them)?)?"
    r"|(?:среди|в числе) (?:них|(?:задержан|арестован|пострадавш|оштрафован|уволен)\w+)"
    r"|(?:один|одна|двое|трое) из них|(?:это|их зовут|фамили[юи] назвали|имена)[^.;:\"]{0,30}?"
    r"|onlar(?:dan biri|dan ikisi|ın arasında|ın sırasında)|aralarında|bunlar(?:ın arasında)?"
    r"|saxlanılanlar(?:ın)? (?:arasında|sırasında)|(?:bir|iki|üç) ad çəkilib"
    r"|bunlardan (?:biri|ikisi)|içlerinde|(?:gözaltına alınan|tutuklanan)lar(?: arasında)?"
    r"),?:? -?\W{0,2}"
)
_HELD = frozenset(
    ["appeal", "call_for_prosecution", "civil_suit", "criminal_complaint", "internet_shutdown",
     "legislation", "service_blocking", "site_blocking"]
)  # fmt: skip
_ITEM = re.compile(
    r"(?: \([^()\n]{1,60}\))?(?: (?:of|from) [^,.;:\n]{2,40}?)?(?:,[^;.:!?\n]{0,60})?[,;]?"
    rf"(?: (?:and|ve|və|и|as well as))? (?:{_APART}\"?[^\W\d_][\w'-]*\"?,? ){{0,5}}"
)
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
        c for c in found if c.kind in _PEOPLE and c.role in ("victim", "witness", None)
    )
    ties: dict[Candidate, Span] = {}
    for sentence, names in people.items():
        ties.update(_listed(passage, sorted(acts.get(sentence, ()), key=_place), names))
    ties.update(_named_next(passage, found))
    return [
        moved(c, role="victim", of=c.of or ties[c]) if c.kind in _PEOPLE and c in ties else c
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


def _named_next(passage: Passage, found: list[Candidate]) -> Mapping[Candidate, Span]:
    """Return those whom a sentence names that only goes on from an act told of before it.

    "Five were detained. Among them: A (Radio Boz) and B."
    """
    ties: dict[Candidate, Span] = {}
    acts = sorted((c for c in found if c.kind == "act"), key=_place)
    parts = ("victim", "witness", "lawyer", None)
    people = [c for c in found if c.kind == "person" and c.role in parts and " " in str(c.value)]
    for sentence, names in passage.by_sentence(people).items():
        opened = _NAMES_THEM.match(passage.low, *sentence)
        told = [c for c in acts if c.start < sentence[0] and c.value not in _HELD]
        if not opened or not told:
            continue
        reached, link = opened.end(), re.compile(_TRADE)
        for name in sorted(names, key=_place):
            is_parted = any(reached <= act.start < name.start for act in acts)
            if is_parted or not link.fullmatch(passage.low, reached, name.start):
                break
            ties[name] = told[-1].span
            reached, link = name.end, _ITEM
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
