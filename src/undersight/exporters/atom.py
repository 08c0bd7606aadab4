"""A feed with one entry for each first publication and each addition, under ids that stay.

Source: RFC 4287 (Atom), RFC 4151 (tag URIs), RFC 3339 (instants).
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final
from urllib.parse import quote, urlsplit

from undersight.exporters.delivery import (
    ExportReport,
    LossCount,
    instant,
    refuse_internal,
    write_file,
)
from undersight.exporters.naming import event_id, text_in
from undersight.i18n import _
from undersight.model.records import Incident, Update
from undersight.model.vocabulary import label

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from undersight.model.dossier import Dossier
    from undersight.model.fuzzy_date import FuzzyDate
    from undersight.model.records import Record

_TAG_YEAR: Final = "2026"  # tag URIs name a day on which the host was the publisher's; any will do
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Atom:
    """An Atom feed: one entry for each first publication and each update, newest first.

    Args:
        lang: Language of the feed; the log's main language if not given.
        entry_path: Path of an entry's page under the log's address.
        n_entries: The newest so many; 0 for all.
        includes_internal: Let an internal dossier out.
    """

    exporter_id: ClassVar[str] = "atom"
    about: ClassVar[str] = _("An Atom feed of first publications and updates.")
    suffix: ClassVar[str] = ".atom"

    lang: str = ""
    entry_path: str = "{lang}/entry/{id}.html"
    n_entries: int = 0
    includes_internal: bool = False

    def write(self, dossier: Dossier, out: Path) -> ExportReport:
        """Write one file.

        Raises:
            InternalExportError: The dossier is internal and that was not asked for.
            BackendError: The disk refused.
        """
        refuse_internal(dossier, is_asked=self.includes_internal)
        losses = LossCount()
        lang = self.lang or dossier.masthead.languages[0]
        entries = sorted(_entries(dossier, lang, losses), key=_newest_first)
        entries = entries[: self.n_entries] if self.n_entries else entries
        text = self._feed(dossier, lang, entries)
        file = write_file(out, text.encode("utf-8", "replace"))
        return ExportReport(files=(file,), n_records=len(entries), losses=losses.losses())

    def _feed(self, dossier: Dossier, lang: str, entries: list[Entry]) -> str:
        masthead = dossier.masthead
        title, title_lang = text_in(masthead.title, (lang, *masthead.languages))
        updated = max((e.updated for e in entries), default=dossier.as_of)
        name = _escaped(title or "undersight")
        lines = [
            '<?xml version="1.0" encoding="utf-8"?>',
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{_escaped(lang)}">',
            f"  <id>{_escaped(_feed_id(dossier, lang))}</id>",
            f"  <title{_lang(title_lang, lang)}>{name}</title>",
            f"  <updated>{instant(updated)}</updated>",
            f"  <author><name>{name}</name></author>",
            "  <generator>undersight</generator>",
        ]  # fmt: skip
        if masthead.base_url:
            lines.append(f'  <link rel="alternate" href="{_escaped(masthead.base_url)}"/>')
        for entry in entries:
            lines += self._entry(dossier, lang, entry)
        return "\n".join([*lines, "</feed>", ""])

    def _entry(self, dossier: Dossier, lang: str, entry: Entry) -> Iterator[str]:
        yield "  <entry>"
        yield f"    <id>{_escaped(tag(dossier, entry.record_id))}</id>"
        yield f"    <title{_lang(entry.lang, lang)}>{_escaped(entry.title)}</title>"
        yield f"    <updated>{instant(entry.updated)}</updated>"
        yield f"    <published>{instant(entry.updated)}</published>"
        base = dossier.masthead.base_url.rstrip("/")
        if base:
            page = self.entry_path.format(lang=lang, id=quote(entry.event_id, safe=""))
            anchor = "" if entry.kind == "first_publication" else f"#{entry.record_id}"
            yield f'    <link rel="alternate" href="{_escaped(f"{base}/{page}{anchor}")}"/>'
        yield f'    <category term="{_escaped(entry.kind)}"/>'
        content = _escaped(entry.content or entry.title)
        yield f'    <content type="text"{_lang(entry.content_lang, lang)}>{content}</content>'
        yield "  </entry>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the feed.

    Args:
        record_id: The update or incident it stands for.
        event_id: Public id of the log's entry.
        kind: ``first_publication`` or a term of ``update_kind``.
        title: Its headline.
        lang: Language of the headline.
        content: What is new.
        content_lang: Language of that.
        updated: The day.
        number: Running number of the update; 0 for the first publication.
    """

    record_id: str
    event_id: str
    kind: str
    title: str
    lang: str
    content: str
    content_lang: str
    updated: dt.date
    number: int


def tag(dossier: Dossier, *parts: str) -> str:
    """Return an id that stays the same: a tag URI under the log's host, else a name of ours.

    Args:
        dossier: The snapshot, for the log's address.
        *parts: A record id, or what else tells two ids apart.
    """
    host = urlsplit(dossier.masthead.base_url).hostname or "undersight.invalid"
    return f"tag:{host},{_TAG_YEAR}:{'/'.join(filter(None, parts))}"


def _feed_id(dossier: Dossier, lang: str) -> str:
    """Return the id of the whole feed: without an address, no other log may have the same."""
    masthead = dossier.masthead
    return tag(dossier, "feed", "" if masthead.base_url else masthead.log_id, lang)


def _entries(dossier: Dossier, lang: str, losses: LossCount) -> Iterator[Entry]:
    for incident in dossier.all(Incident):
        title, title_lang = text_in(incident.title, (lang, *dossier.masthead.languages))
        summary, summary_lang = text_in(incident.summary, (title_lang,))
        first = _day(dossier, incident, incident.first_published, losses)
        public_id = event_id(dossier, incident.record_id)
        yield Entry(
            record_id=incident.record_id,
            event_id=public_id,
            kind="first_publication",
            title=title or public_id,
            lang=title_lang,
            content=summary,
            content_lang=summary_lang,
            updated=first,
            number=0,
        )
        for update in dossier.updates(incident.record_id):
            yield _update_entry(dossier, update, (title or public_id, title_lang), losses)


def _update_entry(
    dossier: Dossier, update: Update, headline: tuple[str, str], losses: LossCount
) -> Entry:
    title, lang = headline
    note, note_lang = text_in(update.note, (lang, *dossier.masthead.languages))
    kind = label("update_kind", update.update_kind, lang)
    return Entry(
        record_id=update.record_id,
        event_id=event_id(dossier, update.incident),
        kind=update.update_kind,
        title=f"{title} ({kind})",
        lang=lang,
        content=note,
        content_lang=note_lang,
        updated=_day(dossier, update, update.published, losses),
        number=update.number or 0,
    )


def _day(dossier: Dossier, record: Record, date: FuzzyDate | None, losses: LossCount) -> dt.date:
    """Return one day for a feed: the last possible one, not after the snapshot."""
    day = (date.latest or date.earliest) if date else None
    if date is None or not date.is_exact:
        field = f"{record.kind}.{'first_published' if record.kind == 'incident' else 'published'}"
        losses.add("a feed needs one day: the last possible one was taken", field,
                   record.record_id)  # fmt: skip
    stamp = dossier.stamps.get(record.record_id)
    fallback = stamp.created if stamp else dossier.as_of
    return min(day or fallback, dossier.as_of)


def _newest_first(entry: Entry) -> tuple[int, int, str]:
    return -entry.updated.toordinal(), -entry.number, entry.record_id


def _lang(lang: str, around: str) -> str:
    return f' xml:lang="{_escaped(lang)}"' if lang and lang != around else ""


def _escaped(text: str) -> str:
    """Return a text for XML 1.0; what that cannot hold at all becomes a replacement mark."""
    return html.escape(_NOT_XML.sub("\ufffd", text), quote=True)
