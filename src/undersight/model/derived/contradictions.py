"""Numbers that do not agree, kept side by side: the program shows both and chooses neither."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final, Literal

from undersight.model.derived.counts import n_people
from undersight.model.dossier import Dossier
from undersight.model.parts import AssetCounts, Quantity
from undersight.model.records import Act, Claim, Takedown

Kind = Literal["own_list", "reports", "claims", "quantities", "people"]

_PEOPLE: Final = frozenset(
    {"people_detained", "people_questioned", "people_warned", "people_charged", "people_affected"}
)
_NOT_STANDING: Final = frozenset({"withdrawn", "superseded"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One of several values for one fact.

    Args:
        value: What is stated: a number, or the JSON value of a claim.
        value_max: Upper bound of a range; None where it is one number.
        record: Id of the record that states it.
        source: Id of the source or party that gives it; empty where not recorded.
        is_rounded: Whether the source rounds.
    """

    value: Any
    value_max: float | None = None
    record: str = ""
    source: str = ""
    is_rounded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """One fact for which different values are stated.

    Args:
        kind: ``own_list``: a number and the length of the source's own list; ``reports``: two
            reports on a removed network; ``claims``: two claims about one field;
            ``quantities``: two numbers for one thing in one act; ``people``: a number and the
            people recorded.
        about: Id of the act, takedown or record that the fact is about.
        what: A term of ``quantity``, a kind of asset or a field name.
        values: The values, in order of the records that state them.
    """

    kind: Kind
    about: str
    what: str
    values: tuple[Stated, ...]

    @property
    def inputs(self) -> tuple[str, ...]:
        """Ids of the records it was drawn from."""
        return tuple(dict.fromkeys(v.record for v in self.values if v.record))


def contradictions(dossier: Dossier) -> tuple[Contradiction, ...]:
    """Return all contradicting numbers, by kind, record and what is counted."""
    found: list[Contradiction] = []
    for act in dossier.all(Act):
        found.extend(_in_act(dossier, act))
    for takedown in dossier.all(Takedown):
        found.extend(_own_lists(takedown.record_id, (*takedown.followers, *takedown.ad_spend)))
    found.extend(_between_reports(dossier))
    found.extend(_between_claims(dossier))
    return tuple(sorted(found, key=lambda c: (c.kind, c.about, c.what)))


def _in_act(dossier: Dossier, act: Act) -> Iterator[Contradiction]:
    yield from _own_lists(act.record_id, act.quantities)
    by_what: dict[str, list[Quantity]] = {}
    for quantity in act.quantities:
        if quantity.amount is not None:
            by_what.setdefault(quantity.what, []).append(quantity)
    for what, stated in by_what.items():
        if not _do_agree(stated):
            values = tuple(_stated(act.record_id, q) for q in stated)
            yield Contradiction(kind="quantities", about=act.record_id, what=what, values=values)
    yield from _against_people(dossier, act, by_what)


def _own_lists(about: str, quantities: Iterable[Quantity]) -> Iterator[Contradiction]:
    for q in quantities:
        if q.n_listed is None or q.amount is None or _within(q, q.n_listed):
            continue
        listed = Stated(value=q.n_listed, record=about, source=q.source)
        yield Contradiction(
            kind="own_list", about=about, what=q.what, values=(_stated(about, q), listed)
        )


def _against_people(
    dossier: Dossier, act: Act, by_what: Mapping[str, list[Quantity]]
) -> Iterator[Contradiction]:
    """Yield numbers of people that the recorded victims cannot make up."""
    stated = [q for what in sorted(_PEOPLE & by_what.keys()) for q in by_what[what]]
    fewest, most = n_people(dossier, [act])
    for q in stated:
        top = q.amount_max if q.amount_max is not None else q.amount
        if most and top is not None and not q.is_rounded and top < fewest:
            recorded = Stated(value=fewest, value_max=most, record=act.record_id)
            yield Contradiction(
                kind="people",
                about=act.record_id,
                what=q.what,
                values=(_stated(act.record_id, q), recorded),
            )


def _between_reports(dossier: Dossier) -> Iterator[Contradiction]:
    """Yield asset counts on which the reports told of in one entry differ."""
    by_incident: dict[str, list[Takedown]] = {}
    for takedown in dossier.all(Takedown):
        if takedown.incident and takedown.removed is not None:
            by_incident.setdefault(takedown.incident, []).append(takedown)
    for reports in by_incident.values():
        for asset in (field.name for field in fields(AssetCounts)):
            values = tuple(
                Stated(value=n, record=t.record_id, source=t.report or t.reporter)
                for t in reports
                if (n := getattr(t.removed, asset)) is not None
            )
            if len({v.value for v in values}) > 1:
                about = reports[0].record_id
                yield Contradiction(kind="reports", about=about, what=asset, values=values)


def _between_claims(dossier: Dossier) -> Iterator[Contradiction]:
    """Yield fields for which standing claims give different values."""
    by_fact: dict[tuple[str, str], list[tuple[Any, Claim]]] = {}
    for claim in dossier.all(Claim):
        if claim.stance != "asserts" or claim.value is None or claim.status in _NOT_STANDING:
            continue
        for name, value in _facts(claim):
            by_fact.setdefault((claim.about, name), []).append((value, claim))
    for (about, what), stated in by_fact.items():
        if len({repr(value) for value, _ in stated}) > 1:
            values = tuple(
                Stated(value=value, record=c.record_id, source=c.carried_by or c.speaker)
                for value, c in stated
            )
            yield Contradiction(kind="claims", about=about, what=what, values=values)


def _facts(claim: Claim) -> Iterator[tuple[str, Any]]:
    """Yield the facts in a claim's value: one for each key where it is a group."""
    if isinstance(claim.value, Mapping):
        for key, value in sorted(claim.value.items()):
            yield f"{claim.field}.{key}", value
    elif claim.field:
        yield claim.field, claim.value


def _stated(record: str, q: Quantity) -> Stated:
    return Stated(
        value=q.amount,
        value_max=q.amount_max,
        record=record,
        source=q.source,
        is_rounded=q.is_rounded,
    )


def _within(q: Quantity, n: float) -> bool:
    if q.amount is None or q.is_rounded:
        return True
    return q.amount <= n <= (q.amount_max if q.amount_max is not None else q.amount)


def _do_agree(stated: list[Quantity]) -> bool:
    """Return whether all ranges share a value (numbers of one unit; rounded ones are not held)."""
    exact = [q for q in stated if not q.is_rounded and q.amount is not None]
    for unit in {(q.unit, q.currency) for q in exact}:
        same = [q for q in exact if (q.unit, q.currency) == unit]
        lows = [q.amount or 0 for q in same]
        highs = [q.amount_max if q.amount_max is not None else q.amount or 0 for q in same]
        if max(lows) > min(highs):
            return False
    return True
