"""Entries, acts, networks, proceedings and claims as entities and links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.exporters.delivery import DISARM_VERSION, disarm_techniques
from undersight.exporters.ftm.graph import edtf_notes, link_id
from undersight.exporters.naming import event_id, party_label, text_in
from undersight.model.derived.official_position import official_position
from undersight.model.parts import AssetCounts
from undersight.model.records import Act, Incident, Involvement, Provision
from undersight.model.vocabulary import label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undersight.exporters.ftm.graph import Graph
    from undersight.model.parts import Place
    from undersight.model.records import Claim, Proceeding, Takedown


def put_incident(graph: Graph, incident: Incident) -> None:
    """Add an entry with its acts, who was involved and its sources."""
    dossier = graph.dossier
    languages = dossier.masthead.languages
    acts = dossier.acts(incident.record_id)
    title, _ = text_in(incident.title, languages)
    codes, unknown = _countries(graph, incident.place, incident)
    graph.put(
        "Event",
        incident.record_id,
        name=title or event_id(dossier, incident.record_id),
        alias=[text for text in incident.title.values() if text != title],
        summary=text_in(incident.summary, languages)[0],
        recordId=incident.public_id,
        keywords=[*incident.topics, *(label("act_type", act.act_type) for act in acts)],
        proof=[s for s in incident.sources if graph.has(s)],
        notes=[
            f"verification: {label('verification', incident.verification)}",
            *unknown,
            *edtf_notes(first_published=incident.first_published),
        ],
        location=_location(incident.place),
        country=codes,
    )
    _document(graph, incident.record_id, incident.sources)
    for act in acts:
        _put_act(graph, act, incident)


def _location(place: Place | None) -> str:
    parts = (place.site, place.locality, place.admin1) if place else ()
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _countries(
    graph: Graph, place: Place | None, record: Incident | Act
) -> tuple[list[str], list[str]]:
    named = [place.country] if place else []
    return graph.countries(named, f"{record.kind}.place", record.record_id)


def _document(graph: Graph, record_id: str, sources: Iterable[str]) -> None:
    for source_id in sources:
        if graph.has(source_id):
            graph.put(
                "Documentation",
                link_id(record_id, source_id),
                document=source_id,
                entity=record_id,
                role="source",
            )


def _put_act(graph: Graph, act: Act, incident: Incident) -> None:
    parts = graph.dossier.involvements(act.record_id)
    seen = [part for part in parts if graph.has(part.party)]
    victims = [part.party for part in seen if part.role == "victim"]
    organisers = [p.party for p in seen if p.role in ("alleged_perpetrator", "ordering_authority")]
    place = act.place or incident.place
    codes, unknown = _countries(graph, place, act)
    graph.put(
        "Event",
        act.record_id,
        name=label("act_type", act.act_type) or "act",
        description=text_in(act.detail, graph.dossier.masthead.languages)[0],
        involved=victims,
        organizer=organisers,
        keywords=[label("manner", manner) for manner in act.manners],
        notes=[*_act_notes(graph, act), *unknown],
        location=_location(place),
        country=codes,
        **graph.edges(act.start, act.end, "act.start", act.record_id),
    )
    graph.put(
        "UnknownLink",
        link_id(incident.record_id, act.record_id),
        subject=act.record_id,
        object=incident.record_id,
        role="act of the entry",
    )
    for part in seen:
        graph.put(
            "UnknownLink",
            part.record_id,
            subject=part.party,
            object=act.record_id,
            role=label("involvement_role", part.role),
            status=label("liberty_status", part.status),
            description=edtf_notes(start=part.start, end=part.end),
            **graph.edges(part.start, part.end, "involvement.start", part.record_id),
        )
    for account_id in act.target_accounts:
        if graph.has(account_id):
            graph.put(
                "UnknownLink",
                link_id(act.record_id, account_id),
                subject=account_id,
                object=act.record_id,
                role="target",
            )


def _act_notes(graph: Graph, act: Act) -> list[str]:
    languages = graph.dossier.masthead.languages
    notes = edtf_notes(start=act.start, end=act.end)
    if act.attempt != "completed":
        notes.append(f"attempt: {label('attempt', act.attempt)}")
    for name, texts in (("stated ground", act.stated_ground),
                        ("believed ground", act.believed_ground)):  # fmt: skip
        text, _ = text_in(texts, languages)
        if text:
            notes.append(f"{name}: {text}")
    position = official_position(graph.dossier, act.record_id)
    notes.append(f"response of the authorities: {position.position}")
    notes += [f"provision: {cited}" for cited in _cited(graph, act)]
    techniques = disarm_techniques(act.act_type, act.tactics)
    if techniques:
        notes.append(f"DISARM {DISARM_VERSION}: {', '.join(techniques)}")
    return notes


def _cited(graph: Graph, act: Act) -> list[str]:
    found = []
    for citation in graph.dossier.citations(act.record_id):
        provision = graph.dossier.find(Provision, citation.provision)
        if provision is not None:
            words = label("provision_capacity", citation.capacity)
            part = graph.dossier.find(Involvement, citation.involvement)
            words += f": {party_label(graph.dossier, part.party)}" if part else ""
            found.append(f"{provision.instrument} {provision.citation} ({words})")
    return found


def put_takedown(graph: Graph, takedown: Takedown) -> None:
    """Add a removed network as one report gives it."""
    removed = takedown.removed or AssetCounts()
    counts = [f"{name} removed: {n}" for name, n in _counts(removed)]
    named = [p for p in takedown.attributed_to if graph.has(p)]
    codes, unknown = graph.countries(takedown.origins, "takedown.origins", takedown.record_id)
    graph.put(
        "Event",
        takedown.record_id,
        name=takedown.name or "removed network",
        summary=text_in(takedown.summary, graph.dossier.masthead.languages)[0],
        date=graph.prefix(takedown.published, "takedown.published", takedown.record_id),
        country=codes,
        organizer=named,
        publisher=party_label(graph.dossier, takedown.reporter),
        proof=takedown.report if graph.has(takedown.report) else "",
        keywords=[label("tactic", tactic) for tactic in takedown.tactics],
        notes=[
            *counts,
            *unknown,
            f"attribution: {label('attribution_confidence', takedown.attribution_confidence)}",
            *edtf_notes(published=takedown.published, active_from=takedown.active_from),
            *(f"{t.framework} {t.version}: {t.technique_id}" for t in takedown.techniques),
        ],
    )
    if graph.has(takedown.incident):
        graph.put(
            "UnknownLink",
            link_id(takedown.incident, takedown.record_id),
            subject=takedown.record_id,
            object=takedown.incident,
            role="network told of in the entry",
        )


def _counts(removed: AssetCounts) -> list[tuple[str, int]]:
    names = ("accounts", "pages", "groups", "instagram", "channels", "domains", "other")
    return [(name, n) for name in names if (n := getattr(removed, name)) is not None]


def put_proceeding(graph: Graph, case: Proceeding) -> None:
    """Add a case before a court with its party."""
    who = label("direction", case.direction)
    graph.put(
        "CourtCase",
        case.record_id,
        name=case.case_no or f"case {who}",
        caseNumber=case.case_no,
        court=party_label(graph.dossier, case.court),
        type=label("court_type", case.court_type),
        category=who,
        status=[label("charge_status", charge.status) for charge in case.charges],
        notes=[f"charge: {charge.as_cited}" for charge in case.charges if charge.as_cited],
    )
    if graph.has(case.party):
        graph.put(
            "CourtCaseParty",
            link_id(case.record_id, case.party),
            party=case.party,
            case=case.record_id,
            role="defendant" if case.direction == "against_victim" else "claimant",
        )
    if graph.has(case.incident):
        graph.put(
            "UnknownLink",
            link_id(case.incident, case.record_id),
            subject=case.record_id,
            object=case.incident,
            role="proceeding of the entry",
        )


def put_claim(graph: Graph, claim: Claim) -> None:
    """Add what a speaker says as a note on the record spoken of."""
    if not graph.has(claim.about):
        graph.losses.add("a claim about a record without an entity", "claim.about",
                         claim.record_id)  # fmt: skip
        return
    dossier = graph.dossier
    statement, _ = text_in(claim.statement, dossier.masthead.languages)
    speaker = party_label(dossier, claim.speaker) or claim.speaker_as_text
    stance = label("claim_stance", claim.stance)
    about = f" ({claim.field})" if claim.field else ""
    graph.put(
        "Note",
        claim.record_id,
        name=f"{speaker or 'somebody'} {stance}{about}",
        description=statement or f"{stance}{about}",
        entity=claim.about,
        proof=claim.carried_by if graph.has(claim.carried_by) else "",
        keywords=claim.stance,
        notes=[f"standing: {label('claim_status', claim.status)}", *edtf_notes(said=claim.said)],
    )
    graph.losses.add("a stance has no property", "claim.stance", claim.record_id, "keywords")
