"""A file of chained entries, one line each, only ever added to.

A plain line is the entry's canonical JSON. An encrypted line is ``u1:`` and the base64 of
``nonce (12) || AES-256-GCM of the canonical JSON``, bound to the ledger's domain. The chain runs
over the entries, so it reads the same in both.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from undersight.errors import CustodyBrokenError, NotCanonicalError
from undersight.integrity import durable
from undersight.integrity.canonical import canonical_json, digest_in_domain
from undersight.integrity.chain import (
    ChainHead,
    ChainReport,
    entry_hash,
    head_after,
    link_entry,
    verify_chain,
)
from undersight.integrity.record_cipher import open_bytes, seal_bytes
from undersight.vault.passphrase import decode_base64, encode_base64

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_PREFIX = b"u1:"
_TAIL_BYTES = 1 << 16


class Ledger:
    """Chained entries in one file.

    Args:
        path: The file; it comes into being with the first entry.
        domain: What the chain is for, such as ``undersight/custody/v1``.
        chain_id: What the chain belongs to (the workspace's id): its first entry follows it, so
            that no chain passes for another.
        key: Encrypts the lines; None leaves them readable.
    """

    def __init__(self, path: Path, *, domain: str, chain_id: str, key: bytes | None) -> None:
        self.path = path
        self.domain = domain
        self.genesis = digest_in_domain(chain_id.encode("utf-8"), domain=f"{domain}/genesis")
        self._key = key
        self._known: tuple[int, ChainHead] | None = None

    def head(self) -> ChainHead:
        """Length and last hash, for an anchor; read from the end of the file.

        Raises:
            CustodyBrokenError: The last entry is not as it was written.
        """
        n_bytes = self._size()
        if self._known is None or self._known[0] != n_bytes:
            self._known = (n_bytes, self._read_head())
        return self._known[1]

    def append(self, all_fields: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Add entries; they are on the disk when this returns, all or none of them.

        Raises:
            CustodyBrokenError: The last entry is not as it was written, or is incomplete.
            DiskFullError: No room; nothing was added.
            ReadOnlyError: Not allowed; nothing was added.
        """
        is_known = self._known is not None and self._known[0] == self._size()
        if not is_known and self.n_torn_bytes():
            raise CustodyBrokenError(str(self.path), self.head().length, "an incomplete line.")
        head = self.head()
        entries = []
        for fields in all_fields:
            entry = link_entry(fields, after=head, domain=self.domain)
            head = head_after(entry)
            entries.append(entry)
        data = b"".join(self._line(entry) for entry in entries)
        self._write(data)
        self._known = (self._size(), head)
        return entries

    def entries(self) -> Iterator[dict[str, Any]]:
        """All whole entries, oldest first; an empty dict for a line that cannot be read.

        An incomplete last line, which a crash or a writer at work leaves, is passed over.
        """
        try:
            file = self.path.open("rb")
        except FileNotFoundError:
            return
        with file:
            for line in file:
                if line.endswith(b"\n"):
                    yield self._parse(line[:-1]) or {}

    def verify(self, anchors: Iterable[ChainHead] = ()) -> ChainReport:
        """Check every entry, and the lengths and heads noted elsewhere."""
        return verify_chain(
            self.entries(), domain=self.domain, genesis=self.genesis, anchors=anchors
        )

    def n_torn_bytes(self) -> int:
        """Length of an incomplete last line; 0 when the file ends as it should."""
        return len(self._tail()[1])

    def repair(self) -> int:
        """Cut off an incomplete last line, the only thing ever taken away; returns its length."""
        n_torn = self.n_torn_bytes()
        if n_torn:
            with durable.disk_errors(self.path):
                durable.cut(self.path, self._size() - n_torn)
        return n_torn

    def _size(self) -> int:
        """Length of the file; 0 when there is none."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    def _write(self, data: bytes) -> None:
        """Add bytes at the end; if they do not all fit, none stay."""
        n_before = self._size()
        with durable.disk_errors(self.path):
            descriptor = durable.open_append(self.path)
            try:
                durable.write_all(descriptor, data)
                durable.flush(descriptor)
            except OSError:
                durable.cut(self.path, n_before)
                raise
            finally:
                os.close(descriptor)
            if not n_before:
                durable.flush_folder(self.path.parent)

    def _read_head(self) -> ChainHead:
        """Where the chain stands by its last line."""
        last, _torn = self._tail()
        if last is None:
            return ChainHead(length=0, head=self.genesis)
        entry = self._parse(last)
        if entry is None or entry.get("h") != entry_hash(entry, domain=self.domain):
            broken = self.verify().first_break
            i = -1 if broken is None else broken.i
            raise CustodyBrokenError(str(self.path), i, "the last entry was changed.")
        return head_after(entry)

    def _tail(self) -> tuple[bytes | None, bytes]:
        """The last whole line and what stands after it, read from the end."""
        try:
            file = self.path.open("rb")
        except FileNotFoundError:
            return None, b""
        with file:
            n_left = file.seek(0, os.SEEK_END)
            tail = b""
            while n_left and tail.count(b"\n") < 2:
                n_read = min(n_left, _TAIL_BYTES)
                n_left -= n_read
                file.seek(n_left)
                tail = file.read(n_read) + tail
        whole, newline, torn = tail.rpartition(b"\n")
        return (whole.rpartition(b"\n")[2] if newline else None), torn

    def _line(self, entry: Mapping[str, Any]) -> bytes:
        """An entry as it stands in the file."""
        data = canonical_json(entry)
        if self._key is not None:
            sealed = seal_bytes(self._key, data, self.domain.encode("utf-8"))
            data = _PREFIX + encode_base64(sealed).encode("ascii")
        return data + b"\n"

    def _parse(self, line: bytes) -> dict[str, Any] | None:
        """The entry in a line; None when it is not exactly as this ledger writes it."""
        try:
            data = line if self._key is None else self._open_line(self._key, line)
            entry = json.loads(data)
            if isinstance(entry, dict) and canonical_json(entry) == data:
                return entry
        except (ValueError, TypeError, RecursionError, NotCanonicalError):
            # What cannot be read counts as an edited entry; `verify` names its place.
            return None
        return None

    def _open_line(self, key: bytes, line: bytes) -> bytes:
        """The canonical JSON in an encrypted line."""
        if not line.startswith(_PREFIX):
            raise ValueError(len(line))
        sealed = decode_base64(line[len(_PREFIX) :].decode("ascii"))
        data = open_bytes(key, sealed, self.domain.encode("utf-8"))
        if data is None:
            raise ValueError(len(line))
        return data
