from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from undersight.casebook import identity
from undersight.casebook.merged_parties import kept_parties
from undersight.errors import InvalidValueError, UnknownRecordError, UnknownTermError

if TYPE_CHECKING:
    from undersight.casebook import Casebook


def person(casebook: Casebook, *names: str) -> str:
    return casebook.create("party", names=[{"value": name} for name in names]).record_id


def pairs(casebook: Casebook) -> list[tuple[str, str]]:
    return [(pair.kept, pair.other) for pair in identity.candidates(casebook)]


def test_spellings_of_one_name_are_shown_with_score_and_reasons(casebook: Casebook) -> None:
    first = person(casebook, "Aysel Quliyeva")
    second = person(casebook, "Somebody Else", "Айсель Кулиева")
    (pair,) = identity.candidates(casebook)
    assert (pair.kept, pair.other) == (first, second)
    assert pair.names == ("Aysel Quliyeva", "Айсель Кулиева")
    assert pair.verdict == "same"
    assert pair.score > 0.85
    assert pair.reasons
    assert identity.compare(casebook, second, first) == pair


def test_nobody_is_merged_into_themselves(casebook: Casebook) -> None:
    one = person(casebook, "Tarvin Oskelde")
    with pytest.raises(InvalidValueError, match="another party than the one kept"):
        identity.decide(casebook, one, one, verdict="same", why="slip")
    assert not casebook.all("identity_decision")


def test_people_who_share_a_surname_are_not_shown(casebook: Casebook) -> None:
    person(casebook, "Tural Quliyev")
    person(casebook, "Kamran Quliyev")
    assert pairs(casebook) == []


def test_offices_are_not_people(casebook: Casebook) -> None:
    for _ in range(2):
        casebook.create("party", party_kind="public_body", names=[{"value": "Ministry of Order"}])
    assert pairs(casebook) == []


@pytest.mark.parametrize("verdict", ["same", "different", "unsure"])
def test_a_pair_that_was_decided_is_never_shown_again(casebook: Casebook, verdict: str) -> None:
    first, second = person(casebook, "Aysel Quliyeva"), person(casebook, "Aysel Kuliyeva")
    decision = identity.decide(casebook, first, second, verdict=verdict, why="asked her")
    assert pairs(casebook) == []
    assert decision.score is not None
    assert decision.reasons
    identity.revoke(casebook, decision.record_id, why="wrong")
    assert pairs(casebook) == [(first, second)]
    assert casebook.merged_parties() == {}


def test_pairs_that_other_decisions_made_one_are_not_shown(casebook: Casebook) -> None:
    a, b, c = (
        person(casebook, name) for name in ("Aysel Quliyeva", "Aysel Kuliyeva", "Айсель Кулиева")
    )
    identity.decide(casebook, a, b, verdict="same", why="")
    identity.decide(casebook, a, c, verdict="same", why="")
    assert pairs(casebook) == []
    assert casebook.merged_parties() == {b: a, c: a}


def test_a_second_decision_takes_the_first_back(casebook: Casebook) -> None:
    a, b = person(casebook, "Aysel Quliyeva"), person(casebook, "Aysel Kuliyeva")
    identity.decide(casebook, a, b, verdict="different", why="")
    identity.decide(casebook, a, b, verdict="same", why="")
    assert casebook.merged_parties() == {b: a}
    standing = [d for d in casebook.all("identity_decision") if not d.is_revoked]  # type: ignore[attr-defined]
    assert len(standing) == 1


def test_a_decision_on_others_leaves_the_first_standing(casebook: Casebook) -> None:
    a, b = person(casebook, "Aysel Quliyeva"), person(casebook, "Aysel Kuliyeva")
    c = person(casebook, "Ayşəl Quliyeva")
    identity.decide(casebook, a, b, verdict="same", why="")
    identity.decide(casebook, a, c, verdict="different", why="")
    assert casebook.merged_parties() == {b: a}


def test_what_cannot_be_decided(casebook: Casebook) -> None:
    a = person(casebook, "Aysel Quliyeva")
    incident = casebook.create("incident").record_id
    with pytest.raises(UnknownRecordError):
        identity.decide(casebook, a, incident, verdict="same", why="")
    with pytest.raises(UnknownTermError):
        identity.decide(casebook, a, person(casebook, "B"), verdict="perhaps", why="")


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ([], {}),
        ([("a", "b", "same")], {"b": "a"}),
        ([("a", "b", "same"), ("b", "c", "same")], {"b": "a", "c": "a"}),
        ([("a", "b", "same"), ("b", "a", "same")], {"b": "a"}),
        ([("b", "a", "same"), ("c", "a", "same")], {"a": "b", "c": "b"}),
        ([("a", "b", "same"), ("a", "b", "different")], {}),
        ([("a", "b", "same"), ("a", "c", "same"), ("b", "c", "different")], {}),
        ([("a", "b", "unsure"), ("a", "a", "same")], {}),
    ],
)
def test_who_stands_for_whom(
    decisions: list[tuple[str, str, str]], expected: dict[str, str]
) -> None:
    assert kept_parties(decisions) == expected
    assert kept_parties(reversed(decisions)) == expected
