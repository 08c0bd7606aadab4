"""What tells a person's name from an outlet's, a body's and a place's."""

from __future__ import annotations

import datetime as dt

import pytest

from undersight.extract import draft
from undersight.extract.personal_names import given_within, is_given_name, is_personal

DAY = dt.date(2024, 12, 20)


def named(text: str, lang: str | None = None) -> dict[str, str]:
    """Return the kind of every name of an entry."""
    entries = draft(f"what happened\n\n{text}", context_date=DAY, lang=lang).entries
    kinds = ("person", "official", "outlet", "organisation", "account", "agency")
    return {str(f.value): f.kind for e in entries for f in e.fields if f.kind in kinds}


def test_given_names_in_many_spellings() -> None:
    assert all(map(is_given_name, ("Elnarə", "Elnare", "Эльнара", "Tornike", "Taylan", "Лукерья")))
    assert not any(map(is_given_name, ("Megapolis", "Onlain", "Border", "2024", "")))
    assert is_personal(["Zqx", "Hashimov"])
    assert not is_personal(["Fun", "Clips"])


def test_a_person_behind_another_name_is_found() -> None:
    assert given_within(["Uzunqaya", "Bu", "Gün", "Nigar", "Boz"]) == 3
    assert given_within(["Nigar", "Boz", "Dag"]) == 0
    found = named("The editor of Qala Işığı Nigar Boz was fined on May 3.")
    assert found["Nigar Boz"] == "person"
    assert found["Qala Işığı"] == "outlet"


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Vlkov Sarnaka was hacked: its page lost 300 posts on May 3.", "Vlkov Sarnaka", "outlet"),
        ("Student of the Sarnak State University Tural Boz was fined.", "Tural Boz", "person"),
        ("Lasha Boz (Qalagazette) was arrested on May 3.", "Qalagazette", "outlet"),
        (
            "Sarnak Watch International (SWI) protested. SWI's head Ali Boz spoke.",
            "SWI",
            "organisation",
        ),
        ("Zqrim Boz, 41, was detained on May 3.", "Zqrim Boz", "person"),
        ("He was taken to Police Station No. 14 on May 3.", "Police Station No. 14", "agency"),
        ('Ali Boz edits a local page "Qala Dedim" and was fined.', "Qala Dedim", "account"),
        ("Zqrim Voblet, mechanic. 3 May: fined over a post.", "Zqrim Voblet", "person"),
        ("Fined on May 3 for their posts: Zahir Boz and Zqrim Voblet.", "Zqrim Voblet", "person"),
        ("Posts of Zqrim Voblet, Zahir Boz were deleted on May 3.", "Zqrim Voblet", "person"),
        ("The trial began on May 3; defendant Zqrim Voblet was absent.", "Zqrim Voblet", "person"),
        ("Kvarta Zendel, the union of printers, condemned it.", "Kvarta Zendel", "organisation"),
    ],
)
def test_kinds_of_names(text: str, name: str, kind: str) -> None:
    assert named(text).get(name) == kind


@pytest.mark.parametrize(
    "text",
    [
        "Zdenal Morv died in a prison hospital on 3 May.",
        "A court in Sarnak gave Ilke Tarn 15 days on 3 May.",
        "The lawyer of Zdenal Morv said that the arrest was illegal.",
        "On 3 May, officers came to Ilke Tarn at work and took the phone.",
        "Prosecutors asked for five years for Zdenal Morv.",
        "Charged with libel: Zdenal Morv.",
        "Ilke Tarn was banned from leaving the country on 3 May.",
    ],
)
def test_a_name_that_nobody_knows_is_a_person_where_people_stand(text: str) -> None:
    assert set(named(text).values()) == {"person"}


@pytest.mark.parametrize(
    "text",
    [
        "Zdenal Morv's website was blocked on 3 May.",
        "The founder of Zdenal Morv was arrested on 3 May.",
        "Members of Ilke Tarn were detained on 3 May.",
        "Ilke Tarn lost its office on 3 May.",
        "Ilke Tarn published an article about the bridge on 3 May.",
    ],
)
def test_a_name_that_nobody_knows_is_no_person_where_a_body_stands(text: str) -> None:
    assert "person" not in named(text).values()


def test_a_title_case_headline_names_nobody() -> None:
    text = "Internet Cut in a Border Town\n\nOn May 3, mobile internet was cut in Sarnak."
    assert [
        f for e in draft(text, context_date=DAY).entries for f in e.fields if f.kind == "person"
    ] == []


@pytest.mark.parametrize(
    ("lang", "text", "outlet", "person"),
    [
        (
            "tr",
            "Selin Boz (Kuzey Rüzgârı muhabiri) 4 Mart'ta gözaltına alındı.",
            "Kuzey Rüzgârı",
            "Selin Boz",
        ),
        ("tr", "Mezra Ajansı muhabiri Zana Boz tutuklandı.", "Mezra Ajansı", "Zana Boz"),
        ("ru", "3 мая редактор Sota Vision Пётр Бозов арестован.", "Sota Vision", "Пётр Бозов"),
    ],
)
def test_outlets_and_people_elsewhere(lang: str, text: str, outlet: str, person: str) -> None:
    found = named(text, lang)
    assert (found.get(outlet), found.get(person)) == ("outlet", "person")


def test_letters_of_names_do_not_make_a_text_turkish() -> None:
    text = "Oğuz Işık, the editor of Gün Işığı, was fined by the court in Sarnak for a post."
    entries = draft(text, context_date=DAY).entries
    assert {f.rule.split(".")[0] for e in entries for f in e.fields} == {"en"}
