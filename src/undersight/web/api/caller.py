"""Who calls the API, and may they: the same door, rights and tokens as the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict

from undersight.errors import (
    ForbiddenError,
    ForeignRequestError,
    LockedError,
    NotSignedInError,
    UnreadableRequestError,
)
from undersight.model.vocabulary import vocabulary

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from undersight.model.account import Right
    from undersight.web.access import Access, Session
    from undersight.web.jobs import JobTable
    from undersight.workbench.session import Workspace

Language = Literal["en", "az", "ru", "tr"]
"""Languages of words that the program writes: ``undersight.i18n.LANGUAGES``."""

VERB = "serve api"
_CHANGES_NOTHING = ("GET", "HEAD")


class Asked(BaseModel):
    """What a request holds; a name that is not described is refused, so that no typo is lost."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Told(BaseModel):
    """What went wrong."""

    code: str
    sentence: str
    hint: str


class Problem(BaseModel):
    """What every refused request gets (RFC 9457), with our own words under ``error``."""

    type: str
    title: str
    status: int
    detail: str
    error: Told


def terms(vocabulary_id: str, *more: str) -> Any:
    """Return what a description says of a field that takes a vocabulary's ids."""
    return {"enum": [*more, *sorted(vocabulary(vocabulary_id).terms)]}


def answers(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the refusals that an address may answer with, beside those of every address."""
    return {one: {"model": Problem, "description": _REFUSED[one]} for one in (*_EVERY, *statuses)}


_REFUSED = {
    400: "Not what this address takes.",
    401: "Locked, or nobody signed in.",
    403: "Sent by another page, without the session's token, or more than you may.",
    404: "No such thing, or not for you.",
    405: "This address does not take this method.",
    409: "It stands against what is there.",
    413: "Too large.",
    421: "Asked for by another name than this workbench's.",
    422: "A value that cannot be taken; the sentence names it.",
    429: "Wrong too often: wait.",
    503: "The disk, the database or another program refused.",
}
_EVERY = (400, 401, 403, 422, 503)


class Caller:
    """Whoever sent a request, let in.

    Args:
        access: The door.
        session: Their session.
    """

    def __init__(self, access: Access, session: Session) -> None:
        self.access, self.session = access, session

    def reading(self) -> AbstractContextManager[Workspace]:
        """The workspace as they may see it, to read."""
        return self.access.reading(self.session)

    def writing(self) -> AbstractContextManager[Workspace]:
        """The workspace to write, in their name, under its writer's lock."""
        return self.access.writing(self.session, VERB)

    @property
    def jobs(self) -> JobTable:
        """The long work of the workbench."""
        from undersight.web.jobs import table_of

        return table_of(self.access)

    def note_taken(self, request: Request, n_bytes: int) -> None:
        """Note that a file left the workbench, where several people work in it."""
        from undersight.workbench import accounts

        if self.session.account is None:
            return
        with self.access.accounts(self.session) as workspace:
            accounts.note_taken(
                workspace, address=request.url.path, what=request.url.query[:200], n_bytes=n_bytes
            )


class _Let:
    """Lets a request in that has a right; one that changes something holds the token too."""

    def __init__(self, right: Right) -> None:
        self.right = right

    def __call__(self, request: Request) -> Caller:
        """Let it in.

        Raises:
            LockedError: The workspace is locked.
            NotSignedInError: It has no session.
            ForeignRequestError: It changes something and does not hold the session's token.
            ForbiddenError: Whoever it is may not.
            UnreadableRequestError: Its address holds a name that is not described.
        """
        access: Access = request.app.state.access
        session = access.session(request.cookies.get(request.app.state.cookie, "")[:100])
        if session is None:
            raise LockedError if access.is_locked else NotSignedInError
        if request.method not in _CHANGES_NOTHING:
            token = request.headers.get("x-csrf-token", "")
            if not access.is_form_token(session.token, token):
                raise ForeignRequestError("it does not hold the session's token")
        if not access.may(session, self.right):
            raise ForbiddenError(self.right)
        known = {one.alias for one in request.scope["route"].dependant.query_params}
        for name in request.query_params:
            if name not in known:
                names = ", ".join(sorted(known))
                other = f"one of the names described here: {names}" if names else "no names"
                raise UnreadableRequestError("?" + name[:199], other)
        return Caller(access, session)


Reader = Annotated[Caller, Depends(_Let("read"))]
"""May see what is open to partners."""

Insider = Annotated[Caller, Depends(_Let("inside"))]
"""May see everything."""

Drafter = Annotated[Caller, Depends(_Let("draft"))]
"""May add."""

Writer = Annotated[Caller, Depends(_Let("write"))]
"""May change and decide."""

Publisher = Annotated[Caller, Depends(_Let("publish"))]
"""May let things out."""
