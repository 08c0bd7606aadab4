"""One change of many entries: chosen by a search, shown before and after, then written at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.errors import NothingChosenError
from undersight.i18n import _
from undersight.web.page import Page
from undersight.web.said import Said
from undersight.workbench import bulk_edit, change_sets, searching

if TYPE_CHECKING:
    from starlette.responses import Response

    from undersight.web.visit import Visit

page = Page(
    "bulk",
    title=_("Change many entries"),
    about=_("Change one field of many entries: look at before and after, write at once, undo."),
)
_SEEN = "seen."


@page.get("/bulk", needs="write")
def show(visit: Visit) -> Response:
    """Show what a search finds, to choose from, and what can be changed."""
    text, facets = visit.asked("q")[:1000], visit.asked_all("f")[:50]
    asked = searching.Asked(text=text, facets=facets, kinds=("incident",))
    with visit.reading() as workspace:
        found = searching.search(workspace, asked, limit=bulk_edit.MOST_ENTRIES)
    fields = [(field, bulk_edit.choices(field, lang=visit.lang)) for field in bulk_edit.FIELDS]
    return visit.render("bulk.html", text=text, chosen=facets, found=found, fields=fields)


@page.post("/bulk", needs="write")
def change(visit: Visit) -> Response:
    """Show before and after; write it once that was seen and confirmed."""
    form = visit.form
    field = form.text("field")
    value = form.text(f"value.{field}") or form.text("value")
    wanted = bulk_edit.Wanted(field=field, value=value)
    ids = form.all("entry")
    if not ids:
        raise NothingChosenError
    if not form.has("is_confirmed"):
        with visit.reading() as workspace:
            rows = bulk_edit.plan(workspace, ids, wanted, lang=visit.lang)
        return _previewed(visit, wanted, rows)
    seen = {name.removeprefix(_SEEN): form.raw(name) for name in form.fields if _SEEN in name}
    with visit.writing() as workspace, change_sets.noting(workspace) as written:
        rows = bulk_edit.plan(workspace, ids, wanted, lang=visit.lang)
        if not bulk_edit.is_as_seen(rows, seen):
            return _previewed(visit, wanted, rows, is_stale=True)
        why = form.text("why") or "changed together"
        done = bulk_edit.carry_out(workspace, rows, wanted, why=why)
    said = visit.nt("%(num)d entry is changed.", "%(num)d entries are changed.", len(done))
    return visit.go("/casebook", said=Said(said, undo=written))


def _previewed(
    visit: Visit,
    wanted: bulk_edit.Wanted,
    rows: tuple[bulk_edit.Row, ...],
    *,
    is_stale: bool = False,
) -> Response:
    return visit.render(
        "bulk_preview.html",
        status=409 if is_stale else 200,
        wanted=wanted,
        rows=rows,
        n_changing=sum(not row.is_kept and not row.problem for row in rows),
        seen_of=bulk_edit.seen_of,
        is_stale=is_stale,
    )
