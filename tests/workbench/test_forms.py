"""Entries as YAML: what was written is what is read, and nothing is lost in silence."""

from __future__ import annotations

import pytest

from undersight.errors import FormUnreadableError
from undersight.model.records import Account, Act, Claim, Incident, Party
from undersight.workbench import forms, incidents
from undersight.workbench.session import Workspace

FORM = """\
title: A page taken
place: {country: NO, precision: country}
acts:
  - act_type: hijack_page
    start: 2031
    people: [{name: Twenty, role: victim, count_min: 7, count_max: "9"}]
    citations: [{citation: 388.10, instrument: Code}]
    accounts: [{title: Page, asset_kind: page, badge: no,
                administrations: [{party: Rena, since: 2028, is_only_one: yes}]}]
claims:
  - {statement: Nine were named, field: quantities, value: 9}
"""


def test_a_field_decides_what_the_words_mean(workspace: Workspace) -> None:
    incidents.add(workspace, forms.read_form(FORM), why="a form")
    found = {kind: [*workspace.casebook.all(kind)] for kind in ("incident", "act", "account")}
    (incident,), (act,), (account,) = found["incident"], found["act"], found["account"]
    assert isinstance(incident, Incident)
    assert incident.place is not None
    assert incident.place.country == "NO"
    assert isinstance(act, Act)
    assert act.start is not None
    assert act.start.edtf == "2031"
    assert isinstance(account, Account)
    assert (account.badge, account.administrations[0].is_only_one) == ("no", True)
    (claim,) = workspace.casebook.all("claim")
    assert isinstance(claim, Claim)
    assert claim.value == 9
    (provision,) = workspace.casebook.all("provision")
    assert provision.citation == "388.10"  # type: ignore[attr-defined]
    assert {p.names[0].value for p in workspace.casebook.all("party") if isinstance(p, Party)} == {
        "Twenty",
        "Rena",
    }


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("title: a\nacts: []\nacts: []\n", 3),
        ("acts:\n  - start: 2031\n    start: 2032\n", 3),
        ("a: &x {b: *x}\n", 1),
        ("? [a]\n: 1\n", 1),
        ("- a list\n", 1),
    ],
)
def test_what_would_be_lost_or_is_no_form_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(FormUnreadableError) as refused:
        forms.read_form(text)
    assert refused.value.line == line
