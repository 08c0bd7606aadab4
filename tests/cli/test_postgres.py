"""The same day on a team's PostgreSQL server."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.cli.conftest import Run

pytestmark = pytest.mark.postgres
CLEAR_LINES = 2  # the sentence and its hint
ANSWERS = ("--answer", "ALL=no_risk", "--note", "invented people")


def test_a_day_on_a_server(
    program: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgres_database_url: str
) -> None:
    team = tmp_path / "team"
    made = program("init", team, "--plain", "--jurisdiction", "QV",
                   "--casebook-url", postgres_database_url)  # fmt: skip
    assert made.code == 0, made.err
    monkeypatch.chdir(team)
    added = program("incident", "add", "--who", "Əli Vəliyev", "--what", "detention", "--when",
                    "2031-05-02", "--source", "Sarnak Press", "--line", "Detained in Sarnak",
                    "--json")  # fmt: skip
    assert added.code == 0, added.err
    entry = added.json[0]["id"]
    assert program("incident", "update", entry, "--note", "Released.").code == 0
    assert program("search", "велиев", "--json").json["total"] >= 1
    assert program("incident", "publish", entry, *ANSWERS).code == 0
    for format_id in ("csv", "jsonl", "ftm", "stix", "atom"):
        out = program("export", format_id, "--out", tmp_path / f"out-{format_id}")
        assert out.code == 0, out.err
    assert program("report", "site", "--out", tmp_path / "site").code == 0
    laptop = tmp_path / "laptop"
    assert program("init", laptop, "--plain", "--jurisdiction", "QV").code == 0
    line = program("-w", laptop, "staff", "show", "--json").json["line"]
    mine = program("staff", "show", "--json").json["line"]
    assert program("staff", "add", line).code == 0
    assert program("-w", laptop, "staff", "add", mine).code == 0
    assert program("share", "--out", tmp_path / "bundle").code == 0
    merged = program("-w", laptop, "merge", tmp_path / "bundle", "--json")
    assert merged.code == 0, merged.err
    assert merged.json["applied"] == merged.json["read"]
    shown = [program("-w", f, "incident", "show", entry, "--json").json for f in (team, laptop)]
    assert shown[0] == shown[1]
    person = program("party", "list", "--kind", "individual", "--json").json[0]["party_id"]
    assert program("withdraw", person, "--why", "asked", "--yes").code == 0
    assert program("search", "veliyev", "--json").json["total"] == 0
    assert program("verify", "--deep").code == 0
    refused = program("backup", tmp_path / "backup")
    assert refused.code == 2
    assert "pg_dump" in refused.err


def sql(url: str, statement: str) -> None:
    """Say something to the server, as whoever runs it would."""
    name = sa.make_url(url).database
    engine = sa.create_engine(
        sa.make_url(url).set(database="postgres"),
        isolation_level="AUTOCOMMIT",
        poolclass=sa.NullPool,
    )
    with engine.connect() as connection:
        connection.execute(sa.text(statement.format(name=name)))


@pytest.fixture
def team(
    program: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgres_database_url: str
) -> Path:
    """A team's workspace with two entries, entered."""
    folder = tmp_path / "team"
    made = program("init", folder, "--plain", "--jurisdiction", "QV",
                   "--casebook-url", postgres_database_url)  # fmt: skip
    assert made.code == 0, made.err
    monkeypatch.chdir(folder)
    for who, what in (("Əli Vəliyev", "detention"), ("Ali Veliyev", "summons")):
        added = program("incident", "add", "--who", who, "--what", what, "--when", "2031-05-02",
                        "--line", f"{what} in Sarnak")  # fmt: skip
        assert added.code == 0, added.err
    return folder


def test_a_server_that_may_only_be_read_is_read_and_nothing_leaves_unnoted(
    program: Run, team: Path, postgres_database_url: str
) -> None:
    sql(postgres_database_url, "ALTER DATABASE {name} SET default_transaction_read_only = on")
    reading: tuple[tuple[str, ...], ...] = (
        ("incident", "list"), ("board",), ("search", "veliyev"), ("history",),
    )  # fmt: skip
    for words in reading:
        assert program(*words).code == 0, words
    for words in (
        ("incident", "add", "--who", "X", "--what", "detention", "--when", "2031", "--line", "z"),
        ("export", "csv", "--out", "tables", "--audience", "internal"),
        ("report", "site", "--out", "site"),
    ):
        refused = program(*words)
        assert refused.code == 5, refused.out
        assert "may not be written" in refused.err
        assert len(refused.err.strip().splitlines()) == CLEAR_LINES
    assert not (team / "tables").exists()
    assert not (team / "site").exists()
    assert len(program("incident", "list", "--json").json) == 2


def test_the_id_of_a_merged_party_leads_to_the_one_that_stands(program: Run, team: Path) -> None:
    listed = program("party", "list", "--kind", "individual", "--json").json
    kept, other = (one["party_id"] for one in listed)
    assert program("party", "merge", kept, other, "--same", "--why", "one man").code == 0
    assert kept in program("party", "show", other).out
    edited = program("incident", "edit", other, "--set", "gender=m", "--why", "x")
    assert edited.code == 3
    assert kept in edited.err
    assert len(edited.err.strip().splitlines()) <= CLEAR_LINES
    found = program("search", "veliyev", "--kind", "party", "--json").json
    assert {hit["merged_into"] for hit in found["hits"]} <= {"", kept, None}
    out = program("export", "jsonl", "--out", "whole.jsonl", "--audience", "internal")
    assert out.code == 0, out.err
    held = (team / "whole.jsonl").read_text(encoding="utf-8")
    assert f'"party":"{other}"' not in held
    assert f'"party":"{kept}"' in held


def test_a_database_in_use_belongs_to_the_workspace_that_made_it(
    program: Run, team: Path, tmp_path: Path, postgres_database_url: str
) -> None:
    second = program("init", tmp_path / "second", "--plain", "--casebook-url",
                     postgres_database_url)  # fmt: skip
    assert second.code == 2, second.out
    assert "belongs to another workspace" in second.err
    assert "passphrase" not in second.err
    assert len(second.err.strip().splitlines()) <= CLEAR_LINES + 1
