"""Days and microseconds: days are whole days UTC."""

from __future__ import annotations

import datetime as dt
import functools
import time

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_DAY_US = 86_400_000_000
_MICROSECOND = dt.timedelta(microseconds=1)


def now_us() -> int:
    """Return the time, microseconds UTC."""
    return time.time_ns() // 1000


def moment_of(at_us: int) -> dt.datetime:
    """Return a time as an aware datetime."""
    return _EPOCH + dt.timedelta(microseconds=at_us)


def date_of(at_us: int) -> dt.date:
    """Return the day of a time."""
    return _day(at_us // _DAY_US)


@functools.lru_cache(maxsize=4096)
def _day(n_days: int) -> dt.date:
    """The same object for all records of a day: a snapshot holds two of them for each."""
    return _EPOCH.date() + dt.timedelta(days=n_days)


def day_of(at_us: int) -> str:
    """Return the day of a time as ISO text."""
    return date_of(at_us).isoformat()


def end_of(day: dt.date) -> int:
    """Return the first microsecond after a day."""
    midnight = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
    return (midnight - _EPOCH) // _MICROSECOND + _DAY_US
