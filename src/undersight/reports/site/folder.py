"""A folder that is replaced as a whole, and in which nobody else's file is ever touched.

A list of what was written, with digests, lies in the folder. The next writing builds a new folder
beside the old one, carries over what it did not write itself, and changes the two names. A folder
that holds files but no such list is refused.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import shutil
from typing import TYPE_CHECKING, Any, Final, Self

from undersight.errors import ForeignFolderError
from undersight.integrity.durable import PART_SUFFIX, disk_errors, flush_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import TracebackType

MANIFEST: Final = "undersight-files.json"


class ReplacedFolder:
    """Writes files beside a folder and takes its place when all are there.

    Args:
        out: The folder to replace; it may be missing or empty.

    Raises:
        ForeignFolderError: It holds files that were not written by this program.
        DiskFullError: No room; the old folder stands.
        ReadOnlyError: Not allowed; the old folder stands.
        DiskFailedError: The system refused otherwise.
    """

    def __init__(self, out: Path) -> None:
        self._named = out
        self._out = out = out.resolve()  # “.” has no name to change
        with disk_errors(out):
            _finish_what_was_killed(out)
        self._old = _written_before(out)
        token = secrets.token_hex(8)
        self._new = out.with_name(f".{out.name}.{token}{PART_SUFFIX}")
        self._aside = out.with_name(f".{out.name}.{token}.old")
        self._digests: dict[str, str] = {}

    def __enter__(self) -> Self:
        with disk_errors(self._named):
            self._out.parent.mkdir(parents=True, exist_ok=True)
            self._new.mkdir()
        return self

    def write(self, name: str, content: bytes) -> None:
        """Write one file; ``name`` is relative, with slashes."""
        place = self._new / name
        with disk_errors(self._named / name):
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        self._digests[name] = hashlib.sha256(content).hexdigest()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                with disk_errors(self._named / MANIFEST):
                    (self._new / MANIFEST).write_bytes(manifest_of(self._digests))
                with disk_errors(self._named):
                    self._swap()
        finally:  # what took the folder's place is not there any more
            shutil.rmtree(self._new, ignore_errors=True)

    @property
    def files(self) -> tuple[Path, ...]:
        """The files written, by name, where they stand in the end."""
        return tuple(self._named / name for name in sorted(self._digests))

    def _swap(self) -> None:
        """Change the names; if the second change fails the first is taken back."""
        if not self._out.exists():
            self._new.rename(self._out)
            flush_folder(self._out.parent)
            return
        self._out.rename(self._aside)
        try:
            self._new.rename(self._out)
        except BaseException:  # Ctrl-C too
            if not self._out.exists():
                self._aside.rename(self._out)
            raise
        _carry_over(self._aside, self._out, self._old, self._digests)
        flush_folder(self._out.parent)


def _carry_over(
    aside: Path, out: Path, old: Mapping[str, str], digests: Mapping[str, str]
) -> None:
    """Move what others put into the old folder; take away only what was written here.

    The list goes last: by it a later writing goes on where this one was killed.
    """
    for place in sorted(aside.rglob("*")):
        name = place.relative_to(aside).as_posix()
        if name == MANIFEST or (place.is_dir() and not place.is_symlink()):
            continue
        if name in old and (name in digests or _digest_of(place) == old[name]):
            place.unlink()
        elif not (out / name).exists():
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            place.rename(out / name)
    (aside / MANIFEST).unlink(missing_ok=True)
    _remove_empty(aside)


def _finish_what_was_killed(out: Path) -> None:
    """Put the old folder back, or carry it over to the end, and take away what was half built."""
    if not out.parent.is_dir():
        return
    beside = re.compile(rf"\.{re.escape(out.name)}\.[0-9a-f]{{16}}(\.old|{PART_SUFFIX})")
    for left in sorted(out.parent.iterdir()):
        found = beside.fullmatch(left.name)
        if found is None:
            continue
        if found[1] == PART_SUFFIX:
            shutil.rmtree(left, ignore_errors=True)
        elif not out.exists():
            left.rename(out)
        elif (left / MANIFEST).is_file() and (out / MANIFEST).is_file():
            _carry_over(left, out, _written_before(left), _written_before(out))


def _digest_of(place: Path) -> str:
    return hashlib.sha256(place.read_bytes()).hexdigest()


def manifest_of(digests: Mapping[str, str]) -> bytes:
    """Return the list of what was written, by which a later writing knows its own files.

    Args:
        digests: SHA-256 by name.
    """
    listed = {"format": 1, "files": dict(sorted(digests.items()))}
    return (json.dumps(listed, indent=0) + "\n").encode()


def _written_before(out: Path) -> Mapping[str, str]:
    """Return digests by name of what this program wrote into a folder."""
    with disk_errors(out):
        if not out.exists() or (out.is_dir() and not any(out.iterdir())):
            return {}
        manifest = out / MANIFEST
        if not out.is_dir() or not manifest.is_file():
            raise ForeignFolderError(str(out))
        listed: Any = None
        try:
            listed = json.loads(manifest.read_text(encoding="utf-8"))
        except ValueError as reason:
            raise ForeignFolderError(str(out)) from reason
    files = listed.get("files") if isinstance(listed, dict) else None
    if not isinstance(files, dict):
        raise ForeignFolderError(str(out))
    return {str(name): str(digest) for name, digest in files.items()}


def _remove_empty(folder: Path) -> None:
    """Remove a folder and the folders in it; one that still holds a file stays."""
    inside = [place for place in folder.rglob("*") if place.is_dir() and not place.is_symlink()]
    for place in (*sorted(inside, reverse=True), folder):
        if not any(place.iterdir()):
            place.rmdir()
