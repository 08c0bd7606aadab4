"""WordPress export files (WXR)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO, ClassVar

from undersight.errors import DamagedFileError, InvalidDateError
from undersight.i18n import _
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.intake import Article, Issue
from undersight.text.markup import html_to_linked_text, html_to_text, with_lead

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_NAMESPACE = re.compile(r"\{(http://wordpress\.org/export/[0-9.]+/)\}")
_EXCERPT = re.compile(r"\{http://wordpress\.org/export/[0-9.]+/excerpt/\}encoded")
# What WordPress and its builders keep beside what readers read; other kinds are a site's own.
_MACHINERY = re.compile(
    r"attachment|nav_menu_item|revision|custom_css|customize_changeset|oembed_cache"
    r"|user_request|(?:wp|acf|elementor|e|wpcf7|et|fl|ct|vc|jp|shop|popup|mailpoet)[_-].*"
)
_ADDRESS = re.compile(r"https?://[^\s\"'<>\[\]]+")
_BLOCK_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_SHORTCODE = re.compile(r"\[(/?)([a-z][a-z0-9_-]*)((?:\s[^\[\]]*)?)/?\]")
_CLOSING = re.compile(r"\[/([a-z][a-z0-9_-]*)\]")
_OWN_CODES = frozenset({"gallery", "playlist", "toc", "embed", "audio", "video"})


class WordpressWxr:
    """A WordPress export: one article per published post, page or entry of a site's own kind."""

    importer_id: ClassVar[str] = "wordpress-wxr"
    about: ClassVar[str] = _("A WordPress export (Tools → Export), posts and pages.")
    suffixes: ClassVar[tuple[str, ...]] = (".xml", ".wxr")

    @classmethod
    def recognises(cls, head: bytes, name: str) -> bool:
        """Look for WordPress's export namespace."""
        return b"wordpress.org/export" in head

    def parse(self, stream: BinaryIO) -> Iterator[Article | Issue]:
        """Yield posts and pages in file order; drafts and attachments are listed as issues.

        Raises:
            DamagedFileError: It is not well-formed XML, or uses entities, which an export
                never does and an attack may.
        """
        from xml.etree.ElementTree import ParseError

        from defusedxml import DefusedXmlException
        from defusedxml.ElementTree import iterparse

        number = 0
        try:
            for _, element in iterparse(stream, events=("end",)):
                if element.tag == "item":
                    number += 1
                    yield _article(element, number)
                    element.clear()
        except ParseError as error:
            line = error.position[0]
            raise DamagedFileError(f"line {line}", "the XML is not well formed there") from error
        except DefusedXmlException as error:
            raise DamagedFileError(
                "head", "it declares XML entities, which are refused"
            ) from error
        except (LookupError, ValueError) as error:
            raise DamagedFileError("head", "it names an encoding unknown here") from error


def _article(item: Element, number: int) -> Article | Issue:
    fields = {_NAMESPACE.sub("wp:", child.tag): (child.text or "").strip() for child in item}
    locator = f"item {number}"
    kind, status = fields.get("wp:post_type", "post"), fields.get("wp:status", "publish")
    if _MACHINERY.fullmatch(kind) or status != "publish":
        return Issue(locator=locator, reason=f"Left out: {status} {kind}, not a published post.")
    if fields.get("wp:post_password"):
        return Issue(locator=locator, reason="Left out: a post that readers need a password for.")
    text, links = html_to_linked_text(_readable(fields.get(_CONTENT, "")))
    lead = next((words for tag, words in fields.items() if _EXCERPT.fullmatch(tag)), "")
    text, links = with_lead(html_to_text(_readable(lead)), text, links)
    title = html_to_text(fields.get("title", ""))
    if not title and not text:
        return Issue(locator=locator, reason=f"Left out: a {kind} without a title or a word.")
    return Article(
        locator=locator,
        title=title,
        text=text,
        links=links,
        published=_day(fields.get("wp:post_date", "")) or _day(fields.get("wp:post_date_gmt", "")),
        url=fields.get("link", ""),
    )


def _readable(body: str) -> str:
    """Return a body as plain HTML: classic posts part paragraphs by empty lines, not elements."""
    body = _without_shortcodes(_BLOCK_COMMENT.sub("", body))
    if "<p" in body:
        return body
    return "".join(f"<p>{part}</p>" for part in re.split(r"\n\s*\n", body))


def _without_shortcodes(body: str) -> str:
    """Take out the marks of plugins and keep what stands between them, and where they lead to.

    A mark has settings, is closed by another or is WordPress's own: “[Updated May 4]” is none.
    """
    paired = set(_CLOSING.findall(body))

    def kept(found: re.Match[str]) -> str:
        is_mark = found[1] or found[2] in paired or found[2] in _OWN_CODES or "=" in found[3]
        return " ".join(("", *_ADDRESS.findall(found[3]), "")) if is_mark else found[0]

    return _SHORTCODE.sub(kept, body)


def _day(stamp: str) -> FuzzyDate | None:
    """The day of a stamp; an unset one is 0000-00-00, and no other day that is none is guessed."""
    try:
        return FuzzyDate.parse(stamp[:10]) if stamp[:4].isdigit() else None
    except InvalidDateError:
        return None
