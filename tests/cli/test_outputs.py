"""Publishing, the site, exports, documents, takedowns, imports and drafts by command."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from undersight.cli import demo

LOG = """Activist jailed for thirty days [Updated June 5]

On June 3, Nurlan Sarlı was detained by plain-clothes officers in Sarnak. A local court sentenced \
him to 30 days of administrative detention on June 4, Sarnak Press reported.


Page of a newsroom hijacked

On May 20, the newsroom Dalğa TV had its Facebook page hacked. It lost 5,000 followers.
"""
ANSWERS = ("--answer", "ALL=no_risk", "--note", "invented people")


@pytest.fixture
def published(program: Run, entry: str) -> str:
    done = program("incident", "publish", entry, *ANSWERS, "--json")
    assert done.code == 0, done.err
    public_id: str = done.json[0]["public_id"]
    return public_id


def test_publication_asks_first(program: Run, log: Path) -> None:
    added = program("incident", "add", "--what", "questioning", "--when", "2031-05", "--line",
                    "A pupil of 15 was questioned; call 050 123 45 67", "--json")  # fmt: skip
    entry = added.json[0]["id"]
    refused = program("incident", "publish", entry)
    assert refused.code == 3
    assert "--answer" in refused.err
    assert program("export", "jsonl", "--out", "x.jsonl").code == 0
    assert "pupil" not in Path("x.jsonl").read_text("utf-8"), "still internal"
    assert program("incident", "publish", entry, *ANSWERS).code == 0


@pytest.mark.long
def test_a_published_name_is_masked_until_agreed(program: Run, published: str) -> None:
    assert published.startswith("QV-")
    assert program("report", "site", "--out", "public").code == 0
    pages = "".join(p.read_text("utf-8") for p in Path("public").rglob("*.html"))
    assert "Oskelde" not in pages
    person = program("party", "list", "--kind", "individual", "--json").json[0]["party_id"]
    without = program("party", "name", person, "--consent", "name")
    assert without.code == 3, "the question about retaliation must be answered"
    named = program("party", "name", person, "--consent", "name", "--retaliation", "none expected")
    assert named.code == 0, named.err
    assert program("incident", "publish", published, *ANSWERS).code == 0
    assert program("report", "site", "--out", "public").code == 0
    pages = "".join(p.read_text("utf-8") for p in Path("public").rglob("*.html"))
    assert "Oskelde" in pages
    assert program("party", "name", person, "--withhold", "asked").code == 0
    program("incident", "publish", published, *ANSWERS)
    assert program("report", "site", "--out", "public").code == 0
    pages = "".join(p.read_text("utf-8") for p in Path("public").rglob("*.html"))
    assert "Oskelde" not in pages


def test_one_entry_as_html_and_markdown(program: Run, published: str) -> None:
    html = program("report", "entry", published)
    assert html.code == 0, html.err
    assert "<h" in html.out
    (taken,) = program("account", "taken", "--json").json
    assert taken["bytes"] >= len(html.out)  # what a pipe takes leaves too
    markdown = program("report", "entry", published, "--as", "markdown", "--out", "entry.md")
    assert markdown.code == 0, markdown.err
    assert Path("entry.md").read_text("utf-8").startswith("#")


@pytest.mark.pdf
def test_a_pdf(program: Run, published: str) -> None:
    pytest.importorskip("typst")
    assert program("report", "pdf", published, "--out", "entry.pdf").code == 0
    assert Path("entry.pdf").read_bytes().startswith(b"%PDF")
    period = program("report", "pdf", "--from", "2031-01-01", "--to", "2031-12-31",
                     "--out", "year.pdf")  # fmt: skip
    assert period.code == 0, period.err


def test_an_entry_nobody_opened_is_not_shown(program: Run, entry: str) -> None:
    refused = program("report", "entry", entry)
    assert refused.code == 3
    assert "not visible to public" in refused.err


@pytest.mark.parametrize("format_id", ["csv", "jsonl", "ftm", "stix", "atom"])
def test_every_export(program: Run, published: str, format_id: str) -> None:
    made = program("export", format_id, "--out", f"out-{format_id}", "--json")
    assert made.code == 0, made.err
    assert made.json["files"]
    again = program("export", format_id, "--out", f"again-{format_id}")
    assert again.code == 0, again.err
    for path in made.json["files"]:
        twin = Path(str(path).replace(f"out-{format_id}", f"again-{format_id}"))
        assert Path(path).read_bytes() == twin.read_bytes()


def test_an_export_taken_in_gives_the_same_casebook(
    program: Run, published: str, tmp_path: Path
) -> None:
    out = tmp_path / "whole.jsonl"
    assert program("export", "jsonl", "--out", out, "--audience", "internal").code == 0
    twin = tmp_path / "twin"
    assert program("init", twin, "--plain", "--jurisdiction", "QV").code == 0
    taken = program("-w", twin, "import", out, "--json")
    assert taken.code == 0, taken.err
    assert taken.json[0]["stored"] == taken.json[0]["read"]
    shown = [program("-w", f, "incident", "show", published, "--json").json for f in (".", twin)]
    assert shown[0] == shown[1]
    again = program("-w", twin, "import", out, "--json").json[0]
    assert (again["stored"], again["duplicates"]) == (0, again["read"])
    lines = out.read_bytes().split(b"\n")
    out.write_bytes(b"\n".join(lines[:-2]) + b"\n")
    cut = program("-w", twin, "import", out)
    assert cut.code == 3
    assert "nothing was stored" in cut.err


def test_takedowns(program: Run, log: Path, tmp_path: Path) -> None:
    indicators = tmp_path / "indicators.csv"
    indicators.write_text(
        "indicator_type,indicator_value,comment,ds\n"
        "domain_name,news-sarnak[.]example,copy of a newsroom,2031-06-01\n", "utf-8",
    )  # fmt: skip
    added = program("takedown", "add", "--name", "Network of June", "--reporter", "Platform P",
                    "--published", "2031-06", "--accounts", "589", "--pages", "7906",
                    "--attributed-to", "a youth union", "--indicators", indicators,
                    "--json")  # fmt: skip
    assert added.code == 0, added.err
    assert added.json["indicators"] == 1
    (line,) = program("takedown", "list", "--json").json
    assert line["removed"]["accounts"] == "589"
    shown = program("takedown", "show", line["takedown_id"]).out
    assert shown.splitlines()[1] == "Platform P June 2031"
    assert "news-sarnak[.]example" in shown
    bad = program("takedown", "add", "--name", "x", "--indicators", "-",
                  stdin=b"indicator_type,indicator_value\nnonsense,x\n")  # fmt: skip
    assert bad.code == 3
    assert len(program("takedown", "list", "--json").json) == 1


def test_a_draft_stores_nothing_and_its_json_is_the_contract(program: Run, log: Path) -> None:
    from undersight.model.draft import Draft

    made = program("incident", "draft", "-", "--context-date", "2031-06-06", "--json",
                   stdin=LOG.encode("utf-8"))  # fmt: skip
    assert made.code == 0, made.err
    draft = Draft.from_json(made.json, n_characters=len(LOG))
    assert len(draft.entries) == 2
    assert draft.entries[0].updated == "2031-06-05"
    assert program("incident", "list", "--json").json == []
    words = program("incident", "draft", "-", stdin=LOG.encode("utf-8"))
    assert "Activist jailed" in words.out


@pytest.mark.long
def test_entries_from_a_draft(program: Run, log: Path) -> None:
    Path("log.txt").write_text(LOG, "utf-8")
    added = program("incident", "add", "--from-draft", "log.txt", "--context-date", "2031-06-06",
                    "--accept-all", "--json")  # fmt: skip
    assert added.code == 0, added.err
    assert len(added.json) == 2
    records = program("incident", "show", added.json[0]["id"], "--json").json["records"]
    assert records[0]["evidence"], "the text is sealed"
    assert program("verify", "--deep", "--json").json["objects_read"] == 1


@pytest.mark.long
def test_a_draft_that_is_entered_again_doubles_nothing(program: Run, log: Path) -> None:
    Path("log.txt").write_text(LOG, "utf-8")
    words = ("incident", "add", "--from-draft", "log.txt", "--context-date", "2031-06-06",
             "--accept-all", "--json")  # fmt: skip
    first = program(*words).json
    again = program(*words)
    assert again.json == []
    assert first[0]["id"] in again.err
    Path("log.txt").write_text(f"Another blogger was fined on 9 June 2031.\n\n{LOG}", "utf-8")
    grown = program(*words)
    assert len(grown.json) == 1, "only what was added above"
    assert len(program("incident", "list", "--json").json) == len(first) + 1


def test_a_table_comes_in_whole_or_not_at_all(program: Run, log: Path) -> None:
    Path("cases.csv").write_text(
        "date,name,type,place,remarks\n2031-05-02,Nurlan Sarlı,detention,Sarnak,first\n"
        "2031-02-31,Aydan Sarlı,detention,Sarnak,second\n", "utf-8",
    )  # fmt: skip
    refused = program("import", "cases.csv", "--yes")
    assert refused.code == 3
    assert "28 days" in refused.err
    assert program("incident", "list", "--json").json == []
    taken = program("import", "cases.csv", "--yes", "--allow-issues", "--json")
    assert taken.code == 0, taken.err
    (result,) = taken.json
    assert result["read"] == result["ready"] + result["duplicates"] + result["rejected"]
    assert result["stored"] == 1
    again = program("import", "cases.csv", "--yes", "--allow-issues", "--json").json[0]
    assert (again["stored"], again["duplicates"]) == (0, 1)


def test_a_feed_comes_in_as_text(program: Run, log: Path) -> None:
    Path("feed.rss").write_text(
        '<?xml version="1.0"?><rss version="2.0"><channel><title>x</title><item><title>Blogger '
        "questioned</title><description>On May 2 a blogger was questioned.</description>"
        "<pubDate>Sat, 03 May 2031 10:00:00 GMT</pubDate></item></channel></rss>", "utf-8",
    )  # fmt: skip
    needs = program("import", "feed.rss")
    assert needs.code == 3
    assert "--text-only" in needs.err
    assert program("import", "feed.rss", "--text-only", "--json").json[0]["stored"] == 1
    assert program("import", "feed.rss", "--text-only", "--json").json[0]["duplicates"] == 1


def test_sources_are_listed_by_id_and_backed_up(
    program: Run, log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("eleven paper boats\n", "utf-8")
    monkeypatch.setenv("UNDERSIGHT_SOURCES_PASSPHRASE_FILE", str(secret))
    source_id = program("source", "add", "--name", "Somebody").out.strip()
    listed = program("source", "list", "--json")
    assert listed.json == [source_id]
    assert program("source", "backup", "--out", "copy.sealed").code == 0
    assert b"Somebody" not in Path("copy.sealed").read_bytes()


def test_staff_are_listed(program: Run, log: Path) -> None:
    assert "No colleagues yet" in program("staff", "list").out


@pytest.mark.long
@pytest.mark.timeout(400)
def test_the_demo(program: Run, tmp_path: Path) -> None:
    made = program("demo", tmp_path / "demo", "--json")
    assert made.code == 0, made.err
    found = json.loads(made.out)
    assert Path(found["site"]).is_file()
    assert found["entries"] >= 10
    assert found["drafted"] >= 4
    assert found["crowd"]["found"] == ["facade-pages", "link-farm"]
    assert (found["crowd"]["missed"], found["crowd"]["false"]) == ([], 0)
    assert Path(found["report"]).is_file()
    for path in found["exports"]:
        assert Path(path).exists()
    assert program("-w", tmp_path / "demo", "verify").code == 0
    again = program("demo", tmp_path / "demo")
    assert again.code == 3


def test_each_step_is_told_without_content(program: Run, log: Path, tmp_path: Path) -> None:
    table = tmp_path / "Tarvin.csv"
    table.write_text("date,victim,act\n2031-05-02,Tarvin Oskelde,questioning\n", encoding="utf-8")
    told = program("--verbose", "import", table, "--yes")
    assert told.code == 0, told.err
    assert "undersight.vault.objects vault.put n_bytes=" in told.err
    assert "Tarvin" not in "".join(x for x in told.err.splitlines() if " INFO " in x)
    assert " INFO " not in program("import", table, "--yes").err


@pytest.mark.long
def test_an_export_with_merged_and_withdrawn_people_can_be_taken_in(
    program: Run, published: str, tmp_path: Path
) -> None:
    again = program("incident", "add", "--who", "Tarvin Oskelde", "--what", "fine", "--when",
                    "2031-06", "--line", "Fined", "--json")  # fmt: skip
    people = [p["party_id"] for p in program("party", "list", "--json").json
              if p["names"] == ["Tarvin Oskelde"]]  # fmt: skip
    assert program("party", "merge", *people, "--why", "one person").code == 0
    twin, out = tmp_path / "twin", tmp_path / "whole.jsonl"
    for name in ("merged", "withdrawn"):
        assert program("export", "jsonl", "--out", out, "--audience", "internal").code == 0
        assert program("init", twin / name, "--plain", "--jurisdiction", "QV").code == 0
        taken = program("-w", twin / name, "import", out)
        assert taken.code == 0, taken.err
        shown = program("-w", twin / name, "incident", "show", again.json[0]["id"])
        assert ("Tarvin Oskelde" in shown.out) == (name == "merged")
        assert "fine, June 2031" in shown.out
        if name == "merged":
            assert program("withdraw", people[0], "--why", "asked", "--yes").code == 0


def test_a_table_read_wrongly_is_taken_back_and_read_again(program: Run, entry: str) -> None:
    Path("cases.csv").write_text("name,date,type\nRavin Dargaly,2031-05-04,detention\n", "utf-8")
    n_before = len(program("incident", "list", "--json").json)
    for _ in range(2):
        assert program("import", "cases.csv", "--yes", "--json").json[0]["stored"] == 1
        taken = program("import", "cases.csv", "--take-back")
        assert (taken.code, taken.out.strip()) == (0, "cases.csv: 1 entries taken back")
        assert len(program("incident", "list", "--json").json) == n_before
    nothing = program("import", "cases.csv", "--take-back")
    assert nothing.code == 3
    assert "corpus undo" in nothing.err
    assert entry


def test_the_demo_names_the_program_as_it_can_be_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", [".venv/bin/undersight", "demo"])
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert demo._program() == ".venv/bin/undersight"
    monkeypatch.setattr(shutil, "which", lambda _: "/usr/bin/undersight")
    assert demo._program() == "undersight"
    monkeypatch.setattr(sys, "argv", ["__main__.py"])
    assert demo._program() == "undersight"
