"""The private file of a seal: its leaves, with what only those know who hold the workspace."""

from __future__ import annotations

import hashlib
import io
import os
from typing import TYPE_CHECKING, BinaryIO, cast

from undersight.errors import EmptySealError
from undersight.integrity import durable
from undersight.vault.object_stream import ObjectReader, ObjectWriter, PlainWriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from undersight.integrity.secret import SecretKey
    from undersight.vault.seal_manifest import Leaf

_PLAIN_LEAVES, _SEALED_LEAVES = "leaves.jsonl", "leaves.sealed"
_WRITE_BYTES = 1 << 18


def leaves_name(key: SecretKey | None) -> str:
    """What the file is called, by whether the workspace is plain."""
    return _PLAIN_LEAVES if key is None else _SEALED_LEAVES


def write_leaves(folder: Path, leaves: Iterable[Leaf], key: SecretKey | None) -> list[bytes]:
    """Write the private file of a seal; returns the leaves' commitments.

    Args:
        folder: The seal's.
        leaves: In the order of the tree.
        key: Encrypts it; None in a plain workspace.

    Raises:
        EmptySealError: There is no leaf.
        DiskFullError: No room.
        ReadOnlyError: Not allowed.
    """
    name = leaves_name(key)
    with durable.disk_errors(folder):
        descriptor = durable.open_new(folder / name)

    def sink(data: bytes) -> None:
        with durable.disk_errors(folder):
            durable.write_all(descriptor, data)

    commitments: list[bytes] = []
    try:
        writer = PlainWriter(sink) if key is None else ObjectWriter(key, sink)
        state, n_bytes = hashlib.sha256(), 0
        for piece in _pieces(leaves, commitments):
            state.update(piece)
            n_bytes += len(piece)
            writer.write(piece)
        writer.finish(state.digest(), n_bytes)
        with durable.disk_errors(folder):
            durable.flush(descriptor)
    finally:
        os.close(descriptor)
    if not commitments:
        raise EmptySealError
    return commitments


def open_leaves(path: Path, key: SecretKey | None) -> BinaryIO:
    """Open the private file of a seal, decrypted.

    Raises:
        OSError: It cannot be opened.
        ObjectDamagedError: It does not open with the key.
    """
    file = path.open("rb")
    if key is None:
        return file
    try:
        reader = ObjectReader(key, file, expected=None)
    except BaseException:
        file.close()
        raise
    return cast("BinaryIO", io.BufferedReader(reader, buffer_size=_WRITE_BYTES))


def _pieces(leaves: Iterable[Leaf], commitments: list[bytes]) -> Iterator[bytes]:
    """The lines of leaves, joined until a piece is worth writing; their commitments are noted."""
    gathered = bytearray()
    for leaf in leaves:
        commitments.append(leaf.commitment())
        gathered += leaf.to_line()
        if len(gathered) >= _WRITE_BYTES:
            yield bytes(gathered)
            gathered.clear()
    yield bytes(gathered)
