"""Who acted together, from file to file, without a workspace."""

from __future__ import annotations

import csv
import gzip
import json
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from defusedxml import ElementTree

from tests.cli.conftest import Run
from undersight.cli.coaction import COMPAT
from undersight.engine.compat import TOOLS
from undersight.engine.edge_output import BASIC, FULL

HEADER = "account_id,object_id,content_id,timestamp\n"
ROWS = """vask,a,1,1900000000
tirren,a,2,1900000010
vask,b,3,1900003600
tirren,b,4,1900003660
ormel,b,5,1900003661
"=1+1",b,6,1900009999
"""


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "shares.csv"
    path.write_text(HEADER + ROWS, "utf-8")
    return path


def rows_of(name: str) -> list[dict[str, str]]:
    with Path(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_edges_and_what_was_counted(program: Run, table: Path) -> None:
    done = program("coaction", table, "--out", "e.csv", "--json")
    assert done.code == 0, done.err
    assert "a window of 1 m gives 3 pairs" in done.err
    edge, *others = rows_of("e.csv")
    assert not others
    assert list(edge) == ["account_a", "account_b", *BASIC, *FULL]
    assert (edge["account_a"], edge["account_b"], edge["n_objects"]) == ("tirren", "vask", "2")
    assert edge["sum_delta_us"] == "70000000"
    (window,) = done.json["windows"]
    assert (window["n_rows"], window["n_pairs_planned"], done.json["n_edges"]) == (6, 3, 1)
    assert done.json["notes"] == [
        "times in “timestamp” are numbers and are taken as seconds since 1970 UTC"
    ]


@pytest.mark.parametrize("backend", ["auto", "sweep", "duckdb"])
def test_the_same_bytes_whatever_does_the_work(program: Run, table: Path, backend: str) -> None:
    words = ("--min-objects", "1", "--window", "1h", "--window", "61s")
    assert program("coaction", table, "--out", "first.csv", *words).code == 0
    lines = ROWS.splitlines(keepends=True)
    table.write_text(HEADER + "".join(reversed(lines)), "utf-8")
    done = program("coaction", table, "--out", "e.csv", *words, "--backend", backend)
    assert done.code == 0, done.err
    assert Path("e.csv").read_bytes() == Path("first.csv").read_bytes()
    found = [(r["account_a"], r["account_b"], r["window_us"]) for r in rows_of("e.csv")]
    assert ("ormel", "tirren", "61000000") in found
    assert ("=1+1", "vask", "3600000000") not in found


def test_parquet_ndjson_and_packed_csv_in(program: Run, table: Path) -> None:
    assert program("coaction", table, "--out", "e.csv").code == 0
    rows = rows_of("shares.csv")
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    columns["timestamp"] = [int(value) for value in columns["timestamp"]]
    pq.write_table(pa.table(columns), "shares.parquet")
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    Path("shares.ndjson").write_text(lines, "utf-8")
    Path("shares.csv.gz").write_bytes(gzip.compress(table.read_bytes()))
    Path("shares.tsv").write_text(table.read_text("utf-8").replace(",", "\t"), "utf-8")
    for name in ("shares.parquet", "shares.ndjson", "shares.csv.gz", "shares.tsv"):
        assert program("coaction", name, "--out", "other.csv").code == 0
        assert Path("other.csv").read_bytes() == Path("e.csv").read_bytes(), name


def test_parquet_and_graphs_out(program: Run, table: Path) -> None:
    words = ("--columns", "basic", "--min-objects", "1")
    for name in ("e.parquet", "e.graphml", "e.gexf"):
        assert program("coaction", table, "--out", name, *words).code == 0
    edges = pq.read_table("e.parquet")
    assert edges.column_names == ["account_a", "account_b", *BASIC]
    for name, tag in (("e.graphml", "edge"), ("e.gexf", "edge")):
        root = ElementTree.parse(name).getroot()
        assert len([one for one in root.iter() if one.tag.endswith("}" + tag)]) == edges.num_rows
        nodes = [one.get("id") for one in root.iter() if one.tag.endswith("}node")]
        assert nodes == ["ormel", "tirren", "vask"]
    refused = program("coaction", table, "--out", "e.gexf", "--window", "1s", "--window", "2s")
    assert refused.code == 3


@pytest.mark.parametrize(
    ("content", "words", "said"),
    [
        ("", (), "it is empty"),
        ("who,what,when\na,b,1\n", (), "No column says what the account is"),
        ("user_id,when\na,1\n", (), "No column says what the object is"),
        ("user,url,hashtag,time\na,b,c,1\n", (), "Several columns could be the object"),
        (HEADER + ROWS, ("--map", "object=nothing"), "no column “nothing”"),
        (HEADER + ROWS, ("--map", "colour=object_id"), "“colour”"),
        (HEADER + ROWS, ("--out", "e.docx"), "e.docx"),
        ("a,a\n1,2\n", (), "two columns have one name"),
        (b"account,object,time\n\xff\xfe,b,1\n", (), "cannot be read"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(
    program: Run, table: Path, content: str | bytes, words: tuple[str, ...], said: str
) -> None:
    table.write_bytes(content if isinstance(content, bytes) else content.encode())
    done = program("coaction", table, *(words if "--out" in words else ("--out", "e.csv", *words)))
    assert done.code == 3
    assert said in done.err.splitlines()[0]
    assert not Path("e.csv").exists()
    assert sorted(path.name for path in Path().iterdir()) == ["shares.csv"]


@pytest.mark.parametrize(
    "words",
    [
        ("--compat", "coortweet", "--min-objects", "2"),
        ("--compat", "coortweet", "--set", "nothing=1"),
        ("--compat", "coortweet", "--set", "edge_weight=2"),
        ("--compat", "cnt"),
        ("--set", "edge_weight=2"),
        ("--window", "soon"),
        ("--window", "900000d"),
        ("--memory", "much"),
    ],
)
def test_wrong_options_are_refused(program: Run, table: Path, words: tuple[str, ...]) -> None:
    assert program("coaction", table, "--out", "e.csv", *words).code in {2, 3}
    assert not Path("e.csv").exists()


@pytest.mark.parametrize("option", ["--window", "--memory"])
def test_an_option_that_cannot_be_used_is_named_as_it_is_given(
    program: Run, table: Path, option: str
) -> None:
    done = program("coaction", table, "--out", "e.csv", option, "soon")
    assert f"{option} VALUE" in done.err


def test_a_table_in_which_nothing_can_be_compared_says_so(program: Run, table: Path) -> None:
    table.write_text(HEADER + "nora,a,7,\nvask,a,8,\n", "utf-8")
    done = program("coaction", table, "--out", "e.csv")
    assert (done.code, "nothing could be compared" in done.out) == (0, True), done.err


def test_the_first_issues_are_listed_and_the_rest_counted(program: Run, table: Path) -> None:
    table.write_text(HEADER + ROWS + "too,short\n" * 7, "utf-8")
    said = program("coaction", table, "--out", "e.csv").out
    assert (said.count("left out: "), "… 7 rows could not be read" in said) == (5, True)


def test_rows_that_cannot_be_read_are_told(program: Run, table: Path) -> None:
    table.write_text(HEADER + ROWS + "too,short\nnora,a,7,yesterday\n,a,8,1900000000\n", "utf-8")
    done = program("coaction", table, "--out", "e.csv", "--time-unit", "s", "--json")
    assert done.code == 0, done.err
    assert len(done.json["issues"]) == 1
    assert done.json["windows"][0]["n_rows_null_key"] == 2


def test_a_truncated_gzip_is_told(program: Run, table: Path) -> None:
    Path("cut.csv.gz").write_bytes(gzip.compress(table.read_bytes() * 5000)[:400])
    done = program("coaction", "cut.csv.gz", "--out", "e.csv")
    assert done.code == 3
    assert "cut.csv.gz" in done.err
    assert not Path("e.csv").exists()


def test_other_tools_by_their_parameters(program: Run, table: Path) -> None:
    done = program("coaction", table, "--compat", "coortweet", "--window", "60s",
                   "--set", "min_participation=1", "--out", "e.csv", "--json")  # fmt: skip
    assert done.code == 0, done.err
    assert done.json["parameters"]["time_window"] == 60
    assert [row["weight"] for row in rows_of("e.csv")] == ["1", "2"]
    done = program("coaction", table, "--compat", "coornet", "--out", "e.csv")
    assert "estimated coordination interval" in done.out


def test_rows_without_an_object_are_told_where_the_tool_counts_them(
    program: Run, table: Path
) -> None:
    table.write_text(HEADER + ROWS + "ormel,,7,1900010000\n", "utf-8")
    done = program("coaction", table, "--compat", "coortweet", "--out", "e.csv")
    assert done.code == 0, done.err
    assert "1 rows have no object; CooRTweet counts them" in done.out
    table.write_text(HEADER + ROWS, "utf-8")
    assert "have no object" not in program(
        "coaction", table, "--compat", "coortweet", "--out", "e.csv"
    ).out  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX")
@pytest.mark.parametrize("name", ["e.csv", "e.parquet", "e.graphml", "e.gexf"])
def test_edges_are_for_their_owner_only(program: Run, table: Path, name: str) -> None:
    assert program("coaction", table, "--out", name).code == 0
    assert Path(name).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["e.csv", "e.parquet", "e.graphml"])
def test_more_edges_than_asked_for_are_not_written(program: Run, table: Path, name: str) -> None:
    words = ("coaction", table, "--out", name, "--window", "2m", "--min-objects", "1")
    refused = program(*words, "--most-edges", "2")
    assert refused.code == 3
    assert "more than 2 edges; none was kept" in refused.err
    assert "--min-objects 2" in refused.err
    assert "--most-edges 20" in refused.err
    assert [one.name for one in Path().iterdir()] == ["shares.csv"]
    assert program(*words, "--most-edges", "3").code == 0


def test_an_imitated_tool_is_not_given_more_pairs_than_memory_holds(
    program: Run, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("undersight.engine.memory._SMALL", 100)
    monkeypatch.setattr("undersight.engine.memory.allowed_bytes", lambda: 200)
    monkeypatch.setattr("undersight.engine.compat.pairing.allowed_bytes", lambda: 200)
    refused = program("coaction", table, "--compat", "coortweet", "--out", "e.csv",
                      "--window", "2m")  # fmt: skip
    assert refused.code == 3
    assert "makes every pair: 2, and the memory here holds 1" in refused.err
    assert "narrower --window" in refused.err


def test_messages_by_place(program: Run, table: Path) -> None:
    table.write_text(
        "id,who,name,again,answers,text,when,links\n"
        "1,vask,V,,p,so,10,\n2,tirren,T,,p,so,11,\n3,vask,V,r,,RT,12,\n",
        "utf-8",
    )
    done = program("coaction", table, "--compat", "cnt", "--set", "type=co_reply",
                   "--set", "min_edge_weight=1", "--out", "e.csv")  # fmt: skip
    assert done.code == 0, done.err
    assert [(r["source"], r["target"]) for r in rows_of("e.csv")] == [
        ("tirren", "vask"),
        ("vask", "tirren"),
    ]


def test_the_command_knows_every_tool() -> None:
    assert tuple(tool.tool_id for tool in TOOLS) == COMPAT
