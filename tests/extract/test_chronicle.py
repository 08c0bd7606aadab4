"""Chronicles by months and tables pasted as text: what a line's place tells."""

from __future__ import annotations

import datetime as dt

import pytest

from undersight.extract import draft
from undersight.extract.chronicle import edtf_of

CONTEXT = dt.date(2020, 12, 20)
TOLD = (
    "Journalist Aydan Boz was detained in Sarnak for a post.",
    "Blogger Orxan Nur was fined 500 manat by the court.",
    "Activist Leyla Tan was questioned at the prosecutor’s office.",
    "The site Dan Ulduzu was blocked by the ministry.",
)


def entries(text: str, lang: str | None = None) -> list[tuple[str, list[object]]]:
    """Return how every entry begins, and its days."""
    drafted = draft(text, context_date=CONTEXT, lang=lang).entries
    return [
        (text[e.start : e.start + 12], [f.value for f in e.fields if f.kind == "date"])
        for e in drafted
    ]


@pytest.mark.parametrize("sign", [".", ":", " –", ")", ",", " -"])
@pytest.mark.parametrize("title", ["CHRONICLE OF 2020\n\n", ""])
def test_days_below_months_open_entries_and_date_them(sign: str, title: str) -> None:
    text = (
        f"{title}JANUARY 2020\n\n14{sign} {TOLD[0]}\n\n28{sign} {TOLD[1]}\n\n"
        f"FEBRUARY 2020\n\n9{sign} {TOLD[2]}\n\n20–22{sign} {TOLD[3]}\n"
    )
    days = [day for _, found in entries(text) for day in found]
    assert days == ["2020-01-14", "2020-01-28", "2020-02-09", "2020-02-20/2020-02-22"]


def test_the_title_tells_the_year_of_months_without_one() -> None:
    text = f"Chronicle of 2017\n\nJanuary\n14. {TOLD[0]}\n28. {TOLD[1]}\nMarch\n9. {TOLD[2]}\n"
    assert [found for _, found in entries(text)] == [
        ["2017-01-14"],
        ["2017-01-28"],
        ["2017-03-09"],
    ]


@pytest.mark.parametrize(
    ("lang", "months", "told"),
    [
        ("tr", ("OCAK 2020", "ŞUBAT 2020"), "Gazeteci Aydan Boz gözaltına alındı."),
        ("az", ("YANVAR 2020", "FEVRAL 2020"), "Jurnalist Aydan Boz saxlanılıb."),
        ("ru", ("ЯНВАРЬ 2020", "ФЕВРАЛЬ 2020"), "Журналист Айдан Боз задержан."),
    ],
)
def test_chronicles_in_other_languages(lang: str, months: tuple[str, str], told: str) -> None:
    text = f"{months[0]}\n\n14. {told}\n\n28. {told}\n\n{months[1]}\n\n9. {told}\n"
    assert [found for _, found in entries(text, lang)] == [
        ["2020-01-14"], ["2020-01-28"], ["2020-02-09"],
    ]  # fmt: skip


def test_entries_that_are_counted_below_a_month_have_no_day_from_it() -> None:
    text = (
        f"MAY 2020\n\n1. {TOLD[0]}\n\n2. {TOLD[1]}\n\nJUNE 2020\n\n1. {TOLD[2]}\n\n2. {TOLD[3]}\n"
    )
    assert not {"2020-05-01", "2020-05-02"} & {day for _, found in entries(text) for day in found}


def test_figures_in_no_order_below_a_month_are_no_days() -> None:
    text = f"MAY 2020\n\n14. {TOLD[0]}\n\n3. {TOLD[1]}\n\n28. {TOLD[2]}\n\n9. {TOLD[3]}\n"
    assert not {"2020-05-14", "2020-05-28"} & {day for _, found in entries(text) for day in found}


def test_what_stands_below_a_month_without_a_day_is_an_entry_too() -> None:
    text = (
        f"MAY 2020\n\n14. {TOLD[0]}\n\n28. {TOLD[1]}\n\nJUNE 2020\n\n"
        f"Between 9 and 12 June, five activists were detained in Sarnak.\n\n15. {TOLD[3]}\n"
    )
    assert [words for words, _ in entries(text)][2] == "Between 9 an"


def test_days_that_no_month_has_date_nothing() -> None:
    assert edtf_of("31", "2020-02") == ""
    assert edtf_of("3 and 5", "2020-02") == "2020-02-03/2020-02-05"


ROWS = (
    ("Name", "Who", "What", "Notes"),
    ("Aydan Boz", "journalist", "detained 11.05.2019", "Out since 18.05.2019."),
    ("Zqrim Voblet", "printer", "arrested 03.03.2020", "Appeal lost."),
    ("Leyla Tan", "student", "fined 810 manat 29.05.2020", "Paid."),
)


@pytest.mark.parametrize("has_head", [True, False])
@pytest.mark.parametrize("shape", ["tabs", "strokes"])
def test_every_row_of_a_table_is_an_entry(shape: str, *, has_head: bool) -> None:
    rows = ROWS if has_head else ROWS[1:]
    lines = ["\t".join(row) if shape == "tabs" else f"| {' | '.join(row)} |" for row in rows]
    if shape == "strokes" and has_head:
        lines.insert(1, "|---|---|---|---|")
    text = "Our table, as of September. Correct us.\n\n" + "\n".join(lines) + "\n"
    drafted = draft(text, context_date=CONTEXT).entries
    assert len(drafted) == 3
    people = [[f.value for f in e.fields if f.kind == "person"] for e in drafted]
    assert people == [["Aydan Boz"], ["Zqrim Voblet"], ["Leyla Tan"]]


def test_a_small_table_inside_an_article_parts_nothing() -> None:
    rows = "\n".join("\t".join(row) for row in ROWS[1:])
    text = "\n\n".join((TOLD[0], TOLD[0], rows, TOLD[0], TOLD[0], TOLD[0]))
    assert all(not words.startswith(("Zqrim Voblet", "Leyla Tan")) for words, _ in entries(text))
