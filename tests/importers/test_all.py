"""Whatever the bytes, an importer yields or raises one of our errors, and the same each time."""

from __future__ import annotations

import contextlib
import io

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importers.files import read, zipped
from undersight.errors import UndersightError
from undersight.importers import IMPORTERS
from undersight.model.intake import Article, Importer, Issue, Row


def _word() -> bytes:
    stream = io.BytesIO()
    made = Document()
    made.add_paragraph("Blogger jailed on 4 May.")
    made.save(stream)
    return stream.getvalue()


SEEDS = (
    b"name,date\nA,2031-05-04\n",
    b"<!doctype html><html><body><p>text</p></body></html>",
    b"<rss version='2.0'><channel><item><title>t</title></item></channel></rss>",
    b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>t</title></entry></feed>",
    (
        b"<rss xmlns:wp='http://wordpress.org/export/1.2/'><channel><item><title>t</title>"
        b"<wp:post_date>2031-05-04</wp:post_date></item></channel></rss>"
    ),
    zipped({"xl/workbook.xml": b"<workbook/>", "[Content_Types].xml": b"<Types/>"}),
    _word(),
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A file of some format with a few bytes changed, cut off or put in."""
    raw = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(raw)))
        kind = draw(st.sampled_from(["cut", "put", "change"]))
        if kind == "cut":
            del raw[place:]
        elif kind == "put":
            raw[place:place] = draw(st.binary(max_size=6))
        elif place < len(raw):
            raw[place] ^= draw(st.integers(1, 255))
    return bytes(raw)


@pytest.mark.parametrize("importer", IMPORTERS, ids=lambda i: i.importer_id)
@settings(max_examples=60, deadline=None)
@given(raw=st.binary(max_size=200) | damaged())
def test_only_our_errors_escape(importer: type[Importer], raw: bytes) -> None:
    with contextlib.suppress(UndersightError):
        for part in read(importer, raw):
            assert isinstance(part, Article | Row | Issue)
            assert part.locator
            assert not isinstance(part, Issue) or part.reason


@pytest.mark.parametrize("raw", SEEDS, ids=range(len(SEEDS)))
def test_reading_twice_gives_the_same(raw: bytes) -> None:
    for importer in IMPORTERS:
        found = []
        for _ in range(2):
            try:
                found.append(read(importer, raw))
            except UndersightError as error:
                found.append([error.sentence])  # type: ignore[list-item]
        assert found[0] == found[1]


@given(head=st.binary(max_size=100), name=st.text(max_size=12))
def test_recognising_never_fails(head: bytes, name: str) -> None:
    for importer in IMPORTERS:
        assert importer.recognises(head, name) in (True, False)
