"""Posts and comments of a Facebook page saved from a browser.

Class names are made anew with every release of the site, so only what people and screen readers
use is relied on: roles, links with ``comment_id``, directions of text, the old mobile layout's
ids and ``abbr``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar

from undersight.errors import DamagedFileError
from undersight.i18n import _
from undersight.importers.byte_source import unpacked_head
from undersight.importers.cell_values import moment_ago, moment_seen
from undersight.importers.doubts import Doubts
from undersight.importers.facebook_markup import Found, desktop_items, has_hidden, mobile_items
from undersight.importers.html_document import html_root
from undersight.importers.moments import TimeReader
from undersight.importers.permalinks import Permalink, permalink
from undersight.importers.time_words import age_s
from undersight.model.corpus_rows import AccountRow, PostRow, SamplingNote, ShareRow
from undersight.model.intake import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.importers.post_rows import Part
    from undersight.model.corpus_rows import ColumnChoice, Moment

_SAVED = re.compile(rb"<!-- saved from url=\(\d+\)(https?://[^ >]{1,2000})")
_CANONICAL = re.compile(rb"<link[^>]{0,400}canonical[^>]{0,400}>", re.IGNORECASE)


class SavedFacebookHtml:
    """A Facebook page saved as HTML: the post and the comments that had been unfolded.

    Times on the page mostly say how long ago; they become times only if ``--seen`` dates the
    saving. A page that speaks and a person who speaks look alike in the markup, so the kind of
    an account stays unknown unless its address tells.
    """

    importer_id: ClassVar[str] = "saved-facebook-html"
    about: ClassVar[str] = _(
        "A Facebook post or page with comments, saved from a browser as HTML."
    )
    suffixes: ClassVar[tuple[str, ...]] = (".html", ".htm")
    version: ClassVar[int] = 1
    reason: ClassVar[str] = "it is a page of facebook.com"

    @classmethod
    def recognises(cls, head: bytes, name: str) -> bool:
        """Look for an HTML page that says it is Facebook's own."""
        raw = unpacked_head(head)
        if b"<html" not in raw[:4096].lower():
            return False
        links = _CANONICAL.findall(raw) + _SAVED.findall(raw)
        is_own = b'id="facebook"' in raw or b"facebook.com/data/manifest" in raw
        return is_own or any(b"facebook.com/" in link for link in links)

    def parse(self, stream: BinaryIO, choice: ColumnChoice) -> Iterator[Part]:
        """Yield posts and comments as they stand on the page.

        Raises:
            DamagedFileError: It is no HTML, too large, or no post or comment can be told on it.
        """
        root = html_root(stream)
        page = _Page(root, choice)
        n_found = 0
        for found in (*desktop_items(root), *mobile_items(root)):
            n_found += 1
            page.doubts.n_records += 1
            yield page.row(found)
        if not n_found:
            reason = "no post or comment can be told on it; copy the comments as text instead"
            raise DamagedFileError("the page", reason)
        if has_hidden(root):
            yield SamplingNote(
                code="other",
                sentence="More comments or replies were folded away when the page was saved.",
            )
        yield from page.doubts.notes()


class _Page:
    """What holds for everything on the page: the post, its owner, when it was seen."""

    def __init__(self, root: Any, choice: ColumnChoice) -> None:
        self.doubts = Doubts()
        self._times = TimeReader(zone=choice.zone, is_day_first=choice.is_day_first)
        self._seen = moment_seen(choice)
        addresses = root.xpath(
            "//link[@rel='canonical']/@href | //meta[@property='og:url']/@content"
        )
        given = [choice.target] if choice.target else []
        self._place = next(
            (one for address in (*given, *addresses) if (one := permalink(str(address))).post_id),
            Permalink(),
        )
        self._name = (
            "" if self._place.post_id or permalink(choice.target).platform else (choice.target)
        )

    def row(self, found: Found) -> Part:
        if not found.name and not found.text:
            return Issue(locator=found.locator, reason="It has neither an author nor a text.")
        place = found.place
        own = place.reply_id or place.comment_id
        root_id = place.post_id or self._place.post_id
        self.doubts.text_seen(found.text, found.locator)
        return PostRow(
            locator=found.locator,
            platform="facebook",
            native_id=own if found.is_comment else root_id,
            kind=("reply" if place.reply_id else "comment") if found.is_comment else "post",
            author=self._account(found),
            parent_native_id=self._parent(found, root_id),
            root_native_id=root_id if found.is_comment else "",
            target=self._target(found),
            published=self._published(found.time),
            text=found.text,
            url=found.address,
            shares=tuple(ShareRow(kind="url", value=link) for link in found.links),
        )

    @staticmethod
    def _parent(found: Found, root_id: str) -> str:
        if not found.is_comment:
            return ""
        return found.place.comment_id if found.place.reply_id else root_id

    @staticmethod
    def _account(found: Found) -> AccountRow | None:
        if not found.name:
            return None
        at = permalink(found.author_address)
        is_known = at.platform == "facebook"
        owner = at.owner if is_known else ""
        return AccountRow(
            locator=found.locator,
            platform="facebook",
            native_id=(at.owner_id or (f"@{owner}" if owner else "")) if is_known else "",
            kind="group" if at.is_group and is_known else "unknown",
            name=found.name,
            handle=owner,
            url=found.author_address.split("?", 1)[0] if owner else "",
        )

    def _target(self, found: Found) -> AccountRow | None:
        place = self._place if self._place.owner_id or self._place.owner else found.place
        name = self._name or place.owner
        if not name and not place.owner_id:
            return None
        is_handle = bool(place.owner) and not self._name
        return AccountRow(
            locator=found.locator,
            platform="facebook",
            native_id=place.owner_id or (f"@{place.owner}" if is_handle else ""),
            kind="group" if place.is_group else "unknown",
            name="" if is_handle else name,
            handle=place.owner if is_handle else "",
        )

    def _published(self, text: str) -> Moment | None:
        if not text:
            return None
        if age_s(text) is None:
            return self._times.read(text)
        moment = moment_ago(text, self._seen)
        self.doubts.n_ages_unplaced += moment is None
        return moment
