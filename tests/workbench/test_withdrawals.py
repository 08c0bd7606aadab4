"""Withdrawing a person takes their name out of what drafting learned, too."""

from __future__ import annotations

import pytest

from undersight.errors import UndersightError
from undersight.model.draft import DraftField
from undersight.model.parts import PersonName
from undersight.workbench import drafts, withdrawals
from undersight.workbench.session import Workspace


def learned(value: str) -> DraftField:
    return DraftField(
        kind="person", value=value, start=0, end=len(value), confidence=1.0, rule="person"
    )


def test_drafting_forgets_whoever_is_withdrawn(workspace: Workspace) -> None:
    party = workspace.casebook.create(
        "party", party_kind="individual", names=(PersonName(value="Velzar Quontisk"),)
    )
    drafts.learn(workspace, [learned("Velzar Quontisk"), learned("Tarvin Oskelde")])
    withdrawals.withdraw(workspace, party.record_id, why="asked")
    left = drafts.load_gazetteer(workspace).to_json()
    assert [item["name"] for item in left] == ["Tarvin Oskelde"]
    with pytest.raises(UndersightError):
        withdrawals.withdraw(workspace, party.record_id, why="again")
