"""What goes into a search index for a text, and what a query looks for.

Storage neutral: both columns are plain ASCII words separated by blanks, so SQLite's FTS5 and
PostgreSQL's ``tsvector('simple')`` index them alike. The first column holds the folded words, in
order (phrases work); the second holds name keys, each once, so that ``aliyev`` also meets
``Əliyev``, ``Алиев`` and ``Eliyev``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from undersight.text.folding import fold, rounded
from undersight.text.name_keys import name_keys, query_keys

MIN_KEY_LENGTH = 3
"""Shorter keys match too much to be of use."""

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*")
_QUERY_PART = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<plain>[^\s"]+))')


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryTerm:
    """One thing a query asks for; all terms of a query must hold.

    Args:
        words: Folded words that follow each other. In an exact term all are whole words;
            otherwise the last is a prefix (``bakida`` finds ``bakıdakı``).
        name_keys: Prefixes in the name-key column, any of which satisfies the term instead of
            ``words``. Empty for phrases and for words too short to tell.
        is_exact: Whether it was quoted.
        is_excluded: Whether it was written with ``-`` and must not be found.
    """

    words: tuple[str, ...]
    name_keys: tuple[str, ...] = ()
    is_exact: bool = False
    is_excluded: bool = False

    @property
    def prefix(self) -> str:
        """The folded word, or words joined by a blank, to look for."""
        return " ".join(self.words)


def words_of(text: str) -> list[str]:
    """Return the folded words of ``text``, in order; an apostrophe inside a word is dropped.

    Args:
        text: Any text.
    """
    return _words_of_folded(fold(text))


def index_text(text: str) -> str:
    """Return the folded words of ``text``, for the first column of a search index.

    Args:
        text: Any text.
    """
    return " ".join(words_of(text))


def index_name_keys(text: str) -> str:
    """Return the name keys of the words of ``text``, for the second column of a search index.

    Args:
        text: Any text.
    """
    words = words_of(text)
    if "ё" in text or "Ё" in text:
        words += words_of(rounded(text))
    keys = dict.fromkeys(
        key
        for word in dict.fromkeys(words)
        for key in name_keys(word)
        if len(key) >= MIN_KEY_LENGTH
    )
    return " ".join(keys)


def query_terms(query: str) -> tuple[QueryTerm, ...]:
    """Read a query: words, ``"quoted phrases"`` and ``-exclusions``.

    Args:
        query: As typed, in any script.
    """
    terms = []
    for part in _QUERY_PART.finditer(fold(query)):
        term = _term(part["phrase"], part["plain"], is_excluded=part["minus"] is not None)
        if term is not None:
            terms.append(term)
    return tuple(terms)


def _term(phrase: str | None, plain: str | None, *, is_excluded: bool) -> QueryTerm | None:
    words = tuple(_words_of_folded(phrase if phrase is not None else plain or ""))
    if not words:
        return None
    keys: tuple[str, ...] = ()
    if phrase is None and len(words) == 1 and not is_excluded:
        keys = tuple(k for k in query_keys(words[0]) if len(k) >= MIN_KEY_LENGTH)
    return QueryTerm(
        words=words, name_keys=keys, is_exact=phrase is not None, is_excluded=is_excluded
    )


def _words_of_folded(folded: str) -> list[str]:
    return [word.replace("'", "") for word in _WORD.findall(folded)]
