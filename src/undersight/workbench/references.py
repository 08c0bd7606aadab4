"""A reference as people read and write it: the name of what it leads to, and its id.

A form shows ``Tarvin Oskelde · 01a2…``; a person may write the name alone where one recorded
party is called so, and the public id of an entry.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from undersight.errors import InvalidValueError, UnknownIncidentError
from undersight.model.records import Account, Incident, Item, Party, Source
from undersight.text import fold
from undersight.workbench import incidents, people, showing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undersight.model.records import Record
    from undersight.model.schema import FieldSpec
    from undersight.workbench.session import Workspace

MOST_OFFERED = 200
_MOST_NAMESAKES = 5
_SIGN = " · "
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def told(workspace: Workspace, record_ids: Iterable[str]) -> list[str]:
    """Return references as they are read: with a name where there is one, the id last."""
    ids = list(record_ids)
    found = workspace.casebook.get_many(ids)
    publishers = [one.publisher for one in found.values() if isinstance(one, Source)]
    known = workspace.casebook.get_many([one for one in publishers if one])
    names = [_name_of(found.get(one)) or _publisher_of(found.get(one), known) for one in ids]
    return [_SIGN.join(filter(None, one)) for one in zip(names, ids, strict=True)]


def meant(workspace: Workspace, spec: FieldSpec, line: str) -> str:
    """Return the id that a line of a reference's input stands for.

    Args:
        workspace: The workspace.
        spec: The field.
        line: An id, a name with its id behind, or the name of a party.

    Raises:
        InvalidValueError: No party, or more than one, is called so; no entry has this id.
    """
    last = line.rpartition(_SIGN)[2].strip()
    if not _ID.fullmatch(last) and "incident" in spec.target:
        try:
            return incidents.find_incident(workspace, last).record_id
        except UnknownIncidentError as error:
            found = f"“{line[:60]}”"
            raise InvalidValueError("form", spec.name, "the id of one entry", found) from error
    if _ID.fullmatch(last) or "party" not in spec.target:
        return last
    listed, _ = people.listed(workspace, part=line, limit=MOST_OFFERED)
    wanted = fold(line)
    fitting = [one for one in listed if wanted in {fold(name) for name in one["names"]}]
    if len(fitting) == 1:
        return str(fitting[0]["party_id"])
    called = told(workspace, [one["party_id"] for one in fitting[:_MOST_NAMESAKES]])
    found = f"“{line[:60]}”, which is the name of {'; '.join(called) or 'nobody recorded'}"
    raise InvalidValueError("form", spec.name, "the name of one recorded party", found)


def offered(workspace: Workspace, spec: FieldSpec) -> tuple[str, ...]:
    """Return what an input of a reference offers: the first parties by name."""
    if "party" not in spec.target:
        return ()
    listed, _ = people.listed(workspace, limit=MOST_OFFERED)
    return tuple(_SIGN.join((one["names"][0], one["party_id"])) for one in listed if one["names"])


def _publisher_of(record: Record | None, known: Mapping[str, Record]) -> str:
    return _name_of(known.get(record.publisher)) if isinstance(record, Source) else ""


def _name_of(record: Record | None) -> str:
    if isinstance(record, Party):
        name = record.names[0].value if record.names else ""
    elif isinstance(record, Source):
        name = record.title or record.publisher_as_text or record.url
    elif isinstance(record, Account):
        name = record.title or record.url
    elif isinstance(record, Incident):
        name = showing.title_of(record)
    elif isinstance(record, Item):
        name = record.url or record.text[:60]
    else:
        name = ""
    return " ".join(name.split())
