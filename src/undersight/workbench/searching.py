"""Searching, and searches kept under a name."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undersight.errors import (
    InvalidValueError,
    UnknownKindError,
    UnknownSearchError,
    UnknownTermError,
    UnreadableAssignmentError,
)
from undersight.model.records import KINDS, SavedSearch
from undersight.model.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undersight.workbench.session import Workspace

_VOCABULARIES = {
    "act_type": "act_type",
    "platform": "platform",
    "status": "liberty_status",
    "verification": "verification",
    "monitoring": "monitoring_status",
    "visibility": "visibility",
}
_YEAR = re.compile(r"\d{4}")
_FEW = 20
_ALIKE = 0.75


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
        InputError: A facet or kind that does not exist, a value that no record can have, or a
            word that is not ``facet=value``.
    """
    for kind in asked.kinds:
        _check_kind(kind)
    facets: dict[str, list[str]] = {}
    for word in asked.facets:
        name, equals, value = word.partition("=")
        if not equals:
            raise UnreadableAssignmentError(word)
        _check_value(name, value)
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


def search_with_merged(workspace: Workspace, asked: Asked, *, limit: int = 20) -> dict[str, Any]:
    """Return what `search` does; each hit says into whom it was merged, if it was.

    Raises:
        InputError: As `search`.
    """
    found = search(workspace, asked, limit=limit)
    kept = workspace.casebook.merged_parties()
    for hit in found["hits"]:
        hit["merged_into"] = kept.get(hit["record_id"], "")
    return found


def _check_value(facet: str, value: str) -> None:
    """Refuse what can never be found: no hits would say that nothing of the kind happened."""
    if facet == "kind":
        _check_kind(value)
    elif facet in _VOCABULARIES:
        known = vocabulary(_VOCABULARIES[facet])
        if value not in known.terms:
            near = tuple(difflib.get_close_matches(value.lower(), known.terms, cutoff=_ALIKE))
            few = tuple(known.terms) if len(known.terms) <= _FEW else ()
            raise UnknownTermError(known.vocabulary_id, value, near or few, facet)
    elif facet == "year" and not _YEAR.fullmatch(value):
        raise InvalidValueError("search", facet, "a year such as 2031", f"“{value[:40]}”")


def _check_kind(kind: str) -> None:
    if kind not in KINDS:
        near = tuple(difflib.get_close_matches(kind.lower(), KINDS, cutoff=_ALIKE))
        raise UnknownKindError(kind, near or tuple(sorted(KINDS)))


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
