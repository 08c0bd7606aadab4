"""A web archive (WACZ or WARC): the pages saved in it, their posts and comments."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO, ClassVar

from undersight.archives.captures import Capture, Gap, is_archive, read_captures
from undersight.archives.checking import check_archive
from undersight.errors import FileUnreadableError, UndersightError
from undersight.i18n import _
from undersight.importers.moments import TimeReader
from undersight.importers.page_posts import SavedPage
from undersight.model.corpus_rows import AccountRow, NoticeRow, PostRow, SamplingNote
from undersight.model.intake import Issue
from undersight.text.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from undersight.model.corpus_rows import ColumnChoice, CorpusRow
    from undersight.model.intake import PostImporter

_PAGES = frozenset({"text/html", "application/xhtml+xml"})


class WebArchive:
    """The pages of a WACZ or WARC as posts and comments, each leading back to its record.

    Only readable pages become posts; what else was saved (scripts, pictures, redirects) is
    counted in one note. A broken archive is read all the same, and a note says that it is broken.

    Args:
        page_readers: Importers that know certain saved pages better; the first to recognise one
            reads it.
    """

    importer_id: ClassVar[str] = "web-archive"
    about: ClassVar[str] = _("A web archive (WACZ or WARC), its pages as posts and comments.")
    suffixes: ClassVar[tuple[str, ...]] = (".wacz", ".warc", ".warc.gz")
    version: ClassVar[int] = 1
    reason: ClassVar[str] = "it begins as a WARC file or is a ZIP file with WARC files in it"

    def __init__(self, page_readers: Sequence[type[PostImporter]] = ()) -> None:
        self._page_readers = tuple(page_readers)

    @classmethod
    def recognises(cls, head: bytes, name: str) -> bool:
        """Look for a WARC record, or the folders of a WACZ."""
        return is_archive(head, name)

    def parse(
        self, stream: BinaryIO, choice: ColumnChoice
    ) -> Iterator[CorpusRow | Issue | SamplingNote]:
        """Yield the posts of every page, in file order.

        Args:
            stream: Seekable; a WACZ has its directory at the end.
            choice: Platform and page, where the person says so.

        Raises:
            ArchiveDamagedError: It is no web archive.
        """
        others: Counter[str] = Counter()
        if not stream.seekable():
            stream = io.BytesIO(stream.read())
        yield from _doubts(stream)
        for found in read_captures(stream):
            if isinstance(found, Gap):
                reason = f"The archive cannot be read on from here: {found.reason}."
                yield Issue(locator=found.locator, reason=reason)
            elif found.mime in _PAGES and found.status == 200:
                yield from self._page(found, choice)
            else:
                others[found.mime.partition("/")[0] or "unknown"] += 1
        if others:
            counted = ", ".join(f"{n} {kind}" for kind, n in sorted(others.items()))
            sentence = f"Records that are no pages and give no posts: {counted}."
            yield SamplingNote(code="other", sentence=sentence)

    def _page(
        self, capture: Capture, choice: ColumnChoice
    ) -> Iterator[CorpusRow | Issue | SamplingNote]:
        if capture.undone and not capture.body:
            reason = f"The page is packed as “{capture.undone}”, which is not read here."
            yield Issue(locator=capture.locator, reason=reason)
            return
        if capture.undone == "cut":
            reason = "The page is too long: only its beginning was read."
            yield Issue(locator=capture.locator, reason=reason)
        name = capture.url.rpartition("/")[2] or "page.html"
        for reader in self._page_readers:
            if reader.recognises(capture.body[:65536], f"{name}.html"):
                yield from self._read_by(reader, capture, choice)
                return
        yield from self._read(capture, choice)

    @staticmethod
    def _read_by(
        reader: type[PostImporter], capture: Capture, choice: ColumnChoice
    ) -> Iterator[CorpusRow | Issue | SamplingNote]:
        """Let another importer read the page; its places are then within the record.

        The record knows what a page saved by hand does not: its address, and when it was seen.
        """
        saved = TimeReader(zone="UTC").read(capture.time)
        told = replace(choice, target=choice.target or capture.url)
        if told.seen_us is None and saved is not None:
            told = replace(told, seen_us=saved.us)
        try:
            for row in reader().parse(io.BytesIO(capture.body), told):
                yield _within(row, capture.locator)
        except UndersightError as error:
            yield Issue(locator=capture.locator, reason=error.sentence)

    @staticmethod
    def _read(capture: Capture, choice: ColumnChoice) -> Iterator[PostRow | Issue]:
        from lxml import etree

        try:
            html = decode(capture.body, name="page", declared=capture.charset)
            page = SavedPage(html, url=capture.url, locator=capture.locator)
            posts = list(page.posts())
        except (FileUnreadableError, etree.ParserError, ValueError):
            yield Issue(locator=capture.locator, reason="The page holds no readable HTML.")
            return
        if not posts:
            yield Issue(locator=capture.locator, reason="The page holds no text.")
        for post in posts:
            yield _as_chosen(post, choice)


def _doubts(stream: BinaryIO) -> Iterator[SamplingNote]:
    """Say first if the archive is broken: its rows are then no better than its bytes."""
    report = check_archive(stream)
    broken = sorted({one.code for one in report.problems if one.grade == "broken"})
    if broken:
        sentence = (
            f"The archive is broken ({', '.join(broken)}): do not rely on its rows before "
            "`undersight archive check` is understood."
        )
        yield SamplingNote(code="other", sentence=sentence)


def _as_chosen(post: PostRow, choice: ColumnChoice) -> PostRow:
    if not choice.platform:
        return post
    author = replace(post.author, platform=choice.platform) if post.author else None
    return replace(post, platform=choice.platform, author=author)


def _within(
    row: CorpusRow | Issue | SamplingNote, locator: str
) -> CorpusRow | Issue | SamplingNote:
    """Put the record before the place in the page, in the row and the accounts it names."""
    moved = f"{locator}#{row.locator}" if row.locator else locator
    if isinstance(row, PostRow):
        accounts = {
            name: replace(account, locator=moved)
            for name in ("author", "target")
            if (account := getattr(row, name)) is not None
        }
        return replace(row, locator=moved, **accounts)
    if isinstance(row, AccountRow):
        return replace(row, locator=moved)
    if isinstance(row, NoticeRow):
        return replace(row, locator=moved)
    return replace(row, locator=moved)
