"""The comment sheet as a page, as lines and as a paragraph: whole, closed, the same bytes."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.model.comment_sheets import ATTACK, a_sheet
from tests.reports.html_page import HtmlPage
from undersight.i18n import LANGUAGES
from undersight.reports.target_sheet import TargetSheet, wording


def test_the_sheet_is_the_same_to_the_byte(
    golden: Callable[[str, Mapping[str, bytes]], None], tmp_path: Path
) -> None:
    (path,) = TargetSheet().write(a_sheet(), tmp_path / "sheet.html")
    text = TargetSheet().text(a_sheet()).encode()
    golden("reports/target_sheet", {"sheet.html": path.read_bytes(), "sheet.txt": text})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_in_every_language_is_whole_and_loads_nothing(lang: str) -> None:
    page = HtmlPage(TargetSheet(lang=lang).page(a_sheet()))
    assert page.faults == []
    assert page.loaded == []
    assert page.inline == ["<style>"]
    assert len(page.ids) == len(set(page.ids))
    assert page.attribute("html", "lang") == lang


def test_the_browser_is_told_the_digest_of_the_style_and_to_run_nothing() -> None:
    markup = TargetSheet().page(a_sheet())
    found = re.search(r"<style>(.*?)</style>", markup, re.DOTALL)
    assert found is not None
    digest = base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()
    policy = HtmlPage(markup).policy
    assert f"style-src 'sha256-{digest}'" in policy
    assert "script-src 'none'" in policy


def test_words_of_the_data_stay_words() -> None:
    sheet = a_sheet(ATTACK, target=ATTACK, target_name=ATTACK, reference=ATTACK)
    clean, attacked = (HtmlPage(TargetSheet().page(one)) for one in (a_sheet(), sheet))
    assert attacked.faults == []
    assert attacked.inline == clean.inline
    assert attacked.count("script") == attacked.count("img") == 0
    assert "{{7*7}}" in attacked.words


def test_a_terminal_is_given_nothing_to_obey() -> None:
    text = TargetSheet().text(a_sheet("\x1b[2Jgone\r\n\u202eback", target="\x07"))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e]", text)


def test_the_paragraph_has_numerators_denominators_and_intervals() -> None:
    said = TargetSheet().paragraph(a_sheet())
    assert "31 of 300 (10.3 %; interval 7.4 to 14.3 %) comments came from 14 pages" in said
    assert "28 of 50 (56 %)" in said
    assert "60 of 80" in said
    assert "do not say who is behind" in said


def test_a_sheet_of_few_comments_says_so_and_keeps_its_counts() -> None:
    few = a_sheet(n_comments=19)
    assert "Not enough" in TargetSheet().text(few)
    assert "Not enough" in HtmlPage(TargetSheet().page(few)).words
    assert "19" in TargetSheet().text(few)
    assert "Not enough" not in TargetSheet().text(a_sheet(n_comments=20))


def test_what_cannot_be_told_is_said_in_place_of_a_number() -> None:
    sentence = "The file does not say whether an account is a page or a profile."
    lacking = a_sheet(kinds=(), hours=(), texts=None, newcomers=None, others=(), elsewhere=(),
                      categories=(), created_months=(), n_top=0, first_us=None, last_us=None,
                      posted_us=None, n_shown=None, cannot_tell={"kinds": sentence})  # fmt: skip
    assert f"Cannot tell: {sentence}" in TargetSheet().text(lacking)
    page = HtmlPage(TargetSheet().page(lacking))
    assert sentence in page.words
    assert page.faults == []
    assert "cannot be told" in TargetSheet().paragraph(lacking)


def test_dates_of_long_ago_are_drawn_by_year() -> None:
    months = a_sheet().created_months
    wide = a_sheet(created_months=(type(months[0])(name="2009-01", n=1), *months))
    assert "<svg" in TargetSheet().page(wide)
    assert HtmlPage(TargetSheet().page(wide)).faults == []


def test_what_is_known_to_the_day_is_given_no_hour() -> None:
    at_us = 1_935_482_400_000_000
    assert wording.moment(at_us) == "2031-05-02 10:00 UTC"
    assert wording.moment(at_us, 60_000_000) == "2031-05-02 10:00 UTC"
    assert wording.moment(at_us, 86_400_000_000) == "2031-05-02"


def test_what_was_not_compared_is_told() -> None:
    made = a_sheet()
    said = TargetSheet(lang="en").text(made)
    assert "Not compared: comments of fewer than 8 letters" in said
    assert "comments of at least 8 letters say the same" in said
    assert made.texts is not None
    assert made.texts.exact.of < made.n_comments
    same = a_sheet(n_comments=made.texts.exact.of)
    assert "letters" not in TargetSheet(lang="en").text(same)


def test_what_to_know_of_a_file_is_said_in_the_readers_language() -> None:
    sentence = "No column says who wrote: nothing can be said of accounts."
    words = wording.SheetWords(a_sheet(), "ru")
    assert words.note(sentence) != sentence
    assert words.note("a note of nobody's") == "a note of nobody's"
