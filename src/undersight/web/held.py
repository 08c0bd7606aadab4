"""A form that came too late: what was typed goes back to whoever typed it, and nothing is done.

The workspace locked itself, the program was started again, or somebody signed in elsewhere while
a form was open. Its fields come back as a form that can be sent again; secrets and files do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersight.web.failures import status_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from undersight.errors import UndersightError
    from undersight.web.posted import Posted
    from undersight.web.visit import Visit

MOST_HELD_BYTES: Final = 1024**2
"""The longest request that is given back; a longer one is not read at all."""

_SECRETS: Final = frozenset(
    {"passphrase", "key_passphrase", "password", "old", "new", "again", "code", "answer"}
)


def can_be_held(request: Request) -> bool:
    """Return whether a request is a short form that a page of this workbench sent.

    Browsers say so themselves; for one that does not, nothing is given back.
    """
    length = request.headers.get("content-length", "")
    is_short = length.isdecimal() and int(length) <= MOST_HELD_BYTES
    return is_short and request.headers.get("sec-fetch-site") == "same-origin"


def holds_something(form: Posted) -> bool:
    """Return whether a form has something in it that can be given back."""
    names = form.fields.keys() - {"csrf"}
    return bool(names) and not names & _SECRETS


def give_back(visit: Visit, error: UndersightError) -> Response:
    """Return why nothing was done, with a form that sends the same once more."""
    address = visit.request.url
    fields = [
        (name, one)
        for name, values in visit.form.fields.items()
        for one in values
        if name != "csrf"
    ]
    return visit.render(
        "held.html",
        status=status_of(error),
        error=error,
        there=address.path + (f"?{address.query}" if address.query else ""),
        held=fields,
        had_files=any(one.filename for sent in visit.form.files.values() for one in sent),
    )
