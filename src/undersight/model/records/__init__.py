"""The casebook's records: what happened to whom, who says so, and what came of it.

Terms and their split follow the HURIDOCS Events Standard Formats (event, act, involvement,
information, intervention); ``incident`` is the published entry. One status per act and person
lives in the involvement; a denial is a claim about one field of one act; the stated and the
believed ground are two fields. Nothing derived is stored.
"""

from __future__ import annotations

from undersight.model.records.desk import HarmReview, Judgement, SavedSearch
from undersight.model.records.incident import (
    Act,
    Incident,
    Intervention,
    Involvement,
    Period,
    Update,
)
from undersight.model.records.law import Citation, Proceeding, Provision
from undersight.model.records.network import Indicator, PlatformCase, Takedown
from undersight.model.records.people import Account, IdentityDecision, Item, Party
from undersight.model.records.record import Record
from undersight.model.records.testimony import Claim, Source

RECORD_CLASSES: tuple[type[Record], ...] = (
    Party,
    Account,
    Item,
    Incident,
    Act,
    Involvement,
    Source,
    Claim,
    Provision,
    Citation,
    Proceeding,
    Update,
    PlatformCase,
    Takedown,
    Indicator,
    Period,
    Intervention,
    IdentityDecision,
    HarmReview,
    SavedSearch,
    Judgement,
)
KINDS: dict[str, type[Record]] = {cls.kind: cls for cls in RECORD_CLASSES}

__all__ = [
    "KINDS",
    "RECORD_CLASSES",
    "Account",
    "Act",
    "Citation",
    "Claim",
    "HarmReview",
    "IdentityDecision",
    "Incident",
    "Indicator",
    "Intervention",
    "Involvement",
    "Item",
    "Judgement",
    "Party",
    "Period",
    "PlatformCase",
    "Proceeding",
    "Provision",
    "Record",
    "SavedSearch",
    "Source",
    "Takedown",
    "Update",
]
