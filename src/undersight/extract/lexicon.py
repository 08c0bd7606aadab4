"""Lexicons: a table of values, each with the ways a language says it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from undersight.extract.engine import Candidate, Finder, Passage, Span, compile_pattern, trim
from undersight.extract.prefilter import Patterns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_REACH = 64  # characters before words in which an "unless" still governs them
_CLAUSE_END = re.compile(r"[;:.!?,\n]")


def clause_before(low: str, first: int, start: int) -> str:
    """Return what stands before a place in its clause, as far as words reach.

    Args:
        low: Folded text.
        first: Where the sentence begins.
        start: The place.
    """
    before = low[max(first, start - _REACH) : start]
    ends = [match.end() for match in _CLAUSE_END.finditer(before)]
    return before[ends[-1] :] if ends else before


def _unreal(words: Mapping[str, str]) -> Callable[[str, Span, Span], bool]:
    """Return what tells whether a text says of words that they did not happen."""
    before = re.compile(words.get("before", "(?!)"))
    after = re.compile(words.get("after", "(?!)"))

    def is_unreal(low: str, sentence: Span, span: Span) -> bool:
        is_so = before.search(clause_before(low, sentence[0], span[0])) is not None
        return is_so or after.match(low, span[1], sentence[1]) is not None

    return is_unreal


def finder(
    kind: str,
    table: Mapping[str, Iterable[str]],
    lang: str,
    *,
    macros: Mapping[str, str] | None = None,
    confidence: float = 0.8,
    unreal: Mapping[str, str] | None = None,
) -> Finder:
    """Return a finder for a closed list of values.

    Args:
        kind: Kind of the fields it proposes.
        table: Patterns by value; where a pattern has a group, the group is the span.
        lang: Language code, for rule ids.
        macros: Named parts of patterns.
        confidence: Of every proposal.
        unreal: ``before`` (ending in ``$``) and ``after``: what stands beside words of which the
            text does not say that they happened ("unless she deleted it").
    """
    is_unreal = _unreal(unreal or {})
    compiled = [
        (value, compile_pattern(pattern, macros))
        for value, patterns in table.items()
        for pattern in patterns
    ]

    patterns = Patterns(pattern for _, pattern in compiled)

    def find(passage: Passage) -> Iterator[Candidate]:
        worth = patterns.by_span(passage.low, passage.sentences)
        for sentence, i in ((span, i) for span, chosen in worth.items() for i in chosen):
            value, pattern = compiled[i]
            for match in pattern.matches(passage.low, *sentence):
                if is_unreal(passage.low, sentence, match.span()):
                    continue
                start, end = trim(passage.low, *match.span(match.lastindex or 0))
                yield Candidate(
                    kind=kind,
                    value=value,
                    start=start,
                    end=end,
                    rule=f"{lang}.{kind}.{value}".replace(" ", "-"),
                    confidence=confidence,
                )

    return find
