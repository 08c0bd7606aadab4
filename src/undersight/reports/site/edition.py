"""One language of a site: every page of its folder."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from undersight.model.records import Incident
from undersight.presentation.pages import environment
from undersight.presentation.phrases import day as day_in_words
from undersight.presentation.presenter import Presenter
from undersight.presentation.views import direction
from undersight.reports.site import counting, feed, finding, listing, method, subjects
from undersight.reports.site.listing import Row, row_of
from undersight.reports.site.plan import as_of_href

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from undersight.model.dossier import Dossier
    from undersight.presentation.views import EntryView
    from undersight.reports.site.plan import Placed, Plan

Page = tuple[str, str]
LANGUAGE_NAMES = {"en": "English", "az": "Azərbaycanca", "ru": "Русский", "tr": "Türkçe"}


def site_title(dossier: Dossier, lang: str) -> str:
    """Return the name of the log in a language, else in the log's own."""
    titles = dossier.masthead.title
    for one in (lang, *dossier.masthead.languages, *sorted(titles)):
        if titles.get(one):
            return titles[one]
    return "Log"


class Edition:
    """One language of a site.

    Args:
        dossier: What the audience may see.
        plan: The pages of the site.
        lang: The language.
        n_per_page: Entries on one page of the log.
    """

    def __init__(self, dossier: Dossier, plan: Plan, lang: str, n_per_page: int) -> None:
        self.dossier, self.plan, self.lang = dossier, plan, lang
        self.n_per_page = n_per_page
        self.words = Presenter(dossier, lang)
        self.rows: dict[str, Row] = {}
        self.hrefs = {placed.href for placed in plan.entries} | set(plan.subjects)
        self._templates = environment("undersight.reports", lang)
        self._every_page = self._shared()

    def pages(self, versions: Mapping[str, tuple[tuple[dt.date, Dossier], ...]]) -> Iterator[Page]:
        """Yield the name and content of every file in the language's folder."""
        earlier = {
            day: Presenter(old, self.lang) for found in versions.values() for day, old in found
        }
        for placed in self.plan.entries:
            yield from self._entry(placed, earlier)
        yield from listing.log_pages(self)
        yield from subjects.subject_pages(self)
        yield from listing.name_pages(self)
        yield from counting.count_pages(self)
        yield from method.standing_pages(self)
        yield from finding.search_pages(self)
        yield from feed.feed_pages(self)

    def render(self, template: str, path: str, **values: Any) -> str:
        """Return a page.

        Args:
            template: File in the folder of the site's templates.
            path: Where the page will stand in the language's folder.
            values: What the template shows.
        """
        up = "../" * path.count("/")
        base_url = self.dossier.masthead.base_url.rstrip("/")
        shown = {
            "path": path,
            "up": up,
            "section": path,
            "description": "",
            "is_old": False,
            "canonical": f"{base_url}/{self.lang}/{path}" if base_url else "",
            "link": lambda href: f"{up}{href}" if href in self.hrefs else "",
            "languages": self._languages(path),
        }
        made = self._templates.get_template(f"site/{template}")
        return made.render({**self._every_page, **shown, **values})

    @functools.cached_property
    def month_hrefs(self) -> dict[str, str]:
        """Where each month, year or the undated begin in the log."""
        found: dict[str, str] = {}
        for index, placed in enumerate(self.plan.entries):
            page = listing.page_href(index // self.n_per_page + 1)
            found.setdefault(placed.group, f"{page}#m-{placed.group or 'undated'}")
        return found

    def _shared(self) -> dict[str, Any]:
        t = self.words.t
        sections = (
            ("index.html", t("Log")),
            ("counts.html", t("Counts")),
            ("browse.html", t("Index")),
            ("networks.html", t("Removed networks")),
            ("corrections.html", t("Corrections")),
            ("method.html", t("Method")),
            ("search.html", t("Search")),
        )
        return {
            "lang": self.lang,
            "dir": direction(self.lang),
            "site_title": site_title(self.dossier, self.lang),
            "sections": [{"href": href, "name": name} for href, name in sections],
            "audience": self.dossier.audience,
            "as_of": day_in_words(self.dossier.as_of, self.lang),
            "contact": self.dossier.masthead.contact,
        }

    def _languages(self, path: str) -> list[dict[str, Any]]:
        return [
            {
                "code": lang,
                "name": LANGUAGE_NAMES[lang],
                "is_here": lang == self.lang,
                "href": path,
            }
            for lang in self.dossier.masthead.languages
        ]

    # --- entries -------------------------------------------------------------------------

    def _entry(self, placed: Placed, earlier: Mapping[dt.date, Presenter]) -> Iterator[Page]:
        incident_id = placed.incident.record_id
        now = self.words.entry(placed.incident)
        self.rows[incident_id] = row_of(now, placed, self.words)
        shown = _said(now)
        kept: list[tuple[dt.date, EntryView]] = []
        for day in self.plan.versions.get(incident_id, ()):
            old = earlier[day].dossier.find(Incident, incident_id)
            if old is None:
                continue
            view = earlier[day].entry(old)
            if _said(view) != (_said(kept[-1][1]) if kept else None):
                kept.append((day, view))
        if kept and _said(kept[-1][1]) == shown:
            kept.pop()
        days = [
            {"href": as_of_href(placed.href, day), "day": day_in_words(day, self.lang)}
            for day, _ in reversed(kept)
        ]
        yield placed.href, self._entry_page(now, placed.href, days)
        for day, view in kept:
            yield (
                as_of_href(placed.href, day),
                self._entry_page(
                    replace(view, href=placed.href), as_of_href(placed.href, day), (), day
                ),
            )

    def _entry_page(
        self, view: EntryView, path: str, earlier: object, old_day: dt.date | None = None
    ) -> str:
        return self.render(
            "entry.html",
            path,
            title=view.title.text,
            description=view.summary.paragraphs[0][:300] if view.summary else "",
            entry=view,
            earlier=earlier,
            is_old=old_day is not None,
            old_day=day_in_words(old_day, self.lang) if old_day else "",
            canonical=self._address(view.href),
            anchors={act.anchor for act in view.acts},
            citation=self._citation(view, old_day),
        )

    def _address(self, href: str) -> str:
        base_url = self.dossier.masthead.base_url.rstrip("/")
        return f"{base_url}/{self.lang}/{href}" if base_url else ""

    def _citation(self, view: EntryView, old_day: dt.date | None) -> str:
        t = self.words.t
        day = day_in_words(old_day or self.dossier.as_of, self.lang)
        parts = (
            self._every_page["site_title"],
            t("“{title}”").format(title=view.title.text),
            view.public_id,
            t("published {date}").format(date=view.first_published)
            if view.first_published
            else "",
            t("as it stood on {date}").format(date=day),
            self._address(view.href),
        )
        return ", ".join(part for part in parts if part) + "."


def _said(view: EntryView) -> EntryView:
    """Return what an entry says, without what changes from day to day by itself."""
    return replace(view, last_changed="", custody=())
