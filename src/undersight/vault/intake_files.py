"""Files from outside into the vault: which ones, what they are by their content, where from.

A file's name says nothing about what it is. Links, devices and folders are refused by name;
nothing is executed and nothing is unpacked.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from undersight.errors import NotAFileError, ObjectTooLargeError, TooManyFilesError
from undersight.vault.intakes import writable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from undersight.integrity.canonical import Digest
    from undersight.vault.intake_group import IntakeGroup
    from undersight.vault.objects import Vault

HEAD_BYTES = 8192
"""How much of a file its type is told from."""
_UNKNOWN = "application/octet-stream"
_PDF = b"%PDF-"  # it may be text from there to its end
# What is saved most, known without asking for everything there is.
_COMMON = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF8", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftyp", "video/mp4"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"\x1f\x8b", "application/gzip"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A file that was taken in.

    Attributes:
        path: As it was named.
        object: Digest of its bytes.
        type: Media type by its content.
    """

    path: Path
    object: Digest
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A file that was not taken in.

    Attributes:
        path: As it was named.
        reason: Why, one sentence.
        code: Of the error that says so; empty where it is not one of a kind.
    """

    path: Path
    reason: str
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """What is known of how files were captured; kept apart from their bytes.

    Attributes:
        actor: Random staff id of the collector.
        facts: ``url``, ``captured_at``, ``note``, ``source`` (an opaque id), ``tool``…
        reason: Why they are taken in, for the custody log.
        facts_of: What is known of one file besides.
    """

    actor: str
    facts: Mapping[str, str] = field(default_factory=dict)
    reason: str = "sealed"
    facts_of: Callable[[Path], Mapping[str, str]] | None = None


def find_files(
    paths: Iterable[Path], *, is_recursive: bool, most_files: int
) -> Iterator[Path | Refused]:
    """The files that are named, those of folders in the order of their names.

    Args:
        paths: Files, and folders where `is_recursive`.
        is_recursive: Whether to go into folders; links are never followed.
        most_files: The most files that there may be.

    Raises:
        TooManyFilesError: There are more.
    """
    n_files = 0
    for path in paths:
        for found in _below(path, is_recursive=is_recursive):
            n_files += not isinstance(found, Refused)
            if n_files > most_files:
                raise TooManyFilesError(most_files)
            yield found


def take_in(
    vault: Vault,
    files: Iterable[Path | Refused],
    capture: Capture,
    *,
    progress: Callable[[int], object] = id,
) -> Iterator[Taken | Refused]:
    """Take files into the vault, some hundreds at a time; each is stored when the last is told.

    A file that cannot be read, or is too large, is told and does not stop the others.

    Args:
        vault: Open for writing.
        files: From `find_files`.
        capture: What is known of them.
        progress: Called with the number of files looked at.

    Raises:
        DiskFullError: No room; what was told before is stored or is not there at all.
        ReadOnlyError: The vault may not be written.
    """
    with vault.group(reason=capture.reason, actor=capture.actor) as group:
        for n_files, found in enumerate(files, 1):
            yield found if isinstance(found, Refused) else _take_one(group, found, capture)
            progress(n_files)


def media_type(head: bytes) -> str:
    """What bytes are, told from how they begin; a claim of theirs, never relied upon.

    Args:
        head: The first 8192 bytes, or all.
    """
    import puremagic

    if not head:
        return "inode/x-empty"
    if head.startswith(_PDF):
        return "application/pdf"
    if _is_text(head):
        start = head.lstrip()[:64].lower()
        is_page = start.startswith((b"<!doctype html", b"<html"))
        return "text/html" if is_page else "text/plain"
    for place, start, kind in _COMMON:
        if head.startswith(start, place):
            return kind
    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        # Nothing known begins so.
        return _UNKNOWN
    return matches[0].mime_type or _UNKNOWN if matches else _UNKNOWN


def _below(path: Path, *, is_recursive: bool) -> Iterator[Path | Refused]:
    """A file, or what is in a folder."""
    try:
        mode = path.lstat().st_mode
    except OSError as reason:
        yield _refused(path, reason.strerror or "it cannot be read")
        return
    if stat.S_ISREG(mode):
        yield path
    elif stat.S_ISDIR(mode) and is_recursive:
        yield from _inside(path)
    else:
        yield _refused(path, _kind(mode))


def _inside(folder: Path) -> Iterator[Path | Refused]:
    """What is in a folder and in the folders below it."""
    try:
        names = sorted(entry.name for entry in os.scandir(folder))
    except OSError as reason:
        yield _refused(folder, reason.strerror or "it cannot be read")
        return
    for name in names:
        yield from _below(folder / name, is_recursive=True)


def _take_one(group: IntakeGroup, path: Path, capture: Capture) -> Taken | Refused:
    """Take one file in."""
    try:
        with path.open("rb") as file:
            kind = media_type(file.read(HEAD_BYTES))
            file.seek(0)
            besides = capture.facts_of(path) if capture.facts_of else {}
            facts = {**capture.facts, **besides, "type": kind}
            digest = group.add(file, source_ref=path.name, facts=facts)
    except ObjectTooLargeError as reason:
        return Refused(path=path, reason=reason.sentence, code=reason.code)
    except OSError as reason:
        return _refused(path, reason.strerror or "it cannot be read")
    return Taken(path=path, object=digest, type=kind)


def _refused(path: Path, reason: str) -> Refused:
    """A file that is not taken in, with the error's own sentence."""
    return Refused(path=path, reason=NotAFileError(writable(str(path)), reason).sentence)


def _kind(mode: int) -> str:
    """What something is that is no plain file."""
    if stat.S_ISDIR(mode):
        return "it is a folder (--recursive takes what is in it)"
    return "it is a link, which is not followed" if stat.S_ISLNK(mode) else "it is a device"


def _is_text(head: bytes) -> bool:
    """Whether bytes read as UTF-8 text; a character cut at the end does not count."""
    if b"\x00" in head:
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as reason:
        return len(head) == HEAD_BYTES and reason.start > HEAD_BYTES - 4
    return True
