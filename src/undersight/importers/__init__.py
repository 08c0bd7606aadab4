"""Readers of other people's files: one file each, listed here, never handed a path.

An importer says what it recognises and yields, one after another, an ``Article`` (a text to
draft from), a ``Row`` (cells to map) or an ``Issue`` (what could not be read, and where).
``read = articles + rows + issues``: nothing is skipped without a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.importers.docx_document import DocxDocument
from undersight.importers.feed import Feed
from undersight.importers.html_page import HtmlPage
from undersight.importers.plain_text import PlainText
from undersight.importers.spreadsheet import Spreadsheet
from undersight.importers.wordpress_wxr import WordpressWxr

if TYPE_CHECKING:
    from undersight.model.intake import Importer

IMPORTERS: tuple[type[Importer], ...] = (
    WordpressWxr,
    Feed,
    HtmlPage,
    DocxDocument,
    Spreadsheet,
    PlainText,
)
