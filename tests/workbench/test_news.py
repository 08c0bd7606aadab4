"""What is new on the page of today: entries under the titles that the reader reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from undersight.workbench import news, showing

if TYPE_CHECKING:
    from undersight.workbench.session import Workspace


@pytest.mark.parametrize(("lang", "title"), [("ru", "Штраф"), ("az", "A fine"), ("en", "A fine")])
def test_entries_stand_under_their_title_in_the_readers_language(
    workspace: Workspace, lang: str, title: str
) -> None:
    workspace.casebook.create("incident", title={"en": "A fine", "ru": "Штраф"})
    assert [one.title for one in news.since(workspace, None, lang)] == [title]
    assert [one.title for one in showing.listed(workspace, lang=lang)[0]] == [title]
