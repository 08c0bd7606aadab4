"""What is known of one import: what was read, by what, how, and what came of it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any

from undersight.errors import CorpusDamagedError
from undersight.integrity.canonical import canonical_json
from undersight.model.corpus_rows import SamplingNote

if TYPE_CHECKING:
    from collections.abc import Mapping

MANIFEST_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFile:
    """One Parquet file of an import.

    Args:
        n_rows: Rows in it.
        n_repeated_keys: Rows whose key an earlier row of the file has with other content.
        sha256: Digest of the file, encrypted where it is encrypted.
        content_digest: Digest of its rows, but for their locators; the same for the same rows,
            encrypted or not. Empty for shares, which follow from the posts, and issues.
    """

    n_rows: int
    n_repeated_keys: int
    sha256: str
    content_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportManifest:
    """One import; ``n_records + n_duplicates + n_rejected == n_read``.

    Args:
        import_id: Its folder's name, 12 hexadecimal digits.
        import_digest: SHA-256 of the sealed original.
        name: What the file was called.
        importer_id: The format.
        importer_version: The version of the mapper that read it.
        options: What a person said about the columns.
        has_names: People who only commented were kept under their names.
        generation: How often it was mapped anew.
        replaces: The import that this one stands for.
        loaded_us: When, µs since 1970 UTC.
        expires_us: From when it is not read any more, µs since 1970 UTC; None: never.
        n_read: Records of the file.
        n_records: Records stored.
        n_duplicates: Records that stand in the file before with the same content.
        n_rejected: Records that could not be read.
        from_us: Earliest time of a post, µs since 1970 UTC.
        to_us: Latest time of a post.
        n_without_time: Posts without a time.
        resolutions: Posts by the resolution of their time in µs.
        zone_bases: Posts by how UTC was reached.
        platforms: Posts by platform.
        kinds: Posts by kind.
        languages: Texts by language; under ``unknown`` where undecided.
        n_pseudonyms: Accounts under a pseudonym.
        notes: Why the file may not be the whole.
        tables: Its files by table name.
    """

    import_id: str
    import_digest: str
    name: str
    importer_id: str
    importer_version: int
    options: Mapping[str, Any]
    has_names: bool
    generation: int = 0
    replaces: str = ""
    loaded_us: int
    expires_us: int | None = None
    n_read: int
    n_records: int
    n_duplicates: int
    n_rejected: int
    from_us: int | None = None
    to_us: int | None = None
    n_without_time: int = 0
    resolutions: Mapping[str, int] = field(default_factory=dict)
    zone_bases: Mapping[str, int] = field(default_factory=dict)
    platforms: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)
    n_pseudonyms: int = 0
    notes: tuple[SamplingNote, ...] = ()
    tables: Mapping[str, TableFile] = field(default_factory=dict)

    def is_expired(self, now_us: int) -> bool:
        """Whether its time is over.

        Args:
            now_us: µs since 1970 UTC.
        """
        return self.expires_us is not None and self.expires_us <= now_us

    def identity(self) -> dict[str, Any]:
        """What decides which rows there are: equal here means the same corpus."""
        return {
            "import_digest": self.import_digest,
            "importer_id": self.importer_id,
            "importer_version": self.importer_version,
            "options": dict(self.options),
            "has_names": self.has_names,
            "tables": {name: file.content_digest for name, file in self.tables.items()},
        }

    def to_json(self) -> dict[str, Any]:
        """Return it as a JSON value."""
        return {"format": MANIFEST_FORMAT, **asdict(self), "options": dict(self.options)}

    def to_bytes(self) -> bytes:
        """Return its only bytes."""
        return canonical_json(self.to_json()) + b"\n"

    @classmethod
    def from_bytes(cls, raw: bytes, where: str) -> ImportManifest:
        """Read a manifest.

        Args:
            raw: What `to_bytes` gave.
            where: Its import, for errors.

        Raises:
            CorpusDamagedError: It is not one, or of a newer format.
        """
        try:
            document = json.loads(raw)
            if document.pop("format") != MANIFEST_FORMAT:
                raise CorpusDamagedError(where, "a newer undersight wrote it")
            document["notes"] = tuple(SamplingNote(**note) for note in document["notes"])
            document["tables"] = {
                name: TableFile(**file) for name, file in document["tables"].items()
            }
            known = {one.name for one in fields(cls)}
            return cls(**{name: value for name, value in document.items() if name in known})
        except (ValueError, KeyError, TypeError, AttributeError) as reason:
            raise CorpusDamagedError(where, "its manifest cannot be read") from reason
