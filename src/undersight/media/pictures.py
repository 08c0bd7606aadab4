"""Opening a stranger's picture within limits, and nothing but a picture."""

from __future__ import annotations

import io
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from undersight.errors import MediaUnreadableError, MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

MAX_PIXELS: Final = 120_000_000
# Formats that hold pixels and nothing that is run (EPS would start a PostScript interpreter).
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "AVIF")
_STARTS: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")


def is_picture(head: bytes) -> bool:
    """Tell a picture from its first bytes."""
    is_riff = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    return head.startswith(_STARTS) or is_riff or head[4:12] in {b"ftypavif", b"ftypavis"}


@contextmanager
def opened(data: bytes) -> Iterator[Image]:
    """Open a picture; its pixels are read when first asked for.

    Args:
        data: The file's bytes.

    Raises:
        MediaUnreadableError: It is none, is damaged, or has more than `MAX_PIXELS`.
        MissingExtraError: Pillow is not installed.
    """
    try:
        from PIL import Image, UnidentifiedImageError
    except ImportError as error:
        raise MissingExtraError("Reading pictures", "media") from error
    what = "The picture"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # size is checked below; odd metadata is no matter
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                if image.width * image.height > MAX_PIXELS:
                    reason = f"it has {image.width}x{image.height} pixels"
                    raise MediaUnreadableError(what, reason)
                yield image
    except UnidentifiedImageError as error:
        raise MediaUnreadableError(what, "it is of no known kind") from error
    except Image.DecompressionBombError as error:
        raise MediaUnreadableError(what, "it has too many pixels") from error
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError) as error:
        # What Pillow's readers raise on damaged files, by format.
        raise MediaUnreadableError(what, "it is damaged") from error
