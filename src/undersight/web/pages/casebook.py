"""The casebook: search in any spelling, facets, saved searches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from undersight.errors import UnreadableRequestError
from undersight.i18n import _
from undersight.web.page import Page
from undersight.web.paging import page_number
from undersight.web.said import Said
from undersight.web.visit import local
from undersight.workbench import change_sets, searching

if TYPE_CHECKING:
    from starlette.responses import Response

    from undersight.web.visit import Visit

page = Page(
    "casebook",
    title=_("Casebook"),
    about=_("Find entries by words in any spelling, by kind, place, person, and keep a search."),
    menu="/casebook",
    key="c",
)
_PER_PAGE = 30


@page.get("/casebook", needs="read")
def show(visit: Visit) -> Response:
    """Show what a search finds; everything, the newest first, without one."""
    text, facets = visit.asked("q")[:1000], visit.asked_all("f")[:50]
    number = page_number(visit)
    is_by_kind = any(one.startswith("kind=") for one in facets)
    asked = searching.Asked(text=text, facets=facets, kinds=() if is_by_kind else ("incident",))
    with visit.reading() as workspace:
        found = searching.search(
            workspace, asked, limit=_PER_PAGE, offset=(number - 1) * _PER_PAGE
        )
        saved = searching.saved(workspace)
    for hit in found["hits"]:
        hit["pieces"] = _pieces(hit["snippet"], hit["marks"])
        hit["href"] = _page_of(hit)
    return visit.render(
        "casebook.html",
        text=text,
        chosen=facets,
        found=found,
        number=number,
        n_pages=-(-found["total"] // _PER_PAGE),
        facets=_facets(found["facets"], text, facets),
        saved=[{**one, "href": _href(one["query"], one["facets"])} for one in saved],
        turned=lambda n: _href(text, facets, n),
        together=_href(text, facets).replace("/casebook", "/bulk", 1),
        here_is=_href(text, facets),
    )


@page.post("/casebook/keep", needs="draft")
def keep(visit: Visit) -> Response:
    """Keep a search under a name."""
    name = visit.form.text("name")
    if not name:
        msg = "name"
        raise UnreadableRequestError(msg, visit.t("a name for the search"))
    asked = searching.Asked(text=visit.form.text("q"), facets=visit.form.all("f"))
    with visit.writing() as workspace, change_sets.noting(workspace) as written:
        searching.keep(workspace, name[:200], asked)
    said = Said(visit.t("The search is kept."), undo=written)
    return visit.go(_href(asked.text, list(asked.facets)), said=said)


@page.post("/casebook/forget", needs="write")
def forget(visit: Visit) -> Response:
    """Remove a kept search."""
    with visit.writing() as workspace, change_sets.noting(workspace) as written:
        searching.forget(workspace, visit.form.text("name"))
    said = Said(visit.t("The search is removed."), undo=written)
    return visit.go(local(visit.form.text("next", "/casebook")), said=said)


def _facets(counts: dict[str, dict[str, int]], text: str, chosen: list[str]) -> list[Any]:
    """Return each facet's values with their counts and the search that chooses them."""
    shown = []
    for name, values in counts.items():
        rows = []
        for value, n in list(values.items())[:12]:
            word = f"{name}={value}"
            is_chosen = word in chosen
            others = [one for one in chosen if one != word] + ([] if is_chosen else [word])
            rows.append(
                {"value": value, "n": n, "is_chosen": is_chosen, "href": _href(text, others)}
            )
        if len(rows) > 1 or any(row["is_chosen"] for row in rows):
            shown.append((name, rows))
    return shown


def _href(text: str, facets: list[str], number: int = 1) -> str:
    query = [("q", text)] if text else []
    query += [("f", one) for one in facets]
    query += [("page", str(number))] if number > 1 else []
    return f"/casebook?{urlencode(query)}" if query else "/casebook"


def _page_of(hit: dict[str, Any]) -> str:
    """Return the page that shows what was found."""
    if hit["incident_id"]:
        return f"/incident/{hit['incident_id']}"
    return f"/{'people' if hit['kind'] == 'party' else 'record'}/{hit['record_id']}"


def _pieces(text: str, marks: list[list[int]]) -> list[tuple[str, bool]]:
    """Return a snippet in pieces, each with whether it is marked."""
    found, at = [], 0
    for start, end in marks:
        found += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [(piece, is_marked) for piece, is_marked in [*found, (text[at:], False)] if piece]
