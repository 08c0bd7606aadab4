"""What went wrong, as an answer: the one place where errors become HTTP."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.responses import HTMLResponse, JSONResponse

from undersight import errors
from undersight.presentation.pages import environment
from undersight.web.failure_words import FAILURE_WORDS
from undersight.web.hint_words import HINT_WORDS

if TYPE_CHECKING:
    from starlette.responses import Response

HTTP_STATUS: Final[tuple[tuple[type[errors.UndersightError], int], ...]] = (
    (errors.ForeignHostError, 421),
    (errors.ForeignRequestError, 403),
    (errors.ForbiddenError, 403),
    (errors.WrongPassphraseError, 403),
    (errors.SignInRefusedError, 403),
    (errors.RequestTooLargeError, 413),
    (errors.TooManyAttemptsError, 429),
    (errors.LockedError, 401),
    (errors.NotSignedInError, 401),
    (errors.InputError, 422),
    (errors.NotFoundError, 404),
    (errors.ConflictError, 409),
    (errors.SettingsError, 400),
    (errors.IntegrityError, 409),
    (errors.BackendError, 503),
)
"""HTTP status by error class, the first that fits."""

PROBLEM: Final = "application/problem+json"
"""How a refusal is told to a program (RFC 9457)."""

_AGAIN_S: Final = 20
"""After how many seconds a page that waits for the partners' copy asks again."""

_LOG = logging.getLogger(__name__)


def status_of(error: errors.UndersightError) -> int:
    """Return the HTTP status of an error."""
    return next((status for cls, status in HTTP_STATUS if isinstance(error, cls)), 500)


def answer_to(
    error: errors.UndersightError, *, lang: str = "en", is_fragment: bool = False
) -> Response:
    """Return an error as a page without menu, or as the part of a page.

    Args:
        error: What went wrong.
        lang: Language of the words around it; the sentence itself is English.
        is_fragment: Whether a script asked, which puts the answer into its page.
    """
    template = "alert.html" if is_fragment else "failure.html"
    made = environment("undersight.web", lang).get_template(template)
    status = status_of(error)
    words = {"failure_words": FAILURE_WORDS, "hint_words": HINT_WORDS}
    text = made.render(error=error, status=status, lang=lang, again_s=_AGAIN_S, **words)
    headers = _waiting(error)
    if isinstance(error, errors.PartnerCopyNotReadyError) and not is_fragment:
        headers["refresh"] = str(_AGAIN_S)  # the browser asks again, with scripts or without
    return HTMLResponse(text, status_code=status, headers=headers)


def answer_in_json(error: errors.UndersightError, *, status: int = 0) -> Response:
    """Return an error for programs, as RFC 9457 has it, with our own three words beside.

    Args:
        error: What went wrong.
        status: HTTP status; 0 for that of the error.
    """
    told = {"code": error.code, "sentence": error.sentence, "hint": error.hint}
    made = _problem(status or status_of(error), error.code, error.sentence, told)
    made.headers.update(_waiting(error))
    return made


def _waiting(error: errors.UndersightError) -> dict[str, str]:
    """When to ask again, where that is known."""
    if isinstance(error, errors.TooManyAttemptsError):
        return {"retry-after": str(error.wait_s)}
    if isinstance(error, errors.PartnerCopyNotReadyError):
        return {"retry-after": str(_AGAIN_S)}
    return {}


def _problem(status: int, title: str, detail: str, told: dict[str, str]) -> Response:
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JSONResponse({**body, "error": told}, status_code=status, media_type=PROBLEM)


def answer_to_bug(bug: Exception, *, lang: str = "en", is_asked_in_json: bool = False) -> Response:
    """Return that a bug stopped a request; the log gets its place and no content."""
    frame = traceback.extract_tb(bug.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    _LOG.error("web.bug", extra={"kind": type(bug).__name__, "page": place})
    if is_asked_in_json:
        sentence = f"A bug stopped it: {type(bug).__name__} ({place})."
        told = {"code": "bug", "sentence": sentence, "hint": "Please report this line."}
        return _problem(500, "bug", sentence, told)
    made = environment("undersight.web", lang).get_template("bug.html")
    text = made.render(kind=type(bug).__name__, place=place, lang=lang)
    return HTMLResponse(text, status_code=500)
