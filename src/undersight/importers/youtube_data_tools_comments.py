"""Comments of YouTube videos as YouTube Data Tools write them, both generations."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, ClassVar

from undersight.errors import DamagedFileError
from undersight.i18n import _
from undersight.importers.post_rows import Part, read_posts
from undersight.importers.post_tables import Cells, PostTable, header_of, open_table
from undersight.importers.row_form import RowForm
from undersight.model.corpus_rows import ColumnChoice, PostRow, SamplingNote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_V1 = frozenset({"id", "replyCount", "likeCount", "publishedAt", "authorName", "text", "isReply"})
_V2 = frozenset(
    {"id", "totalReplyCount", "likeCount", "publishedAt", "authorName", "text", "threadId"}
)
_ROLES = {
    "id": "post_id",
    "publishedAt": "time",
    "authorName": "account_name",
    "authorChannelId": "account_id",
    "authorChannelUrl": "account_url",
    "text": "text",
    "likeCount": "n_likes",
    "replyCount": "n_replies",
    "totalReplyCount": "n_replies",
    "isReply": "is_reply",
    "isReplyTo": "parent_id",
    "isReplyToId": "parent_id",
    "videoId": "root_id",
}


class YoutubeDataToolsComments:
    """Comments under a video, saved by YouTube Data Tools (version 1 or 2).

    Times are those of the API, in UTC. Version 1 does not say which video it is of:
    ``--target`` does. In an anonymised file the names are hashes and no channel is told.
    """

    importer_id: ClassVar[str] = "youtube-data-tools-comments"
    about: ClassVar[str] = _("Comments of a YouTube video from YouTube Data Tools, CSV or TSV.")
    suffixes: ClassVar[tuple[str, ...]] = (".csv", ".tsv", ".tab", ".gz")
    version: ClassVar[int] = 1
    reason: ClassVar[str] = "the header has publishedAt, authorName, likeCount and a reply column"

    @classmethod
    def recognises(cls, head: bytes, name: str) -> bool:
        """Look for the columns of either version."""
        return _is_header(header_of(head, _is_header))

    def parse(self, stream: BinaryIO, choice: ColumnChoice) -> Iterator[Part]:
        """Yield comments and replies, then whether replies are missing or names hashed.

        Raises:
            InputError: It is no such table.
        """
        found = _Found()

        def form_of(table: PostTable, _seen: Sequence[Cells]) -> RowForm:
            if not _is_header(table.columns):
                raise DamagedFileError("the header", "it is not one of YouTube Data Tools")
            found.is_anonymous = "authorChannelId" not in table.columns
            roles = {
                _ROLES[column]: place
                for place, column in enumerate(table.columns)
                if column in _ROLES
            }
            return RowForm(
                roles=roles,
                platform="youtube",
                kind="comment",
                account_kind="channel",
            )

        stated = ColumnChoice(
            roles=choice.roles,
            platform="youtube",
            zone=choice.zone or "UTC",
            is_day_first=choice.is_day_first,
            target=choice.target,
            constants=choice.constants,
        )
        for part in read_posts(stream, open_table, form_of, stated):
            found.see(part)
            yield part
        yield from found.notes()


class _Found:
    """Counts what the comments say of their replies against the replies that are there."""

    def __init__(self) -> None:
        self.is_anonymous = False
        self._n_stated = 0
        self._n_replies = 0

    def see(self, part: Part) -> None:
        if isinstance(part, PostRow):
            if part.kind == "reply":
                self._n_replies += 1
            else:
                self._n_stated += part.n_replies or 0

    def notes(self) -> Iterator[SamplingNote]:
        if self.is_anonymous:
            yield SamplingNote(
                code="anonymised",
                sentence="The file was saved anonymised: names are hashes and channels are left "
                "out, so that one person is the same only within this file.",
            )
        if self._n_stated > self._n_replies:
            yield SamplingNote(
                code="other",
                sentence=f"The comments have {self._n_stated} replies, of which the file holds "
                f"{self._n_replies}.",
            )


def _is_header(cells: Sequence[str]) -> bool:
    found = {cell.strip() for cell in cells}
    return found >= _V1 or found >= _V2
