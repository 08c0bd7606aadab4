"""A disk that can be stopped between any two steps, and one that then loses its power.

Everything the vault does to the disk goes through `undersight.integrity.durable`. While a
`WatchedDisk` watches, each step is preceded by taking down what a crash at that moment would
leave:

* killed: every step so far took place (writes half, too);
* power cut, at worst: only what was flushed is there, under names that were flushed;
* power cut, names first: all names are there, holding only what was flushed.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from undersight.integrity import durable

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

Tree = frozenset[tuple[str, bytes | None]]


class WatchedDisk:
    """Takes down what crashes would leave of one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.crashes: dict[Tree, str] = {}
        self.n_steps = 0
        self._names = {path: path.stat().st_ino for path in root.rglob("*")}
        self._flushed_names = dict(self._names)
        self._flushed = {path.stat().st_ino: _content(path) for path in self._names}
        self._paths: dict[int, Path] = {}

    def watch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Stand between the vault and the disk."""
        real = {name: getattr(durable, name) for name in STEPS}
        for name, wrap in STEPS.items():
            monkeypatch.setattr(durable, name, wrap(self, real[name]))

    def step(self, name: str) -> None:
        """Take down what a crash before this step would leave."""
        self.n_steps += 1
        killed = frozenset(
            (path.relative_to(self.root).as_posix(), _content(path))
            for path in self.root.rglob("*")
        )
        self.crashes.setdefault(killed, f"killed before step {self.n_steps}, {name}")
        for label, names in (("worst", self._flushed_names), ("names first", self._names)):
            tree = self._tree_of(names)
            self.crashes.setdefault(tree, f"power cut ({label}) before {self.n_steps}, {name}")

    def _tree_of(self, names: dict[Path, int]) -> Tree:
        """What is reachable by these names, with what was flushed."""
        tree = set[tuple[str, bytes | None]]()
        for path, number in names.items():
            folder = path.parent
            while folder != self.root and folder in names:
                folder = folder.parent
            if folder == self.root:
                content = self._flushed.get(number, b"")
                tree.add((path.relative_to(self.root).as_posix(), content))
        return frozenset(tree)

    def opened(self, real: Callable[[Path], int]) -> Callable[[Path], int]:
        def open_file(path: Path) -> int:
            self.step("open")
            descriptor = real(path)
            self._paths[descriptor] = path
            self._names[path] = os.fstat(descriptor).st_ino
            return descriptor

        return open_file

    def written(self, real: Callable[[int, bytes], None]) -> Callable[[int, bytes], None]:
        def write_all(descriptor: int, data: bytes) -> None:
            self.step("write")
            half = len(data) // 2
            real(descriptor, data[:half])
            self.step("half of a write")
            real(descriptor, data[half:])

        return write_all

    def flushed(self, real: Callable[[int], None]) -> Callable[[int], None]:
        def flush(descriptor: int) -> None:
            self.step("flush")
            real(descriptor)
            number = os.fstat(descriptor).st_ino
            for path, each in self._names.items():
                if each == number and path.exists():
                    self._flushed[number] = _content(path)

        return flush

    def flushed_folder(self, real: Callable[[Path], None]) -> Callable[[Path], None]:
        def flush_folder(folder: Path) -> None:
            self.step("flush folder")
            real(folder)
            kept = {path: n for path, n in self._flushed_names.items() if path.parent != folder}
            now = {path: n for path, n in self._names.items() if path.parent == folder}
            self._flushed_names = kept | now

        return flush_folder

    def flushed_whole(self, real: Callable[[Path], None]) -> Callable[[Path], None]:
        def flush_whole(folder: Path) -> None:
            self.step("flush the disk")
            real(folder)
            self._flushed_names = dict(self._names)
            self._flushed |= {n: _content(path) for path, n in self._names.items()}

        return flush_whole

    def moved(self, real: Callable[[Path, Path], None]) -> Callable[[Path, Path], None]:
        def move(source: Path, target: Path) -> None:
            self.step("move")
            real(source, target)
            for path in [each for each in self._names if each.is_relative_to(source)]:
                self._names[target / path.relative_to(source)] = self._names.pop(path)
            # What is in a folder moves with it: reachable by whichever name of it was flushed.
            inside = {
                target / path.relative_to(source): number
                for path, number in self._flushed_names.items()
                if path != source and path.is_relative_to(source)
            }
            self._flushed_names |= inside

        return move

    def removed(self, real: Callable[[Path], None]) -> Callable[[Path], None]:
        def remove(path: Path) -> None:
            self.step("remove")
            real(path)
            self._names.pop(path, None)

        return remove

    def made(self, real: Callable[[Path], None]) -> Callable[[Path], None]:
        def make_folder(path: Path) -> None:
            self.step("make folder")
            new = [each for each in (path, *path.parents) if not each.exists()]
            for folder in reversed(new):
                folder.mkdir()
                self._names[folder] = folder.stat().st_ino
                self._flushed[folder.stat().st_ino] = None
                durable.flush_folder(folder.parent)
            real(path)

        return make_folder


STEPS = {
    "open_new": WatchedDisk.opened,
    "open_append": WatchedDisk.opened,
    "write_all": WatchedDisk.written,
    "flush": WatchedDisk.flushed,
    "flush_folder": WatchedDisk.flushed_folder,
    "flush_whole": WatchedDisk.flushed_whole,
    "move": WatchedDisk.moved,
    "remove": WatchedDisk.removed,
    "remove_folder": WatchedDisk.removed,
    "make_folder": WatchedDisk.made,
}


def restore(tree: Tree, folder: Path) -> None:
    """Lay out what a crash left in an empty folder."""
    folder.mkdir(parents=True)
    for name, content in sorted(tree):
        path = folder / name
        if content is None:
            path.mkdir(exist_ok=True)
        else:
            path.write_bytes(content)


def _content(path: Path) -> bytes | None:
    """A file's bytes; None for a folder."""
    return None if path.is_dir() else path.read_bytes()
