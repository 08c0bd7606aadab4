"""RSS and Atom feeds."""

from __future__ import annotations

import re
from email.utils import parsedate
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar

from undersight.errors import DamagedFileError, InvalidDateError
from undersight.i18n import _
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.intake import Article, Issue
from undersight.text.markup import html_to_linked_text, html_to_text, with_lead

if TYPE_CHECKING:
    from collections.abc import Iterator

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Feed:
    """A saved RSS or Atom feed: one article per entry."""

    importer_id: ClassVar[str] = "feed"
    about: ClassVar[str] = _("An RSS or Atom feed saved to a file.")
    suffixes: ClassVar[tuple[str, ...]] = (".rss", ".atom", ".xml")

    @classmethod
    def recognises(cls, head: bytes, name: str) -> bool:
        """Look for the root element of a feed."""
        start = head[:8192]
        is_feed = b"<rss" in start or b"http://www.w3.org/2005/Atom" in start
        return (is_feed or b"<rdf:RDF" in start) and b"wordpress.org/export" not in head

    def parse(self, stream: BinaryIO) -> Iterator[Article | Issue]:
        """Yield the feed's entries in file order.

        Raises:
            DamagedFileError: It is not well formed and no entry could be read.
        """
        import feedparser

        read = feedparser.parse(stream.read(), sanitize_html=True, resolve_relative_uris=False)
        if read.bozo and not read.entries:
            raise DamagedFileError("feed", "it is not a well-formed RSS or Atom feed")
        lang = str(read.feed.get("language", ""))[:2].lower()
        for number, entry in enumerate(read.entries, 1):
            yield _article(number, entry, lang)
        if read.bozo:
            place = f"after entry {len(read.entries)}"
            yield Issue(locator=place, reason="The feed is damaged; what follows was not read.")


def _article(number: int, entry: Any, lang: str) -> Article | Issue:
    lead = entry.get("summary", "")
    bodies = [one.value for one in entry.get("content", ())]
    body = max((*bodies, entry.get("yandex_full-text", "")), key=len) or lead
    title = html_to_text(entry.get("title", ""))
    text, links = html_to_linked_text(body)
    text, links = with_lead(html_to_text(lead), text, links)
    if not text and not title:
        return Issue(locator=f"entry {number}", reason="The entry has neither title nor text.")
    return Article(
        locator=f"entry {number}",
        title=title,
        text=text,
        links=links,
        published=_day(str(entry.get("published") or entry.get("updated") or "")),
        url=str(entry.get("link", "")),
        lang=str(entry.get("language", lang))[:2].lower(),
    )


def _day(written: str) -> FuzzyDate | None:
    """Return the day as the feed writes it: midnight in its own zone is not yesterday."""
    iso = _ISO_DAY.match(written.strip())
    mail = None if iso else parsedate(written)
    day = iso[0] if iso else f"{mail[0]:04}-{mail[1]:02}-{mail[2]:02}" if mail else ""
    try:
        return FuzzyDate.parse(day) if day else None
    except InvalidDateError:
        return None
