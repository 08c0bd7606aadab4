"""Comments saved by ExportComments.com: lines about the export, then the table."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, ClassVar

from undersight.errors import DamagedFileError
from undersight.i18n import _
from undersight.importers.permalinks import Permalink, permalink, root_id
from undersight.importers.post_rows import Part, read_posts
from undersight.importers.post_tables import (
    Cells,
    PostTable,
    column_names,
    header_of,
    open_table,
    workbook_holds,
)
from undersight.importers.row_form import RowForm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from undersight.model.corpus_rows import ColumnChoice

_TEXTS = ("Comment", "Tweet Text", "Comment Text")
_NAMES = ("Name (click to view profile)", "Name")
_ROLES = {
    "Name (click to view profile)": "account_name",
    "Name": "account_name",
    "Username": "account_handle",
    "Unique ID": "account_handle",
    "Date": "time",
    "Likes": "n_likes",
    "Favorites": "n_likes",
    "Retweets": "n_shares",
    "Comment": "text",
    "Comment Text": "text",
    "Tweet Text": "text",
    "Status URL": "url",
    "Author Followers": "n_followers",
    "Author Friends": "n_following",
    "Author Statuses": "n_posts",
    "Is Retweet?": "is_repost",
}
_REPLY_NUMBER = re.compile(r"\d+-\d+")
_PROFILE_ID = re.compile(r"(?:ID:\s*)?([\w.-]+)")


class ExportComments:
    """Comments of one post on Facebook, Instagram, TikTok or X, saved by ExportComments.com.

    The lines above the table name the post. Dates stand in the zone that the export was asked
    for, which the file does not say: ``--zone`` does.
    """

    importer_id: ClassVar[str] = "export-comments"
    about: ClassVar[str] = _("Comments saved by ExportComments.com, workbook or CSV.")
    suffixes: ClassVar[tuple[str, ...]] = (".xlsx", ".csv")
    version: ClassVar[int] = 1
    reason: ClassVar[str] = "it names its source and has the columns of ExportComments.com"

    @classmethod
    def recognises(cls, head: bytes, name: str) -> bool:
        """Look for the columns that it numbers and the name that it gives the sheet."""
        if any(workbook_holds(head, first, text, "Date") for first in _NAMES for text in _TEXTS):
            return workbook_holds(head, "Source URL") or "exportcomments" in name.lower()
        found = header_of(head, _is_header)
        return bool(found) and (b"Source URL" in head or "(view source)" in found)

    def parse(self, stream: BinaryIO, choice: ColumnChoice) -> Iterator[Part]:
        """Yield comments and replies.

        Raises:
            InputError: It is no such table.
        """
        yield from read_posts(stream, partial(open_table, is_header=_is_header), _form, choice)


def _is_header(cells: Sequence[str]) -> bool:
    found = {cell.strip() for cell in cells}
    return "Date" in found and bool(found & set(_TEXTS)) and bool(found & {*_NAMES, "Username"})


def _form(table: PostTable, _seen: Sequence[Cells]) -> RowForm:
    places = {column: place for place, column in enumerate(table.columns)}
    if not _is_header(table.columns):
        raise DamagedFileError("the header", "it is not one of ExportComments.com")
    source = next(
        (cell for row in table.before for cell in row if cell.startswith(("http", "www."))), ""
    )
    at = permalink(source)
    n_columns = len(table.columns)
    roles = {_ROLES[column]: place for column, place in places.items() if column in _ROLES}
    roles |= {"account_id": n_columns, "is_reply": n_columns + 1, "post_id": n_columns + 2}
    roles |= {"parent_id": n_columns + 3}
    roles.setdefault("url", n_columns + 4)
    if at.owner_id:
        roles["target_id"] = n_columns + 5
    elif at.owner:
        roles["target_name"] = n_columns + 5
    return RowForm(
        roles=roles,
        platform=at.platform or ("x" if "Tweet Text" in places else ""),
        kind="comment",
        account_kind="unknown",
        root_id=root_id(source) if source else "",
        derive=partial(_derive, places, column_names(["", ""]), at),
    )


def _derive(
    places: dict[str, int], numbers: Sequence[str], at: Permalink, cells: Sequence[str]
) -> tuple[str, ...]:
    """The account's id, whether it is a reply, own id, parent, address, and the page."""

    def cell(column: str) -> str:
        return cells[places[column]].strip() if column in places else ""

    found = _PROFILE_ID.fullmatch(cell("Profile ID"))
    link = cell("(view source)") or cell("Status URL")
    link = link if link.startswith("http") else ""
    ids = permalink(link) if link else Permalink()
    own = ids.reply_id or ids.comment_id or (ids.post_id if "Tweet Text" in places else "")
    is_reply = bool(_REPLY_NUMBER.fullmatch(cell(numbers[0])) or cell(numbers[1]))
    parent = ids.comment_id if ids.reply_id else ""
    return (
        found[1] if found else "",
        "true" if is_reply or parent else "",
        own,
        parent,
        link,
        at.owner_id or at.owner,
    )
