"""Rows of the table of acts: one for each act and each person or group acted upon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersight.exporters.csv.amounts import loss, penalty, quantity
from undersight.exporters.csv.cells import edtf, joined
from undersight.exporters.delivery import DISARM_VERSION, disarm_techniques
from undersight.exporters.naming import (
    account_label,
    event_id,
    label_of,
    looked_at,
    party_label,
    source_label,
    text_in,
)
from undersight.model.derived.official_position import official_position
from undersight.model.derived.term import TIME_KINDS
from undersight.model.records import Account, Act, Incident, Involvement, Item, Period, Provision

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.exporters.delivery import LossCount
    from undersight.model.dossier import Dossier
    from undersight.model.parts import Sentence
    from undersight.model.records import Party

Row = dict[str, object]

_DAYS_IN: Final = {"hours": 1 / 24, "days": 1, "weeks": 7, "months": 30, "years": 365}
_ACTORS: Final = frozenset(
    {"alleged_perpetrator", "ordering_authority", "official", "complainant", "prosecutor", "court",
     "platform", "operator", "beneficiary"}
)  # fmt: skip


def act_rows(dossier: Dossier, losses: LossCount) -> Iterator[Row]:
    """Yield the rows, entries newest first and acts in order of time."""
    for incident in dossier.incidents():
        of_entry = _entry_cells(dossier, incident)
        for act in dossier.acts(incident.record_id):
            of_act = {**of_entry, **_act_cells(dossier, act, incident)}
            victims = [i for i in dossier.involvements(act.record_id) if i.role == "victim"]
            for part in victims:
                law = _law_cells(dossier, act, part.record_id)
                yield {**of_act, **law, **_victim_cells(dossier, act, part, losses)}
            _count_law_left_out(dossier, act, {part.record_id for part in victims}, losses)
            if not victims:
                law = _law_cells(dossier, act, None)
                yield {**of_act, **law, "notes": joined(_notes(act, None))}


def _entry_cells(dossier: Dossier, incident: Incident) -> Row:
    updates = dossier.updates(incident.record_id)
    stamp = dossier.stamps.get(incident.record_id)
    days = [u.published.latest for u in updates if u.published and u.published.latest]
    if stamp is not None:
        days.append(stamp.updated)
    return {
        "event_id": event_id(dossier, incident.record_id),
        "verification": incident.verification,
        "first_published": edtf(incident.first_published),
        "last_updated": max(days).isoformat() if days else "",
        "n_updates": len(updates),
        "event_title": text_in(incident.title, dossier.masthead.languages)[0],
        "event_summary": text_in(incident.summary, dossier.masthead.languages)[0],
        "periods": joined(_periods(dossier, incident)),
    }


def _periods(dossier: Dossier, incident: Incident) -> Iterator[str]:
    for one in incident.periods:
        period = dossier.find(Period, one)
        if period is not None:
            name = text_in(period.title, dossier.masthead.languages)[0]
            days = f"{edtf(period.start)}/{edtf(period.end)}".strip("/")
            yield " ".join(part for part in (period.period_kind, days, name) if part)


def _act_cells(dossier: Dossier, act: Act, incident: Incident) -> Row:
    start, place = act.start, act.place or incident.place
    sources = looked_at(dossier, act)
    languages = dossier.masthead.languages
    return {
        "act_id": act.record_id,
        "act_type": act.act_type,
        "date_edtf": edtf(start),
        "date_earliest": start.earliest if start else None,
        "date_latest": start.latest if start else None,
        "date_basis": start.basis if start else "",
        "country": place.country if place else "",
        "admin1": place.admin1 if place else "",
        "locality": place.locality if place else "",
        "place_precision": place.precision if place else "",
        **_actor_cells(dossier, act),
        **_online_cells(dossier, act),
        **_told_cells(dossier, act),
        "stated_ground": text_in(act.stated_ground, languages)[0],
        "believed_ground": text_in(act.believed_ground, languages)[0],
        "official_position": official_position(dossier, act.record_id).position,
        "n_sources": len(sources),
        "sources": joined(source_label(dossier, source) for source in sources),
    }


def _told_cells(dossier: Dossier, act: Act) -> Row:
    languages = dossier.masthead.languages
    related = (one for one in act.related if dossier.get(one.record) is not None)
    return {
        "detail": text_in(act.detail, languages)[0],
        "threatened_consequence": text_in(act.threatened_consequence, languages)[0],
        "offences": joined(act.offences),
        "quantities": joined(quantity(one) for one in act.quantities),
        "loss": joined(loss(act.loss)) if act.loss else "",
        "related_acts": joined(f"{one.link} {one.record}" for one in related),
    }


def _actor_cells(dossier: Dossier, act: Act) -> Row:
    parts = [p for p in dossier.involvements(act.record_id) if p.role in _ACTORS]
    parties = [dossier.party(p.party) for p in parts]
    # "; " between values even where one is empty: the three columns are read side by side
    return {
        "actor_type": "; ".join(p.party_kind if p else "" for p in parties),
        "actor_name": "; ".join(label_of(p) if p else "" for p in parties),
        "role": "; ".join(p.role for p in parts),
    }


def _online_cells(dossier: Dossier, act: Act) -> Row:
    accounts = [dossier.find(Account, a) for a in act.target_accounts]
    items = [dossier.find(Item, i) for i in act.target_items]
    platforms = (*act.platforms, *(a.platform for a in accounts if a))
    return {
        "platform": joined(platforms),
        "account_handle": joined(account_label(a) for a in accounts if a),
        "item_state": joined(i.state for i in items if i),
    }


def _law_cells(dossier: Dossier, act: Act, part_id: str | None) -> Row:
    """Return the provisions of the act and of one victim; what is another's stays with them."""
    cited = dossier.citations(act.record_id)
    citations = [c for c in cited if part_id is None or c.involvement in ("", part_id)]
    used = [c for c in citations if c.capacity not in ("right_violated", "analysed")]
    rights = [c for c in citations if c.capacity == "right_violated"]
    return {
        "provision_normalised": joined(_provision(dossier, c.provision) for c in used),
        "provision_as_cited": joined(c.as_cited for c in used),
        "provision_capacity": joined(
            f"{c.capacity} {_provision(dossier, c.provision)}".strip() for c in used if c.capacity
        ),
        "rights_affected": joined(_provision(dossier, c.provision) for c in rights),
    }


def _count_law_left_out(dossier: Dossier, act: Act, victims: set[str], losses: LossCount) -> None:
    """Count the citations that no cell of an act's rows holds."""
    for citation in dossier.citations(act.record_id):
        if citation.capacity == "analysed":
            losses.add("an article only discussed has no column", "citation.capacity",
                       citation.record_id)  # fmt: skip
        elif victims and citation.involvement and citation.involvement not in victims:
            losses.add("an article used against somebody without a row", "citation.involvement",
                       citation.record_id)  # fmt: skip


def _provision(dossier: Dossier, provision_id: str) -> str:
    found = dossier.find(Provision, provision_id)
    return " ".join(p for p in (found.instrument, found.citation) if p) if found else ""


def _victim_cells(dossier: Dossier, act: Act, part: Involvement, losses: LossCount) -> Row:
    party = dossier.party(part.party)
    low = part.count_min if part.count_min is not None else party.count_min if party else None
    high = part.count_max if part.count_max is not None else party.count_max if party else None
    if high is not None and high != low:
        losses.add("a range of people has one column", "involvement.count_max", part.record_id,
                   "notes")  # fmt: skip
    days = [n for s in part.sentences if (n := _days(s)) is not None]
    return {
        "victim_id": part.party,
        "victim_label": party_label(dossier, part.party),
        "victim_count": (1 if low is None else low) if _is_people(party) else None,
        "occupation": joined(party.occupations) if party else "",
        "gender": party.gender if party else "",
        "sentence_kind": joined(s.kind for s in part.sentences),
        "sentence_days": max(days) if days else None,
        "sentences": joined(penalty(one) for one in part.sentences),
        "status_at_end": part.status,
        "status_since": edtf(part.status_since),
        "notes": joined(_notes(act, part, high if high != low else None)),
    }


def _is_people(party: Party | None) -> bool:
    return party is None or party.party_kind in ("individual", "group", "family", "unidentified")


def _days(sentence: Sentence) -> int | None:
    """Return a penalty of time in days; hours of work are none."""
    if sentence.kind not in TIME_KINDS or sentence.amount is None:
        return None
    factor = _DAYS_IN.get(sentence.unit)
    return None if factor is None else round(sentence.amount * factor)


def _notes(act: Act, part: Involvement | None, n_most: int | None = None) -> Iterator[str]:
    """Yield what has no column of its own."""
    if n_most is not None:
        yield f"victim_count_max={n_most}"
    end = (part.end if part else None) or act.end
    if end is not None:
        yield f"end={end.edtf}"
    if part is not None and part.start is not None:
        yield f"start={part.start.edtf}"
    if act.attempt != "completed":
        yield f"attempt={act.attempt}"
    for name, terms in (("manner", act.manners), ("tactic", act.tactics)):
        if terms:
            yield f"{name}={','.join(terms)}"
    if act.entry_path:
        yield f"entry_path={act.entry_path}"
    techniques = disarm_techniques(act.act_type, act.tactics)
    if techniques:
        yield f"disarm@{DISARM_VERSION}={','.join(techniques)}"
    if part is not None and part.responses:
        yield f"response={','.join(r.response for r in part.responses)}"
