"""Posts of Facebook pages and groups and of Instagram accounts as CrowdTangle exported them."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, ClassVar

from undersight.errors import DamagedFileError
from undersight.i18n import _
from undersight.importers.permalinks import permalink
from undersight.importers.post_rows import Part, read_posts
from undersight.importers.post_tables import Cells, PostTable, header_of, open_table
from undersight.importers.row_form import RowForm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from undersight.model.corpus_rows import AccountKind, ColumnChoice

_COMMON = frozenset({"User Name", "Total Interactions", "URL", "Likes", "Comments"})
_OWNERS: dict[str, AccountKind] = {"Page Name": "page", "Group Name": "group"}
_INSTAGRAM = frozenset({"Account", "Photo"})
_ROLES = {
    "Page Name": "account_name",
    "Group Name": "account_name",
    "Account": "account_name",
    "User Name": "account_handle",
    "Facebook Id": "account_id",
    "Page Category": "account_category",
    "Page Admin Top Country": "account_country",
    "Page Created": "account_created",
    "Followers at Posting": "n_followers",
    "Post Created": "time",
    "Created": "time",
    "URL": "url",
    "Message": "text",
    "Likes": "n_likes",
    "Comments": "n_replies",
    "Shares": "n_shares",
    "Total Views": "n_views",
    "Views": "n_views",
}


class CrowdtangleCsv:
    """A CrowdTangle export (the service ended in August 2024), Facebook or Instagram.

    A post of a group has the group as its author, since CrowdTangle names no other.
    """

    importer_id: ClassVar[str] = "crowdtangle-csv"
    about: ClassVar[str] = _("Posts of pages, groups or Instagram accounts from CrowdTangle, CSV.")
    suffixes: ClassVar[tuple[str, ...]] = (".csv", ".gz")
    version: ClassVar[int] = 1
    reason: ClassVar[str] = "the header has Page Name, Group Name or Account, and Interactions"

    @classmethod
    def recognises(cls, head: bytes, name: str) -> bool:
        """Look for CrowdTangle's columns, with a page, a group or an account."""
        return _is_header(header_of(head, _is_header))

    def parse(self, stream: BinaryIO, choice: ColumnChoice) -> Iterator[Part]:
        """Yield one post per row.

        Raises:
            InputError: It is no such table.
        """
        yield from read_posts(stream, open_table, _form, choice)


def _is_header(cells: Sequence[str]) -> bool:
    found = {cell.strip() for cell in cells}
    has_time = bool(found & {"Post Created", "Created"})
    return found >= _COMMON and has_time and bool(found & _OWNERS.keys() or found >= _INSTAGRAM)


def _form(table: PostTable, _seen: Sequence[Cells]) -> RowForm:
    if not _is_header(table.columns):
        raise DamagedFileError("the header", "it is not one of CrowdTangle")
    places = {column: place for place, column in enumerate(table.columns)}
    roles = {_ROLES[column]: place for column, place in places.items() if column in _ROLES}
    kind = next((kind for column, kind in _OWNERS.items() if column in places), None)
    n_columns = len(table.columns)
    roles |= {"post_id": n_columns, "link": n_columns + 1}
    roles |= {"target_id": roles.get("account_id", n_columns + 2)}
    roles |= {"target_name": roles["account_name"]}
    if kind is None:
        roles["text"] = n_columns + 3

    def derive(cells: Sequence[str]) -> tuple[str, ...]:
        def cell(column: str) -> str:
            return cells[places[column]] if column in places else ""

        link = cell("Final Link") or cell("Link")
        own = cell("URL")
        text = cell("Description") or cell("Title")
        return permalink(own).post_id, "" if link == own else link, "", text

    return RowForm(
        roles=roles,
        platform="instagram" if kind is None else "facebook",
        account_kind=kind or "unknown",
        target_kind=kind or "unknown",
        derive=derive,
    )
