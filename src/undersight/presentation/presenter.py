"""From a dossier to views in one language: the only place where records become words."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from undersight.i18n import translator
from undersight.model.records import Account, Act, Incident, Item, Party, Period, Source, Takedown
from undersight.model.vocabulary import label
from undersight.presentation import derived_words, phrases
from undersight.presentation.views import (
    ActView,
    ClaimView,
    EntryView,
    LawView,
    PartyView,
    PersonView,
    Said,
    SourceView,
    TakedownView,
    UpdateView,
)
from undersight.text.date_words import display

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undersight.model.dossier import Dossier
    from undersight.model.fuzzy_date import FuzzyDate
    from undersight.model.parts import Place, RelatedTo
    from undersight.model.records import Citation, Claim, Involvement, Update

OUTLETS = ("outlet",)
OFFICES = ("public_body",)
_PAGE_OF = {"outlet": "outlet", "public_body": "agency", "platform": "platform"}


class Presenter:
    """Words for the records of one dossier in one language.

    Args:
        dossier: What the audience may see.
        lang: Language of the words around the record's own.
    """

    def __init__(self, dossier: Dossier, lang: str) -> None:
        self.dossier, self.lang = dossier, lang
        catalogue = translator(lang)
        self.t = catalogue.gettext
        self.nt = catalogue.ngettext

    # --- words ---------------------------------------------------------------------------

    def term(self, vocabulary_id: str, term_id: str) -> str:
        """Return the words for a term; empty for an empty id."""
        return label(vocabulary_id, term_id, self.lang) if term_id else ""

    def terms(self, vocabulary_id: str, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the words for several terms."""
        return tuple(self.term(vocabulary_id, term_id) for term_id in ids)

    def said(self, texts: Mapping[str, str]) -> Said:
        """Return a text in this language, else in the log's own, else in any."""
        for lang in (self.lang, *self.dossier.masthead.languages, *sorted(texts)):
            if texts.get(lang):
                return Said(text=texts[lang], lang=lang)
        return Said()

    def date(self, date: FuzzyDate | None) -> str:
        """Return a date in words; empty for none."""
        return "" if date is None else display(date, self.lang)

    def place(self, place: Place | None) -> str:
        """Return a place from the smallest part to the largest."""
        if place is None:
            return ""
        parts = (place.site, place.locality, place.admin1, place.country)
        if not any(parts) and place.precision == "online":
            return self.t("online")
        return ", ".join(dict.fromkeys(part for part in parts if part))

    # --- parties -------------------------------------------------------------------------

    def party(self, party_id: str, fallback: str = "") -> PartyView:
        """Return how a party may be called; who may not be seen is told in general words."""
        found = self.dossier.party(party_id)
        if found is None:
            return PartyView(name=fallback or self.t("not named"), is_named=False)
        return self.known_party(found)

    def known_party(self, party: Party) -> PartyView:
        """Return how a party that may be seen is called."""
        names = [name for name in party.names if name.use != "public_label"]
        labels = [name for name in party.names if name.use == "public_label"]
        chosen = next((n for n in names if n.lang == self.lang), names[0] if names else None)
        label_here = next((n for n in labels if n.lang == self.lang), None)
        shown = chosen or label_here or (labels[0] if labels else None)
        about = party.position or ", ".join(self.terms("occupation", party.occupations))
        return PartyView(
            name=shown.value if shown else self._unnamed(party),
            href=self.party_href(party) if chosen else "",
            about=about or self.term("party_kind", party.party_kind),
            is_named=chosen is not None,
        )

    def party_href(self, party: Party) -> str:
        """Return the page of a party, relative to the language's folder."""
        folder = _PAGE_OF.get(party.party_kind, "person")
        return f"{folder}/{party.record_id}.html"

    def _unnamed(self, party: Party) -> str:
        how_many = self.how_many(party.count_min, party.count_max)
        if how_many:
            return how_many
        if party.occupations:
            return ", ".join(self.terms("occupation", party.occupations))
        return self.term("party_kind", party.party_kind)

    def how_many(self, least: int | None, most: int | None) -> str:
        """Return a number of people in words; empty for one or unknown."""
        if least is None and most is None:
            return ""
        if least is not None and most is not None and least != most:
            return self.t("{least} to {most} people").format(least=least, most=most)
        n = least if least is not None else most or 0
        if n <= 1:
            return ""
        if most is None:
            return self.t("at least {n} people").format(n=n)
        return self.nt("{n} person", "{n} people", n).format(n=n)

    # --- entries -------------------------------------------------------------------------

    @functools.cached_property
    def entries(self) -> tuple[EntryView, ...]:
        """Every entry, newest first."""
        return tuple(self.entry(incident) for incident in self.dossier.incidents())

    def entry(self, incident: Incident) -> EntryView:
        """Return one entry."""
        acts = self.dossier.acts(incident.record_id)
        stamp = self.dossier.stamps.get(incident.record_id)
        dates = [act.start for act in acts if act.start is not None]
        latest = max(
            (d.latest or d.earliest for d in dates if d.latest or d.earliest), default=None
        )
        return EntryView(
            incident_id=incident.record_id,
            public_id=incident.public_id,
            href=self.entry_href(incident),
            title=self.said(incident.title) or Said(text=self.t("Untitled entry"), lang=self.lang),
            summary=self.said(incident.summary),
            when=self._when(acts),
            newest_iso=latest.isoformat() if latest else "",
            place=self.place(incident.place),
            verification=self.term("verification", incident.verification),
            monitoring=self.term("monitoring_status", incident.monitoring_status),
            first_published=self.date(incident.first_published),
            last_changed=phrases.day(stamp.updated, self.lang) if stamp else "",
            acts=tuple(self.act(act) for act in acts),
            updates=tuple(self.update(u) for u in self.dossier.updates(incident.record_id)),
            sources=self.sources(incident.sources),
            claims=self._claims(incident.record_id),
            takedowns=tuple(self.takedown(n) for n in self.dossier.takedowns(incident.record_id)),
            related=self._related_entries(incident.related),
            periods=self._periods(incident.periods),
            custody=derived_words.custody_lines(incident.record_id, self),
            cases=derived_words.case_lines(incident.record_id, self),
            topics=incident.topics,
        )

    @staticmethod
    def entry_href(incident: Incident) -> str:
        """Return the page of an entry, relative to the language's folder."""
        return f"entry/{incident.public_id or incident.record_id}.html"

    def _when(self, acts: tuple[Act, ...]) -> str:
        words = [self.date(act.start) for act in acts if act.start is not None]
        unique = list(dict.fromkeys(words))
        return (
            unique[0]
            if len(unique) == 1
            else " – ".join([unique[0], unique[-1]])
            if unique
            else ""
        )

    def act(self, act: Act) -> ActView:
        """Return one act."""
        return ActView(
            act_id=act.record_id,
            label=self.term("act_type", act.act_type),
            href=f"act/{act.act_type}.html",
            when=self.date(act.start),
            until=self.date(act.end),
            place=self.place(act.place),
            attempt="" if act.attempt == "completed" else self.term("attempt", act.attempt),
            manners=self.terms("manner", act.manners),
            or_else=self.said(act.threatened_consequence),
            stated_ground=self.said(act.stated_ground),
            believed_ground=self.said(act.believed_ground),
            offences=act.offences,
            detail=self.said(act.detail),
            people=tuple(self.person(i) for i in self._people(act)),
            accounts=tuple(self.account(account_id) for account_id in act.target_accounts),
            items=tuple(filter(None, (self.item(item_id) for item_id in act.target_items))),
            platforms=self.terms("platform", act.platforms),
            technique=(
                *self.terms("tactic", act.tactics),
                *filter(None, (self.term("entry_path", act.entry_path),)),
            ),
            numbers=(
                *(phrases.quantity(q, self) for q in act.quantities),
                *phrases.loss(act.loss, self),
            ),
            law=tuple(self.law(c) for c in self.dossier.citations(act.record_id)),
            related=self._related_acts(act.related),
            claims=self._claims(act.record_id),
            authorities=derived_words.authorities(act.record_id, self),
        )

    def _people(self, act: Act) -> tuple[Involvement, ...]:
        """Return who was involved, those acted upon first."""
        found = self.dossier.involvements(act.record_id)
        return tuple(sorted(found, key=lambda i: (i.role != "victim", i.role, i.record_id)))

    def person(self, involvement: Involvement) -> PersonView:
        """Return a party's part in an act."""
        dates = (self.date(involvement.start), self.date(involvement.end))
        return PersonView(
            party=self.party(involvement.party),
            role=self.term("involvement_role", involvement.role),
            role_id=involvement.role,
            status=phrases.status(involvement, self),
            sentences=tuple(phrases.sentence(s, self) for s in involvement.sentences),
            responses=tuple(
                " ".join(filter(None, (self.term("response", r.response), self.date(r.at))))
                for r in involvement.responses
            ),
            how_many=self.how_many(involvement.count_min, involvement.count_max),
            dates=" – ".join(filter(None, dates)),
        )

    def account(self, account_id: str) -> PartyView:
        """Return a page or profile; profiles are told as such, without handle or address."""
        found = self.dossier.find(Account, account_id)
        if found is None:
            return PartyView(name=self.t("an account"), is_named=False)
        kind = self.term("asset_kind", found.asset_kind)
        platform = self.term("platform", found.platform)
        about = ", ".join(filter(None, (kind, platform)))
        if not found.title:
            return PartyView(name=about or self.t("an account"), is_named=False)
        return PartyView(name=found.title, about=about, href=f"page/{found.record_id}.html")

    def item(self, item_id: str) -> str:
        """Return a post in words: what it was about, where, and whether it is still there."""
        found = self.dossier.find(Item, item_id)
        if found is None:
            return ""
        about = self.said(found.about).text
        state = self.term("item_state", found.state) if found.state != "live" else ""
        kind = self.term("item_kind", found.item_kind)
        return ", ".join(filter(None, (kind, self.date(found.posted), about, state)))

    def law(self, citation: Citation) -> LawView:
        """Return a provision used in an act."""
        provision = self.dossier.provision(citation.provision)
        test = citation.three_part_test
        findings: tuple[tuple[str, str], ...] = ()
        if test is not None:
            parts = (
                (self.t("prescribed by law"), test.prescribed_by_law),
                (self.t("legitimate aim"), test.legitimate_aim),
                (self.t("necessary"), test.necessary),
            )
            findings = tuple((name, self.term("test_finding", found)) for name, found in parts)
        return LawView(
            citation=phrases.citation(provision, citation.as_cited),
            capacity=self.term("provision_capacity", citation.capacity),
            title=self.said(provision.title) if provision else Said(),
            href=f"article/{provision.record_id}.html" if provision else "",
            test=findings,
            test_note=self.said(test.note) if test else Said(),
        )

    def update(self, update: Update) -> UpdateView:
        """Return a dated addition."""
        day = update.published.earliest if update.published else None
        return UpdateView(
            update_id=update.record_id,
            number=update.number or 0,
            published=self.date(update.published),
            published_iso=day.isoformat() if day else "",
            kind=self.term("update_kind", update.update_kind),
            kind_id=update.update_kind,
            note=self.said(update.note),
        )

    def sources(self, ids: Iterable[str]) -> tuple[SourceView, ...]:
        """Return the sources that may be seen, in the order given."""
        found = (self.dossier.source(source_id) for source_id in ids)
        return tuple(self.source(source) for source in found if source is not None)

    def source(self, source: Source) -> SourceView:
        """Return where something was read or heard."""
        publisher = self.party(source.publisher).name if source.publisher else ""
        kind = self.term("source_kind", source.source_kind)
        return SourceView(
            title=source.title or publisher or source.publisher_as_text or kind,
            publisher=(publisher or source.publisher_as_text) if source.title else "",
            url=source.url if source.url.startswith(("https://", "http://")) else "",
            published=self.date(source.published),
            kind=kind,
            reliability=self.term("reliability", source.reliability)
            if source.reliability != "F"
            else "",
            excerpt=Said(text=source.excerpt, lang=source.lang),
        )

    def takedown(self, takedown: Takedown) -> TakedownView:
        """Return a removed network as one report gives it."""
        attributed = [self.party(party_id).name for party_id in takedown.attributed_to]
        return TakedownView(
            name=takedown.name,
            reporter=self.party(takedown.reporter).name if takedown.reporter else "",
            published=self.date(takedown.published),
            attributed=", ".join(attributed) or takedown.attributed_as_text,
            confidence=self.term("attribution_confidence", takedown.attribution_confidence),
            counts=phrases.asset_counts(takedown, self),
            tactics=self.terms("tactic", takedown.tactics),
            techniques=tuple(
                f"{t.technique_id} {t.label}".strip() + f" ({t.framework} {t.version})"
                for t in takedown.techniques
            ),
            summary=self.said(takedown.summary),
            authorities=derived_words.authorities(takedown.record_id, self),
            claims=self._claims(takedown.record_id),
        )

    def _claims(self, record_id: str) -> tuple[ClaimView, ...]:
        return tuple(self.claim(claim) for claim in self.dossier.claims_about(record_id))

    def claim(self, claim: Claim) -> ClaimView:
        """Return who says what."""
        speaker = self.party(claim.speaker, claim.speaker_as_text) if claim.speaker else None
        carried = self.dossier.source(claim.carried_by) if claim.carried_by else None
        status = claim.status if claim.status != "accepted" else ""
        return ClaimView(
            speaker=speaker.name if speaker else claim.speaker_as_text or self.t("somebody"),
            stance=self.term("claim_stance", claim.stance),
            stance_id=claim.stance,
            field=phrases.field_name(claim.field, self) if claim.field else "",
            statement=self.said(claim.statement),
            said=self.date(claim.said),
            source=self.source(carried).title if carried else "",
            status=self.term("claim_status", status),
            note=self.said(claim.status_note),
            may_be=tuple(self.party(party_id).name for party_id in claim.speaker_alternatives),
        )

    def _related_entries(self, links: Iterable[RelatedTo]) -> tuple[tuple[str, str, str], ...]:
        found = []
        for link in links:
            other = self.dossier.find(Incident, link.record)
            if other is not None:
                title = self.said(other.title).text or other.public_id
                found.append((self.term("link_type", link.link), title, self.entry_href(other)))
        return tuple(found)

    def _related_acts(self, links: Iterable[RelatedTo]) -> tuple[tuple[str, str], ...]:
        found = []
        for link in links:
            other = self.dossier.find(Act, link.record)
            if other is not None:
                words = f"{self.term('act_type', other.act_type)} {self.date(other.start)}".strip()
                found.append((self.term("link_type", link.link), words))
        return tuple(found)

    def _periods(self, ids: Iterable[str]) -> tuple[str, ...]:
        found = (self.dossier.find(Period, period_id) for period_id in ids)
        return tuple(
            self.said(p.title).text or self.term("period_kind", p.period_kind)
            for p in found
            if p is not None
        )
