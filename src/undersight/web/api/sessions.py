"""Coming in and going out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Request, Response
from pydantic import BaseModel, Field

from undersight.errors import ForeignRequestError, NotSignedInError
from undersight.web.access import Access, Session
from undersight.web.api.caller import Asked, Insider, Reader, answers
from undersight.web.visit import address_of

router = APIRouter(prefix="/v1", tags=["session"])
OPEN = "begin_session"
"""The operation that nobody needs a session for."""


class Passphrase(Asked):
    """What one person at one computer shows."""

    passphrase: str = Field(max_length=1000, description="Empty for a plain workspace.")


class NamePassword(Asked):
    """What somebody with an account and no second factor shows; others sign in in a browser."""

    name: str = Field(min_length=1, max_length=200)
    password: str = Field(min_length=1, max_length=1000)


class Door(BaseModel):
    """The session, and what every request that changes something must send."""

    form_token: str = Field(description="To be sent as X-CSRF-Token.")
    title: str = Field(description="Of the workspace.")


@router.post(
    "/session",
    operation_id=OPEN,
    status_code=201,
    responses=answers(409, 429),
)
def begin(
    request: Request, response: Response, shown: Annotated[Passphrase | NamePassword, Body()]
) -> Door:
    """Come in: sets the session's cookie and returns the token."""
    access: Access = request.app.state.access
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise ForeignRequestError("it is no JSON")
    session = _session(request, access, shown)
    response.set_cookie(
        request.app.state.cookie,
        session.token,
        httponly=True,
        samesite="strict",
        path="/",
        secure=access.is_behind_tls,
    )
    return _door(access, session)


@router.get("/session", responses=answers())
def show_session(caller: Reader) -> Door:
    """Return the token that requests send as ``X-CSRF-Token``."""
    return _door(caller.access, caller.session)


@router.delete("/session", status_code=204, responses=answers())
def lock(caller: Insider) -> Response:
    """Go out; where one person works alone, the workspace is locked."""
    if caller.session.account is None:
        caller.access.lock()
    else:
        caller.access.sign_out(caller.session)
    return Response(status_code=204)


def _session(request: Request, access: Access, shown: Passphrase | NamePassword) -> Session:
    if isinstance(shown, Passphrase):
        session = access.unlock(shown.passphrase)
    else:
        from undersight.web.signing_in import way_in

        session = way_in(access).by_password(
            access.new_token(),
            shown.name,
            shown.password,
            address=address_of(request, is_behind_tls=access.is_behind_tls),
            browser="API",
        )
    if session is None:
        raise NotSignedInError
    return session


def _door(access: Access, session: Session) -> Door:
    with access.reading(session) as workspace:
        title = workspace.settings.workspace.title
    return Door(form_token=access.form_token(session.token), title=title)
