"""The page lists of a WACZ: what the person who saved it meant to show."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undersight.errors import ArchiveDamagedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.archives.byte_sources import Readable
    from undersight.archives.problems import Findings, Limits
    from undersight.archives.warc_checking import RecordTable

_SLACK = dt.timedelta(minutes=2)  # a list states when the page was opened, not when bytes came


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of a list.

    Args:
        url: Its address.
        time: When it was saved, as written.
        title: Its title.
        locator: File and line.
        is_captured: Whether there is a record of it.
    """

    url: str
    time: str
    title: str
    locator: str
    is_captured: bool = False


def read_pages(stream: Readable, name: str, findings: Findings, limits: Limits) -> Iterator[Page]:
    """Read a page list line by line.

    Args:
        stream: The member.
        name: What to call it.
        findings: Takes the lines that cannot be read.
        limits: Length of a line.

    Raises:
        ArchiveDamagedError: The member is damaged or a line has no end.
    """
    for number, line in enumerate(_lines(stream, name, limits), 1):
        where = f"{name}:{number}"
        fields = _fields(line)
        if fields is None:
            findings.add("manifest-unreadable", "the line is no page", where)
        elif "url" in fields:
            yield Page(
                url=str(fields["url"]),
                time=str(fields.get("ts", "")),
                title=str(fields.get("title") or ""),
                locator=where,
            )
        elif "format" not in fields:
            findings.add("manifest-unreadable", "the page has no address", where)


class PageCheck:
    """Compares page lists with the records.

    Args:
        table: The records, complete.
        findings: Takes the problems.
    """

    def __init__(self, table: RecordTable, findings: Findings) -> None:
        self._times, self._findings = table.times_by_url(), findings

    def is_captured(self, page: Page) -> bool:
        """Whether there is a record of the page; lists a problem where there is none."""
        times = self._times.get(page.url.partition("#")[0])
        if times is None:
            self._findings.add("page-not-captured", "no record has its address", page.locator)
            return False
        stated = _moment("".join(filter(str.isdigit, page.time)))
        moments = [moment for time in times if (moment := _moment(time)) is not None]
        if stated is not None and all(abs(one - stated) > _SLACK for one in moments):
            detail = "no record is within two minutes of it"
            self._findings.add("page-time-differs", detail, page.locator)
        return True


def _moment(digits: str) -> dt.datetime | None:
    try:
        return dt.datetime.strptime(digits[:14], "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC)
    except ValueError:
        return None


def _lines(stream: Readable, name: str, limits: Limits) -> Iterator[bytes]:
    carried = b""
    while piece := stream.read(1 << 16):
        *lines, carried = (carried + piece).split(b"\n")
        yield from (line for line in lines if line.strip())
        if len(carried) > limits.max_line_bytes:
            raise ArchiveDamagedError("manifest-unreadable", name, "a line has no end")
    if carried.strip():
        yield carried


def _fields(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
