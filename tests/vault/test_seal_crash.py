"""Stopped at any step of sealing and stamping, nothing is half there and nobody is alarmed."""

from __future__ import annotations

import errno
import itertools
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.vault.disk import WatchedDisk, restore
from tests.vault.sample import ACTOR, PASSPHRASE, new_keyring
from tests.vault.sealed import PAGES, SealedVault, make_sealed
from undersight.errors import DiskFullError, ReadOnlyError
from undersight.integrity import durable
from undersight.vault.keyring import unlock_keyring
from undersight.vault.object_checks import check_objects
from undersight.vault.objects import Vault
from undersight.vault.seal_checks import check_logs, check_seals
from undersight.vault.seals import Seals

CHANGES: dict[str, Callable[[SealedVault], object]] = {
    "seal": lambda made: made.seal(PAGES[0]),
    "stamp": lambda made: made.stamp("seal-000002"),
    "key": lambda made: made.seals.keys.rotate("desk", actor=ACTOR, reason="yearly"),
}


@pytest.fixture
def no_flushing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is checked after a crash is not the flushing: without it, it takes a tenth."""
    monkeypatch.setattr(durable, "flush", lambda _descriptor: None)
    monkeypatch.setattr(durable, "flush_folder", lambda _folder: None)


def faults(vault: Vault) -> list[tuple[str, str, str]]:
    report = check_seals(vault)
    check_logs(vault, report)
    found = [*report.faults, *check_objects(vault, is_deep=False)]
    return [(fault.what, fault.kind, fault.place) for fault in found]


def check_left(made: SealedVault) -> None:
    """A reader sees no fault; the next writer finishes or undoes; the work goes on."""
    assert faults(made.vault) == []
    made.seals.recover(ACTOR)
    assert not list((made.folder / "seals").rglob("*.ready"))
    assert faults(made.vault) == []
    entered = [entry for entry in made.vault.custody.entries() if entry.action == "seal"]
    assert len(entered) == len(made.seals.seal_ids())
    made.stamp(made.seal(PAGES[1]))
    assert faults(made.vault) == []


@pytest.mark.parametrize("name", ["seal", *(pytest.param(name, marks=pytest.mark.long)
                                           for name in CHANGES if name != "seal")])  # fmt: skip
@pytest.mark.parametrize(
    "is_plain", [True, pytest.param(False, marks=pytest.mark.long)], ids=["plain", "encrypted"]
)
@pytest.mark.long
def test_stopped_at_any_step(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    no_flushing: None,
    name: str,
    *,
    is_plain: bool,
) -> None:
    (tmp_path / "log").mkdir()
    made = make_sealed(tmp_path / "log", is_plain=is_plain)
    with monkeypatch.context() as patched:
        disk = WatchedDisk(tmp_path / "log")
        disk.watch(patched)
        CHANGES[name](made)
        disk.step("the end")
    assert disk.n_steps >= 6
    for number, (tree, label) in enumerate(disk.crashes.items()):
        folder = tmp_path / f"crash-{number}"
        restore(tree, folder)
        try:
            keyring = unlock_keyring(folder / "keyring.json", PASSPHRASE)
            check_left(SealedVault(folder / "vault", keyring, made.authority))
        except BaseException as failure:
            failure.add_note(label)
            raise


def test_a_key_is_replaced_after_an_entry_was_cut_short_and_old_secrets_go(
    tmp_path: Path, no_flushing: None
) -> None:
    made = make_sealed(tmp_path, is_plain=True)
    log = made.folder / "custody.log"
    log.write_bytes(log.read_bytes() + b'{"i":')
    first = made.seals.keys.find("desk")
    kept = made.keyring.item(f"signing-key/{first.key_id}") or b""
    made.seals.keys.rotate("desk", actor=ACTOR, reason="yearly")
    # As a kill between the entry and the forgetting leaves it.
    made.keyring.put_item(f"signing-key/{first.key_id}", kept)
    made.seals.keys.rotate("desk", actor=ACTOR, reason="again")
    assert not made.keyring.item(f"signing-key/{first.key_id}")
    assert faults(made.vault) == []


@pytest.mark.parametrize(
    ("code", "error"), [(errno.ENOSPC, DiskFullError), (errno.EROFS, ReadOnlyError)]
)
@pytest.mark.long
def test_a_disk_that_refuses_leaves_nothing_behind(
    tmp_path: Path, no_flushing: None, code: int, error: type[Exception]
) -> None:
    made = make_sealed(tmp_path, is_plain=True)
    n_steps = 0
    while True:
        # The disk refuses at the first step, the second, and so on, until none is refused.
        n_steps += 1
        kept, left = len(made.seals.seal_ids()), itertools.count(n_steps, -1)
        with pytest.MonkeyPatch.context() as patched:
            for name in ("open_new", "open_append", "write_all"):
                real = getattr(durable, name)

                def refuse(
                    *given: object,
                    real: Callable[..., object] = real,
                    left: Iterator[int] = left,
                ) -> object:
                    if next(left) == 1:
                        raise OSError(code, os.strerror(code))
                    return real(*given)

                patched.setattr(durable, name, refuse)
            try:
                made.seal(PAGES[0])
            except error:
                pass
            else:
                break
        assert len(made.seals.seal_ids()) == kept
        assert faults(made.vault) == []
    assert n_steps > 8


KILLED = """
import io, os, sys
from pathlib import Path
from undersight.integrity import durable
from undersight.vault.keyring import unlock_keyring
from undersight.vault.objects import Vault
from undersight.vault.seal_manifest import SealItem
from undersight.vault.seals import Seals
folder, left = Path(sys.argv[1]), int(sys.argv[2])
vault = Vault(folder / "vault", unlock_keyring(folder / "keyring.json"))
seals = Seals(vault)
seals.recover("staff-aaaabbbbccccdddd")
digest = vault.put(io.BytesIO(b"page"), reason="x", actor="staff-aaaabbbbccccdddd")
key = seals.keys.open()
def stopping(real):
    def step(*given):
        global left
        left -= 1
        if left == 0:
            os._exit(9)
        return real(*given)
    return step
for name in ("open_new", "open_append", "write_all", "flush", "flush_folder", "move"):
    setattr(durable, name, stopping(getattr(durable, name)))
print(seals.make([SealItem(object=digest)], key, actor="staff-aaaabbbbccccdddd").seal_id)
"""


@pytest.mark.long
def test_a_killed_process_leaves_a_vault_that_holds(tmp_path: Path) -> None:
    Seals(Vault(tmp_path / "vault", new_keyring(tmp_path, is_plain=True))).keys.new(
        "desk", actor=ACTOR
    )
    reported: set[str] = set()
    for n_steps in range(1, 40):
        words = [sys.executable, "-c", KILLED, str(tmp_path), str(n_steps)]
        done = subprocess.run(words, check=False, capture_output=True, text=True, timeout=60)
        found = Vault(tmp_path / "vault", unlock_keyring(tmp_path / "keyring.json"))
        assert faults(found) == [], n_steps
        if done.returncode == 0:
            reported.add(done.stdout.strip())
            break
        assert done.returncode == 9, done.stderr
    assert reported <= set(Seals(found).seal_ids())
    assert reported
