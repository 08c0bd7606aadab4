"""Who acted together: a table or a file in, edges out, without a workspace."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from undersight.engine import coaction as engine
from undersight.engine.action_columns import choose_columns, choose_message_columns
from undersight.engine.action_files import column_names, expected_rows, open_file
from undersight.engine.actions import ActionStream, read_messages, reader_of
from undersight.engine.edge_files import EdgeTable, check_kind, write_edges
from undersight.engine.edge_output import edge_schema
from undersight.errors import (
    InvalidParameterError,
    OneWindowError,
    TooManyEdgesError,
    UnknownCompatError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from undersight.engine.coaction import Backend, Coactions, Prepared
    from undersight.engine.compat.tool import Tool
    from undersight.engine.edge_output import Columns

S_US = 1_000_000
MOST_WINDOW_S = 10 * 365 * 86_400
MANY_PAIRS = 1_000_000_000
MOST_EDGES = 100_000_000
"""What a file holds without being asked for more: some gigabytes of CSV."""
_WINDOW_FIELD = pa.field("window_us", pa.int64())


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of a file.

    Args:
        windows_us: The windows, µs, both ends included; one for an imitated tool.
        min_objects: Edges with fewer distinct objects are not kept.
        columns: ``basic`` or ``full``.
        backend: ``auto``, ``sweep``, ``sql`` or ``spark``.
        memory_limit_bytes: What the work may take; None for what the machine has.
        roles: Column by meaning, as told.
        time_unit: Of times that are numbers: s, ms, us or ns; empty to find out.
        tool_id: The tool to imitate; empty for none.
        settings: That tool's parameters, as words.
        most_edges: With more of them nothing is written.
    """

    windows_us: tuple[int, ...]
    min_objects: int = 2
    columns: Columns = "full"
    backend: Backend = "auto"
    memory_limit_bytes: int | None = None
    roles: Mapping[str, str] = field(default_factory=dict)
    time_unit: str = ""
    tool_id: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    most_edges: int = MOST_EDGES


@dataclass(frozen=True, slots=True, kw_only=True)
class Listeners:
    """Whom to tell while the work goes on.

    Args:
        planned: Called with each plan as JSON, before its pairs are counted.
        progress: Called with the number of pairs done.
    """

    planned: Callable[[dict[str, Any]], object] = id
    progress: Callable[[int], object] | None = None


def coaction(
    table: Any,
    window_s: float = 60,
    *,
    min_objects: int = 2,
    columns: Columns = "full",
    roles: Mapping[str, str] | None = None,
    backend: Backend = "auto",
) -> Coactions:
    """Find who acted together.

    Args:
        table: Arrow, Polars or pandas table, or the path of a file, with columns for account,
            object and time, and if known post and target.
        window_s: At most so far apart, seconds, 0 or more; both ends included.
        min_objects: Edges with fewer distinct objects are not kept; 1 or more.
        columns: ``basic`` or ``full``.
        roles: Column by meaning (``account``, ``object``, ``time``, ``post``, ``target``), where
            their names do not say it.
        backend: ``auto``, ``sweep``, ``sql`` or ``spark``.

    Returns:
        ``edges``, an Arrow table sorted by accounts, and ``counts`` of what was read and left out.

    Raises:
        InputError: A column is missing, a file cannot be read, or there are more edges than the
            memory holds.
    """
    asked = Asked(
        windows_us=(window_us(window_s),),
        min_objects=min_objects,
        columns=columns,
        backend=backend,
        roles=roles or {},
    )
    stream = _stream(table, asked, id)
    prepared = _prepare(stream, asked, None)
    return prepared.coactions(prepared.plans[0])


def window_us(window_s: float) -> int:
    """Return a window in µs.

    Raises:
        InvalidParameterError: It is negative, or longer than ten years.
    """
    if not 0 <= window_s <= MOST_WINDOW_S:
        raise InvalidParameterError("window", f"{window_s:g} s", "0 seconds to ten years",
                                    is_option=True)  # fmt: skip
    return round(window_s * S_US)


def coaction_file(
    source: Path, out: Path, asked: Asked, listeners: Listeners | None = None
) -> dict[str, Any]:
    """Find who acted together in a file, and write the edges to another.

    Several windows give one file with the column ``window_us`` first.

    Args:
        source: The actions.
        out: The edges; its ending says how.
        asked: How.
        listeners: Whom to tell while the work goes on.

    Returns:
        What was read, taken for granted, planned, left out and written.

    Raises:
        InputError: The file or a column cannot be used, the output's ending is not known, or there
            are more edges than asked for.
        SettingsError: A parameter is wrong.
    """
    # The system's allocator gives memory back between reading and counting: a third less in all.
    pa.set_memory_pool(pa.system_memory_pool())
    kind = check_kind(out)
    is_several = len(asked.windows_us) > 1
    if asked.tool_id:
        return _imitate(source, out, asked)
    if is_several and kind not in {".csv", ".parquet"}:
        raise OneWindowError(f"A {kind[1:]} file")
    issues: list[str] = []
    stream = _stream(source, asked, issues.append)
    n_rows = expected_rows(source) if asked.memory_limit_bytes is not None else None
    prepared = _prepare(stream, asked, (listeners or Listeners()).progress, n_rows)
    batches = _at_most(
        asked.most_edges, _all_windows(prepared, (listeners or Listeners()).planned)
    )
    schema = edge_schema(asked.columns)
    if is_several:
        schema = pa.schema([*list(schema)[:2], _WINDOW_FIELD, *list(schema)[2:]])
    edges = EdgeTable(schema=schema, batches=batches, weight="n_objects", names=prepared.names)
    n_edges = write_edges(edges, out)
    return {
        "columns": stream.columns,
        "notes": stream.notes(),
        "issues": issues,
        "windows": [
            {**prepared.counts(plan).to_json(), **plan.to_json()} for plan in prepared.plans
        ],
        "n_edges": n_edges,
        "out": str(out),
    }


def _stream(table: Any, asked: Asked, report: Callable[[str], object]) -> ActionStream:
    if isinstance(table, str | Path):
        names = column_names(Path(table))
        chosen = choose_columns(names, asked.roles)
        ids = [chosen["account"], chosen["object"]]
        wanted = list(dict.fromkeys(chosen.values()))
        reader = open_file(Path(table), wanted, ids=ids, report=report)
        return ActionStream(reader, chosen, asked.time_unit)
    return ActionStream(reader_of(table), asked.roles, asked.time_unit)


def _prepare(
    stream: ActionStream,
    asked: Asked,
    progress: Callable[[int], object] | None,
    n_rows: int | None = None,
) -> Prepared:
    return engine.prepare(
        stream.reader(),
        windows_us=asked.windows_us,
        min_objects=asked.min_objects,
        columns=asked.columns,
        backend=asked.backend,
        memory_limit_bytes=asked.memory_limit_bytes,
        progress=progress,
        n_rows_expected=n_rows,
    )


def _at_most(n_most: int, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    n_edges = 0
    for batch in batches:
        n_edges += batch.num_rows
        if n_edges > n_most:
            raise TooManyEdgesError(n_most)
        yield batch


def _all_windows(
    prepared: Prepared, planned: Callable[[dict[str, Any]], object]
) -> Iterator[pa.RecordBatch]:
    is_several = len(prepared.plans) > 1
    for plan in prepared.plans:
        planned(plan.to_json())
        for batch in prepared.run(plan):
            if not is_several:
                yield batch
                continue
            window = pa.array([plan.window_us] * batch.num_rows, pa.int64())
            yield batch.add_column(2, _WINDOW_FIELD, window)


def tool_parameters(tool_id: str) -> tuple[str, ...]:
    """Return the names of an imitated tool's parameters.

    Raises:
        UnknownCompatError: No tool of this name.
    """
    return tuple(field.name for field in dataclasses.fields(_tool(tool_id)))  # type: ignore[arg-type]


def _tool(tool_id: str) -> type[Tool]:
    from undersight.engine.compat import TOOLS

    by_id = {tool.tool_id: tool for tool in TOOLS}
    if tool_id not in by_id:
        raise UnknownCompatError(tool_id, tuple(by_id))
    return by_id[tool_id]


def _imitate(source: Path, out: Path, asked: Asked) -> dict[str, Any]:
    from undersight.engine.compat.tool import configured

    if len(asked.windows_us) > 1:
        raise OneWindowError(f"--compat {asked.tool_id}")
    tool_class = _tool(asked.tool_id)
    settings = dict(asked.settings)
    if asked.windows_us:
        settings = {tool_class.window_parameter: str(asked.windows_us[0] / S_US)} | settings
    tool = configured(tool_class, settings)
    issues: list[str] = []
    read = _messages if tool_class.is_messages else _actions
    table, columns, notes = read(source, asked, issues.append)
    found = tool.find_edges(table)
    edges = EdgeTable(
        schema=found.table.schema,
        batches=found.table.to_batches(),
        weight="weight",
        is_directed=found.is_directed,
    )
    n_edges = write_edges(edges, out)
    ends = {*found.table.column(0).to_pylist(), *found.table.column(1).to_pylist()}
    return {
        "compat": asked.tool_id,
        "parameters": dataclasses.asdict(tool),  # type: ignore[call-overload]
        "columns": columns,
        "notes": [*notes, *found.notes],
        "issues": issues,
        "n_rows": table.num_rows,
        "n_edges": n_edges,
        "n_accounts": len(ends),
        "out": str(out),
    }


def _actions(
    source: Path, asked: Asked, report: Callable[[str], object]
) -> tuple[pa.Table, dict[str, str], list[str]]:
    stream = _stream(source, asked, report)
    table = stream.reader().read_all()
    return table, stream.columns, stream.notes()


def _messages(
    source: Path, asked: Asked, report: Callable[[str], object]
) -> tuple[pa.Table, dict[str, str], list[str]]:
    columns = choose_message_columns(column_names(source), asked.roles)
    reader = open_file(source, list(dict.fromkeys(columns.values())), report=report)
    table, said = read_messages(reader, columns, asked.time_unit)
    return table, columns, [said] if said else []
