"""Parts of a file in pieces of bounded size."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

from undersight.model.corpus_rows import PostRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.corpus.loading import Part

BATCH_CHARACTERS = 4_000_000
_PIECE_ROWS = 1_000
_COLLECTED_EVERY = 500_000


@contextmanager
def rings_left_alone() -> Iterator[None]:
    """Look for rings of values less often: rows have none, and it takes a fifth of all time."""
    before = gc.get_threshold()
    gc.set_threshold(_COLLECTED_EVERY, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def in_pieces(parts: Iterator[Part]) -> Iterator[list[Part]]:
    """Parts, some hundreds at a time, fewer where their texts are long."""
    some: list[Part] = []
    n_characters = 0
    for part in parts:
        some.append(part)
        if part.__class__ is PostRow:
            n_characters += len(part.text)
        if len(some) == _PIECE_ROWS or n_characters >= BATCH_CHARACTERS:
            yield some
            some, n_characters = [], 0
    yield some
