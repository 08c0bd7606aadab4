"""Who a name means: never an accusation of the wrong person."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersight.errors import InvalidValueError
from undersight.model.records import Party
from undersight.workbench.parties import Namesake, PartyBook

PERSON = Namesake(party_id="p1", party_kind="individual", label="journalist")
OUTLET = Namesake(party_id="o1", party_kind="outlet", label="outlet")
MakeBook = Callable[..., PartyBook]


def test_an_outlet_of_exactly_that_name_is_used_again(make_book: MakeBook) -> None:
    book = make_book({"sarnak hour": (OUTLET,)})
    assert book.resolve({"name": "Sarnak  Hour"}, lang="en", where="x") == "o1"
    assert not book.made


def test_a_person_of_the_name_is_only_offered(make_book: MakeBook) -> None:
    book = make_book({"ravin dargaly": (PERSON,)})
    assert book.resolve({"name": "Ravin Dargaly"}, lang="en", where="x") == "party-1"
    asked = []

    def choose(name: str, found: tuple[Namesake, ...]) -> str:
        asked.append((name, found))
        return "p1"

    book = make_book({"ravin dargaly": (PERSON,)}, choose)
    assert book.resolve({"name": "Ravin Dargaly"}, lang="en", where="x") == "p1"
    assert asked == [("Ravin Dargaly", (PERSON,))]
    book.resolve({"name": "ravin dargaly"}, lang="en", where="x")
    assert len(asked) == 1


def test_a_person_and_an_outlet_of_one_name_are_asked_about(make_book: MakeBook) -> None:
    book = make_book({"azad": (PERSON, OUTLET)})
    assert book.resolve({"name": "Azad"}, lang="az", where="x") == "party-1"
    book = make_book({"azad": (PERSON, OUTLET)})
    assert book.resolve({"name": "Azad", "party_kind": "outlet"}, lang="az", where="x") == "o1"


def test_new_makes_somebody_else_of_the_name(make_book: MakeBook) -> None:
    book = make_book({"azad": (OUTLET,)})
    assert book.resolve({"name": "Azad", "party": "new"}, lang="az", where="x") == "party-1"


def test_a_recorded_id_is_taken_and_other_words_are_a_name(make_book: MakeBook) -> None:
    book = make_book({"x": (PERSON,)})
    assert book.resolve({"party": "p1"}, lang="en", where="x") == "p1"
    made = book.resolve({"party": "Somebody New"}, lang="en", where="x")
    assert book.made[0].record_id == made
    assert book.made[0].names[0].value == "Somebody New"


def test_a_count_makes_a_group(make_book: MakeBook) -> None:
    book = make_book()
    book.resolve({"count": 7}, lang="en", where="x")
    book.resolve({"count": 7}, lang="en", where="x")
    assert [(p.party_kind, p.count_min, p.count_max) for p in book.made] == [("group", 7, 7)] * 2


def test_what_is_said_later_is_filled_in_and_overwrites_nothing(make_book: MakeBook) -> None:
    book = make_book()
    book.resolve({"name": "A B", "gender": "woman"}, lang="en", where="x")
    more = {"name": "A B", "gender": "man", "occupations": ["lawyer"],
            "names": [{"value": "А Б", "lang": "ru"}]}  # fmt: skip
    book.resolve(more, lang="en", where="x")
    (party,) = book.made
    assert (party.gender, party.occupations) == ("woman", ("lawyer",))
    assert [name.value for name in party.names] == ["A B", "А Б"]


def test_nobody_at_all_is_refused_with_the_place(make_book: MakeBook) -> None:
    with pytest.raises(InvalidValueError, match=r"acts\[0\]"):
        make_book().resolve({}, lang="en", where="acts[0].people[1]")


@given(names=st.lists(st.sampled_from(["Əli Vəli", "eli veli", "ELİ VELİ", "Ali Vali", "Üçüncü"])))
def test_each_folded_name_is_one_party(names: list[str]) -> None:
    from undersight.text import fold

    numbers = iter(range(1000))
    book = PartyBook(
        namesakes=lambda _: (), known=lambda _: False, new_id=lambda: str(next(numbers))
    )
    ids = [book.resolve({"name": name}, lang="az", where="x") for name in names]
    assert len(set(ids)) == len({fold(name) for name in names}) == len(book.made)


def test_what_is_new_of_a_recorded_party_is_added_and_the_rest_told(make_book: MakeBook) -> None:
    recorded = Party(record_id="o1", party_kind="outlet", country="QV")
    book = make_book({"sarnak hour": (OUTLET,)})
    book.recorded = {"o1": recorded}.get
    about = {"name": "Sarnak Hour", "country": "XX", "position": "weekly", "visibility": "public"}
    assert book.resolve(about, lang="en", where="acts[0]") == "o1"
    assert book.touched["o1"].position == "weekly"
    assert book.touched["o1"].country == "QV"
    assert book.touched["o1"].visibility == recorded.visibility
    assert [(d.field, d.where) for d in book.differing] == [
        ("country", "acts[0]"),
        ("visibility", "acts[0]"),
    ]


def test_a_party_is_named_by_words(make_book: MakeBook) -> None:
    with pytest.raises(InvalidValueError, match="party"):
        make_book().resolve({"party": {"name": "Azad"}}, lang="en", where="x")
