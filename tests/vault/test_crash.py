"""Stopped at any step, by a kill or a power cut, the vault opens and is whole."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.vault.disk import Tree, WatchedDisk, restore
from tests.vault.sample import ACTOR, new_keyring
from undersight.integrity import durable
from undersight.integrity.canonical import digest_bytes
from undersight.vault.keyring import Keyring, unlock_keyring
from undersight.vault.objects import Vault


def put_together(vault: Vault, *pages: bytes) -> None:
    with vault.group(reason="at once", actor=ACTOR) as group:
        for page in pages:
            group.add(io.BytesIO(page))


OLD, NEW = b"an old page" * 1000, b"a new page" * 1000
Change = Callable[[Vault], object]
CHANGES: dict[str, Change] = {
    "first": lambda vault: vault.put(io.BytesIO(NEW), reason="new", actor=ACTOR),
    "same": lambda vault: vault.put(io.BytesIO(OLD), reason="again", actor=ACTOR),
    "group": lambda vault: put_together(vault, OLD, NEW, NEW),
    "whole": lambda vault: put_together(vault, NEW, OLD, OLD),
    "erase": lambda vault: vault.erase(digest_bytes(NEW), reason="withdrawn", actor=ACTOR),
}


def crashes_during(
    change: Change, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> dict[Tree, str]:
    """Everything that could be left if the change were stopped, and what it leaves if not."""
    with monkeypatch.context() as patched:
        disk = WatchedDisk(vault.folder)
        disk.watch(patched)
        change(vault)
        disk.step("the end")
    assert disk.n_steps >= 10
    return disk.crashes


def actions(vault: Vault, data: bytes) -> list[str]:
    entries = vault.custody.entries()
    return [entry.action for entry in entries if entry.object == digest_bytes(data)]


def check_read(vault: Vault) -> None:
    """What a reader sees before anyone repaired anything."""
    assert vault.custody.verify().is_whole
    for data in (OLD, NEW):
        found = actions(vault, data)
        is_here = bool(found) and found[-1] != "erase"
        assert vault.contains(digest_bytes(data)) or not is_here
        if is_here:
            assert vault.open(digest_bytes(data)).read() == data


def check_repaired(vault: Vault) -> None:
    """The log and the store say the same, and the work goes on."""
    vault.recover(ACTOR)
    assert list((vault.folder / "incoming").iterdir()) == []
    assert vault.custody.n_torn_bytes() == 0
    here = {data for data in (OLD, NEW) if actions(vault, data)[-1:] in (["intake"], ["repair"])}
    assert vault.digests() == tuple(sorted(map(digest_bytes, here)))
    assert OLD in here
    for data in (NEW, OLD):
        vault.put(io.BytesIO(data), reason="once more", actor=ACTOR)
        assert vault.open(digest_bytes(data)).read() == data
    assert vault.custody.verify().is_whole
    assert vault._intake_log.verify().is_whole
    assert not vault.recover(ACTOR).is_needed
    assert len(list(vault.intakes())) == sum(
        entry.action == "intake" for entry in vault.custody.entries()
    )


def prepared(folder: Path, name: str, keyring: Keyring) -> Vault:
    vault = Vault(folder / "vault", keyring)
    vault.put(io.BytesIO(OLD), reason="old", actor=ACTOR)
    if name == "erase":
        vault.put(io.BytesIO(NEW), reason="new", actor=ACTOR)
    return vault


@pytest.mark.parametrize(
    "is_plain", [True, pytest.param(False, marks=pytest.mark.long)], ids=["plain", "encrypted"]
)
@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.long
def test_stopped_at_any_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, *, is_plain: bool
) -> None:
    keyring = new_keyring(tmp_path, is_plain=is_plain)
    vault = prepared(tmp_path, name, keyring)
    with monkeypatch.context() as patched:
        if name == "whole":
            # As hundreds of files are flushed where the disk can be waited for as one.
            patched.setattr(durable, "_WORTH_THREADS", 0)
            patched.setattr(durable, "_WORTH_WHOLE", 0)
            patched.setattr(durable, "can_flush_whole", lambda _folder: True)
            patched.setattr(durable, "flush_whole", lambda _folder: None)
        crashes = crashes_during(CHANGES[name], vault, monkeypatch)
    if name == "whole":
        assert any("flush the disk" in label for label in crashes.values())
    # What is checked from here on is not the flushing: without it this takes a tenth of the time.
    monkeypatch.setattr(durable, "flush", lambda _descriptor: None)
    monkeypatch.setattr(durable, "flush_folder", lambda _folder: None)
    for number, (tree, label) in enumerate(crashes.items()):
        folder = tmp_path / f"crash-{number}"
        restore(tree, folder)
        try:
            check_read(Vault(folder, keyring))
            check_repaired(Vault(folder, keyring))
        except Exception as failure:
            failure.add_note(label)
            raise


def test_stopped_while_repairing_a_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring = new_keyring(tmp_path, is_plain=True)
    vault = prepared(tmp_path, "first", keyring)
    crashes = crashes_during(CHANGES["first"], vault, monkeypatch)
    monkeypatch.setattr(durable, "flush", lambda _descriptor: None)
    monkeypatch.setattr(durable, "flush_folder", lambda _folder: None)
    for number, tree in enumerate(crashes):
        folder = tmp_path / f"crash-{number}"
        restore(tree, folder)
        again = WatchedDisk(folder)
        with monkeypatch.context() as patched:
            again.watch(patched)
            Vault(folder, keyring).recover(ACTOR)
        # Only what a kill leaves: a power cut during repair is a power cut before it.
        killed = [each for each, label in again.crashes.items() if label.startswith("killed")]
        for inner, left in enumerate(killed):
            restore(left, tmp_path / f"crash-{number}-{inner}")
            check_repaired(Vault(tmp_path / f"crash-{number}-{inner}", keyring))


def test_an_object_is_kept_once_its_digest_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring = new_keyring(tmp_path, is_plain=True)
    vault = prepared(tmp_path, "first", keyring)
    crashes = crashes_during(CHANGES["first"], vault, monkeypatch)
    after = [tree for tree, label in crashes.items() if label.endswith("the end")]
    trees = after or [list(crashes)[-1]]
    for number, tree in enumerate(trees):
        restore(tree, tmp_path / f"after-{number}")
        found = Vault(tmp_path / f"after-{number}", keyring)
        assert found.open(digest_bytes(NEW)).read() == NEW


KILLED = """
import io, sys
from pathlib import Path
from undersight.vault.keyring import unlock_keyring
from undersight.vault.objects import Vault
folder, number = Path(sys.argv[1]), int(sys.argv[2])
vault = Vault(folder / "vault", unlock_keyring(folder / "keyring.json"))
for i in range(100_000):
    data = b"%d-%d" % (number, i) * 5000
    print(vault.put(io.BytesIO(data), reason="x", actor="staff-aaaabbbbccccdddd"), flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_a_killed_process_loses_nothing_that_it_reported(tmp_path: Path) -> None:
    new_keyring(tmp_path, is_plain=True)
    keyring, reported = unlock_keyring(tmp_path / "keyring.json"), set[str]()
    for number in range(2):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(tmp_path), str(number)],
            stdout=subprocess.PIPE,
            text=True,
        )
        with process:
            assert process.stdout is not None
            reported.add(process.stdout.readline().strip())
            time.sleep(0.05 + 0.03 * number)
            process.send_signal(signal.SIGKILL)
            reported |= {line.strip() for line in process.stdout if line.endswith("\n")}
    vault = Vault(tmp_path / "vault", keyring)
    vault.recover(ACTOR)
    assert reported <= set(vault.digests())
    assert vault.custody.verify().is_whole
    for digest in vault.digests():
        vault.check(digest)
