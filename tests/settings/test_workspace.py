from __future__ import annotations

import errno
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.vault.sample import CHEAP, PASSPHRASE
from undersight.errors import (
    BackendError,
    DiskFullError,
    FolderNotEmptyError,
    InvalidSettingError,
    KeyringDamagedError,
    PassphraseNeededError,
    PlainWorkspaceError,
    WeakPassphraseError,
    WorkspaceTooNewError,
    WorkspaceTooOldError,
    WrongPassphraseError,
)
from undersight.integrity import durable
from undersight.integrity.canary import find_canary
from undersight.settings import (
    Layout,
    NewWorkspace,
    Profile,
    create_workspace,
    find_workspace,
    is_outdated,
    load_settings,
    migrate_workspace,
    unlock_workspace,
)
from undersight.vault.keyring import KeyPurpose
from undersight.vault.staff import load_staff

PROFILE = Profile(title="Qaravel Watch", jurisdiction="QV", languages=("az", "en"))


def made(root: Path, *, is_plain: bool = False) -> NewWorkspace:
    passphrase = None if is_plain else PASSPHRASE
    return create_workspace(root, PROFILE, passphrase=passphrase, is_plain=is_plain, cost=CHEAP)


@pytest.mark.parametrize("is_plain", [True, False])
@pytest.mark.parametrize("is_there", [True, False])
def test_a_new_workspace_opens(tmp_path: Path, *, is_plain: bool, is_there: bool) -> None:
    root = tmp_path / "log"
    if is_there:
        root.mkdir()
    new = made(root, is_plain=is_plain)
    layout = find_workspace(root)
    settings = load_settings(layout, environ={})
    assert (layout, settings) == (new.layout, new.settings)
    assert settings.workspace.title == "Qaravel Watch"
    keyring = unlock_workspace(layout, settings, None if is_plain else PASSPHRASE)
    assert keyring.is_plain is is_plain
    assert keyring.subkey(KeyPurpose.CASEBOOK) == new.keyring.subkey(KeyPurpose.CASEBOOK)
    assert load_staff(keyring).staff_id == settings.staff.id
    assert all(folder.is_dir() for folder in layout.folders())
    assert list(tmp_path.iterdir()) == [root]
    assert not is_outdated(layout)
    new.keyring.put_item("more", b"x")  # it knows where it lies now
    assert unlock_workspace(layout, settings, PASSPHRASE).item("more") == b"x"


def test_two_workspaces_share_no_id(tmp_path: Path) -> None:
    one, two = (made(tmp_path / name).settings for name in ("one", "two"))
    assert one.workspace.id != two.workspace.id
    assert one.staff.id != two.staff.id


@pytest.mark.skipif(sys.platform == "win32", reason="permission bits are POSIX")
def test_a_new_workspace_is_its_owners_only(tmp_path: Path) -> None:
    root = made(tmp_path / "log").layout.root
    for path in (root, *root.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_the_key_is_not_in_an_encrypted_workspace(tmp_path: Path) -> None:
    new = made(tmp_path / "log")
    for purpose in KeyPurpose:
        assert find_canary(tmp_path, new.keyring.subkey(purpose).hex()) == ()
    assert find_canary(tmp_path, bytes(new.keyring._master).hex()) == ()
    assert find_canary(tmp_path, PASSPHRASE) == ()


def test_wrong_and_missing_passphrases(tmp_path: Path) -> None:
    new = made(tmp_path / "log")
    with pytest.raises(WrongPassphraseError):
        unlock_workspace(new.layout, new.settings, "not this one")
    with pytest.raises(PassphraseNeededError):
        unlock_workspace(new.layout, new.settings)


def test_another_workspaces_keyring_is_refused(tmp_path: Path) -> None:
    one, two = made(tmp_path / "one"), made(tmp_path / "two")
    shutil.copy(two.layout.keyring, one.layout.keyring)
    with pytest.raises(KeyringDamagedError, match="another workspace"):
        unlock_workspace(one.layout, one.settings, PASSPHRASE)


@pytest.mark.parametrize("name", ["file.txt", ".hidden", "undersight.toml"])
def test_a_folder_with_something_in_it_stays_as_it_is(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(FolderNotEmptyError, match="not an empty folder"):
        made(tmp_path)
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["mine"]
    with pytest.raises(FolderNotEmptyError):
        made(tmp_path / name)


def test_it_is_encrypted_unless_plain_is_said(tmp_path: Path) -> None:
    with pytest.raises(PassphraseNeededError):
        create_workspace(tmp_path / "log")
    with pytest.raises(PlainWorkspaceError):
        create_workspace(tmp_path / "log", passphrase=PASSPHRASE, is_plain=True)
    with pytest.raises(WeakPassphraseError):
        create_workspace(tmp_path / "log", passphrase="short")
    with pytest.raises(InvalidSettingError, match="jurisdiction") as raised:
        create_workspace(tmp_path / "log", Profile(jurisdiction="qaravel"), is_plain=True)
    assert str(tmp_path / "log" / "undersight.toml") in str(raised.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("is_there", [True, False])
@pytest.mark.parametrize("step", ["open_new", "write_all", "flush", "make_folder", "move"])
def test_a_full_disk_makes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, *, is_there: bool
) -> None:
    root = tmp_path / "log"
    if is_there:
        root.mkdir()
    real, left = getattr(durable, step), [1]

    def limited(*args: object) -> object:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "no space")
        return real(*args)

    monkeypatch.setattr(durable, step, limited)
    with pytest.raises(DiskFullError):
        made(root)
    assert list(tmp_path.rglob("*")) == ([root] if is_there else [])


def test_a_parent_that_is_a_file_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BackendError):
        made(tmp_path / "file" / "log")


KILLED = """
import os, sys
from pathlib import Path
from undersight.integrity import durable
from undersight.settings import create_workspace
from undersight.vault.passphrase import Argon2Cost
left = int(sys.argv[2])
def stop_at(name):
    real = getattr(durable, name)
    def stopped(*args):
        global left
        left -= 1
        if left < 0:
            os._exit(9)
        return real(*args)
    setattr(durable, name, stopped)
for name in ("open_new", "write_all", "flush", "make_folder", "move", "flush_folder"):
    stop_at(name)
create_workspace(Path(sys.argv[1]), is_plain=True)
"""


@pytest.mark.parametrize("n_steps", [0, 3, 14, 22])
@pytest.mark.long
def test_killed_while_making_it_leaves_no_half_workspace(tmp_path: Path, n_steps: int) -> None:
    root = tmp_path / "log"
    done = subprocess.run([sys.executable, "-c", KILLED, str(root), str(n_steps)], check=False)
    assert done.returncode == 9
    if root.exists():
        layout = find_workspace(named=root)
        unlock_workspace(layout, load_settings(layout, environ={}))
    else:
        made(root)


def old_workspace(root: Path) -> Layout:
    """A workspace of format 1, as a program that knows format 3 would find it."""
    return made(root, is_plain=True).layout


def test_migration_goes_step_by_step_and_keeps_a_copy(tmp_path: Path) -> None:
    layout = old_workspace(tmp_path / "log")
    before, seen = layout.settings_file.read_bytes(), list[int]()
    steps = {1: lambda _layout: seen.append(1), 2: lambda _layout: seen.append(2)}
    assert migrate_workspace(layout, steps=steps) == (1, 2)
    assert seen == [1, 2]
    assert layout.settings_file.read_bytes() == before.replace(b"format = 1", b"format = 3")
    assert (layout.root / "backups" / "format-1" / "undersight.toml").read_bytes() == before
    assert (layout.root / "backups" / "format-2" / "keyring.json").exists()
    assert migrate_workspace(layout, steps=steps) == ()


def test_a_migration_that_fails_leaves_the_old_format(tmp_path: Path) -> None:
    layout = old_workspace(tmp_path / "log")

    def fail(_layout: Layout) -> None:
        raise DiskFullError(str(layout.root))

    with pytest.raises(DiskFullError):
        migrate_workspace(layout, steps={1: fail})
    load_settings(layout, environ={})
    assert migrate_workspace(layout, steps={1: lambda _layout: None}) == (1,)


def test_formats_that_no_step_leads_from(tmp_path: Path) -> None:
    layout = old_workspace(tmp_path / "log")
    assert migrate_workspace(layout) == ()
    with pytest.raises(WorkspaceTooOldError):
        migrate_workspace(layout, steps={2: lambda _layout: None})
    text = layout.settings_file.read_text(encoding="utf-8")
    layout.settings_file.write_text(text.replace("format = 1", "format = 9"), encoding="utf-8")
    with pytest.raises(WorkspaceTooNewError):
        migrate_workspace(layout)
