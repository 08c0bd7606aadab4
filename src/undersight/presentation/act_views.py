"""One act and what is said about it, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersight.model.records import Act, Incident, Involvement, Takedown
from undersight.presentation import derived_words, phrases
from undersight.presentation.views import ActView, ClaimView, LawView, PartyView, PersonView, Said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undersight.model.parts import RelatedTo, ThreePartTest
    from undersight.model.records import Citation, Claim
    from undersight.presentation.presenter import Presenter

DENIALS: Final = frozenset(
    {
        "denies",
        "partly_denies",
        "acknowledges_denies_responsibility",
        "gives_other_explanation",
        "declines_comment",
        "retracts",
    }
)
"""Stances that stand against what others say."""


def act_view(act: Act, words: Presenter) -> ActView:
    """Return one act."""
    dossier = words.dossier
    incident = dossier.find(Incident, act.incident)
    own = incident.lang if incident else ""
    return ActView(
        act_id=act.record_id,
        act_type=act.act_type,
        label=words.term("act_type", act.act_type),
        href=f"act/{act.act_type}.html",
        when=words.date(act.start),
        until=words.date(act.end),
        place=words.place(act.place),
        attempt="" if act.attempt == "completed" else words.term("attempt", act.attempt),
        manners=words.terms("manner", act.manners),
        or_else=words.said(act.threatened_consequence, own),
        stated_ground=words.said(act.stated_ground, own),
        believed_ground=words.said(act.believed_ground, own),
        offences=act.offences,
        detail=words.said(act.detail, own),
        people=tuple(_person(part, words) for part in _people(act, words)),
        accounts=tuple(words.account(account_id) for account_id in act.target_accounts),
        items=tuple(filter(None, (words.item(item_id) for item_id in act.target_items))),
        platforms=words.terms("platform", act.platforms),
        technique=tuple(
            dict.fromkeys(
                filter(
                    None,
                    (
                        *words.terms("tactic", act.tactics),
                        words.term("entry_path", act.entry_path),
                    ),
                )
            )
        ),
        numbers=(
            *(phrases.quantity(q, words) for q in act.quantities),
            *phrases.loss(act.loss, words),
        ),
        law=tuple(_law(citation, words) for citation in dossier.citations(act.record_id)),
        related=_related(act.related, words),
        claims=words.claims_about(act.record_id),
        authorities=derived_words.authorities(act.record_id, words),
    )


def claim_view(claim: Claim, words: Presenter) -> ClaimView:
    """Return who says what."""
    carried = words.dossier.source(claim.carried_by) if claim.carried_by else None
    status = claim.status if claim.status != "accepted" else ""
    return ClaimView(
        speaker=_speaker(claim, words),
        stance=words.term("claim_stance", claim.stance),
        stance_id=claim.stance,
        field=phrases.field_name(claim.field, words) if claim.field else "",
        statement=words.said(claim.statement),
        said=words.date(claim.said),
        source=words.source(carried).title if carried else "",
        status=words.term("claim_status", status),
        note=words.said(claim.status_note),
        may_be=tuple(words.party(party_id).name for party_id in claim.speaker_alternatives),
        is_denial=claim.stance in DENIALS,
        connection=words.term("connection", claim.connection),
    )


def _speaker(claim: Claim, words: Presenter) -> PartyView:
    if claim.speaker:
        return words.party(claim.speaker, claim.speaker_as_text)
    name = claim.speaker_as_text or words.t("somebody")
    return PartyView(name=name, is_named=False)


def _people(act: Act, words: Presenter) -> tuple[Involvement, ...]:
    """Return who was involved, those acted upon first."""
    found = words.dossier.involvements(act.record_id)
    return tuple(sorted(found, key=lambda i: (i.role != "victim", i.role, i.record_id)))


def _person(part: Involvement, words: Presenter) -> PersonView:
    dates = (words.date(part.start), words.date(part.end))
    party = words.party(part.party)
    how_many = words.how_many(part.count_min, part.count_max)
    return PersonView(
        party=party,
        role=words.term("involvement_role", part.role),
        role_id=part.role,
        status=phrases.status(part, words),
        sentences=tuple(phrases.sentence(s, words) for s in part.sentences),
        responses=tuple(
            " ".join(filter(None, (words.term("response", r.response), _in_brackets(r.at, words))))
            for r in part.responses
        ),
        how_many=how_many if how_many != party.name else "",
        dates=" – ".join(filter(None, dates)),
    )


def _in_brackets(date: object, words: Presenter) -> str:
    shown = words.date(date) if date is not None else ""  # type: ignore[arg-type]
    return f"({shown})" if shown else ""


def _law(citation: Citation, words: Presenter) -> LawView:
    provision = words.dossier.provision(citation.provision)
    test = citation.three_part_test
    part = words.dossier.find(Involvement, citation.involvement) if citation.involvement else None
    return LawView(
        citation=phrases.citation(provision, citation.as_cited, words),
        capacity=words.term("provision_capacity", citation.capacity),
        title=words.said(provision.title) if provision else Said(),
        whom=words.party(part.party).name if part else "",
        href=f"article/{provision.record_id}.html" if provision else "",
        test=_test(test, words) if test else (),
        test_note=words.said(test.note) if test else Said(),
        cited_by=words.party(citation.cited_by).name if citation.cited_by else "",
    )


def _test(test: ThreePartTest, words: Presenter) -> tuple[tuple[str, str], ...]:
    parts = (
        (words.t("prescribed by law"), test.prescribed_by_law),
        (words.t("legitimate aim"), test.legitimate_aim),
        (words.t("necessary"), test.necessary),
    )
    return tuple((name, words.term("test_finding", found)) for name, found in parts)


def _related(links: Iterable[RelatedTo], words: Presenter) -> tuple[tuple[str, str, str], ...]:
    found = []
    for link in links:
        what = linked(link.record, words)
        if what:
            anchor = f"act-{link.record[-12:]}"
            found.append((words.term("link_type", link.link), what, anchor))
    return tuple(found)


def linked(record_id: str, words: Presenter) -> str:
    """Return what an act, entry or removed network is called that something else points at."""
    other = words.dossier.get(record_id)
    if isinstance(other, Act):
        act, day = words.term("act_type", other.act_type), words.date(other.start)
        return f"{act} ({day})" if day else act
    if isinstance(other, Incident):
        return words.said(other.title, other.lang).text or other.public_id
    return other.name if isinstance(other, Takedown) else ""
