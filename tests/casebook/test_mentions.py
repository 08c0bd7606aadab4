from __future__ import annotations

import pytest

from undersight.casebook.mentions import Mentions

FIND = Mentions(
    {
        "P": ["Aysel Quliyeva", "Айсель Кулиева"],
        "R": ["Rauf Məmmədov"],
        "S": ["Qələm"],
    },
    {"P": ["@aysel_q", "https://social.example/ayselq.page", "100009876543210"]},
    others={"T": ["Aysel Məmmədova"]},
    titles={"P": ["Yollar və Körpülər"]},
)
EVERYBODY = frozenset({"P", "R", "S", "T"})


def found(text: str, near: frozenset[str] = frozenset()) -> list[str]:
    return [text[m.start : m.end] for m in FIND(text, near)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aysel Quliyeva was detained.", ["Aysel Quliyeva"]),
        ("Quliyeva Ayselin evində", ["Quliyeva Ayselin"]),
        ("Aysel Rauf qızı Quliyevanın səsi", ["Aysel Rauf qızı Quliyevanın"]),
        ("предъявили А. Кулиевой обвинение", ["А. Кулиевой"]),
        ("Айсель Кулиевой предъявили", ["Айсель Кулиевой"]),
        ("Aysel Quliyeva'nın evi", ["Aysel Quliyeva'nın"]),
        ("AYSEL QULİYEVA", ["AYSEL QULİYEVA"]),
        ("aysel quliyeva wrote", ["aysel quliyeva"]),
        ("https://news.example/2031/aysel-quliyeva-held", ["aysel-quliyeva"]),
        ("R.Məmmədov, dedi", ["R.Məmmədov"]),
        ("gedən Rauf bəy Məmmədovla", ["Rauf bəy Məmmədovla"]),
        ("post by @aysel_q here", ["aysel_q"]),
        ("social.example/ayselq.page.", ["ayselq.page"]),
        ("id 100009876543210", ["100009876543210"]),
        ("t.me/ayselquliyeva", ["ayselquliyeva"]),
        ("“Yollar və Körpülər” səhifəsi", ["Yollar və Körpülər"]),
        ("", []),
    ],
)
def test_whole_names_and_user_names_are_found_anywhere(text: str, expected: list[str]) -> None:
    assert found(text) == expected
    assert found(text, EVERYBODY)[: len(expected)] == expected


def test_of_mentions_that_overlap_no_part_stays() -> None:
    text = "R.Məmmədov and Rauf bəy Məmmədovla"
    rest = text
    for mention in reversed(FIND(text)):
        rest = rest[: mention.start] + rest[mention.end :]
    assert "mmədov" not in rest
    assert "Rauf" not in rest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quliyeva dedi", ["Quliyeva"]),
        ("Ayselə zəng", ["Ayselə"]),
        ("her brother Quliyev", ["Quliyev"]),
        ("Qələm yazdı", ["Qələm"]),
    ],
)
def test_parts_of_names_are_found_only_near(text: str, expected: list[str]) -> None:
    assert found(text) == []
    assert found(text, EVERYBODY) == expected


@pytest.mark.parametrize(
    "text",
    [
        "the qələm is mightier",
        "yollar bağlandı",
        "Aysel Məmmədova was there",
        "Tural Həsənov",
        "aysel_quiet",
    ],
)
def test_others_and_words_are_left_alone(text: str) -> None:
    assert found(text) == []
    assert found(text, EVERYBODY) == []


def test_of_two_people_of_one_name_the_one_looked_for_is_found() -> None:
    find = Mentions({"P": ["Aysel Quliyeva"]}, others={"A": ["Aysel Quliyeva"]})
    assert [m.party_id for m in find("Aysel Quliyeva")] == ["P"]


def test_nobody_to_find_finds_nobody() -> None:
    assert Mentions({}).is_empty
    assert Mentions({})("Aysel Quliyeva") == []


def test_small_words_beside_capitals_name_nobody() -> None:
    find = Mentions({"p": ["Head of the Office"]})
    assert find("The night of the vote, at the end of the street", near=frozenset({"p"})) == []
    assert find("the Head of the Office said") != []


@pytest.mark.parametrize(
    ("text", "near", "expected"),
    [
        ("#FreeAyselQuliyeva", "", ["FreeAyselQuliyeva"]),
        ("FreeAyselQuliyeva now", "", ["AyselQuliyeva"]),
        ("#СвободуАйсельКулиевой", "", ["СвободуАйсельКулиевой"]),
        ("#freeayselquliyeva", "", ["freeayselquliyeva"]),
        ("by @the_ayselquliyevafans", "", ["the_ayselquliyevafans"]),
        ("#QuliyevayaAzadlıq", "P", ["QuliyevayaAzadlıq"]),
        ("#quliyevayaazadlıq", "P", ["quliyevayaazadlıq"]),
        ("QuliyevayaAzadlıq", "P", ["Quliyevaya"]),
        ("#QuliyevayaAzadlıq", "", []),
        ("#AzadlıqHamıyaGəlir", "P", []),
        ("#mediaazadligi", "P", []),
    ],
)
def test_names_in_hashtags_and_words_written_as_one(
    text: str, near: str, expected: list[str]
) -> None:
    assert found(text, frozenset(near)) == expected


def test_what_stands_between_two_clauses_is_not_taken_for_a_name() -> None:
    text = "Quliyevanın vəkili gəldi; Aysel danışdı! Quliyeva getdi"
    assert found(text, EVERYBODY) == ["Quliyevanın", "Aysel", "Quliyeva"]
    assert found("Quliyeva (Aysel)", EVERYBODY) == ["Quliyeva (Aysel"]
    assert found("Quliyeva, Aysel") == ["Quliyeva, Aysel"]


@pytest.mark.parametrize("broken", ["\n", "\r\n", "\n  ", " \n "])
def test_a_name_broken_over_two_lines_is_one(broken: str) -> None:
    text = f"Quliyeva{broken}Aysel"
    assert found(text) == [text]
