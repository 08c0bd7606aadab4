"""Publication asks what it could do to people, and nothing goes out while a question is open."""

from __future__ import annotations

import io

import pytest

from tests.casebook.test_harm_image_metadata import EXIF, jpeg, tiff
from undersight.errors import NotVisibleError, UnansweredHarmError, UntitledEntryError
from undersight.workbench import incidents, publishing
from undersight.workbench.session import Workspace


def test_a_picture_that_tells_its_place_is_asked_about(workspace: Workspace) -> None:
    photo = jpeg((0xE1, EXIF + tiff(0x8825)))
    actor = workspace.staff.staff_id
    digest = workspace.vault.put(io.BytesIO(photo), reason="photo", actor=actor)
    elsewhere = "f" * 64
    entered = incidents.add(
        workspace,
        {"title": {"en": "A photo"}, "evidence": [digest, elsewhere]},
        why="test",
    )
    found = publishing.harm_findings(workspace, [entered.incident_id], audience="public")
    assert [(f.question, f.what) for f in found if f.question.startswith("image")] == [
        ("image-metadata", "jpeg: place")
    ]


def test_nothing_goes_out_while_a_question_is_open(workspace: Workspace) -> None:
    def answers(_: object) -> publishing.Answer:
        return publishing.Answer(verdict="no_risk", note="invented")

    def entered(**fields: object) -> str:
        return incidents.add(workspace, fields, why="test").incident_id

    untitled, called = (
        entered(acts=[{"act_type": "fine"}]),
        entered(title={"en": "Call +994 50 123 45 67"}),
    )
    with pytest.raises(UntitledEntryError):
        publishing.publish_together(workspace, [untitled], answers=answers)
    with pytest.raises(UnansweredHarmError):
        publishing.publish_together(workspace, [called])
    assert publishing.open_to(workspace, "partner") == ()
    with pytest.raises(NotVisibleError):
        publishing.checked_entry(workspace, called, audience="public")

    publishing.publish_together(workspace, [called], answers=answers)
    assert publishing.open_to(workspace, "partner") == (called,)
    assert publishing.checked_entry(workspace, called, audience="public").get(called)

    workspace.casebook.update(called, {"summary": {"en": "Or +994 50 765 43 21."}})
    with pytest.raises(UnansweredHarmError):
        publishing.checked_entry(workspace, called, audience="public")
    with pytest.raises(UnansweredHarmError):
        publishing.checked_dossier(workspace, audience="public")
    # An answer is no work on what the entry says: whoever wrote it stays the last.
    publishing.review(workspace, [called], answers)
    assert workspace.casebook.history_of_incident(called)[-1].kind == "harm_review"
    reviewer = workspace.casebook.by("staff-aaaaaaaaaaaaaaaa")
    reviewer.create("harm_review", about=called, question="phone", answer="no_risk")
    assert publishing.last_worked_on_by(workspace, called) == workspace.staff_id
