"""What is sent to a browser is put together in memory where the workspace is encrypted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.vault.sample import CHEAP
from undersight.integrity import durable
from undersight.model.parts import PersonName
from undersight.settings import Profile
from undersight.workbench import deliveries
from undersight.workbench.session import Workspace

NAME = "Velzar Quontisk"


@pytest.mark.parametrize("is_plain", [False, True])
def test_nothing_of_it_touches_the_workspace_s_disk(
    is_plain: bool,  # noqa: FBT001
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    memory = tmp_path / "memory"
    memory.mkdir()
    monkeypatch.setattr(deliveries, "MEMORY_DISK", memory)
    written: list[Path] = []
    real = durable.write_atomic

    def watched(path: Path, data: bytes, *given: Any) -> None:
        written.append(path)
        real(path, data, *given)

    monkeypatch.setattr("undersight.exporters.delivery.write_atomic", watched)
    passphrase = None if is_plain else "eleven paper boats"
    profile = Profile(title="Log", jurisdiction="QV")
    with Workspace.create(
        tmp_path / "log", profile, passphrase=passphrase, cost=CHEAP
    ) as workspace:
        workspace.casebook.create(
            "party", party_kind="individual", names=(PersonName(value=NAME),)
        )
        made = deliveries.export(workspace, "jsonl", audience="internal")
    assert NAME.encode() in made.data
    home = tmp_path / "log" if is_plain else memory
    assert written
    assert all(path.is_relative_to(home) for path in written)
    assert list(memory.iterdir()) == []
    assert list((tmp_path / "log" / "tmp").iterdir()) == []
