from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.naming import Audience, is_minor, may_show_account, naming_of
from undersight.model.parts import Consent, PersonName
from undersight.model.public_label import public_label
from undersight.model.records import Account, Party

TODAY = dt.date(2031, 6, 1)
CONSENT = Consent(scope="name", given_on=FuzzyDate("2031-01"))
TAKEN_BACK = Consent(
    scope="name", given_on=FuzzyDate("2031-01"), withdrawn_on=FuzzyDate("2031-05")
)

WHOLE = Consent(scope="everything", given_on=FuzzyDate("2031-04"))
SAME_MONTH = Consent(scope="name", given_on=FuzzyDate("2031-05-02"))
AGAIN = Consent(scope="name", given_on=FuzzyDate("2031-06-01"))


def party(**fields: Any) -> Party:
    return Party(record_id="p", names=(PersonName(value="Aysel Quliyeva"),), **fields)


@pytest.mark.parametrize(
    ("fields", "partner", "public", "ground"),
    [
        ({}, False, False, "not_asked"),
        ({"public_exposure": "consented"}, True, True, "consent"),
        ({"public_exposure": "withheld"}, False, False, "withheld"),
        ({"public_exposure": "withheld", "consents": (CONSENT,)}, False, False, "withheld"),
        ({"public_exposure": "already_public"}, True, False, "no_reason"),
        ({"public_exposure": "already_public", "naming_reason": " "}, True, False, "no_reason"),
        (
            {"public_exposure": "already_public", "naming_reason": "her own appeal"},
            True,
            True,
            "stated_reason",
        ),
        ({"naming_reason": "because"}, False, False, "not_asked"),
        ({"consents": (CONSENT,)}, True, True, "consent"),
        ({"consents": (Consent(scope="everything"),)}, True, True, "consent"),
        (
            {"consents": (Consent(scope="name", given_on=FuzzyDate("2031-06-01")),)},
            True,
            True,
            "consent",
        ),
        ({"consents": (Consent(scope="photograph"),)}, False, False, "not_asked"),
        ({"consents": (Consent(scope="names, photograph"),)}, True, True, "consent"),
        ({"consents": (TAKEN_BACK,)}, False, False, "withdrawn_consent"),
        (
            {"consents": (TAKEN_BACK,), "public_exposure": "consented"},
            False,
            False,
            "withdrawn_consent",
        ),
        ({"consents": (TAKEN_BACK, CONSENT)}, False, False, "withdrawn_consent"),
        ({"consents": (TAKEN_BACK, WHOLE)}, False, False, "withdrawn_consent"),
        ({"consents": (TAKEN_BACK, Consent(scope="name"))}, False, False, "withdrawn_consent"),
        ({"consents": (TAKEN_BACK, SAME_MONTH)}, False, False, "withdrawn_consent"),
        ({"consents": (TAKEN_BACK, AGAIN)}, True, True, "consent"),
        ({"consents": (AGAIN, CONSENT, TAKEN_BACK)}, True, True, "consent"),
        (
            {"consents": (Consent(scope="name", given_on=FuzzyDate("2031-07")),)},
            False,
            False,
            "withdrawn_consent",
        ),
        ({"risk_flags": ("minor",), "public_exposure": "consented"}, False, False, "minor"),
        ({"risk_flags": ("minor",), "consents": (CONSENT,)}, True, True, "consent"),
        (
            {
                "risk_flags": ("minor",),
                "public_exposure": "already_public",
                "naming_reason": "known",
            },
            False,
            False,
            "minor",
        ),
        ({"party_kind": "public_body"}, True, True, "organisation"),
        ({"party_kind": "outlet"}, True, True, "organisation"),
        ({"party_kind": "platform"}, True, True, "organisation"),
        ({"party_kind": "organisation"}, True, True, "organisation"),
        ({"party_kind": "outlet", "public_exposure": "withheld"}, False, False, "withheld"),
        ({"party_kind": "family"}, False, False, "not_asked"),
        ({"party_kind": "unidentified"}, False, False, "not_asked"),
        ({"occupations": ("judge",)}, True, True, "office"),
        ({"occupations": ("spokesperson",)}, True, True, "office"),
        ({"occupations": ("official",), "public_exposure": "withheld"}, False, False, "withheld"),
        ({"occupations": ("blogger",)}, False, False, "not_asked"),
        ({"position": "editor of a site"}, False, False, "not_asked"),
    ],
)
def test_who_may_be_named(
    fields: dict[str, Any],
    partner: bool,  # noqa: FBT001
    public: bool,  # noqa: FBT001
    ground: str,
) -> None:
    someone = party(**fields)
    assert naming_of(someone, "partner", on=TODAY).may is partner
    shown = naming_of(someone, "public", on=TODAY)
    assert (shown.may, shown.ground) == (public, ground)
    assert naming_of(someone, "internal", on=TODAY).may


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, False),
        ({"risk_flags": ("minor",)}, True),
        ({"born": FuzzyDate("2013-06-02")}, True),
        ({"born": FuzzyDate("2013-06-01")}, False),
        ({"born": FuzzyDate("2013")}, True),
        ({"born": FuzzyDate("2012")}, False),
        ({"born": FuzzyDate("../2014")}, True),
    ],
)
def test_who_may_be_under_age(fields: dict[str, Any], expected: bool) -> None:  # noqa: FBT001
    assert is_minor(party(**fields), on=TODAY) is expected


NAMED = party(public_exposure="consented")
UNNAMED = party()
OPEN = party(consents=(Consent(scope="name, account"),))
SHUT = Consent(scope="account", withdrawn_on=FuzzyDate("2031-05"))


@pytest.mark.parametrize(
    ("asset_kind", "owner", "audience", "expected"),
    [
        ("page", None, "public", True),
        ("page", UNNAMED, "public", False),
        ("page", NAMED, "public", True),
        ("profile", None, "public", False),
        ("profile", NAMED, "public", False),
        ("profile", OPEN, "public", True),
        ("profile", party(consents=(CONSENT,)), "public", False),
        ("profile", party(consents=(CONSENT, SHUT)), "public", False),
        ("unknown", NAMED, "public", False),
        ("profile", party(party_kind="outlet"), "public", True),
        ("profile", UNNAMED, "internal", True),
        (
            "profile",
            party(consents=(Consent(scope="account"),), public_exposure="withheld"),
            "public",
            False,
        ),
    ],
)
def test_which_accounts_may_be_shown(
    asset_kind: str,
    owner: Party | None,
    audience: Audience,
    expected: bool,  # noqa: FBT001
) -> None:
    account = Account(record_id="x", asset_kind=asset_kind)
    assert may_show_account(account, owner, audience, on=TODAY) is expected


@pytest.mark.parametrize(
    ("fields", "labels"),
    [
        ({}, ("a person", "bir şəxs", "человек", "bir kişi")),
        ({"occupations": ("blogger",)}, ("a blogger", "bloger", "блогер", "blog yazarı")),
        ({"occupations": ("other", "activist")}, ("an activist", None, None, None)),
        (
            {"party_kind": "group", "count_min": 7, "count_max": 7},
            ("7 people", "7 nəfər", "7 человек", "7 kişi"),
        ),
        (
            {"party_kind": "group", "count_min": 2, "count_max": 2},
            (None, None, "2 человека", None),
        ),
        (
            {"party_kind": "group", "count_min": 12, "count_max": 12},
            (None, None, "12 человек", None),
        ),
        ({"party_kind": "group", "count_min": 2}, ("a group of people", None, None, None)),
        ({"party_kind": "family"}, ("a family", "bir ailə", "семья", "bir aile")),
        ({"party_kind": "outlet"}, ("a media outlet", None, None, None)),
        ({"party_kind": "organisation"}, ("an organisation", None, None, None)),
    ],
)
def test_what_somebody_unnamed_is_called(
    fields: dict[str, Any], labels: tuple[str | None, ...]
) -> None:
    for lang, label in zip(("en", "az", "ru", "tr"), labels, strict=True):
        if label is not None:
            assert public_label(party(**fields), lang) == label


def test_a_label_by_hand_comes_first_and_a_child_is_a_child() -> None:
    by_hand = Party(
        record_id="p", names=(PersonName(value="a neighbour", lang="en", use="public_label"),)
    )
    assert public_label(by_hand, "az", is_minor=True) == "a neighbour"
    assert public_label(party(occupations=("student",)), "en", is_minor=True) == "a minor"
    assert public_label(party(), "kk") == "a person"
