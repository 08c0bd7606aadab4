"""Any table of actions as the engine's: five columns, times in µs, a batch at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from undersight.engine.action_columns import choose_columns
from undersight.engine.action_times import TimeForm, form_of, to_us

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class ActionStream:
    """A table of actions on its way into the engine; reads it once.

    Args:
        reader: The table.
        given: Columns by meaning, as the user said; the others go by known names.
        time_unit: Of times that are numbers: s, ms, us or ns; empty to find out.

    Attributes:
        columns: The column of each meaning.
        time_form: How the table says when; known once the first batch is read.
        n_unreadable_times: Times that could not be read so far; their rows count as without.
        first_unreadable_row: The first of them, counted from 1; 0 for none.

    Raises:
        UnknownColumnError: A meaning or column that does not exist.
        MissingColumnError: Nothing says who, what or when.
        AmbiguousColumnError: Several columns could be the object.
    """

    def __init__(
        self, reader: pa.RecordBatchReader, given: Mapping[str, str], time_unit: str = ""
    ) -> None:
        self.columns = choose_columns(reader.schema.names, given)
        self.time_form: TimeForm | None = None
        self.n_unreadable_times = 0
        self.first_unreadable_row = 0
        self._source = reader
        self._time_unit = time_unit
        self._n_rows = 0

    def reader(self) -> pa.RecordBatchReader:
        """Return the actions as the engine takes them."""
        fields = [
            (role, pa.int64()) if role == "time" else (role, self._id_type(column))
            for role, column in self.columns.items()
        ]
        named = [("time_us" if role == "time" else role, kind) for role, kind in fields]
        schema = pa.schema(named)
        return pa.RecordBatchReader.from_batches(schema, self._batches(schema))

    def notes(self) -> list[str]:
        """Return what was taken for granted or could not be read, as sentences."""
        found = [self.time_form.said] if self.time_form and self.time_form.said else []
        if self.n_unreadable_times:
            found.append(
                f"{self.n_unreadable_times} rows have a time that cannot be read "
                f"(the first is row {self.first_unreadable_row}); they were left out"
            )
        return found

    def _id_type(self, column: str) -> pa.DataType:
        kind = self._source.schema.field(column).type
        keeps = pa.types.is_string(kind) or pa.types.is_large_string(kind)
        return kind if keeps or pa.types.is_dictionary(kind) else pa.string()

    def _batches(self, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        for batch in self._source:
            arrays = [
                self._times(batch.column(column))
                if role == "time"
                else _as_type(batch.column(column), self._id_type(column))
                for role, column in self.columns.items()
            ]
            self._n_rows += batch.num_rows
            yield pa.record_batch(arrays, schema=schema)

    def _times(self, column: pa.Array) -> pa.Array:
        if pa.types.is_dictionary(column.type):
            column = column.dictionary_decode()
        if self.time_form is None or not self._n_rows:
            self.time_form = form_of(column, self.columns["time"], self._time_unit)
        times = to_us(column, self.time_form)
        is_given = column.is_valid()
        if pa.types.is_string(column.type):
            is_given = pc.and_(is_given, pc.fill_null(pc.not_equal(column, ""), fill_value=False))
        is_lost = pc.and_(is_given, times.is_null())
        n_lost = pc.sum(is_lost).as_py() or 0
        if n_lost and not self.n_unreadable_times:
            self.first_unreadable_row = self._n_rows + pc.index(is_lost, value=True).as_py() + 1
        self.n_unreadable_times += n_lost
        return times


def _as_type(column: pa.Array, kind: pa.DataType) -> pa.Array:
    return column if column.type == kind else column.cast(kind)


def read_messages(
    reader: pa.RecordBatchReader, columns: Mapping[str, str], time_unit: str = ""
) -> tuple[pa.Table, str]:
    """Read whole messages, for the tools that want them.

    Args:
        reader: The table.
        columns: The column of each of ``action_columns.MESSAGE_COLUMNS``.
        time_unit: Of times that are numbers; empty to find out.

    Returns:
        ``message_id, user_id, repost_id, reply_id, message, time_us, urls``, null where the table
        has nothing; and what was taken for granted of its times.
    """
    table = reader.read_all()
    times = table[columns["timestamp"]].combine_chunks()
    form = form_of(times, columns["timestamp"], time_unit)
    found = {"time_us": to_us(times, form)}
    for part in ("message_id", "user_id", "repost_id", "reply_id", "message", "urls"):
        if part in columns:
            found[part] = table[columns[part]].cast(pa.string())
        else:
            found[part] = pa.nulls(table.num_rows, pa.string())
    return pa.table(found), form.said


def reader_of(table: Any) -> pa.RecordBatchReader:
    """Return a table of any library as an Arrow reader.

    Args:
        table: Anything with the Arrow C stream (Arrow, Polars, pandas, DuckDB) or dataframe
            interchange interface.
    """
    if hasattr(table, "__arrow_c_stream__"):
        return pa.RecordBatchReader.from_stream(table)
    if isinstance(table, pa.RecordBatch):
        return pa.RecordBatchReader.from_batches(table.schema, [table])
    from pyarrow.interchange import from_dataframe

    return from_dataframe(table).to_reader()
