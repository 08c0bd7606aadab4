from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from undersight.errors import ReadOnlyError, WorkspaceBusyError
from undersight.integrity import durable
from undersight.integrity.lock import WRITER_NAME, WriterLock, read_writer

HOLD = """
import sys, time
from pathlib import Path
from undersight.integrity.lock import WriterLock
with WriterLock(Path(sys.argv[1]), verb="import"):
    print("held", flush=True)
    time.sleep(60)
"""
RACE = """
import sys, time
from pathlib import Path
from undersight.errors import WorkspaceBusyError
from undersight.integrity.lock import WriterLock
folder = Path(sys.argv[1])
n = 0
while n < 20:
    try:
        with WriterLock(folder, verb="race", wait_s=10):
            count = folder / "count"
            seen = int(count.read_text())
            time.sleep(0.001)
            count.write_text(str(seen + 1))
            n += 1
    except WorkspaceBusyError:
        time.sleep(0.001)
"""


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    with WriterLock(tmp_path, verb="import") as lock:
        assert lock.is_held
        assert lock.left_by is None
        with pytest.raises(WorkspaceBusyError) as raised:
            WriterLock(tmp_path, verb="incident").acquire()
        assert raised.value.verb == "import"
        assert raised.value.pid == os.getpid()
        assert "`undersight import`" in str(raised.value)
        assert str(os.getpid()) in str(raised.value)
    assert read_writer(tmp_path) is None
    lock.release()
    with WriterLock(tmp_path, verb="incident"):
        pass


def test_a_writer_that_was_killed_leaves_its_name_and_no_lock(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(WorkspaceBusyError) as raised:
            WriterLock(tmp_path, verb="add").acquire()
        assert raised.value.pid == process.pid
        process.kill()
    with WriterLock(tmp_path, verb="add") as lock:
        assert lock.left_by is not None
        assert lock.left_by.pid == process.pid
        assert lock.left_by.verb == "import"


def test_two_processes_never_write_at_once(tmp_path: Path) -> None:
    (tmp_path / "count").write_text("0")
    both = [subprocess.Popen([sys.executable, "-c", RACE, str(tmp_path)]) for _process in range(2)]
    assert [process.wait(30) for process in both] == [0, 0]
    assert (tmp_path / "count").read_text() == "40"


def test_a_writer_that_cannot_be_read_is_still_one(tmp_path: Path) -> None:
    with WriterLock(tmp_path, verb="import"):
        for text in ("", "{", "[]", '{"pid":"x"}'):
            (tmp_path / WRITER_NAME).write_text(text, encoding="utf-8")
            with pytest.raises(WorkspaceBusyError, match="another process"):
                WriterLock(tmp_path, verb="add").acquire()


def test_waiting_ends(tmp_path: Path) -> None:
    with WriterLock(tmp_path, verb="import"):
        start_s = time.monotonic()
        with pytest.raises(WorkspaceBusyError):
            WriterLock(tmp_path, verb="add", wait_s=0.1).acquire()
        assert 0.09 <= time.monotonic() - start_s < 5


def test_a_read_only_workspace_is_told_and_nothing_stays_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise OSError(errno.EROFS, "read-only")

    with monkeypatch.context() as patched:
        patched.setattr(durable, "open_new", refuse)
        with pytest.raises(ReadOnlyError):
            WriterLock(tmp_path, verb="add").acquire()
    with WriterLock(tmp_path, verb="add"):
        pass
