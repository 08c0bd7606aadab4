"""The same day on a team's PostgreSQL server."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.postgres
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
