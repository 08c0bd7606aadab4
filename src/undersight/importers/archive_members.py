"""The files inside a platform's own archive, read with limits and never unpacked to disk."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO

from undersight.archives.problems import Findings, Limits
from undersight.archives.zip_directory import read_directory
from undersight.archives.zip_members import MemberReader
from undersight.errors import ArchiveDamagedError
from undersight.model.intake import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.archives.zip_directory import Member

_MOST_BYTES = 256 * 1024**2
_HEAD_BYTES = 8192
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
            return Issue(locator=name, reason="The file is larger than 256 MiB; it was not read.")
        try:
            return MemberReader(self._stream, member, _LIMITS).read()
        except ArchiveDamagedError as error:
            return Issue(locator=name, reason=error.sentence)

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
