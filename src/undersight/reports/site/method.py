"""The pages that stand: removed networks, corrections, how the log is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.model.fuzzy_date import sort_key
from undersight.model.records import Incident, Takedown, Update
from undersight.presentation.entry_views import update_view

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.presentation.presenter import Presenter
    from undersight.reports.site.edition import Edition

_CORRECTING = frozenset({"correction", "retraction"})


def standing_pages(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield the pages of removed networks, of corrections, and on method."""
    t = edition.words.t
    yield (
        "networks.html",
        edition.render(
            "takedowns.html",
            "networks.html",
            title=t("Removed networks"),
            networks=list(_networks(edition)),
        ),
    )
    yield (
        "corrections.html",
        edition.render(
            "corrections.html",
            "corrections.html",
            title=t("Corrections"),
            updates=_corrections(edition),
        ),
    )
    yield (
        "method.html",
        edition.render(
            "method.html",
            "method.html",
            title=t("Method"),
            methodology=edition.words.said(edition.dossier.masthead.methodology),
            certainty=_certainty(edition.words),
            dates=_dates(edition.words),
        ),
    )


def _networks(edition: Edition) -> Iterator[dict[str, object]]:
    found = edition.dossier.all(Takedown)
    for one in sorted(found, key=_newest_first, reverse=True):
        view = edition.words.takedown(one)
        row = edition.rows.get(one.incident)
        yield {
            "name": view.name,
            "published": view.published,
            "reporter": view.reporter,
            "attributed": view.attributed,
            "counts": view.counts,
            "href": f"{row.href}#{view.anchor}" if row else "",
        }


def _newest_first(one: Takedown) -> tuple[str, str]:
    return str(sort_key(one.published)[0]) if one.published else "", one.record_id


def _corrections(edition: Edition) -> list[dict[str, object]]:
    """Return corrections and retractions, newest first."""
    found = []
    for update in edition.dossier.all(Update):
        incident = edition.dossier.find(Incident, update.incident)
        if update.update_kind in _CORRECTING and incident is not None:
            view, row = update_view(update, edition.words), edition.rows[update.incident]
            found.append((view.published_iso, update.record_id, view, row))
    return [
        {
            "published": view.published,
            "kind": view.kind,
            "note": view.note,
            "anchor": view.anchor,
            "href": row.href,
            "title": row.title,
        }
        for _, _, view, row in sorted(found, key=lambda one: one[:2], reverse=True)
    ]


def _certainty(words: Presenter) -> tuple[tuple[str, str], ...]:
    t = words.t
    meanings = {
        "unverified": t("Told by somebody; not checked yet."),
        "possible": t("It may have happened; nothing speaks against it."),
        "likely": t("Sources that do not depend on each other agree."),
        "confirmed": t("Shown by documents, or agreed by all sides."),
        "confirmed_not_a_violation": t("Checked: it happened, and no right was violated."),
        "unlikely": t("What is known speaks against it."),
    }
    return tuple((words.term("verification", term), said) for term, said in meanings.items())


def _dates(words: Presenter) -> tuple[tuple[str, str], ...]:
    from undersight.model.fuzzy_date import FuzzyDate

    t = words.t

    def shown(edtf: str, reading: str = "at_least_once") -> str:
        return words.date(FuzzyDate.parse(edtf, reading=reading))

    return (
        (shown("2031-05~"), t("The month may be off by one.")),
        (shown("2031-05?"), t("The source of the date is doubtful.")),
        (shown("2031-05-04/2031-05-09"), t("On one of these days; it is not known on which.")),
        (shown("2031-05-04/2031-05-09", "throughout"), t("On every one of these days.")),
    )
