"""The files inside a platform's own archive, read with limits and never unpacked to disk."""

from __future__ import annotations

import io
import json
import os
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from undersight.archives.problems import Findings, Limits
from undersight.archives.zip_directory import read_directory
from undersight.archives.zip_members import MemberReader
from undersight.errors import ArchiveDamagedError
from undersight.model.intake import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from re import Pattern

    from _typeshed import WriteableBuffer

    from undersight.archives.zip_directory import Member

_MOST_BYTES: Final = 256 * 1024**2
_MOST_HELD_BYTES: Final = 32 * 1024**2
_BUFFER_BYTES: Final = 256 * 1024
_HEAD_BYTES = 8192
_TOO_LARGE: Final = (
    f"The file is larger than {_MOST_BYTES // 1024**2} MiB; it was not read. Unpack the archive "
    "and bring it in by itself."
)
_LIMITS = Limits(max_members=500_000)


class ArchiveMembers:
    """The members of a ZIP file by name; of two with one name, neither is read.

    Args:
        stream: The ZIP file, seekable.

    Raises:
        ArchiveDamagedError: It has no directory, or too many members.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._findings = Findings()
        members = read_directory(stream, self._findings, _LIMITS)
        self._by_name: dict[str, Member] = {}
        self._twice: set[str] = set()
        for member in members:
            if member.is_folder:
                continue
            if member.name in self._by_name:
                self._twice.add(member.name)
            self._by_name[member.name] = member

    @property
    def names(self) -> list[str]:
        """The names of the members, sorted."""
        return sorted(set(self._by_name) - self._twice)

    def issues(self) -> Iterator[Issue]:
        """Yield what is wrong with the archive's frame."""
        for problem in self._findings.problems:
            reason = f"The archive is not as it should be ({problem.code}): {problem.detail}."
            yield Issue(locator=problem.locator or "archive", reason=reason)

    def read(self, name: str) -> bytes | Issue:
        """Return a member's bytes, or why they cannot be read."""
        member = self._by_name[name]
        if member.n_bytes > _MOST_BYTES:
            return Issue(locator=name, reason=_TOO_LARGE)
        try:
            return MemberReader(self._stream, member, _LIMITS).read()
        except ArchiveDamagedError as error:
            return Issue(locator=name, reason=error.sentence)

    def open(self, name: str) -> BinaryIO | Issue:
        """Return a member as a stream, or why it cannot be read.

        A large one is unpacked as it is read, and again from its start where that goes back; what
        is then found to be damaged is raised by the reading.
        """
        if self._by_name[name].n_bytes <= _MOST_HELD_BYTES:
            raw = self.read(name)
            return raw if isinstance(raw, Issue) else io.BytesIO(raw)
        try:
            stream = _MemberStream(self._stream, self._by_name[name])
        except ArchiveDamagedError as error:
            return Issue(locator=name, reason=error.sentence)
        return io.BufferedReader(stream, _BUFFER_BYTES)

    def head(self, name: str) -> bytes:
        """Return the beginning of a member; nothing where it cannot be read."""
        try:
            return MemberReader(self._stream, self._by_name[name], _LIMITS).read(_HEAD_BYTES)
        except ArchiveDamagedError:
            return b""

    def read_json(self, name: str) -> Any:
        """Return a member's JSON, its texts mended where they are UTF-8 read as Latin-1.

        Returns:
            The value, or an `Issue` where it cannot be read.
        """
        raw = self.read(name)
        if isinstance(raw, Issue):
            return raw
        try:
            return mended(json.loads(raw))
        except (ValueError, RecursionError):
            return Issue(locator=name, reason="The file is not JSON; it was not read.")


class _MemberStream(io.RawIOBase):
    """A member as a stream that can be read again from any place."""

    def __init__(self, stream: BinaryIO, member: Member) -> None:
        self._stream, self._member = stream, member
        self._reader = MemberReader(stream, member, _LIMITS)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        piece = self._reader.read(len(view))
        view[: len(piece)] = piece
        return len(piece)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        starts = {os.SEEK_SET: 0, os.SEEK_CUR: self.tell(), os.SEEK_END: self._member.n_bytes}
        place = max(starts[whence] + offset, 0)
        if place < self.tell():
            self._reader = MemberReader(self._stream, self._member, _LIMITS)
        while self.tell() < place and self._reader.read(place - self.tell()):
            pass
        return self.tell()

    def tell(self) -> int:
        return self._reader.n_read


def kind_of(name: str, kinds: Sequence[tuple[str, Pattern[str]]]) -> str:
    """Return which part of a platform's archive a member is; empty for what is not read.

    Args:
        name: The member's name.
        kinds: The parts, each with how its members are called.
    """
    return next((kind for kind, path in kinds if path.search(name)), "")


def mended(value: Any) -> Any:
    """Undo UTF-8 read as Latin-1 in every text, where both steps succeed.

    Args:
        value: Parsed JSON.
    """
    if isinstance(value, str):
        try:
            return value.encode("latin-1").decode("utf-8")
        except UnicodeError:
            return value
    if isinstance(value, list):
        return [mended(one) for one in value]
    if isinstance(value, dict):
        return {mended(name): mended(one) for name, one in value.items()}
    return value
