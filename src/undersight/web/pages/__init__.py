"""The pages of the workbench: each a file with a ``page``, a template of its name, a line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.web.pages import (
    account,
    accounts,
    bulk,
    case_files,
    casebook,
    conflicts,
    deposits,
    detection,
    drafts,
    entry,
    evidence,
    finding,
    help,  # noqa: A004 - the page's name
    incident,
    jobs,
    keep,
    people,
    posts,
    publish,
    record,
    settings,
    share,
    statistics,
    target,
    today,
    undo,
)

if TYPE_CHECKING:
    from undersight.web.page import Page

PAGES: tuple[Page, ...] = (
    today.page,
    entry.page,
    case_files.page,
    drafts.page,
    casebook.page,
    people.page,
    statistics.page,
    evidence.page,
    posts.page,
    detection.page,
    publish.page,
    share.page,
    accounts.page,
    settings.page,
    help.page,
    account.page,
    incident.page,
    record.page,
    keep.page,
    bulk.page,
    conflicts.page,
    undo.page,
    deposits.page,
    jobs.page,
    target.page,
    finding.page,
)
"""In the order of the menu."""
