"""Pages that list entries and names: the log by pages, and the index by letters."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from undersight.reports.counted import group_name
from undersight.reports.site.plan import KINDS
from undersight.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from undersight.presentation.presenter import Presenter
    from undersight.presentation.views import ClaimView, EntryView, Said
    from undersight.reports.site.edition import Edition
    from undersight.reports.site.plan import Placed

N_ON_ONE_LIST: Final = 400
"""Names on one page; a longer list has a page for each letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An entry in a list: what is needed of it after its page is written."""

    href: str
    title: Said
    when: str
    place: str
    acts: tuple[str, ...]
    victims: tuple[str, ...]
    updated: str
    updated_iso: str
    update_anchor: str
    update_kind: str
    public_id: str
    said: str


def row_of(view: EntryView, placed: Placed, words: Presenter) -> Row:
    """Return the row of an entry."""
    newest = view.newest_update
    return Row(
        href=placed.href,
        title=view.title,
        when=view.when,
        place=view.place,
        acts=view.act_labels or ((words.t("removed network"),) if view.takedowns else ()),
        victims=tuple(person.party.name for person in view.victims),
        updated=newest.published if newest else "",
        updated_iso=newest.published_iso if newest else "",
        update_anchor=newest.anchor if newest else "",
        update_kind=newest.kind if newest else "",
        public_id=view.public_id,
        said=" ".join(dict.fromkeys(_said(view))),
    )


def _said(view: EntryView) -> Iterator[str]:
    """Yield everything of an entry that a search looks through, beyond its row."""
    yield view.summary.text
    yield from view.topics
    yield from (update.note.text for update in view.updates)
    for act in view.acts:
        yield from (act.detail.text, act.stated_ground.text, act.believed_ground.text)
        yield from (*act.items, *act.offences, *act.platforms)
        yield from (law.citation for law in act.law)
        yield from (person.party.name for person in act.others)
        yield from (account.name for account in act.accounts if account.is_named)
        yield from _claimed(act.claims)
    for network in view.takedowns:
        yield from (network.name, network.summary.text, network.attributed)
        yield from _claimed(network.claims)
    yield from _claimed(view.claims)
    for source in view.sources:
        yield from (source.publisher, source.title)


def _claimed(claims: Iterable[ClaimView]) -> Iterator[str]:
    for claim in claims:
        yield from (claim.speaker.name, claim.statement.text)


# --- the log, newest first -------------------------------------------------------------------


def page_href(number: int) -> str:
    """Return the page of the log with a number, from 1."""
    return "index.html" if number == 1 else f"log/{number}.html"


def log_pages(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield the pages of the log."""
    entries, size = edition.plan.entries, edition.n_per_page
    n_pages = max(-(-len(entries) // size), 1)
    months = _months(edition)
    t = edition.words.t
    for number in range(1, n_pages + 1):
        part = entries[(number - 1) * size : number * size]
        page = {"n": number, "total": n_pages}
        yield (
            page_href(number),
            edition.render(
                "index.html",
                page_href(number),
                section="index.html",
                title=t("Log") if number == 1 else t("Log, page {n} of {total}").format(**page),
                is_first=number == 1,
                n_entries=len(entries),
                groups=_groups(edition, part),
                n_pages=n_pages,
                page_number=number,
                newer=page_href(number - 1) if number > 1 else "",
                older=page_href(number + 1) if number < n_pages else "",
                months=months if number == 1 and len(entries) > 8 else [],
            ),
        )


def _groups(edition: Edition, part: Sequence[Placed]) -> list[dict[str, Any]]:
    return [
        {
            "key": key,
            "name": group_name(key, edition.words),
            "rows": [edition.rows[placed.incident.record_id] for placed in found],
        }
        for key, found in itertools.groupby(part, key=lambda placed: placed.group)
    ]


def _months(edition: Edition) -> list[dict[str, Any]]:
    """Return the years with their months, and where each begins."""
    found: dict[str, list[dict[str, Any]]] = {}
    seen: dict[str, dict[str, Any]] = {}
    for placed in edition.plan.entries:
        key = placed.group
        if key not in seen:
            seen[key] = {
                "href": edition.month_hrefs[key],
                "name": group_name(key, edition.words),
                "n": 0,
            }
            year = key[:4] or edition.words.t("Date not known")
            found.setdefault(year, []).append(seen[key])
        seen[key]["n"] += 1
    return [{"name": year, "months": months} for year, months in found.items()]


# --- names ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of a list of names."""

    href: str
    name: str
    about: str = ""
    lang: str = ""
    n: int = 0

    @property
    def sort_key(self) -> tuple[str, str, str]:
        """Alphabetical in any script: folded first, then as written."""
        return fold(self.name), self.name, self.href


def kind_names(words: Presenter) -> dict[str, str]:
    """Return the headings of the kinds of page."""
    return {
        "person": words.t("People"),
        "organisation": words.t("Organisations"),
        "outlet": words.t("Media outlets"),
        "page": words.t("Pages and sites"),
        "agency": words.t("Public bodies"),
        "platform": words.t("Platforms"),
        "article": words.t("Articles of law"),
        "act": words.t("Kinds of act"),
        "place": words.t("Places"),
    }


def list_href(kind: str) -> str:
    """Return the list of a kind of page."""
    return f"names/{kind}.html"


def name_pages(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield the lists of names, the alphabetical list of entries, and what leads to them."""
    from undersight.reports.site.subjects import item_of

    headings = kind_names(edition.words)
    kinds = []
    for kind in KINDS:
        found = [item_of(edition, subject) for subject in edition.plan.of_kind(kind)]
        if found:
            kinds.append({"href": list_href(kind), "name": headings[kind], "n": len(found)})
            yield from _listed(edition, list_href(kind), headings[kind], found)
    title = edition.words.t("All entries in alphabetical order")
    entries = [
        Item(href=row.href, name=row.title.text, about=row.when, lang=row.title.lang)
        for row in edition.rows.values()
    ]
    yield from _listed(edition, list_href("entry"), title, entries)
    kinds.append({"href": list_href("entry"), "name": title, "n": len(entries)})
    yield (
        "browse.html",
        edition.render("browse.html", "browse.html", title=edition.words.t("Index"), kinds=kinds),
    )


def _listed(
    edition: Edition, href: str, title: str, items: Iterable[Item]
) -> Iterator[tuple[str, str]]:
    """Yield a list of names as one page, or as one for each letter where it is long."""
    ordered = sorted(items, key=lambda item: item.sort_key)
    letters: dict[str, list[Item]] = {"": ordered}
    if len(ordered) > N_ON_ONE_LIST:
        letters = {}
        for item in ordered:
            first = item.sort_key[0][:1]
            letters.setdefault(first if first.isalpha() else "0", []).append(item)
    hrefs = {
        letter: href if index == 0 else href.replace(".html", f"-{letter}.html")
        for index, letter in enumerate(letters)
    }
    for letter, found in letters.items():
        shown = [
            {"name": one.upper(), "href": hrefs[one], "is_here": one == letter} for one in letters
        ]
        yield (
            hrefs[letter],
            edition.render(
                "list.html",
                hrefs[letter],
                section="browse.html",
                title=title if len(letters) == 1 else f"{title}: {letter.upper()}",
                letters=shown,
                items=found,
            ),
        )
