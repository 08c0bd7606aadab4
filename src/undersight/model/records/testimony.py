"""Sources, and what a speaker says about one field of one record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.records.record import Record
from undersight.model.schema import date, declared, line, lines, localised, prose, ref, refs, term

_SOURCE_ID = re.compile("src-[a-z2-7]{20}")


def is_source_id(text: str) -> bool:
    """Return whether a text is an id of the source-identity file and nobody's name."""
    return _SOURCE_ID.fullmatch(text) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Record):
    """Where information comes from. Who a protected source is stands elsewhere."""

    kind: ClassVar[str] = "source"

    source_kind: str = term("source_kind", "What.", default="newspaper")
    title: str = line("Title.")
    publisher: str = ref("party", about="Outlet, office or platform.")
    publisher_as_text: str = line("Publisher, where no party is recorded.")
    url: str = line("Address.")
    published: FuzzyDate | None = date("When published.")
    accessed: FuzzyDate | None = date("When read.")
    lang: str = line("Language.")
    reliability: str = term("reliability", "Admiralty code, A to F.", default="F")
    identity: str = line("Opaque id in the source-identity file.", is_internal=True)
    evidence: tuple[str, ...] = lines("Digests of objects in the vault.")
    excerpt: str = prose("The passage relied on.", is_personal=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Record):
    """What one speaker says about one field of one record."""

    kind: ClassVar[str] = "claim"

    about: str = ref(about="The record spoken of.")
    field: str = line("Its field; empty for the record as a whole.")
    value: Any = declared("value", "The value claimed, where it can be written as one.")
    statement: Mapping[str, str] = localised("What is said.", is_personal=True)
    speaker: str = ref("party", about="Who says it.")
    speaker_as_text: str = line("The words for the speaker.", is_personal=True)
    speaker_alternatives: tuple[str, ...] = refs("party", about="Who else may be meant.")
    carried_by: str = ref("source", about="Who reports it.")
    stance: str = term("claim_stance", "What is done with the field.", default="asserts")
    connection: str = term("connection", "How tied to the matter.")
    credibility: str = term("credibility", "Admiralty code, 1 to 6.")
    said: FuzzyDate | None = date("When it was said.")
    status: str = term("claim_status", "Where it stands.", default="accepted")
    status_note: Mapping[str, str] = localised("Why, for readers.")
    evidence: tuple[str, ...] = lines("Digests of objects in the vault.")
