"""Co-action: pairs of distinct accounts that act on one object within a window.

Actions are rows of ``account, object, post, time_us, target``. Pairs of one account, pairs on one
post, and rows without account, object or time are left out and counted. The window includes both
ends. Whatever the order of the rows, the same actions give the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Unpack

import numpy as np
import pyarrow as pa

from undersight.engine import edge_output, planning
from undersight.engine.coding import Coded, code_actions
from undersight.engine.evidence import find_evidence
from undersight.engine.memory import within_memory
from undersight.engine.sweep import Sweep, details_of
from undersight.engine.thinning import rows_that_matter
from undersight.engine.timeline import build_timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from undersight.engine.edge_output import Columns
    from undersight.engine.planning import Plan
    from undersight.engine.relational import SqlEngine
    from undersight.engine.timeline import Timeline

    Codes = npt.NDArray[np.signedinteger[Any]]

Backend = Literal["auto", "sweep", "sql", "spark"]
_BYTES_A_ROW = 64
"""What the sweep takes for a row, at most: codes, keys, positions, and their sorting."""


class Asked(TypedDict, total=False):
    """How edges are to be found.

    Args:
        min_objects: Edges with fewer distinct objects are not kept; 1 or more (default 2).
        columns: ``basic`` or ``full`` (default): see ``edge_output.MEANING``.
        backend: ``sweep`` in memory, ``sql`` in DuckDB (spills to disk), ``spark``, or ``auto``:
            the sweep where it fits in the memory allowed.
        memory_limit_bytes: What the work may take; None for what the machine has.
        progress: Called with the number of pairs done so far (sweep only).
        temp_folder: Where work that does not fit in memory goes, encrypted; None for the
            system's folder for temporary files.
        n_rows_expected: How many rows a reader will give, where that is known.
    """

    min_objects: int
    columns: Columns
    backend: Backend
    memory_limit_bytes: int | None
    progress: Callable[[int], object] | None
    temp_folder: Path | None
    n_rows_expected: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What was read, left out and counted; pairs planned = left out + counted.

    Args:
        n_rows: Rows read.
        n_rows_null_key: Rows without account, object or time.
        n_same_account_pairs: Pairs of one account with itself.
        n_same_post_pairs: Pairs of two accounts on one and the same post.
        n_pairs_planned: Pairs of rows on one object within the window.
        backend: What did the work: ``sweep``, ``sql`` or ``spark``.
    """

    n_rows: int
    n_rows_null_key: int
    n_same_account_pairs: int
    n_same_post_pairs: int
    n_pairs_planned: int
    backend: str

    def to_json(self) -> dict[str, Any]:
        """Return the counts for programs."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coactions:
    """The edges of one window.

    Args:
        window_us: The window, µs.
        edges: Arrow table, sorted by account_a, account_b (``edge_output.edge_schema``).
        counts: What was read, left out and counted.
    """

    window_us: int
    edges: pa.Table
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Actions read, coded and planned: what each window will take is known, no pair was made.

    Args:
        plans: One a window, in the order asked for.
        n_rows: Rows read.
        n_rows_null_key: Rows without account, object or time.
        backend: What will do the work.
        columns: ``basic`` or ``full``.
        names: Id by account code, where ``run`` gives codes; None where it gives ids.
        run: Yields the edges of a plan, sorted, in batches of ``edge_schema(columns)``, or of
            ``coded_schema(columns)``.
        n_pairs_left: Returns how many pairs of a plan will be gone through: without rows that can
            be part of no edge, such as those of accounts that act on one object only.
        memory_limit_bytes: What edges that are held may take; None for most of what there is.
    """

    plans: tuple[Plan, ...]
    n_rows: int
    n_rows_null_key: int
    backend: str
    columns: Columns
    names: pa.Array | None
    run: Callable[[Plan], Iterator[pa.RecordBatch]]
    n_pairs_left: Callable[[Plan], int]
    memory_limit_bytes: int | None = None

    def counts(self, plan: Plan) -> Counts:
        """Return the counts of one window."""
        return Counts(
            n_rows=self.n_rows,
            n_rows_null_key=self.n_rows_null_key,
            n_same_account_pairs=plan.n_same_account_pairs,
            n_same_post_pairs=plan.n_same_post_pairs,
            n_pairs_planned=plan.n_pairs_planned,
            backend=self.backend,
        )

    def coactions(self, plan: Plan) -> Coactions:
        """Find the edges of one window and hold them all.

        Raises:
            TooManyEdgesError: The memory does not hold them.
        """
        batches = (edge_output.named(batch, self.names) for batch in self.run(plan))
        held = within_memory(batches, self.memory_limit_bytes)
        return Coactions(
            window_us=plan.window_us,
            edges=edge_output.to_table(held, self.columns),
            counts=self.counts(plan),
        )


def find_edges(actions: Any, *, window_us: int, **asked: Unpack[Asked]) -> Coactions:
    """Find who acted together, how often and how close in time.

    Args:
        actions: A table as ``coding.batches`` takes it.
        window_us: At most so far apart, µs; 0 for the same moment.
        **asked: See ``Asked``.

    Raises:
        MissingColumnError: A required column is not there.
        WindowTooWideError: The window is so wide that keys do not fit in 64 bits.
    """
    return find_edges_for_windows(actions, windows_us=(window_us,), **asked)[0]


def find_edges_for_windows(
    actions: Any, *, windows_us: Sequence[int], **asked: Unpack[Asked]
) -> tuple[Coactions, ...]:
    """Find the edges of several windows; the actions are read, coded and sorted once.

    Args:
        actions: As for ``find_edges``.
        windows_us: The windows, µs.
        **asked: See ``Asked``.

    Returns:
        One result a window, in the order asked for.
    """
    prepared = prepare(actions, windows_us=windows_us, **asked)
    return tuple(prepared.coactions(plan) for plan in prepared.plans)


def evidence(
    actions: Any,
    account_pairs: Iterable[tuple[str, str]],
    window_us: int,
    most_per_edge: int = 20,
) -> pa.Table:
    """Return the pairs of actions behind some edges; see ``evidence.find_evidence``."""
    return find_evidence(actions, account_pairs, window_us, most_per_edge)


def prepare(actions: Any, *, windows_us: Sequence[int], **asked: Unpack[Asked]) -> Prepared:
    """Read the actions and count the pairs of each window, without making one.

    Args:
        actions: As for ``find_edges``, or coded already.
        windows_us: The windows, µs.
        **asked: See ``Asked``.
    """
    n_rows = getattr(actions, "num_rows", None) or asked.get("n_rows_expected") or 0
    backend = chosen_backend(n_rows, asked)
    if backend == "sweep":
        return _prepare_sweep(actions, windows_us, asked)
    return _prepare_sql(backend, actions, windows_us, asked)


def chosen_backend(n_rows: int, asked: Asked) -> str:
    """Return what will do the work.

    Args:
        n_rows: Rows to be read; 0 where that is not known.
        asked: See ``Asked``.
    """
    backend, limit = asked.get("backend", "auto"), asked.get("memory_limit_bytes")
    if backend != "auto":
        return backend
    return "sql" if limit is not None and n_rows * _BYTES_A_ROW > limit else "sweep"


def edges_between(coded: Coded, pairs: tuple[Codes, Codes], window_us: int) -> pa.Table:
    """Return some edges with all their columns: what the accounts of others did is not looked at.

    Args:
        coded: All actions.
        pairs: Account codes of both ends by edge, the lower first; sorted, each pair once, and
            each with an object in common within the window.
        window_us: The window, µs.
    """
    is_theirs = np.zeros(len(coded.account_names), np.bool_)
    is_theirs[pairs[0]] = is_theirs[pairs[1]] = True
    theirs = coded.taking(is_theirs[coded.account])
    prepared = prepare(theirs, windows_us=(window_us,), min_objects=1)
    n = len(coded.account_names)
    wanted = pairs[0].astype(np.int64) * n + pairs[1]
    kept = []
    for batch in prepared.run(prepared.plans[0]):
        ends = [batch.column(place).to_numpy().astype(np.int64) for place in (0, 1)]
        is_kept = np.isin(ends[0] * n + ends[1], wanted)
        kept.append(edge_output.named(batch.filter(pa.array(is_kept)), coded.account_names))
    return edge_output.to_table(kept, "full")


def _prepare_sweep(actions: Any, windows_us: Sequence[int], asked: Asked) -> Prepared:
    coded = actions if isinstance(actions, Coded) else code_actions(actions)
    timeline = build_timeline(coded, max(windows_us))
    columns = asked.get("columns", "full")

    def run(plan: Plan) -> Iterator[pa.RecordBatch]:
        for chunk in _sweep(coded, timeline, plan, asked).chunks():
            yield edge_output.to_batch(chunk, columns)

    def n_pairs_left(plan: Plan) -> int:
        matters = rows_that_matter(timeline, plan.window_us, asked.get("min_objects", 2))
        return planning.pairs_within(timeline.key[matters], plan.window_us)

    return Prepared(
        plans=tuple(planning.plan_window(coded, timeline, window) for window in windows_us),
        n_rows=coded.n_rows,
        n_rows_null_key=coded.n_rows_null_key,
        backend="sweep",
        columns=columns,
        names=coded.account_names,
        run=run,
        n_pairs_left=n_pairs_left,
        memory_limit_bytes=asked.get("memory_limit_bytes"),
    )


def _prepare_sql(backend: str, actions: Any, windows_us: Sequence[int], asked: Asked) -> Prepared:
    from undersight.engine.relational import Relational

    loaded = Relational(_engine(backend, asked), actions)
    columns = asked.get("columns", "full")
    least = asked.get("min_objects", 2)
    return Prepared(
        plans=tuple(loaded.plan(window_us) for window_us in windows_us),
        n_rows=loaded.n_rows,
        n_rows_null_key=loaded.n_rows - loaded.n_usable,
        backend=backend,
        columns=columns,
        names=None,
        run=lambda plan: loaded.edges(plan, least, columns),
        n_pairs_left=lambda plan: plan.n_pairs_planned,
        memory_limit_bytes=asked.get("memory_limit_bytes"),
    )


def _engine(backend: str, asked: Asked) -> SqlEngine:
    if backend == "spark":
        from undersight.engine.spark_engine import SparkEngine

        return SparkEngine()
    from undersight.engine.duckdb_engine import DuckDbEngine

    return DuckDbEngine(asked.get("memory_limit_bytes"), asked.get("temp_folder"))


def _sweep(coded: Coded, timeline: Timeline, plan: Plan, asked: Asked) -> Sweep:
    is_full = asked.get("columns", "full") == "full"
    needs_details = is_full or plan.n_same_post_pairs > 0
    return Sweep(
        timeline=timeline,
        window_us=plan.window_us,
        min_objects=asked.get("min_objects", 2),
        details=details_of(coded, timeline) if needs_details else None,
        is_full=is_full,
        is_post_shared=plan.n_same_post_pairs > 0,
        progress=asked.get("progress"),
    )
