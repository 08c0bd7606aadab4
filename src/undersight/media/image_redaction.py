"""Boxes filled in a picture, which is then written anew from its pixels alone."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING, Final

from undersight.errors import RedactionLeaksError, RedactionRefusedError
from undersight.media.pictures import opened
from undersight.media.redaction import Redacted, refuse_boxes_outside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.Image import Image

Box = tuple[int, int, int, int]
_FILL: Final = (0, 0, 0)
_PNG_HEAD: Final = b"\x89PNG\r\n\x1a\n"


def redact_image(data: bytes, boxes: Sequence[Box]) -> Redacted:
    """Fill boxes with black and write the picture anew as PNG, without anything but pixels.

    Turned upright first, as viewers show it, since the note that says how to turn it goes too.
    Transparent parts are laid on white: what they hide must not travel along.

    Args:
        data: The original's bytes.
        boxes: Left, top, right, bottom in pixels of the upright picture, right and bottom one
            past the last pixel.

    Raises:
        MediaUnreadableError: It is no picture, or damaged.
        RedactionRefusedError: No boxes, one outside, or the picture moves.
        RedactionLeaksError: The copy is not what it must be.
    """
    if not boxes:
        raise RedactionRefusedError("The picture", "no box is given")
    with opened(data) as image:
        if getattr(image, "n_frames", 1) > 1:
            raise RedactionRefusedError(
                "The picture", "it has several frames; save one as a still"
            )
        plain = upright_pixels(image)
    refuse_boxes_outside(boxes, plain.width, plain.height)
    copy = filled(plain, boxes)
    written = png_bytes(copy)
    _check(written, plain, boxes)
    return Redacted(
        kind="image",
        data=written,
        suffix=".png",
        operations=tuple({"operation": "fill-box", "box": list(box)} for box in boxes),
        checks=(
            "the file holds pixels and nothing else",
            "every box is of one colour",
            "everything outside the boxes is as it was",
        ),
        warnings=("Faces, plates and reflections outside the boxes are still there: look again.",),
    )


def upright_pixels(image: Image) -> Image:
    """The pixels as seen: turned upright, transparent parts on white, RGB."""
    from PIL import Image, ImageOps

    turned = ImageOps.exif_transpose(image)
    if "A" in turned.getbands() or "transparency" in turned.info:
        layered = turned.convert("RGBA")
        ground = Image.new("RGBA", layered.size, (255, 255, 255, 255))
        turned = Image.alpha_composite(ground, layered)
    plain = Image.new("RGB", turned.size)
    plain.paste(turned.convert("RGB"))
    return plain


def filled(image: Image, boxes: Sequence[Box]) -> Image:
    """A copy with boxes filled."""
    copy = image.copy()
    for box in boxes:
        copy.paste(_FILL, box)
    return copy


def is_filled(image: Image, box: Box) -> bool:
    """Whether every pixel of a box has the colour of the filling."""
    part = image.crop(box)
    return part.tobytes() == bytes(_FILL) * (part.width * part.height)


def png_bytes(image: Image) -> bytes:
    """A PNG of an RGB picture: header, pixels, end."""
    out = io.BytesIO()
    image.save(out, "PNG", pnginfo=None, exif=b"", icc_profile=None)
    return out.getvalue()


def _check(written: bytes, plain: Image, boxes: Sequence[Box]) -> None:
    """Read the copy back and compare it with what it must be."""
    leaks = []
    extra = sorted(set(_chunks(written)) - {b"IHDR", b"IDAT", b"IEND"})
    if extra:
        leaks.append("parts that are no pixels")
    with opened(written) as image:
        again = image.convert("RGB")
        if not all(is_filled(again, box) for box in boxes):
            leaks.append("something within a box")
        if again.tobytes() != filled(plain, boxes).tobytes():
            leaks.append("other pixels than the original's")
    if leaks:
        raise RedactionLeaksError("the picture", tuple(leaks))


def _chunks(data: bytes) -> list[bytes]:
    """The names of a PNG's parts, up to and beyond its end."""
    names, place = [], len(_PNG_HEAD)
    while place + 8 <= len(data):
        (length,) = struct.unpack_from(">I", data, place)
        names.append(data[place + 4 : place + 8])
        place += 12 + length
    return names if place == len(data) else [*names, b"rest"]
