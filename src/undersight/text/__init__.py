"""Text as it is written in az, ru, tr and en: one fold space, names, languages, addresses.

Nothing here is loaded by importing the package; each name is fetched when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from undersight.text.folding import FoldedText, fold, fold_with_offsets
    from undersight.text.language import LanguageGuess, detect_language
    from undersight.text.name_blocking import blocking_keys, candidates
    from undersight.text.names import NameComparison, Reason, Verdict, compare_names
    from undersight.text.organisation_names import compare_organisation_names
    from undersight.text.search_terms import (
        QueryTerm,
        index_name_keys,
        index_text,
        query_terms,
    )
    from undersight.text.sentences import sentence_spans
    from undersight.text.url import canonical_url, defang, refang, url_host

_HOME = {
    "FoldedText": "folding",
    "fold": "folding",
    "fold_with_offsets": "folding",
    "LanguageGuess": "language",
    "detect_language": "language",
    "NameComparison": "names",
    "Reason": "names",
    "Verdict": "names",
    "compare_names": "names",
    "blocking_keys": "name_blocking",
    "candidates": "name_blocking",
    "compare_organisation_names": "organisation_names",
    "QueryTerm": "search_terms",
    "index_name_keys": "search_terms",
    "index_text": "search_terms",
    "query_terms": "search_terms",
    "sentence_spans": "sentences",
    "canonical_url": "url",
    "defang": "url",
    "refang": "url",
    "url_host": "url",
}

__all__ = [
    "FoldedText",
    "LanguageGuess",
    "NameComparison",
    "QueryTerm",
    "Reason",
    "Verdict",
    "blocking_keys",
    "candidates",
    "canonical_url",
    "compare_names",
    "compare_organisation_names",
    "defang",
    "detect_language",
    "fold",
    "fold_with_offsets",
    "index_name_keys",
    "index_text",
    "query_terms",
    "refang",
    "sentence_spans",
    "url_host",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
