"""Publication asks about the pictures behind an entry."""

from __future__ import annotations

import io

from tests.casebook.test_harm_image_metadata import EXIF, jpeg, tiff
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
