"""The folder of the site is replaced whole, and nobody else's file is touched."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from undersight.errors import DiskFullError, ForeignFolderError, ReadOnlyError
from undersight.reports.site.folder import MANIFEST, ReplacedFolder


def write(out: Path, files: dict[str, str]) -> tuple[Path, ...]:
    with ReplacedFolder(out) as folder:
        for name, text in files.items():
            folder.write(name, text.encode())
    return folder.files


def held(out: Path) -> dict[str, str]:
    return {
        path.relative_to(out).as_posix(): path.read_text(encoding="utf-8")
        for path in out.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }


def test_a_missing_or_empty_folder_is_filled(tmp_path: Path) -> None:
    assert write(tmp_path / "a" / "b", {"x/y.html": "1"}) == (tmp_path / "a/b/x/y.html",)
    (tmp_path / "empty").mkdir()
    write(tmp_path / "empty", {"x": "1"})
    assert held(tmp_path / "empty") == {"x": "1"}


def test_what_is_no_longer_written_goes_and_what_others_put_there_stays(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write(out, {"old/a.html": "1", "both.html": "1", "edited.html": "1", "index.html": "1"})
    (out / "CNAME").write_text("log.example", encoding="utf-8")
    (out / "old" / "picture.txt").write_text("theirs", encoding="utf-8")
    (out / "edited.html").write_text("by hand", encoding="utf-8")
    (out / "both.html").write_text("by hand", encoding="utf-8")
    write(out, {"both.html": "2", "new.html": "2"})
    assert held(out) == {
        "CNAME": "log.example",
        "old/picture.txt": "theirs",
        "edited.html": "by hand",
        "both.html": "2",
        "new.html": "2",
    }
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_the_list_in_the_folder_has_the_digests(tmp_path: Path) -> None:
    write(tmp_path / "site", {"a.html": "1"})
    listed = json.loads((tmp_path / "site" / MANIFEST).read_text(encoding="utf-8"))
    assert listed == {"format": 1, "files": {"a.html": hashlib.sha256(b"1").hexdigest()}}


@pytest.mark.parametrize("manifest", [None, "not json", "[]", '{"files": 3}'])
def test_a_folder_of_somebody_else_is_refused_and_untouched(
    tmp_path: Path, manifest: str | None
) -> None:
    out = tmp_path / "thesis"
    out.mkdir()
    (out / "chapter.txt").write_text("mine", encoding="utf-8")
    if manifest is not None:
        (out / MANIFEST).write_text(manifest, encoding="utf-8")
    with pytest.raises(ForeignFolderError) as caught:
        write(out, {"a.html": "1"})
    assert str(out) in str(caught.value)
    assert held(out) == {"chapter.txt": "mine"}


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("x", encoding="utf-8")
    with pytest.raises(ForeignFolderError):
        write(tmp_path / "site", {"a": "1"})


def test_an_error_half_way_leaves_the_old_site_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write(out, {"a.html": "1"})

    def stop_half_way() -> None:
        with ReplacedFolder(out) as folder:
            folder.write("a.html", b"2")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stop_half_way()
    assert held(out) == {"a.html": "1"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_change_of_names_that_fails_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    write(out, {"a.html": "1"})
    rename = Path.rename

    def refusing(self: Path, target: Path) -> Path:
        if self.name.endswith(".part"):
            raise PermissionError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refusing)
    with pytest.raises(ReadOnlyError):
        write(out, {"a.html": "2"})
    assert held(out) == {"a.html": "1"}


def test_no_room_for_the_list_leaves_the_old_site_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    write(out, {"a.html": "1"})
    write_bytes = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        if self.name == MANIFEST:
            raise OSError(28, "No space left on device")
        return write_bytes(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(DiskFullError, match=r"site.undersight-files\.json"):
        write(out, {"a.html": "2"})
    assert held(out) == {"a.html": "1"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("n_moved", [1, 2])
def test_a_kill_while_the_names_change_is_made_good_by_the_next_writing(
    tmp_path: Path, n_moved: int
) -> None:
    out, other = tmp_path / "site", tmp_path / ".site.thesis.old"
    write(out, {"person/sarli.html": "1", "index.html": "1"})
    (out / "CNAME").write_text("log.example", encoding="utf-8")
    other.mkdir()
    # as a kill leaves it: after the first change of names, or after the second
    aside, new = tmp_path / f".site.{'0' * 16}.old", tmp_path / f".site.{'0' * 16}.part"
    write(new, {"index.html": "2"})
    out.rename(aside)
    if n_moved == 2:
        new.rename(out)
    write(out, {"index.html": "3"})
    assert held(out) == {"CNAME": "log.example", "index.html": "3"}
    assert sorted(path.name for path in tmp_path.iterdir()) == [".site.thesis.old", "site"]


def test_the_current_folder_can_be_filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    write(Path(), {"index.html": "1"})
    assert held(tmp_path / "here") == {"index.html": "1"}
