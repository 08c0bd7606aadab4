"""A comment sheet's sentences and drawings, for a page that lays them out itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from undersight.reports.target_sheet.wording import SheetWords
from undersight.reports.weeks import week_view

if TYPE_CHECKING:
    from undersight.model.comment_sheet import CommentSheet


def phrases(made: CommentSheet, lang: str = "en") -> tuple[SheetWords, list[dict[str, Any]]]:
    """Return a sheet's sentences and its weeks as drawings, for a page that lays them out."""
    said = SheetWords(made, lang)
    titled = ((said.t("Comments here"), made.hours), (said.t("Elsewhere"), made.other_hours))
    weeks = [
        week_view(f"week-{place}", title, hours, said.t)
        for place, (title, hours) in enumerate(titled)
        if hours
    ]
    return said, weeks
