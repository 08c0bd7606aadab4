"""The newest entries and updates as an Atom feed (RFC 4287)."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Final

from undersight.model.records import Incident, Update
from undersight.presentation.entry_views import update_view

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.model.dossier import Masthead
    from undersight.reports.site.edition import Edition

_N_NEWEST: Final = 50


def feed_pages(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield the feed of a language."""
    masthead, lang = edition.dossier.masthead, edition.lang
    base_url = masthead.base_url.rstrip("/")
    items = sorted((*_entries(edition), *_updates(edition)), key=_newest_first, reverse=True)
    items = items[:_N_NEWEST]
    newest = max((item["updated"] for item in items), default=edition.dossier.as_of.isoformat())
    yield (
        "feed.xml",
        edition.render(
            "feed.xml",
            "feed.xml",
            feed_id=f"{base_url}/{lang}/" if base_url else _own_id(masthead, lang),
            updated=newest,
            base_url=base_url,
            root=f"{base_url}/{lang}/" if base_url else "",
            items=items,
        ),
    )


def _own_id(masthead: Masthead, lang: str) -> str:
    """Return the id of a feed without an address: no other log, or language, has the same."""
    log = masthead.log_id or f"{masthead.jurisdiction} {masthead.title}"
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{log} {lang}").urn


def _newest_first(item: dict[str, Any]) -> tuple[str, str]:
    return item["updated"], item["id"]


def _entries(edition: Edition) -> Iterator[dict[str, Any]]:
    for placed in edition.plan.entries:
        incident = placed.incident
        first = incident.first_published
        day = first.earliest if first else None
        row = edition.rows[incident.record_id]
        published = (day or edition.dossier.as_of).isoformat()
        summary = edition.words.said(incident.summary, incident.lang) or row.title
        yield {
            "id": f"urn:uuid:{incident.record_id}",
            "title": row.title.text,
            "updated": max(published, row.updated_iso),
            "published": published if day else "",
            "href": row.href,
            "summary": summary.text,
            "lang": summary.lang or edition.lang,
        }


def _updates(edition: Edition) -> Iterator[dict[str, Any]]:
    for update in edition.dossier.all(Update):
        incident = edition.dossier.find(Incident, update.incident)
        view = update_view(update, edition.words)
        if incident is None or not view.published_iso:
            continue
        row = edition.rows[update.incident]
        title = edition.words.t("Update: {title}").format(title=row.title.text)
        yield {
            "id": f"urn:uuid:{update.record_id}",
            "title": title,
            "updated": view.published_iso,
            "published": view.published_iso,
            "href": f"{row.href}#{view.anchor}",
            "summary": view.note.text or view.kind,
            "lang": view.note.lang or edition.lang,
        }
