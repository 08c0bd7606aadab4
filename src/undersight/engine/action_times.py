"""Times of actions as µs since 1970 UTC, and what was taken for granted in reading them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

UNITS: Final[Mapping[str, float]] = {"s": 1e6, "ms": 1e3, "us": 1.0, "ns": 1e-3}
"""µs in one unit."""
_SPOKEN: Final = {"s": "seconds", "ms": "milliseconds", "us": "microseconds", "ns": "nanoseconds"}
_BY_MAGNITUDE = ((1e11, "s"), (1e14, "ms"), (1e17, "us"), (float("inf"), "ns"))
_NUMBER = r"^\s*[+-]?\d+(\.\d*)?([eE][+-]?\d+)?\s*$"
_ZONE = r"\d\s*([zZ]|[+-]\d{2}:?\d{2})$"
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MOST = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeForm:
    """How one column says when.

    Args:
        kind: ``timestamp`` (typed), ``number`` or ``text``.
        unit: Of numbers: s, ms, us or ns; empty otherwise.
        said: One sentence on what was taken for granted; empty where nothing was.
    """

    kind: str
    unit: str = ""
    said: str = ""


def form_of(column: pa.Array, name: str, unit: str = "") -> TimeForm:
    """Decide from a column's first rows how it says when.

    Args:
        column: Some rows.
        name: The column's name; an ending such as ``_us`` tells the unit.
        unit: The unit as told; empty to find out.
    """
    if pa.types.is_timestamp(column.type) or pa.types.is_date(column.type):
        is_naive = getattr(column.type, "tz", None) is None
        said = f"times in “{name}” name no zone and are taken as UTC" if is_naive else ""
        return TimeForm(kind="timestamp", said=said)
    numbers = _numbers(column)
    if numbers is None:
        return TimeForm(kind="text", said=f"times in “{name}” without a zone are taken as UTC")
    if not unit:
        unit = next((u for u in ("us", "ms", "ns", "s") if name.lower().endswith(f"_{u}")), "")
    if unit:
        return TimeForm(kind="number", unit=unit)
    # NumPy's own median loads a tenth of a second of masked arrays.
    size = float(np.sort(np.abs(numbers))[numbers.size // 2]) if numbers.size else 0.0
    unit = next(unit for most, unit in _BY_MAGNITUDE if size < most)
    said = f"times in “{name}” are numbers and are taken as {_SPOKEN[unit]} since 1970 UTC"
    return TimeForm(kind="number", unit=unit, said=said)


def to_us(column: pa.Array, form: TimeForm) -> pa.Array:
    """Return int64 µs since 1970 UTC, null where a value cannot be read.

    Args:
        column: The rows.
        form: What ``form_of`` said of the column.
    """
    if form.kind == "timestamp":
        in_us = pa.timestamp("us", tz=getattr(column.type, "tz", None))
        return column.cast(in_us, safe=False).cast(pa.int64())
    if form.kind == "number":
        return _from_numbers(column, form.unit)
    return _from_text(column.cast(pa.string()))


def _is_text(column: pa.Array) -> bool:
    return bool(pa.types.is_string(column.type) or pa.types.is_large_string(column.type))


def _numbers(column: pa.Array) -> npt.NDArray[np.float64] | None:
    """Return the numbers of a column of numbers or of their digits, else None."""
    column = column.drop_null()
    if _is_text(column):
        column = pc.utf8_trim_whitespace(column.filter(pc.not_equal(column, "")))
        numbers_among = column.filter(pc.match_substring_regex(column, _NUMBER))
        # A stray word among numbers is one row that cannot be read, not another form.
        if 2 * len(numbers_among) <= len(column):
            return None
        column = numbers_among
    floats = column.cast(pa.float64(), safe=False)
    numbers: npt.NDArray[np.float64] = floats.to_numpy(zero_copy_only=False)
    finite: npt.NDArray[np.float64] = numbers[np.isfinite(numbers)]
    return finite


def _from_numbers(column: pa.Array, unit: str) -> pa.Array:
    if _is_text(column):
        column = pc.utf8_trim_whitespace(column)
        is_number = pc.match_substring_regex(column, _NUMBER)
        column = pc.if_else(is_number, column, pa.scalar(None, column.type))
        is_whole = pc.all(pc.match_substring_regex(column, r"^-?\d{1,18}$")).as_py() is not False
        column = column.cast(pa.int64() if is_whole else pa.float64())
    missing = column.is_null().to_numpy(zero_copy_only=False)
    if pa.types.is_integer(column.type):
        values = pc.fill_null(column, 0).cast(pa.int64()).to_numpy()
        return pa.array(*_scaled(values, unit, missing))
    numbers = pc.fill_null(column.cast(pa.float64(), safe=False), 0.0).to_numpy() * UNITS[unit]
    missing = missing | ~(np.abs(numbers) < _MOST)
    return pa.array(np.rint(np.where(missing, 0.0, numbers)).astype(np.int64), mask=missing)


def _scaled(
    values: npt.NDArray[np.int64], unit: str, missing: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.int64], None, npt.NDArray[np.bool_]]:
    if unit == "ns":
        return values // 1000, None, missing
    factor = int(UNITS[unit])
    is_over = np.abs(values) > _MOST // factor
    return np.where(is_over, 0, values) * factor, None, missing | is_over


def _from_text(column: pa.Array) -> pa.Array:
    column = pc.utf8_trim_whitespace(column)
    column = pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column)
    is_zoned = pc.fill_null(pc.match_substring_regex(column, _ZONE), fill_value=False)
    zoned = pc.if_else(is_zoned, column, pa.scalar(None, pa.string()))
    plain = pc.if_else(is_zoned, pa.scalar(None, pa.string()), column)
    return pc.coalesce(
        _cast(zoned, pa.timestamp("us", tz="UTC")), _cast(plain, pa.timestamp("us"))
    )


def _cast(column: pa.Array, kind: pa.DataType) -> pa.Array:
    try:
        return column.cast(kind).cast(pa.int64())
    except pa.ArrowInvalid:
        # One odd value refuses the whole batch: read them one by one.
        return pa.array([_parsed(text) for text in column.to_pylist()], pa.int64())


def _parsed(text: str | None) -> int | None:
    if text is None:
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return (moment - _EPOCH) // dt.timedelta(microseconds=1)
