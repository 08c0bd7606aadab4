"""Lexicons: a table of values, each with the ways a language says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.extract.engine import Candidate, Finder, Passage, compile_pattern, trim
from undersight.extract.prefilter import Patterns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def finder(
    kind: str,
    table: Mapping[str, Iterable[str]],
    lang: str,
    *,
    macros: Mapping[str, str] | None = None,
    confidence: float = 0.8,
) -> Finder:
    """Return a finder for a closed list of values.

    Args:
        kind: Kind of the fields it proposes.
        table: Patterns by value; where a pattern has a group, the group is the span.
        lang: Language code, for rule ids.
        macros: Named parts of patterns.
        confidence: Of every proposal.
    """
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
