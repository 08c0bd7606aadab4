"""Which party stands for which, after the decisions that people made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from undersight.casebook import tables as t

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def kept_parties(decisions: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """Return, for each party merged into another, the one that stands for it in the end.

    Two parties on which people decided differently stay apart: to merge two people wrongly does
    more harm than to list one twice.

    Args:
        decisions: ``(kept, other, verdict)`` of decisions that stand, in any order.
    """
    standing = sorted(set(decisions))
    apart = {frozenset(pair[:2]) for pair in standing if pair[2] == "different"}
    into: dict[str, set[str]] = {}
    for kept, other, verdict in standing:
        if verdict == "same" and kept != other and frozenset((kept, other)) not in apart:
            into.setdefault(other, set()).add(kept)
            into.setdefault(kept, set())
    found: dict[str, str] = {}
    for together in _groups(into):
        if not any(pair <= together for pair in apart):
            ends = {party for party in together if not into[party]}
            kept_party = min(ends or together)
            found |= {party: kept_party for party in together if party != kept_party}
    return found


def _groups(into: Mapping[str, set[str]]) -> list[set[str]]:
    """Parties that decisions tie together, directly or through others."""
    ties: dict[str, set[str]] = {party: set(kept) for party, kept in into.items()}
    for party, kept in into.items():
        for other in kept:
            ties[other].add(party)
    groups, seen = [], set[str]()
    for party in sorted(ties):
        group, todo = set[str](), [party]
        while todo:
            here = todo.pop()
            if here not in seen:
                seen.add(here)
                group.add(here)
                todo += ties[here]
        if group:
            groups.append(group)
    return groups


def standing_decisions(connection: sa.Connection) -> list[tuple[str, str, str]]:
    """Return the decisions that were neither revoked nor retracted."""
    table = t.KIND_TABLES["identity_decision"]
    rows = connection.execute(
        sa.select(table.c.kept, table.c.other, table.c.verdict).where(
            sa.not_(table.c.is_revoked), sa.not_(table.c.is_retracted)
        )
    )
    return [(row.kept, row.other, row.verdict) for row in rows]
