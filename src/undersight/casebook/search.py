"""Searching the casebook: any spelling, any script, with counts by facet.

The index holds one document per incident (see ``search_documents``). A query looks at the newest
``N_CANDIDATES`` documents that match and counts their facets. Where no more match, they come best
first; where more do, newest first, and the total and the counts are lower bounds and say so: the
time stays bounded, and choosing a facet, which is part of the query, makes them exact again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from undersight.casebook.search_documents import (
    EVERYTHING,
    FACETS,
    KEY_MARK,
    facet_word,
    families_of,
    rows_of,
)
from undersight.casebook.snippets import Snippet, best_match
from undersight.errors import UnknownFieldError
from undersight.model.codec import record_class
from undersight.model.schema import fields_of
from undersight.text import query_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from undersight.casebook.search_documents import FoundRow
    from undersight.text import QueryTerm

N_CANDIDATES = 2000
"""How many documents are looked at, ranked and counted."""

_SHORTEST_PREFIX = 3
_TITLES = frozenset(
    {"names", "title", "name", "citation", "value", "text", "statement", "summary", "note"}
)
_INCIDENT_WEIGHT = 2.0
_QUERY = {
    "sqlite": "SELECT d.doc_id, d.owner_id, d.kind, d.facets "
    "FROM search_index JOIN search_document AS d ON d.doc_id = search_index.rowid "
    "WHERE search_index MATCH :q ORDER BY search_index.rowid DESC LIMIT :n",
    "postgresql": "SELECT d.doc_id, d.owner_id, d.kind, d.facets "
    "FROM search_index AS i JOIN search_document AS d ON d.doc_id = i.doc_id "
    "WHERE i.content @@ to_tsquery('simple', :q) ORDER BY i.doc_id DESC LIMIT :n",
}
_SCORES = {
    "sqlite": "SELECT rowid AS doc_id, -bm25(search_index) AS score FROM search_index "
    "WHERE search_index MATCH :q ORDER BY rowid DESC LIMIT :n",
    "postgresql": "SELECT doc_id, ts_rank(content, to_tsquery('simple', :q)) AS score "
    "FROM search_index WHERE content @@ to_tsquery('simple', :q) ORDER BY doc_id DESC LIMIT :n",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """One record found.

    Args:
        record_id: The record of the incident, or on its own, that matches best.
        kind: Its kind.
        incident_id: Its incident; empty where it belongs to none.
        label: What people cite: the incident's public id, else an id.
        title: What the incident or record is called.
        snippet: The passage found.
        score: The higher the better, within one search; 0 where there is no order but time.
    """

    record_id: str
    kind: str
    incident_id: str
    label: str
    title: str
    snippet: Snippet
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """What a search found.

    Args:
        hits: The page asked for, best first.
        total: How many documents match.
        is_lower_bound: Whether more match than were looked at.
        facets: For each facet, how many documents have each value, most first.
    """

    hits: tuple[SearchHit, ...]
    total: int
    is_lower_bound: bool
    facets: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """What is looked for.

    Args:
        text: Words, ``"phrases"`` and ``-exclusions``; empty for everything.
        facets: Values that documents must have: one value, or several of which one must fit.
        kinds: Only documents that hold such a record, and that record as the hit.
        limit: How many hits, from 0.
        offset: How many to leave out first.
        lang: The language of titles, where there is one.
    """

    text: str = ""
    facets: Mapping[str, str | Sequence[str]] | None = None
    kinds: Sequence[str] = ()
    limit: int = 20
    offset: int = 0
    lang: str = "en"


def search(connection: sa.Connection, request: SearchRequest) -> SearchResult:
    """Search.

    Raises:
        UnknownFieldError: A facet that does not exist.
    """
    terms = query_terms(request.text)
    query = _query(connection.dialect.name, terms, _facet_words(request))
    rows = _matching(connection, _QUERY, query)
    is_lower_bound = len(rows) > N_CANDIDATES
    rows = rows[:N_CANDIDATES]
    facets = _count(row.facets for row in rows)
    scores: dict[int, float] = {}
    if not is_lower_bound and any(not term.is_excluded for term in terms):
        # A score weighs how rare a word is: it reads all that match, and says little of many.
        # By the words as they are spelled: what only sounds alike comes behind, the newest first.
        plain = [replace(term, name_keys=()) for term in terms]
        spelled = _query(connection.dialect.name, plain, _facet_words(request))
        found = {row.doc_id: float(row.score) for row in _matching(connection, _SCORES, spelled)}
        scores = {row.doc_id: _weight(row.kind) * found.get(row.doc_id, 0.0) for row in rows}
        rows = sorted(rows, key=lambda row: (-scores[row.doc_id], -row.doc_id))
    page = rows[request.offset : request.offset + request.limit]
    return SearchResult(
        hits=tuple(_hits(connection, page, scores, terms, request)),
        total=len(rows),
        is_lower_bound=is_lower_bound,
        facets=facets,
    )


def _matching(
    connection: sa.Connection, wanted: Mapping[str, str], query: str
) -> Sequence[sa.Row[Any]]:
    """The newest documents that match, or their scores, one more than are looked at."""
    statement = sa.text(wanted[connection.dialect.name])
    return connection.execute(statement, {"q": query, "n": N_CANDIDATES + 1}).all()


def _weight(kind: str) -> float:
    """Long documents of incidents must not drown in short ones of names."""
    return _INCIDENT_WEIGHT if kind == "incident" else 1.0


def _facet_words(request: SearchRequest) -> list[list[str]]:
    """For each facet chosen, the words of which a document must have one."""
    chosen = []
    for facet, values in sorted((request.facets or {}).items()):
        if facet not in FACETS:
            raise UnknownFieldError("search", facet, FACETS)
        several = [values] if isinstance(values, str) else list(values)
        chosen.append([facet_word(facet, value) for value in several])
    if request.kinds:
        chosen.append([facet_word("kind", kind) for kind in request.kinds])
    return chosen


def _query(dialect: str, terms: Sequence[QueryTerm], facet_words: Sequence[Sequence[str]]) -> str:
    """Write the query in the language of FTS5 or of to_tsquery; it holds folded words only."""
    is_sqlite = dialect == "sqlite"
    term = _fts5_term if is_sqlite else _tsquery_term
    either, both = (" OR ", " AND ") if is_sqlite else (" | ", " & ")
    wanted = [term(entry) for entry in terms if not entry.is_excluded]
    wanted += ["(" + either.join(words) + ")" for words in facet_words if words]
    unwanted = [term(entry) for entry in terms if entry.is_excluded]
    query = both.join(wanted or [EVERYTHING])
    if unwanted and is_sqlite:
        return f"({query}) NOT ({either.join(unwanted)})"
    return f"({query}) & !({either.join(unwanted)})" if unwanted else query


def _fts5_term(term: QueryTerm) -> str:
    words = " ".join(term.words)
    star = "" if term.is_exact or len(term.words[-1]) < _SHORTEST_PREFIX else " *"
    parts = [f'"{words}"{star}', *(f"{KEY_MARK}{key} *" for key in term.name_keys)]
    return "(" + " OR ".join(parts) + ")"


def _tsquery_term(term: QueryTerm) -> str:
    star = "" if term.is_exact or len(term.words[-1]) < _SHORTEST_PREFIX else ":*"
    parts = [" <-> ".join(term.words) + star, *(f"{KEY_MARK}{key}:*" for key in term.name_keys)]
    return "(" + " | ".join(parts) + ")"


def _count(facet_lists: Iterable[str]) -> dict[str, dict[str, int]]:
    """How many documents have each value."""
    counts = Counter("\n".join(facet_lists).split("\n"))
    by_facet: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
    for pair, n_documents in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        facet, _, value = pair.partition("=")
        if value:
            by_facet[facet][value] = n_documents
    return by_facet


def _hits(
    connection: sa.Connection,
    page: Sequence[sa.Row[Any]],
    scores: Mapping[int, float],
    terms: Sequence[QueryTerm],
    request: SearchRequest,
) -> Iterator[SearchHit]:
    wanted = [term for term in terms if not term.is_excluded]
    owners = rows_of(connection, [row.owner_id for row in page])
    matches = {}
    if not request.kinds:
        matches = {i: best_match([owners[i]], wanted) for i in owners}
    # The others of the family are read only where the incident itself does not say it all.
    lacking = [i for i in owners if (m := matches.get(i)) is None or m.n_terms < len(wanted)]
    families = families_of(connection, lacking)
    others = rows_of(connection, {i for family in families.values() for i in family})
    for owner_id, family in families.items():
        rows = [others[i] for i in family]
        fitting = [row for row in rows if not request.kinds or row.kind in request.kinds]
        matches[owner_id] = best_match(fitting or rows, wanted)
    for row in page:
        match = matches.get(row.owner_id)
        if match is not None:
            yield SearchHit(
                record_id=match.row.record_id,
                kind=match.row.kind,
                incident_id=row.owner_id if row.kind == "incident" else "",
                label=owners[row.owner_id].cells.get("public_id") or row.owner_id,
                title=title_of(owners[row.owner_id], request.lang),
                snippet=match.snippet,
                score=scores.get(row.doc_id, 0.0),
            )


def title_of(row: FoundRow, lang: str = "en") -> str:
    """Return what a record is called, in a language where it has one; empty where nothing."""
    for name, spec in fields_of(record_class(row.kind)).items():
        cell = row.cells[name]
        if name not in _TITLES or not cell:
            continue
        value = cell if spec.form in ("line", "prose") else row.json(name)
        if name == "names":
            value = value[0].get("value") if value else ""
        elif isinstance(value, dict):
            value = value.get(lang) or value.get("en") or next(iter(value.values()), "")
        if value:
            return str(value)
    return str(row.cells.get("publisher_as_text") or row.cells.get("url") or "")
