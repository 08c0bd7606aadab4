"""A folder that is watched: screenshots, voice notes, forwarded messages, as they arrive.

Watching is looking again and again, the same on every system. A file is taken when its size and
time have not changed between two looks, so that none is taken while it is still being copied.
What was taken is remembered by name, size and time, in the vault itself: the intake log.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.integrity import durable
from undersight.vault.intake_files import Refused, find_files
from undersight.vault.intakes import writable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from undersight.vault.intakes import Intake

DONE_NAME = "done"
_PARTIAL_SUFFIXES = (".part", ".partial", ".crdownload", ".tmp", ".download")


@dataclass(frozen=True, slots=True)
class Look:
    """How a file was found.

    Attributes:
        n_bytes: Its size.
        changed_ns: When it was last changed, nanoseconds.
    """

    n_bytes: int
    changed_ns: int


class DropFolder:
    """A watched folder.

    Args:
        folder: The folder; folders in it are looked into, ``done`` is not.
        known: Files taken before, by path from the folder.
        left_out: A folder whose files are never taken: the workspace itself.
        most_files: The most files that it may hold.
    """

    def __init__(
        self, folder: Path, *, known: dict[str, Look], left_out: Path, most_files: int
    ) -> None:
        self.folder = folder
        is_inside = folder.resolve().is_relative_to(left_out.resolve())
        self._left_out = None if is_inside else left_out.resolve()
        self._known, self._most_files = known, most_files
        self._before: dict[str, Look] = {}

    def look(self) -> list[Path]:
        """Look once; the files that have settled since the last look and are not known.

        Raises:
            TooManyFilesError: The folder holds more than it may.
        """
        now: dict[str, Look] = {}
        settled = []
        found = find_files([self.folder], is_recursive=True, most_files=self._most_files)
        for path in found:
            if isinstance(path, Refused) or self._is_left(path):
                continue
            name = self.name(path)
            try:
                status = path.stat()
            except OSError:
                # Gone between listing and looking: it will be looked at again if it returns.
                continue
            now[name] = Look(status.st_size, status.st_mtime_ns)
            if now[name] == self._before.get(name) and now[name] != self._known.get(name):
                settled.append(path)
        self._before = now
        return settled

    def name(self, path: Path) -> str:
        """How a file of the folder is remembered."""
        return writable(path.relative_to(self.folder).as_posix())

    def facts(self, path: Path) -> dict[str, str]:
        """What the intake record says, by which a settled file is known again."""
        name = self.name(path)
        return {"drop_file": name, "drop_changed_ns": str(self._before[name].changed_ns)}

    def remember(self, path: Path) -> None:
        """Know a file that was just taken or refused, as it was when it was looked at."""
        name = self.name(path)
        self._known[name] = self._before[name]

    def set_aside(self, path: Path) -> None:
        """Move a file that was taken to ``done``; one of the same name there keeps it here.

        Raises:
            ReadOnlyError: The folder may not be written.
        """
        target = self.folder / DONE_NAME / self.name(path)
        if target.exists():
            return
        with durable.disk_errors(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            durable.move(path, target)

    def _is_left(self, path: Path) -> bool:
        """Whether a file is not for us: hidden, being downloaded, or done."""
        parts = path.relative_to(self.folder).parts
        if self._left_out is not None and path.resolve().is_relative_to(self._left_out):
            return True
        is_hidden = any(part.startswith(".") for part in parts)
        return is_hidden or parts[0] == DONE_NAME or path.name.endswith(_PARTIAL_SUFFIXES)


def known_files(intakes: Iterable[Intake]) -> dict[str, Look]:
    """The files that a drop folder took before, by the intake log."""
    known: dict[str, Look] = {}
    for intake in intakes:
        name, changed = intake.facts.get("drop_file"), intake.facts.get("drop_changed_ns", "")
        if name and changed.isdecimal():
            known[name] = Look(intake.n_bytes, int(changed))
    return known
