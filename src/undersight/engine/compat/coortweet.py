"""CooRTweet 2.1.3: ``detect_groups`` then ``generate_coordinated_network``.

Source of the rules: the package's documentation and output (Righetti and Balluff 2025, CCR 7(1));
the same edges and weights come out, in our order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pyarrow as pa

from undersight.engine.compat.pairing import all_pairs, codes_of, n_distinct, named_table
from undersight.engine.compat.tool import CompatEdges, setting

if TYPE_CHECKING:
    import numpy.typing as npt

    Integers = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """The input, in the order in which the tool compares: by account as they first appear."""

    account: Integers
    content: Integers
    time_us: Integers
    object: Integers
    object_as_content: Integers


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pairs:
    """Pairs of rows: the older and the newer, and their distance in µs."""

    older: Integers
    newer: Integers
    delta_us: Integers

    def taking(self, kept: Flags) -> _Pairs:
        return _Pairs(older=self.older[kept], newer=self.newer[kept], delta_us=self.delta_us[kept])


@dataclass(frozen=True, slots=True, kw_only=True)
class Coortweet:
    """CooRTweet's parameters, with its defaults.

    Args:
        time_window: Seconds, both ends included.
        min_participation: Accounts with fewer rows are left out before and after.
        remove_loops: Leave out pairs of one account, of one post, and with the original post.
        edge_weight: Edges over this quantile (type 7) of all weights get ``weight_threshold`` 1.
        subgraph: 0 all edges; 1 those over the threshold; 2 those of the fast network over its
            threshold; 3 all edges among the accounts of 2 and their neighbours.
        fast_window: Seconds of ``flag_speed_share``; 0 for no fast network.
    """

    tool_id: ClassVar[str] = "coortweet"
    window_parameter: ClassVar[str] = "time_window"
    is_messages: ClassVar[bool] = False

    time_window: float = setting(10.0, least=0)
    min_participation: int = setting(2, least=1)
    remove_loops: bool = setting(default=True)
    edge_weight: float = setting(0.5, least=0, most=1)
    subgraph: int = setting(0, least=0, most=3)
    fast_window: float = setting(0.0, least=0)

    def find_edges(self, table: pa.Table) -> CompatEdges:
        """Return the network of a table ``account, object, post, time_us``."""
        rows, names = _read(table)
        pairs = self._detect(rows)
        found = _network(rows, names, pairs, self.edge_weight)
        notes = [f"{pairs.older.size} pairs of rows"]
        n_without = int(np.count_nonzero(rows.object == -1))
        if n_without:
            notes.append(
                f"{n_without} rows have no object; CooRTweet counts them among an account's rows "
                f"(min_participation): leave them out of the file if they are none"
            )
        if self.fast_window > 0:
            near = pairs.taking(pairs.delta_us <= _us(self.fast_window))
            fast = near.taking(self._is_active(rows, near))
            notes.append(f"{fast.older.size} of them within {self.fast_window:g} s")
            found = _with_fast(found, _network(rows, names, fast, self.edge_weight))
        return CompatEdges(
            table=_subgraph(found, self.subgraph), is_directed=False, notes=tuple(notes)
        )

    def _detect(self, rows: _Rows) -> _Pairs:
        is_enough = np.bincount(rows.account)[rows.account] >= self.min_participation
        group = np.where(is_enough, rows.object, -2)
        if not self.remove_loops:  # rows without an object are then a group of their own
            group = np.where(group == -1, rows.object.max(initial=0) + 1, group)
        one, other = all_pairs(group, rows.time_us, _us(self.time_window))
        is_swapped = rows.time_us[one] > rows.time_us[other]
        older, newer = np.where(is_swapped, other, one), np.where(is_swapped, one, other)
        pairs = _Pairs(
            older=older, newer=newer, delta_us=rows.time_us[newer] - rows.time_us[older]
        )
        if self.remove_loops:
            pairs = pairs.taking(~_is_loop(rows, pairs))
        return pairs.taking(self._is_active(rows, pairs))

    def _is_active(self, rows: _Rows, pairs: _Pairs) -> Flags:
        """Mark pairs of which either post is of an account with enough rows among the found."""
        contents = np.concatenate([rows.content[pairs.older], rows.content[pairs.newer]])
        is_found = np.isin(rows.content, contents)
        n_found = np.bincount(rows.account[is_found], minlength=rows.account.max(initial=0) + 1)
        is_active = is_found & (n_found[rows.account] >= self.min_participation)
        active = np.unique(rows.content[is_active])
        return np.isin(rows.content[pairs.older], active) | np.isin(
            rows.content[pairs.newer], active
        )


def _us(seconds: float) -> int:
    return round(seconds * 1_000_000)


def _read(table: pa.Table) -> tuple[_Rows, list[str]]:
    table = table.filter(pa.compute.and_(table["account"].is_valid(), table["time_us"].is_valid()))
    account, names = codes_of(table["account"])
    objects, object_names = codes_of(table["object"])
    has_posts = "post" in table.column_names
    content, content_names = (
        codes_of(table["post"]) if has_posts else (np.arange(len(account)), [])
    )
    place = {name: code for code, name in enumerate(content_names)}
    as_content = np.array([place.get(name, -1) for name in object_names] + [-1], np.int64)
    # The tool regroups its rows by account, as accounts first appear.
    _, first = np.unique(account, return_index=True)
    order = np.argsort(first[account], kind="stable")
    return _Rows(
        account=account[order],
        content=content[order],
        time_us=table["time_us"].to_numpy()[order],
        object=objects[order],
        object_as_content=as_content[objects][order],
    ), names


def _is_loop(rows: _Rows, pairs: _Pairs) -> Flags:
    one, other = pairs.older, pairs.newer
    original = rows.object_as_content[one]
    is_original = (original >= 0) & (
        (original == rows.content[one]) | (original == rows.content[other])
    )
    is_same_post = rows.content[one] == rows.content[other]
    is_loop: Flags = is_original | is_same_post | (rows.account[one] == rows.account[other])
    return is_loop


def _network(rows: _Rows, names: list[str], pairs: _Pairs, edge_weight: float) -> pa.Table:
    one, other = rows.account[pairs.older], rows.account[pairs.newer]
    n_names = max(1, len(names))
    key = np.minimum(one, other) * n_names + np.maximum(one, other)
    edges, edge, weight = np.unique(key, return_inverse=True, return_counts=True)
    seconds = np.bincount(edge, weights=pairs.delta_us / 1e6, minlength=edges.size)
    n_older = n_distinct(edge, rows.content[pairs.older], edges.size)
    n_newer = n_distinct(edge, rows.content[pairs.newer], edges.size)
    least = np.quantile(weight, edge_weight) if edges.size else 0
    columns = {
        "weight": pa.array(weight.astype(np.int64)),
        "avg_time_delta": pa.array(seconds / weight),
        "n_content_id": pa.array(n_older),
        "n_content_id_y": pa.array(n_newer),
        "edge_symmetry_score": pa.array(
            np.minimum(n_older, n_newer) / np.maximum(np.maximum(n_older, n_newer), 1)
        ),
        "weight_threshold": pa.array((weight > least).astype(np.int64)),
    }
    return named_table(names, (edges // n_names, edges % n_names), columns)


def _with_fast(edges: pa.Table, fast: pa.Table) -> pa.Table:
    """Add what the fast network says of each edge; 0 where it has none."""
    by_ends = {
        (row["from"], row["to"]): (row["weight"], row["weight_threshold"])
        for row in fast.to_pylist()
    }
    ends = zip(edges["from"].to_pylist(), edges["to"].to_pylist(), strict=True)
    found = [by_ends.get(pair, (0, 0)) for pair in ends]
    edges = edges.append_column("weight_fast", pa.array([one[0] for one in found], pa.int64()))
    return edges.append_column(
        "weight_threshold_fast", pa.array([one[1] for one in found], pa.int64())
    )


def _subgraph(edges: pa.Table, which: int) -> pa.Table:
    if which == 0:
        return edges
    if which == 1:
        return edges.filter(pa.compute.equal(edges["weight_threshold"], 1))
    if "weight_threshold_fast" not in edges.column_names:
        return edges.slice(0, 0)
    over = edges.filter(pa.compute.equal(edges["weight_threshold_fast"], 1))
    if which == 2:
        return over
    marked = {*over["from"].to_pylist(), *over["to"].to_pylist()}
    ends = list(zip(edges["from"].to_pylist(), edges["to"].to_pylist(), strict=True))
    near = {name for pair in ends if marked & set(pair) for name in pair}
    return edges.filter(pa.array([near.issuperset(pair) for pair in ends], pa.bool_()))
