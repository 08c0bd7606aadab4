"""Posts that vanished while their author was held: certain only when no day speaks against it."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.model.sample import rid, sample_dossier
from undersight.model.derived.vanished import vanished_in_custody
from undersight.model.dossier import Dossier, Masthead
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.records import Account, Act, Involvement, Item, Party, Record

day = FuzzyDate.parse


def dossier_of(item: Item, *more: Record, start: str = "2031-05-04") -> Dossier:
    return Dossier(
        masthead=Masthead(title={"en": "Log"}),
        records=(
            Party(record_id="p"),
            Act(record_id="a", incident="in", act_type="arrest", start=day(start),
                end=day("2031-06-03")),
            Involvement(record_id="i", act="a", party="p"),
            item,
            *more,
        ),
        as_of=dt.date(2031, 12, 1),
        audience="public",
    )  # fmt: skip


def certainty(gone: str, state: str = "gone_unknown", start: str = "2031-05-04") -> str:
    item = Item(record_id="x", author="p", gone=day(gone), state=state)
    found = vanished_in_custody(dossier_of(item, start=start))
    return found[0].certainty if found else "no"


def test_sample() -> None:
    found = {row.item: row.certainty for row in vanished_in_custody(sample_dossier())}
    assert found == {rid("post"): "certain", rid("post2"): "possible"}


@pytest.mark.parametrize(
    ("gone", "expected"),
    [
        ("2031-05-10", "certain"),
        ("2031-05-04", "certain"),
        ("2031-06-03", "certain"),
        ("2031-05-03", "no"),
        ("2031-06-04", "no"),
        ("2031-05", "possible"),
        ("2031-05-05/2031-05-09", "certain"),
        ("2031-05-05/..", "possible"),
        ("2031", "possible"),
        ("2030", "no"),
    ],
)
def test_by_the_day_it_vanished(gone: str, expected: str) -> None:
    assert certainty(gone) == expected


def test_an_unsure_beginning_makes_it_possible_only() -> None:
    assert certainty("2031-05-10", start="2031-05") == "possible"


@pytest.mark.parametrize("state", ["live", "edited"])
def test_what_is_there_has_not_vanished(state: str) -> None:
    assert certainty("2031-05-10", state=state) == "no"


def test_without_an_author_the_owner_of_the_account_is_meant_and_marked() -> None:
    item = Item(record_id="x", account="acc", gone=day("2031-05-10"))
    found = vanished_in_custody(dossier_of(item, Account(record_id="acc", owner="p")))
    assert [(row.author, row.is_author_recorded) for row in found] == [("p", False)]
    assert vanished_in_custody(dossier_of(item, Account(record_id="acc"))) == ()
