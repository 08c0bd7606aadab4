"""Opening PDFs to look at them, and writing PDFs that hold pictures and nothing else."""

from __future__ import annotations

import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from undersight.errors import MediaUnreadableError, MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PIL.Image import Image
    from pypdfium2 import PdfDocument

POINTS_PER_INCH: Final = 72


@contextmanager
def open_pdf(data: bytes, *, max_pages: int) -> Iterator[PdfDocument]:
    """Open a PDF.

    Args:
        data: The file's bytes.
        max_pages: A longer one is refused.

    Raises:
        MediaUnreadableError: It is no PDF, is damaged, locked or too long.
        MissingExtraError: The extra `media` is not installed.
    """
    try:
        import pypdfium2
    except ImportError as error:
        raise MissingExtraError("Reading PDFs", "media") from error
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        reason = "it is no PDF, is damaged or is locked with a password"
        raise MediaUnreadableError("The PDF", reason) from error
    try:
        if not 0 < len(document) <= max_pages:
            raise MediaUnreadableError("The PDF", f"it has {len(document)} pages")
        yield document
    except pypdfium2.PdfiumError as error:
        raise MediaUnreadableError("The PDF", "a page of it is damaged") from error
    finally:
        document.close()


def picture_pdf(pages: Sequence[tuple[Image, float, float]]) -> bytes:
    """Write a PDF of pictures: no text, no metadata, no dates, no ids; same pictures, same bytes.

    Args:
        pages: Picture in RGB, width and height in points, of each page.
    """
    objects: list[bytes] = [b"", b""]
    kids: list[int] = []
    for image, width, height in pages:
        place = f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /I Do Q".encode("ascii")
        number = len(objects) + 1
        kids.append(number)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:.3f} {height:.3f}] "
            f"/Resources << /XObject << /I {number + 2} 0 R >> >> "
            f"/Contents {number + 1} 0 R >>".encode("ascii")
        )
        objects.append(_stream("", place))
        form = (
            f"/Type /XObject /Subtype /Image /Width {image.width} /Height {image.height} "
            "/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode "
        )
        objects.append(_stream(form, zlib.compress(image.convert("RGB").tobytes(), 6)))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    listed = " ".join(f"{number} 0 R" for number in kids)
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{listed}] >>".encode("ascii")
    return _file(objects)


def _stream(form: str, data: bytes) -> bytes:
    head = f"<< {form}/Length {len(data)} >>\nstream\n".encode("ascii")
    return head + data + b"\nendstream"


def _file(objects: Sequence[bytes]) -> bytes:
    """Number the objects, and the table that says where they are."""
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode("ascii") + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode("ascii")
    out += b"".join(f"{place:010} 00000 n \n".encode("ascii") for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n".encode("ascii")
    out += f"startxref\n{start}\n%%EOF\n".encode("ascii")
    return bytes(out)
