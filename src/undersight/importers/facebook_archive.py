"""Facebook's own "download your information" archive: a ZIP file of JSON or HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, ClassVar

from undersight.errors import DamagedFileError
from undersight.i18n import _
from undersight.importers.archive_members import ArchiveMembers, kind_of
from undersight.importers.facebook_archive_reading import KINDS, read_members
from undersight.model.corpus_rows import (
    AccountRow,
    Moment,
    PostRow,
    SamplingNote,
    ShareRow,
)
from undersight.model.deposit import DepositedPost
from undersight.model.intake import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.model.corpus_rows import ColumnChoice, CorpusRow

_PLATFORM = "facebook"
_SIGNS = (
    b"your_facebook_activity/",
    b"security_and_login_information/",
    b"posts/your_posts",
    b"profile_information/profile_information",
    b"comments_and_reactions/comments",
)


class FacebookArchive:
    """The archive that the owner of a profile or page asks Facebook for.

    As a source of posts it yields the owner's own posts and comments; as a deposit
    (`account_archives`) also logins, roles and particulars. Nothing of messages, contacts,
    telephone numbers or network addresses is read.
    """

    importer_id: ClassVar[str] = "facebook-archive"
    about: ClassVar[str] = _("Facebook's own archive of a profile or page (ZIP of JSON or HTML).")
    suffixes: ClassVar[tuple[str, ...]] = (".zip",)
    version: ClassVar[int] = 1
    reason: ClassVar[str] = "it is a ZIP file with the folders of Facebook's own archive"

    @classmethod
    def recognises(cls, head: bytes, name: str) -> bool:
        """Look for a ZIP file with the folders of the archive, or its name."""
        if not head.startswith(b"PK\x03\x04"):
            return False
        return any(sign in head for sign in _SIGNS) or name.lower().startswith("facebook-")

    def parse(
        self, stream: BinaryIO, choice: ColumnChoice
    ) -> Iterator[CorpusRow | Issue | SamplingNote]:
        """Yield the owner's posts and comments.

        Raises:
            ArchiveDamagedError: It is no ZIP file that can be followed.
            DamagedFileError: Nothing in it is of the archive.
        """
        members = _members(stream)
        for found in read_members(members, zone=choice.zone):
            if isinstance(found, DepositedPost):
                yield _row(found, choice)
            elif isinstance(found, Issue):
                yield found
        n_unread = sum(
            1 for name in members.names if kind_of(name, KINDS) not in ("posts", "comments")
        )
        yield SamplingNote(
            code="other",
            sentence=(
                f"{n_unread} files of the archive were not read as posts "
                "(pictures, messages, contacts, settings)."
            ),
        )


def _members(stream: BinaryIO) -> ArchiveMembers:
    members = ArchiveMembers(stream)
    if not any(kind_of(name, KINDS) for name in members.names):
        raise DamagedFileError("the archive", "no file in it is of Facebook's own archive")
    return members


def _row(post: DepositedPost, choice: ColumnChoice) -> PostRow:
    target = AccountRow(locator=post.locator, platform=_PLATFORM, native_id=choice.target)
    return PostRow(
        locator=post.locator,
        platform=_PLATFORM,
        native_id=post.native_id,
        kind=post.kind,
        target=target if choice.target else None,
        published=Moment(
            us=post.at_us,
            resolution_us=1_000_000,
            zone_basis="epoch" if post.is_epoch else "named" if choice.zone else "assumed",
            text=str(post.at_us),
        ),
        text=post.text,
        shares=tuple(ShareRow(kind="url", value=url) for url in post.urls),
    )
