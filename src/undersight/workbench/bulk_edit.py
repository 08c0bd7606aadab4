"""One change of many entries: looked at first, written at once, taken back at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from undersight.casebook import PendingChange
from undersight.errors import BulkChangeError
from undersight.model.records import Incident
from undersight.model.schema import fields_of
from undersight.model.vocabulary import vocabulary
from undersight.workbench import showing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from undersight.workbench.session import Workspace

MOST_ENTRIES: Final = 500
ADD_TAG, REMOVE_TAG = "topics+", "topics-"
FIELDS: Final = (
    "monitoring_status",
    "verification",
    "confidentiality",
    "visibility",
    ADD_TAG,
    REMOVE_TAG,
)
"""What can be changed: fields with one term, and tags one at a time."""

_RANK = {"internal": 0, "partner": 1, "public": 2}
_LONGEST_TAG = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A change of many entries.

    Args:
        field: One of `FIELDS`.
        value: A term of the field, or the tag.
    """

    field: str
    value: str

    @property
    def name(self) -> str:
        """The field of the record."""
        return self.field.rstrip("+-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One entry before and after.

    Args:
        incident_id: The entry.
        label: Its public id, or the end of its id inside.
        title: Its title.
        before: The field's JSON value now.
        after: What it becomes.
        is_kept: Whether it stays as it is.
        problem: Why it cannot be changed, as a code: ``wider``, or empty.
    """

    incident_id: str
    label: str
    title: str
    before: Any
    after: Any
    is_kept: bool = False
    problem: str = ""


def choices(field: str, *, lang: str) -> tuple[tuple[str, str], ...]:
    """Return the terms that a field takes, with their words; none for tags."""
    if field in (ADD_TAG, REMOVE_TAG):
        return ()
    known = vocabulary(fields_of(Incident)[field].vocabulary).terms
    return tuple((term_id, term.in_language(lang)) for term_id, term in known.items())


def plan(
    workspace: Workspace, incident_ids: Sequence[str], wanted: Wanted, *, lang: str = "en"
) -> tuple[Row, ...]:
    """Return what a change would do to each entry, in the order given.

    Titles are in the language asked for, where they have it. An entry is opened to more readers
    on its own page only, after the check for harm.

    Raises:
        BulkChangeError: No such field or value, or too many entries.
        UnknownTermError: The value is none of the field's terms.
        UnknownRecordError: One of the entries does not exist.
    """
    _check(incident_ids, wanted)
    rows = []
    for incident_id in dict.fromkeys(incident_ids):
        found = workspace.casebook.get(incident_id)
        if isinstance(found, Incident):
            rows.append(_row(found, wanted, lang))
    return tuple(rows)


def carry_out(
    workspace: Workspace, rows: Sequence[Row], wanted: Wanted, *, why: str
) -> tuple[str, ...]:
    """Write a planned change in one transaction; return the entries that changed.

    Args:
        workspace: Open for writing.
        rows: What was planned.
        wanted: The change.
        why: The reason, for the history.
    """
    changing = [row for row in rows if not row.is_kept and not row.problem]
    drafts = [
        PendingChange(record_id=row.incident_id, fields={wanted.name: row.after})
        for row in changing
    ]
    if drafts:
        workspace.casebook.write(*drafts, why=why)
    return tuple(row.incident_id for row in changing)


def is_as_seen(rows: Sequence[Row], seen: Mapping[str, str]) -> bool:
    """Return whether every entry still holds what a preview showed.

    Args:
        rows: What would be done now.
        seen: What the preview showed, as ``seen_of`` writes it, by entry.
    """
    return all(seen.get(row.incident_id) == seen_of(row) for row in rows)


def seen_of(row: Row) -> str:
    """Return what an entry holds, for a form to carry."""
    return "\n".join(row.before) if isinstance(row.before, list) else str(row.before)


def _check(incident_ids: Sequence[str], wanted: Wanted) -> None:
    if wanted.field not in FIELDS:
        problem = "that field is not changed in many entries at once"
        raise BulkChangeError(wanted.field, problem, f"Choose one of: {', '.join(FIELDS)}")
    if len(incident_ids) > MOST_ENTRIES:
        problem = f"{len(incident_ids)} were chosen and {MOST_ENTRIES} go at once"
        raise BulkChangeError(wanted.field, problem, "Narrow the list down, and go on after")
    if wanted.name == "topics":
        if not wanted.value or len(wanted.value) > _LONGEST_TAG or "\n" in wanted.value:
            problem = f"a tag is one line of 1 to {_LONGEST_TAG} characters"
            raise BulkChangeError(wanted.field, problem, "Type the tag")
        return
    vocabulary(fields_of(Incident)[wanted.field].vocabulary).term(wanted.value, wanted.field)


def _row(incident: Incident, wanted: Wanted, lang: str) -> Row:
    before = getattr(incident, wanted.name)
    before = list(before) if isinstance(before, tuple) else before
    after, problem = _after(before, wanted)
    return Row(
        incident_id=incident.record_id,
        label=incident.public_id or incident.record_id[-8:],
        title=showing.title_of(incident, lang),
        before=before,
        after=after,
        is_kept=before == after,
        problem=problem,
    )


def _after(before: Any, wanted: Wanted) -> tuple[Any, str]:
    if wanted.field == ADD_TAG:
        return [*before, wanted.value] if wanted.value not in before else before, ""
    if wanted.field == REMOVE_TAG:
        return [tag for tag in before if tag != wanted.value], ""
    if wanted.field == "visibility" and _RANK[wanted.value] > _RANK.get(before, 0):
        return before, "wider"
    return wanted.value, ""
