"""Counts with what is uncertain drawn, and the same numbers as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup
from starlette.responses import Response as Sent

from undersight.errors import UnknownPageError
from undersight.i18n import _
from undersight.web.page import Page
from undersight.workbench import counting

if TYPE_CHECKING:
    from starlette.responses import Response

    from undersight.web.visit import Visit

page = Page(
    "statistics",
    title=_("Statistics"),
    about=_("Count acts by month, kind, place, article and platform, and say how sure that is."),
    menu="/statistics",
    key="s",
)


@page.get("/statistics", needs="read")
def show(visit: Visit) -> Response:
    """Show every chart with its table."""
    with visit.reading() as workspace:
        found = counting.counted(workspace, lang=visit.lang)
    return visit.render(
        "statistics.html",
        charts=[(one, Markup(one.drawing)) for one in found],  # noqa: S704 - our own, escaped
    )


@page.get("/statistics/{chart_id}.csv", needs="read")
def table(visit: Visit, chart_id: str) -> Response:
    """Give one chart's numbers to save."""
    with visit.reading() as workspace:
        text = counting.as_csv(workspace, chart_id, lang=visit.lang)
    if not text:
        raise UnknownPageError(visit.request.url.path[:200])
    headers = {"content-disposition": 'attachment; filename="counts.csv"'}
    return Sent(text.encode("utf-8"), media_type="text/csv; charset=utf-8", headers=headers)
