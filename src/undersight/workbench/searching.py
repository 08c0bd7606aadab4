"""Searching, and searches kept under a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undersight.errors import UnknownSearchError, UnreadableAssignmentError
from undersight.model.records import SavedSearch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undersight.workbench.session import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is searched for.

    Args:
        text: Words, phrases and exclusions.
        facets: ``facet=value`` words.
        kinds: Kinds of record wanted as hits.
    """

    text: str
    facets: Sequence[str] = ()
    kinds: Sequence[str] = ()


def search(
    workspace: Workspace, asked: Asked, *, limit: int = 20, offset: int = 0
) -> dict[str, Any]:
    """Return hits, their number and counts by facet, as JSON.

    Raises:
        InputError: A facet that does not exist, or a word that is not ``facet=value``.
    """
    facets: dict[str, list[str]] = {}
    for word in asked.facets:
        name, equals, value = word.partition("=")
        if not equals:
            raise UnreadableAssignmentError(word)
        facets.setdefault(name, []).append(value)
    found = workspace.casebook.search(
        asked.text, facets=dict(facets), kinds=tuple(asked.kinds), limit=limit, offset=offset
    )
    return {
        "total": found.total,
        "is_lower_bound": found.is_lower_bound,
        "hits": [
            {
                "record_id": hit.record_id,
                "kind": hit.kind,
                "incident_id": hit.incident_id,
                "label": hit.label,
                "title": hit.title,
                "snippet": hit.snippet.text,
                "marks": [list(mark) for mark in hit.snippet.marks],
            }
            for hit in found.hits
        ],
        "facets": {name: dict(counts) for name, counts in found.facets.items()},
    }


def keep(workspace: Workspace, name: str, asked: Asked) -> None:
    """Keep a search under a name; a search of the same name is changed."""
    fields = {"query": asked.text, "facets": [*asked.facets, *(f"kind={k}" for k in asked.kinds)]}
    known = [s for s in _all(workspace) if s.name == name]
    if known:
        workspace.casebook.update(known[0].record_id, fields, "search kept")
    else:
        workspace.casebook.create("saved_search", why="search kept", name=name, **fields)


def recall(workspace: Workspace, name: str) -> Asked:
    """Return a kept search.

    Raises:
        UnknownSearchError: None of this name.
    """
    for kept in _all(workspace):
        if kept.name == name:
            return Asked(text=kept.query, facets=kept.facets)
    raise UnknownSearchError(name, tuple(sorted(s.name for s in _all(workspace))))


def forget(workspace: Workspace, name: str) -> None:
    """Remove a kept search; its history stays.

    Raises:
        UnknownSearchError: None of this name.
    """
    known = [s for s in _all(workspace) if s.name == name]
    if not known:
        raise UnknownSearchError(name, tuple(sorted(s.name for s in _all(workspace))))
    workspace.casebook.retract(known[0].record_id, "search removed")


def saved(workspace: Workspace) -> list[dict[str, Any]]:
    """Return kept searches by name."""
    kept = sorted(_all(workspace), key=lambda s: s.name)
    return [{"name": s.name, "query": s.query, "facets": list(s.facets)} for s in kept]


def _all(workspace: Workspace) -> list[SavedSearch]:
    return [s for s in workspace.casebook.all("saved_search") if isinstance(s, SavedSearch)]
