"""One language of a site: every page of its folder."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from undersight.errors import NotVisibleError
from undersight.i18n import NAMES
from undersight.model.derived.repeat import all_series
from undersight.model.records import Act, Incident
from undersight.presentation.pages import environment
from undersight.presentation.phrases import capitalised
from undersight.presentation.phrases import day as day_in_words
from undersight.presentation.presenter import Presenter
from undersight.presentation.views import direction
from undersight.reports.site import counting, feed, finding, listing, method, names, subjects
from undersight.reports.site.listing import Row, row_of
from undersight.reports.site.plan import as_of_href

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from undersight.model.derived.repeat import Series
    from undersight.model.dossier import Dossier
    from undersight.presentation.views import EntryView
    from undersight.reports.site.plan import Placed, Plan

Page = tuple[str, str]
_PATH: Final = "page-of-this-name"


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
        presenters: dict[int, Presenter] = {}
        for placed in self.plan.entries:
            earlier = {
                day: presenters.setdefault(id(old), Presenter(old, self.lang))
                for day, old in versions.get(placed.incident.record_id, ())
            }
            yield from self._entry(placed, earlier)
        yield from listing.log_pages(self)
        yield from subjects.subject_pages(self)
        yield from names.name_pages(self)
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
            "capitalised": functools.partial(capitalised, lang=self.lang),
            "link": lambda href: f"{up}{href}" if href in self.hrefs else "",
            "languages": self._languages,
        }
        section = values.get("section", path)
        top, foot = self._frame(up, section)
        shown["top"], shown["foot"] = top.replace(_PATH, path), foot
        made = self._templates.get_template(f"site/{template}")
        return made.render({**self._every_page, **shown, **values})

    @functools.cached_property
    def series(self) -> dict[str, Series]:
        """What was done to each party, by party."""
        return {one.subject: one for one in all_series(self.dossier)}

    @functools.cached_property
    def attacks(self) -> dict[str, list[Act]]:
        """Acts on each account."""
        found: dict[str, list[Act]] = {}
        for act in self.dossier.all(Act):
            for account_id in act.target_accounts:
                found.setdefault(account_id, []).append(act)
        return found

    @functools.cached_property
    def month_hrefs(self) -> dict[str, str]:
        """Where each month, year or the undated begin in the log."""
        found: dict[str, str] = {}
        for index, placed in enumerate(self.plan.entries):
            page = listing.page_href(index // self.n_per_page + 1)
            found.setdefault(placed.group, f"{page}#m-{placed.group or 'undated'}")
        return found

    @property
    def is_searched_in_full(self) -> bool:
        """Whether the search looks at all that entries say."""
        return len(self.plan.entries) <= finding.MOST_IN_FULL

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

    @functools.cached_property
    def _languages(self) -> list[dict[str, Any]]:
        return [
            {"code": lang, "name": NAMES[lang], "is_here": lang == self.lang}
            for lang in self.dossier.masthead.languages
        ]

    @functools.cache  # noqa: B019 - an edition lives as long as its pages are written
    def _frame(self, up: str, section: str) -> tuple[Markup, Markup]:
        """Return what stands above and below the text of many pages."""
        shown = {"up": up, "section": section, "path": _PATH, "languages": self._languages}
        top, foot = (
            Markup(self._templates.get_template(f"site/{name}").render(self._every_page | shown))  # noqa: S704 - rendered by a template that escapes
            for name in ("top.html", "foot.html")
        )
        return top, foot

    # --- entries -------------------------------------------------------------------------

    def _entry(self, placed: Placed, earlier: Mapping[dt.date, Presenter]) -> Iterator[Page]:
        incident_id = placed.incident.record_id
        now = self.words.entry(placed.incident)
        row = row_of(now, placed, self.words)
        self.rows[incident_id] = row if self.is_searched_in_full else replace(row, said="")
        days = self.plan.versions.get(incident_id, ())
        listed = [
            {"href": as_of_href(placed.href, day), "day": day_in_words(day, self.lang)}
            for day in reversed(days)
        ]
        yield placed.href, self._entry_page(now, placed.href, listed)
        for day in days:
            view = earlier[day].entry(_incident(earlier[day], incident_id))
            path = as_of_href(placed.href, day)
            yield path, self._entry_page(replace(view, href=placed.href), path, (), day)

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


def _incident(words: Presenter, incident_id: str) -> Incident:
    """Return an entry of a snapshot that is known to have it."""
    found = words.dossier.find(Incident, incident_id)
    if found is None:
        raise NotVisibleError(incident_id, words.dossier.audience)
    return found
