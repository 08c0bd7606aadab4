"""The keys of a corpus: one random key per import, so that forgetting an import is possible.

The workspace's key wraps each import's key; the wrapped key lies in the import's own folder. When
that file is overwritten and gone, what was loaded is unreadable, wherever a copy of the Parquet
files may lie without it.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.integrity import durable
from undersight.integrity.record_cipher import RecordCipher

if TYPE_CHECKING:
    from pathlib import Path

    from undersight.integrity.secret import SecretKey

KEY_NAME = "key"
_PSEUDONYM_DOMAIN = b"undersight/pseudonym/v1\x00"
_N_PSEUDONYM_DIGITS = 24
_WRAPPED_AS = "corpus-import:"


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusKeys:
    """What the workspace lends to its corpus.

    Args:
        wrapping: Wraps the key of each import, 32 bytes; None in a plain workspace.
        pseudonyms: Makes pseudonyms of people, 32 bytes; never leaves the workspace.
    """

    wrapping: SecretKey | None
    pseudonyms: SecretKey

    def wrap(self, key: bytes, import_id: str) -> bytes:
        """Encrypt an import's key for its folder.

        Args:
            key: The import's key, 32 bytes.
            import_id: The import it belongs to; it opens for no other.
        """
        return RecordCipher.wrap(self.wrapping or b"", key, _WRAPPED_AS + import_id)

    def unwrap(self, wrapped: bytes, import_id: str) -> SecretKey:
        """Decrypt an import's key.

        Raises:
            RecordUnreadableError: Changed, another import's, or another workspace's.
        """
        return RecordCipher.unwrap(self.wrapping or b"", wrapped, _WRAPPED_AS + import_id)

    def name_of(self, identity: bytes) -> str:
        """The 12 hexadecimal digits that name an import's folder.

        In an encrypted workspace they are keyed: a seized disk cannot be asked for known files.
        """
        if self.wrapping is None:
            return hashlib.sha256(identity).hexdigest()[:12]
        return hmac.digest(self.wrapping, b"import-name\x00" + identity, "sha256").hex()[:12]

    def pseudonym(self, identity: str) -> str:
        """The keyed hash by which a person appears, 24 hexadecimal digits.

        The same in every import of one workspace, another in every other workspace.
        """
        message = _PSEUDONYM_DOMAIN + identity.encode("utf-8", "surrogatepass")
        return hmac.digest(self.pseudonyms, message, "sha256").hex()[:_N_PSEUDONYM_DIGITS]


def destroy(folder: Path) -> None:
    """Overwrite a folder's key first, then remove everything: without the key it says nothing.

    Args:
        folder: What goes; a file goes as well.
    """
    with durable.disk_errors(folder):
        if not folder.is_dir():
            durable.remove(folder)
            return
        key = folder / KEY_NAME
        if key.exists():
            with key.open("r+b") as file:
                file.write(bytes(key.stat().st_size))
                file.flush()
                durable.flush(file.fileno())
        for inner in sorted(folder.iterdir()):
            durable.remove(inner)
        folder.rmdir()
        durable.flush_folder(folder.parent)
