"""Names that stand in a list: "the websites of Dan Ulduzu, Boz and Media Uzun" names three."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from undersight.extract.coreference import WORD, without_possessive
from undersight.extract.personal_names import is_personal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.extract.engine import Candidate, Passage

_NEXT = re.compile(
    rf"(?P<mark>[”»\"']?(?:,? and |, |,? or |,? as well as )(?:the )?[“«\"']?)"
    rf"(?P<name>{WORD}(?: (?:{WORD}|\d{{1,3}}(?![\d.,])))*)"
)
_SEVERAL = re.compile(
    r"(?:websites|sites|outlets|newspapers|newsrooms|portals|channels|agencies|broadcasters"
    r"|stations|magazines|journals|publications|journalists|reporters|correspondents|editors"
    r"|crews|media"
    r"|(?:pages|accounts|profiles|channels) of)"
    r"(?: of| from| at| for| such as| including|,? among them|:)?(?: the)?[ \"'“«]*$"
)
_SITES = re.compile(
    r"\b(?:websites|sites|outlets|newspapers|portals)(?:,| such as|:)?(?: the)?[ \"'“«]*$"
)
_STAFF = re.compile(  # of one newsroom, whose own names follow: "two reporters of A, B and C"
    r"\b(?:two|three|four|five|six|\d{1,2}) (?:[\w-]+ ){0,2}"
    r"(?:journalists|reporters|correspondents|editors) (?:of|from|at|for|with)(?: the)? [ \"'“«]*$"
)
_WEAK = (".run", ".bare", ".attacked", ".preposition", ".article", ".mention")
_REACH = 40


def listed(passage: Passage, found: list[Candidate]) -> list[Candidate]:
    """Read what follows an outlet in a list of several as outlets too.

    Args:
        passage: The entry.
        found: Names spotted in it.
    """
    told = sorted((c for c in found if c.kind == "outlet"), key=lambda c: c.start)
    more: list[Candidate] = []
    for first in told:
        before = passage.low[max(passage.start, first.start - _REACH) : first.start]
        if _SEVERAL.search(before) and not _STAFF.search(before):
            more.extend(_following(passage, first, found, are_sites=bool(_SITES.search(before))))
    lost = [c for c in found if any(c.overlaps(*new.span) for new in more)]
    return [c for c in found if c not in lost] + more


def _following(
    passage: Passage, first: Candidate, found: list[Candidate], *, are_sites: bool
) -> Iterator[Candidate]:
    end = first.end
    while match := _NEXT.match(passage.text, end, passage.end):
        name = without_possessive(match["name"])
        span = match.start("name"), match.start("name") + len(name)
        here = [c for c in found if c.overlaps(*span)]
        is_known = any(not c.rule.endswith(_WEAK) for c in here)
        if is_known and not any(c.kind == "outlet" and c.span == span for c in here):
            return
        if is_personal(name.split()) and " " in name and not are_sites:
            return
        end = span[1]
        if not is_known:
            yield replace(
                first,
                value=name,
                start=span[0],
                end=end,
                rule=first.rule.rpartition(".")[0] + ".listed",
                confidence=0.7,
                role=None,
            )
        if match["mark"].strip(" \"'”»“«,") != "":
            return  # "and" closes a list
