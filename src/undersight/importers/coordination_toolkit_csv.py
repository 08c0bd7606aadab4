"""Input files of the coordination-network-toolkit: eight columns by position."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, BinaryIO, ClassVar

from undersight.errors import DamagedFileError
from undersight.i18n import _
from undersight.importers.post_rows import Part, read_posts
from undersight.importers.post_tables import Cells, PostTable, header_of, open_table
from undersight.importers.row_form import RowForm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from undersight.model.corpus_rows import ColumnChoice

_COLUMNS = (
    *("message_id", "user_id", "username", "repost_id"),
    *("reply_id", "message", "timestamp", "urls"),
)
_ROLES = {
    "post_id": 0,
    "account_id": 1,
    "account_name": 2,
    "repost_of_id": 3,
    "parent_id": 4,
    "text": 5,
    "time": 6,
    "link": 7,
}


class CoordinationToolkitCsv:
    """A CSV for the coordination-network-toolkit; the toolkit reads its columns by position."""

    importer_id: ClassVar[str] = "coordination-toolkit-csv"
    about: ClassVar[str] = _("A CSV for the coordination-network-toolkit (QUT).")
    suffixes: ClassVar[tuple[str, ...]] = (".csv", ".gz")
    version: ClassVar[int] = 1
    reason: ClassVar[str] = "the header begins with message_id, user_id, username, repost_id"

    @classmethod
    def recognises(cls, head: bytes, name: str) -> bool:
        """Look for the eight names in their order; other names need ``--as``."""
        return header_of(head)[: len(_COLUMNS)] == _COLUMNS

    def parse(self, stream: BinaryIO, choice: ColumnChoice) -> Iterator[Part]:
        """Yield one post per row; times are seconds since 1970.

        Raises:
            InputError: It has fewer than eight columns.
        """
        yield from read_posts(stream, partial(open_table, is_header=_is_eight), _form, choice)


def _is_eight(cells: Sequence[str]) -> bool:
    return len(cells) >= len(_COLUMNS)


def _form(table: PostTable, _seen: Sequence[Cells]) -> RowForm:
    if len(table.columns) < len(_COLUMNS):
        raise DamagedFileError("the header", "it has fewer than the toolkit's eight columns")
    return RowForm(roles=_ROLES, is_epoch=True)
