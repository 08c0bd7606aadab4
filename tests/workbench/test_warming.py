"""What a large casebook counts when it is opened."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from undersight.model import records as r
from undersight.settings import Profile
from undersight.workbench import warming
from undersight.workbench.desk import Desk
from undersight.workbench.session import Workspace


def test_a_large_casebook_is_counted_before_anybody_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = Profile(title="Qaravel log", jurisdiction="QV")
    made = Workspace.create(tmp_path / "log", profile, passphrase=None)
    made.casebook.load([r.Incident(record_id="i1", title={"en": "One"})])
    desk = Desk(made)
    assert warming.begin(desk) is None
    monkeypatch.setattr(warming, "_LARGE", 1)
    gc.unfreeze()  # the suite's own
    thread = warming.begin(desk)
    assert thread is not None
    thread.join(20)
    assert "act-counts" in made.casebook.database.remembered
    assert gc.get_freeze_count()
    desk.lock()
    assert not gc.get_freeze_count()  # what the lock lets go is let go of
    warming._count(desk, ["i1"])  # locked before it came to it: nothing happens
    assert not gc.get_freeze_count()
    gc.freeze()
