"""A record as a form: change its fields, and see both where somebody else did meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.errors import EditedMeanwhileError, InputError
from undersight.i18n import _
from undersight.web.page import Page
from undersight.web.said import Said
from undersight.web.visit import local
from undersight.workbench import change_sets, editing, form_shelf
from undersight.workbench.editing import Typed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.responses import Response

    from undersight.errors import UndersightError
    from undersight.web.visit import Visit

page = Page(
    "record",
    title=_("Change a record"),
    about=_("Change any field; what stood there stays in the history."),
)
_WAS, _FIELD, _MINE, _PICK = "was.", "field.", "mine.", "pick."


@page.get("/record/{record_id}", needs="inside")
def show(visit: Visit, record_id: str) -> Response:
    """Show a record's fields."""
    with visit.reading() as workspace:
        begun = form_shelf.take(workspace, _shelf(record_id))
    if begun is None:
        return _form(visit, record_id, Typed(given={}, was={}))
    typed = Typed(given=_beginning(begun.fields, _FIELD), was=_beginning(begun.fields, _WAS))
    return _form(visit, record_id, typed, begun=begun)


@page.post("/record/{record_id}", needs="write")
def save(visit: Visit, record_id: str) -> Response:
    """Write what was changed."""
    typed = _typed(visit)
    try:
        with visit.writing() as workspace, change_sets.noting(workspace) as written:
            why = visit.form.text("why") or "changed in the browser"
            changed = editing.save(workspace, record_id, typed, why=why)
            form_shelf.drop(workspace, _shelf(record_id))
    except EditedMeanwhileError as error:
        return _form(visit, record_id, typed, error=error, status=409)
    except InputError as error:
        return _form(visit, record_id, typed, error=error, status=422)
    names = ", ".join(visit.words.field(name) for name in changed)
    said = visit.t("Changed: %(fields)s.") % {"fields": names}
    said = said if changed else visit.t("Nothing was changed.")
    there = local(visit.form.text("next") or f"/record/{record_id}")
    return visit.go(there, said=Said(said, undo=written))


def _typed(visit: Visit) -> Typed:
    """Return what came back of the form, decisions between two values among it."""
    theirs = {name for name, side in _named(visit, _PICK).items() if side == "theirs"}
    mine = _named(visit, _MINE)
    return Typed(
        given=_named(visit, _FIELD),
        was=_named(visit, _WAS),
        theirs=tuple(sorted(theirs)),
        instead={name: text for name, text in mine.items() if name not in theirs},
    )


def _shelf(record_id: str) -> str:
    """Return the name under which a record's form is kept while somebody fills it in."""
    return f"record-{record_id}"


def _named(visit: Visit, beginning: str) -> dict[str, str]:
    return _beginning(visit.form.fields, beginning)


def _beginning(fields: Mapping[str, Sequence[str]], beginning: str) -> dict[str, str]:
    """Return the fields of a form whose names begin alike, without that beginning.

    Boxes of one name come one a line, behind an empty one that is always sent.
    """
    return {
        name.removeprefix(beginning): _joined(values)
        for name, values in fields.items()
        if name.startswith(beginning)
    }


def _joined(values: Sequence[str]) -> str:
    several = values if len(values) == 1 else [one for one in values if one]
    return "\n".join(several).replace("\r\n", "\n")


def _form(
    visit: Visit,
    record_id: str,
    typed: Typed,
    *,
    error: UndersightError | None = None,
    status: int = 200,
    begun: form_shelf.Begun | None = None,
) -> Response:
    clashes: tuple[editing.Clash, ...] = ()
    with visit.reading() as workspace:
        kind, inputs = editing.form_of(workspace, record_id, lang=visit.lang)
        if isinstance(error, EditedMeanwhileError):
            clashes = editing.clashes(workspace, record_id, typed, lang=visit.lang)
    return visit.render(
        "record.html",
        status=status,
        record_id=record_id,
        kind=kind,
        inputs=inputs,
        given=typed.given,
        was={} if clashes else typed.was,
        error=error,
        begun=begun,
        clashes={one.name: one for one in clashes},
        next=local(visit.form.text("next") or visit.asked("next", "/")),
    )
