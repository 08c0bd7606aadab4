"""What every imitated tool is: parameters with bounds, columns that it reads, edges."""

from __future__ import annotations

import dataclasses
import typing
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from undersight.errors import InvalidParameterError, UnknownParameterError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CompatEdges:
    """A network as the other tool would give it.

    Args:
        table: Two columns of accounts, then what the tool says of the edge; sorted by accounts.
        is_directed: Whether an edge leads from the first to the second.
        notes: What the tool prints, such as an estimated interval.
    """

    table: pa.Table
    is_directed: bool
    notes: tuple[str, ...] = ()


class Tool(Protocol):
    """Another tool; its dataclass fields are its parameters."""

    tool_id: ClassVar[str]
    window_parameter: ClassVar[str]
    is_messages: ClassVar[bool]

    def find_edges(self, table: pa.Table) -> CompatEdges:
        """Return the tool's network.

        Args:
            table: ``account, object, post, time_us`` with whatever is null; for a tool that reads
                whole messages, ``message_id, user_id, repost_id, reply_id, message, time_us,
                urls``.
        """


def setting(
    default: Any,
    *,
    least: float | None = None,
    most: float | None = None,
    choices: tuple[str, ...] = (),
) -> Any:
    """Declare a parameter with its bounds or its words."""
    bounds = {"least": least, "most": most, "choices": choices}
    return dataclasses.field(default=default, metadata=bounds)


def configured(tool: type[Tool], given: Mapping[str, str]) -> Tool:
    """Return a tool with the parameters that a user wrote.

    Args:
        tool: One of ``TOOLS``.
        given: Text by parameter name.

    Raises:
        UnknownParameterError: The tool has no such parameter.
        InvalidParameterError: A value of another type or outside its bounds.
    """
    fields = {field.name: field for field in dataclasses.fields(tool)}  # type: ignore[arg-type]
    types = typing.get_type_hints(tool)
    values = {}
    for name, text in given.items():
        if name not in fields:
            raise UnknownParameterError(tool.tool_id, name, tuple(fields))
        value = _read(types[name], text)
        if value is None or not _is_within(value, fields[name].metadata):
            raise InvalidParameterError(name, text, _expected(types[name], fields[name].metadata))
        values[name] = value
    return tool(**values)


def _read(kind: type, text: str) -> Any:
    words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    try:
        return words.get(text.lower()) if kind is bool else kind(text)
    except ValueError:
        return None


def _is_within(value: Any, bounds: Mapping[str, Any]) -> bool:
    if bounds.get("choices"):
        return value in bounds["choices"]
    least, most = bounds.get("least"), bounds.get("most")
    return (least is None or value >= least) and (most is None or value <= most)


def _expected(kind: type, bounds: Mapping[str, Any]) -> str:
    if bounds.get("choices"):
        return f"one of {', '.join(bounds['choices'])}"
    if kind is bool:
        return "true or false"
    least, most = bounds.get("least"), bounds.get("most")
    limits = " and ".join(
        f"{word} {value:g}" for word, value in (("at least", least), ("at most", most))
        if value is not None
    )  # fmt: skip
    name = {int: "a whole number", float: "a number", str: "a word"}[kind]
    return f"{name}, {limits}" if limits else name
