"""Which imports there are: one folder each, and it counts once its manifest is in place.

::

    corpus/<12 hex>/manifest.json   or manifest.sealed, in an encrypted workspace
    corpus/<12 hex>/key             the import's wrapped key, in an encrypted workspace
    corpus/<12 hex>/posts.parquet   one file per table that has rows
    corpus/incoming/                imports on their way in or out

A folder is filled in ``incoming/`` and moved to its place in one step; it leaves the same way.
What a crash left in ``incoming/`` is cleared by the next writer.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from undersight.corpus.keys import KEY_NAME, destroy
from undersight.corpus.manifest import ImportManifest
from undersight.errors import CorpusDamagedError, RecordUnreadableError, UnknownImportError
from undersight.integrity import durable
from undersight.integrity.record_cipher import RecordCipher
from undersight.integrity.secret import new_key

if TYPE_CHECKING:
    from pathlib import Path

    from undersight.corpus.keys import CorpusKeys
    from undersight.integrity.secret import SecretKey

LOG = logging.getLogger(__name__)
MANIFEST_NAME, SEALED_NAME = "manifest.json", "manifest.sealed"
_IMPORT_ID = re.compile(r"[0-9a-f]{12}")
_MANIFEST_DATA = b"corpus-manifest\x00"


class Catalogue:
    """The imports of one corpus. Whoever writes holds the workspace's `WriterLock`.

    Args:
        folder: The corpus's folder; made when something is first loaded.
        keys: What the workspace lends.
    """

    def __init__(self, folder: Path, keys: CorpusKeys) -> None:
        self.folder, self._keys = folder, keys
        self._incoming = folder / "incoming"
        self._read: dict[str, ImportManifest] = {}

    def manifests(self) -> tuple[ImportManifest, ...]:
        """Every import there is, in the order of the digests of the originals.

        Raises:
            CorpusDamagedError: A manifest or key cannot be read.
        """
        found = [self._manifest(import_id) for import_id in self._import_ids()]
        replaced = {manifest.replaces for manifest in found}
        current = [manifest for manifest in found if manifest.import_id not in replaced]
        return tuple(sorted(current, key=lambda one: (one.import_digest, one.import_id)))

    def find(self, named: str) -> ImportManifest:
        """The import of this id, or of the one digest or id that begins so.

        Raises:
            UnknownImportError: There is none, or there are several.
        """
        fitting = [
            one
            for one in self.manifests()
            if named and (one.import_id.startswith(named) or one.import_digest.startswith(named))
        ]
        if len(fitting) != 1:
            raise UnknownImportError(named, tuple(one.import_id for one in fitting))
        return fitting[0]

    def place_of(self, import_id: str) -> Path:
        """The folder of an import."""
        return self.folder / import_id

    def key_of(self, import_id: str) -> SecretKey | None:
        """The key that opens an import's files; None in a plain workspace.

        Raises:
            CorpusDamagedError: The wrapped key is missing or does not open.
        """
        return self._key_in(self.place_of(import_id), import_id)

    def stage(self, import_id: str) -> tuple[Path, SecretKey | None]:
        """Make an empty folder to fill, and the key to fill it with."""
        self.recover()
        staged = self._incoming / durable.part_name(import_id)
        with durable.disk_errors(staged):
            durable.make_folder(staged)
        if self._keys.wrapping is None:
            return staged, None
        key = new_key()
        durable.write_atomic(staged / KEY_NAME, self._keys.wrap(key, import_id))
        return staged, key

    def place(self, staged: Path, manifest: ImportManifest) -> None:
        """Make a filled folder an import, in place of the one that it replaces."""
        raw = manifest.to_bytes()
        key = self._key_in(staged, manifest.import_id)
        for name in sorted(path.name for path in staged.glob("*.parquet")):
            if name.removesuffix(".parquet") not in manifest.tables:
                with durable.disk_errors(staged):
                    durable.remove(staged / name)
        if key is None:
            durable.write_atomic(staged / MANIFEST_NAME, raw)
        else:
            sealed = RecordCipher.seal(key, raw, _associated(manifest.import_id))
            durable.write_atomic(staged / SEALED_NAME, sealed)
        place = self.place_of(manifest.import_id)
        with durable.disk_errors(place):
            durable.move(staged, place)
            durable.flush_folder(self.folder)
        if manifest.replaces and self.place_of(manifest.replaces).exists():
            self.remove(manifest.replaces)

    def discard(self, staged: Path) -> None:
        """Take away a folder that did not become an import."""
        if staged.exists():
            destroy(staged)

    def remove(self, import_id: str) -> None:
        """Take an import out in one step, then destroy its key and its files."""
        self._read.pop(import_id, None)
        leaving = self._incoming / durable.part_name(import_id)
        with durable.disk_errors(leaving):
            durable.make_folder(self._incoming)
            durable.move(self.place_of(import_id), leaving)
            durable.flush_folder(self.folder)
            durable.flush_folder(self._incoming)
        destroy(leaving)

    def recover(self) -> int:
        """Clear what a crash left; return how many folders that were."""
        left = sorted(self._incoming.iterdir()) if self._incoming.is_dir() else []
        for path in left:
            destroy(path)
        ids = self._import_ids()
        replaced = {self._manifest(import_id).replaces for import_id in ids} & set(ids)
        for import_id in sorted(replaced):
            self.remove(import_id)
        n_left = len(left) + len(replaced)
        if n_left:
            LOG.warning("corpus.recovered", extra={"n_left": n_left})
        return n_left

    def _import_ids(self) -> list[str]:
        if not self.folder.is_dir():
            return []
        names = sorted(path.name for path in self.folder.iterdir() if path.is_dir())
        return [name for name in names if _IMPORT_ID.fullmatch(name)]

    def _manifest(self, import_id: str) -> ImportManifest:
        known = self._read.get(import_id)
        if known is not None:
            return known
        place = self.place_of(import_id)
        key = self.key_of(import_id)
        path = place / (MANIFEST_NAME if key is None else SEALED_NAME)
        try:
            raw = path.read_bytes()
            if key is not None:
                raw = RecordCipher.open(key, raw, _associated(import_id))
        except (OSError, RecordUnreadableError) as reason:
            raise CorpusDamagedError(import_id, "its manifest cannot be read") from reason
        manifest = self._read[import_id] = ImportManifest.from_bytes(raw, import_id)
        return manifest

    def _key_in(self, place: Path, import_id: str) -> SecretKey | None:
        if self._keys.wrapping is None:
            return None
        try:
            return self._keys.unwrap((place / KEY_NAME).read_bytes(), import_id)
        except (OSError, RecordUnreadableError) as reason:
            raise CorpusDamagedError(import_id, "its key does not open") from reason


def _associated(import_id: str) -> bytes:
    return _MANIFEST_DATA + import_id.encode("ascii")
