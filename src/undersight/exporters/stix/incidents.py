"""Entries as incidents, people as identities, acts and roles as relationships."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersight.exporters.delivery import DISARM_VERSION, disarm_techniques
from undersight.exporters.naming import text_in
from undersight.exporters.stix.objects import (
    INCIDENT_CORE,
    Objects,
    instant,
    is_host,
    our_extension,
)
from undersight.exporters.stix.techniques import technique
from undersight.model.derived.official_position import official_position
from undersight.model.records import Account, Act, Incident, Source
from undersight.model.vocabulary import label

if TYPE_CHECKING:
    from undersight.exporters.stix.objects import Object
    from undersight.model.parts import Place
    from undersight.model.records import Involvement

_DETERMINATION: Final = {
    "confirmed": "successful-attempt",
    "likely": "successful-attempt",
    "confirmed_not_a_violation": "false-positive",
    "unlikely": "low-value",
}
_ACCOUNT_TYPES: Final = {"x": "twitter"}
_SITES: Final = frozenset({"website", "domain"})
_DOWN: Final = frozenset({"suspended", "disabled", "deleted"})


def put_incident(objects: Objects, incident: Incident) -> str:
    """Add an entry with its acts and the people in them; return the id of its report."""
    dossier = objects.dossier
    languages = dossier.masthead.languages
    title, lang = text_in(incident.title, languages)
    summary, _ = text_in(incident.summary, (lang, *languages))
    acts = dossier.acts(incident.record_id)
    incident_ref = objects.put(
        "incident",
        incident.record_id,
        incident.record_id,
        name=title or objects.event_name(incident.record_id),
        description=summary,
        lang=lang,
        external_references=_references(objects, incident),
        extensions={**_core(incident, acts), **_acts_extension(objects, acts)},
    )
    refs = [incident_ref, *_translations(objects, incident, incident_ref)]
    if incident.place is not None:
        refs += put_place(objects, incident_ref, incident.place)
    for act in acts:
        refs += _put_act(objects, act, incident_ref)
    return _put_report(objects, incident, refs)


def _put_report(objects: Objects, incident: Incident, refs: list[str]) -> str:
    title, lang = text_in(incident.title, objects.dossier.masthead.languages)
    first = incident.first_published
    day = (first.earliest or first.latest) if first else None
    return objects.put(
        "report",
        incident.record_id,
        incident.record_id,
        name=title or objects.event_name(incident.record_id),
        lang=lang,
        published=instant(day or objects.dossier.as_of),
        report_types=["threat-report"],
        object_refs=sorted(set(refs)),
    )


def _core(incident: Incident, acts: tuple[Act, ...]) -> Object:
    is_tried = bool(acts) and all(act.attempt == "attempted" for act in acts)
    determination = _DETERMINATION.get(incident.verification, "suspected")
    return {
        INCIDENT_CORE: {
            "extension_type": "property-extension",
            "determination": "failed-attempt" if is_tried else determination,
            "investigation_status": "closed" if incident.monitoring_status == "closed" else "open",
            "incident_types": sorted({act.act_type.replace("_", "-") for act in acts}),
        }
    }


def _acts_extension(objects: Objects, acts: tuple[Act, ...]) -> Object:
    """Return the acts one by one: STIX has no object for a part of an incident."""
    told = []
    for act in acts:
        position = official_position(objects.dossier, act.record_id).position
        told.append(
            {
                "act_id": act.record_id,
                "act_type": act.act_type,
                "attempt": act.attempt,
                "date_edtf": act.start.edtf if act.start else "",
                "end_edtf": act.end.edtf if act.end else "",
                "official_position": position,
            }
        )
    return our_extension(acts=told) if told else {}


def _references(objects: Objects, incident: Incident) -> list[Object]:
    references: list[Object] = []
    if incident.public_id:
        ours = {"source_name": "undersight", "external_id": incident.public_id}
        base = objects.dossier.masthead.base_url
        references.append({**ours, "url": base} if base else ours)
    sources = (objects.dossier.find(Source, source_id) for source_id in incident.sources)
    return references + [objects.reference(source) for source in sources if source]


def _translations(objects: Objects, incident: Incident, incident_ref: str) -> list[str]:
    """Add the title and summary in further languages."""
    _, main = text_in(incident.title, objects.dossier.masthead.languages)
    others = sorted((incident.title.keys() | incident.summary.keys()) - {main})
    contents = {}
    for lang in others:
        texts = {"name": incident.title.get(lang), "description": incident.summary.get(lang)}
        filled = {name: text for name, text in texts.items() if text}
        if filled:
            contents[lang] = filled
    if not contents:
        return []
    key, record_id = incident.record_id, incident.record_id
    return [
        objects.put("language-content", key, record_id, object_ref=incident_ref, contents=contents)
    ]


def put_place(objects: Objects, subject: str, place: Place) -> list[str]:
    """Add where an incident happened; nothing for online or unknown places."""
    if not place.country:
        return []
    location = objects.put(
        "location",
        f"{place.country}|{place.admin1}|{place.locality}",
        name=place.locality or place.admin1 or place.country,
        country=place.country,
        administrative_area=place.admin1,
        city=place.locality,
    )
    return [location, objects.relate(subject, "related-to", location)]


def _put_act(objects: Objects, act: Act, incident_ref: str) -> list[str]:
    refs: list[str] = []
    for part in objects.dossier.involvements(act.record_id):
        refs += _put_involvement(objects, act, part, incident_ref)
    for account_id in act.target_accounts:
        account = objects.dossier.find(Account, account_id)
        seen = put_account(objects, account) if account else ""
        if seen:
            text = f"target of {label('act_type', act.act_type)}"
            refs += [
                seen,
                objects.relate(
                    incident_ref,
                    "related-to",
                    seen,
                    key=act.record_id,
                    description=text,
                    extensions=our_extension(role="target", act_id=act.record_id),
                ),
            ]
    for technique_id in disarm_techniques(act.act_type, act.tactics):
        pattern = technique(objects, "disarm", technique_id, DISARM_VERSION)
        refs += [pattern, objects.relate(incident_ref, "related-to", pattern)]
    return refs


def _put_involvement(
    objects: Objects, act: Act, part: Involvement, incident_ref: str
) -> list[str]:
    identity = objects.identity(part.party)
    if not identity:
        return []
    when = f" ({act.start.edtf})" if act.start else ""
    words = f"{label('involvement_role', part.role)}: {label('act_type', act.act_type)}{when}"
    relation = objects.relate(
        incident_ref,
        "related-to",
        identity,
        key=part.record_id,
        record_id=part.record_id,
        description=words,
        extensions=our_extension(
            act_id=act.record_id,
            act_type=act.act_type,
            role=part.role,
            degree=part.degree,
            liberty_status=part.status,
            date_edtf=act.start.edtf if act.start else "",
        ),
    )
    return [identity, relation]


def put_account(objects: Objects, account: Account) -> str:
    """Add an account as far as it may be shown; empty where nothing of it may."""
    login = account.handles[-1].value if account.handles else ""
    host = next(filter(is_host, (login, account.title)), "")
    if account.asset_kind in _SITES and host:
        return objects.observe("domain-name", {"value": host})
    identified = {
        "account_type": _ACCOUNT_TYPES.get(account.platform, account.platform),
        "user_id": account.native_id,
        "account_login": login,
    }
    known = {name: value for name, value in identified.items() if value}
    if not known.keys() - {"account_type"}:
        objects.losses.add("an account without id or handle has no object", "account.native_id",
                           account.record_id)  # fmt: skip
        return ""
    states = [seen.state for seen in account.observations]
    is_down = bool(states) and states[-1] in _DOWN
    return objects.observe(
        "user-account", known, display_name=account.title, is_disabled=True if is_down else None
    )
