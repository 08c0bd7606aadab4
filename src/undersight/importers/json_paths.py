"""Reaching into JSON of unknown build without ever failing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def at(value: Any, *path: str) -> Any:
    """Return what stands at the end of some names; None where one of them is missing.

    Args:
        value: Parsed JSON.
        path: Names of objects in objects.
    """
    for name in path:
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value


def text_at(value: Any, *path: str) -> str:
    """Return a text or number as text; empty for anything else.

    Args:
        value: Parsed JSON.
        path: Names of objects in objects.
    """
    found = at(value, *path)
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return ""
    return str(found)


def first_of(record: Mapping[str, Any], *names: str) -> Any:
    """Return the first field that holds something; an empty text if none does.

    Args:
        record: An object.
        names: Its fields, the best first.
    """
    return next((record[name] for name in names if record.get(name)), "")


def listed(value: Any, name: str, field: str) -> list[str]:
    """Return one field of each object of a list.

    Args:
        value: The object that holds the list.
        name: Of the list.
        field: Of its objects.
    """
    found = at(value, name)
    texts = [text_at(one, field) for one in found] if isinstance(found, list) else []
    return [text for text in texts if text]
