"""Readers of other people's files: one file each, listed here, never handed a path.

An importer says what it recognises and yields, one after another, an ``Article`` (a text to
draft from), a ``Row`` (cells to map) or an ``Issue`` (what could not be read, and where).
``read = articles + rows + issues``: nothing is skipped without a word.

A post importer reads bulk posts for the corpus: rows of the corpus, issues, and notes on what the
file may lack. They are asked in this order, the most particular first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.importers.accounts_table import AccountsTable
from undersight.importers.coordination_toolkit_csv import CoordinationToolkitCsv
from undersight.importers.coortweet_table import CoortweetTable
from undersight.importers.crowdtangle_csv import CrowdtangleCsv
from undersight.importers.docx_document import DocxDocument
from undersight.importers.export_comments import ExportComments
from undersight.importers.facebook_archive import FacebookArchive
from undersight.importers.feed import Feed
from undersight.importers.html_page import HtmlPage
from undersight.importers.pasted_comments import PastedComments
from undersight.importers.plain_text import PlainText
from undersight.importers.posts_table import PostsTable
from undersight.importers.saved_facebook_html import SavedFacebookHtml
from undersight.importers.spreadsheet import Spreadsheet
from undersight.importers.telegram_html import TelegramHtml
from undersight.importers.web_archive import WebArchive
from undersight.importers.whatsapp_chat import WhatsappChat
from undersight.importers.wordpress_wxr import WordpressWxr
from undersight.importers.x_api_v2 import XApiV2
from undersight.importers.youtube_data_tools_comments import YoutubeDataToolsComments
from undersight.importers.zipped_tables import ZippedTables

if TYPE_CHECKING:
    from undersight.model.intake import Importer, PostImporter

IMPORTERS: tuple[type[Importer], ...] = (
    WordpressWxr,
    Feed,
    HtmlPage,
    DocxDocument,
    Spreadsheet,
    PlainText,
)

POST_IMPORTERS: tuple[type[PostImporter], ...] = (
    WebArchive,
    FacebookArchive,
    ZippedTables,
    WhatsappChat,
    CoortweetTable,
    CoordinationToolkitCsv,
    YoutubeDataToolsComments,
    CrowdtangleCsv,
    ExportComments,
    XApiV2,
    TelegramHtml,
    SavedFacebookHtml,
    AccountsTable,
    PostsTable,
    PastedComments,
)

POST_TABLES: tuple[type[PostImporter], ...] = (
    *(ZippedTables, CoortweetTable, CoordinationToolkitCsv, YoutubeDataToolsComments),
    *(CrowdtangleCsv, ExportComments, PostsTable),
)
"""Those whose files are tables: something can be said of all their rows."""
