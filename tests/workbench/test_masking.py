"""Labels of a run: by kind, unlike ids, and nobody's name left in a text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from undersight.detectors.surroundings import AccountFacts
from undersight.workbench.masking import MASKED_NAME, Masks, mask_accounts

FACTS = {
    "x:1": AccountFacts(kind="profile", name="Tarvin Oskelde"),
    "x:2": AccountFacts(kind="page", name="Sarnak Hour"),
    "x:3": AccountFacts(kind="bot"),
    "x:4": AccountFacts(kind="group"),
    "x:5": AccountFacts(kind="channel", name="Ann"),
}


def test_every_account_has_a_label_of_its_kind() -> None:
    masks = mask_accounts("0" * 64, FACTS, FACTS)
    labels = {account: masks.label(account) for account in FACTS}
    assert labels["x:2"] == "page 1"
    assert labels["x:4"] == "group 1"
    assert labels["x:5"] == "channel 1"
    assert {labels["x:1"], labels["x:3"]} == {"profile 1", "profile 2"}
    assert masks.kind("x:3") == "profile"


def test_an_account_that_the_corpus_lost_is_a_profile() -> None:
    masks = mask_accounts("0" * 64, ["x:9"], {})
    assert masks.label("x:9") == "profile 1"


def test_another_run_gives_other_labels() -> None:
    many = [f"x:{number}" for number in range(50)]
    one, other = (mask_accounts(digit * 64, many, {}) for digit in "01")
    assert [one.label(a) for a in many] != [other.label(a) for a in many]
    assert [one.label(a) for a in many] == [
        mask_accounts("0" * 64, reversed(many), {}).label(a) for a in many
    ]


def test_names_and_mentions_leave_a_text() -> None:
    masks = mask_accounts("0" * 64, FACTS, FACTS)
    said = masks.text("TARVIN OSKELDE told @tarvin.o at Sarnak Hour: mail desk@paper.example, Ann")
    assert said == "[…] told @… at […]: mail desk@paper.example, Ann"


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("Yıldız Orlem", "YILDIZ ORLEM wrote", "[…] wrote"),
        ("ILGAR ORLEM", "Ilgar Orlem, ılgar orlem", "[…], […]"),
        ("İsrafil Orlem", "israfil orlem, ISRAFIL ORLEM", "[…], […]"),
        ("Sarnak (news)", "by Sarnak (news).", "by […]."),
        ("Sarn.k Hour", "Sarnak Hour", "Sarnak Hour"),
        ("Zo\u00e9 Orlem", "Zoe\u0301 Orlem wrote", "[…] wrote"),
        ("Zoe\u0301 Orlem", "Zo\u00e9 Orlem wrote", "[…] wrote"),
    ],
)
def test_a_name_leaves_a_text_however_its_letters_are_written(
    name: str, text: str, left: str
) -> None:
    assert Masks(labels={}, kinds={}, names={"x:1": name}).text(text) == left


def test_of_two_names_that_begin_alike_nothing_of_the_longer_is_left() -> None:
    names = {"x:1": "Anna Orle", "x:2": "Anna Orleson"}
    assert Masks(labels={}, kinds={}, names=names).text("Anna Orleson wrote") == "[…] wrote"


def test_mentions_as_another_platform_writes_them_leave_a_text() -> None:
    masks = Masks(labels={}, kinds={})
    said = masks.text("[id1234|Tarvin O.], [club77|Sarnak] and [id5:bp-9_1|Iskra]: [see below]")
    assert said == "@…, @… and @…: [see below]"


@settings(max_examples=40, deadline=None)
@given(
    names=st.lists(st.text("aıiİISsſß xК", min_size=4, max_size=7), max_size=5),
    text=st.text("aıiİISsſß xКк", max_size=40),
)
def test_names_leave_a_text_as_if_each_was_looked_for(names: list[str], text: str) -> None:
    masks = Masks(labels={}, kinds={}, names=dict(enumerate(names)))  # type: ignore[arg-type]
    wanted = text
    for name in sorted(set(names), key=lambda one: (-len(one), one)):
        wanted = re.sub(re.escape(name), MASKED_NAME, wanted, flags=re.IGNORECASE)
    assert masks.text(text) == wanted
