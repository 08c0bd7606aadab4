"""Changes that were written together, as a person thinks of them: one form, one step back."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from undersight.workbench import history

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undersight.workbench.session import Workspace

MOST_UNDONE = 1500
"""More changes than this are not offered to be taken back at once: a form could not hold them."""

_ONE_FORM_S = 2
_MOST_LOOKED_AT = 2000
_FOR_GOOD = ("withdraw", "erase")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSet:
    """Changes written together.

    Args:
        at_us: When the last of them was written, µs since 1970 UTC.
        author: Staff id of who wrote them.
        why: The reason given.
        changes: The changes as JSON, each with ``is_new``, in order of time.
    """

    at_us: int
    author: str
    why: str
    changes: tuple[dict[str, Any], ...]

    @property
    def change_ids(self) -> tuple[str, ...]:
        """The changes' ids; none where one of them stays for ever, as a public id does."""
        if any(one["kind"] == "update" or one["op"] in _FOR_GOOD for one in self.changes):
            return ()
        if any(field["field"] == "public_id" for one in self.changes for field in one["fields"]):
            return ()  # a number that readers cite is not given to another entry
        ids = tuple(one["change_id"] for one in self.changes if not one["is_erased"])
        return ids if len(ids) <= MOST_UNDONE else ()


def of_incident(workspace: Workspace, incident_id: str) -> tuple[ChangeSet, ...]:
    """Return what was changed in an entry and what belongs to it, the latest first."""
    return grouped(history.of_incident(workspace, incident_id))


def latest(workspace: Workspace, *, most: int = 40) -> tuple[ChangeSet, ...]:
    """Return what was written last by whoever works here, the latest first.

    Args:
        workspace: The workspace.
        most: How many sets.
    """
    head = workspace.casebook.history_head().length
    lines = [
        {
            "change_id": change.change_id,
            "record_id": change.record_id,
            "kind": change.kind,
            "op": change.op,
            "at": dt.datetime.fromtimestamp(change.at_us / 1_000_000, dt.UTC).isoformat(),
            "author": change.author,
            "why": change.why,
            "is_erased": bool(change.erased_for),
            "fields": [{"field": name} for name in change.fields],
        }
        for change in workspace.casebook.changes_since(max(-1, head - _MOST_LOOKED_AT - 1))
        if change.author == workspace.staff_id
    ]
    return grouped(lines)[:most]


def grouped(lines: Iterable[dict[str, Any]]) -> tuple[ChangeSet, ...]:
    """Return changes that one author wrote at once and for one reason as sets, latest first.

    Args:
        lines: Changes as ``history`` gives them, oldest first.
    """
    found: list[list[dict[str, Any]]] = []
    known: set[str] = set()
    for told in lines:
        line = {**told, "is_new": told["record_id"] not in known}
        known.add(line["record_id"])
        if found and _is_with(found[-1][-1], line):
            found[-1].append(line)
        else:
            found.append([line])
    return tuple(
        ChangeSet(
            at_us=_at_us(lines[-1]),
            author=lines[-1]["author"],
            why=lines[-1]["why"],
            changes=tuple(lines),
        )
        for lines in reversed(found)
    )


@contextmanager
def noting(workspace: Workspace) -> Iterator[list[str]]:
    """Note the ids of what is written meanwhile, where all of it can be taken back.

    Args:
        workspace: Open for writing.

    Yields:
        A list that is filled at the end.
    """
    written: list[str] = []
    before = workspace.casebook.history_head().length
    yield written
    ids: list[str] = []
    for change in islice(workspace.casebook.changes_since(before - 1), MOST_UNDONE + 1):
        if change.kind == "update" or change.op in _FOR_GOOD:
            return
        ids.append(change.change_id)
    if len(ids) <= MOST_UNDONE:
        written += ids


def take_back(workspace: Workspace, change_ids: Iterable[str], *, why: str) -> int:
    """Take changes back together, all or none, and return how many records changed.

    Args:
        workspace: Open for writing.
        change_ids: The changes.
        why: The reason, for the history.

    Raises:
        UndersightError: One cannot be taken back, or was overwritten since.
    """
    done = workspace.casebook.undo_together(tuple(change_ids), why)
    return len({change.record_id for change in done})


def _is_with(before: dict[str, Any], line: dict[str, Any]) -> bool:
    is_alike = (before["author"], before["why"]) == (line["author"], line["why"])
    return is_alike and abs(_at_us(line) - _at_us(before)) <= _ONE_FORM_S * 1_000_000


def _at_us(line: dict[str, Any]) -> int:
    return int(dt.datetime.fromisoformat(line["at"]).timestamp()) * 1_000_000
