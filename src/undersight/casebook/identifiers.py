"""Ids that sort by time and collide with nobody's: UUIDv7, strictly rising within a process."""

from __future__ import annotations

import secrets
import threading
import uuid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_RANDOM_BITS = 74


class IdSource:
    """Makes UUIDv7 ids (RFC 9562 §5.7), each greater than the one before.

    Args:
        clock: Returns microseconds UTC.
    """

    def __init__(self, clock: Callable[[], int]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._last = 0

    def __call__(self) -> str:
        """Return the next id."""
        with self._lock:
            fresh = self._clock() // 1000 << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
            # A clock that stands still or goes back must not reorder ids: count on instead.
            self._last = fresh if fresh > self._last else self._last + 1 + secrets.randbits(16)
            return _as_uuid7(self._last)


def _as_uuid7(value: int) -> str:
    """Lay 48 bits of milliseconds and 74 of chance into a UUID of version 7."""
    milliseconds = value >> _RANDOM_BITS & (1 << 48) - 1
    rand_a = value >> 62 & 0xFFF
    rand_b = value & (1 << 62) - 1
    number = milliseconds << 80 | 0x7 << 76 | rand_a << 64 | 0b10 << 62 | rand_b
    return str(uuid.UUID(int=number))
