"""Tables for CooRTweet and the tools that share its four columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, ClassVar

from undersight.errors import DamagedFileError
from undersight.i18n import _
from undersight.importers.post_rows import Part, read_posts
from undersight.importers.post_tables import Cells, PostTable, header_of, open_table
from undersight.importers.row_form import RowForm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from undersight.model.corpus_rows import ColumnChoice

_ROLES = {
    "object_id": "object",
    "account_id": "account_id",
    "content_id": "post_id",
    "timestamp_share": "time",
}
_OBJECT_ROLES = frozenset({"object", "repost_of_id", "link", "hashtag", "domain", "media"})


class CoortweetTable:
    """Who shared which object in which post, and when: CooRTweet's four columns.

    ``object_id`` becomes a shared address or hashtag where it looks like one, else an object;
    ``--map object_id=repost_of_id`` says that it is the post repeated.
    """

    importer_id: ClassVar[str] = "coortweet-table"
    about: ClassVar[str] = _("A table for CooRTweet, CSV or Parquet.")
    suffixes: ClassVar[tuple[str, ...]] = (".csv", ".tsv", ".parquet", ".gz")
    version: ClassVar[int] = 1
    reason: ClassVar[str] = "the header has object_id, account_id, content_id, timestamp_share"

    @classmethod
    def recognises(cls, head: bytes, name: str) -> bool:
        """Look for the four column names; Parquet shows them only at its end."""
        return set(_ROLES) <= set(header_of(head))

    def parse(self, stream: BinaryIO, choice: ColumnChoice) -> Iterator[Part]:
        """Yield one post per row with the object that it shares.

        Raises:
            InputError: It is no such table.
        """

        def form_of(table: PostTable, _seen: Sequence[Cells]) -> RowForm:
            missing = [column for column in _ROLES if column not in table.columns]
            if missing:
                raise DamagedFileError("the header", f"the column {missing[0]} is not in it")
            roles = {role: table.columns.index(column) for column, role in _ROLES.items()}
            stated = choice.roles.get("object_id", "")
            if stated in _OBJECT_ROLES:
                roles[stated] = roles.pop("object")
            return RowForm(roles=roles, is_epoch=True)

        yield from read_posts(stream, open_table, form_of, choice)
