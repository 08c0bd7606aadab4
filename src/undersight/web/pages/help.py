"""What each page is for, the keys, the five steps of the demo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.i18n import _
from undersight.web.page import Page

if TYPE_CHECKING:
    from starlette.responses import Response

    from undersight.web.visit import Visit

page = Page("help", title=_("Help"), about=_("What each page is for, and the keys."), menu="/help")


@page.get("/help", needs="read")
def show(visit: Visit) -> Response:
    """Show the help."""
    found = [one for one in visit.pages if one is not page and visit.may(one.needs)]
    return visit.render("help.html", pages=found)
