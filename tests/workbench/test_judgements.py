"""Whose word counts when pages are to be named: two people's, each in a judgement of their own."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.vault.sample import new_keyring
from undersight.vault.staff import create_staff
from undersight.workbench import judgements, runs, sharing
from undersight.workbench.session import Workspace

FINDING, OTHER = "f-sarnak-crowd", "f-another-crowd"


def says(workspace: Workspace, staff_id: str, **given: Any) -> str:
    """A judgement that lets pages be named, but for what is given."""
    fields = {"finding": FINDING, "run_digest": "0" * 64, "verdict": "stands"}
    made = workspace.casebook.by(staff_id).create(
        "judgement", **{**fields, "is_unmasking_pages": True, **given}
    )
    return made.record_id


def test_two_people_who_agree_on_one_finding_let_its_pages_be_named(workspace: Workspace) -> None:
    says(workspace, "staff-ada")
    says(workspace, "staff-ada")
    assert not judgements.may_unmask_pages(workspace, FINDING), "one person twice is one person"
    says(workspace, "staff-ben")
    assert judgements.may_unmask_pages(workspace, FINDING)
    assert not judgements.may_unmask_pages(workspace, OTHER)
    assert judgements.unmasking_staff(workspace, FINDING) == {"staff-ada", "staff-ben"}


def test_whoever_has_a_terminal_and_an_account_is_one_person(
    workspace: Workspace, tmp_path: Path
) -> None:
    says(workspace, workspace.staff_id)
    says(workspace, "staff-my-own-account-in-the-browser")
    assert not judgements.may_unmask_pages(workspace, FINDING)
    (tmp_path / "ben").mkdir()
    ben = create_staff(new_keyring(tmp_path / "ben", is_plain=True)).public
    sharing.add_colleague(workspace, ben.line())
    says(workspace, ben.staff_id)
    assert judgements.may_unmask_pages(workspace, FINDING)


@pytest.mark.parametrize(
    "given",
    [
        {"is_unmasking_pages": False},
        {"verdict": "does_not_stand"},
        {"finding": OTHER},
    ],
)
def test_whoever_does_not_agree_to_all_of_it_does_not_count(
    workspace: Workspace, given: dict[str, Any]
) -> None:
    says(workspace, "staff-ada")
    says(workspace, "staff-ben", **given)
    assert judgements.unmasking_staff(workspace, FINDING) == {"staff-ada"}


def test_a_judgement_into_which_two_people_wrote_speaks_for_neither(workspace: Workspace) -> None:
    """Else one person alone could turn a colleague's doubt into a word for naming."""
    says(workspace, "staff-ada")
    doubt = says(workspace, "staff-ben", is_unmasking_pages=False)
    workspace.casebook.by("staff-ada").update(doubt, {"is_unmasking_pages": True}, why="")
    also = says(workspace, "staff-eve", is_unmasking_pages=False)
    workspace.casebook.by("staff-ada").update(also, {"is_unmasking_pages": True}, why="")
    assert judgements.unmasking_staff(workspace, FINDING) == {"staff-ada"}
    assert not judgements.may_unmask_pages(workspace, FINDING)
    (ben,) = [
        one
        for one in judgements.judgements_of(workspace, FINDING)
        if one.judgement.record_id == doubt
    ]
    assert ben.author == ""


def test_whoever_judges_changes_no_judgement_but_their_own(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judgements, "find_finding", lambda _workspace, _named: (FINDING, "run"))
    manifest = SimpleNamespace(digest="0" * 64)
    monkeypatch.setattr(runs, "read_manifest", lambda _workspace, _run: manifest)
    theirs = says(workspace, "staff-ben")
    opinion = judgements.Opinion(verdict="does_not_stand", note="solidarity")
    for _ in range(2):
        judgements.judge(workspace, FINDING, opinion)
    said = {one.author: one.judgement for one in judgements.judgements_of(workspace, FINDING)}
    assert set(said) == {"staff-ben", workspace.staff_id}
    assert said["staff-ben"].record_id == theirs
    assert said["staff-ben"].verdict == "stands"
    assert len(judgements.judgements_of(workspace, FINDING)) == 2
