"""Writing to disk so that a crash leaves the old or the new, never half.

The one module that knows how systems differ: folder flushes, permission bits, full flushes.
Every change to the disk made by the vault and the workspace goes through these functions, one
system call each, so that tests can stop the program between any two of them.
"""

from __future__ import annotations

import errno
import functools
import os
import platform
import re
import secrets
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from undersight.errors import DiskFailedError, DiskFullError, ReadOnlyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

PART_SUFFIX = ".part"
_WORTH_THREADS, _FLUSHING_THREADS = 8, 16
_WORTH_WHOLE = 64
_WHOLE_KNOWN = frozenset({"ext3", "ext4", "f2fs", "xfs"})  # on others it may promise less
_WHOLE_SINCE = (5, 8)  # before this Linux it does not tell of bytes that were lost
_PRIVATE_FILE, _PRIVATE_FOLDER = 0o600, 0o700
_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_DENIED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_BINARY = getattr(os, "O_BINARY", 0)  # Windows would translate line ends


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn what the system refuses about a path of ours into one clear error.

    Raises:
        DiskFullError: No room is left, or a quota is used up.
        ReadOnlyError: The disk or folder may not be written.
        DiskFailedError: Anything else the system says.
    """
    try:
        yield
    except OSError as reason:
        if reason.errno in _FULL:
            raise DiskFullError(str(path)) from reason
        if reason.errno in _DENIED:
            raise ReadOnlyError(str(path)) from reason
        raise DiskFailedError(str(path), reason.strerror or type(reason).__name__) from reason


def make_folder(path: Path) -> None:
    """Create a folder, and what leads to it, for its owner only; an existing one stays."""
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
        flush_folder(folder.parent)


def open_new(path: Path) -> int:
    """Create a file for its owner only and return its descriptor; an existing one is refused."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, _PRIVATE_FILE)


def open_append(path: Path) -> int:
    """Open a file to write at its end, creating it for its owner only."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | _BINARY, _PRIVATE_FILE)


def write_all(descriptor: int, data: bytes | memoryview) -> None:
    """Write every byte; the system may take them in several bites."""
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


def flush(descriptor: int) -> None:
    """Wait until the file's bytes are on the medium."""
    if sys.platform == "darwin":
        import fcntl

        # fsync on macOS stops at the drive's own cache.
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


def flush_files(paths: Sequence[Path]) -> None:
    """Wait until the bytes of several files are on the medium; many are waited for at once."""
    _at_once(_flush_file, paths)


def flush_folders(paths: Sequence[Path]) -> None:
    """Wait until the names in several folders are on the medium; see `flush_files`."""
    _at_once(flush_folder, paths)


def flush_folder(path: Path) -> None:
    """Wait until the folder's names are on the medium; Windows does so by itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def can_flush_whole(path: Path) -> bool:
    """Whether `flush_whole` promises as much here as flushing each file and folder does.

    Args:
        path: A folder.
    """
    if sys.platform != "linux" or _linux_version() < _WHOLE_SINCE:
        return False
    number = path.stat().st_dev
    return _disk_kind(f"{os.major(number)}:{os.minor(number)}") in _WHOLE_KNOWN


def flush_whole(path: Path) -> None:
    """Wait until all that was written to the disk that a folder lies on is on the medium.

    One wait for hundreds of files and folders, where `can_flush_whole`.
    """
    import ctypes

    descriptor = os.open(path, os.O_RDONLY)
    try:
        if ctypes.CDLL(None, use_errno=True).syncfs(descriptor):
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), str(path))
    finally:
        os.close(descriptor)


def is_write_protected(path: Path) -> bool:
    """Whether the disk that a file lies on is mounted for reading only, for everybody."""
    if sys.platform == "win32":
        return False
    return bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def move(source: Path, target: Path) -> None:
    """Give a file its final name in one step, replacing what has that name."""
    source.replace(target)


def remove(path: Path) -> None:
    """Take a file away; one that is already gone is no error."""
    path.unlink(missing_ok=True)


def remove_folder(path: Path) -> None:
    """Take an empty folder away."""
    path.rmdir()


def cut(path: Path, n_bytes: int) -> None:
    """Shorten a file to its first bytes and flush it."""
    descriptor = os.open(path, os.O_RDWR | _BINARY)
    try:
        os.ftruncate(descriptor, n_bytes)
        flush(descriptor)
    finally:
        os.close(descriptor)


def _flush_file(path: Path) -> None:
    """Flush a file that is not open."""
    descriptor = open_append(path)
    try:
        flush(descriptor)
    finally:
        os.close(descriptor)


def _at_once(flush_one: Callable[[Path], None], paths: Sequence[Path]) -> None:
    """Flush several things: the disk serves those that wait together in one go."""
    if len(paths) < _WORTH_THREADS:
        for path in paths:
            flush_one(path)
        return
    if len(paths) >= _WORTH_WHOLE and can_flush_whole(paths[0].parent):
        flush_whole(paths[0].parent)
        return
    with ThreadPoolExecutor(_FLUSHING_THREADS) as pool:
        for _done in pool.map(flush_one, paths):
            pass


def _linux_version() -> tuple[int, ...]:
    """Version of the running kernel, such as ``(6, 1)``."""
    found = re.match(r"(\d+)\.(\d+)", platform.release())
    return (int(found[1]), int(found[2])) if found else (0,)


@functools.lru_cache(maxsize=8)
def _disk_kind(device: str) -> str:
    """What a mounted disk is formatted as; empty where the system does not tell."""
    try:
        lines = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    for line in lines.splitlines():
        about, _gap, kind = line.partition(" - ")
        if about.split()[2:3] == [device]:
            return kind.split(" ", 1)[0]
    return ""


def part_name(name: str) -> str:
    """A name that no other process uses, for a file that is not finished."""
    return f".{name}.{secrets.token_hex(8)}{PART_SUFFIX}"


def remove_parts(path: Path) -> None:
    """Remove what writers that were killed left of a file, where nobody else writes it now.

    What is left of a keyring would else open with a passphrase that was taken away since.
    """
    with disk_errors(path):
        for part in path.parent.glob(f".{path.name}.*{PART_SUFFIX}"):
            remove(part)


def write_atomic(path: Path, data: bytes) -> None:
    """Replace a file's whole content in one step, for its owner only.

    Raises:
        DiskFullError: No room; the old content stands.
        ReadOnlyError: Not allowed; the old content stands.
        DiskFailedError: The system refused otherwise; the old content stands.
    """
    write_together({path: data})


def write_together(files: Mapping[Path, bytes]) -> None:
    """Replace several files only once there was room for all of them, in the order given.

    Raises:
        DiskFullError: No room; every old content stands.
        ReadOnlyError: Not allowed; every old content stands.
        DiskFailedError: The system refused otherwise.
    """
    for path in files:
        if path.exists() and not (path.is_file() or path.is_dir()):
            # Its name would be given to a file: whoever runs as root would lose /dev/stdout.
            raise DiskFailedError(str(path), "it is a device or a pipe; name a file")
    parts: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            with disk_errors(path):
                parts[path] = path.with_name(part_name(path.name))
                _write_part(parts[path], data)
        for path, part in parts.items():
            with disk_errors(path):
                move(part, path)
    finally:  # what was moved is not there any more
        for path, part in parts.items():
            with disk_errors(path):
                remove(part)
    for folder in dict.fromkeys(path.parent for path in files):
        with disk_errors(folder):
            flush_folder(folder)


def _write_part(part: Path, data: bytes) -> None:
    descriptor = open_new(part)
    try:
        write_all(descriptor, data)
        flush(descriptor)
    finally:
        os.close(descriptor)
