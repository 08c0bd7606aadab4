"""What opens a workspace: changed, a second one, taken away; never the last one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from undersight.settings import Profile
from undersight.vault import keyring
from undersight.vault.passphrase import Argon2Cost
from undersight.workbench.session import Workspace

CHEAP = Argon2Cost(memory_kib=8, iterations=1, lanes=1)


@pytest.fixture
def sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An encrypted workspace, and files with passphrases beside it."""
    for method in (keyring.Keyring.add_slot, keyring.Keyring.change_passphrase):
        assert method.__kwdefaults__
        monkeypatch.setitem(method.__kwdefaults__, "cost", CHEAP)
    for name in ("first", "second", "third"):
        (tmp_path / name).write_text(f"the {name} of paper boats\n", "utf-8")
    profile = Profile(title="Log", jurisdiction="QV")
    made = Workspace.create(
        tmp_path / "log", profile, passphrase="the first of paper boats", cost=CHEAP
    )
    made.close()
    monkeypatch.chdir(tmp_path / "log")
    return tmp_path


def opens(program: Run, folder: Path, name: str) -> bool:
    return program("--passphrase-file", folder / name, "board").code == 0


def test_a_second_one_opens_and_goes(
    program: Run, sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNDERSIGHT_PASSPHRASE_FILE", str(sealed / "first"))
    asked = program("passphrase", "add")
    assert asked.code == 3
    assert "UNDERSIGHT_NEW_PASSPHRASE_FILE" in asked.err
    monkeypatch.setenv("UNDERSIGHT_NEW_PASSPHRASE_FILE", str(sealed / "second"))
    added = program("passphrase", "add", "--label", "safe")
    assert added.code == 0, added.err
    assert opens(program, sealed, "second")
    first, second = program("passphrase", "list", "--json").json
    assert (second["slot"], second["label"]) == (added.out.strip(), "safe")
    assert "safe" in program("passphrase", "list").out
    assert program("passphrase", "remove", second["slot"]).code == 0
    assert not opens(program, sealed, "second")
    assert program("passphrase", "remove", first["slot"]).code == 3
    assert opens(program, sealed, "first")


def test_a_changed_one_takes_the_place_of_the_old(
    program: Run, sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNDERSIGHT_NEW_PASSPHRASE_FILE", str(sealed / "third"))
    backup = sealed / "backup"
    assert program("--passphrase-file", sealed / "first", "backup", backup).code == 0
    changed = program("--passphrase-file", sealed / "first", "passphrase", "change")
    assert changed.code == 0, changed.err
    assert opens(program, sealed, "third")
    assert not opens(program, sealed, "first")
    for name, code in (("third", 2), ("first", 0)):
        done = program("--passphrase-file", sealed / name, "restore", backup, sealed / f"r-{name}")
        assert done.code == code, "a backup opens with the passphrase of its day"
    assert program("--passphrase-file", sealed / "third", "backup", backup, "--check").code == 0
    done = program("--passphrase-file", sealed / "third", "restore", backup, sealed / "after")
    assert done.code == 0, done.err
