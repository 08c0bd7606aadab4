"""Rows of the tables of claims, updates and takedowns."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING

from undersight.exporters.csv.amounts import quantity
from undersight.exporters.csv.cells import edtf, joined
from undersight.exporters.delivery import DISARM_VERSION, disarm_techniques
from undersight.exporters.naming import (
    event_id,
    incident_of,
    party_label,
    source_label,
    text_in,
)
from undersight.model.derived.contradictions import contradictions
from undersight.model.derived.official_position import official_position
from undersight.model.parts import AssetCounts
from undersight.model.records import Claim, Indicator, Takedown, Update
from undersight.text.url import defang

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.model.dossier import Dossier

Row = dict[str, object]


def claim_rows(dossier: Dossier) -> Iterator[Row]:
    """Yield one row for each claim, by id."""
    for claim in dossier.all(Claim):
        about = dossier.get(claim.about)
        source = dossier.source(claim.carried_by)
        statement, lang = text_in(claim.statement, dossier.masthead.languages)
        incident_id = incident_of(dossier, about)
        yield {
            "claim_id": claim.record_id,
            "event_id": event_id(dossier, incident_id) if incident_id else "",
            "about_id": claim.about,
            "about_kind": about.kind if about else "",
            "field": claim.field,
            "value": _value(claim.value),
            "stance": claim.stance,
            "statement": statement,
            "statement_lang": lang,
            "speaker_id": claim.speaker,
            "speaker_label": party_label(dossier, claim.speaker) or claim.speaker_as_text,
            "connection": claim.connection,
            "said_edtf": edtf(claim.said),
            "source": source_label(dossier, source) if source else "",
            "source_reliability": source.reliability if source else "",
            "credibility": claim.credibility,
            "status": claim.status,
            "status_note": text_in(claim.status_note, dossier.masthead.languages)[0],
            "speaker_alternatives": joined(
                party_label(dossier, p) for p in claim.speaker_alternatives
            ),
        }


def update_rows(dossier: Dossier) -> Iterator[Row]:
    """Yield one row for each addition, by id."""
    for update in dossier.all(Update):
        note, lang = text_in(update.note, dossier.masthead.languages)
        yield {
            "update_id": update.record_id,
            "event_id": event_id(dossier, update.incident),
            "number": update.number,
            "published_edtf": edtf(update.published),
            "update_kind": update.update_kind,
            "note": note,
            "note_lang": lang,
        }


def takedown_rows(dossier: Dossier) -> Iterator[Row]:
    """Yield one row for each report on a removed network, by id."""
    differing = [c for c in contradictions(dossier) if c.kind == "reports"]
    for takedown in dossier.all(Takedown):
        removed = takedown.removed or AssetCounts()
        disarm = disarm_techniques("", takedown.tactics)
        yield {
            "takedown_id": takedown.record_id,
            "event_id": event_id(dossier, takedown.incident) if takedown.incident else "",
            "name": takedown.name,
            "reporter": party_label(dossier, takedown.reporter),
            "published_edtf": edtf(takedown.published),
            "origins": joined(takedown.origins),
            "targets": joined(takedown.targets),
            "scope": takedown.scope,
            **{field.name: getattr(removed, field.name) for field in fields(removed)},
            "attributed_to": joined(party_label(dossier, p) for p in takedown.attributed_to)
            or takedown.attributed_as_text,
            "attribution_confidence": takedown.attribution_confidence,
            "official_position": official_position(dossier, takedown.record_id).position,
            "tactics": joined(takedown.tactics),
            "techniques": joined(
                f"{t.framework}@{t.version} {t.technique_id}" for t in takedown.techniques
            ),
            "disarm": joined(f"{technique}@{DISARM_VERSION}" for technique in disarm),
            "n_contradictions": sum(takedown.record_id in c.inputs for c in differing),
            "followers": joined(quantity(one) for one in takedown.followers),
            "ad_spend": joined(quantity(one) for one in takedown.ad_spend),
            "indicators": joined(_indicators(dossier, takedown)),
            "summary": text_in(takedown.summary, dossier.masthead.languages)[0],
            "report_period_edtf": edtf(takedown.report_period),
            "active_from_edtf": edtf(takedown.active_from),
        }


def _indicators(dossier: Dossier, takedown: Takedown) -> Iterator[str]:
    for one in takedown.indicators:
        found = dossier.find(Indicator, one)
        if found is not None:
            yield f"{found.indicator_type} {defang(found.value)}"


def _value(value: object) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
