"""Pictures and documents at the bench: what they say of themselves, and where else they are."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from undersight.archives.captures import Capture, is_archive, read_captures
from undersight.errors import FileUnreadableError, MediaUnreadableError, UndersightError
from undersight.integrity.canonical import digest_bytes
from undersight.media.document_text import is_pdf, message_text, pdf_text
from undersight.media.perceptual import MAX_DISTANCE, LookalikeIndex, PictureHash, picture_hash
from undersight.media.picture_facts import CAUTION, picture_facts
from undersight.media.pictures import is_picture
from undersight.text.decoding import decode
from undersight.vault.intake_files import HEAD_BYTES, media_type
from undersight.vault.object_names import is_object_name, named_object

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from undersight.integrity.canonical import Digest
    from undersight.workbench.session import Workspace

_HEAD_BYTES = 64 * 1024
_MAX_BYTES = 512 * 1024**2
_DIGEST_LETTERS = 64
_MAIL = re.compile(rb"(?:[!-9;-~]+:|From )")  # how the headers of an e-mail begin


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LookalikeSearch:
    """What looking for a picture elsewhere found.

    Args:
        wanted: Its hash.
        found: Candidates, nearest first: object, place within it, distance, quality.
        n_pictures: Pictures compared.
        unreadable: Objects with pictures that could not be read.
    """

    wanted: PictureHash
    found: tuple[dict[str, Any], ...]
    n_pictures: int
    unreadable: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return it for programs."""
        return {
            "hash": self.wanted.bits,
            "quality": self.wanted.quality,
            "is_telling": self.wanted.is_telling,
            "n_pictures": self.n_pictures,
            "candidates": list(self.found),
            "unreadable": list(self.unreadable),
        }


def is_digest(named: str) -> bool:
    """Whether a word is a digest or its beginning; everything else is a file's name."""
    return is_object_name(named) and (len(named) == _DIGEST_LETTERS or not Path(named).exists())


def bytes_of(named: str, workspace: Callable[[], Workspace]) -> bytes:
    """The bytes of a sealed object or of a file.

    Args:
        named: A digest or its first 12 characters or more, else a file's path.
        workspace: Opened only for a digest.

    Raises:
        ObjectNotFoundError: The vault does not hold it.
        FileUnreadableError: There is no such file, or it is too long to be looked at.
    """
    try:
        if is_digest(named):
            vault = workspace().vault
            with vault.open(named_object(vault, named)) as stream:
                return _limited(stream, named)
        with Path(named).open("rb") as file:
            return _limited(file, named)
    except OSError as error:
        raise FileUnreadableError(named, error.strerror or "it cannot be read") from error


def show(data: bytes) -> dict[str, Any]:
    """What a picture, PDF or e-mail says of itself; for the user's eyes, no output carries it.

    Raises:
        MediaUnreadableError: It is none of these, or damaged.
        MissingExtraError: The extra `media` is not installed.
    """
    digest = {"digest": digest_bytes(data), "n_bytes": len(data)}
    if is_picture(data[:_HEAD_BYTES]):
        facts = dataclasses.asdict(picture_facts(data))
        seen = picture_hash(data)
        alike = {"pdq": seen.bits, "quality": seen.quality}
        return {**digest, "kind": "picture", **facts, **alike, "caution": CAUTION}
    if is_pdf(data[:_HEAD_BYTES]):
        return {**digest, "kind": "pdf", "pages": pdf_text(data)}
    if not _MAIL.match(data):
        kind = media_type(data[:HEAD_BYTES])
        if not kind.startswith("text/"):
            reason = f"it is {kind}; pictures, PDFs, e-mails and texts can be looked at"
            raise MediaUnreadableError("The file", reason)
        return {**digest, "kind": "text", "text": decode(data, name="the text")}
    headers, text, attached = message_text(data)
    told = {"headers": headers, "text": text, "attached": attached, "caution": CAUTION}
    return {**digest, "kind": "message", **told}


def same(
    workspace: Workspace,
    data: bytes,
    *,
    max_distance: int = MAX_DISTANCE,
    progress: Callable[[int], object] = id,
) -> LookalikeSearch:
    """Look for a picture among all sealed pictures, those inside sealed web archives included.

    Everything is read anew each time: an index of hashes kept on disk would tell a thief which
    known pictures are here.

    Args:
        workspace: Open.
        data: The picture.
        max_distance: Bits that may differ.
        progress: Called with the number of objects looked at.

    Raises:
        MediaUnreadableError: It is no picture, or damaged.
        MissingExtraError: The extra `media` is not installed.
    """
    wanted, own = picture_hash(data), digest_bytes(data)
    known: list[tuple[str, PictureHash]] = []
    unreadable: list[str] = []
    for n, digest in enumerate(workspace.vault.digests(), 1):
        for place, picture in _pictures(workspace, digest):
            key = f"{digest} {place}".strip()
            try:
                if digest_bytes(picture) != own:
                    known.append((key, picture_hash(picture)))
            except UndersightError:
                unreadable.append(key)
        progress(n)
    near = LookalikeIndex(known).near(wanted, max_distance=max_distance)
    found = tuple(
        {
            "object": one.key.partition(" ")[0],
            "place": one.key.partition(" ")[2],
            "distance": one.distance,
            "quality": one.quality,
        }
        for one in near
    )
    return LookalikeSearch(
        wanted=wanted, found=found, n_pictures=len(known), unreadable=tuple(unreadable)
    )


def _pictures(workspace: Workspace, digest: Digest) -> Iterator[tuple[str, bytes]]:
    """An object, if it is a picture, or the pictures inside it, if it is a web archive."""
    with workspace.vault.open(digest) as stream:
        head = stream.read(_HEAD_BYTES)
        if is_picture(head):
            yield "", head + stream.read(_MAX_BYTES)
        elif is_archive(head):
            for found in read_captures(stream):
                if isinstance(found, Capture) and is_picture(found.body[:_HEAD_BYTES]):
                    yield found.locator, found.body


def _limited(stream: BinaryIO, named: str) -> bytes:
    data = stream.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise FileUnreadableError(named, f"it has more than {_MAX_BYTES} bytes")
    return data
