"""What is taken out is out, nothing hidden goes along, and the copy is bound to its original."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from tests.media import shown
from undersight.errors import (
    MediaUnreadableError,
    RedactionLeaksError,
    RedactionRefusedError,
    UndersightError,
)
from undersight.integrity.canonical import digest_bytes
from undersight.media import image_redaction, pdf_redaction
from undersight.media.image_redaction import redact_image
from undersight.media.pdf_pages import picture_pdf
from undersight.media.pdf_redaction import redact_pdf
from undersight.media.redaction import check_record, make_record
from undersight.media.text_redaction import MASK, mask, redact_text, term_spans

FEW = settings(max_examples=max(10, settings.default.max_examples // 4))

# --- texts -----------------------------------------------------------------------------------


def test_names_go_in_every_spelling_and_ending() -> None:
    text = "Rauf Əliyevə dedilər. ELİYEV! Алиева, Aliyevlər; Ə\u200bliyev. Milli Məclis."
    found = redact_text(text, terms=["Əliyev"])
    expected = f"Rauf {MASK} dedilər. {MASK}! {MASK}, {MASK}; {MASK}. Milli Məclis."
    assert found.data.decode() == expected
    assert found.operations == ({"operation": "mask-text", "n_masked": 5},)


def test_a_name_over_a_line_end_goes_whole() -> None:
    found = redact_text("by Tarvin\nOskelde today", terms=["Tarvin Oskelde"])
    assert found.data.decode() == f"by {MASK} today"


def test_spans_join_and_masks_have_one_length() -> None:
    masked = mask("abcdefghij", [(1, 3), (2, 5), (8, 9)])
    assert (masked.text, masked.spans) == (f"a{MASK}fgh{MASK}j", ((1, 5), (8, 9)))


def test_a_span_within_another_uncovers_nothing_and_neighbours_are_one() -> None:
    masked = mask("abcdefghij", [(1, 8), (2, 4), (8, 9)])
    assert (masked.text, masked.spans) == (f"a{MASK}j", ((1, 9),))


def test_a_span_that_lays_a_term_bare_is_a_leak() -> None:
    with pytest.raises(RedactionLeaksError):
        redact_text("the unOskelde letter", terms=["Oskelde"], spans=[(4, 6)])


def test_a_term_within_longer_words_is_said() -> None:
    found = redact_text("Oskelde, preOskelde", terms=["Oskelde"])
    assert found.warnings == ("A term is still there inside longer words; look at them.",)
    assert redact_text("Oskelde", terms=["Oskelde"]).warnings == ()


def test_a_term_that_is_not_there_is_said() -> None:
    with pytest.raises(RedactionRefusedError, match="none of the terms"):
        redact_text("nothing here", terms=["Oskelde"])
    found = redact_text("Oskelde only", terms=["Oskelde", "Varo"])
    assert found.warnings == ("Term 2 stands nowhere in the text.",)
    with pytest.raises(RedactionRefusedError, match="span 3-99"):
        redact_text("short", spans=[(3, 99)])


@given(
    st.text(alphabet="aəe Əlıİyvб\u200b.\n", max_size=40), st.text("əlyv", min_size=1, max_size=4)
)
def test_after_masking_the_term_is_nowhere(text: str, term: str) -> None:
    spans = term_spans(text, [term])
    masked = mask(text, spans) if spans else None
    if masked:
        assert term_spans(masked.text, [term]) == []
        assert redact_text(text, terms=[term]).data.decode() == masked.text


@pytest.mark.parametrize(
    ("coded", "how"),
    [
        ("&#601;liyev", "HTML entities"),
        ("?n=%C6%8Fliyev", "addresses"),
        ('{"n": "\\u018fliyev"}', "JSON"),
    ],
)
def test_a_name_in_coded_form_stops_the_redaction(coded: str, how: str) -> None:
    with pytest.raises(RedactionRefusedError, match=how):
        redact_text(f"Əliyev, {coded}", terms=["Əliyev"])


# --- pictures --------------------------------------------------------------------------------


def test_a_box_is_filled_and_nothing_else_is_left_or_changed() -> None:
    original = shown.telling_jpeg()
    found = redact_image(original, [(10, 20, 60, 50)])
    for trace in (b"Oskelde", b"Lantern", b"SN-2031", b"Exif", b"eXIf", b"tEXt"):
        assert trace not in found.data
    with Image.open(io.BytesIO(found.data)) as image:
        assert (image.format, dict(image.getexif()), image.info) == ("PNG", {}, {})
        copy = image.convert("RGB")
    assert set(copy.crop((10, 20, 60, 50)).tobytes()) == {0}
    before = Image.open(io.BytesIO(original)).convert("RGB")
    for box in ((0, 0, 240, 20), (0, 50, 240, 160), (60, 20, 240, 50)):
        assert copy.crop(box).tobytes() == before.crop(box).tobytes()


def test_boxes_are_of_the_picture_as_it_is_seen() -> None:
    found = redact_image(shown.telling_jpeg(orientation=6), [(0, 0, 160, 5)])
    with Image.open(io.BytesIO(found.data)) as image:
        assert image.size == (160, 240)
        assert set(image.crop((0, 0, 160, 5)).tobytes()) == {0}


def test_what_transparency_hides_does_not_go_along() -> None:
    image = Image.new("RGBA", (20, 20), (255, 0, 0, 0))
    found = redact_image(shown.png(image, "Oskelde"), [(0, 0, 2, 2)])
    with Image.open(io.BytesIO(found.data)) as copy:
        assert copy.mode == "RGB"
        assert copy.getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize("box", [(0, 0, 0, 5), (-1, 0, 5, 5), (0, 0, 241, 5), (5, 5, 4, 9)])
def test_boxes_outside_are_refused(box: tuple[int, int, int, int]) -> None:
    with pytest.raises(RedactionRefusedError, match="is not within"):
        redact_image(shown.telling_jpeg(), [box])


def test_a_moving_picture_is_refused() -> None:
    out = io.BytesIO()
    shown.scene().save(out, "GIF", save_all=True, append_images=[shown.scene(shift=9)])
    with pytest.raises(RedactionRefusedError, match="frames"):
        redact_image(out.getvalue(), [(0, 0, 5, 5)])


def test_a_writer_that_leaks_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def leaking(image: Image.Image) -> bytes:
        return shown.png(image, "Oskelde")

    def half_done(image: Image.Image) -> bytes:
        copy = image.copy()
        ImageDraw.Draw(copy).point((11, 21), fill=(1, 0, 0))
        return shown.png(copy)

    for written, leak in ((leaking, "no pixels"), (half_done, "within a box")):
        monkeypatch.setattr(image_redaction, "png_bytes", written)
        with pytest.raises(RedactionLeaksError, match=leak):
            redact_image(shown.telling_jpeg(), [(10, 20, 60, 50)])


# --- PDFs ------------------------------------------------------------------------------------

PDF = shown.text_pdf("Held: Tarvin Oskelde", "in Sarnak", more="/Lang (az)")


def test_a_pdf_becomes_pictures_without_text_or_metadata() -> None:
    found = redact_pdf(PDF, terms=["Oskelde"])
    assert b"Oskelde" in PDF
    for trace in (b"Oskelde", b"Secret list", b"/Font", b"/Info", b"/Lang"):
        assert trace not in found.data
    with pypdfium2.PdfDocument(found.data) as document:
        page = document[0]
        assert page.get_size() == (300, 300)
        assert page.get_textpage().count_chars() == 0
        assert document.get_metadata_dict(skip_empty=True) == {}
        seen = page.render(scale=150 / 72).to_pil().convert("L")
    with pypdfium2.PdfDocument(PDF) as document:
        before = document[0].render(scale=150 / 72).to_pil().convert("L")
    scale = 150 / 72
    name = tuple(int(n * scale) for n in (122, 46, 165, 60))
    assert min(before.crop(name).tobytes()) < max(before.crop(name).tobytes())
    assert set(seen.crop(name).tobytes()) == {0}, "the name is one black box"
    rest = tuple(int(n * scale) for n in (35, 75, 200, 100))
    assert seen.crop(rest).tobytes() == before.crop(rest).tobytes(), "the other line is as it was"
    assert redact_pdf(PDF, terms=["Oskelde"]).data == found.data, "same input, same bytes"


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_terms_are_covered_on_turned_pages(rotate: int) -> None:
    turned = shown.text_pdf("Oskelde", rotate=rotate)
    with pypdfium2.PdfDocument(redact_pdf(turned, terms=["oskelde"]).data) as document:
        held = next(document[0].get_objects()).get_bitmap().to_pil().convert("L")
    assert set(held.tobytes()) == {0, 255}, "nothing of the only word is to be seen"


def leaking_text(pages: object) -> bytes:
    return PDF


def test_a_word_outside_the_page_does_not_come_along() -> None:
    away = shown.text_pdf("Oskelde").replace(b"40 240 Td", b"900 240 T").replace(b" T (", b" Td (")
    found = redact_pdf(away, terms=["Oskelde"])
    assert b"Oskelde" not in found.data


def test_boxes_in_points() -> None:
    found = redact_pdf(PDF, {1: [(0, 0, 300, 150)]})
    with pypdfium2.PdfDocument(found.data) as document:
        seen = document[0].render(scale=1).to_pil().convert("L")
    assert set(seen.crop((0, 0, 300, 149)).tobytes()) == {0}
    for boxes, reason in (
        ({2: [(0, 0, 5, 5)]}, "none is 2"),
        ({1: [(0, 0, 999, 5)]}, "not within"),
    ):
        with pytest.raises(RedactionRefusedError, match=reason):
            redact_pdf(PDF, boxes)


def test_a_pdf_without_text_says_that_terms_cannot_be_found() -> None:
    scanned = picture_pdf([(shown.scene(), 240, 160)])
    with pytest.raises(RedactionRefusedError, match="no term stands"):
        redact_pdf(scanned, terms=["Oskelde"])
    found = redact_pdf(scanned, {1: [(0, 0, 9, 9)]}, terms=["Oskelde"])
    assert "Pages without text, where no term can be found: 1." in found.warnings


def test_a_term_that_no_page_of_a_pdf_has_is_said() -> None:
    found = redact_pdf(PDF, terms=["Oskelde", "Velmorn"])
    assert "Term 2 stands nowhere in the text." in found.warnings
    assert len(redact_pdf(PDF, terms=["Oskelde", "Sarnak"]).warnings) == 1


@pytest.mark.parametrize(
    ("writer", "leak"),
    [
        (lambda pages: picture_pdf(pages) + b"%%EOF\n", "an earlier version"),
        (leaking_text, "text"),
        (lambda pages: picture_pdf([(shown.scene(), w, h) for _, w, h in pages]), "within a box"),
        (lambda pages: picture_pdf(pages).replace(b"/Root", b"/Info 1 0 R /Root"), "hidden parts"),
    ],
)
def test_a_pdf_writer_that_leaks_is_caught(
    writer: object, leak: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_redaction, "picture_pdf", writer)
    with pytest.raises(RedactionLeaksError, match=leak):
        redact_pdf(PDF, terms=["Oskelde"])


@FEW
@given(data=st.data())
def test_whatever_the_pdf_only_our_errors_escape(data: st.DataObject) -> None:
    raw = bytearray(PDF)
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        redact_pdf(bytes(raw), {1: [(0, 0, 5, 5)]}, terms=["Sarnak"], dots_per_inch=72)
    except UndersightError:
        return


def test_what_is_no_pdf() -> None:
    with pytest.raises(MediaUnreadableError):
        redact_pdf(b"%PDF-1.4 nothing", {1: [(0, 0, 5, 5)]})


# --- the binding -----------------------------------------------------------------------------


def test_the_record_binds_the_copy_to_the_original_without_naming_it() -> None:
    text = "Held: Tarvin Oskelde"
    original, copy = digest_bytes(text.encode()), redact_text(text, terms=["Oskelde"])
    record, opening = make_record(copy, original, tool="undersight 0")
    assert original.encode() not in record
    assert b"skelde" not in record
    digest = digest_bytes(copy.data)
    assert check_record(record, digest) is None
    assert check_record(record, digest, opening) == original
    again, _ = make_record(copy, original, tool="undersight 0")
    assert again != record, "each record has a salt of its own"
    other = opening.replace(original.encode(), b"0" * 64)
    for change in (
        (record, digest_bytes(b"x"), opening),
        (again, digest, opening),
        (record, digest, other),
        (record.replace(b'"n_masked":1', b'"n_masked":2'), digest, opening),
        (record.replace(b"redaction/1", b"redaction/2"), digest, None),
        (record, digest, opening.replace(b"opening/1", b"opening/2")),
        (b"{}", digest, None),
        (b"[", digest, None),
        (record, digest, b'{"format": "undersight-redaction-opening/1"}'),
    ):
        with pytest.raises(RedactionRefusedError):
            check_record(*change)


@FEW
@given(st.binary(max_size=120), st.binary(max_size=120))
def test_whatever_a_record_holds_only_our_errors_escape(record: bytes, opening: bytes) -> None:
    with pytest.raises(RedactionRefusedError):
        check_record(record, digest_bytes(b""), opening)
