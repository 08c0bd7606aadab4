"""One writer per workspace; readers need no lock.

The operating system holds the lock on ``.lock``, so it ends with the process however that ends.
Who holds it stands beside it in ``.writer.json`` for the message to the next one; found there by
a process that got the lock, it means that its writer died half-way.
"""

from __future__ import annotations

import json
import os
import platform
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Self

from undersight.errors import WorkspaceBusyError
from undersight.integrity import durable
from undersight.integrity.canonical import canonical_json

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

LOCK_NAME = ".lock"
WRITER_NAME = ".writer.json"
PYTHON = "python"
"""The verb of a Python program that opened a workspace for writing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """The process that writes, or wrote, in a workspace.

    Attributes:
        pid: Process id on its host.
        host: Name of the computer.
        verb: The command, such as ``import``; never its arguments.
        started_at_us: When it took the lock, epoch microseconds UTC.
    """

    pid: int
    host: str
    verb: str
    started_at_us: int


class WriterLock:
    """The right to write in one workspace, as a context manager.

    Args:
        folder: The workspace.
        verb: The command that writes, for others to read.
        wait_s: How long to wait for another writer, seconds; 0 does not wait.

    Attributes:
        left_by: The writer that died without giving the lock back, known once the lock is held;
            None after an orderly end. Whoever holds the lock then looks for what it left.
    """

    def __init__(self, folder: Path, *, verb: str, wait_s: float = 0.0) -> None:
        from filelock import FileLock

        self.folder = folder
        self.verb = verb
        self.left_by: Writer | None = None
        self._lock = FileLock(
            folder / LOCK_NAME, timeout=wait_s, thread_local=False, fallback_to_soft=False
        )

    @property
    def is_held(self) -> bool:
        """Whether this object holds the lock now."""
        return bool(self._lock.is_locked)

    def acquire(self) -> Self:
        """Take the lock.

        Raises:
            WorkspaceBusyError: Another process writes; it names the verb and the process.
            ReadOnlyError: The folder may not be written.
        """
        from filelock import Timeout

        with durable.disk_errors(self.folder):
            try:
                self._lock.acquire()
            except Timeout as reason:
                writer = read_writer(self.folder)
                raise _busy(self.folder, writer) from reason
            try:
                self.left_by = read_writer(self.folder)
                self._write_own_name()
            except BaseException:
                self._lock.release()
                raise
        return self

    def release(self) -> None:
        """Give the lock back; doing so twice is no error."""
        if not self.is_held:
            return
        with durable.disk_errors(self.folder):
            durable.remove(self.folder / WRITER_NAME)
            self._lock.release()

    def __enter__(self) -> Self:
        return self.acquire()

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.release()

    def _write_own_name(self) -> None:
        """Say who writes."""
        writer = Writer(
            pid=os.getpid(),
            host=platform.node(),
            verb=self.verb,
            started_at_us=time.time_ns() // 1000,
        )
        durable.remove_parts(self.folder / WRITER_NAME)
        durable.write_atomic(self.folder / WRITER_NAME, canonical_json(asdict(writer)) + b"\n")


def read_writer(folder: Path) -> Writer | None:
    """Who wrote their name beside the lock last; None when nobody did or it cannot be read."""
    try:
        found = json.loads((folder / WRITER_NAME).read_bytes())
        return Writer(
            pid=int(found["pid"]),
            host=str(found["host"]),
            verb=str(found["verb"]),
            started_at_us=int(found["started_at_us"]),
        )
    except (OSError, ValueError, TypeError, KeyError):
        # It only serves a message: the lock itself is the operating system's.
        return None


def _busy(folder: Path, writer: Writer | None) -> WorkspaceBusyError:
    """The error for whoever comes second."""
    if writer is None:
        return WorkspaceBusyError(str(folder))
    return WorkspaceBusyError(str(folder), verb=writer.verb, pid=writer.pid, host=writer.host)
