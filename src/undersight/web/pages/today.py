"""What is new, what waits for a decision, who is inside, what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.i18n import _
from undersight.web.page import Page
from undersight.workbench import boards, draft_shelf, news

if TYPE_CHECKING:
    from starlette.responses import Response

    from undersight.web.visit import Visit

page = Page(
    "today",
    title=_("Today"),
    about=_("What changed since your last visit, what waits for you, who is inside, what is due."),
    menu="/",
    key="t",
)
_AHEAD_DAYS, _QUIET_DAYS, _MOST_LINES = 30, 90, 60


@page.get("/", needs="read")
def show(visit: Visit) -> Response:
    """Show the day."""
    since = visit.session.since_seq if visit.session else None
    with visit.reading() as workspace:
        shown = boards.board_of(
            workspace,
            boards.Asked(
                day=workspace.today,
                n_days_ahead=_AHEAD_DAYS,
                n_days_quiet=_QUIET_DAYS,
                lang=visit.lang,
                most_lines=_MOST_LINES,
            ),
        )
        return visit.render(
            "today.html",
            day=workspace.today,
            board=shown.sections,
            changed=news.since(workspace, since, visit.lang),
            waiting=news.waiting(workspace),
            is_first=since is None,
            n_drafts=draft_shelf.count(workspace) if visit.may("inside") else 0,
        )
