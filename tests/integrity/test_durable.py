from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from undersight.errors import BackendError, DiskFailedError, DiskFullError, ReadOnlyError
from undersight.integrity import durable

FAILURES = [
    (errno.ENOSPC, DiskFullError),
    (errno.EROFS, ReadOnlyError),
    (errno.EACCES, ReadOnlyError),
    (errno.EIO, DiskFailedError),
]


def test_a_file_is_replaced_whole_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "file"
    durable.write_atomic(path, b"old")
    durable.write_atomic(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are POSIX's")
def test_a_pipe_or_a_device_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(DiskFailedError, match="name a file"):
        durable.write_atomic(pipe, b"a log")
    assert pipe.is_fifo()


@pytest.mark.parametrize("step", ["open_new", "write_all", "flush", "move"])
@pytest.mark.parametrize(("number", "expected"), FAILURES)
def test_what_the_disk_refuses_leaves_the_old_file(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    number: int,
    expected: type[BackendError],
) -> None:
    path = tmp_path / "file"
    durable.write_atomic(path, b"old")

    def refuse(*_args: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(durable, step, refuse)
    with pytest.raises(expected) as raised:
        durable.write_atomic(path, b"new")
    assert str(path) in str(raised.value)
    assert raised.value.hint
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform != "linux", reason="others wait by other calls")
def test_a_file_is_on_the_medium_before_its_name_is_and_the_name_before_it_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    move = os.replace

    def fsync(descriptor: int) -> None:
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        steps.append("folder" if is_folder else f"file of {os.fstat(descriptor).st_size}")

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", lambda *names: (steps.append("name"), move(*names)))
    durable.write_atomic(tmp_path / "file", b"12345")
    assert steps == ["file of 5", "name", "folder"]


def test_a_write_in_several_bites_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:3]))
    durable.write_atomic(tmp_path / "file", b"0123456789")
    assert (tmp_path / "file").read_bytes() == b"0123456789"


@pytest.mark.skipif(sys.platform == "win32", reason="permission bits are POSIX")
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_a_folder_without_write_permission(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(ReadOnlyError):
            durable.write_atomic(tmp_path / "file", b"x")
    finally:
        tmp_path.chmod(0o700)


def test_a_folder_is_private(tmp_path: Path) -> None:
    durable.make_folder(tmp_path / "one" / "two")
    durable.make_folder(tmp_path / "one" / "two")
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "one" / "two").stat().st_mode) == 0o700


def test_a_file_is_cut(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"0123456789")
    durable.cut(tmp_path / "file", 4)
    assert (tmp_path / "file").read_bytes() == b"0123"


def test_hundreds_of_files_are_waited_for_once_where_the_disk_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[str] = []
    monkeypatch.setattr(durable, "flush", lambda _descriptor: waited.append("file"))
    monkeypatch.setattr(durable, "flush_whole", lambda _folder: waited.append("disk"))
    paths = [tmp_path / str(number) for number in range(durable._WORTH_WHOLE)]
    for is_known, expected in ((True, ["disk"]), (False, ["file"] * len(paths))):
        monkeypatch.setattr(durable, "can_flush_whole", lambda _folder, told=is_known: told)
        durable.flush_files(paths)
        assert waited == expected
        waited.clear()


@pytest.mark.skipif(sys.platform != "linux", reason="others are waited for file by file")
@pytest.mark.parametrize(
    ("release", "kind", "expected"),
    [
        ("6.1.0-13-amd64", "ext4", True),
        ("5.4.0", "ext4", False),
        ("6.1.0", "fuseblk", False),
        ("6.1.0", "", False),
        ("oracle", "xfs", False),
    ],
)
def test_a_disk_of_which_less_is_known_is_waited_for_file_by_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, release: str, kind: str, *, expected: bool
) -> None:
    monkeypatch.setattr(durable.platform, "release", lambda: release)
    monkeypatch.setattr(durable, "_disk_kind", lambda _device: kind)
    assert durable.can_flush_whole(tmp_path) is expected


@pytest.mark.skipif(sys.platform != "linux", reason="a call of Linux")
def test_waiting_for_a_whole_disk_takes_place(tmp_path: Path) -> None:
    durable.flush_whole(tmp_path)
    with pytest.raises(OSError, match="No such file"):
        durable.flush_whole(tmp_path / "missing")


def test_files_that_belong_together_are_replaced_together_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "acts.csv", tmp_path / "datapackage.json"
    durable.write_together({first: b"old", second: b"old"})
    write, written = durable.write_all, []

    def no_room_for_two(descriptor: int, data: bytes | memoryview) -> None:
        if written:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written.append(data)
        write(descriptor, data)

    monkeypatch.setattr(durable, "write_all", no_room_for_two)
    with pytest.raises(DiskFullError):
        durable.write_together({first: b"new", second: b"new"})
    assert written
    assert (first.read_bytes(), second.read_bytes()) == (b"old", b"old")
    assert sorted(tmp_path.iterdir()) == [first, second]
