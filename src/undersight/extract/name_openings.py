"""Names that their place or spelling tells: datelines, countries that open alerts, addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from undersight.extract.coreference import WORD
from undersight.extract.personal_names import is_personal

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from undersight.extract.cover import Cover
    from undersight.extract.engine import Passage, Span

Opening = tuple[str, str, "Span", str, float]

_DATELINE = re.compile(
    rf"(?m)^[ \t*]*({WORD}(?: {WORD})?)"
    r"(?:(?P<comma>,)| ?(?:\([^)\n]{2,30}\) ?)?(?P<dash>[–—-])(?= (?!an? |who )))"
)
# "CASE 3 – Zahir Boz" alone on the first line, and behind it what he does
_CLIENT = re.compile(
    r"\W*(?:(?:[^\W\d_]{2,10}\.? ?)?(?:№|No\.? ?|#)?\d{1,4}(?:[/-]\d{1,4})?\W{1,4})?"
    rf"(?P<name>{WORD}(?: {WORD}){{1,2}})\W*\n\s*(?P<trade>[^\W\d_]+)(?P<more> [^\W\d_]+)?"
)
_COUNTRY = re.compile(  # "TARVANIA: Reporters fined"
    r"\W*(?:(?:UPDATE|Update|URGENT|NEW|ALERT|Alert)\W+)?"
    r"(?P<name>[^\W\d_a-zа-яёəğıçşöü]{3,}(?:[ -][^\W\d_a-zа-яёəğıçşöü]{2,}){0,2}): "
)
_DOMAIN = re.compile(
    r"(?<![\w@/.:-])(?:www\.)?(?P<name>[\w-]+(?:\.[\w-]+)?"
    r"\.(?:com|org|net|info|tv|az|ru|tr|ge|am|ua|kz|by|news|media|press|live|site|online|today|example))(?![\w./@-]*[\w/@])"
    r"|(?<![\w@/.:-])(?P<other>[A-Za-z][\w-]{3,}\.(?!ok)[a-z]{2})(?![\w./@-]*[\w/@])"
)


def openings(
    passage: Passage, taken: Cover, common: Container[str], trades: Container[str]
) -> Iterator[Opening]:
    """Yield kind, name, span, rule and confidence.

    Args:
        passage: The entry.
        taken: Spans of what is read already.
        common: Folded words that are no names.
        trades: Folded words for what somebody does.
    """
    fold = passage.language.fold
    client = _CLIENT.match(passage.text, passage.start, passage.end)
    if client and taken.is_free(*client.span("name")) and _is_client(client, fold, common, trades):
        yield "person", client["name"], client.span("name"), "client", 0.8
    country = _COUNTRY.match(passage.text, passage.start, passage.end)
    if country and fold(country["name"]) not in common:
        yield "place", country["name"], country.span("name"), "dateline", 0.8
    days = {c.start for c in passage.of_kind("date")}
    for match in _DATELINE.finditer(passage.text, passage.start, passage.end):
        is_dated = bool(match["comma"]) and bool(days & set(range(match.end(), match.end() + 4)))
        is_line = is_dated or match["dash"]
        if is_line and taken.is_free(*match.span(1)) and fold(match[1]) not in common:
            name = match[1].title() if match[1].isupper() else match[1]
            yield "place", name, match.span(1), "dateline", 0.8
    yield from (found for found in domains(passage) if taken.is_free(*found[2]))


def _is_client(
    found: re.Match[str],
    fold: Callable[[str], str],
    common: Container[str],
    trades: Container[str],
) -> bool:
    """Whether a first line is somebody's name: what they do follows, or the name is a person's."""
    words = found["name"].split()
    if any(fold(word) in common or word.isupper() for word in words):
        return False
    trade = fold(found["trade"])
    has_trade = trade in trades or trade + fold(found["more"] or "") in trades
    return has_trade or is_personal(words)


def domains(passage: Passage) -> Iterator[Opening]:
    """Yield the sites that are named by their address alone."""
    for match in _DOMAIN.finditer(passage.text, passage.start, passage.end):
        group = "name" if match["name"] else "other"
        yield "outlet", match[group], match.span(group), "domain", 0.75
