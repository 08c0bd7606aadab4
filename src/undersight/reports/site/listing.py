"""The log, newest first, page by page."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from undersight.reports.counted import group_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from undersight.presentation.presenter import Presenter
    from undersight.presentation.views import ClaimView, EntryView, Said
    from undersight.reports.site.edition import Edition
    from undersight.reports.site.plan import Placed


_N_VICTIMS_NAMED: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An entry in a list: what is needed of it after its page is written."""

    href: str
    title: Said
    when: str
    place: str
    acts: tuple[str, ...]
    victims: tuple[str, ...]
    n_more: int
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
        victims=tuple(person.party.name for person in view.victims[:_N_VICTIMS_NAMED]),
        n_more=max(len(view.victims) - _N_VICTIMS_NAMED, 0),
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
    yield from (person.party.name for person in view.victims)
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
                "name": group_name(key, edition.words).removesuffix(f" {key[:4]}"),
                "n": 0,
            }
            year = key[:4] or edition.words.t("Date not known")
            found.setdefault(year, []).append(seen[key])
        seen[key]["n"] += 1
    return [{"name": year, "months": months} for year, months in found.items()]
