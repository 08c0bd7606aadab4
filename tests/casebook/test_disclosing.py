"""A record of the past is never more visible than it is today, nor than it was then."""

from __future__ import annotations

from datetime import date

import pytest

from undersight.casebook.disclosing import as_narrow_as, finder_of
from undersight.model.parts import PersonName
from undersight.model.records import Incident, Party


@pytest.mark.parametrize(
    ("then", "now", "shown"),
    [
        ("public", "partner", "partner"),
        ("partner", "public", "partner"),
        ("public", "", ""),
        ("nonsense", "public", "nonsense"),
    ],
)
def test_the_narrower_of_then_and_now_holds(then: str, now: str, shown: str) -> None:
    past = Incident(record_id="i", visibility=then, field_visibility={"title": then})
    today = Incident(record_id="i", visibility=now, field_visibility={"title": now})
    narrowed = as_narrow_as(past, today)
    assert narrowed.visibility == shown
    assert narrowed.field_visibility == {"title": shown}


def test_what_is_in_the_vault_today_was_never_seen() -> None:
    past = Incident(record_id="i", visibility="public")
    today = Incident(record_id="i", visibility="public", confidentiality="vault")
    assert as_narrow_as(past, today).confidentiality == "vault"


def test_what_a_group_is_called_is_found_only_whole() -> None:
    group = Party(
        record_id="g", party_kind="group", names=(PersonName(value="Eight Users of Sarnak"),)
    )
    find = finder_of([group], [], "public", on=date(2031, 6, 1))
    near = frozenset({"g"})
    assert [m.party_id for m in find("Held: Eight Users of Sarnak.", near)] == ["g"]
    assert not find("Users in Sarnak are afraid.", near)
