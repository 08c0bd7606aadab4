"""An encrypted workspace at rest: nothing of what went in stands readable on any disk.

Canaries are planted where names, handles, notes and sources go; then every command is run that
writes, and every file is searched that is in the workspace, in the temporary folder, or was in
either and was removed.
"""

from __future__ import annotations

import csv
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.vault.sample import CHEAP
from undersight.cli import console
from undersight.integrity.canary import canary_shapes, find_canary
from undersight.settings import Profile
from undersight.workbench.session import Workspace

NAME, HANDLE, NOTE = "Velzar Quontisk", "quontisk-handle", "noted-by-qualtiro"
SOURCE, TEXT, FILE = "Mirzane Obrefild", "wextravagant sentence", "brombolic-file"
CANARIES = (NAME, HANDLE, NOTE, SOURCE, TEXT, FILE)
READABLE = (b"PAR1", b"SQLite format", b"\x28\xb5\x2f\xfd", b"\x1f\x8b", b"PK")
PASSPHRASE = "eleven paper boats"


@pytest.fixture
def removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """What was in a file when it was taken away, by its name."""
    seen: dict[str, bytes] = {}
    real = os.unlink

    def watched(path: Any, *, dir_fd: int | None = None) -> None:
        try:
            descriptor = os.open(path, os.O_RDONLY, dir_fd=dir_fd)
        except OSError:
            pass
        else:
            with os.fdopen(descriptor, "rb") as file:
                seen[str(path)] = seen.get(str(path), b"") + file.read()
        real(path, dir_fd=dir_fd)

    monkeypatch.setattr(os, "unlink", watched)
    monkeypatch.setattr(os, "remove", watched)
    return seen


@pytest.fixture
def sealed_log(tmp_path: Path, program: Run, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An encrypted workspace, entered, with a temporary folder that can be searched."""
    for name in ("asked", "given", "temporary"):
        (tmp_path / name).mkdir()
    for variable in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(variable, str(tmp_path / "temporary"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    for variable in ("UNDERSIGHT_PASSPHRASE_FILE", "UNDERSIGHT_SOURCES_PASSPHRASE_FILE"):
        monkeypatch.setenv(variable, str(tmp_path / "given" / "passphrase"))
    (tmp_path / "given" / "passphrase").write_text(PASSPHRASE + "\n", "utf-8")
    root = tmp_path / "log"
    profile = Profile(title="Log", jurisdiction="QV")
    with Workspace.create(root, profile, passphrase=PASSPHRASE, cost=CHEAP):
        pass
    monkeypatch.chdir(root)
    yield root
    monkeypatch.undo()


def comments(path: Path) -> Path:
    """A crew of seven that comments together, and rows that cannot be read."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["comment_id", "account_id", "account_name", "post_id", "page_id",
                        "time", "text"])  # fmt: skip
        for post in range(12):
            for one in range(14 if post % 3 else 7):
                when = f"2031-02-{post + 1:02}T{9 + one:02}:00:0{one % 9}+00:00"
                if one < 7:
                    when = f"2031-02-{post + 1:02}T20:00:{one:02}+00:00"
                who = f"{HANDLE}-{one}"
                table.writerow([f"{post}-{one}", who, f"{NAME} {one}", f"p{post}", "page",
                                when, f"{TEXT} {post} by {NAME}"])  # fmt: skip
        table.writerow(["bad", f"{HANDLE}-9", NAME, "p1", "page", f"{TEXT} is no time", TEXT])
    return path


def fed(program: Run, given: Path, asked: Path) -> None:
    """Run every command that takes in or works on something."""

    def ran(*words: str | Path) -> Any:
        done = program(*words)
        assert done.code == 0, (words[:2], done.err)
        return done

    added = ran("incident", "add", "--who", NAME, "--what", "detention", "--when", "2031-05",
                "--source", "Sarnak Press", "--line", f"{NAME}: {TEXT}", "--json")  # fmt: skip
    entry = added.json[0]["id"]
    ran("incident", "edit", entry, "--set", "verification=likely", "--why", NOTE)
    draft = given / f"{FILE}.txt"
    draft.write_text(f"2 May 2031. Journalist {NAME} was detained in Sarnak. {TEXT}.", "utf-8")
    ran("incident", "add", "--from-draft", draft, "--accept-all", "--context-date", "2031-06-01")
    ran("search", "quontisk")
    ran("source", "add", "--name", SOURCE, "--note", NOTE)
    ran("import", comments(given / f"{FILE}.csv"), "--as", "posts-table", "--platform",
        "facebook", "--names", "--allow-issues", *maps(), "--yes")  # fmt: skip
    ran("corpus")
    found = ran("detect", "co-comment", "--set", "views=post", "--json").json["findings"]
    assert found, "there is a run that holds handles"
    for one in found:
        ran("judge", one["finding_id"], "--verdict", "innocent", "--note", NOTE)
    sealed = ran("seal", draft, "--note", NOTE, "--url", f"https://{HANDLE}.example", "--json")
    digest = sealed.json["files"][0]["object"]
    ran("redact", digest, "--term", NAME, "--out", asked / "redacted.txt")
    ran("seal", "--pending")
    ran("key", "new", "second")
    ran("target", "facebook:p1", "--out", asked / "sheet.html")
    ran("prove", digest, "--out", asked / "proof.json")
    ran("verify", "--deep")
    ran("backup", asked / "backup", "--check")


def maps() -> list[str]:
    pairs = ("comment_id=post_id", "account_id=account_id", "account_name=account_name",
             "post_id=root_id", "page_id=target_id", "time=time", "text=text")  # fmt: skip
    return [word for pair in pairs for word in ("--map", pair)]


@pytest.mark.long
def test_nothing_stands_readable(
    program: Run, sealed_log: Path, tmp_path: Path, removed: dict[str, bytes]
) -> None:
    fed(program, tmp_path / "given", tmp_path / "asked")
    assert find_canary(tmp_path / "given", NAME), "the canary sings where it is in clear"
    assert removed, "what is removed is looked at too"
    for canary in CANARIES:
        for place in (sealed_log, tmp_path / "temporary", tmp_path / "asked" / "backup"):
            assert find_canary(place, canary) == (), canary
        shapes = canary_shapes(canary)
        leaked = [
            name
            for name, data in removed.items()
            if not name.startswith(str(tmp_path / "asked")) and any(s in data for s in shapes)
        ]
        assert leaked == [], canary
    for path in sealed_log.rglob("*"):
        # What is packed in columns would hide a canary: none of it may be readable at all.
        assert not path.is_file() or not path.read_bytes().startswith(READABLE), path
    assert not list((tmp_path / "temporary").iterdir())
    kept = program("incident", "list").out
    assert "Quontisk" in kept, "and it is all there, for who has the passphrase"


EDITOR = """
import pathlib, sys
form = pathlib.Path(sys.argv[1])
assert str(form).startswith("/dev/shm"), form
form.write_text(form.read_text("utf-8") + "\\n# " + sys.argv[0] + "\\n", "utf-8")
"""


@pytest.mark.skipif(
    not console.MEMORY_DISK.is_dir(), reason="this system keeps no files in memory"
)
def test_an_editor_works_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, removed: dict[str, bytes]
) -> None:
    editor = tmp_path / "editor.py"
    editor.write_text(EDITOR, "utf-8")
    monkeypatch.setenv("EDITOR", f"{sys.executable} {editor}")
    monkeypatch.delenv("VISUAL", raising=False)
    form = f"acts:\n  - act_type: fine\n    remark: {NAME}\n"
    assert NAME in str(console.edit_yaml(form, dict, is_plain=False))
    assert [name for name, data in removed.items() if NAME.encode() in data] == ["entry.yaml"]
    assert not list(console.MEMORY_DISK.glob("undersight-*"))


def test_without_a_disk_in_memory_no_form_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from undersight.errors import EditingInClearError

    monkeypatch.setattr(console, "MEMORY_DISK", tmp_path / "none")
    with pytest.raises(EditingInClearError):
        console.edit_yaml(NAME, dict, is_plain=False)
