"""A folder that is replaced as a whole, and in which nobody else's file is ever touched.

A list of what was written, with digests, lies in the folder. The next writing builds a new folder
beside the old one, carries over what it did not write itself, and changes the two names. A folder
that holds files but no such list is refused.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import shutil
from typing import TYPE_CHECKING, Any, Final, Self

from undersight.errors import ForeignFolderError
from undersight.integrity.durable import PART_SUFFIX, disk_errors, flush_folder, write_atomic

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
        self._out = out
        self._old = _written_before(out)
        token = secrets.token_hex(8)
        self._new = out.with_name(f".{out.name}.{token}{PART_SUFFIX}")
        self._aside = out.with_name(f".{out.name}.{token}.old")
        self._digests: dict[str, str] = {}

    def __enter__(self) -> Self:
        with disk_errors(self._out):
            self._out.parent.mkdir(parents=True, exist_ok=True)
            self._new.mkdir()
        return self

    def write(self, name: str, content: bytes) -> None:
        """Write one file; ``name`` is relative, with slashes."""
        place = self._new / name
        with disk_errors(self._out / name):
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        self._digests[name] = hashlib.sha256(content).hexdigest()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            shutil.rmtree(self._new, ignore_errors=True)
            return
        write_atomic(self._new / MANIFEST, manifest_of(self._digests))
        with disk_errors(self._out):
            self._swap()

    @property
    def files(self) -> tuple[Path, ...]:
        """The files written, by name, where they stand in the end."""
        return tuple(self._out / name for name in sorted(self._digests))

    def _swap(self) -> None:
        """Change the names; if the second change fails the first is taken back."""
        if not self._out.exists():
            self._new.rename(self._out)
            flush_folder(self._out.parent)
            return
        self._out.rename(self._aside)
        try:
            self._new.rename(self._out)
        except OSError:
            self._aside.rename(self._out)
            raise
        self._carry_over()
        flush_folder(self._out.parent)

    def _carry_over(self) -> None:
        """Move what others put into the old folder; take away only what was written here."""
        for place in sorted(self._aside.rglob("*")):
            name = place.relative_to(self._aside).as_posix()
            if place.is_dir() and not place.is_symlink():
                continue
            if name == MANIFEST or self._is_own(name, place):
                place.unlink()
            elif not (self._out / name).exists():
                (self._out / name).parent.mkdir(parents=True, exist_ok=True)
                place.rename(self._out / name)
        _remove_empty(self._aside)

    def _is_own(self, name: str, place: Path) -> bool:
        """Return whether a file is as it was written, or is replaced by a new one."""
        if name not in self._old:
            return False
        digest = hashlib.sha256(place.read_bytes()).hexdigest()
        return digest == self._old[name] or name in self._digests


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
