"""A backup: only what changed, whole at every moment, nothing of whom it should not know."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.vault.sample import CHEAP
from undersight.errors import (
    BackupDamagedError,
    BackupFormatError,
    BackupOfAnotherError,
    BackupPlaceError,
    BackupWouldLoseError,
    DiskFullError,
    FolderNotEmptyError,
    WrongPassphraseError,
)
from undersight.integrity import durable
from undersight.integrity.canary import find_canary
from undersight.settings import Profile
from undersight.vault import backup_store
from undersight.workbench import backups, incidents, known_backups
from undersight.workbench.session import Workspace

PASSPHRASE = "eleven paper boats"
CANARY = "Quontisk-of-Sarnak"


def said() -> str:
    return PASSPHRASE


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Workspace]:
    profile = Profile(title=CANARY, jurisdiction="QV")
    with Workspace.create(tmp_path / "log", profile, passphrase=PASSPHRASE, cost=CHEAP) as made:
        put(made, "the first page")
        yield made


def put(workspace: Workspace, text: str) -> str:
    return str(incidents.seal_text(workspace, text, reason="kept", name="page"))


def contents(root: Path) -> dict[str, bytes]:
    """What a backup has to bring back."""
    left_out = {"keyring.json", ".lock", ".writer.json"}
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
        and path.name not in left_out
        and not path.name.endswith(("-wal", "-shm"))
    }


def test_what_is_restored_is_what_was_there(log: Workspace, tmp_path: Path) -> None:
    for n in range(3):
        put(log, f"page {n} " * 40_000)
    done = backups.back_up(log, tmp_path / "b")
    assert done.n_copied > 5
    assert done.n_kept == 0
    backups.restore(tmp_path / "b", tmp_path / "back", passphrase=said)
    log.casebook.database.checkpoint()
    assert contents(tmp_path / "back") == contents(log.layout.root)
    assert backups.check_backup(tmp_path / "b", log.layout.temporary, passphrase=said) >= 0
    assert not list(log.layout.temporary.iterdir())


def test_only_what_changed_is_written(log: Workspace, tmp_path: Path) -> None:
    put(log, "a long page " * 50_000)
    first = backups.back_up(log, tmp_path / "b")
    again = backups.back_up(log, tmp_path / "b")
    assert (again.n_copied, again.n_bytes_written, again.n_removed) == (0, 0, 0)
    put(log, "one more")
    third = backups.back_up(log, tmp_path / "b")
    assert 0 < third.n_bytes_written < first.n_bytes_written / 3
    assert third.n_kept > 0


def test_a_large_file_that_changed_a_little_is_written_a_little(
    log: Workspace, tmp_path: Path
) -> None:
    large = log.layout.vault / "large"
    large.write_bytes(os.urandom(8 * backup_store.PIECE_BYTES + 5))
    backups.back_up(log, tmp_path / "b")
    with large.open("r+b") as file:
        file.seek(3 * backup_store.PIECE_BYTES)
        file.write(b"changed")
    again = backups.back_up(log, tmp_path / "b")
    assert again.n_bytes_written < 3 * backup_store.PIECE_BYTES


def test_nothing_in_a_backup_tells_what_it_is_of(log: Workspace, tmp_path: Path) -> None:
    log.layout.root.joinpath("vault", f"{CANARY}.txt").write_text(CANARY * 9, "utf-8")
    backups.back_up(log, tmp_path / "b")
    assert find_canary(log.layout.root, CANARY), "the canary sings"
    assert find_canary(tmp_path / "b", CANARY) == ()


def test_what_left_the_workspace_leaves_the_backup(log: Workspace, tmp_path: Path) -> None:
    digest = put(log, "a page to be erased")
    backups.back_up(log, tmp_path / "b")
    before = set((tmp_path / "b").rglob("*"))
    assert known_backups.known_backups(log)[0].n_erased_since == 0
    log.vault.erase(digest, reason="asked", actor=log.staff.staff_id)  # type: ignore[arg-type]
    (known,) = known_backups.known_backups(log)
    assert known.n_erased_since == 1
    assert backups.back_up(log, tmp_path / "b").n_removed == 1
    assert before - set((tmp_path / "b").rglob("*"))
    assert known_backups.known_backups(log)[0].n_erased_since == 0
    backups.restore(tmp_path / "b", tmp_path / "back", passphrase=said)
    with Workspace.open(tmp_path / "back", passphrase=said) as back:
        assert digest not in set(back.vault.digests())


def test_each_folder_is_known_until_it_is_forgotten(log: Workspace, tmp_path: Path) -> None:
    for name in ("one", "two"):
        backups.back_up(log, tmp_path / name)
    first, second = known_backups.known_backups(log)
    assert [Path(one.place).name for one in (first, second)] == ["one", "two"]
    assert known_backups.forget_backup(log, first.backup_id)
    assert not known_backups.forget_backup(log, first.backup_id)
    assert known_backups.known_backups(log) == (second,)


class StoppedError(Exception):
    """The program was killed here."""


@pytest.mark.long
@pytest.mark.parametrize(
    ("call", "n_th"),
    [
        ("write_all", 1), ("write_all", 9), ("flush_files", 1), ("write_atomic", 1),
        ("move", 1), ("move", 7), ("flush_folders", 1), ("remove", 1), ("remove", 3),
    ],
)  # fmt: skip
def test_killed_at_any_step_a_whole_backup_is_there(
    log: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, n_th: int
) -> None:
    target = tmp_path / "b"
    backups.back_up(log, target)
    log.casebook.database.checkpoint()
    old = contents(log.layout.root)
    for n in range(12):
        put(log, f"later {n}")
    log.casebook.database.checkpoint()
    new = contents(log.layout.root)
    kill_at(monkeypatch, call, n_th, target)
    with pytest.raises(StoppedError):
        backups.back_up(log, target)
    monkeypatch.undo()
    backups.restore(target, tmp_path / "back", passphrase=said)
    assert contents(tmp_path / "back") in (old, new)
    backups.back_up(log, target)
    backups.restore(target, tmp_path / "again", passphrase=said)
    assert contents(tmp_path / "again") == new
    assert not list(target.rglob("*.part"))


def kill_at(monkeypatch: pytest.MonkeyPatch, call: str, n_th: int, target: Path) -> None:
    """Stop for good at the n-th of these calls that concerns the backup folder."""
    real: Callable[..., object] = getattr(durable, call)
    n_calls = 0

    def killed(first: object, *more: object) -> object:
        nonlocal n_calls
        is_ours = call == "write_all" or str(target) in str(first)
        n_calls += is_ours
        if is_ours and n_calls >= n_th:
            raise StoppedError
        return real(first, *more)

    monkeypatch.setattr(durable, call, killed)


def test_a_full_disk_is_told_and_the_backup_before_stands(
    log: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "b"
    backups.back_up(log, target)
    put(log, "later")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(durable, "write_all", full)
    with pytest.raises(DiskFullError):
        backups.back_up(log, target)
    monkeypatch.undo()
    assert not list(target.rglob("*.part"))
    assert backups.check_backup(target, log.layout.temporary, passphrase=said) >= 0


def test_a_damaged_workspace_does_not_replace_a_whole_backup(
    log: Workspace, tmp_path: Path
) -> None:
    target = tmp_path / "b"
    backups.back_up(log, target)
    before = (target / backup_store.STATEMENT_NAME).read_bytes()
    (victim,) = [p for p in log.layout.vault.glob("objects/*/*") if p.is_file()]
    victim.unlink()
    with pytest.raises(BackupWouldLoseError, match="object of its vault"):
        backups.back_up(log, target)
    assert (target / backup_store.STATEMENT_NAME).read_bytes() == before
    assert backups.back_up(log, target, is_replacing=True).n_removed == 1


def test_an_older_copy_of_the_workspace_does_not_replace_a_newer_backup(
    log: Workspace, tmp_path: Path
) -> None:
    log.casebook.database.checkpoint()
    shutil.copytree(log.layout.root, tmp_path / "old")
    put(log, "later")
    backups.back_up(log, tmp_path / "b")
    with (
        Workspace.open(tmp_path / "old", passphrase=said, verb="backup") as old,
        pytest.raises(BackupWouldLoseError, match="custody log"),
    ):
        backups.back_up(old, tmp_path / "b")


@pytest.mark.parametrize("part", ["statement", "piece", "missing", "swapped"])
def test_a_changed_backup_is_refused(log: Workspace, tmp_path: Path, part: str) -> None:
    target = tmp_path / "b"
    backups.back_up(log, target)
    statement = target / backup_store.STATEMENT_NAME
    pieces = sorted((target / "pieces").glob("*/*"))
    if part == "statement":
        statement.write_text(statement.read_text("utf-8").replace('"state":[', '"state":["00",'),
                             "utf-8")  # fmt: skip
    elif part == "swapped":
        first, second = pieces[0].read_bytes(), pieces[1].read_bytes()
        pieces[0].write_bytes(second)
        pieces[1].write_bytes(first)
    for piece in pieces if part in {"piece", "missing"} else ():
        if part == "missing":
            piece.unlink()
        else:
            piece.write_bytes(piece.read_bytes()[:-1] + b"x")
    with pytest.raises(BackupDamagedError):
        backups.restore(target, tmp_path / "back", passphrase=said)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "log"]


def test_a_wrong_passphrase_leaves_nothing(log: Workspace, tmp_path: Path) -> None:
    backups.back_up(log, tmp_path / "b")
    with pytest.raises(WrongPassphraseError):
        backups.restore(tmp_path / "b", tmp_path / "back", passphrase=lambda: "another one")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "log"]


def test_where_a_backup_cannot_be(log: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BackupPlaceError):
        backups.back_up(log, log.layout.root / "b")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").touch()
    with pytest.raises(FolderNotEmptyError):
        backups.back_up(log, tmp_path / "full")
    with Workspace.create(tmp_path / "other", Profile(), passphrase=None) as other:
        backups.back_up(other, tmp_path / "theirs")
    with pytest.raises(BackupOfAnotherError):
        backups.back_up(log, tmp_path / "theirs")
    with pytest.raises(BackupDamagedError, match="no backup"):
        backups.restore(tmp_path / "full", tmp_path / "back")


def test_the_first_form_is_restored_and_not_continued(log: Workspace, tmp_path: Path) -> None:
    mirror = tmp_path / "mirror"
    log.casebook.database.checkpoint()
    shutil.copytree(log.layout.root, mirror)
    told = f'{{"format":1,"workspace":"{log.keyring.workspace_id}"}}'
    (mirror / backup_store.STATEMENT_NAME).write_text(told, "utf-8")
    with pytest.raises(BackupFormatError):
        backups.back_up(log, mirror)
    backups.restore(mirror, tmp_path / "back", passphrase=said)
    with Workspace.open(tmp_path / "back", passphrase=said) as back:
        assert back.keyring.workspace_id == log.keyring.workspace_id


def test_what_a_killed_check_left_is_cleared(log: Workspace, tmp_path: Path) -> None:
    left = log.layout.temporary / ".checking-abc" / "restored"
    left.mkdir(parents=True)
    (left / "casebook.db").write_bytes(b"old keys")
    backups.back_up(log, tmp_path / "b")
    assert not list(log.layout.temporary.iterdir())


def test_a_first_run_that_never_ended_holds_nothing(
    log: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kill_at(monkeypatch, "flush_files", 1, tmp_path / "b")
    with pytest.raises(StoppedError):
        backups.back_up(log, tmp_path / "b")
    monkeypatch.undo()
    with pytest.raises(BackupDamagedError, match="never ended"):
        backups.restore(tmp_path / "b", tmp_path / "back", passphrase=said)
    assert backups.back_up(log, tmp_path / "b").n_copied > 0
