"""Writing the rows of one table to one Parquet file, batch by batch, encrypted or not.

Encryption is Parquet's own (AES-256-GCM, one key for the footer and all columns), written by
pyarrow and read by DuckDB, which as of 2.0 reads no encrypted column chunk of more than one data
page: every row group is one batch, and every chunk one page.
"""

from __future__ import annotations

import hashlib
from itertools import compress
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from undersight.corpus.manifest import TableFile
from undersight.corpus.seen import SeenDigests
from undersight.integrity import durable
from undersight.integrity.canonical import digest_stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from undersight.model.tables import Table

Row = tuple[Any, ...]
_END, _NOTHING = "\x1f", "\x00"
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


class _ColumnDigests:
    """One digest over the values of a table, column by column, however they come in batches."""

    __slots__ = ("_columns",)

    def __init__(self, n_columns: int) -> None:
        self._columns = [hashlib.sha256() for _ in range(n_columns)]

    def update(self, columns: Iterable[Iterable[Any]]) -> None:
        for digest, values in zip(self._columns, columns, strict=True):
            digest.update(_joined(list(values)).encode("utf-8", "surrogatepass"))

    def hexdigest(self) -> str:
        return hashlib.sha256(b"".join(one.digest() for one in self._columns)).hexdigest()


def _joined(values: list[Any]) -> str:
    """All values in one text; columns of texts or of nothing, which most are, at once."""
    n_nothing = values.count(None)
    if n_nothing == len(values):
        return f"{_NOTHING}{_END}" * n_nothing
    if n_nothing or not isinstance(values[0], str):
        values = [_NOTHING if one is None else str(one) for one in values]
    return f"{_END.join(values)}{_END}"


def _hashes(rows: Iterable[Row]) -> NDArray[np.uint64]:
    """This process's hashes of rows: never stored, only to tell repeated ones."""
    return np.fromiter(map(hash, rows), dtype=np.int64).view(np.uint64)


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
        self._rows: list[Row] = []
        self._seen, self._seen_keys = (SeenDigests() if is_distinct else None), SeenDigests()
        # What else tells rows apart comes as one more column.
        self._content = _ColumnDigests(self._n_content + 1)
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

    def add(self, row: Row) -> None:
        """Take a row: the table's columns but for ``import_digest``, the locator last."""
        self._rows.append(row)

    def flush(self, is_kept: NDArray[np.bool_] | None = None) -> NDArray[np.bool_]:
        """Write what was added since the last time; see `write`."""
        columns = list(zip(*self._rows, strict=True))
        self._rows = []
        return self.write(columns, is_kept=is_kept) if columns else np.ones(0, dtype=np.bool_)

    def write(
        self,
        columns: Sequence[Sequence[Any]],
        more: Sequence[str] = (),
        is_kept: NDArray[np.bool_] | None = None,
        *,
        are_told_apart: bool = False,
    ) -> NDArray[np.bool_]:
        """Write some rows.

        Args:
            columns: The table's columns but for ``import_digest``, the locator last.
            more: What else makes each row differ from another, one text a row.
            is_kept: Which rows of a table that is not distinct to write, shape (n,); all by
                default.
            are_told_apart: Each row is known by its own place in the file, so that none can
                equal another: nothing has to be remembered of them.

        Returns:
            Shape (n,): which rows were written.
        """
        n_rows = len(columns[0])
        kept = np.ones(n_rows, dtype=np.bool_) if is_kept is None else is_kept
        if self._seen is not None:
            told = [*columns[: self._n_content], more or [""] * n_rows]
            if not are_told_apart:
                kept = self._seen.first_sightings(_hashes(zip(*told, strict=True)))
            is_all = bool(kept.all())
            self._content.update(told if is_all else [compress(one, kept) for one in told])
        if not kept.all():
            columns = [list(compress(one, kept)) for one in columns]
        if kept.any():
            self._write(columns, are_told_apart=are_told_apart)
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
            content_digest=self._content.hexdigest() if self._seen is not None else "",
        )

    def abandon(self) -> None:
        """Let go of an unfinished file."""
        self._writer.close()
        self._file.close()

    def _write(self, columns: Sequence[Sequence[Any]], *, are_told_apart: bool) -> None:
        n_rows = len(columns[0])
        if self._seen is not None and not are_told_apart:
            keys = zip(*(columns[place] for place in self._key_places), strict=True)
            is_first = self._seen_keys.first_sightings(_hashes(keys))
            self._n_repeated += n_rows - int(is_first.sum())
        values = [*columns[: self._n_content], None, *columns[self._n_content :]]
        arrays = [
            pa.repeat(pa.scalar(self._import_digest), n_rows)
            if one is None
            else _array(one, field.type)
            for one, field in zip(values, self._schema, strict=True)
        ]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema), n_rows)
        self._n_rows += n_rows


def _array(values: Sequence[Any], type_: pa.DataType) -> pa.Array:
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
