from __future__ import annotations

import pytest

from undersight.errors import InvalidDraftError
from undersight.extract import Gazetteer, Known
from undersight.extract.gazetteer import built_in
from undersight.model.draft import DraftField


def field(kind: str, value: str, start: int = 0, end: int = 5) -> DraftField:
    return DraftField(kind=kind, value=value, start=start, end=end, confidence=1.0, rule="person")


def test_it_learns_what_was_confirmed_and_how_it_was_written() -> None:
    text = "Qara Lale reported it"
    learned = Gazetteer().learn([field("outlet", "Qara Lalə", 0, 9)], text)
    assert learned.entry("Qara Lale") == learned.entry("Qara Lalə")
    assert learned.entry("Qara Lalə").kind == "outlet"


def test_a_bare_surname_is_not_learned() -> None:
    learned = Gazetteer().learn([field("person", "Nuray Salamova", 0, 8)], "Salamova said")
    assert learned.entry("Nuray Salamova").spellings == ()


def test_only_names_are_learned() -> None:
    assert len(Gazetteer().learn([field("act", "detention"), field("date", "2024-05-03")])) == 0


def test_plain_data_and_back() -> None:
    known = Gazetteer([Known("B", "outlet", ("b",)), Known("A", "agency")])
    assert Gazetteer.from_json(known.to_json()) == known
    assert [item["name"] for item in known.to_json()] == ["A", "B"]


def test_whoever_is_withdrawn_is_known_no_more() -> None:
    known = Gazetteer(
        [
            Known("Nuray Salamova", "person", ("Nuray xanım Salamova",)),
            Known("SALAMOVA", "person"),
            Known("Nuray Bədəlli", "person"),
            Known("Qara Lalə", "outlet"),
            Known("…", "outlet"),
        ]
    )
    left = known.without(["Nuray Salamova", ""])
    assert [item["name"] for item in left.to_json()] == ["Nuray Bədəlli", "Qara Lalə", "…"]
    assert known.without([]) == known


def test_learning_twice_changes_nothing() -> None:
    once = Gazetteer().learn([field("outlet", "Qara Lalə")])
    assert once.learn([field("outlet", "Qara Lalə")]) == once


@pytest.mark.parametrize("raw", [[{"name": "A"}], ["A"], [{"name": "A", "kind": "act"}]])
def test_data_of_another_shape_is_refused(raw: list[object]) -> None:
    with pytest.raises(InvalidDraftError):
        Gazetteer.from_json(raw)


def test_the_built_in_names_are_international() -> None:
    assert built_in().entry("RFE/RL").name == "Radio Free Europe/Radio Liberty"
    assert built_in().entry("Istanbul").kind == "place"
