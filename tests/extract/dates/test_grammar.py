from __future__ import annotations

import datetime as dt
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from undersight.extract.dates import DateMention, Duration, find_dates
from undersight.extract.dates.grammar import LANGUAGES, language_of
from undersight.extract.dates.tokens import fold
from undersight.model.vocabulary import vocabulary

CASES = Path(__file__).parent / "cases"
MONDAY = dt.date(2022, 12, 5)


def _rows(name: str) -> list[list[str]]:
    lines = (CASES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.split(" | ") for line in lines if line and not line.startswith("#")]


def _as_case(text: str, mention: DateMention) -> str:
    words = text[mention.start : mention.end].replace("\n", "¶")
    length = mention.duration
    if length is not None:
        most = f" to {length.amount_max}" if length.amount_max else ""
        return f"{words} = {length.amount}{most} {length.unit}"
    value = mention.date.edtf if mention.date else "unknown"
    if mention.alternatives:
        value += " either " + " or ".join(date.edtf for date in mention.alternatives)
    return f"{words} = {value}"


def only(text: str, lang: str = "en", context: dt.date | None = MONDAY) -> DateMention:
    (mention,) = find_dates(text, lang, context)
    return mention


# --- tables --------------------------------------------------------------------------------


def _found(lang: str, row: list[str]) -> list[str]:
    text = row[0].replace("¶", "\n")
    return [_as_case(text, mention) for mention in find_dates(text, lang, MONDAY)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_found(lang: str) -> None:
    """Every row of a language's table; those that are read otherwise are shown."""
    rows = _rows(lang)
    assert len(rows) > 50
    assert {row[0]: found for row in rows if (found := _found(lang, row)) != row[1:]} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_letters_in_pieces_are_the_same_letters(lang: str) -> None:
    """A phone may write ö as o and two dots: the same dates, and offsets into what was written."""
    for row in _rows(lang):
        text, *expected = (unicodedata.normalize("NFD", part.replace("¶", "\n")) for part in row)
        found = [_as_case(text, mention) for mention in find_dates(text, lang, MONDAY)]
        assert found == [case.replace("\n", "¶") for case in expected]


def test_nothing_found() -> None:
    rows = _rows("none")
    assert len(rows) > 20
    assert {text: found for lang, text in rows if (found := _found(lang, [text]))} == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_language_has_its_table(lang: str) -> None:
    assert len(_rows(lang)) >= 60


# --- what a mention says -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("4 March 2021", "stated"),
        ("4 March", "from_publication"),
        ("in May", "from_publication"),
        ("until May", "from_publication"),
        ("last week", "relative"),
        ("yesterday", "relative"),
        ("a month ago", "relative"),
        ("since 2019", "stated"),
        ("12/03/2021", "stated"),
        ("November last year", "relative"),
    ],
)
def test_the_basis_is_recorded(text: str, basis: str) -> None:
    date = only(text).date
    assert date is not None
    assert date.basis == basis
    assert date.context == ("" if basis == "stated" else "2022-12-05")
    assert date.as_text in text


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("from 4 to 9 March", "throughout"),
        ("since 2019", "throughout"),
        ("until 4 March 2021", "throughout"),
        ("4-9 March", "throughout"),
        ("between 4 and 9 March", "at_least_once"),
        ("by 2011", "at_least_once"),
        ("after 4 March 2021", "at_least_once"),
        ("the night of 4 to 5 March", "at_least_once"),
        ("early March", "at_least_once"),
        ("last week", "at_least_once"),
        ("all last week", "throughout"),
        ("throughout March 2021", "throughout"),
        ("throughout last week", "throughout"),
        ("the whole summer of 2021", "throughout"),
        ("in all of 2021", "at_least_once"),
        ("throughout 5 March 2021", "at_least_once"),
    ],
)
def test_the_reading_of_a_range(text: str, reading: str) -> None:
    date = only(text).date
    assert date is not None
    assert date.reading == reading


def test_an_open_range_gives_the_date_it_names() -> None:
    text = "all posts since 4 March 2021"
    mention = only(text)
    assert mention.named is not None
    assert mention.named.edtf == "2021-03-04"
    assert text[mention.named_start : mention.named_end] == "4 March 2021"
    night = only("в ночь на 5 марта", "ru")
    assert night.named is not None
    assert (night.named.edtf, night.named.as_text) == ("2022-03-05", "5 марта")


def test_without_a_context_the_year_stays_unknown() -> None:
    yearless = only("December 1", context=None)
    assert yearless.date is not None
    assert yearless.date.edtf == "XXXX-12-01"
    assert yearless.confidence < 0.5
    assert only("yesterday", context=None).date is None
    assert only("last month", context=None).date is None
    dates = [m.date for m in find_dates("On 1 December. The following day.", "en", None)]
    assert [date.edtf if date else None for date in dates] == ["XXXX-12-01", "XXXX-12-02"]
    dates = [m.date for m in find_dates("On 28 February. The following day.", "en", None)]
    assert dates[1] is not None
    assert dates[1].edtf == "[XXXX-02-29,XXXX-03-01]"


def test_two_digit_years_follow_the_context() -> None:
    new = only("05.03.23", context=dt.date(2024, 1, 1)).date
    assert new is not None
    assert new.edtf == "2023-03-05"
    old = only("05.03.99", context=dt.date(2024, 1, 1)).date
    assert old is not None
    assert old.edtf == "1999-03-05"


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("en", "Held on 17.01.2022; 18.01: court. 01.02: freed.", ["2022-01-18", "2022-02-01"]),
        ("ru", "Задержан 17.01.2022, 18.01 суд, 01.02 отпущен.", ["2022-01-18", "2022-02-01"]),
        ("az", "17.01.2022 saxlanılıb, 18.01-də məhkəmə olub.", ["2022-01-18"]),
        ("tr", "17.01.2022'de alındı, 18.01'de mahkemeye çıktı.", ["2022-01-18"]),
        ("en", "On 17.01.2022 at 10.06 he paid 12.05 manat (Art. 19.11), 12.05 % of it.", []),
        ("en", "Held on 17.01.2022; section 31.02 was cited.", []),
        ("en", "18.01 was the number; held on 17.01.2022.", []),
    ],
)
def test_a_day_without_its_year_in_digits(lang: str, text: str, found: list[str]) -> None:
    days = [m.date.edtf for m in find_dates(text, lang, MONDAY) if m.date]
    assert [day for day in days if day != "2022-01-17"] == found


def test_a_paragraph_does_not_count_from_another_entry() -> None:
    same = find_dates("Held on 4 March.\n\nThe following day he was freed.", "en", MONDAY)
    assert same[1].date is not None
    assert same[1].date.edtf == "2022-03-05"
    assert (
        same[1].confidence < find_dates("4 March. The following day.", "en", MONDAY)[1].confidence
    )
    other = find_dates("Held on 4 March.\n\n\nThe following day he was freed.", "en", MONDAY)
    assert other[1].date is None


def test_an_unknown_language_reads_digits_alone() -> None:
    mentions = find_dates("2021-03-04, 04.03.2021 და 12/03/2021, 4 მარტი", "ka", MONDAY)
    assert [m.date.edtf for m in mentions if m.date] == [
        "2021-03-04", "2021-03-04", "[2021-03-12,2021-12-03]",
    ]  # fmt: skip


def test_lengths_are_in_terms_of_the_vocabulary() -> None:
    for lang in LANGUAGES:
        for row in _rows(lang):
            for mention in find_dates(row[0], lang, MONDAY):
                if mention.duration is not None:
                    assert mention.is_duration
                    assert mention.date is None
                    vocabulary("unit").term(mention.duration.unit)
    assert only("3 to 5 years").duration == Duration(amount=3, unit="years", amount_max=5)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_literal_of_a_rule_is_hidden_by_a_word(lang: str) -> None:
    language = language_of(lang)
    hidden = [
        literal
        for literal in language.literals
        if literal not in ",-" and language.lookup(literal)[0] != literal
    ]
    assert hidden == []


# --- properties ----------------------------------------------------------------------------

_dates = st.dates(dt.date(1950, 1, 1), dt.date(2090, 12, 31))
EN = "January February March April May June July August September October November December"
AZ = "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr"
RU = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
TR = "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık"
AZ_OF = (
    "yanvarın fevralın martın aprelin mayın iyunun iyulun avqustun sentyabrın oktyabrın noyabrın"
)
TEMPLATES = [
    ("en", EN, "{m} {d}, {y}"),
    ("en", EN, "{d} {m} {y}"),
    ("en", EN, "the {d}th of {m} {y}"),
    ("en", EN, "{d:02}.{n:02}.{y}"),
    ("en", EN, "{y}-{n:02}-{d:02}"),
    ("ru", RU, "{d} {m} {y} года"),
    ("ru", RU, "{d}-го {m} {y} г."),
    ("ru", RU, "{d:02}.{n:02}.{y}"),
    ("az", AZ, "{d} {m} {y}-ci ildə"),
    ("az", AZ, "{y}-cı ilin {d} {m} günü"),
    ("az", f"{AZ_OF} dekabrın", "{y}-cu il {m} {d}-də"),
    ("az", f"{AZ_OF} dekabrın", "{y}-cü ilin {m} {d}-nə"),
    ("tr", TR, "{d} {m} {y}'te"),
    ("tr", TR, "{d} {m} {y} Cuma"),
    ("tr", TR, "{y} yılının {m} ayının {d}'inde"),
]


@pytest.mark.long
@settings(max_examples=200, deadline=None)
@given(_dates, st.sampled_from(TEMPLATES), st.sampled_from(["", "x ", "— ", "(", "“", "\n"]))
def test_a_written_date_is_read_back(
    day: dt.date, template: tuple[str, str, str], before: str
) -> None:
    lang, months, form = template
    words = form.format(d=day.day, n=day.month, y=day.year, m=months.split()[day.month - 1])
    mention = only(f"{before}{words} abc", lang, None)
    assert mention.date is not None
    assert mention.date.edtf == day.isoformat()
    text = f"{before}{words} abc"
    assert text[mention.start : mention.end] in words


@pytest.mark.long
@settings(max_examples=150, deadline=None)
@given(_dates, _dates, st.sampled_from(["az", "en", "ru", "tr"]))
def test_a_yearless_day_is_the_last_one_before_publication(
    day: dt.date, context: dt.date, lang: str
) -> None:
    month = dict(zip(("az", "en", "ru", "tr"), (AZ, EN, RU, TR), strict=True))[lang]
    mention = only(f"{day.day} {month.split()[day.month - 1]}", lang, context)
    assert mention.date is not None
    found = mention.date.earliest
    assert found is not None
    assert (found.month, found.day) == (day.month, day.day)
    assert found <= context
    assert (context - found).days < (366 if (day.month, day.day) != (2, 29) else 8 * 366)


PIECES = (
    "March 4 may 2021 5th , - – . the of last week two days later ago from to until since ¶ "
    "12.03.2021 12/03/21 14:30 Article 147.2 martın 4-də 4-dən 9-dək gecəsi 2023-cü il ildən "
    "марта 4 года с по до назад сутки Mart'ta önce yıl kadar “ ” « » ( ) ½ ② 𝟒 İ ١٢ e\u0301 "
    "winter 24 half noon"
)
_pieces = st.sampled_from(PIECES.replace("¶", "\n\n").split(" "))


@pytest.mark.long
@settings(max_examples=300, deadline=None)
@given(
    st.lists(_pieces, max_size=14).map(" ".join),
    st.sampled_from([*LANGUAGES, "xx"]),
    st.sampled_from([None, MONDAY]),
)
def test_any_text_gives_mentions_in_order_that_lie_in_it(
    text: str, lang: str, context: dt.date | None
) -> None:
    at = 0
    for mention in find_dates(text, lang, context):
        assert at <= mention.start < mention.end <= len(text)
        assert mention.start <= mention.named_start < mention.named_end <= mention.end
        assert not text[mention.start].isspace()
        assert not text[mention.end - 1].isspace()
        assert (mention.duration is not None) <= (mention.date is None)
        assert 0 < mention.confidence <= 1
        assert len(mention.alternatives) != 1
        at = mention.end


@pytest.mark.long
@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.sampled_from([*LANGUAGES, "xx"]))
def test_no_text_breaks_it(text: str, lang: str) -> None:
    assert find_dates(text, lang, MONDAY) == find_dates(text, lang, MONDAY)


@pytest.mark.long
@given(st.text(max_size=12))
def test_folding_is_stable(word: str) -> None:
    assert fold(fold(word)) == fold(word)


# --- speed ---------------------------------------------------------------------------------

HOSTILE = [
    "a", "1", "1.", "1-", "1,", "4, ", "4-", "(", "“", "@", "' ", "a'", "é", "of the ", "twenty ",
    "Article 5, ", "iki ", "March ", "from ", "\n", " ",
]  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    """Ten times the text may take seventy times as long on a busy machine, not a hundred."""

    def seconds(n_characters: int) -> float:
        text = piece * (n_characters // len(piece))
        started = time.process_time()
        find_dates(text, "en", MONDAY)
        return time.process_time() - started

    seconds(1_000)
    # The best of three of each: what another process took is not the grammar's.
    small = max(min(seconds(4_000) for _ in range(3)), 0.01)
    assert min(seconds(40_000) for _ in range(3)) < 70 * small
