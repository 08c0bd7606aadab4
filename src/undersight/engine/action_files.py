"""Files of actions, read a batch at a time: Parquet, Arrow, CSV and its relatives, NDJSON."""

from __future__ import annotations

import codecs
import csv
import io
import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyarrow as pa

from undersight.errors import DamagedFileError, FileUnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

_BATCH_ROWS = 1 << 18
_PARQUET_ROWS = 1 << 17
_BLOCK_BYTES = 1 << 23
_HEAD_BYTES = 1 << 16
_BYTES_A_LINE = 60
_PACKED = (".gz", ".bz2", ".zst")
_SEPARATORS = ",\t;|"


def column_names(path: Path) -> tuple[str, ...]:
    """Return the columns of a file.

    Raises:
        FileUnreadableError: It cannot be opened.
        DamagedFileError: It is not a table, or is cut, or a column holds lists or bytes.
    """
    with _readable(path):
        kind = _kind(path)
        if kind == "parquet":
            import pyarrow.parquet as pq

            return tuple(pq.read_schema(path).names)
        if kind == "arrow":
            with pa.OSFile(str(path)) as file:
                return tuple(pa.ipc.open_file(file).schema.names)
        head = _head(path)
        return _json_names(head) if kind == "json" else _csv_names(path, head)[0]


def expected_rows(path: Path) -> int:
    """Return about how many rows a file holds, to choose what does the work.

    Raises:
        FileUnreadableError: It cannot be opened.
        DamagedFileError: It is not a table, or is cut.
    """
    with _readable(path):
        if _kind(path) == "parquet":
            import pyarrow.parquet as pq

            return int(pq.read_metadata(path).num_rows)
        return path.stat().st_size // _BYTES_A_LINE


def open_file(
    path: Path,
    columns: Sequence[str],
    *,
    ids: Sequence[str] = (),
    report: Callable[[str], object] = id,
) -> pa.RecordBatchReader:
    """Open a file of actions.

    Args:
        path: The file; its kind goes by name, else by its first bytes.
        columns: The columns wanted.
        ids: Those whose values stand often; they are read as dictionaries where the file is one.
        report: Called with one sentence for each row that cannot be read.

    Raises:
        FileUnreadableError: It cannot be opened.
        DamagedFileError: It is not a table, or is cut, or a column holds lists or bytes.
    """
    with _readable(path):
        kind = _kind(path)
        if kind == "parquet":
            reader = _open_parquet(path, columns, ids)
        elif kind == "arrow":
            table = pa.ipc.open_file(pa.memory_map(str(path))).read_all()
            reader = table.select(list(columns)).to_reader()
        elif kind == "json":
            reader = _open_json(path, columns, report)
        else:
            reader = _open_csv(path, columns, report)
    _refuse_unreadable(path, reader.schema)
    return pa.RecordBatchReader.from_batches(reader.schema, _guarded(path, reader))


def _refuse_unreadable(path: Path, schema: pa.Schema) -> None:
    """Refuse columns whose cells are neither text nor a number nor a moment."""
    for field in schema:
        kind = field.type
        if pa.types.is_dictionary(kind):
            kind = kind.value_type
        if not (
            pa.types.is_primitive(kind) or pa.types.is_decimal(kind) or pa.types.is_null(kind)
            or _is_text(kind)
        ) or pa.types.is_time(kind):  # fmt: skip
            problem = f"the cells of column “{field.name}” are {kind}, not text, numbers or dates"
            raise DamagedFileError(path.name, problem)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except pa.ArrowInvalid as error:
        raise DamagedFileError(path.name, _first_line(error)) from error
    except (EOFError, UnicodeError, csv.Error) as error:
        raise DamagedFileError(path.name, _first_line(error)) from error
    except OSError as error:
        if error.strerror is None:  # Arrow's own words, such as a cut gzip stream
            raise DamagedFileError(path.name, _first_line(error)) from error
        raise FileUnreadableError(str(path), error.strerror) from error


def _guarded(path: Path, reader: pa.RecordBatchReader) -> Iterator[pa.RecordBatch]:
    with _readable(path):
        yield from reader


def _first_line(error: BaseException) -> str:
    return str(error).split("\n", 1)[0].rstrip(".") or type(error).__name__


def _kind(path: Path) -> str:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    last = next((suffix for suffix in reversed(suffixes) if suffix not in _PACKED), "")
    named = {
        ".parquet": "parquet",
        ".pq": "parquet",
        ".arrow": "arrow",
        ".feather": "arrow",
        ".ndjson": "json",
        ".jsonl": "json",
        ".csv": "csv",
        ".tsv": "csv",
        ".tab": "csv",
    }
    if last in named:
        return named[last]
    head = _head(path)
    if head.startswith(b"PAR1"):
        return "parquet"
    return "json" if head.lstrip()[:1] == b"{" else "csv"


def _head(path: Path) -> bytes:
    with pa.input_stream(str(path), compression="detect") as stream:
        return bytes(stream.read(_HEAD_BYTES))


def _open_parquet(path: Path, columns: Sequence[str], ids: Sequence[str]) -> pa.RecordBatchReader:
    import pyarrow.parquet as pq

    schema = pq.read_schema(path)
    texts = [name for name in ids if _is_text(schema.field(name).type)]
    file = pq.ParquetFile(path, read_dictionary=texts, pre_buffer=False)
    found = file.schema_arrow
    wanted = pa.schema([found.field(name) for name in columns])
    return pa.RecordBatchReader.from_batches(
        wanted,
        (
            batch.select(list(columns))
            for batch in file.iter_batches(_PARQUET_ROWS, columns=list(columns), use_threads=False)
        ),
    )


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _encoding(head: bytes) -> str:
    marks = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    return "utf-16" if head.startswith(marks) else "utf-8-sig"


def _csv_names(path: Path, head: bytes) -> tuple[tuple[str, ...], str]:
    """Return the header and its separator."""
    text = codecs.getincrementaldecoder(_encoding(head))().decode(head)
    first = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first.count)
    names = next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), [])
    if not names:
        raise DamagedFileError(path.name, "it is empty")
    if len(set(names)) < len(names):
        raise DamagedFileError(path.name, "two columns have one name")
    return tuple(names), separator


def _open_csv(
    path: Path, columns: Sequence[str], report: Callable[[str], object]
) -> pa.RecordBatchReader:
    from pyarrow import csv as arrow_csv

    head = _head(path)
    names, separator = _csv_names(path, head)

    def skip(row: arrow_csv.InvalidRow) -> str:
        where = f"row {row.number}" if row.number else "a row"
        report(f"{where} has {row.actual_columns} cells for {row.expected_columns} columns")
        return "skip"

    return arrow_csv.open_csv(
        pa.input_stream(str(path), compression="detect"),
        read_options=arrow_csv.ReadOptions(
            column_names=list(names),
            skip_rows_after_names=1,
            block_size=_BLOCK_BYTES,
            use_threads=False,
            encoding="utf-16" if _encoding(head) == "utf-16" else "utf8",
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=separator, newlines_in_values=True, invalid_row_handler=skip
        ),
        convert_options=arrow_csv.ConvertOptions(
            include_columns=list(columns),
            column_types=dict.fromkeys(columns, pa.string()),
            strings_can_be_null=True,
            null_values=[""],
        ),
    )


def _json_names(head: bytes) -> tuple[str, ...]:
    names: dict[str, None] = {}
    lines = head.decode("utf-8-sig", errors="ignore").split("\n")
    # The last line of the head may be cut, unless it is the only one.
    for line in lines[:-1] or lines:
        names.update(dict.fromkeys(_object(line) or ()))
    return tuple(names)


def _object(line: str) -> dict[str, object] | None:
    """Return the object on a line, or None where there is none."""
    try:
        found = json.loads(line)
    except json.JSONDecodeError:
        return None
    return found if isinstance(found, dict) else None


def _open_json(
    path: Path, columns: Sequence[str], report: Callable[[str], object]
) -> pa.RecordBatchReader:
    schema = pa.schema([(name, pa.string()) for name in columns])
    return pa.RecordBatchReader.from_batches(schema, _json_batches(path, schema, report))


def _json_batches(
    path: Path, schema: pa.Schema, report: Callable[[str], object]
) -> Iterator[pa.RecordBatch]:
    rows: list[dict[str, str | None]] = []
    with pa.input_stream(str(path), compression="detect") as raw:
        for number, line in enumerate(io.TextIOWrapper(raw, encoding="utf-8-sig"), 1):
            found = _object(line)
            if found is not None:
                rows.append({name: _cell(found.get(name)) for name in schema.names})
            elif line.strip():
                report(f"line {number} is not a JSON object")
            if len(rows) == _BATCH_ROWS:
                yield pa.RecordBatch.from_pylist(rows, schema=schema)
                rows = []
    yield pa.RecordBatch.from_pylist(rows, schema=schema)


def _cell(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
