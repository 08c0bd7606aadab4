"""Removed networks as campaigns, those named as threat actors, indicators with patterns."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import fields
from typing import TYPE_CHECKING, Final

from undersight.exporters.delivery import DISARM_VERSION, disarm_techniques
from undersight.exporters.naming import party_label, text_in
from undersight.exporters.stix.objects import Objects, instant, our_extension
from undersight.exporters.stix.techniques import technique
from undersight.model.derived.official_position import official_position
from undersight.model.parts import AssetCounts
from undersight.model.records import Indicator, Source, Takedown
from undersight.model.vocabulary import label
from undersight.text.url import refang

if TYPE_CHECKING:
    from undersight.exporters.stix.objects import Object
    from undersight.model.fuzzy_date import FuzzyDate

# STIX 2.1, appendix A: the scale None, Low, Med, High
_CONFIDENCE: Final = {"low": 15, "moderate": 50, "high": 85}
_N_HEX: Final = {"md5": 32, "sha256": 64}
_URLS: Final = frozenset({"url", "phishing_url", "cib_url", "telegram_url"})
_PATHS: Final = {
    "domain_name": "domain-name:value",
    "md5": "file:hashes.MD5",
    "sha256": "file:hashes.'SHA-256'",
    "account": "user-account:display_name",
    "page": "user-account:display_name",
    "handle": "user-account:account_login",
    "android_package_name": "software:name",
    "ios_app_id": "software:name",
    "app_name": "software:name",
}
_KILL_CHAIN: Final = "online-operations-kill-chain"


def put_takedown(objects: Objects, takedown: Takedown) -> tuple[str, list[str]]:
    """Add a removed network as one report gives it; return its id and all ids added."""
    summary, lang = text_in(takedown.summary, objects.dossier.masthead.languages)
    report = objects.dossier.find(Source, takedown.report)
    campaign = objects.put(
        "campaign",
        takedown.record_id,
        takedown.record_id,
        name=takedown.name or objects.event_name(takedown.incident) or "network",
        description=summary or takedown.attributed_as_text,
        lang=lang,
        first_seen=_first(takedown.active_from),
        confidence=_CONFIDENCE.get(takedown.attribution_confidence),
        external_references=[objects.reference(report)] if report else [],
        extensions=_counts(objects, takedown),
    )
    refs = [
        campaign,
        *_put_attribution(objects, takedown, campaign),
        *_put_places(objects, takedown, campaign),
        *_put_techniques(objects, takedown, campaign),
    ]
    for indicator_id in takedown.indicators:
        indicator = objects.dossier.find(Indicator, indicator_id)
        made = put_indicator(objects, indicator, takedown) if indicator else ""
        if made:
            refs += [made, objects.relate(made, "indicates", campaign)]
    return campaign, refs


def _counts(objects: Objects, takedown: Takedown) -> Object:
    removed = takedown.removed or AssetCounts()
    counts = {field.name: getattr(removed, field.name) for field in fields(AssetCounts)}
    return our_extension(
        removed={name: n for name, n in counts.items() if n is not None},
        reporter=party_label(objects.dossier, takedown.reporter),
        scope=takedown.scope,
        published_edtf=takedown.published.edtf if takedown.published else "",
        active_from_edtf=takedown.active_from.edtf if takedown.active_from else "",
        tactics=list(takedown.tactics),
        official_position=official_position(objects.dossier, takedown.record_id).position,
    )


def _put_attribution(objects: Objects, takedown: Takedown, campaign: str) -> list[str]:
    refs: list[str] = []
    reporter = party_label(objects.dossier, takedown.reporter)
    for party_id in takedown.attributed_to:
        party = objects.dossier.party(party_id)
        if party is None:
            continue
        identity = objects.identity(party_id)
        is_office = party.party_kind == "public_body"
        actor = objects.put(
            "threat-actor",
            party_id,
            party_id,
            name=objects.by_id[identity]["name"],
            threat_actor_types=["nation-state" if is_office else "unknown"],
        )
        said = f"As attributed by {reporter}." if reporter else ""
        confidence = _CONFIDENCE.get(takedown.attribution_confidence)
        refs += [identity, actor, objects.relate(actor, "attributed-to", identity)]
        refs.append(
            objects.relate(
                campaign, "attributed-to", actor, description=said, confidence=confidence
            )
        )
    return refs


def _put_places(objects: Objects, takedown: Takedown, campaign: str) -> list[str]:
    refs: list[str] = []
    for verb, names in (("originates-from", takedown.origins), ("targets", takedown.targets)):
        for name in names:
            if len(name) != 2 or not name.isalpha():
                objects.losses.add("only countries by code have an object", "takedown.targets",
                                   takedown.record_id)  # fmt: skip
                continue
            place = objects.put("location", f"{name}||", name=name, country=name)
            refs += [place, objects.relate(campaign, verb, place)]
    return refs


def _put_techniques(objects: Objects, takedown: Takedown, campaign: str) -> list[str]:
    found = [(t.framework, t.technique_id, t.version, t.label) for t in takedown.techniques]
    named = {technique_id for _, technique_id, _, _ in found}
    found += [
        ("disarm", technique_id, DISARM_VERSION, "")
        for technique_id in disarm_techniques("", takedown.tactics)
        if technique_id not in named
    ]
    refs: list[str] = []
    for framework, technique_id, version, name in found:
        if not technique_id:
            objects.losses.add("a technique without an id has no object", "takedown.techniques",
                               takedown.record_id)  # fmt: skip
            continue
        pattern = technique(objects, framework, technique_id, version, name)
        refs += [pattern, objects.relate(campaign, "uses", pattern)]
    return refs


def put_indicator(objects: Objects, indicator: Indicator, takedown: Takedown | None) -> str:
    """Add an indicator; empty where it has no value that a pattern can hold."""
    pattern = pattern_of(indicator)
    if not pattern:
        objects.losses.add("an indicator without a pattern", "indicator.value",
                           indicator.record_id)  # fmt: skip
        return ""
    is_phishing = indicator.indicator_type == "phishing_url"
    stamp = objects.dossier.stamps.get(indicator.record_id)
    seen = indicator.first_seen or (takedown.published if takedown else None)
    fallback = stamp.created if stamp else objects.dossier.as_of
    phase = {
        "kill_chain_name": _KILL_CHAIN,
        "phase_name": indicator.phase.lower().replace(" ", "-"),
    }
    return objects.put(
        "indicator",
        indicator.record_id,
        indicator.record_id,
        name=label("indicator_type", indicator.indicator_type) or "indicator",
        description=f"Published with the network {takedown.name}." if takedown else "Published.",
        indicator_types=["malicious-activity" if is_phishing else "unknown"],
        pattern=pattern,
        pattern_type="stix",
        valid_from=_first(seen) or instant(fallback),
        kill_chain_phases=[phase] if indicator.phase else [],
    )


def pattern_of(indicator: Indicator) -> str:
    """Return the STIX pattern of an indicator; empty where it has none."""
    value, kind = refang(indicator.value), indicator.indicator_type
    if not value:
        return ""
    if kind == "ip":
        return _pattern(f"{_ip_type(value)}:value", value) if _ip_type(value) else ""
    if kind in _N_HEX and not re.fullmatch(rf"[0-9a-fA-F]{{{_N_HEX[kind]}}}", value):
        return ""
    path = "url:value" if kind in _URLS else _PATHS.get(kind, "")
    return _pattern(path, value) if path else ""


def _pattern(path: str, value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"[{path} = '{escaped}']"


def _ip_type(value: str) -> str:
    try:
        return f"ipv{ipaddress.ip_address(value).version}-addr"
    except ValueError:
        return ""


def _first(date: FuzzyDate | None) -> str:
    day = (date.earliest or date.latest) if date else None
    return instant(day) if day else ""
