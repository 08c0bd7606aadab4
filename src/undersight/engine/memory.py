"""How much memory the work may take here."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from undersight.errors import TooManyEdgesError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa

_UNITS = {"KiB": 1024, "MiB": 1024**2, "GiB": 1024**3, "TiB": 1024**4}
_SMALL = 1 << 28
"""Nobody needs to be asked whether so many bytes are there."""


@cache
def allowed_bytes() -> int:
    """Four fifths of what this machine, or the container that the program runs in, has."""
    import duckdb

    with duckdb.connect(":memory:") as connection:
        query = "SELECT current_setting('memory_limit')"
        (told,) = connection.execute(query).fetchall()[0]
    number, _space, unit = str(told).partition(" ")
    return int(float(number) * _UNITS.get(unit, 1))


def is_held(n_bytes: int, limit_bytes: int | None = None) -> bool:
    """Whether memory holds so much.

    Args:
        n_bytes: How much.
        limit_bytes: What was allowed; None for most of what there is.
    """
    if limit_bytes is not None:
        return n_bytes <= limit_bytes
    return n_bytes <= _SMALL or n_bytes <= allowed_bytes()


def within_memory(
    batches: Iterable[pa.RecordBatch], limit_bytes: int | None
) -> Iterator[pa.RecordBatch]:
    """Yield edges that somebody keeps, while memory holds them.

    Args:
        batches: The edges.
        limit_bytes: As for ``is_held``.

    Raises:
        TooManyEdgesError: It does not.
    """
    n_bytes = n_edges = 0
    for batch in batches:
        n_bytes += batch.nbytes
        if not is_held(n_bytes, limit_bytes):
            raise TooManyEdgesError(n_edges, is_in_memory=True)
        n_edges += batch.num_rows
        yield batch
