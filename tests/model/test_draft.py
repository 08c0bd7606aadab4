from __future__ import annotations

import copy
from typing import Any

import pytest

from undersight.errors import InvalidDraftError
from undersight.model.draft import Draft, DraftEntry, DraftField, check_value

FIELDS = (
    DraftField(
        kind="act", value="detention", start=10, end=18, confidence=0.8, rule="en.act.detention"
    ),
    DraftField(
        kind="person",
        value="Nuray Salamova",
        start=0,
        end=5,
        confidence=0.7,
        rule="en.name.person.run",
        role="victim",
        of=0,
        alternatives=("Nuray Salam",),
    ),
    DraftField(
        kind="sentence",
        value={"kind": "fine", "amount": 500, "unit": "AZN"},
        start=20,
        end=25,
        confidence=1.0,
        rule="r",
    ),
)
DRAFT = Draft(
    entries=(
        DraftEntry(
            headline="Someone detained",
            start=0,
            end=40,
            updated="2024-05-03",
            fields=FIELDS,
            not_captured=((26, 40),),
        ),
    )
)


def test_json_and_back_is_the_same_draft() -> None:
    assert Draft.from_json(DRAFT.to_json(), n_characters=40) == DRAFT


def test_every_key_of_the_contract_is_always_there() -> None:
    entry = DRAFT.to_json()["entries"][0]
    assert set(entry) == {"headline", "start", "end", "updated", "fields", "not_captured"}
    assert all(
        set(field)
        == {"kind", "value", "start", "end", "confidence", "rule", "role", "of", "alternatives"}
        for field in entry["fields"]
    )


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (("entries", 0, "fields", 0, "kind"), "deed", "entries[0].fields[0].kind"),
        (("entries", 0, "fields", 0, "value"), "detained", "entries[0].fields[0]"),
        (("entries", 0, "fields", 0, "end"), 41, "entries[0].fields[0]"),
        (("entries", 0, "fields", 0, "end"), 10, "entries[0].fields[0]"),
        (("entries", 0, "fields", 0, "start"), True, "entries[0].fields[0]"),
        (("entries", 0, "fields", 0, "confidence"), 1.5, "entries[0].fields[0].confidence"),
        (("entries", 0, "fields", 1, "of"), 2, "entries[0].fields[1].of"),
        (("entries", 0, "fields", 1, "of"), 9, "entries[0].fields[1].of"),
        (("entries", 0, "fields", 1, "role"), "hero", "entries[0].fields[1].role"),
        (("entries", 0, "fields", 2, "value", "unit"), "AZM", "entries[0].fields[2].unit"),
        (("entries", 0, "fields", 2, "value", "amount"), -1, "entries[0].fields[2].amount"),
        (("entries", 0, "updated"), "2024-02-31", "entries[0].updated"),
        (("entries", 0, "not_captured"), [[1]], "entries[0].not_captured[0]"),
        (("entries", 0, "end"), 900, "entries[0]"),
    ],
)
def test_what_breaks_the_contract_is_refused_by_place(
    path: tuple[str | int, ...], value: object, place: str
) -> None:
    raw: Any = copy.deepcopy(DRAFT.to_json())
    target = raw
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    with pytest.raises(InvalidDraftError) as caught:
        Draft.from_json(raw, n_characters=40)
    assert caught.value.where == place


def test_missing_and_unknown_keys_are_refused() -> None:
    raw = DRAFT.to_json()
    raw["entries"][0]["note"] = "x"
    with pytest.raises(InvalidDraftError, match="“note” does not belong here"):
        Draft.from_json(raw)
    del raw["entries"][0]["note"], raw["entries"][0]["fields"]
    with pytest.raises(InvalidDraftError, match="“fields” is missing"):
        Draft.from_json(raw)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("provision", "147.2"),
        ("date", "2024-05-03/2024-05-09"),
        ("claim", {"speaker": "Ministry", "stance": "denies", "about": "detention"}),
        ("quantity", {"what": "followers_lost", "amount": 26000, "unit": "followers"}),
        ("platform", "facebook"),
    ],
)
def test_right_values_pass(kind: str, value: object) -> None:
    check_value(kind, value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("provision", "Article 147"),
        ("date", "5 May"),
        ("claim", {"speaker": "Ministry", "stance": "shouts", "about": "detention"}),
        ("quantity", {"what": "followers_lost", "amount": "26k", "unit": "followers"}),
        ("platform", "Facebook"),
        ("person", " "),
        ("person", {"name": "x"}),
    ],
)
def test_wrong_values_are_refused(kind: str, value: object) -> None:
    with pytest.raises(InvalidDraftError):
        check_value(kind, value)
