"""One clear line for every mistake: what is wrong, where, what to do; never a traceback."""

from __future__ import annotations

import contextlib
import json
import shlex
import sqlite3
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.cli.conftest import Ran, Run
from undersight.errors import ReadOnlyError
from undersight.integrity.lock import WriterLock
from undersight.workbench import demo

PASSPHRASE = "salt and seven lanterns"


def one_clear_line(err: str) -> None:
    assert "Traceback" not in err
    assert "a bug stopped" not in err
    assert err.startswith("undersight: ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("incident", "add", "--what", "questioning", "--when", "2031-02-31", "--line", "x"),
         "February 2031 has 28 days"),
        (("incident", "add", "--what", "questionning", "--when", "2031", "--line", "x"),
         "not in the vocabulary act_type"),
        (("incident", "add", "--what", "questioning", "--line", "x"), "--when VALUE"),
        (("incident", "show", "QV-2031-9999"), "There is no incident"),
        (("incident", "list", "--act", "detenton"), "Did you mean detention"),
        (("incident", "draft", "nowhere.txt"), "cannot be read"),
        (("export", "jsonn", "--out", "x"), "Did you mean jsonl"),
        (("merge", "nowhere.undersight"), "cannot be read"),
        (("search", "x", "--facet", "colour=red"), "colour"),
        (("search", "--facet", "act_type=detantion"), "Did you mean detention"),
        (("search", "--facet", "visibility=secret"), "internal, partner, public"),
        (("search", "--facet", "status=Held"), "liberty_status (field status)"),
        (("search", "--facet", "kind=incidents"), "Did you mean incident"),
        (("search", "x", "--kind", "person"), "claim"),
        (("search", "--facet", "year=last"), "a year such as 2031"),
        (("undo", "nothing"), "nothing"),
    ],
)  # fmt: skip
def test_a_mistake_gets_one_line(
    program: Run, log: Path, words: tuple[str, ...], said: str
) -> None:
    ran = program(*words)
    assert ran.code == 3, ran.err
    one_clear_line(ran.err)
    assert said in ran.err


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2031-02-31", "February 2031 has 28 days"),
        ("31.12.2031", "the year comes first"),
        ("2031-05", "“2031-05” is not one day"),
    ],
)
def test_a_day_that_is_none_is_refused_with_the_reason(
    program: Run, log: Path, day: str, said: str
) -> None:
    ran = program("board", "--on", day)
    assert ran.code == 2
    assert said in ran.err
    assert "%Y" not in ran.err.partition("Error:")[2]


def test_the_board_of_a_past_day_says_what_it_leaves_out(program: Run, log: Path) -> None:
    assert "entered later is not in it" in program("board", "--on", "2020-02-03").err
    assert "entered later" not in program("board").err


def test_an_unknown_field_names_the_nearest(program: Run, log: Path, tmp_path: Path) -> None:
    form = tmp_path / "entry.yaml"
    form.write_text("title: x\nacts:\n  - act_type: detention\n    strat: 2031\n", "utf-8")
    ran = program("incident", "add", "--yaml", form)
    assert ran.code == 3
    one_clear_line(ran.err)
    assert "acts[0] (act) has no field “strat”. Did you mean start" in ran.err
    assert program("incident", "list", "--json").json == []


def test_broken_yaml_names_the_line(program: Run, log: Path) -> None:
    ran = program("incident", "add", "--yaml", "-", stdin=b"title: x\nacts: [\n")
    assert ran.code == 3
    one_clear_line(ran.err)
    assert "line 3" in ran.err


def test_outside_a_workspace(
    program: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = program("incident", "list")
    assert ran.code == 3
    one_clear_line(ran.err)


def test_a_wrong_passphrase(program: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNDERSIGHT_PASSPHRASE", PASSPHRASE)
    assert program("init", tmp_path / "log").code == 0
    assert program("-w", tmp_path / "log", "incident", "list").code == 0
    monkeypatch.setenv("UNDERSIGHT_PASSPHRASE", "something else entirely")
    ran = program("-w", tmp_path / "log", "incident", "list")
    assert ran.code == 2
    one_clear_line(ran.err)
    monkeypatch.delenv("UNDERSIGHT_PASSPHRASE")
    nobody = program("-w", tmp_path / "log", "incident", "list")
    assert nobody.code == 3
    assert "--passphrase-file" in nobody.err


def test_a_workspace_of_a_newer_version(program: Run, log: Path) -> None:
    settings = log / "undersight.toml"
    text = settings.read_text("utf-8").replace("format = 1", "format = 99")
    settings.write_text(text, "utf-8")
    ran = program("incident", "list")
    assert ran.code == 2
    one_clear_line(ran.err)
    assert "99" in ran.err


@pytest.mark.long
def test_two_processes_writing_at_once(program: Run, log: Path) -> None:
    holder = (
        "import sys, pathlib\n"
        "from undersight.workbench.session import Workspace\n"
        "with Workspace.open(pathlib.Path(sys.argv[1]), verb='import'):\n"
        "    print('held', flush=True); sys.stdin.readline()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(log)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as other:  # fmt: skip
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "held\n"
        ran = program("incident", "add", "--what", "detention", "--when", "2031", "--line", "x")
        reader = program("incident", "list")
        other.stdin.write("\n")
        other.stdin.close()
    assert ran.code == 3
    one_clear_line(ran.err)
    assert "import" in ran.err
    assert reader.code == 0, "readers need no lock"


def test_a_disk_that_is_full(
    program: Run, entry: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno

    from undersight.integrity import durable

    def no_room(descriptor: int, data: bytes | memoryview) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(durable, "write_all", no_room)
    ran = program("share", "--out", tmp_path / "x")
    assert ran.code in (3, 5)
    one_clear_line(ran.err)


def test_nobody_to_ask_says_which_option(program: Run, log: Path) -> None:
    ran = program("incident", "add", "--from-draft", "-", stdin=b"Somebody was detained.")
    assert ran.code == 3
    assert "no terminal" in ran.err
    assert "--accept-all" in ran.err


def test_help_has_an_example_everywhere(program: Run) -> None:
    from undersight.cli.main import LazyGroup, cli

    def leaves(group: LazyGroup, above: tuple[str, ...]) -> list[tuple[str, ...]]:
        context = click.Context(group)
        found = []
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            path = (*above, name)
            found += leaves(command, path) if isinstance(command, LazyGroup) else [path]
        return found

    every = leaves(cli, ())
    assert len(every) > 30
    for words in every:
        shown = program(*words, "--help")
        assert shown.code == 0
        assert "Example" in shown.out, words


def test_a_bug_tells_the_place_and_no_content(
    program: Run, entry: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from undersight.workbench import showing

    def broken(*args: object, **kw: object) -> None:
        raise RuntimeError("Tarvin Oskelde")

    monkeypatch.setattr(showing, "show", broken)
    ran = program("incident", "show", entry)
    assert ran.code == 70
    assert "RuntimeError at test_clear_lines.py" in ran.err
    assert "Oskelde" not in ran.err


def test_json_is_json(program: Run, entry: str) -> None:
    for words in (
        ("incident", "list"), ("incident", "show", entry), ("incident", "history", entry),
        ("board",), ("search", "oskelde"), ("party", "list"), ("party", "candidates"),
        ("takedown", "list"), ("staff", "show"), ("staff", "list"), ("verify",), ("history",),
    ):  # fmt: skip
        ran = program(*words, "--json")
        assert ran.code == 0, (words, ran.err)
        json.loads(ran.out)


def test_a_list_as_json_says_beside_it_that_there_is_more(program: Run, entry: str) -> None:
    again = ("--what", "questioning", "--when", "2031-05-03", "--line", "Once more")
    assert program("incident", "add", *again).code == 0
    cut = program("incident", "list", "--limit", "1", "--json")
    assert (cut.code, len(cut.json)) == (0, 1)
    assert cut.err == "1 of 2 entries: give --limit 2 for all.\n"
    whole = program("incident", "list", "--limit", "2", "--json")
    assert (len(whole.json), whole.err) == (2, "")
    assert (
        "1 of 2 entries: give --limit 2 for all."
        in program("incident", "list", "--limit", "1").out
    )


@pytest.mark.long
def test_a_table_of_no_known_act_is_doubted_first(program: Run, log: Path, tmp_path: Path) -> None:
    table = tmp_path / "pages.csv"
    table.write_text("event_type,date,name\nRenamed,2031-05-02,Qaravel Cakes\n", "utf-8")
    said = program("import", table, "--dry-run").err
    assert "None of the 1 words for what was done is an act known here" in said
    table.write_text("event_type,date,name\ndetention,2031-05-02,Tarvin Oskelde\n", "utf-8")
    assert "None of the" not in program("import", table, "--dry-run").err


def test_a_column_called_who_in_azerbaijani_and_turkish_names_people(
    program: Run, log: Path, tmp_path: Path
) -> None:
    table = tmp_path / "cases.csv"
    table.write_text("Kim;Nə baş verib;Tarix\nTarvin Oskelde;saxlanılıb;11.03.2031\n", "utf-8")
    looked = program("import", table, "--dry-run")
    assert "name: Tarvin Oskelde" in looked.out + looked.err


def test_the_preview_of_a_cell_that_holds_a_book_is_cut(
    program: Run, log: Path, tmp_path: Path
) -> None:
    table = tmp_path / "cases.csv"
    book = "\n\n".join(f"Invented paragraph {n}." for n in range(2_000))
    table.write_text(
        f'name,event_type,date,notes\nTarvin Oskelde,detention,2031-05-02,"{book}"\n', "utf-8"
    )
    looked = program("import", table, "--dry-run")
    told = looked.out + looked.err
    assert "Invented paragraph 1." in told
    assert "Invented paragraph 1999." not in told


def test_a_missing_object_is_not_called_edited(program: Run, log: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Invented words.", "utf-8")
    digest = program("seal", page, "--json").json["files"][0]["object"]
    (gone,) = [path for path in (log / "vault").rglob(f"*{digest[4:]}*") if path.is_file()]
    gone.unlink()
    ran = program("verify")
    assert ran.code == 4
    assert "Something was edited" not in ran.out
    assert "a copy made while undersight was open: then copy the folder again" in ran.out


def test_a_copy_that_lacks_the_latest_entries_is_one_clear_line(
    program: Run, entry: str, log: Path
) -> None:
    older = (log / "casebook.db").read_bytes()
    assert program("incident", "update", entry, "--note", "Released.").code == 0
    (log / "casebook.db").write_bytes(older)
    ran = program("incident", "list")
    assert ran.code == 4
    one_clear_line(ran.err)
    assert "lacks the last" in ran.err


def test_a_torn_copy_takes_no_entry(program: Run, entry: str, log: Path) -> None:
    path = log / "casebook.db"
    with contextlib.closing(sqlite3.connect(path)) as opened:
        index = "SELECT rootpage FROM sqlite_master WHERE name = 'ix_change_log_record_id'"
        ((page,),) = opened.execute(index)
        ((size,),) = opened.execute("PRAGMA page_size")
    with path.open("r+b") as file:
        file.seek(page * size - 64)
        file.write(bytes(64))
    # As a copy has it that was made while somebody wrote.
    writer = {"pid": 1, "host": "desk", "verb": "serve", "started_at_us": 1}
    (log / ".writer.json").write_text(json.dumps(writer), "utf-8")
    again = ("--what", "questioning", "--when", "2031-05-03", "--line", "Once more")
    for words in (("incident", "add", *again), ("verify",)):
        ran = program(*words)
        assert ran.code == 4
        one_clear_line(ran.err)
        assert "casebook.db is damaged" in ran.err


MAIN = (sys.executable, "-c", "from undersight.cli.main import main; main()")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
def test_no_room_for_what_is_printed_is_one_clear_line() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*MAIN, "--help"], stdout=full, stderr=-1, check=False, timeout=60)
    assert done.returncode == 5
    one_clear_line(done.stderr.decode())
    assert b"no room left" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no shell closes a stream there")
@pytest.mark.parametrize(
    ("words", "closed", "code"),
    [("--help", ">&-", 0), ("incident draft -", "<&-", 3)],
)
def test_a_closed_stream_is_an_empty_one(words: str, closed: str, code: int) -> None:
    line = f'exec "$0" "$@" {words} {closed}'
    done = subprocess.run(["sh", "-c", line, *MAIN], capture_output=True, check=False, timeout=60)
    assert (done.returncode, b"Traceback" in done.stderr) == (code, False)


@pytest.mark.parametrize("is_there", [False, True])
def test_a_server_that_refuses_leaves_no_half_workspace(
    program: Run, tmp_path: Path, *, is_there: bool
) -> None:
    pytest.importorskip("psycopg")
    folder = tmp_path / "team"
    if is_there:
        folder.mkdir()
    url = "postgresql+psycopg://nobody@127.0.0.1:1/nothing"
    for _again in range(2):
        ran = program("init", folder, "--plain", "--casebook-url", url)
        assert ran.code == 5
        one_clear_line(ran.err)
    assert folder.exists() == is_there
    assert not list(tmp_path.rglob("*.*"))


def test_a_disk_that_fills_up_leaves_no_half_workspace(
    program: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from undersight.casebook.reader import CasebookReader
    from undersight.errors import DiskFullError

    folder, read = tmp_path / "neu", CasebookReader.all

    def no_room(*_args: object) -> None:
        raise DiskFullError(str(folder / "casebook.db"))

    monkeypatch.setattr(CasebookReader, "all", no_room)
    ran = program("init", folder, "--plain")
    assert ran.code == 5
    assert not folder.exists()
    monkeypatch.setattr(CasebookReader, "all", read)
    assert program("init", folder, "--plain").code == 0


def test_a_folder_with_a_space_stands_as_one_word(program: Run, tmp_path: Path) -> None:
    made = program("init", tmp_path / "our log", "--plain")
    (step,) = [line for line in made.out.splitlines() if "Next: cd" in line]
    assert shlex.split(step)[2] == str(tmp_path / "our log")


@pytest.mark.long
@pytest.mark.parametrize("words", [("corpus",), ("incident", "list"), ("verify", "--deep")])
def test_a_whole_process_says_nothing_of_its_insides(log: Path, words: tuple[str, ...]) -> None:
    code = "import duckdb; from undersight.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=log,
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_where_nobody_can_write_a_file_is_looked_at_and_nothing_is_taken_out(
    program: Run, log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "cases.csv"
    table.write_text("date,victim,act\n2031-05-02,Tarvin Oskelde,questioning\n", "utf-8")
    program("incident", "list")  # the casebook is there

    def refuse(lock: WriterLock) -> WriterLock:
        raise ReadOnlyError(str(lock.folder))

    monkeypatch.setattr(WriterLock, "acquire", refuse)
    looked = program("import", table, "--dry-run")
    assert looked.code == 0, looked.err
    assert "1 ready" in looked.out
    for words in (("export", "csv"), ("report", "site")):
        ran = program(*words, "--out", tmp_path / "out", "--audience", "internal")
        assert ran.code == 5
        one_clear_line(ran.err)
        assert "is noted in it" in ran.err
        assert not (tmp_path / "out").exists()


def test_a_site_is_not_written_over_the_folder_one_is_in(
    program: Run, log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "public" / "inside").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "public" / "inside")
    for out in (".", ".."):
        ran = program("-w", log, "report", "site", "--out", out)
        assert ran.code == 2
        assert "you are in this folder" in ran.err


def test_a_demo_that_is_stopped_leaves_nothing_in_the_way_of_the_next(
    program: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(folder: Path, **_: object) -> None:
        folder.mkdir(exist_ok=True)
        (folder / "undersight.toml").write_text("", "utf-8")
        raise KeyboardInterrupt

    monkeypatch.setattr(demo, "build", stopped)
    assert program("demo", tmp_path / "demo").code == 130
    assert not (tmp_path / "demo").exists()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("mine", "utf-8")
    assert program("demo", tmp_path / "mine").code == 130
    assert (tmp_path / "mine" / "thesis.txt").is_file()


def test_the_id_of_somebody_in_a_quick_entry_is_that_person_and_no_name(
    program: Run, log: Path
) -> None:
    def add(who: str) -> Ran:
        told = ("--when", "2031-05-02", "--source", "Sarnak Press", "--line", "x")
        return program("incident", "add", "--who", who, "--what", "questioning", *told)

    for name in ("Tarvin Oskelde", "Tarvin Oskelda"):
        assert add(name).code == 0
    people = program("party", "list", "--kind", "individual", "--json").json
    other, kept = sorted(one["party_id"] for one in people)
    assert program("party", "merge", kept, other, "--same").code == 0
    refused = add(other)
    assert refused.code == 3
    one_clear_line(refused.err)
    assert kept in refused.err
    assert add(kept).code == 0
    listed = program("party", "list", "--kind", "individual", "--json").json
    assert {one["party_id"] for one in listed} <= {kept, other}
