"""A saved web page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO, ClassVar

from undersight.errors import DamagedFileError, InvalidDateError
from undersight.i18n import _
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.intake import Article
from undersight.text.decoding import decode
from undersight.text.markup import html_to_linked_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)
_DATE_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"(\d{4}-\d{2}-\d{2})')
_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://\S+)"
)
_HEAD_CHARACTERS = 20_000
_PUBLISHED = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//meta[@name='date' or @name='pubdate' or @name='publish-date']/@content",
    "//meta[@name='DC.date.issued' or @name='dcterms.date']/@content",
    "//article//time/@datetime",
    "//time/@datetime",
)


class HtmlPage:
    """A page saved from a browser: its main part as one article."""

    importer_id: ClassVar[str] = "html-page"
    about: ClassVar[str] = _("A web page saved as HTML.")
    suffixes: ClassVar[tuple[str, ...]] = (".html", ".htm", ".xhtml", ".mht", ".mhtml")

    @classmethod
    def recognises(cls, head: bytes, name: str) -> bool:
        """Look for a document type or an html element near the beginning; ".xls" is a table."""
        start = head[:4096].lower()
        if name.lower().endswith(".xls") and b"<table" in head.lower():
            return False
        return b"<!doctype html" in start or b"<html" in start or _is_single_file(start)

    def parse(self, stream: BinaryIO) -> Iterator[Article]:
        """Yield the page's main text with what its head says of it.

        Raises:
            DamagedFileError: There is no page in it.
        """
        from lxml import etree
        from lxml import html as lxml_html

        raw, address = _unwrapped(stream.read())
        stated = _CHARSET.search(raw[:4096])
        source = decode(raw, declared=stated.group(1).decode("ascii") if stated else "")
        source = re.sub(r"^\s*<\?xml[^>]*\?>", "", source)
        try:
            page = lxml_html.document_fromstring(source)
        except (etree.ParserError, ValueError) as error:
            raise DamagedFileError("page", "it holds no HTML") from error
        text, links = html_to_linked_text(source, is_page=True)
        title = _first(page, "//meta[@property='og:title']/@content", "//title/text()")
        if not text and not title:
            raise DamagedFileError("page", "there is no text in it")
        yield Article(
            locator="page",
            title=title,
            text=text,
            links=links,
            published=_day(_first(page, *_PUBLISHED) or _stated_in_data(page)),
            url=_first(
                page, "//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"
            )
            or address
            or _saved_from(source),
            lang=_first(page, "/html/@lang")[:2].lower(),
        )


def _is_single_file(start: bytes) -> bool:
    return b"mime-version:" in start and b"multipart/related" in start


def _unwrapped(raw: bytes) -> tuple[bytes, str]:
    """Return a page and its address out of the one file (MHTML) that browsers save it as."""
    if not _is_single_file(raw[:4096].lower()):
        return raw, ""
    import email
    import email.policy

    file = email.message_from_bytes(raw, policy=email.policy.compat32)
    for part in file.walk():
        content = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(content, bytes):
            charset = part.get_content_charset("utf-8")
            page = decode(content, declared=charset).encode("utf-8")
            return page, str(file["Snapshot-Content-Location"] or "")
    raise DamagedFileError("the page", "there is no HTML in it")


def _saved_from(source: str) -> str:
    """Return the address that a browser or SingleFile writes into a page as it saves it."""
    found = _SAVED_FROM.search(source, 0, _HEAD_CHARACTERS)
    return found[1] if found else ""


def _first(page: HtmlElement, *paths: str) -> str:
    """Return the first text that a path selects; the paths in order of preference."""
    for path in paths:
        found = page.xpath(path)
        if isinstance(found, list) and found and str(found[0]).strip():
            return " ".join(str(found[0]).split())
    return ""


def _stated_in_data(page: HtmlElement) -> str:
    """Return the day that a page's linked data gives; nothing where it gives several."""
    scripts = page.xpath("//script[@type='application/ld+json']/text()")
    days = {day for script in scripts for day in _DATE_PUBLISHED.findall(str(script))}
    return days.pop() if len(days) == 1 else ""


def _day(stamp: str) -> FuzzyDate | None:
    try:
        return FuzzyDate.parse(stamp[:10]) if stamp[:4].isdigit() else None
    except InvalidDateError:
        return None
