"""Co-reference: a short mention takes the value of the full name in the same entry.

Where two people of an entry share the short form, the one named first is the value and the
others are alternatives.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from undersight.extract.cover import Cover
from undersight.extract.engine import Candidate, Passage, Span, moved

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

UPPER = "".join(chr(c) for c in range(0x41, 0x530) if chr(c).isupper() and chr(c).isalpha())
_ARTICLE = "(?:(?:al|el|ul|ad|ar|as|an|at|ed)-)?"
WORD = rf"(?:(?:[{UPPER}]\.)+(?=\s?[{UPPER}])|{_ARTICLE}[{UPPER}]\w*(?:['’-]\w+)*)"
_POSSESSIVE = re.compile(r"['’]s?$")
_OF_BODY = re.compile(rf" (?:of|from) (?:the )?[{UPPER}]")  # "and Nora Dag of Radio Boz"
_AND = (" and ", ", and ", " or ", " & ")
_TELLING = ("beside", "quoted", "preposition", "known")
_SURE = ("known", "beside", "head")


def without_possessive(name: str) -> str:
    """Strip the English possessive from a name as written."""
    return _POSSESSIVE.sub("", name)


def refer(
    passage: Passage, found: list[Candidate], lang: str, base: Callable[[str], str]
) -> list[Candidate]:
    """Give short mentions the full name's value, and find mentions not yet spotted.

    Args:
        passage: The entry.
        found: Names spotted in it.
        lang: Language code, for rule ids.
        base: Strips endings from a name as written.
    """
    people = _full_names(found)
    kept = [_referred(candidate, people, lang) for candidate in found]
    kept = _like_neighbours(passage, _of_one_kind(kept))
    taken = Cover(c.span for c in (*kept, *passage.of_kind("platform", "date", "provision")))
    for match in re.finditer(WORD, passage.text[passage.start : passage.end]):
        start = passage.start + match.start()
        name = base(match.group())
        span = (start, start + len(name))
        owners = people.get(passage.language.fold(name), [])
        if owners and taken.is_free(*span):
            kept.append(_mention(owners, span, lang))
    return kept


def _full_names(found: list[Candidate]) -> dict[str, list[str]]:
    """Map every part of a full name, lower-cased, to the people who bear it."""
    people: dict[str, list[str]] = {}
    for candidate in sorted(found, key=lambda c: c.start):
        if candidate.kind != "person" or " " not in candidate.value:
            continue
        for part in candidate.value.split():
            owners = people.setdefault(part.lower(), [])
            if candidate.value not in owners and len(part) > 2:
                owners.append(candidate.value)
    return people


def _mention(owners: list[str], span: Span, lang: str) -> Candidate:
    return Candidate(
        kind="person",
        value=owners[0],
        start=span[0],
        end=span[1],
        rule=f"{lang}.name.person.mention",
        confidence=0.8,
        alternatives=tuple(owners[1:]),
    )


def _referred(candidate: Candidate, people: Mapping[str, list[str]], lang: str) -> Candidate:
    is_short = " " not in candidate.value and candidate.kind in (
        "person",
        "outlet",
        "place",
        "organisation",
    )
    owners = people.get(candidate.value.lower(), []) if is_short else []
    if not owners or candidate.rule.endswith(_SURE):
        return candidate
    return _mention(owners, candidate.span, lang)


def _of_one_kind(found: list[Candidate]) -> list[Candidate]:
    """Read all names of one spelling as the surest reading of any of them."""
    best: dict[str, Candidate] = {}
    for candidate in sorted(found, key=lambda c: (-c.confidence, c.start)):
        best.setdefault(candidate.value, candidate)
    return [moved(c, kind=best[c.value].kind) for c in found]


def _like_neighbours(passage: Passage, found: list[Candidate]) -> list[Candidate]:
    """Read "the sites X and Y" as two of a kind, where nothing else tells what Y is."""
    ordered = sorted(found, key=lambda c: c.start)
    for i in range(1, len(ordered)):
        before, here = ordered[i - 1], ordered[i]
        is_guess = here.kind == "person" and here.rule.endswith((".run", ".bare"))
        told = before.rule.rsplit(".", 1)[-1]
        is_told = before.kind in ("outlet", "organisation", "account", "place") and (
            told in _TELLING or (before.kind == "outlet" and told in ("head", "source"))
        )
        between = passage.low[before.end : here.start]
        is_guess = is_guess and not _OF_BODY.match(passage.text, here.end)
        if is_guess and is_told and between in _AND:
            ordered[i] = moved(here, kind=before.kind, rule=before.rule, confidence=0.7)
        is_bare = here.rule.endswith((".bare", ".attacked")) and before.kind == "person"
        if is_bare and between in (*_AND, ", ") and " " in str(before.value):
            ordered[i] = moved(here, kind="person", rule=before.rule, confidence=0.7)
    return ordered
