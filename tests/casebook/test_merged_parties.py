"""What one record says for several that are the same person; who stands for whom is next door."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

import pytest

from undersight.casebook.merged_parties import follow_merges, told_of, united
from undersight.model.disclosure import is_visible
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.naming import is_minor
from undersight.model.parts import Administration, Consent, PersonName
from undersight.model.records import Account, Claim, Party, Record

if TYPE_CHECKING:
    from undersight.model.naming import Audience

KEPT = Party(record_id="a", names=(PersonName(value="Aysel Quliyeva"),))


def test_one_party_knows_what_each_knew() -> None:
    refusal = Consent(scope="name", withdrawn_on=FuzzyDate("2031-02-01"))
    other = Party(
        record_id="b",
        names=(PersonName(value="Aysel Quliyeva"), PersonName(value="Sevil Yolçu")),
        consents=(refusal,),
        risk_flags=("in_custody",),
        occupations=("blogger",),
        born=FuzzyDate("2015"),
    )
    whole = united(KEPT, [other])
    assert whole.record_id == "a"
    assert [name.value for name in whole.names] == ["Aysel Quliyeva", "Sevil Yolçu"]
    assert whole.consents == (refusal,)
    assert whole.risk_flags == ("in_custody",)
    assert whole.occupations == ("blogger",)
    assert whole.born == FuzzyDate("2015")


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("consented", "withheld", "withheld"),
        ("withheld", "already_public", "withheld"),
        ("unknown", "already_public", "already_public"),
        ("consented", "unknown", "consented"),
    ],
)
def test_who_asked_to_be_withheld_once_is_withheld(one: str, other: str, both: str) -> None:
    first = dataclasses.replace(KEPT, public_exposure=one)
    second = Party(record_id="b", public_exposure=other)
    assert united(first, [second]).public_exposure == both


def test_what_one_record_of_somebody_keeps_back_the_whole_keeps_back() -> None:
    """A name kept in the vault comes out by no merge with a name that is public."""
    first = dataclasses.replace(
        KEPT, visibility="public", field_visibility={"names": "public", "gender": "internal"}
    )
    legal = (PersonName(value="Sevil Yolçu"),)
    second = Party(
        record_id="b", names=legal, confidentiality="vault",
        field_visibility={"names": "partner", "born": "internal", "gender": "public"},
    )  # fmt: skip
    for whole in (united(first, [second]), united(second, [first])):
        assert whole.confidentiality == "vault"
        assert whole.field_visibility == {
            "names": "partner", "gender": "internal", "born": "internal",
        }  # fmt: skip
        assert not is_visible(whole, "partner")
    assert united(first, [KEPT]).confidentiality == "normal"


def test_what_only_a_narrower_record_says_is_told_to_nobody_wider() -> None:
    """A spelling, a trade or a birth date out of an internal record goes out by no merge."""
    first = dataclasses.replace(KEPT, visibility="public", born=FuzzyDate("1990"))
    second = Party(
        record_id="b", visibility="internal", names=(PersonName(value="Sevil Yolçu"),),
        occupations=("nurse",), born=FuzzyDate("1991-05"), public_exposure="withheld",
    )  # fmt: skip
    third = Party(
        record_id="c", visibility="partner", names=(PersonName(value="Aysel Q."),),
        occupations=("blogger",),
    )  # fmt: skip
    whole = united(first, [second, third])

    def told(audience: Audience) -> Party:
        return told_of(whole, first, [second, third], audience, on=dt.date(2031, 6, 1))

    assert [one.value for one in told("public").names] == ["Aysel Quliyeva"]
    assert told("public").occupations == ()
    assert told("public").born == FuzzyDate("1990")
    assert told("public").public_exposure == "withheld"
    assert [one.value for one in told("partner").names] == ["Aysel Quliyeva", "Aysel Q."]
    assert told("internal") == whole


@pytest.mark.parametrize("audience", ["public", "partner"])
def test_a_child_in_one_record_is_a_child(audience: Audience) -> None:
    """Whoever says it, in whichever record: the younger of two birth dates counts."""
    day = dt.date(2031, 6, 1)
    grown = dataclasses.replace(KEPT, visibility="public", born=FuzzyDate("1990"))
    child = Party(record_id="b", visibility="internal", born=FuzzyDate("2016"))
    for one, other in ((grown, child), (child, grown)):
        assert is_minor(united(one, [other]), on=day)
    told = told_of(united(grown, [child]), grown, [child], audience, on=day)
    assert told.born == FuzzyDate("1990")
    assert is_minor(told, on=day)


@pytest.mark.parametrize(
    ("record", "followed"),
    [
        (KEPT, KEPT),
        (Party(record_id="b"), None),
        (
            Claim(record_id="c", speaker="b", speaker_alternatives=("b", "d")),
            Claim(record_id="c", speaker="a", speaker_alternatives=("a", "d")),
        ),
        (
            Account(record_id="x", administrations=(Administration(party="b"),)),
            Account(record_id="x", administrations=(Administration(party="a"),)),
        ),
    ],
)
def test_records_point_at_who_stands_for_both(record: Record, followed: Record | None) -> None:
    assert follow_merges(record, {"b": "a"}) == followed
