"""One entry, its additions, its cases and its removed networks, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.model.fuzzy_date import FuzzyDate, sort_key, span
from undersight.model.records import Incident, Indicator, Period
from undersight.presentation import derived_words, phrases
from undersight.presentation.act_views import linked
from undersight.presentation.addresses import entry_href
from undersight.presentation.views import (
    EntryView,
    PartyView,
    ProceedingView,
    Said,
    TakedownView,
    UpdateView,
)
from undersight.text.url import defang

if TYPE_CHECKING:
    from collections.abc import Iterable

    from undersight.model.parts import RelatedTo
    from undersight.model.records import Act, Proceeding, Takedown, Update
    from undersight.presentation.presenter import Presenter


def entry_view(incident: Incident, words: Presenter) -> EntryView:
    """Return one entry."""
    dossier, incident_id = words.dossier, incident.record_id
    acts = dossier.acts(incident_id)
    takedowns = dossier.takedowns(incident_id)
    stamp = dossier.stamps.get(incident_id)
    return EntryView(
        incident_id=incident_id,
        public_id=incident.public_id,
        href=entry_href(incident),
        title=words.said(incident.title, incident.lang)
        or Said(text=words.t("Untitled entry"), lang=words.lang),
        summary=words.said(incident.summary, incident.lang),
        when=when(acts, takedowns, words),
        place=words.place(incident.place),
        verification=words.term("verification", incident.verification),
        verification_id=incident.verification,
        monitoring=words.term("monitoring_status", incident.monitoring_status),
        first_published=words.date(incident.first_published),
        last_changed=phrases.day(stamp.updated, words.lang) if stamp else "",
        acts=tuple(words.act(act) for act in acts),
        updates=tuple(update_view(u, words) for u in dossier.updates(incident_id)),
        sources=words.sources(incident.sources),
        claims=words.claims_about(incident_id),
        takedowns=tuple(words.takedown(network) for network in takedowns),
        related=_related(incident.related, words),
        periods=_periods(incident.periods, words),
        custody=derived_words.custody_lines(incident_id, words),
        cases=derived_words.case_lines(incident_id, words),
        topics=incident.topics,
        proceedings=tuple(_proceeding(p, words) for p in dossier.proceedings(incident_id)),
        disagreements=derived_words.disagreements((*acts, *takedowns), words),
        vanished=derived_words.vanished_lines(
            (item for act in acts for item in act.target_items), words
        ),
    )


def when(acts: tuple[Act, ...], takedowns: tuple[Takedown, ...], words: Presenter) -> str:
    """Return the days that an entry covers: one date, or from the first to the last."""
    dates = [act.start for act in acts if act.start is not None]
    dates = dates or [one.published for one in takedowns if one.published is not None]
    if not dates:
        return ""
    whole = span(*dates)
    if whole is None:
        return words.date(dates[0])
    for date in dates:
        if (date.earliest, date.latest) == (whole.earliest, whole.latest):
            return words.date(date)
    first, last = min(dates, key=sort_key), max(dates, key=_ends)
    if first.edtf == last.edtf:
        return words.date(first)
    if first.is_exact and last.is_exact:
        edtf = f"{first.edtf[:10]}/{last.edtf[:10]}"
        return words.date(FuzzyDate.parse(edtf, reading="throughout"))
    return f"{words.date(first)} – {words.date(last)}"


def _ends(date: FuzzyDate) -> tuple[str, str]:
    day = date.latest or date.earliest
    return day.isoformat() if day else "", date.edtf


def update_view(update: Update, words: Presenter) -> UpdateView:
    """Return a dated addition."""
    day = update.published.earliest if update.published else None
    return UpdateView(
        update_id=update.record_id,
        number=update.number or 0,
        published=words.date(update.published),
        published_iso=day.isoformat() if day else "",
        kind=words.term("update_kind", update.update_kind),
        kind_id=update.update_kind,
        note=words.said(update.note),
    )


def takedown_view(takedown: Takedown, words: Presenter) -> TakedownView:
    """Return a removed network as one report gives it."""
    attributed = [words.party(party_id).name for party_id in takedown.attributed_to]
    report = words.dossier.source(takedown.report) if takedown.report else None
    nobody = PartyView(name="", is_named=False)
    return TakedownView(
        takedown_id=takedown.record_id,
        incident_id=takedown.incident,
        name=takedown.name or words.t("Removed network"),
        reporter=words.party(takedown.reporter) if takedown.reporter else nobody,
        published=words.date(takedown.published),
        attributed=", ".join(attributed) or takedown.attributed_as_text,
        confidence=_confidence(takedown, words),
        counts=phrases.asset_counts(takedown, words),
        tactics=words.terms("tactic", takedown.tactics),
        techniques=tuple(
            f"{t.technique_id} {t.label}".strip() + f" ({t.framework} {t.version})"
            for t in takedown.techniques
        ),
        summary=words.said(takedown.summary),
        facts=_takedown_facts(takedown, words),
        indicators=_indicators(takedown, words),
        report=words.source(report) if report else None,
        authorities=derived_words.authorities(takedown.record_id, words),
        claims=words.claims_about(takedown.record_id),
    )


def _confidence(takedown: Takedown, words: Presenter) -> str:
    if takedown.attribution_confidence == "none":
        return ""
    return words.term("attribution_confidence", takedown.attribution_confidence)


def _takedown_facts(takedown: Takedown, words: Presenter) -> tuple[tuple[str, str], ...]:
    facts = (
        (words.t("report covers"), words.date(takedown.report_period)),
        (words.t("active from"), words.date(takedown.active_from)),
        (words.t("run from"), _countries(takedown.origins, words)),
        (words.t("addressed to"), _countries(takedown.targets, words)),
        (words.t("scope"), _unless(takedown.scope, "unknown", "scope", words)),
        (words.t("found by"), _unless(takedown.detection, "unknown", "detection_path", words)),
        (words.t("also on"), ", ".join(words.terms("platform", takedown.other_platforms))),
    )
    return tuple((name, value) for name, value in facts if value)


def _countries(listed: tuple[str, ...], words: Presenter) -> str:
    home = words.dossier.masthead.jurisdiction
    return ", ".join(words.t("this country") if one == home else one for one in listed)


def _unless(term: str, empty: str, vocabulary_id: str, words: Presenter) -> str:
    return "" if term == empty else words.term(vocabulary_id, term)


def _indicators(takedown: Takedown, words: Presenter) -> tuple[tuple[str, str], ...]:
    """Return published indicators, so written that nobody opens them by mistake."""
    found = (words.dossier.find(Indicator, one) for one in takedown.indicators)
    return tuple(
        (words.term("indicator_type", one.indicator_type), defang(one.value))
        for one in found
        if one is not None
    )


def _proceeding(case: Proceeding, words: Presenter) -> ProceedingView:
    court = words.party(case.court).name if case.court else ""
    charges = (
        ", ".join(
            filter(
                None,
                (
                    phrases.citation(words.dossier.provision(c.provision), c.as_cited, words),
                    words.term("charge_status", c.status),
                    words.date(c.status_on),
                ),
            )
        )
        for c in case.charges
    )
    hearings = (
        " ".join(filter(None, (words.date(h.at), words.t("(closed)") if h.is_closed else "")))
        for h in sorted(case.hearings, key=_hearing_order)
    )
    facts = (
        (words.t("person"), words.party(case.party).name if case.party else ""),
        (words.t("court"), court),
        (words.t("case number"), case.case_no),
        (words.t("charges"), "; ".join(charges)),
        (words.t("hearings"), "; ".join(filter(None, hearings))),
        (words.t("penalty"), "; ".join(phrases.sentence(s, words) for s in case.sentences)),
        (words.t("appeal"), words.term("appeal_outcome", case.appeal_outcome)),
        (words.t("next date"), words.date(case.next_date)),
    )
    return ProceedingView(
        heading=words.term("direction", case.direction),
        facts=tuple((name, value) for name, value in facts if value),
    )


def _hearing_order(hearing: object) -> str:
    at = getattr(hearing, "at", None)
    day = (at.earliest or at.latest) if at else None
    return day.isoformat() if day else "9999"


def _related(links: Iterable[RelatedTo], words: Presenter) -> tuple[tuple[str, str, str], ...]:
    found = []
    for link in links:
        name = linked(link.record, words)
        if name:
            other = words.dossier.get(link.record)
            home = getattr(other, "incident", "") or link.record
            entry = words.dossier.find(Incident, home)
            href = entry_href(entry) if entry is not None else ""
            found.append((words.term("link_type", link.link), name, href))
    return tuple(found)


def _periods(ids: Iterable[str], words: Presenter) -> tuple[str, ...]:
    found = (words.dossier.find(Period, period_id) for period_id in ids)
    return tuple(
        words.said(p.title).text or words.term("period_kind", p.period_kind)
        for p in found
        if p is not None
    )
