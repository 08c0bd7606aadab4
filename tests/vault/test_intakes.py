from __future__ import annotations

from pathlib import Path

import pytest

from tests.vault.sample import ACTOR, WORKSPACE
from undersight.errors import CustodyBrokenError
from undersight.integrity.canonical import digest_bytes
from undersight.vault.custody import CustodyAct, CustodyLog
from undersight.vault.intakes import Intake, IntakeLog

DIGEST = digest_bytes(b"page")


def intake(source_ref: str, at_us: int) -> Intake:
    return Intake(object=DIGEST, n_bytes=4, source_ref=source_ref, facts={}, at_us=at_us)


def test_an_intake_counts_once_its_custody_entry_exists(tmp_path: Path) -> None:
    log = IntakeLog(tmp_path / "intakes.log", workspace_id=WORKSPACE, key=None)
    custody = CustodyLog(tmp_path / "custody.log", workspace_id=WORKSPACE, key=None)
    log.record((intake("stopped by a crash", 1), 0))
    log.record((intake("tried again", 2), 0))
    assert list(log.intakes(custody.entries())) == []
    custody.record(
        CustodyAct(actor=ACTOR, action="intake", object=DIGEST, reason="saved", at_us=2)
    )
    assert [each.source_ref for each in log.intakes(custody.entries())] == ["tried again"]
    assert log.head().length == 2
    assert log.verify([log.head()]).is_whole


def test_an_unreadable_line_is_named(tmp_path: Path) -> None:
    log = IntakeLog(tmp_path / "intakes.log", workspace_id=WORKSPACE, key=None)
    log.record((intake("page.html", 1), 0))
    with (tmp_path / "intakes.log").open("ab") as file:
        file.write(b"?\n")
    with pytest.raises(CustodyBrokenError) as raised:
        list(log.intakes([]))
    assert raised.value.i == 1
