"""Actions as integers: every distinct id becomes one exact code, batch by batch.

Codes are exact (a dictionary, never a hash), and the accounts' codes are the ranks of their ids
by code point: an edge's ``account_a < account_b`` is a comparison of integers everywhere. Only
codes and the distinct ids stay in memory, never the column of strings. Of long texts not even
these: they go by their digests (`code_actions`), which no two texts share.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from undersight.errors import MissingColumnError, TooManyIdsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

KEYS = ("account", "object")
OPTIONAL = ("post", "target")
_BATCH_ROWS = 1 << 18
_MOST_CODES = 2**31 - 1
_MOST_WAITING = 1 << 20  # ids of batches that are kept as they came
NO_CODE = -1
_N_BYTES = 16  # of a digest: two of 10^8 texts share one with a chance of 10^-23


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """Actions as parallel integer arrays of one length.

    Args:
        account: int32 code by row: the rank of the id among all ids, by code point.
        object: int32 code by row, in order of first appearance.
        time_us: int64 µs since 1970 UTC by row; negative before.
        post: int32 code by row, -1 where the row names none (it is then a post of its own);
            None where no row names one.
        target: int32 code by row, -1 where there is none; None where no row has one.
        account_names: Id by account code, sorted.
        object_names: Id by object code; digests of 16 bytes, rising, if that was asked for.
        post_names: Id by post code; empty where ``post`` is None.
        n_rows: Rows read.
        n_rows_null_key: Rows left out: no account, object or time.
    """

    account: npt.NDArray[np.int32]
    object: npt.NDArray[np.int32]
    time_us: npt.NDArray[np.int64]
    post: npt.NDArray[np.int32] | None
    target: npt.NDArray[np.int32] | None
    account_names: pa.Array
    object_names: pa.Array
    post_names: pa.Array
    n_rows: int
    n_rows_null_key: int

    @property
    def n_actions(self) -> int:
        """Rows that take part."""
        return int(self.account.size)

    def taking(self, kept: npt.NDArray[np.bool_]) -> Coded:
        """Return some of the rows; codes and names stay.

        Args:
            kept: bool by row.
        """
        return replace(
            self,
            account=self.account[kept],
            object=self.object[kept],
            time_us=self.time_us[kept],
            post=None if self.post is None else self.post[kept],
            target=None if self.target is None else self.target[kept],
        )


def code_actions(actions: Any, *, is_object_digested: bool = False) -> Coded:
    """Read actions once, in batches, and return their codes.

    Args:
        actions: Whatever ``batches`` takes, with the columns ``account``, ``object``, ``time_us``
            and, where they are known, ``post`` and ``target``.
        is_object_digested: Keep digests of the objects (BLAKE2b, 128 bits) in place of their
            ids: for millions of texts, which would take the memory.

    Raises:
        MissingColumnError: A required column is not there.
        TooManyIdsError: More distinct ids than 32-bit codes.
    """
    encoders: dict[str, _Encoder | _Digests] = {name: _Encoder() for name in (*KEYS, *OPTIONAL)}
    if is_object_digested:
        encoders["object"] = _Digests()
    times: list[npt.NDArray[np.int64]] = []
    n_rows = 0
    for batch in batches(actions):
        n_rows += batch.num_rows
        kept = _with_keys(batch)
        time_us = kept.column("time_us").cast(pa.int64()).to_numpy(zero_copy_only=False)
        times.append(time_us.copy())  # what was not copied keeps the whole batch in memory
        for name, encoder in encoders.items():
            if name in kept.schema.names:
                encoder.add(kept.column(name))
    time_us = np.concatenate(times) if times else np.empty(0, np.int64)
    times.clear()
    account, account_names = _by_rank(*encoders["account"].result())
    objects, object_names = encoders["object"].result()
    post, post_names = encoders["post"].result()
    target, _ = encoders["target"].result()
    # What reading took is given back before the pairs need room.
    pa.default_memory_pool().release_unused()
    return Coded(
        account=account,
        object=objects,
        time_us=time_us,
        post=post if len(post_names) else None,
        target=target if target.size and target.max() >= 0 else None,
        account_names=account_names,
        object_names=object_names,
        post_names=post_names,
        n_rows=n_rows,
        n_rows_null_key=n_rows - time_us.size,
    )


def batches(actions: Any) -> Iterator[pa.RecordBatch]:
    """Yield record batches of a table in any form that Arrow understands.

    Args:
        actions: A DuckDB relation; a DuckDB connection with a table or view ``actions``; an Arrow
            table, batch or reader; or any object with the Arrow C stream interface.

    Raises:
        MissingColumnError: A required column is not there.
    """
    reader = _reader(actions)
    for needed in (*KEYS, "time_us"):
        if needed not in reader.schema.names:
            raise MissingColumnError(needed, tuple(reader.schema.names))
    for batch in reader:
        for start in range(0, batch.num_rows, _BATCH_ROWS):
            yield batch.slice(start, _BATCH_ROWS)


def _reader(actions: Any) -> pa.RecordBatchReader:
    if hasattr(actions, "execute") and hasattr(actions, "table"):
        actions = actions.table("actions")
    if hasattr(actions, "to_arrow_reader"):
        return actions.to_arrow_reader(_BATCH_ROWS)
    if isinstance(actions, pa.RecordBatch):
        return pa.RecordBatchReader.from_batches(actions.schema, [actions])
    return pa.RecordBatchReader.from_stream(actions)


def _with_keys(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Leave out rows without account, object or time."""
    kept = [batch.column("time_us").is_valid()]
    for name in KEYS:
        column = batch.column(name)
        kept.append(column.is_valid())
        if pa.types.is_dictionary(column.type):
            empty = pc.index(column.dictionary, pa.scalar("", column.type.value_type)).as_py()
            if empty >= 0:
                kept.append(pc.not_equal(column.indices, empty))
        elif pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            kept.append(pc.not_equal(column, ""))
    lossy = [mask for mask in kept if mask.null_count or mask.true_count < len(mask)]
    if not lossy:
        return batch
    return batch.filter(pc.fill_null(reduce(pc.and_, lossy), fill_value=False))


class _Encoder:
    """Collects one column's batches as dictionary arrays; joins them when many ids wait."""

    def __init__(self) -> None:
        self._names = pa.array([], pa.string())
        self._codes: list[npt.NDArray[np.int32]] = []
        self._chunks: list[pa.DictionaryArray] = []
        self._n_waiting = 0

    def add(self, column: pa.Array) -> None:
        if not pa.types.is_dictionary(column.type) or column.type.value_type != pa.string():
            column = column.cast(pa.string()).dictionary_encode()
        if column.type.index_type != pa.int32():
            column = column.cast(pa.dictionary(pa.int32(), pa.string()))
        self._chunks.append(column)
        self._n_waiting += len(column.dictionary)
        if self._n_waiting > max(_MOST_WAITING, len(self._names)):
            self._join()

    def _join(self) -> None:
        """Give the waiting batches their codes; codes given before stay what they are."""
        known = pa.DictionaryArray.from_arrays(pa.array([], pa.int32()), self._names)
        unified = pa.chunked_array([known, *self._chunks]).unify_dictionaries()
        self._chunks, self._n_waiting = [], 0
        self._names = unified.chunk(0).dictionary
        if len(self._names) > _MOST_CODES:
            raise TooManyIdsError(len(self._names), _MOST_CODES)
        self._codes += [_indices(chunk).copy() for chunk in unified.chunks[1:]]

    def result(self) -> tuple[npt.NDArray[np.int32], pa.Array]:
        """Return the codes, -1 for null and empty, and the id of each code."""
        if self._chunks:
            self._join()
        codes = np.concatenate(self._codes) if self._codes else np.empty(0, np.int32)
        self._codes = []
        return _without_empty(codes, self._names)


class _Digests:
    """Collects the digests of one column, every row with a text; each digest becomes one code."""

    def __init__(self) -> None:
        self._parts: list[npt.NDArray[np.uint64]] = []

    def add(self, column: pa.Array) -> None:
        texts = column.cast(pa.string()).to_pylist()
        digests = b"".join(blake2b(text.encode(), digest_size=_N_BYTES).digest() for text in texts)
        self._parts.append(np.frombuffer(digests, ">u8").astype(np.uint64).reshape(-1, 2))

    def result(self) -> tuple[npt.NDArray[np.int32], pa.Array]:
        """Return the codes, in the order of the digests, and the digest of each."""
        halves = np.concatenate([np.empty((0, 2), np.uint64), *self._parts])
        self._parts.clear()
        order = np.lexsort((halves[:, 1], halves[:, 0]))
        halves = halves[order]
        is_first = np.ones(order.size, np.bool_)
        is_first[1:] = (halves[1:] != halves[:-1]).any(axis=1)
        codes = np.empty(order.size, np.int32)
        codes[order] = np.cumsum(is_first, dtype=np.int32) - np.int32(1)
        names = pa.py_buffer(halves[is_first].astype(">u8").tobytes())
        n_names = int(np.count_nonzero(is_first))
        return codes, pa.Array.from_buffers(pa.binary(_N_BYTES), n_names, [None, names])


def _indices(chunk: pa.DictionaryArray) -> npt.NDArray[np.int32]:
    indices = chunk.indices
    if indices.null_count:
        indices = pc.fill_null(indices, NO_CODE)
    found: npt.NDArray[np.int32] = indices.to_numpy()
    return found


def _without_empty(
    codes: npt.NDArray[np.int32], names: pa.Array
) -> tuple[npt.NDArray[np.int32], pa.Array]:
    """Treat the empty id as no id."""
    empty = pc.index(names, pa.scalar("")).as_py()
    if empty < 0:
        return codes, names
    codes = np.where(codes == empty, np.int32(NO_CODE), codes - (codes > empty))
    return codes.astype(np.int32), pa.concat_arrays([names[:empty], names[empty + 1 :]])


def _by_rank(
    codes: npt.NDArray[np.int32], names: pa.Array
) -> tuple[npt.NDArray[np.int32], pa.Array]:
    """Renumber codes so that they follow the order of the ids (bytes of UTF-8 = code points)."""
    order = pc.sort_indices(names)
    rank = np.empty(len(names), np.int32)
    rank[order.to_numpy()] = np.arange(len(names), dtype=np.int32)
    return rank[codes] if len(names) else codes, names.take(order)
