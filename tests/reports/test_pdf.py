"""The PDF: words of every script come out again, the same bytes, nobody withheld."""

from __future__ import annotations

import builtins
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.model.sample import WITHHELD_NAMES, rid, sample_dossier
from tests.presentation.snapshots import sample_with
from undersight.errors import FontMissingError, MissingExtraError, NotVisibleError
from undersight.model import records as r
from undersight.presentation.outline import Run
from undersight.reports.pdf import Pdf, _run

try:
    import typst  # noqa: F401
except ImportError:
    HAS_TYPST = False
else:
    HAS_TYPST = True


def text_of(content: bytes, folder: Path) -> str:
    """The words of a PDF, as pdftotext (poppler) reads them."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("needs pdftotext (Debian: apt-get install poppler-utils)")
    place = folder / "made.pdf"
    place.write_bytes(content)
    done = subprocess.run(
        [program, "-enc", "UTF-8", str(place), "-"], capture_output=True, check=True, timeout=30
    )
    return " ".join(done.stdout.decode().split())


@pytest.mark.pdf
@pytest.mark.skipif(not HAS_TYPST, reason="needs the extra 'pdf'")
class TestPdf:
    def test_words_of_every_script_come_out_again(self, tmp_path: Path) -> None:
        claim = r.Claim(
            record_id="quote", about=rid("asked"), stance="denies", speaker_as_text="şöbə",
            statement={"ar": "لا تعليق"}, visibility="public",
        )  # fmt: skip
        entry = r.Incident(
            record_id="az", public_id="QV-9", visibility="public",
            title={"az": "Əliyev şikayət ığüöç ДӘҒҜ"}, summary={"ka": "გამარჯობა"},
        )  # fmt: skip
        dossier = sample_with(claim, entry)
        content = Pdf(lang="az").content(dossier, [rid("in1"), "az"])
        text = text_of(content, tmp_path)
        assert "Əliyev şikayət ığüöç ДӘҒҜ" in text
        assert "nə ilə bağlıdır" in text
        assert set("تعليق") <= set(text)
        assert "გამარჯობა" in text
        russian = text_of(Pdf(lang="ru").content(dossier, [rid("in1")]), tmp_path)
        assert "Тарвина Оскельде вызвали, арестовали и обвинили." in russian
        assert "Ответ не найден" in russian

    def test_letters_that_no_font_has_are_named(self) -> None:
        entry = r.Incident(
            record_id="old", public_id="QV-9", visibility="public", title={"en": "Held 𓂀𓂀"}
        )
        with pytest.raises(FontMissingError, match="no font on this computer has the letters “𓂀"):
            Pdf().content(sample_with(entry), ["old"])

    def test_the_computer_s_fonts_help_where_those_carried_along_lack_letters(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        import typst

        asked: list[bool] = []

        def compile_(*_: object, ignore_system_fonts: bool, **__: object) -> bytes:
            asked.append(ignore_system_fonts)
            if ignore_system_fonts:
                msg = 'the text `"記"` could not be displayed with font `"Libertinus Serif"`'
                raise typst.TypstError(msg)
            return b"%PDF-"

        monkeypatch.setattr(typst, "compile", compile_)
        assert Pdf().content(sample_dossier(), [rid("in5")]) == b"%PDF-"
        assert asked == [True, False]

    def test_nobody_withheld_is_named(self, tmp_path: Path) -> None:
        text = text_of(Pdf().content(sample_dossier()), tmp_path)
        assert [name for name in WITHHELD_NAMES if name in text] == []
        assert "7 entries, as it stood on 1 December 2031" in text

    def test_the_same_bytes_every_time_and_tagged(self) -> None:
        first = Pdf().content(sample_dossier(), [rid("in5")])
        assert first == Pdf().content(sample_dossier(), [rid("in5")])
        assert first.startswith(b"%PDF-")
        assert b"/StructTreeRoot" in first or b"/MarkInfo" in first

    def test_it_is_written_to_a_file(self, tmp_path: Path) -> None:
        out = tmp_path / "deep" / "log.pdf"
        assert Pdf().write(sample_dossier(), out, incident_ids=[rid("in1")]) == [out]
        assert out.read_bytes().startswith(b"%PDF-")

    def test_nothing_to_print_is_still_a_document(self) -> None:
        assert Pdf().content(sample_dossier(), []).startswith(b"%PDF-")

    def test_an_entry_that_may_not_be_seen_is_refused(self) -> None:
        with pytest.raises(NotVisibleError):
            Pdf().content(sample_dossier(), [rid("in7")])


def test_without_the_typesetter_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_typst(name: str, *args: object, **kwargs: object) -> object:
        if name == "typst":
            raise ImportError(name)
        return real(name, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without_typst)
    with pytest.raises(MissingExtraError) as caught:
        Pdf().content(sample_dossier())
    assert "undersight[pdf]" in caught.value.hint


def test_figures_behind_a_name_in_arabic_stay_behind_it() -> None:
    name = _run(Run(text="صحيفة", url="https://a.example/1"))["text"]
    assert name == "\u2067صحيفة\u2069"
    assert _run(Run(text="ليلى, 3 May"))["text"] == "\u2067ليلى\u2069, 3 May"
    assert _run(Run(text="قالت 3 مرات", lang="ar"))["text"] == "\u2067قالت 3 مرات\u2069"
    assert _run(Run(text="Ilke, 3 May"))["text"] == "Ilke, 3 May"
