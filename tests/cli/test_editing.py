"""A form in somebody's editor: whatever the editor does, what was typed is kept or it is said."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click
import pytest

from undersight.cli import console, incident_add
from undersight.errors import EditingStoppedError
from undersight.workbench import quick_entry

if TYPE_CHECKING:
    from pathlib import Path

EDITOR = """
import pathlib, sys
form, here = pathlib.Path(sys.argv[-1]), pathlib.Path(sys.argv[0])
times = here.with_suffix(".times")
n = len(times.read_text()) if times.exists() else 0
times.write_text("x" * (n + 1))
sys.exit(STEPS[n](form))
"""


def editor(folder: Path, monkeypatch: pytest.MonkeyPatch, *steps: str) -> None:
    """Make an editor that does one thing after the other, each time it is opened."""
    script = folder / "editor.py"
    script.write_text(f"STEPS = [{', '.join(f'lambda f: {s}' for s in steps)}]\n{EDITOR}", "utf-8")
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setattr(console, "confirm", lambda *_a, **_kw: True)


def write(raw: str) -> str:
    return f"f.write_bytes({raw}) and None"


def test_an_editor_that_takes_the_form_away_records_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(tmp_path, monkeypatch, "f.unlink()")
    with pytest.raises(EditingStoppedError):
        console.edit_yaml("title: x\n", dict, is_plain=True)


def test_letters_in_another_encoding_are_looked_at_before_they_are_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = "title: Задержание журналиста в городе после публикации"
    editor(
        tmp_path,
        monkeypatch,
        write(f"{title!r}.encode('cp1251')"),
        write("f.read_bytes() + b'\\n'"),
    )
    stored: list[dict[str, Any]] = []

    def keep(form: dict[str, Any]) -> dict[str, Any]:
        stored.append(form)
        return {}

    console.edit_yaml("title: x\n", keep, is_plain=True)
    assert [one["title"] for one in stored] == [title.removeprefix("title: ")]
    assert len((tmp_path / "editor.times").read_text()) == 2


def test_what_was_typed_outlives_an_editor_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(
        tmp_path,
        monkeypatch,
        write("b'title: [typed'"),
        "3",
        write("f.read_bytes() + b']'"),
    )
    assert console.edit_yaml("title: x\n", dict, is_plain=True) == {"title": ["typed"]}


def test_an_editor_that_never_ran_is_one_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(tmp_path, monkeypatch, "3")
    with pytest.raises(click.ClickException):
        console.edit_yaml("title: x\n", dict, is_plain=True)


def test_a_slip_in_one_answer_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["questionning", "questioning"])
    monkeypatch.setattr(incident_add, "_ask", lambda *_: next(answers))
    asked = incident_add._ask_until("What was done?", "--what", quick_entry.act_type)
    assert asked == "questioning"
