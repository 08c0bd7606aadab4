"""Objects on their way in, some hundreds at a time: the disk is waited for once for all."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from undersight.integrity import durable
from undersight.vault.intakes import Intake, writable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from undersight.integrity.canonical import Digest
    from undersight.vault.shelf import Shelf

_MOST_FILES = 512
_MOST_BYTES = 64 * 1024**2


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """Bytes in the store's folder that are no object yet.

    Attributes:
        part: Where they wait.
        intake: What will be entered.
    """

    part: Path
    intake: Intake


class IntakeGroup:
    """Takes streams in and enters them together. Made by `Vault.group`.

    Args:
        shelf: Where the bytes wait.
        enter: Makes staged bytes objects, all or none.
        cap_bytes: The most that one object may have.
        clock: Gives epoch microseconds UTC.
        is_single: Whether one stream is all there will be.
    """

    def __init__(
        self,
        shelf: Shelf,
        enter: Callable[[Sequence[Staged]], None],
        *,
        cap_bytes: int,
        clock: Callable[[], int],
        is_single: bool,
    ) -> None:
        self._shelf, self._enter, self._cap_bytes = shelf, enter, cap_bytes
        self._clock, self._is_single = clock, is_single
        self._staged: list[Staged] = []
        self._n_waiting_bytes = 0
        self.n_bytes = 0

    def add(
        self, stream: BinaryIO, *, source_ref: str = "", facts: Mapping[str, str] | None = None
    ) -> Digest:
        """Take the bytes of a stream in; they are an object once the group is entered.

        An error leaves the others of the group as they are; see `Vault.put` for the arguments.

        Raises:
            ObjectTooLargeError: More than one object may have.
            DiskFullError: No room.
            ReadOnlyError: Not allowed.
        """
        part = self._shelf.incoming / durable.part_name("object")
        try:
            digest, n_bytes = self._shelf.stage(
                stream,
                part,
                cap_bytes=self._cap_bytes,
                source_ref=source_ref,
                is_flushed=self._is_single,
            )
        except BaseException:
            with suppress(OSError):
                durable.remove(part)
            raise
        intake = Intake(
            object=digest,
            n_bytes=n_bytes,
            source_ref=writable(source_ref),
            facts={name: writable(value) for name, value in (facts or {}).items()},
            at_us=self._clock(),
        )
        self._staged.append(Staged(part=part, intake=intake))
        self._n_waiting_bytes += n_bytes
        self.n_bytes += n_bytes
        if len(self._staged) >= _MOST_FILES or self._n_waiting_bytes >= _MOST_BYTES:
            self.enter()
        return digest

    def enter(self) -> None:
        """Make objects of what waits; `Vault.group` does so at the end."""
        if not self._staged:
            return
        if not self._is_single:
            with durable.disk_errors(self._shelf.incoming):
                durable.flush_files([each.part for each in self._staged])
        self._enter(self._staged)
        self.drop()

    def drop(self) -> None:
        """Take away what was not entered, and the parts of what was here already."""
        for each in self._staged:
            with suppress(OSError):
                durable.remove(each.part)
        self._staged.clear()
        self._n_waiting_bytes = 0
