"""What the files of a deposit are: archive, saved page, follower counts, signed statement."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Literal

from undersight.archives.captures import Capture, read_captures
from undersight.errors import ArchiveDamagedError, FileUnreadableError
from undersight.importers.account_archives import is_account_archive
from undersight.importers.byte_source import HEAD_BYTES
from undersight.importers.facebook_archive import FacebookArchive
from undersight.importers.moments import TimeReader
from undersight.importers.web_archive import WebArchive
from undersight.model.deposit import FollowerCount
from undersight.text.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

FileRole = Literal["archive", "page", "followers", "statement", "signature", "other"]
_FOLLOWERS = re.compile(r"follow|subscrib|izləyici|takipçi|подписчик", re.IGNORECASE)
_DAYS = re.compile(r"date|day|time|tarix|tarih|gün|дата|день", re.IGNORECASE)
_PAGES = frozenset({"text/html", "image/png", "image/jpeg", "image/webp", "application/pdf"})
_MOST_TABLE_BYTES = 16 * 1024**2
_MOST_PAGE_BYTES = 64 * 1024**2


def role_of(name: str, media_type: str, stream: BinaryIO) -> FileRole:
    """Return what a file of a deposit is for.

    Args:
        name: Its name.
        media_type: By its content.
        stream: Its bytes, from the start.
    """
    head = head_of(stream)
    if name.endswith(".sig"):
        return "signature"
    if WebArchive.recognises(head, name) or media_type in _PAGES:
        return "page"
    if FacebookArchive.recognises(head, name) or is_account_archive(stream):
        return "archive"
    if name.lower().endswith((".csv", ".tsv")) and _FOLLOWERS.search(_first_line(head)):
        return "followers"
    return "other"


def head_of(stream: BinaryIO) -> bytes:
    """Return the beginning of a file, by which its format is told."""
    return stream.read(HEAD_BYTES)


def follower_counts(stream: BinaryIO, *, name: str) -> Iterator[FollowerCount]:
    """Yield the counts of a table with a column of days and one of followers.

    Lines without a number are left out; a day that cannot be read leaves the count undated.
    """
    try:
        text = decode(stream.read(_MOST_TABLE_BYTES), name=name)
    except FileUnreadableError:
        return
    dialect = "excel-tab" if "\t" in text.partition("\n")[0] else "excel"
    rows = list(csv.reader(io.StringIO(text.replace("\0", "")), dialect))
    header = rows[0] if rows else []
    counted = _column(header, _FOLLOWERS)
    dated = _column(header, _DAYS)
    times = TimeReader()
    for number, row in enumerate(rows[1:], 2):
        digits = re.sub(r"[\s.,]", "", row[counted]) if 0 <= counted < len(row) else ""
        if not (digits.isascii() and digits.isdigit()):
            continue
        moment = times.read(row[dated]) if 0 <= dated < len(row) else None
        yield FollowerCount(
            locator=f"{name}#line {number}",
            n_followers=int(digits),
            at_us=None if moment is None else moment.us,
        )


def shows_code(stream: BinaryIO, code: str, head: bytes, name: str) -> bool:
    """Return whether a saved page holds a challenge code; a picture cannot be read and is False.

    Args:
        stream: The page or web archive, from its start.
        code: The code.
        head: Its beginning.
        name: Its name.
    """
    wanted = code.encode("ascii")
    if not WebArchive.recognises(head, name):
        return wanted in stream.read(_MOST_PAGE_BYTES)
    try:
        bodies = (one.body for one in read_captures(stream) if isinstance(one, Capture))
        return any(wanted in body for body in bodies)
    except ArchiveDamagedError:
        return False


def _first_line(head: bytes) -> str:
    return head.decode("utf-8", "replace").lstrip("\ufeff").partition("\n")[0]


def _column(header: list[str], wanted: re.Pattern[str]) -> int:
    return next((i for i, cell in enumerate(header) if wanted.search(cell)), -1)
