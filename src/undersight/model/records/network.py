"""Dealings with platforms, removed networks as reported, indicators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from undersight.model import parts as p
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.records.record import Record
from undersight.model.schema import (
    date,
    line,
    lines,
    localised,
    part,
    parts,
    ref,
    refs,
    term,
    terms,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformCase(Record):
    """A dealing with a platform: what it decided, what was asked, by when, what came of it."""

    kind: ClassVar[str] = "platform_case"

    incident: str = ref("incident", about="The entry.")
    act: str = ref("act", about="The act.")
    account: str = ref("account", about="The account.")
    item: str = ref("item", about="The item.")
    platform: str = term("platform", "Which platform.")
    case_kind: str = term("case_kind", "About what.")
    notice: p.Notice | None = part(p.Notice, "What the platform said.")
    steps: tuple[p.CaseStep, ...] = parts(p.CaseStep, "Messages.")
    deadlines: tuple[p.Deadline, ...] = parts(p.Deadline, "Deadlines.")
    outcome: str = term("case_outcome", "How it ended.", default="open")
    outcome_on: FuzzyDate | None = date("When it ended.")
    loss: p.Loss | None = part(p.Loss, "What was lost.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Takedown(Record):
    """A removed network, as one report gives it. Two reports are two takedowns or two claims."""

    kind: ClassVar[str] = "takedown"

    name: str = line("Name.")
    incident: str = ref("incident", about="The entry.")
    reporter: str = ref("party", about="Who reports it.")
    report: str = ref("source", about="The report.")
    report_period: FuzzyDate | None = date("The time the report is about.")
    published: FuzzyDate | None = date("When the report came out.")
    origins: tuple[str, ...] = lines("Countries it was run from (ISO codes).")
    targets: tuple[str, ...] = lines("Countries or people addressed.")
    scope: str = term("scope", "Whom it addressed.", default="unknown")
    removed: p.AssetCounts | None = part(p.AssetCounts, "Assets removed, by kind.")
    followers: tuple[p.Quantity, ...] = parts(p.Quantity, "Followers, by kind of asset.")
    ad_spend: tuple[p.Quantity, ...] = parts(p.Quantity, "Money spent.")
    active_from: FuzzyDate | None = date("Active since.")
    attributed_to: tuple[str, ...] = refs("party", about="Who is said to be behind it.")
    attributed_as_text: str = line("The attribution as written.")
    attribution_confidence: str = term("attribution_confidence", "How sure.", default="none")
    detection: str = term("detection_path", "How it was found.", default="unknown")
    prior: tuple[str, ...] = refs("takedown", about="Earlier networks it continues.")
    other_platforms: tuple[str, ...] = terms("platform", "Where else.")
    tactics: tuple[str, ...] = terms("tactic", "How it worked.")
    techniques: tuple[p.Technique, ...] = parts(p.Technique, "Framework techniques.")
    indicators: tuple[str, ...] = refs("indicator", about="Indicators published with it.")
    summary: Mapping[str, str] = localised("In words.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Record):
    """A domain, address, hash or account published as part of a network."""

    kind: ClassVar[str] = "indicator"

    indicator_type: str = term("indicator_type", "What.")
    value: str = line("Its value, refanged; shown defanged.", is_personal=True)
    phase: str = line("Kill-chain phase or procedure, as published.")
    first_seen: FuzzyDate | None = date("First seen.")
    source: str = ref("source", about="Who published it.")
