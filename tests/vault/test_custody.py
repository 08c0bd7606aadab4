from __future__ import annotations

from pathlib import Path

import pytest

from tests.vault.sample import ACTOR, WORKSPACE
from undersight.errors import CustodyBrokenError, InvalidValueError
from undersight.integrity.canonical import digest_bytes
from undersight.vault.custody import CustodyAct, CustodyLog, check_staff_id
from undersight.vault.staff import new_staff_id

DIGEST = digest_bytes(b"")


def act(**changes: str) -> CustodyAct:
    fields = {"actor": ACTOR, "action": "intake", "object": DIGEST, "reason": "a page was saved"}
    return CustodyAct(at_us=1_700_000_000_000_000, **{**fields, **changes})


def log_at(folder: Path, key: bytes | None = None) -> CustodyLog:
    return CustodyLog(folder / "custody.log", workspace_id=WORKSPACE, key=key)


def test_the_line_has_its_final_bytes(tmp_path: Path) -> None:
    log = log_at(tmp_path)
    log.record(act())
    # Written out here by the standard library alone: whoever reads the log in twenty years can.
    import hashlib

    genesis = hashlib.sha256(b"undersight/custody/v1/genesis\0" + WORKSPACE.encode()).hexdigest()
    body = f'"i":0,"object":"{DIGEST}","prev":"{genesis}","reason":"a page was saved","v":1}}'
    start = f'{{"action":"intake","actor":"{ACTOR}","at_us":1700000000000000,'
    h = hashlib.sha256(b"undersight/custody/v1\0" + (start + body).encode()).hexdigest()
    assert log.path.read_text(encoding="utf-8") == f'{start}"h":"{h}",{body}\n'


def test_entries_come_back(tmp_path: Path) -> None:
    for key in (None, bytes(32)):
        log = log_at(tmp_path / str(key is None), key)
        log.path.parent.mkdir()
        made = log.record(act(), act(action="export", reason="for the lawyer"))
        assert list(log_at(log.path.parent, key).entries()) == made
        assert [entry.action for entry in made] == ["intake", "export"]
        assert log.head().length == 2
        assert log.verify([log.head()]).is_anchored


@pytest.mark.parametrize(
    "changes",
    [
        {"actor": "Leyla Qaravelli"},
        {"actor": "staff-leyla"},
        {"actor": ""},
        {"actor": f"{ACTOR}\n"},
        {"action": "Looked At"},
        {"action": ""},
    ],
)
def test_no_name_gets_in(tmp_path: Path, changes: dict[str, str]) -> None:
    log = log_at(tmp_path)
    with pytest.raises(InvalidValueError) as raised:
        log.record(act(), act(**changes))
    assert "Leyla" not in str(raised.value)
    assert not log.path.exists()


def test_a_staff_id_is_random(tmp_path: Path) -> None:
    ids = {new_staff_id() for _id in range(50)}
    assert len(ids) == 50
    for each in ids:
        assert check_staff_id(each) == each


def test_an_unreadable_entry_is_named(tmp_path: Path) -> None:
    log = log_at(tmp_path)
    log.record(act(), act())
    lines = log.path.read_bytes().splitlines(keepends=True)
    log.path.write_bytes(lines[0] + b"?\n")
    with pytest.raises(CustodyBrokenError) as raised:
        list(log.entries())
    assert raised.value.i == 1
