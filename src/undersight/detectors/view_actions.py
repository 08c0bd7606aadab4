"""The actions of one view: as codes for the tests, by name for the few that are told of.

Of millions of actions only codes stay in memory. What a finding shows (which posts, whose, when)
is asked of the corpus again, for the accounts and objects concerned.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from undersight.engine.coded_actions import in_order
from undersight.engine.coding import code_actions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import duckdb

    from undersight.detectors.detector import Step
    from undersight.engine.coded_actions import CodedActions
    from undersight.engine.coding import Coded

_BATCH_ROWS = 1 << 17
_BYTES_A_ROW = 128
"""What a look takes for a row, codes and their sorting, before its ties."""
_BYTES = {"KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40}
_COUNTED = """
SELECT coalesce(resolution_us, 1) AS unit_us, min(resolution_us) AS finest_us, count(*) AS n_rows,
       sum(CASE WHEN account IS NULL THEN 1 ELSE 0 END) AS n_without_account,
       sum(CASE WHEN time_us IS NULL THEN 1 ELSE 0 END) AS n_without_time
FROM ({actions}) AS acts
GROUP BY coalesce(resolution_us, 1)
ORDER BY unit_us
"""
_FINE = """
SELECT {columns}
FROM ({actions}) AS acts
WHERE account IS NOT NULL AND time_us IS NOT NULL AND coalesce(resolution_us, 1) <= $coarsest_us
"""
_TOLD = """
SELECT account, object, post, time_us, target
FROM ({fine}) AS acts
WHERE {what} IN (SELECT id FROM asked_about)
ORDER BY post, object, account, time_us
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unit:
    """The rows whose times have one resolution."""

    unit_us: int
    finest_us: int | None
    n_rows: int
    n_without_account: int
    n_without_time: int


class ViewActions:
    """Who acted on what and when, in one view of the corpus.

    Args:
        connection: Has the corpus tables, and the steps before the last, as views or tables.
        sql: The last step: ``account, object, post, time_us, target, resolution_us``.
        values: The values bound in it.
        can_share_post: Whether two rows may be of one post.
        is_object_text: Whether the objects are texts, too long for all to be held.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        sql: str,
        values: Mapping[str, str | int | float],
        *,
        can_share_post: bool,
        is_object_text: bool = False,
    ) -> None:
        self._connection, self._sql, self._values = connection, sql, dict(values)
        self._can_share_post, self._is_object_text = can_share_post, is_object_text
        counted = connection.execute(_COUNTED.format(actions=sql), self._values)
        names = [column[0] for column in counted.description]
        self._units = [_Unit(**dict(zip(names, row, strict=True))) for row in counted.fetchall()]
        self._coded: tuple[int, Coded, CodedActions] | None = None

    @property
    def finest_us(self) -> int | None:
        """The finest resolution among the rows, µs; None where none is known."""
        return min((one.finest_us for one in self._units if one.finest_us is not None),
                   default=None)  # fmt: skip

    def counts(self, window_us: int) -> dict[str, int]:
        """Count the rows, and those that cannot take part at a window.

        Args:
            window_us: The window, µs.
        """
        coarse = [one for one in self._units if one.unit_us > max(window_us, 1)]
        return {
            "n_rows": sum(one.n_rows for one in self._units),
            "n_rows_without_account": sum(int(one.n_without_account) for one in self._units),
            "n_rows_without_time": sum(int(one.n_without_time) for one in self._units),
            "n_rows_too_coarse": sum(one.n_rows for one in coarse),
        }

    def is_too_large(self, window_us: int) -> bool:
        """Return whether a look at a window would take more memory than there is.

        Args:
            window_us: The window, µs.
        """
        return self.bytes_left(window_us) < 0

    def bytes_left(self, window_us: int) -> int:
        """Return what memory a look at a window leaves for its ties; under 0 there is too little.

        Args:
            window_us: The window, µs.
        """
        counts = self.counts(window_us)
        query = "SELECT current_setting('memory_limit')"
        (allowed,) = self._connection.execute(query).fetchall()[0]
        number, _space, unit = str(allowed).partition(" ")
        n_rows = counts["n_rows"] - counts["n_rows_too_coarse"]
        return int(float(number) * _BYTES.get(unit, 1)) - n_rows * _BYTES_A_ROW

    def coded(self, window_us: int) -> tuple[Coded, CodedActions]:
        """Return the rows whose times are fine enough for a window.

        Windows that the same rows are fine enough for share one reading.

        Args:
            window_us: The window, µs.
        """
        coarsest_us = self._coarsest(window_us)
        if self._coded is None or self._coded[0] != coarsest_us:
            self._coded = None  # two at once would take twice the memory
            post = ["post"] if self._can_share_post else []
            fine = self._fine(["account", "object", *post, "time_us", "target"])
            rows = self._run(fine, coarsest_us).to_arrow_reader(_BATCH_ROWS)
            coded = code_actions(rows, is_object_digested=self._is_object_text)
            self._coded = (coarsest_us, *in_order(coded))
        return self._coded[1:]

    def of_accounts(self, accounts: Iterable[str], window_us: int) -> pa.Table:
        """Return what some accounts did: ``account, object, post, time_us, target``.

        Args:
            accounts: Their ids.
            window_us: Only rows fine enough for it, µs.
        """
        return self._told("account", accounts, window_us)

    def on_objects(self, objects: Iterable[str], window_us: int) -> pa.Table:
        """Return what everybody did with some objects, as `of_accounts` does.

        Args:
            objects: Their ids.
            window_us: Only rows fine enough for it, µs.
        """
        return self._told("object", objects, window_us)

    def _coarsest(self, window_us: int) -> int:
        """The coarsest resolution there is that a window allows."""
        fine = [one.unit_us for one in self._units if one.unit_us <= max(window_us, 1)]
        return max(fine, default=0)

    def _fine(self, columns: list[str]) -> str:
        return _FINE.format(columns=", ".join(columns), actions=self._sql)

    def _run(self, sql: str, coarsest_us: int) -> duckdb.DuckDBPyRelation:
        return self._connection.sql(sql, params={**self._values, "coarsest_us": coarsest_us})

    def _told(self, what: str, ids: Iterable[str], window_us: int) -> pa.Table:
        asked = pa.table({"id": pa.array(sorted(set(ids)), pa.string())})
        fine = self._fine(["account", "object", "post", "time_us", "target"])
        self._connection.register("asked_about", asked)
        try:
            found = self._run(_TOLD.format(fine=fine, what=what), self._coarsest(window_us))
            batches = list(map(_once_each, found.to_arrow_reader(_BATCH_ROWS)))
            schema = batches[0].schema if batches else found.limit(0).to_arrow_table().schema
            return pa.Table.from_batches(batches, schema).unify_dictionaries()
        finally:
            self._connection.unregister("asked_about")


def _once_each(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The same rows, with each object and target held once: a text may stand a million times."""
    columns = [
        column.dictionary_encode() if name in ("object", "target") else column
        for name, column in zip(batch.schema.names, batch.columns, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def open_view(
    connection: duckdb.DuckDBPyConnection,
    steps: tuple[Step, ...],
    *,
    can_share_post: bool,
    is_object_text: bool = False,
) -> ViewActions:
    """Run the steps before the last, and open the last as actions.

    Args:
        connection: Has the corpus tables as views.
        steps: Of one view.
        can_share_post: Whether two rows may be of one post.
        is_object_text: Whether the objects are texts.
    """
    *before, last = steps
    for step in before:
        sql = f"CREATE OR REPLACE TEMP TABLE {step.name} AS {step.sql}"
        connection.execute(sql, dict(step.values))
    return ViewActions(connection, last.sql, last.values, can_share_post=can_share_post,
                       is_object_text=is_object_text)  # fmt: skip
