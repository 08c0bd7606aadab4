"""Evidence: what is under seal, where an object came from, whether anybody edited anything."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from undersight.web.api.caller import Asked, Drafter, Insider, answers
from undersight.web.api.jobs import JobView, view_of
from undersight.workbench import evidence_room

router = APIRouter(prefix="/v1", tags=["evidence"])
DigestInPath = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
"""SHA-256 of an object, hex."""


class Intake(BaseModel):
    """Something that came in."""

    object: str
    name: str
    n_bytes: int
    at: str
    type: str
    facts: dict[str, str]
    is_sealed: bool | None = None


class SealView(BaseModel):
    """One seal."""

    seal: str
    claimed_at: str
    purpose: str
    items: int
    key: str
    stamps: list[str]
    is_stamped: bool


class Evidence(BaseModel):
    """What the vault holds: the latest intakes and every seal, latest first."""

    n_intakes: int
    n_pending: int = Field(description="Intakes that no seal is over.")
    latest: list[Intake]
    seals: list[SealView]


class CustodyEntry(BaseModel):
    """Who did what with an object."""

    at: str
    actor: str
    action: str
    reason: str


class SealedObject(BaseModel):
    """Where an object came from, its seals and its custody."""

    digest: str
    is_here: bool
    intakes: list[Intake]
    custody: list[CustodyEntry]
    seals: list[SealView]


class Verification(Asked):
    """How deep to look."""

    is_deep: bool = Field(default=False, description="Read every object whole.")


@router.get("/evidence", responses=answers())
def list_evidence(caller: Insider, limit: Annotated[int, Query(ge=1, le=1000)] = 100) -> Evidence:
    """Return what the vault holds, the latest first."""
    with caller.reading() as workspace:
        room = evidence_room.look(workspace, n_listed=limit)
    return Evidence(
        n_intakes=room.n_intakes,
        n_pending=room.n_pending,
        latest=[Intake(**line, is_sealed=is_sealed) for line, is_sealed in room.latest],
        seals=[SealView(**one.to_json()) for one in room.seals],
    )


@router.get("/evidence/{digest}", responses=answers(404))
def show_object(caller: Insider, digest: DigestInPath) -> SealedObject:
    """Return where an object came from, its seals and its custody."""
    with caller.reading() as workspace:
        return SealedObject(**evidence_room.object_of(workspace, digest))


@router.post("/verification", status_code=202, responses=answers())
def verify(caller: Drafter, asked: Verification) -> JobView:
    """Check that nobody edited anything, as a job."""
    return view_of(caller.jobs.add("verify", {"is_deep": asked.is_deep}, caller.session.who))
