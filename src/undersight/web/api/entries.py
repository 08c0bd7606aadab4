"""Entries, their records, people and the search over them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from undersight.web.api.caller import (
    Asked,
    Drafter,
    Insider,
    Language,
    Reader,
    Writer,
    answers,
    terms,
)
from undersight.workbench import (
    acts_against,
    history,
    incidents,
    people,
    quick_entry,
    searching,
    showing,
    updates,
)

router = APIRouter(prefix="/v1", tags=["entries"])
_WORDS = Field(max_length=10_000)
Named = Annotated[str, Path(min_length=1, max_length=100, pattern=r"^[\w.-]+$")]
"""A public id, or the beginning of a record's id."""

OwnLanguage = Annotated[str, Field(pattern="^[a-z]{2,3}$", description="Of the words.")]


Word = Annotated[str, Field(max_length=200)]


class EntryLine(BaseModel):
    """One entry in a list."""

    incident_id: str
    label: str
    title: str
    when: str
    newest: str
    visibility: str
    monitoring_status: str


class EntryPage(BaseModel):
    """Entries, newest first."""

    total: int
    entries: list[EntryLine]


class NewEntry(Asked):
    """Five answers that make an entry."""

    who: list[Annotated[str, _WORDS]] = Field(
        default=[], max_length=200, description="Those acted upon."
    )
    what: str = Field(max_length=200, description="An act's id, or its words.")
    when: str = Field(max_length=200, description="EDTF, or a date in words.")
    sources: list[Annotated[str, _WORDS]] = Field(
        default=[], max_length=200, description="Outlets or addresses."
    )
    line: str = Field(min_length=1, max_length=10_000, description="What happened.")
    lang: OwnLanguage = "en"


class Recorded(BaseModel):
    """What was stored."""

    incident_id: str
    n_records: int


class NewUpdate(Asked):
    """Something new about an entry; it overwrites nothing."""

    note: str = Field(min_length=1, max_length=10_000, description="What is new, for readers.")
    kind: str = Field(default="new_fact", json_schema_extra=terms("update_kind"))
    published: dt.date | None = Field(default=None, strict=False, description="Today by default.")
    sources: list[Annotated[str, _WORDS]] = Field(default=[], max_length=200)
    denial_by: str = Field(default="", max_length=1000, description="Who denies.")
    denial_of: str = Field(default="", max_length=100, description="Id of the record denied.")
    lang: OwnLanguage = "en"


class Appended(BaseModel):
    """The number of an update within its entry."""

    number: int


class Entry(BaseModel):
    """An entry in words, and its records, the incident first."""

    text: str
    records: list[dict[str, Any]]


class FieldChange(BaseModel):
    """One field before and after."""

    field: str
    before: Any = None
    after: Any = None


class Change(BaseModel):
    """One change: who, when, why, what."""

    change_id: str
    record_id: str
    kind: str
    op: str
    at: str
    author: str
    why: str
    is_erased: bool
    fields: list[FieldChange]


class Why(Asked):
    """The reason for a change."""

    why: str = Field(min_length=1, max_length=1000)


class Fields(Why):
    """Fields of a record with their new values."""

    fields: dict[str, Any] = Field(min_length=1, max_length=100)


class Hit(BaseModel):
    """One thing found; ``marks`` are places in the snippet."""

    record_id: str
    kind: str
    incident_id: str
    label: str
    title: str
    snippet: str
    marks: list[list[int]]


class Found(BaseModel):
    """What a search found, with counts by facet."""

    total: int
    is_lower_bound: bool
    hits: list[Hit]
    facets: dict[str, dict[str, int]]


class PartyLine(BaseModel):
    """One person, outlet or office in a list."""

    party_id: str
    party_kind: str
    names: list[str]
    public_exposure: str | None
    count: int | None


class PartyPage(BaseModel):
    """People, outlets and offices by name."""

    total: int
    parties: list[PartyLine]


Limit = Annotated[int, Query(ge=1, le=1000)]
Offset = Annotated[int, Query(ge=0, le=10_000_000)]


@router.get("/entries", responses=answers())
def list_entries(
    caller: Reader,
    status: Annotated[str, Query(max_length=100)] = "",
    act: Annotated[str, Query(max_length=100)] = "",
    limit: Limit = 100,
    offset: Offset = 0,
) -> EntryPage:
    """Return entries, newest first."""
    with caller.reading() as workspace:
        lines, n_found = showing.listed(
            workspace, status=status, act_type=act, part=(offset, limit)
        )
    shown = [EntryLine(**line.to_json()) for line in lines]
    return EntryPage(total=n_found, entries=shown)


@router.post("/entries", status_code=201, responses=answers(409))
def record_entry(caller: Drafter, new: NewEntry) -> Recorded:
    """Record an entry; it is internal until it is published."""
    answered = quick_entry.Answers(**new.model_dump())
    with caller.writing() as workspace:
        document = quick_entry.document(answered, today=workspace.today)
        entered = incidents.add(workspace, document, why="entered through the API")
    return Recorded(incident_id=entered.incident_id, n_records=entered.n_records)


@router.post("/documents", status_code=201, responses=answers(404, 409))
def record_document(caller: Drafter, document: dict[str, Any]) -> Recorded:
    """Record an entry document, as ``undersight incident add`` takes it: all of it or nothing."""
    with caller.writing() as workspace:
        entered = incidents.add(workspace, document, why="entered through the API")
    return Recorded(incident_id=entered.incident_id, n_records=entered.n_records)


@router.get("/entries/{named}", responses=answers(404))
def show_entry(
    caller: Reader, named: Named, as_of: dt.date | None = None, lang: Language = "en"
) -> Entry:
    """Return an entry's records, as they stand or stood at the end of a day."""
    with caller.reading() as workspace:
        found = incidents.find_incident(workspace, named)
        shown = showing.show(workspace, found.record_id, as_of=as_of, lang=lang)
    return Entry(text=shown.text, records=shown.records)


@router.post("/entries/{named}/updates", status_code=201, responses=answers(404, 409))
def update_entry(caller: Drafter, named: Named, new: NewUpdate) -> Appended:
    """Append what is new."""
    given = new.model_dump(exclude={"published"})
    if new.denial_by:
        given["kind"] = "denial_added"
    with caller.writing() as workspace:
        found = incidents.find_incident(workspace, named)
        day = new.published or workspace.today
        addition = updates.Addition(**given, published=day.isoformat())
        return Appended(number=updates.append(workspace, found, addition).number)


@router.get("/entries/{named}/history", responses=answers(404))
def show_history(caller: Insider, named: Named) -> list[Change]:
    """Return every change of an entry and what belongs to it, oldest first."""
    with caller.reading() as workspace:
        found = incidents.find_incident(workspace, named)
        lines = history.of_incident(workspace, found.record_id)
    return [Change(**line) for line in lines]


@router.get("/records/{record_id}", responses=answers(404))
def show_record(caller: Insider, record_id: Named) -> dict[str, Any]:
    """Return one record of any kind."""
    with caller.reading() as workspace:
        found = workspace.casebook.find(record_id)
        return showing.record_of(workspace, found)


@router.get("/records/{record_id}/history", responses=answers(404))
def show_record_history(caller: Insider, record_id: Named) -> list[Change]:
    """Return every change of one record, oldest first."""
    with caller.reading() as workspace:
        return [Change(**line) for line in history.of_record(workspace, record_id)]


@router.patch("/records/{record_id}", responses=answers(404, 409))
def change_record(caller: Writer, record_id: Named, changed: Fields) -> dict[str, Any]:
    """Change fields of one record; the old values stay in the history."""
    with caller.writing() as workspace:
        found = workspace.casebook.find(record_id)
        updates.edit(workspace, found, changed.fields, why=changed.why)
        return showing.record_of(workspace, found)


@router.post("/changes/{change_id}/undo", responses=answers(404, 409))
def undo_change(caller: Writer, change_id: Named, said: Why) -> list[str]:
    """Take one change back by new ones; return their ids."""
    with caller.writing() as workspace:
        return history.undo(workspace, change_id, why=said.why)


@router.get("/search", responses=answers())
def search(
    caller: Reader,
    text: Annotated[str, Query(max_length=1000)] = "",
    facet: Annotated[tuple[Word, ...], Query()] = (),
    kind: Annotated[tuple[Word, ...], Query()] = (),
    limit: Annotated[int, Query(ge=1, le=200)] = 20,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> Found:
    """Search in any spelling and script, with counts by facet."""
    asked = searching.Asked(text=text, facets=facet, kinds=kind)
    with caller.reading() as workspace:
        return Found(**searching.search(workspace, asked, limit=limit, offset=offset))


@router.get("/parties", responses=answers())
def list_parties(
    caller: Insider,
    kind: Annotated[str, Query(max_length=100)] = "",
    limit: Limit = 100,
    offset: Offset = 0,
) -> PartyPage:
    """Return people, outlets and offices by name."""
    with caller.reading() as workspace:
        lines, n_found = people.listed(workspace, kind=kind, limit=limit, offset=offset)
    return PartyPage(total=n_found, parties=[PartyLine(**line) for line in lines])


@router.get("/parties/{party_id}", responses=answers(404))
def show_party(caller: Insider, party_id: Named) -> dict[str, Any]:
    """Return one party, its entries, what was decided about its names, what was done to it."""
    with caller.reading() as workspace:
        found = workspace.casebook.find(party_id)
        against = acts_against.told(workspace, found, lang="en")
        return {**people.one(workspace, found), "against": against.to_json()}
