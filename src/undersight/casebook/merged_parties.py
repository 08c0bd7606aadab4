"""Which party stands for which, after the decisions that people made."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.fields import record_of_fields
from undersight.model import codec
from undersight.model.disclosure import is_visible
from undersight.model.naming import AUDIENCES, is_minor
from undersight.model.schema import fields_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from undersight.model.fuzzy_date import FuzzyDate
    from undersight.model.naming import Audience
    from undersight.model.records import Party, Record


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


def kept_apart(decisions: Iterable[tuple[str, str, str]], party_id: str) -> tuple[str, str]:
    """Return two that were decided to be two people, and whom merges would tie to a party.

    Args:
        decisions: As for `kept_parties`.
        party_id: The party.

    Raises:
        ValueError: Nothing keeps them apart.
    """
    standing = sorted(set(decisions))
    into: dict[str, set[str]] = {}
    for kept, other, verdict in standing:
        if verdict == "same":
            into.setdefault(other, set()).add(kept)
            into.setdefault(kept, set())
    together = next((group for group in _groups(into) if party_id in group), {party_id})
    for one, other, verdict in standing:
        if verdict == "different" and {one, other} <= together:
            return one, other
    raise ValueError(party_id)


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


def follow_merges(record: Record, kept: Mapping[str, str]) -> Record | None:
    """Return a record that points at kept parties only; None for a party merged into another."""
    if record.record_id in kept:
        return None
    if not kept or record.kind == "identity_decision":
        return record
    raw = codec.to_json(record)
    followed = _followed(type(record), raw, kept)
    if followed == raw:
        return record
    fields = {name: followed[name] for name in followed if name not in ("kind", "record_id")}
    return record_of_fields(record.kind, record.record_id, fields)


def united(party: Party, others: Iterable[Party]) -> Party:
    """Return a party with what is known of those merged into it; the more careful side wins."""
    for other in sorted(others, key=lambda o: o.record_id):
        known = {name.value for name in party.names}
        party = replace(
            party,
            names=(*party.names, *(name for name in other.names if name.value not in known)),
            consents=(*party.consents, *other.consents),
            risk_flags=tuple(dict.fromkeys((*party.risk_flags, *other.risk_flags))),
            occupations=tuple(dict.fromkeys((*party.occupations, *other.occupations))),
            public_exposure=_more_careful(party.public_exposure, other.public_exposure),
            born=_younger(party.born, other.born),
            confidentiality=max(
                party.confidentiality, other.confidentiality, key=_how_closely_kept
            ),
            field_visibility=_narrower(party.field_visibility, other.field_visibility),
        )
    return party


def told_of(
    whole: Party, party: Party, others: Iterable[Party], audience: Audience, *, on: dt.date
) -> Party:
    """Return a party as an audience may be told of it: without what narrower records alone say.

    Merging a spelling or a birth date out of a record that was never shown to an audience must
    not show it; that somebody is a child, or withheld, counts wherever it is written.

    Args:
        whole: All that is known.
        party: What the kept record alone says.
        others: The records merged into it.
        audience: Who reads.
        on: The day of reading.
    """
    seen = united(party, [other for other in others if is_visible(other, audience)])
    flags = whole.risk_flags
    if is_minor(whole, on=on) and "minor" not in flags:
        flags = (*flags, "minor")
    return replace(
        whole, names=seen.names, occupations=seen.occupations, born=seen.born, risk_flags=flags
    )


def _younger(one: FuzzyDate | None, other: FuzzyDate | None) -> FuzzyDate | None:
    """The birth date that makes somebody younger: a child in one record is a child."""
    if one is None or other is None:
        return one or other
    known = [(date.latest, date) for date in (one, other) if date.latest is not None]
    return max(known, key=lambda both: both[0])[1] if known else one


def _how_closely_kept(confidentiality: str) -> int:
    return {"vault": 2, "sensitive": 1}.get(confidentiality, 0)


def _narrower(one: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    """Who may see which fields where either record says so: what one keeps back stays back."""
    ranks: dict[str, int] = {level: rank for rank, level in enumerate(AUDIENCES)}
    both = {
        name: min(one[name], other[name], key=lambda x: ranks.get(x, 0))
        for name in one
        if name in other
    }
    return {**one, **other, **both}


def _more_careful(one: str, other: str) -> str:
    if "withheld" in (one, other):
        return "withheld"
    return other if one in ("", "unknown") else one


def _followed(cls: type, fields: Mapping[str, Any], kept: Mapping[str, str]) -> dict[str, Any]:
    """JSON fields with every reference to a merged party replaced."""
    out = dict(fields)
    for name, spec in fields_of(cls).items():
        value = out.get(name)
        if not value:
            continue
        if spec.form == "ref":
            out[name] = kept.get(value, value)
        elif spec.form == "refs":
            out[name] = list(dict.fromkeys(kept.get(entry, entry) for entry in value))
        elif spec.form == "part" and spec.part is not None:
            out[name] = _followed(spec.part, value, kept)
        elif spec.form == "parts" and spec.part is not None:
            out[name] = [_followed(spec.part, entry, kept) for entry in value]
    return out
