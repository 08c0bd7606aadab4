"""Rows of a Parquet file in batches, its values as text."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from undersight.errors import DamagedFileError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

MAGIC: Final = b"PAR1"
_BATCH_ROWS = 8_192
_MOST_SPOOLED_BYTES = 256 * 1024**2
_MOST_ROW_GROUP_BYTES = 1024**3


def open_parquet(stream: BinaryIO) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """Return the column names and (row number from 1, cells as text).

    Raises:
        DamagedFileError: It is no Parquet file, is cut short, or holds a row group of more than
            1 GiB.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    source = stream if stream.seekable() else io.BytesIO(stream.read(_MOST_SPOOLED_BYTES))
    try:
        # What is read ahead would be kept to the end: the whole file in memory.
        file = pq.ParquetFile(pa.PythonFile(source, mode="r"), pre_buffer=False)
        sizes = [
            file.metadata.row_group(place).total_byte_size
            for place in range(file.metadata.num_row_groups)
        ]
    except (pa.ArrowException, OSError) as error:
        raise DamagedFileError("its end", "it is no Parquet file or is cut short") from error
    if max(sizes, default=0) > _MOST_ROW_GROUP_BYTES:
        raise DamagedFileError("a row group", "it unpacks to more than 1 GiB; write smaller ones")
    return list(file.schema_arrow.names), _rows(file)


def _rows(file: Any) -> Iterator[tuple[int, list[str]]]:
    import pyarrow as pa

    number = 0
    try:
        for batch in file.iter_batches(batch_size=_BATCH_ROWS):
            columns = [_texts(column) for column in batch.columns]
            for cells in zip(*columns, strict=True):
                number += 1
                yield number, list(cells)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise DamagedFileError(f"row {number + 1}", "the Parquet file is damaged there") from error


def _texts(column: pa.Array) -> list[str]:
    import pyarrow as pa

    kind = column.type
    if pa.types.is_dictionary(kind):
        return _texts(column.dictionary_decode())
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        is_aware = pa.types.is_timestamp(kind) and kind.tz is not None
        texts = column.cast(pa.timestamp("us", tz=kind.tz if is_aware else None), safe=False)
        end = "Z" if is_aware else ""
        whole = texts.cast(pa.timestamp("us")).cast(pa.string()).to_pylist()
        return ["" if one is None else one.removesuffix(".000000") + end for one in whole]
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return column.fill_null("").to_pylist()  # type: ignore[no-any-return]
    return ["" if value is None else _text(value) for value in column.to_pylist()]


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else str(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="backslashreplace")
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return str(value)
