"""Entries for programs: list, show, record."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from undersight.errors import ForeignRequestError, LockedError
from undersight.web.access import Access, Session
from undersight.workbench import incidents, quick_entry, searching, showing

router = APIRouter(prefix="/v1")
_EVERY: dict[int | str, dict[str, Any]] = {
    401: {"description": "Locked."},
    403: {"description": "Sent by another page."},
}


class EntryLine(BaseModel):
    """One entry in a list."""

    incident_id: str
    label: str
    title: str
    when: str
    newest: str
    visibility: str
    monitoring_status: str


class NewEntry(BaseModel):
    """Five answers that make an entry."""

    who: list[str] = Field(default=[], max_length=200, description="Those acted upon.")
    what: str = Field(max_length=200, description="An act's id, or its words.")
    when: str = Field(max_length=200, description="EDTF, or a date in words.")
    sources: list[str] = Field(default=[], max_length=200, description="Outlets or addresses.")
    line: str = Field(min_length=1, max_length=10_000, description="What happened.")
    lang: str = Field(default="en", pattern="^[a-z]{2,3}$", description="Language of the words.")


class Recorded(BaseModel):
    """What was stored of a new entry."""

    incident_id: str
    n_records: int


class Door(BaseModel):
    """The session, and what every request that changes something must send."""

    form_token: str
    title: str


def _session(request: Request) -> tuple[Access, Session]:
    """Return the door and the session of a request.

    Raises:
        LockedError: It has none.
    """
    access: Access = request.app.state.access
    session = access.session(request.cookies.get(request.app.state.cookie, "")[:100])
    if session is None or not access.may(session, "read"):
        raise LockedError
    return access, session


def _writer(request: Request) -> Access:
    """Return the door for a request that changes something.

    Raises:
        ForeignRequestError: It does not hold the session's token.
    """
    access, session = _session(request)
    if not access.is_form_token(session.token, request.headers.get("x-csrf-token", "")):
        raise ForeignRequestError("it does not hold the session's token")
    return access


@router.get("/session", responses=_EVERY)
def session(request: Request) -> Door:
    """Return the token that requests send as ``X-CSRF-Token``."""
    access, found = _session(request)
    with access.desk.reading() as workspace:
        title = workspace.settings.workspace.title
    return Door(form_token=access.form_token(found.token), title=title)


@router.get("/entries", responses=_EVERY)
def list_entries(
    request: Request,
    status: Annotated[str, Query(max_length=100)] = "",
    act: Annotated[str, Query(max_length=100)] = "",
) -> list[EntryLine]:
    """Return entries, newest first."""
    access, _ = _session(request)
    with access.desk.reading() as workspace:
        lines = showing.listing(workspace, status=status, act_type=act)
    return [EntryLine(**line.to_json()) for line in lines]


@router.get("/entries/{named}", responses={**_EVERY, 404: {"description": "No such entry."}})
def show_entry(
    request: Request, named: str, as_of: dt.date | None = None, lang: str = "en"
) -> dict[str, Any]:
    """Return an entry's records, as they stand or stood at the end of a day."""
    access, _ = _session(request)
    with access.desk.reading() as workspace:
        found = incidents.find_incident(workspace, named)
        shown = showing.show(workspace, found.record_id, as_of=as_of, lang=lang)
    return {"text": shown.text, "records": shown.records}


@router.get("/search", responses=_EVERY)
def search(
    request: Request,
    text: Annotated[str, Query(max_length=1000)] = "",
    facet: Annotated[list[str] | None, Query(max_length=50)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 20,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> dict[str, Any]:
    """Search in any spelling and script, with counts by facet."""
    access, _ = _session(request)
    asked = searching.Asked(text=text, facets=facet or [])
    with access.desk.reading() as workspace:
        return searching.search(workspace, asked, limit=limit, offset=offset)


@router.post("/entries", status_code=201, responses=_EVERY)
def record_entry(request: Request, new: NewEntry) -> Recorded:
    """Record an entry; it is internal until it is published."""
    access = _writer(request)
    answers = quick_entry.Answers(
        who=new.who,
        what=new.what,
        when=new.when,
        sources=new.sources,
        line=new.line,
        lang=new.lang,
    )
    with access.desk.writing("serve api") as workspace:
        document = quick_entry.document(answers, today=workspace.today)
        entered = incidents.add(workspace, document, why="entered through the API")
    return Recorded(incident_id=entered.incident_id, n_records=entered.n_records)
