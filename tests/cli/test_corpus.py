from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

HEADER = "post_id,account_id,account_name,platform,time,text,parent_id\n"
ROWS = (
    "1,pg,Sarnak Page,facebook,2031-05-02T10:00:00Z,Hello #sarnak,\n"
    "2,u2,Tarvin Oskelde,facebook,2031-05-02T10:01:00Z,No,1\n"
    "3,u3,Mila Velkora,facebook,2031-05-09T10:01:00Z,Yes,1\n"
    "3,u3,Mila Velkora,facebook,2031-05-09T10:01:00Z,Yes,1\n"
)


@pytest.fixture
def comments(log: Path) -> Path:
    path = log.parent / "comments.csv"
    path.write_text(HEADER + ROWS, encoding="utf-8")
    return path


def test_a_table_of_posts_is_known_by_its_header(program: Run, comments: Path) -> None:
    looked = program("import", comments, "--dry-run")
    assert looked.code == 0, looked.err
    assert "posts-table" in looked.out
    assert "Hello #sarnak" in looked.out
    assert "4 read = 4 ready + 0 rejected" in looked.out
    assert program("corpus").out == "Nothing is loaded yet: undersight import FILE\n"
    done = program("import", comments)
    assert done.code == 0, done.err
    assert "4 read = 3 records + 1 duplicates + 0 rejected; loaded as" in done.out
    assert "under pseudonyms" in done.out
    again = program("import", comments, "--json").json[0]
    assert again["known"] is True
    assert again["stored"] == 0


def test_what_is_loaded_can_be_asked_for_taken_out_and_mapped_anew(
    program: Run, comments: Path
) -> None:
    loaded = program("import", comments, "--expires", "90d", "--json").json[0]
    shown = program("corpus")
    for expected in ("comments.csv", "posts-table", "No posts from 2031-05-03 to 2031-05-08"):
        assert expected in shown.out
    found = program("corpus", "--json").json
    assert found["tables"]["posts"]["rows"] == 3
    assert found["imports"][0]["import"] == loaded["import"]
    assert program("corpus", "remap").out.startswith("Every import was mapped by today")
    (again,) = program("corpus", "remap", loaded["import"], "--json").json
    assert again["records"] == 3
    assert program("corpus", "expire").out == "Nothing has expired.\n"
    gone = program("corpus", "undo", again["import"], "--why", "wrong page")
    assert gone.out == "Taken out: comments.csv (3 records)\n"
    assert program("corpus", "undo", again["import"]).code == 3


def test_what_names_suggest_is_proposed_and_never_taken(program: Run, log: Path) -> None:
    path = log.parent / "vk_comments_2031.csv"
    rows = [f"Outlet {n % 3},2031-05-02T10:{n:02}:00Z,u{n},Text {n},0.{n}\n" for n in range(30)]
    path.write_text("media,datetime,user,text,tone\n" + "".join(rows), encoding="utf-8")
    loaded = program("import", path)
    proposed = "--platform vk --set kind=comment --map media=target_name"
    assert f"import it again with: {proposed}\n" in loaded.out
    assert program("import", path, "--dry-run", "--json").json[0]["rows"][0]["kind"] == "post"
    again = program("import", path, *proposed.split())
    assert "30 read = 30 records" in again.out
    assert "import it again with" not in again.out
    other = path.with_name("rows.csv")
    other.write_text(path.read_text(encoding="utf-8").replace("Outlet", "House"), encoding="utf-8")
    assert "with: --map media=target_name\n" in program("import", other, "--dry-run").out


def test_a_file_that_cannot_be_read_does_not_keep_the_others_out(
    program: Run, comments: Path
) -> None:
    broken, last = comments.with_name("broken.json"), comments.with_name("last.csv")
    broken.write_text('{"a": [1,2,', encoding="utf-8")
    last.write_text(comments.read_text(encoding="utf-8").replace("Yes", "Bəli"), encoding="utf-8")
    done = program("import", comments, broken, last)
    assert done.code == 3
    assert "comments.csv: 4 read = 3 records" in done.out
    assert "broken.json: not brought in. The file cannot be read at line 1" in done.out
    assert "last.csv: 4 read = 3 records" in done.out
    refused = program("import", last, broken, "--json").json[1]
    assert (refused["file"], refused["stored"]) == ("broken.json", 0)
    assert "line 1" in refused["refused"]
    assert program("import", broken).err.startswith("undersight: The file cannot be read")


def test_standard_input_is_read_once(program: Run, log: Path) -> None:
    done = program("import", "-", "--json", stdin=(HEADER + ROWS).encode())
    assert done.code == 0, done.err
    assert done.json[0]["records"] == 3


def test_a_table_of_cases_goes_to_the_casebook_as_before(program: Run, log: Path) -> None:
    path = log.parent / "cases.csv"
    path.write_text("date,victim,act\n2031-05-02,Tarvin Oskelde,questioning\n", encoding="utf-8")
    done = program("import", path, "--yes", "--json")
    assert done.code == 0, done.err
    assert done.json[0]["format"] == "spreadsheet"
    assert program("corpus", "--json").json["imports"] == []


def test_unclear_columns_are_asked_for_by_the_exact_option(program: Run, log: Path) -> None:
    path = log.parent / "odd.csv"
    path.write_text("wer,was\nx,y\n", encoding="utf-8")
    refused = program("import", path, "--as", "posts-table")
    assert refused.code == 3
    assert "--map" in refused.err
    told = program(
        "import", path, "--as", "posts-table", "--map", "wer=account_id", "--map", "was=text",
        "--json",
    )  # fmt: skip
    assert told.code == 0, told.err
    assert told.json[0]["records"] == 1


def test_what_all_rows_are_is_said_once(program: Run, log: Path) -> None:
    path = log.parent / "odd.csv"
    path.write_text("wer,was\nTarvin Oskelde,No\nMila Velkora,Yes\n", encoding="utf-8")
    words = ("import", path, "--as", "posts-table", "--map", "wer=account_name",
             "--map", "was=text", "--target", "Sarnak Press")  # fmt: skip
    shown = program(*words, "--dry-run", "--set", "kind=comment", "--json").json[0]["rows"]
    assert [(row["kind"], row["under"]) for row in shown] == [("comment", "Sarnak Press")] * 2
    done = program(*words, "--set", "kind=comment", "--json")
    assert done.code == 0, done.err
    assert done.json[0]["pseudonyms"] == 2
    remapped = program("corpus", "remap", done.json[0]["import"], "--json").json[0]
    assert remapped["pseudonyms"] == 2
    assert program("target", path, *words[2:-2], "--set", "kind=comment").code == 0
    refused = program("import", path, "--as", "pasted-comments", "--set", "kind=comment")
    assert refused.code == 3
    assert "--set is for tables" in refused.err


def test_a_format_that_nobody_reads_is_named(program: Run, comments: Path) -> None:
    refused = program("import", comments, "--as", "nonsense")
    assert refused.code == 3
    assert "posts-table" in refused.err
    missing = program("import", comments.parent / "absent.csv")
    assert missing.code == 3


def test_what_a_file_leaves_open_is_told_with_the_option_that_answers(
    program: Run, log: Path
) -> None:
    path = log.parent / "untold.csv"
    path.write_text(
        "user,datetime,text\nu1,2031-05-02 10:00:00,One\nu2,2031-05-02 10:05:00,Two\n",
        encoding="utf-8",
    )
    for words in (("--dry-run",), ()):
        said = program("import", path, *words)
        assert said.code == 0, said.err
        assert "Note: The file does not say which platform it is of" in said.out
        assert "More is said of a file by --platform" in said.out
    told = program("import", path, "--platform", "vk", "--dry-run")
    assert "which platform" not in told.out
