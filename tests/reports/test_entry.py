"""One entry to paste: clean HTML, or Markdown, for those who may see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.model.sample import WITHHELD_NAMES, rid, sample_dossier
from tests.reports.html_page import HtmlPage
from undersight.errors import InvalidValueError, NotVisibleError
from undersight.i18n import LANGUAGES
from undersight.reports.entry import Entry

PUBLIC = sample_dossier()
NAMES = ("in1", "in2", "in3", "in4", "in5", "in6", "in8")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", ["html", "markdown"])
def test_nobody_withheld_is_named(form: str, lang: str) -> None:
    for name in NAMES:
        text = Entry(form=form, lang=lang).text(PUBLIC, rid(name))
        assert [w for w in WITHHELD_NAMES if w in text] == []
        assert "tarvin.oskelde" not in text


@pytest.mark.parametrize("name", NAMES)
def test_html_is_a_fragment_of_plain_elements(name: str) -> None:
    page = HtmlPage(Entry().text(PUBLIC, rid(name)))
    assert page.faults == page.inline == page.loaded == []
    assert page.count("h2") == 1
    assert page.count("html") == page.count("div") == page.count("h1") == 0
    assert "class=" not in Entry().text(PUBLIC, rid(name))


def test_golden(golden: Callable[[str, Mapping[str, bytes]], None]) -> None:
    files = {
        f"in1.{lang}.{suffix}": Entry(form=form, lang=lang).text(PUBLIC, rid("in1")).encode()
        for lang in ("en", "az")
        for form, suffix in (("html", "html"), ("markdown", "md"))
    }
    golden("reports/entry", files)


def test_an_entry_that_may_not_be_seen_is_refused() -> None:
    with pytest.raises(NotVisibleError):
        Entry().text(PUBLIC, rid("in7"))


def test_another_form_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="html or markdown"):
        Entry(form="docx")


def test_it_is_written_to_a_file(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "entry.md"
    assert Entry(form="markdown").write(PUBLIC, out, incident_id=rid("in1")) == [out]
    assert out.read_text(encoding="utf-8").startswith("## Reporter questioned")
