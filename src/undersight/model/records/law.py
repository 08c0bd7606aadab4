"""Provisions, in what capacity they were used, and proceedings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from undersight.model import parts as p
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.records.record import Record
from undersight.model.schema import (
    count,
    date,
    line,
    lines,
    localised,
    part,
    parts,
    ref,
    term,
    terms,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision(Record):
    """One article, part or point of a law, code, treaty or policy, in one version."""

    kind: ClassVar[str] = "provision"

    jurisdiction: str = line("ISO 3166-1 alpha-2 code, organisation or platform.")
    instrument_kind: str = term("instrument_kind", "What kind of text.")
    instrument: str = line("Short name of the text.")
    path: tuple[str, ...] = lines("Article, part, point: 388, 1, 1.")
    citation: str = line("Normalised: 388.1.1.")
    cited_as: tuple[str, ...] = lines("Citations as written.")
    title: Mapping[str, str] = localised("Heading.")
    valid_from: FuzzyDate | None = date("In force from.")
    valid_to: FuzzyDate | None = date("In force until.")
    penalty: Mapping[str, str] = localised("Penalty provided.")
    binds: tuple[str, ...] = terms("addressee", "Whom it binds.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(Record):
    """That a provision was used, in one capacity, in one act or against one person."""

    kind: ClassVar[str] = "citation"

    provision: str = ref("provision", about="The provision.")
    act: str = ref("act", about="The act.")
    involvement: str = ref("involvement", about="The person, where it differs by person.")
    capacity: str = term("provision_capacity", "In what capacity.", default="charged")
    as_cited: str = line("The citation as written.")
    cited_by: str = ref("party", about="Who cites it.")
    cited: FuzzyDate | None = date("When.")
    three_part_test: p.ThreePartTest | None = part(p.ThreePartTest, "Convention test.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proceeding(Record):
    """A case before a court or office, against the person or brought by the person."""

    kind: ClassVar[str] = "proceeding"

    incident: str = ref("incident", about="The entry.")
    direction: str = term("direction", "Who against whom.", default="against_victim")
    party: str = ref("party", about="The person.")
    case_no: str = line("Case number.", is_personal=True)
    court: str = ref("party", about="The court.")
    court_type: str = term("court_type", "What court.", default="unknown")
    court_level: str = term("court_level", "At what level.", default="unknown")
    charges: tuple[p.Charge, ...] = parts(p.Charge, "Charges and their standing.")
    hearings: tuple[p.Hearing, ...] = parts(p.Hearing, "Hearings.")
    sentences: tuple[p.Sentence, ...] = parts(p.Sentence, "Penalties.")
    time_served_days: int | None = count("Days already served.", unit="days")
    appeal_outcome: str = term("appeal_outcome", "What came of the appeal.")
    next_date: FuzzyDate | None = date("Next hearing or decision.")
