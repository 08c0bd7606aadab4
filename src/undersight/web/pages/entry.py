"""A new entry: five fields, or a text to propose one from."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from undersight.errors import InputError, UnreadableRequestError
from undersight.i18n import _
from undersight.model.vocabulary import vocabulary
from undersight.web.page import Page
from undersight.web.said import Said
from undersight.workbench import (
    change_sets,
    confirming,
    form_shelf,
    incidents,
    namesakes,
    quick_entry,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

    from undersight.errors import UndersightError
    from undersight.web.posted import Posted
    from undersight.web.visit import Visit

page = Page(
    "entry",
    title=_("New entry"),
    about=_("Record what happened in five fields, or paste a text and confirm what is proposed."),
    menu="/entry",
    key="n",
)
_FIELDS = ("who", "what", "when", "sources", "line")
FIVE, TEXT = "entry-five", "entry-text"
"""Names under which the two forms are kept while somebody fills them in."""

SAME = "same."
"""Beginning of the fields that tell recorded people from new ones."""


@page.get("/entry")
def show(visit: Visit) -> Response:
    """Show both ways to begin, as far as they were filled in before."""
    with visit.reading() as workspace:
        five, text = form_shelf.take(workspace, FIVE), form_shelf.take(workspace, TEXT)
    given = {name: five.text(name) if five else "" for name in _FIELDS}
    return _form(visit, given, begun=(five, text))


@page.post("/entry", needs="draft")
def record(visit: Visit) -> Response:
    """Record an entry from five fields."""
    given = {name: visit.form.text(name) for name in _FIELDS}
    answers = who_is_who(visit.form)
    try:
        with visit.writing() as workspace, change_sets.noting(workspace) as written:
            document = quick_entry.document(
                quick_entry.Answers(
                    who=_lines(given["who"]),
                    what=given["what"],
                    when=given["when"],
                    sources=_lines(given["sources"]),
                    line=given["line"],
                    lang=workspace.lang,
                ),
                today=workspace.today,
            )
            if not given["line"]:
                msg = "line"
                raise UnreadableRequestError(msg, visit.t("what happened, in one line"))
            questions = namesakes.open_questions(workspace, document, answers)
            if questions:
                return _form(visit, given, questions=questions, status=409)
            entered = incidents.add(
                workspace, document, why="quick entry", choose=namesakes.chooser(answers)
            )
            form_shelf.drop(workspace, FIVE)
    except InputError as error:
        return _form(visit, given, error=error, status=422)
    return visit.go(
        f"/incident/{entered.incident_id}",
        said=Said(visit.t("Recorded."), undo=written, then="/entry"),
    )


@page.post("/entry/draft", needs="draft", most_bytes=32 * 1024**2, most_files=1)
def propose(visit: Visit) -> Response:
    """Propose entries from a pasted text or a file."""
    form = visit.form
    raw, name = form.raw("text").encode("utf-8"), "pasted.txt"
    for file in form.files.get("file", ()):
        if file.filename:
            raw, name = file.file.read(), file.filename
    if not raw.strip():
        msg = "text"
        raise UnreadableRequestError(msg, visit.t("a text"))
    with visit.writing() as workspace:
        draft = confirming.begin(
            workspace,
            raw,
            name=name,
            context_date=day_in(form, "context_date"),
            lang=form.text("text_language") or None,
        )
        if draft.entries:
            form_shelf.drop(workspace, TEXT)
    if not draft.entries:
        return visit.go("/entry", said=visit.t("No entry was found in this text."))
    return visit.go(f"/drafts/{draft.draft_id}/1")


def who_is_who(form: Posted) -> Mapping[str, str]:
    """Return who the names of a form mean, as far as somebody has told."""
    names = form.fields.get(f"{SAME}name", ())
    return {name: form.text(f"{SAME}{i}", namesakes.ANEW) for i, name in enumerate(names)}


def day_in(form: Posted, name: str) -> dt.date | None:
    """Return the day in a field; None where it is empty.

    Raises:
        UnreadableRequestError: It is no day.
    """
    given = form.text(name)
    if not given:
        return None
    try:
        return dt.date.fromisoformat(given)
    except ValueError as reason:
        raise UnreadableRequestError(name, "a day such as 2031-05-02") from reason


def _form(
    visit: Visit,
    given: Mapping[str, str],
    *,
    questions: tuple[namesakes.WhoIsIt, ...] = (),
    error: UndersightError | None = None,
    status: int = 200,
    begun: tuple[form_shelf.Begun | None, form_shelf.Begun | None] = (None, None),
) -> Response:
    terms = vocabulary("act_type").terms.values()
    return visit.render(
        "entry.html",
        status=status,
        given=given,
        acts=sorted(term.in_language(visit.lang) for term in terms),
        questions=questions,
        error=error,
        begun_five=begun[0],
        begun_text=begun[1],
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]
