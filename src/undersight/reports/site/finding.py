"""Search without a server: pre-folded words of every entry in files that a script reads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from undersight.reports.site.labels import list_href
from undersight.text.search_terms import index_name_keys, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.reports.site.edition import Edition
    from undersight.reports.site.listing import Row

_N_IN_ONE_FILE: Final = 1000
MOST_IN_FULL: Final = 10_000
"""With more entries only their titles, names, places, acts and ids are searched: a browser reads
the whole index, and more than some twenty megabytes nobody waits for."""


def search_pages(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield the page of search and the files it reads."""
    rows = list(edition.rows.values())
    parts = [rows[i : i + _N_IN_ONE_FILE] for i in range(0, len(rows), _N_IN_ONE_FILE)]
    chunks = [f"search-{number}.js" for number in range(1, len(parts) + 1)]
    for name, part in zip(chunks, parts, strict=True):
        documents = [_document(row) for row in part]
        yield name, f"undersight.push({_json(documents)});\n"
    t = edition.words.t
    messages = {
        "none": t("Nothing found."),
        "one": t("1 entry found."),
        "many": t("{n} entries found."),
        "first": t("{n} entries found; the first {shown} are shown."),
    }
    yield "search-data.js", f"var undersight = [], undersightSays = {_json(messages)};\n"
    yield (
        "search.html",
        edition.render(
            "search.html",
            "search.html",
            title=t("Search"),
            chunks=chunks,
            alphabet=list_href("entry"),
            is_in_full=edition.is_searched_in_full,
        ),
    )


def _document(row: Row) -> list[str]:
    """Return page, title, language, facts, words and name keys of an entry."""
    facts = " · ".join(filter(None, (row.when, ", ".join(row.acts), ", ".join(row.victims))))
    text = " ".join((row.title.text, *row.victims, row.place, *row.acts, row.public_id, row.said))
    words = " ".join(dict.fromkeys(words_of(text)))
    names = " ".join(dict.fromkeys(index_name_keys(text).split()))
    return [row.href, row.title.text, row.title.lang, facts, words, names]


def _json(value: object) -> str:
    """Return JSON that a script may contain: nothing in it can end the script."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
