"""Rows of a stranger's table: understood, or refused with the column and the reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersight.errors import (
    DayOrderError,
    InputError,
    InvalidDateError,
    NoCaseError,
    UnmappedValueError,
)
from undersight.model.intake import Row
from undersight.text import fold
from undersight.workbench.columns import ROLES, map_columns
from undersight.workbench.table_rows import RowReader, row_digest


def row(**cells: str) -> Row:
    return Row(locator="line 2", cells=cells)


def reader(
    *rows: Row,
    terms: dict[tuple[str, str], str] | None = None,
    lang: str = "en",
    constants: dict[str, str] | None = None,
    is_day_first: bool | None = None,
) -> RowReader:
    columns = map_columns(dict.fromkeys(name for one in rows for name in one.cells), {})
    made = RowReader(
        columns=columns,
        terms=terms or {},
        constants=constants or {},
        lang=lang,
        is_day_first=is_day_first,
    )
    made.observe(list(rows))
    return made


def test_a_row_becomes_a_document() -> None:
    one = row(
        name="Ravin Dargaly",
        date="2031-05-04",
        type="detention",
        city="Vezrin",
        status="released_served",
        outlet="Valley Post",
        url="https://v.example/1",
        agency="Police",
        official_statement="that he resisted",
        colour="red",
        id="17",
    )
    document = reader(one).document(one)
    (act,) = document["acts"]
    assert act["act_type"] == "detention"
    assert act["start"]["edtf"] == "2031-05-04"
    assert act["start"]["as_text"] == "2031-05-04"
    assert [(p["name"], p["role"]) for p in act["people"]] == [
        ("Ravin Dargaly", "victim"),
        ("Police", "official"),
    ]
    assert act["people"][0]["status"] == "released_served"
    assert document["place"] == {"locality": "Vezrin", "precision": "locality"}
    assert document["sources"][0]["publisher"]["name"] == "Valley Post"
    assert document["claims"][0]["speaker_as_text"] == "Police"
    assert document["remark"].splitlines() == ["colour: red", "id: 17"]
    assert document["title"] == "Detention, Ravin Dargaly, Vezrin"
    assert document["origin"] == row_digest(one)


@pytest.mark.parametrize("word", ["həbs", "tutuklama", "arrest", "арест"])
def test_acts_are_known_in_four_languages_or_counted_as_unmapped(word: str) -> None:
    one = row(type=word, name="A B")
    made = reader(one)
    act = made.document(one)["acts"][0]
    if act["act_type"] == "other":
        assert made.unmapped == {("act", word): 1}
        assert act["detail"] == word
    else:
        assert not made.unmapped


def test_a_term_told_is_used() -> None:
    one = row(type="Snatched", name="A")
    made = reader(one, terms={("act", "snatched"): "abduction"})
    document = made.document(one)
    assert document["acts"][0]["act_type"] == "abduction"
    assert document["remark"] == "act: Snatched"


@pytest.mark.parametrize(
    "words",
    ["Released", "released", "freed", "Azad edilib", "azad olunub", "освобожден", "Освобождён",
     "освобождена", "отпущен", "serbest bırakıldı", "Tahliye edildi"],
)  # fmt: skip
def test_let_out_says_no_more_than_that(words: str) -> None:
    one = row(type="detention", name="Tarvin Oskelde", date="2031-05-04", status=words)
    made = reader(one)
    assert made.document(one)["acts"][0]["people"][0]["status"] == "released"
    assert not made.unmapped


def test_a_verdict_on_the_motive_is_no_motive() -> None:
    one = row(date="2031-05-04", motive="Confirmed", name="A")
    document = reader(one).document(one)
    assert "believed_ground" not in document["acts"][0]
    assert document["remark"] == "motive: Confirmed"


def test_a_table_tells_whether_the_day_stands_first() -> None:
    unclear, clear = row(date="03/04/2031"), row(date="25/12/2031")
    assert reader(unclear, clear).document(unclear)["acts"][0]["start"]["edtf"] == "2031-04-03"
    month_first = row(date="12/25/2031")
    found = reader(unclear, month_first).document(unclear)
    assert found["acts"][0]["start"]["edtf"] == "2031-03-04"
    with pytest.raises(DayOrderError, match="date"):
        reader(unclear).document(unclear)
    with pytest.raises(DayOrderError):
        reader(unclear, clear, month_first).document(unclear)
    assert reader(unclear, lang="tr").document(unclear)["acts"][0]["start"]["edtf"] == "2031-04-03"
    found = reader(unclear, month_first, lang="tr").document(unclear)
    assert found["acts"][0]["start"]["edtf"] == "2031-03-04"
    told = reader(unclear, is_day_first=False).document(unclear)
    assert told["acts"][0]["start"]["edtf"] == "2031-03-04"


@pytest.mark.parametrize(
    ("cells", "error", "column"),
    [
        ({"date": "31/02/2031", "name": "A"}, InvalidDateError, "date"),
        ({"date": "2031-13-01", "name": "A"}, InvalidDateError, "date"),
        ({"date": "some day", "name": "A"}, UnmappedValueError, "date"),
        ({"total": "many", "name": "A"}, UnmappedValueError, "victim_count"),
    ],
)
def test_what_is_not_understood_is_refused_by_name(
    cells: dict[str, str], error: type[InputError], column: str
) -> None:
    one = Row(locator="line 9", cells=cells)
    with pytest.raises(error) as raised:
        reader(one).document(one)
    named = getattr(raised.value, "column", "") or getattr(raised.value, "field", "")
    assert column in named


@pytest.mark.parametrize(("word", "day"), [("5 мая 2031", "2031-05-05"), ("May 2031", "2031-05")])
def test_dates_in_words(word: str, day: str) -> None:
    one = row(date=word, name="A")
    assert reader(one).document(one)["acts"][0]["start"]["edtf"] == day


def test_numbers_of_people_with_spaces_and_nobody() -> None:
    one = row(total="1 200")
    assert reader(one).document(one)["acts"][0]["people"][0]["count"] == 1200
    nobody = row(total="0", type="detention")
    assert "people" not in reader(nobody).document(nobody)["acts"][0]


def test_the_digest_knows_a_row_by_its_cells_alone() -> None:
    assert row_digest(row(a="1", b="2")) == row_digest(
        Row(locator="elsewhere", cells={"b": "2", "a": "1"})
    )
    assert row_digest(row(a="1", b="2")) != row_digest(row(a="1", b="3"))
    assert row_digest(row(a="1\x1e2")) != row_digest(row(a="1"))


_ALIASES = [
    "name",
    "date",
    "type",
    "city",
    "total",
    "status",
    "url",
    "article",
    "occupation",
    "platform",
    "topic",
    "official_statement",
    "agency",
    "free",
]


@given(cells=st.dictionaries(st.sampled_from(_ALIASES), st.text(max_size=12), max_size=8))
def test_any_row_is_a_document_or_an_input_error(cells: dict[str, str]) -> None:
    one = row(**cells)
    try:
        document = reader(one, lang="en").document(one)
    except InputError:
        return
    assert len(document["acts"]) == 1
    assert set(document) <= {
        "lang",
        "title",
        "summary",
        "place",
        "topics",
        "acts",
        "sources",
        "claims",
        "remark",
        "origin",
    }
    assert len(ROLES) > 20


def test_nothing_of_a_row_is_lost_in_silence() -> None:
    one = row(
        name="Ravin Dargaly; Selme Orvanly",
        date="2031-05-04T09:30:00Z",
        end="ongoing",
        status="vanished",
        occupation="blogger, juggler",
        sentence="2 years in prison",
        country="Elsewhere",
        link="https://a.example/1; https://b.example/2",
        news_link="https://c.example/3",
    )
    document = reader(one, constants={"country": "QV"}).document(one)
    (act,) = document["acts"]
    assert act["start"]["edtf"] == "2031-05-04"
    assert "end" not in act
    assert [p["name"] for p in act["people"]] == ["Ravin Dargaly", "Selme Orvanly"]
    penalty = {"kind": "prison", "amount": 2, "unit": "years", "as_text": "2 years in prison"}
    assert act["people"][0]["sentences"] == [penalty]
    assert [s["url"] for s in document["sources"]] == [
        "https://a.example/1",
        "https://b.example/2",
    ]
    kept = document["remark"].split("\n")
    assert {"status: vanished", "occupation: blogger, juggler", "end: ongoing",
            "country: Elsewhere", "news_link: https://c.example/3"} == set(kept)  # fmt: skip


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("198.0", {"count": 198}),
        ("1 200", {"count": 1200}),
        ("1,200", {"count": 1200}),
        ("10–15", {"party_kind": "group", "count_min": 10, "count_max": 15}),
        ("200+", {"party_kind": "group", "count_min": 200}),
        ("~30", {"count": 30}),
        ("1", {"party_kind": "individual"}),
    ],
)
def test_how_many_people_as_people_write_it(written: str, told: dict[str, object]) -> None:
    one = row(date="2031-05-04", total=written)
    (victim,) = reader(one).document(one)["acts"][0]["people"]
    assert victim == {"role": "victim"} | told


def test_days_that_a_spreadsheet_wrote_as_numbers() -> None:
    rows = [row(name="A B", date="47976"), row(name="C D", date="47977")]
    made = reader(*rows)
    assert [made.document(one)["acts"][0]["start"]["edtf"] for one in rows] == [
        "2031-05-08",
        "2031-05-09",
    ]
    mixed = [row(name="A B", date="47976"), row(name="C D", date="2031")]
    with pytest.raises(UnmappedValueError):
        reader(*mixed).document(mixed[0])


def test_nobody_is_called_unknown() -> None:
    one = row(name="Unknown", date="unknown", agency="N/A", city="məlum deyil")
    document = reader(one).document(one)
    assert document["acts"][0]["people"] == [{"role": "victim", "party_kind": "unidentified"}]
    assert "place" not in document
    assert document["remark"].split("\n") == [
        "name: Unknown",
        "agency: N/A",
        "city: məlum deyil",
        "date: unknown",
    ]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("06.01.31", "2031-01-06"),
        ("12-13.01.2031", "2031-01-12/2031-01-13"),
        ("12.01-15.02.2031", "2031-01-12/2031-02-15"),
        ("12.01.2031–15.02.2031", "2031-01-12/2031-02-15"),
        ("??.05.2031", "2031-05"),
        ("2031/05", "2031-05"),
        ("20310504", "2031-05-04"),
        ("04-May-31", "2031-05-04"),
        ("04.05.2031 г.", "2031-05-04"),
        ("Q2 2031", "2031-04/2031-06"),
        ("около 5.01.2031", "2031-01-05~"),
        ("~ 5 May 2031", "2031-05-05~"),
        ("с 5 по 7 мая 2031", "2031-05-05/2031-05-07"),
        ("не ранее 20.02.2031", "2031-02-20/.."),
        ("5 May 2031, after the rally", "2031-05-05"),
        ("не позднее 5 мая 2031", "../2031-05-05"),
        ("not earlier than 5 May 2031", "2031-05-05/.."),
        ("5 may 2031-ci ildən sonra", "2031-05-05/.."),
        ("en geç 5 Mayıs 2031", "../2031-05-05"),
        ("before 4 May 2031", "../2031-05-04"),
        ("5 мая 2031, 14:30", "2031-05-05"),
        ("iyunun 3-ü 2031", "2031-06-03"),
        ("Haziran başı 2031", "2031-06-01/2031-06-10"),
        ("1 и 2 мая 2031", None),
        ("May 4", None),
        ("Jan-31", None),
    ],
)
@pytest.mark.parametrize("lang", ["en", "az"])
def test_a_date_is_read_whole_or_refused(text: str, edtf: str | None, lang: str) -> None:
    one = row(date=text, name="A")
    if edtf is None:
        with pytest.raises(UnmappedValueError):
            reader(one, lang=lang).document(one)
        return
    start = reader(one, lang=lang).document(one)["acts"][0]["start"]
    assert (start["edtf"], start["as_text"]) == (edtf, text)


def test_given_names_and_surnames_in_two_columns_are_one_name() -> None:
    one = Row(locator="line 2", cells={"Фамилия": "Даргалы", "Имя": "Равин", "дата": "2031"})
    (act,) = reader(one).document(one)["acts"]
    assert [p["name"] for p in act["people"]] == ["Равин Даргалы"]


def test_a_source_that_is_an_address_is_one_and_an_unknown_status_is_a_term() -> None:
    one = row(source="https://a.example/1; https://b.example/2", status="?", name="A", date="2031")
    made = reader(one)
    document = made.document(one)
    assert [s.get("url") for s in document["sources"]] == [
        "https://a.example/1",
        "https://b.example/2",
    ]
    assert document["acts"][0]["people"][0]["status"] == "unknown"
    assert not made.unmapped


@pytest.mark.parametrize(
    ("cell", "articles"),
    [
        ("ст. 28, ч. 2", ["28.2"]),
        ("ч. 2 ст. 28", ["28.2"]),
        ("535.1 КоАП; 510", ["535.1", "510"]),
        ("147.2, 388-1.1.1", ["147.2", "388.1.1"]),
        ("ст. 28, ч. 2; 510", ["28.2", "510"]),
        ("no article", []),
    ],
)
def test_the_part_of_an_article_is_no_article(cell: str, articles: list[str]) -> None:
    one = row(name="A", date="2031", article=cell)
    (act,) = reader(one).document(one)["acts"]
    assert [c["citation"] for c in act.get("citations", ())] == articles


def test_a_cell_that_lists_acts_makes_several() -> None:
    one = row(name="Ravin Dargaly", date="2031-05-04", type="Arrest; device_seizure, odd thing")
    made = reader(one)
    document = made.document(one)
    assert [act["act_type"] for act in document["acts"]] == ["arrest", "device_seizure"]
    assert [act["people"][0]["name"] for act in document["acts"]] == ["Ravin Dargaly"] * 2
    assert "act: odd thing" in document["remark"]
    assert made.unmapped == {("act", "odd thing"): 1}


@pytest.mark.parametrize(
    ("words", "lang", "act"),
    [
        ("Saxlanılıb", "az", "detention"),
        ("Обыск", "ru", "search"),
        ("İnzibati həbs", "az", "administrative_detention"),
        ("Interrogation", "en", "questioning"),
        ("He was at the market and then went home by bus.", "en", "other"),
    ],
)
def test_what_happened_names_an_act_where_it_says_nothing_else(
    words: str, lang: str, act: str
) -> None:
    one = row(date="2031-05-04", description=words)
    document = reader(one, lang=lang).document(one)
    assert (document["acts"][0]["act_type"], document["summary"]) == (act, words)


def test_an_act_among_other_words_is_proposed_and_not_taken() -> None:
    words = "Задержан, 15 суток"
    one = row(date="2031-05-04", описание=words)
    made = reader(one, lang="ru")
    assert made.document(one)["acts"][0]["act_type"] == "other"
    assert made.proposed == {("act", words): "detention"}
    told = reader(one, lang="ru", terms={("act", fold(words)): "detention"})
    assert told.document(one)["acts"][0]["act_type"] == "detention"
    made.is_proposal_taken = True
    assert made.document(one)["acts"][0]["act_type"] == "detention"


def test_words_that_say_more_than_the_act_taken_stay_in_the_remark() -> None:
    words = "Detained at night near the river"
    one = row(date="2031-05-04", act=words)
    for terms, is_taken in (({("act", fold(words)): "detention"}, False), ({}, True)):
        made = reader(one, terms=terms)
        made.is_proposal_taken = is_taken
        document = made.document(one)
        assert document["acts"][0]["act_type"] == "detention"
        assert document["remark"] == f"act: {words}"
        assert made.proposed == {("act", words): "detention"}
    made = reader(one, terms={("act", fold(words)): ""})
    made.is_proposal_taken = True
    assert made.document(one)["acts"][0]["act_type"] == "other"


def test_a_part_of_a_cell_that_says_more_than_its_act_stays_in_the_remark() -> None:
    one = row(date="2031-05-04", act="Detained at night near the river; Searched")
    made = reader(one)
    made.is_proposal_taken = True
    document = made.document(one)
    assert [act["act_type"] for act in document["acts"]] == ["detention", "search"]
    assert document["remark"] == "act: Detained at night near the river"


@pytest.mark.parametrize(
    "cells",
    [
        {"name": "TOPLAM: 5"},
        {"date": "Итого: 5"},
        {"id": "Cəmi 4", "type": "detention"},
        {"name": "Total", "total": "7"},
        {"id": "* their things were not given back"},
        {"date": "* compiled by the desk; 5 May 2031"},
        {"date": "May 2031"},
    ],
)
def test_a_total_or_a_note_is_no_case(cells: dict[str, str]) -> None:
    case = row(name="Ravin Dargaly", date="2031-05-04", type="detention", total="1", id="1")
    made = reader(case)
    with pytest.raises(NoCaseError, match="left out"):
        made.document(row(**cells))
    assert made.document(row(name="Total TV", date="2031-05-04", type="detention"))


@pytest.mark.parametrize(
    ("cell", "names", "count"),
    [
        ("Tarvin Oskelde and Mira Voss", ["Tarvin Oskelde", "Mira Voss"], None),
        ("Elvin Qarayev və Anar Həsənli", ["Elvin Qarayev", "Anar Həsənli"], None),
        ("Ада Лорн, Ян Халд и Мира Восс", ["Ада Лорн", "Ян Халд", "Мира Восс"], None),
        ("Lorn, Ada", ["Lorn, Ada"], None),
        ("Word and Deed", ["Word and Deed"], None),
        ("3 journalists", [], 3),
        ("Two bloggers", [], 2),
        ("üç jurnalist", [], 3),
        ("двое журналистов", [], 2),
        ("On Birinci", ["On Birinci"], None),
        ("Группа из 12 человек", [], 12),
        ("(isim verilmedi) 3 kişi", [], 3),
        ("Channel 24", ["Channel 24"], None),
    ],
)
def test_whom_a_cell_names(cell: str, names: list[str], count: int | None) -> None:
    one = row(victim=cell, date="2031-05-04")
    people = reader(one).document(one)["acts"][0]["people"]
    assert [p["name"] for p in people if "name" in p] == names
    assert people[0].get("count") == count
    assert count is None or cell in reader(one).document(one)["remark"]


def test_a_row_without_a_headline_is_called_by_its_own_words() -> None:
    told = row(city="Vezrin", date="2031-05-04", type="crossfire")
    assert reader(told).document(told)["title"] == "Crossfire, Vezrin"
    story = row(city="Vezrin", date="2031-05-04", description="Two men came. " * 20)
    title = reader(story).document(story)["title"]
    assert title.startswith("Two men came. Two men")
    assert title.endswith("…, Vezrin")


@pytest.mark.parametrize("cell", ["Anonymous", "неизвестный", "Naməlum şəxs", "İsimsiz"])
def test_who_is_not_named_is_nobody_called_so(cell: str) -> None:
    """Else every “Anonymous” of a log would be proposed as one person."""
    one = row(date="2031-05-04", victim=cell, type="detention")
    document = reader(one).document(one)
    assert document["acts"][0]["people"] == [{"role": "victim", "party_kind": "unidentified"}]
    assert cell in document["remark"]


def test_a_list_of_prisoners_in_azerbaijani_is_known_by_its_columns() -> None:
    cells = {"Adı, soyadı, atasının adı": "Selvi Mərdan Əli qızı", "Hökm": "5 il",
             "Həbs olunduğu tarix": "3 may 2031", "Saxlanıldığı yer": "Kürdəxana"}  # fmt: skip
    one = row(**cells)
    document = reader(one, lang="az").document(one)
    assert document["acts"][0]["act_type"] == "arrest"
    assert document["acts"][0]["people"][0]["name"] == "Selvi Mərdan Əli qızı"
    assert document["place"]["site"] == "Kürdəxana"


@pytest.mark.parametrize(
    "text", ["۱۴۵۲/۰۷/۱۲", "1409-07-12", "12.07.1409", "2574-05-03", "31.12.1409", "5 شباط 1452"]
)
def test_a_year_of_another_calendar_is_no_year_of_ours(text: str) -> None:
    one = row(date=text, name="Ravin Dargaly")
    with pytest.raises(InvalidDateError, match="another calendar"):
        reader(one).document(one)


@pytest.mark.parametrize(
    "text",
    ["٢٠٣١/٠٢/٠٥", "۵.۲.۲۰۳۱", "5 лютого 2031 р.", "5 თებერვალი, 2031", "2031 წლის 5 თებერვალი",
     "2031 թ. փետրվարի 5", "5 شباط 2031", "٥ فبراير ٢٠٣١"],
)  # fmt: skip
def test_days_of_the_neighbourhood_are_read(text: str) -> None:
    one = row(date=text, name="Ravin Dargaly")
    assert reader(one).document(one)["acts"][0]["start"]["edtf"] == "2031-02-05"


@pytest.mark.parametrize(
    ("cell", "names", "others"),
    [
        ("Ada Lorn (reporter, Dalga TV), Ian Hald (camera)", ["Ada Lorn", "Ian Hald"], None),
        ("Ada Lorn (a), Mira Voss (b)", ["Ada Lorn", "Mira Voss"], None),
        ("1 journalist", [], {"party_kind": "individual"}),
        ("Один активист", [], {"party_kind": "individual"}),
        ("Ada Lorn (born 1988)", ["Ada Lorn"], None),
        ("Ada Lorn, Ian Hald, Mira Voss", ["Ada Lorn", "Ian Hald", "Mira Voss"], None),
        ("Ada Lorn, Ian Hald", ["Ada Lorn", "Ian Hald"], None),
        ("Lorn A.B., Hald I.", ["Lorn A.B.", "Hald I."], None),
        ("1. Ada Lorn 2. Ian Hald", ["Ada Lorn", "Ian Hald"], None),
        ("Ada Lorn and 3 others", ["Ada Lorn"], {"party_kind": "group", "count": 3}),
        ("Ada Lorn və daha 2 nəfər", ["Ada Lorn"], {"party_kind": "group", "count": 2}),
        ("Ада Лорн и ещё 4 человека", ["Ада Лорн"], {"party_kind": "group", "count": 4}),
        ("Ada Lorn ve diğerleri", ["Ada Lorn"], {"party_kind": "group"}),
        ("Ada Lorn et al.", ["Ada Lorn"], {"party_kind": "group"}),
        ("Радио и другие", ["Радио и другие"], None),
        ("4", [], {"count": 4}),
        ("***", [], {"party_kind": "unidentified"}),
        ("Аноним (по просьбе семьи)", [], {"party_kind": "unidentified"}),
    ],
)
def test_several_people_in_a_cell(
    cell: str, names: list[str], others: dict[str, object] | None
) -> None:
    plain = [row(victim=name, date="2031-05-04") for name in ("Tarvin Oskelde", "Mira Voss")]
    one = row(victim=cell, date="2031-05-04")
    document = reader(one, *plain).document(one)
    people = document["acts"][0]["people"]
    assert [p["name"] for p in people if "name" in p] == names
    rest = [p for p in people if "name" not in p]
    assert rest == ([{"role": "victim", **others}] if others else [])
    said = " ".join(names) + document.get("remark", "") + str(others)
    assert all(
        word in said for word in cell.replace(",", "").split() if word.isalpha() and len(word) > 4
    )


def test_a_comma_in_a_column_of_surnames_first_parts_nobody() -> None:
    one = row(victim="Lorn Vale, Ada Maria", date="2031-05-04")
    other = row(victim="Hald, Ian", date="2031-05-04")
    plain = [row(victim=f"Tarvin Osk{n}", date="2031-05-04") for n in ("elde", "var")]
    people = reader(one, other, *plain).document(one)["acts"][0]["people"]
    assert [p["name"] for p in people] == ["Lorn Vale, Ada Maria"]


def test_what_a_cell_lists_is_not_said_of_each_of_several_people() -> None:
    one = row(victim="Ada Lorn; Ian Hald", gender="female, male", occupation="blogger, lawyer",
              date="2031-05-04")  # fmt: skip
    document = reader(one).document(one)
    assert document["acts"][0]["people"] == [
        {"role": "victim", "name": "Ada Lorn"},
        {"role": "victim", "name": "Ian Hald"},
    ]
    assert "occupation: blogger, lawyer" in document["remark"]
    assert "gender: female, male" in document["remark"]


def test_a_heading_among_the_names_is_nobody() -> None:
    case = row(name="Ada Lorn", date="2031-05-04", city="Vezrin")
    with pytest.raises(NoCaseError, match="Journalists"):
        reader(case).document(row(name="Journalists"))


@pytest.mark.parametrize("place", ["Nationwide", "Online", "Онлайн", "Ölkə üzrə"])
def test_everywhere_is_no_town(place: str) -> None:
    one = row(name="Ada Lorn", date="2031-05-04", city=place, country="Qaravel")
    document = reader(one).document(one)
    assert document["place"] == {"country": "Qaravel", "precision": "country"}
    assert place in document["remark"]


def test_what_a_site_exported_as_markup_is_read_as_words() -> None:
    body = '<p>She was held.</p><p>See <a href="https://a.example/7">there</a>.</p>'
    one = row(name="Ada Lorn", date="2031-05-04", body=body, link="https://a.example/1")
    document = reader(one).document(one)
    assert document["summary"] == "She was held.\n\nSee there."
    assert [s["url"] for s in document["sources"]] == [
        "https://a.example/1",
        "https://a.example/7",
    ]
    plain = row(name="Ada Lorn", date="2031-05-04", body="a < b > c")
    assert reader(plain).document(plain)["summary"] == "a < b > c"


def test_whom_a_journalist_works_for_is_no_source() -> None:
    one = Row(locator="line 2", cells={"Journalist": "Ada Lorn", "Outlet": "Dalga TV",
                                       "Date": "2031-05-04"})  # fmt: skip
    document = reader(one).document(one)
    assert "sources" not in document
    assert document["remark"] == "Outlet: Dalga TV"


@pytest.mark.parametrize("text", ["۵ مهر ۱۴۵۲", "5 رجب 1452", "5 شباط", "32 شباط 2031"])
def test_a_month_that_is_none_of_ours_is_refused(text: str) -> None:
    one = row(date=text, name="Ravin Dargaly")
    with pytest.raises(InputError):
        reader(one).document(one)
