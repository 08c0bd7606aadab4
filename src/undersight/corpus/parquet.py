"""Writing the rows of one table to one Parquet file, batch by batch, encrypted or not.

Encryption is Parquet's own (AES-256-GCM, one key for the footer and all columns), written by
pyarrow and read by DuckDB, which as of 2.0 reads no encrypted column chunk of more than one data
page: every row group is one batch, and every chunk one page.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from undersight.corpus.manifest import TableFile
from undersight.corpus.seen import SeenDigests
from undersight.integrity import durable
from undersight.integrity.canonical import digest_stream

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from undersight.model.tables import Table

_ONE_PAGE = 1 << 30
_TYPES = {"string": pa.string(), "int64": pa.int64(), "bool": pa.bool_()}
_REPETITIVE = frozenset(
    [
        "platform",
        "kind",
        "zone_basis",
        "lang",
        "import_digest",
        "category",
        "country",
        "account_id",
        "target_id",
        "root_id",
        "parent_id",
        "resolution_us",
        "reason",
        "column",
    ]
)
_DIGEST_BYTES = 8


def row_digest(values: tuple[Any, ...]) -> bytes:
    """Eight bytes that stand for a row's values."""
    joined = "\x1f".join(map(str, values))
    return hashlib.blake2b(
        joined.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES
    ).digest()


def arrow_schema(table: Table) -> pa.Schema:
    """The Arrow schema of a corpus table."""
    return pa.schema([pa.field(one.name, _TYPES[one.type]) for one in table.columns])


class TableWriter:
    """Writes one table of one import.

    Args:
        table: Which.
        path: The file to make.
        import_digest: Put into every row.
        key: Encrypts the file; None leaves it readable.
        is_distinct: Drop rows that equal an earlier one in everything but their locator.
    """

    def __init__(
        self,
        table: Table,
        path: Path,
        *,
        import_digest: str,
        key: bytes | None,
        is_distinct: bool,
    ) -> None:
        self._table, self._path, self._import_digest = table, path, import_digest
        self._schema = arrow_schema(table)
        names = table.column_names
        self._key_places = tuple(names.index(name) for name in table.key)
        # All but the last two columns, which say where a row comes from.
        self._n_content = len(names) - 2
        self._rows: list[tuple[Any, ...]] = []
        self._digests: list[bytes] = []
        self._seen, self._seen_keys = (SeenDigests() if is_distinct else None), SeenDigests()
        self._content = hashlib.sha256()
        self._n_rows = self._n_repeated = 0
        # For its owner only, as every file of the workspace.
        self._file = open(durable.open_new(path), "wb")  # noqa: PTH123, SIM115 - a descriptor
        self._writer = pq.ParquetWriter(
            self._file,
            self._schema,
            compression="zstd",
            use_dictionary=[name for name in names if name in _REPETITIVE],
            dictionary_pagesize_limit=_ONE_PAGE,
            data_page_size=_ONE_PAGE,
            max_rows_per_page=_ONE_PAGE,
            encryption_properties=_encryption(key),
            store_schema=False,
        )

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, row: tuple[Any, ...], extra: tuple[Any, ...] = ()) -> None:
        """Take a row: the table's columns but for ``import_digest``, the locator last.

        Args:
            row: The values.
            extra: What else makes it differ from another row.
        """
        self._rows.append(row)
        if self._seen is not None:
            self._digests.append(row_digest(row[: self._n_content] + extra))

    def flush(self, is_kept: NDArray[np.bool_] | None = None) -> NDArray[np.bool_]:
        """Write what was added since the last time.

        Args:
            is_kept: Which rows of a table that is not distinct to write, shape (n,); all by
                default.

        Returns:
            Shape (n,): which rows were written.
        """
        kept = np.ones(len(self._rows), dtype=np.bool_) if is_kept is None else is_kept
        if self._seen is not None and self._digests:
            digests = np.frombuffer(b"".join(self._digests), dtype="<u8")
            kept = self._seen.first_sightings(digests)
            self._content.update(digests[kept].tobytes())
        rows = [row for row, is_in in zip(self._rows, kept, strict=True) if is_in]
        if rows:
            self._write(rows)
        self._rows, self._digests = [], []
        return kept

    def close(self) -> TableFile:
        """Finish the file, wait until it is on the disk, and describe it."""
        self._writer.close()
        self._file.flush()
        durable.flush(self._file.fileno())
        self._file.close()
        with self._path.open("rb") as file:
            sha256 = digest_stream(file)
        return TableFile(
            n_rows=self._n_rows,
            n_repeated_keys=self._n_repeated,
            sha256=sha256,
            content_digest=self._content.hexdigest(),
        )

    def abandon(self) -> None:
        """Let go of an unfinished file."""
        self._writer.close()
        self._file.close()

    def _write(self, rows: list[tuple[Any, ...]]) -> None:
        if self._seen is not None:
            keys = b"".join(row_digest(tuple(row[i] for i in self._key_places)) for row in rows)
            is_first = self._seen_keys.first_sightings(np.frombuffer(keys, dtype="<u8"))
            self._n_repeated += len(rows) - int(is_first.sum())
        columns = list(zip(*rows, strict=True))
        columns.insert(self._n_content, (self._import_digest,) * len(rows))
        arrays = [
            _array(values, field.type) for values, field in zip(columns, self._schema, strict=True)
        ]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema), len(rows))
        self._n_rows += len(rows)


def _array(values: tuple[Any, ...], type_: pa.DataType) -> pa.Array:
    """A column; half a surrogate pair, which no encoding can carry, becomes U+FFFD."""
    try:
        return pa.array(values, type_)
    except UnicodeEncodeError:
        return pa.array([value and _encodable(value) for value in values], type_)


def _encodable(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _encryption(key: bytes | None) -> Any:
    """What pyarrow encrypts with; None for a file that anybody can read."""
    if key is None:
        return None
    import pyarrow.parquet.encryption as parquet_encryption

    return parquet_encryption.create_encryption_properties(bytes(key))
