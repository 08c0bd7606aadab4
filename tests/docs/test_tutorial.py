"""Every command of the tutorial is run, in order, in one folder."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import Run, program  # noqa: F401 - the fixture
from undersight import Workspace
from undersight.workbench import session

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial.md"
README = Path(__file__).parents[2] / "README.md"
_BLOCK = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.long
def test_the_tutorial_runs(
    program: Run,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    n_commands = 0
    for kind, file, text in _BLOCK.findall(TUTORIAL.read_text("utf-8")):
        if file:
            Path(file).write_text(text, "utf-8")
        if kind != "console":
            continue
        for line in text.strip().split("\n"):
            assert line.startswith("$ ")
            words = [resolved(program, word) for word in shlex.split(line[2:])]
            if words[0] == "cd":
                monkeypatch.chdir(words[1])
                continue
            ran = program(*words[1:])
            assert ran.code == 0, (line, ran.err)
            if words[1] == "board":
                assert "the term ends: 3 July 2031" in ran.out
            n_commands += 1
    assert n_commands > 15
    site = Path("public/index.html")
    assert site.is_file()


def resolved(program: Run, word: str) -> str:  # noqa: F811
    """Put the tutorial's own activist in the place of ENTRY and PERSON."""
    if word == "ENTRY":
        entries = program("incident", "list", "--json").json
        return next(e["incident_id"] for e in entries if "Activist" in e["title"])
    if word == "PERSON":
        people = program("party", "list", "--kind", "individual", "--json").json
        return next(p["party_id"] for p in people if p["names"] == ["Nurlan Sarlı"])
    return word


def test_the_readme_s_python_runs(
    program: Run,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert program("init", "my-log", "--plain").code == 0
    code = next(text for kind, _, text in _BLOCK.findall(README.read_text("utf-8"))
                if kind == "python")  # fmt: skip
    assert len([line for line in code.split("\n") if line.strip()]) == 5
    added = program("-w", "my-log", "incident", "add", "--what", "detention", "--when", "2031",
                    "--line", "Somebody was detained")  # fmt: skip
    assert added.code == 0
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - that is the test
    assert "Somebody was detained" in capsys.readouterr().out


@pytest.mark.long
def test_the_python_of_the_how_to_runs(
    program: Run,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert program("init", "my-log", "--plain", "--jurisdiction", "QV").code == 0
    page = README.parent / "docs" / "how-to" / "python.md"
    blocks = [
        text for kind, _, text in _BLOCK.findall(page.read_text("utf-8")) if kind == "python"
    ]
    assert len(blocks) == 3
    known: dict[str, object] = {}
    for code in blocks:
        exec(compile(code, "python.md", "exec"), known)  # noqa: S102 - that is the test
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "1"
    assert printed[-1] == "True"
    assert Path("public/index.html").is_file()


def test_every_verb_of_python_is_in_the_how_to() -> None:
    page = (README.parent / "docs" / "how-to" / "python.md").read_text("utf-8")
    own = [name for name in dir(Workspace) if not name.startswith("_")]
    own = [name for name in own if not hasattr(session.Workspace, name)]
    assert len(own) > 20
    assert [name for name in own if f"`{name}`" not in page] == []


def test_the_whole_entry_of_the_how_to_is_recorded_and_shown(
    program: Run,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert program("init", "my-log", "--plain", "--jurisdiction", "QV").code == 0
    page = README.parent / "docs" / "how-to" / "write-an-entry.md"
    (form,) = (text for _, file, text in _BLOCK.findall(page.read_text("utf-8")) if file)
    Path("entry.yaml").write_text(form, "utf-8")
    added = program("-w", "my-log", "incident", "add", "--yaml", "entry.yaml", "--json")
    assert added.code == 0, added.err
    shown = program("-w", "my-log", "incident", "show", added.json[0]["id"]).out
    for words in (
        "or else: Delete the post",
        "Denied by Ministry of Order (5 May 2031): that the parents were summoned",
        "community service: 240 hours",
        "retaliation for: questioning (3 May 2031)",
        "source in error",
        "family, 2 to 3 people",
        "attempted",
        "no other administrator is known",
        "(or: Prosecutor's Office, Elvan Dost)",
        "fake-dalga[.]example",
        "In the time of: Parliamentary election",
        "rule named: cybersecurity",
        "12 June 2031 (closed)",
    ):
        assert words in shown, words


def test_every_link_of_the_documentation_leads_somewhere() -> None:
    root = README.parent
    for page in (*root.glob("*.md"), *root.glob("docs/**/*.md")):
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"
