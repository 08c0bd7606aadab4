"""Guessing is slowed down: by name and by address, each wrong try makes the next wait longer."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.errors import TooManyAttemptsError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_LONGEST_WAIT_S = 300.0
_FORGOTTEN_AFTER_S = 3600.0
_MOST_KEPT = 10_000


@dataclass(slots=True)
class _Tried:
    n_wrong: int = 0
    not_before_s: float = 0.0
    last_s: float = 0.0


class Throttle:
    """Counts wrong tries under several keys at once; it is in memory only.

    Args:
        clock: Monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._tried: dict[str, _Tried] = {}
        self._lock = threading.Lock()

    def check(self, keys: Mapping[str, int]) -> None:
        """Go on, or say how long to wait.

        Args:
            keys: What is counted, each with how many wrong tries are free.

        Raises:
            TooManyAttemptsError: One of the keys must wait.
        """
        with self._lock:
            waits = [self._tried[key].not_before_s for key in keys if key in self._tried]
        wait_s = max(waits, default=0.0) - self._clock()
        if wait_s > 0:
            raise TooManyAttemptsError(int(wait_s) + 1)

    def wrong(self, keys: Mapping[str, int]) -> None:
        """Count a wrong try; beyond the free ones each doubles the wait, up to five minutes."""
        now_s = self._clock()
        with self._lock:
            self._forget(now_s)
            for key, n_free in keys.items():
                tried = self._tried.setdefault(key, _Tried())
                tried.n_wrong += 1
                tried.last_s = now_s
                over = tried.n_wrong - n_free
                if over > 0:
                    tried.not_before_s = now_s + min(2.0 ** min(over, 20), _LONGEST_WAIT_S)

    def right(self, key: str) -> None:
        """Forget what was tried under a key."""
        with self._lock:
            self._tried.pop(key, None)

    def _forget(self, now_s: float) -> None:
        if len(self._tried) < _MOST_KEPT:
            return
        old = [k for k, tried in self._tried.items() if tried.last_s + _FORGOTTEN_AFTER_S < now_s]
        for key in old or [min(self._tried, key=lambda k: self._tried[k].last_s)]:
            del self._tried[key]
