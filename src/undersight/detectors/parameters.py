"""Parameters of detectors: declared with their bounds, read from words, given back whole."""

from __future__ import annotations

import dataclasses
import difflib
from typing import TYPE_CHECKING, Any, TypeVar

from undersight.errors import InvalidParameterError, UnknownParameterError

if TYPE_CHECKING:
    from collections.abc import Mapping

D = TypeVar("D")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a parameter may be.

    Args:
        about: One sentence, with the unit.
        least: The least number.
        most: The most.
        choices: The words there are, for a parameter of words.
    """

    about: str
    least: float | None = None
    most: float | None = None
    choices: tuple[str, ...] = ()

    @property
    def expected(self) -> str:
        """What a value must be, for people."""
        if self.choices:
            return f"one or more of {', '.join(self.choices)}, separated by commas"
        return f"{self.least:g} to {self.most:g}"


def parameter(
    default: Any,
    about: str,
    *,
    least: float | None = None,
    most: float | None = None,
    choices: tuple[str, ...] = (),
) -> Any:
    """Declare a parameter of a detector: a number, or a tuple of numbers or words."""
    bounds = Bounds(about=about, least=least, most=most, choices=choices)
    return dataclasses.field(default=default, metadata={"bounds": bounds})


def bounds_of(detector_class: type) -> Mapping[str, Bounds]:
    """Return the declared bounds by parameter name, in order."""
    return {
        one.name: one.metadata["bounds"]
        for one in dataclasses.fields(detector_class)
        if "bounds" in one.metadata
    }


def values_of(detector: Any) -> dict[str, Any]:
    """Return every parameter's value; ``rebuilt`` makes the same detector of them."""
    return {name: getattr(detector, name) for name in bounds_of(type(detector))}


def rebuilt(detector_class: type[D], values: Mapping[str, Any]) -> D:
    """Make a detector of its parameters' values; those not named keep their defaults.

    Raises:
        UnknownParameterError: The detector has none of this name.
        InvalidParameterError: A value outside its bounds.
    """
    declared = bounds_of(detector_class)
    detector_id = str(getattr(detector_class, "detector_id", ""))
    defaults = {one.name: one.default for one in dataclasses.fields(detector_class)}  # type: ignore[arg-type]
    given = {}
    for name, value in values.items():
        if name not in declared:
            near = tuple(difflib.get_close_matches(name, declared, n=3))
            raise UnknownParameterError(detector_id, name, near or tuple(declared))
        given[name] = _checked(detector_id, name, value, (defaults[name], declared[name]))
    return detector_class(**given)


def _checked(detector_id: str, name: str, value: Any, known: tuple[Any, Bounds]) -> Any:
    """Return a value, read from words where it is one, once it is within its bounds."""
    default, bounds = known
    is_several = isinstance(default, tuple)
    parts = _parts(value) if is_several else [value]
    kind = type(default[0]) if is_several else type(default)
    try:
        read = [part if isinstance(part, kind) else _number(kind, part) for part in parts]
    except ValueError:
        read = []
    is_good = bool(read) and all(_is_within(one, bounds) for one in read)
    if not is_good:
        raise InvalidParameterError(f"{detector_id}.{name}", str(value), bounds.expected)
    return tuple(sorted(set(read))) if is_several else read[0]


def _parts(value: Any) -> list[Any]:
    if isinstance(value, str):
        return [part.strip() for part in value.split(",")]
    return list(value) if isinstance(value, list | tuple) else [value]


def _number(kind: type, value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError  # noqa: TRY004 - whoever reads words catches this
    number = kind(value)
    if kind is int and float(value) != number:
        raise ValueError
    return number


def _is_within(value: Any, bounds: Bounds) -> bool:
    if bounds.choices:
        return value in bounds.choices
    return (
        bounds.least is not None
        and bounds.most is not None
        and (bounds.least <= value <= bounds.most)
    )
