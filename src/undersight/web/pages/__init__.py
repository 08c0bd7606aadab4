"""The pages of the workbench: each a file with a ``page``, a template of its name, a line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.web.pages import (
    casebook,
    drafts,
    entry,
    help,  # noqa: A004 - the page's name
    incident,
    people,
    publish,
    record,
    settings,
    start,
    statistics,
    today,
)

if TYPE_CHECKING:
    from undersight.web.page import Page

PAGES: tuple[Page, ...] = (
    start.page,
    today.page,
    entry.page,
    drafts.page,
    casebook.page,
    people.page,
    statistics.page,
    publish.page,
    settings.page,
    help.page,
    incident.page,
    record.page,
)
"""In the order of the menu."""
