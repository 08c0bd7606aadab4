"""Days by which something must be done: those recorded, and those that a dated rule gives.

Rules are data (``deadline_rules.toml``), each with its basis and the day it was noted. A recorded
deadline always stands before a computed one.
"""

from __future__ import annotations

import datetime as dt
import functools
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, Final

from undersight.model.derived.term import end_of
from undersight.model.dossier import Dossier
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.records import PlatformCase

OVER: Final = frozenset({"restored", "restored_with_loss", "reversed", "withdrawn", "expired"})
EU: Final = frozenset(
    {"AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT",
     "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE"}
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRule:
    """A rule that gives a deadline.

    Args:
        rule_id: Its id.
        about: What must be done, one English sentence.
        platforms: Platforms it is about; empty for any.
        case_kinds: Kinds of platform case it is about; empty for none.
        territory: ``EU`` for a rule of the European Union; empty for anywhere.
        counts_from: ``notice``, ``step`` or ``by_hand``.
        channel: For ``step``: the channel of the message it counts from.
        amount: How long; of ``unit``.
        unit: ``days`` or ``months``.
        valid_from: In force from; None if not known.
        valid_to: In force until; None if it still is.
        basis: Where it stands.
        noted_on: The day it was noted here.
        certainty: How sure it is.
    """

    rule_id: str
    about: str
    counts_from: str
    amount: int
    unit: str
    basis: str
    noted_on: dt.date
    certainty: str
    platforms: tuple[str, ...] = ()
    case_kinds: tuple[str, ...] = ()
    territory: str = ""
    channel: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One deadline of one platform case.

    Args:
        case: Id of the platform case.
        incident: Id of the entry.
        rule: Id of the rule; empty for one set by hand.
        earliest: First possible day it ends; what to work by.
        latest: Last possible day it ends.
        basis: Where it comes from.
        is_computed: Whether the program computed it from a rule.
        is_done: Whether it was met.
    """

    case: str
    incident: str
    rule: str
    earliest: dt.date | None
    latest: dt.date | None
    basis: str
    is_computed: bool
    is_done: bool

    @property
    def inputs(self) -> tuple[str, ...]:
        """Ids of the records it was drawn from."""
        return (self.case,)


@functools.cache
def deadline_rules() -> Mapping[str, DeadlineRule]:
    """Return the rules by id."""
    place = resources.files("undersight.model").joinpath("deadline_rules.toml")
    raw = tomllib.loads(place.read_text(encoding="utf-8"))
    rules = (_rule(entry) for entry in raw["rule"])
    return {rule.rule_id: rule for rule in rules}


def _rule(entry: dict[str, Any]) -> DeadlineRule:
    given = dict(entry)
    return DeadlineRule(
        rule_id=given.pop("id"),
        counts_from=given.pop("from"),
        platforms=tuple(given.pop("platforms", ())),
        case_kinds=tuple(given.pop("case_kinds", ())),
        **given,
    )


def deadlines_of(case: PlatformCase, *, jurisdiction: str = "") -> tuple[Due, ...]:
    """Return a case's deadlines, recorded and computed, soonest first; none once it is over.

    Args:
        case: The platform case.
        jurisdiction: ISO 3166-1 alpha-2 code where the person is; for rules of a territory.
    """
    recorded = [
        Due(
            case=case.record_id,
            incident=case.incident,
            rule=deadline.rule,
            earliest=deadline.due.earliest if deadline.due else None,
            latest=deadline.due.latest if deadline.due else None,
            basis=deadline.basis or _basis(deadline.rule),
            is_computed=False,
            is_done=deadline.is_done,
        )
        for deadline in case.deadlines
    ]
    known = {due.rule for due in recorded}
    computed = [d for d in _computed(case, jurisdiction) if d.rule not in known]
    return tuple(sorted([*recorded, *computed], key=_order))


def open_deadlines(dossier: Dossier) -> tuple[Due, ...]:
    """Return every deadline not yet met of a case not yet over, soonest first."""
    jurisdiction = dossier.masthead.jurisdiction
    found = [
        due
        for case in dossier.all(PlatformCase)
        if case.outcome not in OVER
        for due in deadlines_of(case, jurisdiction=jurisdiction)
        if not due.is_done
    ]
    return tuple(sorted(found, key=_order))


def _order(due: Due) -> tuple[dt.date, dt.date, str, str]:
    earliest = due.earliest or due.latest or dt.date.max
    return earliest, due.latest or dt.date.max, due.case, due.rule


def _basis(rule_id: str) -> str:
    rule = deadline_rules().get(rule_id)
    return rule.basis if rule else ""


def _computed(case: PlatformCase, jurisdiction: str) -> Iterator[Due]:
    for rule in deadline_rules().values():
        begun = _begun(rule, case)
        if begun is None or not _applies(rule, case, jurisdiction):
            continue
        if not _is_in_force(rule, begun):
            continue
        first, last = (
            end_of(day, rule.amount, rule.unit) if day else None
            for day in (begun.earliest, begun.latest)
        )
        yield Due(
            case=case.record_id,
            incident=case.incident,
            rule=rule.rule_id,
            earliest=first,
            latest=last,
            basis=rule.basis,
            is_computed=True,
            is_done=False,
        )


def _applies(rule: DeadlineRule, case: PlatformCase, jurisdiction: str) -> bool:
    if rule.territory == "EU" and jurisdiction not in EU:
        return False
    if rule.platforms and case.platform not in rule.platforms:
        return False
    return case.case_kind in rule.case_kinds


def _begun(rule: DeadlineRule, case: PlatformCase) -> FuzzyDate | None:
    if rule.counts_from == "notice":
        return case.notice.received_on if case.notice else None
    if rule.counts_from == "step":
        asked = [s.at for s in case.steps if s.channel == rule.channel and not s.is_from_platform]
        return next((at for at in asked if at is not None), None)
    return None


def _is_in_force(rule: DeadlineRule, begun: FuzzyDate) -> bool:
    latest, earliest = begun.latest or dt.date.max, begun.earliest or dt.date.min
    return (rule.valid_from or dt.date.min) <= latest and earliest <= (
        rule.valid_to or dt.date.max
    )
