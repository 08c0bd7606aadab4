"""A PDF taken apart into pictures of its pages, boxes filled, and put together from those alone.

A box drawn over text leaves the text below it. Here nothing of the old file goes into the new one
but what a page looks like: no text, no fonts, no notes, no attachments, no earlier versions.
"""

from __future__ import annotations

import ctypes
import re
from typing import TYPE_CHECKING, Final

from undersight.errors import RedactionLeaksError, RedactionRefusedError
from undersight.media.image_redaction import Box, filled, is_filled
from undersight.media.pdf_pages import POINTS_PER_INCH, open_pdf, picture_pdf
from undersight.media.pictures import MAX_PIXELS
from undersight.media.redaction import Redacted, refuse_boxes_outside
from undersight.media.text_redaction import term_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from PIL.Image import Image
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

DOTS_PER_INCH: Final = 150
MAX_PAGES: Final = 500
_MARGIN_POINTS: Final = 1.5
_STREAM: Final = re.compile(rb"stream\r?\n.*?\nendstream", re.DOTALL)
_HIDING: Final = (b"/Info", b"/Metadata", b"/Prev", b"/ID", b"/EmbeddedFile", b"/Annots")
_HIDING_MORE: Final = (b"/JavaScript", b"/AcroForm", b"/Names", b"/OCProperties", b"/Font")


def redact_pdf(
    data: bytes,
    boxes: Mapping[int, Sequence[Box]] | None = None,
    *,
    terms: Sequence[str] = (),
    dots_per_inch: int = DOTS_PER_INCH,
) -> Redacted:
    """Fill boxes, and the places of terms, on pictures of the pages.

    Args:
        data: The original's bytes.
        boxes: By page from 1: left, top, right, bottom in points (1/72 inch) from the top left.
        terms: Words to cover wherever the page has them as text.
        dots_per_inch: Of the pictures, 72 to 600.

    Raises:
        MediaUnreadableError: It is no PDF, is damaged, locked or too long.
        RedactionRefusedError: Nothing to cover was given or found, or a box is outside.
        RedactionLeaksError: The copy still holds something.
    """
    given = {page: list(found) for page, found in (boxes or {}).items()}
    pages: list[tuple[Image, float, float]] = []
    covered: list[list[Box]] = []
    wordless: list[int] = []
    missed = dict(enumerate(terms, 1))
    operations: list[Mapping[str, object]] = []
    with open_pdf(data, max_pages=MAX_PAGES) as document:
        _refuse_other_pages(given, len(document))
        document.init_forms()
        for number, page in enumerate(document, 1):
            points = [tuple(box) for box in given.get(number, [])]
            width, height = page.get_size()
            refuse_boxes_outside(points, int(width) + 1, int(height) + 1)
            by_term, text = _term_boxes(page, terms)
            wordless += [] if text.strip() else [number]
            missed = {i: term for i, term in missed.items() if not term_spans(text, [term])}
            scale = _scale(width, height, dots_per_inch)
            image = page.render(scale=scale).to_pil().convert("RGB")
            boxed = (_as_pixels(box, scale, image) for box in (*points, *by_term))
            # A word that stands outside the page is not on its picture either.
            pixels = [box for box in boxed if box[0] < box[2] and box[1] < box[3]]
            pages.append((filled(image, pixels), width, height))
            covered.append(pixels)
            operations += [
                {"operation": "cover", "page": number, "n_boxes": len(points),
                 "n_by_term": len(by_term)}
            ]  # fmt: skip
    if not any(one["n_boxes"] or one["n_by_term"] for one in operations):
        raise RedactionRefusedError("The PDF", "no box is given and no term stands in its text")
    copy = picture_pdf(pages)
    _check(copy, pages, covered)
    return _redacted(copy, operations, wordless if terms else [], missed)


def _redacted(
    copy: bytes,
    operations: Sequence[Mapping[str, object]],
    wordless: Sequence[int],
    missed: Iterable[int],
) -> Redacted:
    warnings = ["Look at every page: what is not covered can be read."]
    warnings += [f"Term {i} stands nowhere in the text." for i in missed]
    if wordless:
        listed = ", ".join(map(str, wordless))
        warnings.insert(0, f"Pages without text, where no term can be found: {listed}.")
    return Redacted(
        kind="pdf",
        data=copy,
        suffix=".pdf",
        operations=tuple(operations),
        checks=(
            "each page is one picture and holds no text",
            "no metadata, notes, attachments, outline, scripts or earlier version",
            "every box is of one colour",
        ),
        warnings=tuple(warnings),
    )


def _refuse_other_pages(given: Mapping[int, object], n_pages: int) -> None:
    other = sorted(page for page in given if not 1 <= page <= n_pages)
    if other:
        raise RedactionRefusedError("The PDF", f"it has {n_pages} pages, and none is {other[0]}")


def _scale(width: float, height: float, dots_per_inch: int) -> float:
    """Pixels per point, less where a page is so large that its picture would not fit."""
    scale = min(max(dots_per_inch, 72), 600) / POINTS_PER_INCH
    n_pixels = width * height * scale * scale
    limit = MAX_PIXELS / 4
    return float(scale if n_pixels <= limit else scale * (limit / n_pixels) ** 0.5)


def _as_pixels(box: tuple[float, ...], scale: float, image: Image) -> Box:
    """Points to pixels, rounded outwards."""
    left, top, right, bottom = box
    return (
        max(int(left * scale), 0),
        max(int(top * scale), 0),
        min(int(-(-right * scale // 1)), image.width),
        min(int(-(-bottom * scale // 1)), image.height),
    )


def _term_boxes(
    page: PdfPage, terms: Sequence[str]
) -> tuple[list[tuple[float, float, float, float]], str]:
    """Where the terms stand on a page, in points from the top left, and its text."""
    textpage = page.get_textpage()
    text = _characters(textpage)
    found = [
        _character_box(page, textpage, index)
        for start, end in term_spans(text, terms)
        for index in range(start, end)
        if not text[index].isspace()
    ]
    return [box for box in found if box[2] > box[0] and box[3] > box[1]], text


def _characters(textpage: PdfTextPage) -> str:
    """One code point for each character that the page counts, so that offsets are its own."""
    from pypdfium2 import raw

    codes = (
        raw.FPDFText_GetUnicode(textpage.raw, index) for index in range(textpage.count_chars())
    )
    return "".join(chr(code) if 0 < code < 0xD800 else " " for code in codes)


def _character_box(
    page: PdfPage, textpage: PdfTextPage, index: int
) -> tuple[float, float, float, float]:
    """Where a character stands as the page is shown, turned or cropped as it may be."""
    from pypdfium2 import raw

    left, bottom, right, top = textpage.get_charbox(index, loose=True)
    width, height = page.get_size()
    scale = 100
    corners = []
    for x, y in ((left, bottom), (right, top)):
        at_x, at_y = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(
            page.raw, 0, 0, int(width * scale), int(height * scale), 0, x, y, at_x, at_y
        )
        corners.append((at_x.value / scale, at_y.value / scale))
    (x1, y1), (x2, y2) = corners
    margin = _MARGIN_POINTS
    return (
        min(x1, x2) - margin,
        min(y1, y2) - margin,
        max(x1, x2) + margin,
        max(y1, y2) + margin,
    )


def _check(
    copy: bytes, pages: Sequence[tuple[Image, float, float]], covered: Sequence[Sequence[Box]]
) -> None:
    """Open the copy as a stranger would and look for anything but the pictures."""
    leaks = _hidden_parts(copy)
    with open_pdf(copy, max_pages=MAX_PAGES) as document:
        leaks += _document_leaks(document)
        for page, (image, *_), boxes in zip(document, pages, covered, strict=True):
            leaks += _page_leaks(page, image, boxes)
    if leaks:
        raise RedactionLeaksError("the PDF", tuple(dict.fromkeys(leaks)))


def _hidden_parts(copy: bytes) -> list[str]:
    """Parts outside the pictures' bytes that could carry something, and earlier versions."""
    frame = _STREAM.sub(b"", copy)
    leaks = ["hidden parts"] if any(one in frame for one in (*_HIDING, *_HIDING_MORE)) else []
    is_single = frame.count(b"%%EOF") == frame.count(b"startxref") == frame.count(b"trailer") == 1
    return leaks if is_single else [*leaks, "an earlier version"]


def _document_leaks(document: PdfDocument) -> list[str]:
    leaks = ["metadata"] if document.get_metadata_dict(skip_empty=True) else []
    leaks += ["attachments"] if document.count_attachments() else []
    leaks += ["an outline"] if any(True for _ in document.get_toc()) else []
    return leaks


def _page_leaks(page: PdfPage, image: Image, boxes: Sequence[Box]) -> list[str]:
    from pypdfium2 import raw

    leaks = ["text"] if page.get_textpage().count_chars() else []
    leaks += ["notes"] if raw.FPDFPage_GetAnnotCount(page.raw) else []
    objects = list(page.get_objects())
    if [one.type for one in objects] != [raw.FPDF_PAGEOBJ_IMAGE]:
        return [*leaks, "something besides the picture"]
    held = objects[0].get_bitmap().to_pil().convert("RGB")
    if held.tobytes() != image.tobytes() or not all(is_filled(held, box) for box in boxes):
        leaks.append("something within a box")
    return leaks
