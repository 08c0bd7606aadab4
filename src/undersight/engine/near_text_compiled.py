"""MinHash compiled by numba, for many texts; the same numbers as NumPy's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numba
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    Function = Callable[..., Any]


def compiled(function: Function) -> Function:
    """Compile a function; it is kept on disk."""
    made: Function = numba.njit(nogil=True, cache=True)(function)
    return made


@compiled
def least_hashes(mixed, starts, factor):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Return the least hash of each text's grams under one function, without a copy of all."""
    found = np.empty(starts.size - 1, np.uint64)
    for text in range(starts.size - 1):
        least = np.uint64(0xFFFFFFFFFFFFFFFF)
        for place in range(starts[text], starts[text + 1]):
            value = mixed[place] * factor
            least = min(least, value ^ (value >> np.uint64(32)))
        found[text] = least
    return found
