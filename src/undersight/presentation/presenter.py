"""From a dossier to views in one language: the only place where records become words."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

from undersight.i18n import translator
from undersight.model.derived.contradictions import contradictions
from undersight.model.derived.vanished import vanished_in_custody
from undersight.model.records import Account, Item, Party
from undersight.model.vocabulary import label
from undersight.presentation import act_views, entry_views
from undersight.presentation.addresses import entry_href, party_href, shown_url
from undersight.presentation.views import PartyView, Said, SourceView
from undersight.text.date_words import display

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from undersight.model.derived.contradictions import Contradiction
    from undersight.model.derived.vanished import Vanished
    from undersight.model.dossier import Dossier
    from undersight.model.fuzzy_date import FuzzyDate
    from undersight.model.parts import Place
    from undersight.model.records import Act, Claim, Incident, Source, Takedown
    from undersight.presentation.views import ActView, ClaimView, EntryView, TakedownView

NAMED_ASSETS: Final = frozenset({"page", "channel", "website", "domain", "app"})
"""Kinds of account that may be named in print; profiles and groups of people never are."""


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

    def said(self, texts: Mapping[str, str], own: str = "") -> Said:
        """Return a text in this language, else in the log's, else in its own, else in any."""
        for lang in (self.lang, *self.dossier.masthead.languages, own, *sorted(texts)):
            if texts.get(lang):
                return Said(text=texts[lang], lang=lang)
        return Said()

    def date(self, date: FuzzyDate | None) -> str:
        """Return a date in words; empty for none."""
        return "" if date is None else display(date, self.lang)

    def place(self, place: Place | None) -> str:
        """Return a place from the smallest part to the largest, without the log's own country."""
        if place is None:
            return ""
        if place.precision == "online":
            return self.t("online")
        is_home = place.country == self.dossier.masthead.jurisdiction
        country = "" if is_home else place.country
        parts = (place.site, place.locality, place.admin1, country)
        named = ", ".join(dict.fromkeys(part for part in parts if part))
        if not named and place.country:
            return self.t("whole country")
        return named or place.as_text

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
            href=party_href(party) if chosen else "",
            about=about or self.term("party_kind", party.party_kind),
            is_named=chosen is not None,
            lang=shown.lang if shown else self.lang,
        )

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

    def account(self, account_id: str) -> PartyView:
        """Return a page or profile; profiles are told as such, without handle or address."""
        found = self.dossier.find(Account, account_id)
        if found is None:
            return PartyView(name=self.t("an account"), is_named=False)
        kind = self._kind_of(found)
        if not found.title or found.asset_kind not in NAMED_ASSETS:
            return PartyView(name=kind or self.t("an account"), is_named=False)
        about = ", ".join(filter(None, (kind, *self._administered(found))))
        return PartyView(name=found.title, about=about, href=f"page/{found.record_id}.html")

    def _kind_of(self, account: Account) -> str:
        kind = self.term("asset_kind", account.asset_kind)
        platform = self.term("platform", account.platform)
        return ", ".join(dict.fromkeys(part for part in (kind, platform) if part))

    def _administered(self, account: Account) -> Iterator[str]:
        """Say whose profiles a page falls with; the field never leaves the team."""
        for one in account.administrations:
            profile = self.dossier.find(Account, one.profile)
            kind = self._kind_of(profile) if profile else ""
            who = self.party(one.party).name if one.party else kind or self.t("an account")
            since = self.date(one.since)
            yield self.t("administered by {name}").format(
                name=f"{who} ({since})" if since else who
            )
            if one.is_only_one:
                yield self.t("no other administrator is known")

    def item(self, item_id: str) -> str:
        """Return a post in words: what it was about, when, and whether it is still there."""
        found = self.dossier.find(Item, item_id)
        if found is None:
            return ""
        about = self.said(found.about).text
        state = self.term("item_state", found.state) if found.state != "live" else ""
        kind = self.term("item_kind", found.item_kind)
        return ", ".join(filter(None, (kind, self.date(found.posted), about, state)))

    # --- sources -------------------------------------------------------------------------

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
            url=shown_url(source.url),
            published=self.date(source.published),
            kind=kind,
            reliability=self.term("reliability", source.reliability)
            if source.reliability != "F"
            else "",
            excerpt=Said(text=source.excerpt, lang=source.lang),
            lang=source.lang,
        )

    # --- entries -------------------------------------------------------------------------

    @functools.cached_property
    def entries(self) -> tuple[EntryView, ...]:
        """Every entry, newest first."""
        return tuple(self.entry(incident) for incident in self.dossier.incidents())

    def entry(self, incident: Incident) -> EntryView:
        """Return one entry."""
        return entry_views.entry_view(incident, self)

    @staticmethod
    def entry_href(incident: Incident) -> str:
        """Return the page of an entry, relative to the language's folder."""
        return entry_href(incident)

    def act(self, act: Act) -> ActView:
        """Return one act."""
        return act_views.act_view(act, self)

    def claim(self, claim: Claim) -> ClaimView:
        """Return who says what."""
        return act_views.claim_view(claim, self)

    def claims_about(self, record_id: str) -> tuple[ClaimView, ...]:
        """Return what is said about a record."""
        return tuple(self.claim(claim) for claim in self.dossier.claims_about(record_id))

    def takedown(self, takedown: Takedown) -> TakedownView:
        """Return a removed network as one report gives it."""
        return entry_views.takedown_view(takedown, self)

    @functools.cached_property
    def contradictions(self) -> Mapping[str, tuple[Contradiction, ...]]:
        """Numbers that do not agree, by the record they are about."""
        found: dict[str, list[Contradiction]] = {}
        for one in contradictions(self.dossier):
            found.setdefault(one.about, []).append(one)
        return {about: tuple(ones) for about, ones in found.items()}

    @functools.cached_property
    def vanished(self) -> Mapping[str, Vanished]:
        """Posts that vanished while their authors were in custody, by post."""
        return {one.item: one for one in vanished_in_custody(self.dossier)}
