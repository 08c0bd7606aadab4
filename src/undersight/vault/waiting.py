"""Folders of files that wait for their custody entry: seals and the stamps on them.

A folder is written as ``NAME.ready``, entered in the custody log under the digest of one of its
files, and then given its name in one step. What a crash leaves is decided by the log alone.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from undersight.integrity import durable
from undersight.integrity.canonical import Digest, digest_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

READY_SUFFIX = ".ready"


def folders(parent: Path) -> tuple[Path, ...]:
    """What waits in a folder."""
    return tuple(sorted(parent.glob(f"*{READY_SUFFIX}")))


def write_new(path: Path, data: bytes) -> None:
    """Write a file that was not there, and flush it."""
    descriptor = durable.open_new(path)
    try:
        durable.write_all(descriptor, data)
        durable.flush(descriptor)
    finally:
        os.close(descriptor)


def place(ready: Path) -> None:
    """Give a waiting folder its name.

    Raises:
        ReadOnlyError: Not allowed; it still waits.
    """
    target = ready.with_name(ready.name.removesuffix(READY_SUFFIX))
    with durable.disk_errors(target):
        durable.move(ready, target)
        durable.flush_folder(target.parent)


def settle(ready: Sequence[Path], named_by: str, entered: Callable[[], Iterable[Digest]]) -> int:
    """Place the folders that were entered, remove those that were not.

    Args:
        ready: Waiting folders.
        named_by: The file in each by whose digest the custody log names it.
        entered: Gives the digests that the log tells of.

    Returns:
        How many there were.
    """
    known = set(entered())
    for folder in ready:
        if digest_of(folder / named_by) & known:
            place(folder)
        else:
            with durable.disk_errors(folder):
                _remove(folder)
    return len(ready)


def digest_of(path: Path) -> set[Digest]:
    """Digest of a file; none where a crash came before it was written."""
    try:
        return {digest_bytes(path.read_bytes())}
    except FileNotFoundError:
        return set()


def is_waiting(folder: Path, named_by: str, digest: Digest) -> bool:
    """Whether a folder that was entered waits for its name only."""
    ready = folder.with_name(folder.name + READY_SUFFIX)
    return digest in digest_of(ready / named_by)


def _remove(folder: Path) -> None:
    """Take away a folder that was being written."""
    for path in sorted(folder.iterdir()):
        durable.remove(path)
    durable.remove_folder(folder)
    durable.flush_folder(folder.parent)
