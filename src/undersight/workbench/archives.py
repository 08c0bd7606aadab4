"""Web archives at the bench: check one, list its pages, read out what it holds."""

from __future__ import annotations

import dataclasses
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO

from undersight.archives.captures import Capture, read_captures
from undersight.archives.checking import check_archive
from undersight.errors import FileUnreadableError
from undersight.integrity.canonical import digest_bytes
from undersight.model.corpus_rows import ColumnChoice, SamplingNote
from undersight.model.intake import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from undersight.model.intake import PostImporter

_SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "application/pdf": ".pdf",
    "text/html": ".html",
}


def check(path: Path, *, expected_key: str = "") -> dict[str, Any]:
    """Check a WACZ or WARC and return the report for programs.

    Args:
        path: The file.
        expected_key: Fingerprint of the key that must have signed.

    Raises:
        FileUnreadableError: It is not there.
        ArchiveDamagedError: It is no web archive.
    """
    with _opened(path) as stream:
        return check_archive(stream, expected_key=expected_key).to_json()


def pages(path: Path) -> list[dict[str, Any]]:
    """List the pages: those of the page lists, or of a bare WARC every readable page saved.

    Raises:
        FileUnreadableError: It is not there.
        ArchiveDamagedError: It is no web archive.
    """
    with _opened(path) as stream:
        report = check_archive(stream)
        listed = [
            {
                "url": page.url,
                "time": page.time,
                "title": page.title,
                "where": page.locator,
                "is_captured": page.is_captured,
            }
            for page in report.pages
        ]
        return listed or [_page(one) for one in _captures(stream) if one.mime == "text/html"]


def extract(path: Path, folder: Path | None = None) -> dict[str, Any]:
    """Read posts, comments and pictures out of an archive; nothing enters the workspace.

    Args:
        path: The archive.
        folder: Where to write pages and pictures, each under its digest; None to write none.

    Returns:
        ``rows`` (each with its place), ``files``, ``issues`` and ``notes``.

    Raises:
        FileUnreadableError: It is not there.
        ArchiveDamagedError: It is no web archive.
    """
    from undersight.importers.web_archive import WebArchive

    rows: list[dict[str, Any]] = []
    issues: list[dict[str, str]] = []
    notes: list[str] = []
    with _opened(path) as stream:
        for part in WebArchive(page_readers()).parse(stream, ColumnChoice()):
            if isinstance(part, Issue):
                issues.append({"where": part.locator, "reason": part.reason})
            elif isinstance(part, SamplingNote):
                notes.append(part.sentence)
            else:
                rows.append(_shown(part))
        files = [_file(one, folder) for one in _captures(stream) if one.mime in _SUFFIXES]
    return {"rows": rows, "files": files, "issues": issues, "notes": notes}


def reader_of(importer: type[PostImporter]) -> PostImporter:
    """Make an importer ready to read; one for archives is told who knows what is in them."""
    from undersight.importers.web_archive import WebArchive
    from undersight.importers.zipped_tables import ZippedTables

    if importer is WebArchive:
        return WebArchive(page_readers())
    return ZippedTables(known_format) if importer is ZippedTables else importer()


def known_format(stream: BinaryIO, name: str) -> type[PostImporter] | None:
    """Return the post importer that knows a file; workbooks and Parquet are looked into.

    Args:
        stream: The file, seekable; left at its beginning.
        name: What it is called.
    """
    from undersight.importers import POST_IMPORTERS
    from undersight.importers.byte_source import HEAD_BYTES
    from undersight.importers.post_tables import first_rows

    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    shown = first_rows(stream, head)
    stream.seek(0)
    looks = [look for look in (shown, head) if look]
    found = (one for look in looks for one in POST_IMPORTERS if one.recognises(look, name))
    return next(found, None)


def page_readers() -> tuple[type[PostImporter], ...]:
    """The post importers that read one saved page, for pages inside an archive."""
    from undersight.importers import POST_IMPORTERS

    return tuple(one for one in POST_IMPORTERS if ".html" in one.suffixes)


def _shown(row: Any) -> dict[str, Any]:
    """A row without its empty fields."""
    return {name: value for name, value in dataclasses.asdict(row).items() if value}


def _page(capture: Capture) -> dict[str, Any]:
    return {
        "url": capture.url,
        "time": capture.time,
        "title": "",
        "where": capture.locator,
        "is_captured": True,
    }


def _captures(stream: BinaryIO) -> Iterator[Capture]:
    """The saved answers that were good."""
    for found in read_captures(stream):
        if isinstance(found, Capture) and found.status == 200 and found.body:
            yield found


def _file(capture: Capture, folder: Path | None) -> dict[str, Any]:
    """Write a capture's body under its digest, and say where it came from."""
    digest = digest_bytes(capture.body)
    name = digest + _SUFFIXES[capture.mime]
    if folder is not None:
        from undersight.integrity import durable

        with durable.disk_errors(folder):
            durable.make_folder(folder)
            durable.write_atomic(folder / name, capture.body)
    return {
        "digest": digest,
        "name": name,
        "url": capture.url,
        "time": capture.time,
        "where": capture.locator,
        "is_whole": not capture.undone,
    }


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        stream = path.open("rb")
    except OSError as error:
        raise FileUnreadableError(str(path), error.strerror or "it cannot be read") from error
    with stream:
        yield stream
