from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from undersight.casebook import identity
from undersight.casebook.merged_parties import kept_parties
from undersight.errors import (
    AlreadyOnePartyError,
    DecidedAgainError,
    DecidedApartError,
    MergedRecordError,
    NamesDifferError,
    SamePartyError,
    UnknownRecordError,
    UnknownTermError,
    WithdrawnRecordError,
)

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
    with pytest.raises(SamePartyError, match="named twice"):
        identity.decide(casebook, one, one, verdict="same", why="slip")
    assert not casebook.all("identity_decision")


def test_a_surname_alone_merges_nobody(casebook: Casebook) -> None:
    tural, kamran = person(casebook, "Tural Quliyev"), person(casebook, "Kamran Quliyev")
    with pytest.raises(NamesDifferError, match=r"two people .*Tural / Kamran"):
        identity.decide(casebook, tural, kamran, verdict="same", why="slip", is_sure=False)
    assert not casebook.all("identity_decision")
    identity.decide(casebook, tural, kamran, verdict="same", why="renamed in 2030")
    assert len(casebook.all("identity_decision")) == 1


def test_an_office_may_be_called_anything_and_a_spelling_is_no_other_name(
    casebook: Casebook,
) -> None:
    offices = [
        casebook.create("party", party_kind="public_body", names=[{"value": name}]).record_id
        for name in ("Ministry of Order", "Qayda Nazirliyi")
    ]
    people = [person(casebook, name) for name in ("Aysel Quliyeva", "Айсель Кулиева")]
    nameless = [person(casebook), person(casebook, "Tural Quliyev")]
    for kept, other in (offices, people, nameless):
        identity.decide(casebook, kept, other, verdict="same", why="one", is_sure=False)
    assert len(casebook.all("identity_decision")) == 3


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


def test_who_stands_is_never_turned_round_in_silence(casebook: Casebook) -> None:
    a, b = person(casebook, "Aysel Quliyeva"), person(casebook, "Aysel Kuliyeva")
    identity.decide(casebook, a, b, verdict="same", why="")
    with pytest.raises(AlreadyOnePartyError) as turned:
        identity.decide(casebook, b, a, verdict="same", why="")
    assert f"{a} stands for them" in str(turned.value)
    assert f"party separate {b}`, then `undersight party merge {b} {a}`" in turned.value.hint
    with pytest.raises(AlreadyOnePartyError, match="are one already"):
        identity.decide(casebook, a, b, verdict="same", why="again")
    assert casebook.merged_parties() == {b: a}
    assert len(casebook.all("identity_decision")) == 1


@pytest.mark.parametrize("merged_is_kept", [True, False])
def test_what_was_merged_stands_for_nobody_and_under_nobody_else(
    casebook: Casebook, *, merged_is_kept: bool
) -> None:
    a, b = person(casebook, "Aysel Quliyeva"), person(casebook, "Aysel Kuliyeva")
    c = person(casebook, "Ayşəl Quliyeva")
    identity.decide(casebook, a, b, verdict="same", why="")
    with pytest.raises(MergedRecordError) as refused:
        identity.decide(casebook, *((b, c) if merged_is_kept else (c, b)), verdict="same", why="")
    assert refused.value.kept_id == a
    identity.decide(casebook, c, a, verdict="same", why="")
    assert casebook.merged_parties() == {a: c, b: c}
    with pytest.raises(AlreadyOnePartyError, match=f"{c} stands for them"):
        identity.decide(casebook, a, b, verdict="same", why="")


def test_two_kept_apart_by_others_are_not_merged(casebook: Casebook) -> None:
    a, b = person(casebook, "Aysel Quliyeva"), person(casebook, "Aysel Kuliyeva")
    c = person(casebook, "Ayşəl Quliyeva")
    identity.decide(casebook, a, b, verdict="same", why="")
    identity.decide(casebook, b, c, verdict="different", why="two mothers")
    with pytest.raises(DecidedApartError) as refused:
        identity.decide(casebook, a, c, verdict="same", why="")
    assert refused.value.apart == (b, c)
    assert casebook.merged_parties() == {b: a}
    identity.decide(casebook, b, c, verdict="unsure", why="")
    identity.decide(casebook, a, c, verdict="same", why="")
    assert casebook.merged_parties() == {b: a, c: a}


def test_nobody_withdrawn_is_merged(casebook: Casebook) -> None:
    a, b = person(casebook, "Aysel Quliyeva"), person(casebook, "Aysel Kuliyeva")
    identity.decide(casebook, a, b, verdict="same", why="")
    casebook.withdraw(b, "asked")
    for pair in ((a, b), (b, a)):
        with pytest.raises(WithdrawnRecordError):
            identity.decide(casebook, *pair, verdict="same", why="")


def test_a_decision_taken_back_is_not_brought_back_beside_a_newer_one(casebook: Casebook) -> None:
    a, b = person(casebook, "Aysel Quliyeva"), person(casebook, "Aysel Kuliyeva")
    first = identity.decide(casebook, a, b, verdict="same", why="")
    identity.revoke(casebook, first.record_id, why="wrong")
    revoking = casebook.history(first.record_id)[-1].change_id
    casebook.undo(revoking, "it was right")
    assert casebook.merged_parties() == {b: a}
    casebook.retract(first.record_id, "a slip")
    newer = identity.decide(casebook, b, a, verdict="same", why="")
    with pytest.raises(DecidedAgainError):
        casebook.restore(first.record_id, "brought back")
    with pytest.raises(DecidedAgainError):
        casebook.undo(casebook.history(first.record_id)[-1].change_id, "brought back")
    assert casebook.merged_parties() == {a: b}
    identity.revoke(casebook, newer.record_id, why="wrong")
    casebook.restore(first.record_id, "brought back")
    assert casebook.merged_parties() == {b: a}


def test_a_pair_is_shown_by_those_who_stand(casebook: Casebook) -> None:
    a, b = person(casebook, "Tarvin Oskelde"), person(casebook, "Aysel Kuliyeva")
    c = person(casebook, "Ayşəl Quliyeva")
    assert pairs(casebook) == [(b, c)]
    identity.decide(casebook, a, b, verdict="same", why="her pen name")
    assert pairs(casebook) == [(a, c)]
    identity.decide(casebook, a, c, verdict="different", why="two women")
    assert pairs(casebook) == []


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
