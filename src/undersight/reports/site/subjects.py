"""Pages about somebody or something: a person, an outlet, a page, an article, an act, a place."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from undersight.charts.timeline import Stay, timeline
from undersight.model.derived.counts import used_on
from undersight.model.derived.custody import custody
from undersight.model.derived.repeat import ladder_of
from undersight.model.records import Account, Act, Citation, Incident, Party, Provision
from undersight.model.vocabulary import vocabulary
from undersight.presentation.derived_words import voice_of
from undersight.presentation.phrases import capitalised, citation, counted, day
from undersight.presentation.views import Said
from undersight.presentation.wording import custody_sentence, ladder_sentence
from undersight.reports.counted import months_chart, place_name
from undersight.reports.site.counting import chart_files, standing
from undersight.reports.site.labels import Item, kind_names, list_href

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.model.derived.custody import Custody
    from undersight.model.derived.stays import Spell
    from undersight.presentation.presenter import Presenter
    from undersight.reports.site.edition import Edition
    from undersight.reports.site.plan import Subject


_N_WORTH_DRAWING: Final = 4


def subject_pages(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield a page for everybody and everything that has one."""
    headings = kind_names(edition.words)
    for subject in edition.plan.subjects.values():
        values = {
            "name_lang": "",
            "about": "",
            "biography": Said(),
            "spellings": (),
            "facts": (),
            "ladder": "",
            "custody": "",
            "custody_chart": "",
            "series": (),
            "chart": None,
            **_about(edition, subject),
        }
        if values["chart"]:
            yield from chart_files(values["chart"])
        yield (
            subject.href,
            edition.render(
                "subject.html",
                subject.href,
                section="browse.html",
                title=values["name"],
                kind_name=headings[subject.kind],
                list_href=list_href(subject.kind),
                rows=_rows(edition, subject),
                **values,
            ),
        )


def item_of(edition: Edition, subject: Subject) -> Item:
    """Return the line of a subject in a list of names."""
    name, lang, about = _name(edition, subject)
    return Item(href=subject.href, name=name, lang=lang, about=about, n=len(subject.parts))


def _name(edition: Edition, subject: Subject) -> tuple[str, str, str]:
    """Return the name of a subject, its language, and a few words about it."""
    words, record = edition.words, edition.dossier.get(subject.key)
    if isinstance(record, Party):
        view = words.known_party(record)
        return view.name, view.lang, view.about
    if isinstance(record, Account):
        view = words.account(record.record_id)
        return view.name, "", view.about
    if isinstance(record, Provision):
        return citation(record, "", words), "", words.said(record.title).text
    if subject.kind == "act":
        return capitalised(words.term("act_type", subject.key), words.lang), words.lang, ""
    return place_name(edition.plan.places[subject.href], words), "", ""


def _rows(edition: Edition, subject: Subject) -> list[tuple[Any, str]]:
    """Return the entries of a subject, newest first, with its part in each."""
    names = _part_names(edition.words)
    rows = []
    for incident_id in sorted(subject.parts, key=edition.plan.order.__getitem__):
        parts = (names.get(one) or _role(one, edition.words) for one in subject.parts[incident_id])
        rows.append((edition.rows[incident_id], ", ".join(filter(None, parts))))
    return rows


def _part_names(words: Presenter) -> dict[str, str]:
    return {
        "source": words.t("reports it"),
        "speaker": words.t("speaks about it"),
        "accused": words.t("said to be behind it"),
        "reporter_of_network": words.t("reports the network"),
        "target": words.t("attacked"),
        "act": "",
        "place": "",
    }


def _role(part: str, words: Presenter) -> str:
    for name in ("involvement_role", "provision_capacity"):
        if part in vocabulary(name).terms:
            return words.term(name, part)
    return ""


def _about(edition: Edition, subject: Subject) -> dict[str, Any]:
    name, lang, about = _name(edition, subject)
    found: dict[str, Any] = {"name": name, "name_lang": lang, "about": about}
    record = edition.dossier.get(subject.key)
    if isinstance(record, Party):
        return {**found, **_party(edition, record, name)}
    if isinstance(record, Account):
        return {**found, **_account(edition, record)}
    if isinstance(record, Provision):
        return {**found, **_provision(edition, record)}
    if subject.kind == "act":
        definition = vocabulary("act_type").term(subject.key).definition
        return {**found, "biography": Said(text=definition, lang="en")}
    return found


def _party(edition: Edition, party: Party, name: str) -> dict[str, Any]:
    words = edition.words
    found: dict[str, Any] = {
        "biography": words.said(party.biography),
        "spellings": tuple(n for n in party.names if n.use != "public_label" and n.value != name),
    }
    series = edition.series[party.record_id]
    ladder = ladder_of(series)
    if ladder is not None:
        found["ladder"] = capitalised(ladder_sentence(ladder, voice_of(words)), words.lang)
    if series.n_acts > 1:
        found["series"] = _series(edition, series.occurrences)
    held = custody(edition.dossier, party.record_id)
    if held is not None and held.spells:
        sentence = custody_sentence(held, voice_of(words))
        found["custody"] = capitalised(sentence, words.lang)
        found["custody_chart"] = _drawn(held, edition, name)
    return found


def _series(edition: Edition, occurrences: Any) -> list[dict[str, Any]]:
    rows = []
    for one in occurrences:
        incident = edition.dossier.find(Incident, one.incident)
        row = edition.rows.get(one.incident) if incident else None
        rows.append(
            {
                "when": edition.words.date(one.when) or edition.words.t("date not known"),
                "what": edition.words.term("act_type", one.act_type),
                "href": row.href if row else "",
                "title": row.title if row else Said(),
            }
        )
    return rows


def _drawn(held: Custody, edition: Edition, name: str) -> Markup | str:
    stays = tuple(
        filter(None, (_stay(spell, edition) for spell in held.spells if not spell.is_at_home))
    )
    if not stays:
        return ""
    title = edition.words.t("Days in custody: {name}").format(name=name)
    about = custody_sentence(held, voice_of(edition.words))
    day_words = functools.partial(day, lang=edition.lang)
    return Markup(timeline(stays, chart_id="stays", title=title, about=about, day_words=day_words))  # noqa: S704 - our own drawing, escaped


def _stay(spell: Spell, edition: Edition) -> Stay | None:
    first, last = spell.hull
    core = spell.core
    first = first or (core[0] if core else None)
    if first is None:
        return None
    last = last or edition.dossier.as_of
    act = edition.dossier.find(Act, spell.act)
    label = edition.words.term("act_type", spell.act_type)
    when = edition.words.date(act.start) if act else ""
    return Stay(
        label=": ".join(filter(None, (label, when))),
        first=first,
        sure_from=core[0] if core else None,
        sure_until=core[1] if core else None,
        last=max(last, first),
    )


def _account(edition: Edition, account: Account) -> dict[str, Any]:
    words = edition.words
    acts = list(edition.attacks.get(account.record_id, ()))
    acts.sort(key=lambda act: (str(act.start.earliest) if act.start else "9999", act.record_id))
    owner = words.party(account.owner) if account.owner else None
    series = [
        {
            "when": words.date(act.start) or words.t("date not known"),
            "what": words.term("act_type", act.act_type),
            "href": edition.rows[act.incident].href if act.incident in edition.rows else "",
            "title": edition.rows[act.incident].title if act.incident in edition.rows else Said(),
        }
        for act in acts
    ]
    facts = [(words.t("belongs to"), owner.name)] if owner and owner.is_named else []
    for seen in account.observations:
        state = words.term("account_state", seen.state) if seen.state != "unknown" else ""
        followers = (
            counted(seen.followers, "followers", words) if seen.followers is not None else ""
        )
        facts.append((words.date(seen.at), ", ".join(filter(None, (state, followers)))))
    return {"series": series if len(series) > 1 else (), "facts": facts}


def _provision(edition: Edition, provision: Provision) -> dict[str, Any]:
    words = edition.words
    citations = edition.dossier.referring(Citation, "provision", provision.record_id)
    whom = used_on(citations)
    found = (edition.dossier.find(Act, act_id) for act_id in whom)
    acts = {act.record_id: act for act in found if act is not None}
    force = " – ".join(
        filter(None, (words.date(provision.valid_from), words.date(provision.valid_to)))
    )
    facts = (
        (words.t("heading"), words.said(provision.title).text),
        (words.t("penalty provided"), words.said(provision.penalty).text),
        (words.t("in force"), force),
        (words.t("binds"), ", ".join(words.terms("addressee", provision.binds))),
        (
            words.t("also cited as"),
            ", ".join(c for c in provision.cited_as if c != provision.citation),
        ),
    )
    if len(acts) < _N_WORTH_DRAWING:
        return {"facts": facts, "about": ""}
    chart_id = f"article-{provision.record_id[-12:]}"
    chart = months_chart(words, chart_id, acts.values(), edition.month_hrefs, only=whom)
    return {"facts": facts, "about": "", "chart": standing(edition, chart)}
