"""What takes seconds to count in a corpus, kept beside it: a start does not count it again.

::

    corpus/counted/key      the wrapped key of the files, in an encrypted workspace
    corpus/counted/<name>   one thing that was counted

What is kept holds for the very imports that it was counted in; for others, or damaged, it is as
if it were not there. It may hold texts and names of them: before an import comes or goes the key
is overwritten and everything is removed.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from undersight.corpus.keys import KEY_NAME, destroy
from undersight.errors import RecordUnreadableError
from undersight.integrity import durable
from undersight.integrity.record_cipher import RecordCipher
from undersight.integrity.secret import new_key

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from undersight.corpus.keys import CorpusKeys
    from undersight.integrity.secret import SecretKey

_OWNER = "counted"
_DOMAIN = b"undersight/corpus-counted/v1\x00"
_DIGEST_BYTES = 32


class Counted:
    """Values by name. Whoever writes holds the workspace's `WriterLock`.

    Args:
        folder: Made when something is first kept.
        keys: What the workspace lends.
    """

    def __init__(self, folder: Path, keys: CorpusKeys) -> None:
        self._folder, self._keys = folder, keys

    def read(self, name: str, state: str) -> bytes | None:
        """Return what was kept; None if nothing was, of other imports, or it is damaged.

        Args:
            name: Of the value.
            state: Which imports it must have been counted in.
        """
        try:
            raw = (self._folder / name).read_bytes()
            if self._keys.wrapping is not None:
                return RecordCipher.open(self._key(), raw, _bound(name, state))
        except (OSError, RecordUnreadableError):
            return None  # it is counted anew
        value = raw[_DIGEST_BYTES:]
        return value if raw[:_DIGEST_BYTES] == _digest(name, state, value) else None

    def write(self, values: Mapping[str, bytes], state: str) -> None:
        """Keep values; what is kept of other imports goes.

        Args:
            values: By name.
            state: Which imports they were counted in.

        Raises:
            BackendError: The disk is full or read-only.
        """
        if any((self._folder / name).exists() for name in values):
            self.clear()
        with durable.disk_errors(self._folder):
            durable.make_folder(self._folder)
        key = None if self._keys.wrapping is None else self._key_to_write()
        for name, value in values.items():
            if key is None:
                sealed = _digest(name, state, value) + value
            else:
                sealed = RecordCipher.seal(key, value, _bound(name, state))
            durable.write_atomic(self._folder / name, sealed)

    def clear(self) -> None:
        """Destroy everything."""
        if self._folder.exists():
            destroy(self._folder)

    def _key(self) -> SecretKey:
        return self._keys.unwrap((self._folder / KEY_NAME).read_bytes(), _OWNER)

    def _key_to_write(self) -> SecretKey:
        try:
            return self._key()
        except (OSError, RecordUnreadableError):
            key = new_key()
            wrapped = self._keys.wrap(key, _OWNER)
            durable.write_atomic(self._folder / KEY_NAME, wrapped)
            return key


def _bound(name: str, state: str) -> bytes:
    return _DOMAIN + f"{name}\0{state}".encode()


def _digest(name: str, state: str, value: bytes) -> bytes:
    """What tells a damaged file of a plain workspace, and one of other imports."""
    return hashlib.sha256(_bound(name, state) + b"\0" + value).digest()
