"""The passage that a search found, with its matches marked in the original text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.casebook.search_documents import segments_of
from undersight.text.folding import fold, fold_with_offsets
from undersight.text.name_keys import name_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from undersight.casebook.search_documents import FoundRow, Segment
    from undersight.text.search_terms import QueryTerm

SNIPPET_LENGTH = 180
_BEFORE = 60
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A passage of a text.

    Args:
        field: The field it is from.
        lang: Its language; empty where not known.
        text: The passage.
        marks: Spans of the passage that match, in code points.
    """

    field: str = ""
    lang: str = ""
    text: str = ""
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    segment: Segment
    terms: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The record that matches best.

    Args:
        row: The record's row.
        snippet: Its passage.
        n_terms: How many of the terms it has.
    """

    row: FoundRow
    snippet: Snippet
    n_terms: int


def best_match(rows: Iterable[FoundRow], terms: Sequence[QueryTerm]) -> Match | None:
    """Return the record that matches most terms; of two equal ones the first.

    Args:
        rows: Candidates; those after one that has all terms are not looked at.
        terms: The terms looked for, without those excluded.
    """
    best: tuple[FoundRow, list[_Found], int] | None = None
    for row in rows:
        found = _find_all(row, terms)
        n_terms = len(frozenset[int]().union(*(f.terms for f in found)))
        if best is None or n_terms > best[2]:
            best = row, found, n_terms
        if n_terms == len(terms):
            break
    if best is None:
        return None
    row, found, n_terms = best
    return Match(row=row, snippet=_snippet(row, found, terms), n_terms=n_terms)


def _find_all(row: FoundRow, terms: Sequence[QueryTerm]) -> list[_Found]:
    """The segments that match, up to one that has all terms."""
    found = []
    for segment in segments_of(row) if terms else ():
        here = _find(segment, terms)
        if here is not None:
            found.append(here)
            if len(here.terms) == len(terms):
                break
    return found


def _find(segment: Segment, terms: Sequence[QueryTerm]) -> _Found | None:
    words = [match[0].replace("'", "") for match in _WORD.finditer(fold(segment.text))]
    hit = frozenset(i for i, term in enumerate(terms) if any(_places(words, term)))
    return _Found(segment, hit) if hit else None


def _places(words: Sequence[str], term: QueryTerm) -> Iterator[int]:
    """Where a term stands among folded words (numbers from 1, so that any place is true)."""
    *first, last = term.words
    keys = term.name_keys
    for i, word in enumerate(words[len(first) :]):
        fits = word == last if term.is_exact else word.startswith(last)
        if fits and first:
            fits = list(words[i : i + len(first)]) == first
        if fits or (keys and any(key.startswith(keys) for key in name_keys(word))):
            yield i + 1


def _spans(text: str, terms: Sequence[QueryTerm]) -> list[tuple[int, int]]:
    """The spans of a text that match, in order."""
    folded = fold_with_offsets(text)
    found = list(_WORD.finditer(folded.text))
    words = [match[0].replace("'", "") for match in found]
    spans = set()
    for term in terms:
        for place in _places(words, term):
            start, end = found[place - 1].start(), found[place - 2 + len(term.words)].end()
            spans.add(folded.original_span(start, end))
    return sorted(spans)


def _snippet(row: FoundRow, found: Sequence[_Found], terms: Sequence[QueryTerm]) -> Snippet:
    if not found:
        longest = max(segments_of(row), key=lambda s: len(s.text), default=None)
        if longest is None:
            return Snippet()
        end = _end_of_word(longest.text, 0, 0)
        text = longest.text[:end] + _more(longest.text, end)
        return Snippet(field=longest.field, lang=longest.lang, text=text)
    best = max(found, key=lambda f: len(f.terms)).segment
    spans = _spans(best.text, terms)
    start = max(spans[0][0] - _BEFORE, 0)
    if start:
        blank = best.text.find(" ", start, spans[0][0])
        start = blank + 1 if blank >= 0 else start
    end = _end_of_word(best.text, start, spans[0][1])
    marks, reached = [], start
    for a, b in spans:
        if a >= reached and b <= end:
            marks.append((a - start, b - start))
            reached = b
    text = best.text[start:end] + _more(best.text, end)
    return Snippet(field=best.field, lang=best.lang, text=text, marks=tuple(marks))


def _end_of_word(text: str, start: int, least: int) -> int:
    """Return where a passage ends: behind a whole word where there is one after ``least``."""
    end = min(start + SNIPPET_LENGTH, len(text))
    blank = text.rfind(" ", max(least, start), end) if end < len(text) else -1
    return blank if blank > 0 else end


def _more(text: str, end: int) -> str:
    return "…" if end < len(text) else ""
