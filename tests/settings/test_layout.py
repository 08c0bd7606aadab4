from __future__ import annotations

from pathlib import Path

import pytest

from undersight.errors import WorkspaceNotFoundError
from undersight.settings import SETTINGS_NAME, Layout, find_workspace


def test_a_workspace_is_found_from_any_folder_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / SETTINGS_NAME).touch()
    inner = tmp_path / "exports" / "2026"
    inner.mkdir(parents=True)
    assert find_workspace(inner) == Layout(tmp_path)
    assert find_workspace(tmp_path) == Layout(tmp_path)
    monkeypatch.chdir(inner)
    assert find_workspace() == Layout(tmp_path)
    assert find_workspace(named=tmp_path) == Layout(tmp_path)


def test_a_named_folder_is_the_only_one_looked_at(tmp_path: Path) -> None:
    (tmp_path / SETTINGS_NAME).touch()
    (tmp_path / "inner").mkdir()
    with pytest.raises(WorkspaceNotFoundError, match="inner"):
        find_workspace(named=tmp_path / "inner")


def test_nowhere_is_said_clearly(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceNotFoundError) as raised:
        find_workspace(tmp_path)
    assert str(tmp_path) in str(raised.value)
    assert "--workspace" in raised.value.hint


def test_every_place_is_inside(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    places = {
        name: getattr(layout, name)
        for name in vars(Layout)
        if isinstance(getattr(Layout, name), property)
    }
    assert len(set(places.values())) == len(places) == 9
    assert {place.parent for place in places.values()} == {tmp_path}
