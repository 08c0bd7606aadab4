"""Two laptops, a withdrawal, a backup, a canary."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

CANARY = "Velzar Quontisk"


@pytest.fixture
def other(tmp_path: Path, program: Run, log: Path) -> Path:
    """A colleague's laptop; each has the other's line."""
    folder = tmp_path / "other"
    assert program("init", folder, "--plain", "--jurisdiction", "QV").code == 0
    mine = program("staff", "show", "--json").json["line"]
    theirs = program("-w", folder, "staff", "show", "--json").json["line"]
    assert program("staff", "add", theirs).code == 0
    assert program("-w", folder, "staff", "add", mine).code == 0
    return folder


def handed_over(program: Run, giver: Path, taker: Path, bundle: Path) -> dict[str, object]:
    shared = program("-w", giver, "share", "--out", bundle)
    assert shared.code == 0, shared.err
    merged = program("-w", taker, "merge", bundle, "--json")
    assert merged.code == 0, merged.err
    found: dict[str, object] = merged.json
    return found


def test_what_both_set_is_told_in_words_and_updates_of_both_are_no_conflict(
    program: Run, log: Path, other: Path, entry: str, tmp_path: Path
) -> None:
    handed_over(program, log, other, tmp_path / "b")
    act = next(r["record_id"] for r in program("incident", "show", entry, "--json").json["records"]
               if r["kind"] == "act")  # fmt: skip
    for folder, day in ((log, "2031-05-03"), (other, "2031-05-04")):
        for words in (
            ("incident", "edit", act, "--set", f"start={day}", "--why", "letter"),
            ("incident", "update", entry, "--note", f"News of {day}", "--on", day,
             "--source", f"Post {day}"),
        ):  # fmt: skip
            done = program("-w", folder, *words)
            assert done.code == 0, done.err
    assert program("share", "--out", tmp_path / "b").code == 0
    settings = other / "undersight.toml"
    settings.write_text(settings.read_text().replace('["en"]', '["ru", "en"]'))
    told = program("-w", other, "merge", tmp_path / "b")
    assert told.code == 0, told.err
    assert "{'" not in told.out
    lines = told.out.splitlines()
    (head,) = [n for n, line in enumerate(lines) if "Questioned over a post" in line]
    sides = lines[head + 1 : head + 4]
    assert [line.split()[-1] for line in sides[:2]] == ["2031-05-02", "2031-05-03"]
    assert "2031-05-04" in sides[2]
    assert f"incident edit {act} --set start=" in lines[head + 4]
    assert program("-w", other, "history", "--conflicts", "--json").json[0]["field"] == "start"
    assert len(program("-w", other, "history", "--conflicts", "--json").json) == 1
    shown = program("-w", other, "incident", "show", entry, "--json").json["records"][0]
    assert len(shown["sources"]) == 3


@pytest.mark.long
def test_both_edit_one_field_and_both_values_stand(
    program: Run, log: Path, other: Path, entry: str, tmp_path: Path
) -> None:
    bundle = tmp_path / "b"
    handed_over(program, log, other, bundle)
    for folder, level in ((log, "confirmed"), (other, "likely")):
        done = program("-w", folder, "incident", "edit", entry, "--set", f"verification={level}",
                       "--why", "mine")  # fmt: skip
        assert done.code == 0, done.err
    there = handed_over(program, log, other, bundle)
    here = handed_over(program, other, log, bundle)
    for report in (there, here):
        (conflict,) = report["conflicts"]  # type: ignore[misc]
        assert {c["value"] for c in conflict["candidates"]} == {"confirmed", "likely"}  # type: ignore[index]
    shown = [program("-w", f, "incident", "show", entry, "--json").json for f in (log, other)]
    assert shown[0] == shown[1]
    told = program("history", "--conflicts").out
    assert "shown meanwhile" in told
    assert "{'" not in told
    decided = program(
        "incident", "edit", entry, "--set", "verification=confirmed", "--why", "agreed"
    )
    assert decided.code == 0, decided.err
    assert program("history", "--conflicts", "--json").json == []
    handed_over(program, log, other, bundle)
    assert program("-w", other, "history", "--conflicts", "--json").json == []


def test_the_same_bundle_twice_changes_nothing(
    program: Run, log: Path, other: Path, entry: str, tmp_path: Path
) -> None:
    handed_over(program, log, other, tmp_path / "b")
    again = program("-w", other, "merge", tmp_path / "b", "--json").json
    assert again["applied"] == 0
    assert again["known"] == again["read"]


def test_a_stranger_s_bundle_is_refused(
    program: Run, log: Path, other: Path, tmp_path: Path
) -> None:
    me = program("staff", "show", "--json").json["staff_id"]
    assert program("-w", other, "staff", "remove", me).code == 0
    assert program("share", "--out", tmp_path / "b").code == 0
    refused = program("-w", other, "merge", tmp_path / "b")
    assert refused.code == 4
    assert "not among your colleagues" in refused.err


def test_a_changed_bundle_is_refused(program: Run, log: Path, other: Path, tmp_path: Path) -> None:
    assert program("share", "--out", tmp_path / "b").code == 0
    raw = bytearray((tmp_path / "b").read_bytes())
    raw[-20] ^= 1
    (tmp_path / "b").write_bytes(bytes(raw))
    refused = program("-w", other, "merge", tmp_path / "b")
    assert refused.code in (3, 4)
    assert "Traceback" not in refused.err


def files_with(folder: Path, text: str) -> list[str]:
    needle = text.encode("utf-8")
    return [str(p) for p in folder.rglob("*") if p.is_file() and needle in p.read_bytes()]


def test_a_withdrawn_person_is_nowhere(
    program: Run, log: Path, other: Path, tmp_path: Path
) -> None:
    added = program("incident", "add", "--who", CANARY, "--what", "detention", "--when", "2031-05",
                    "--line", f"{CANARY} was detained")  # fmt: skip
    assert added.code == 0, added.err
    bundle, backup = tmp_path / "b", tmp_path / "backup"
    handed_over(program, log, other, bundle)
    assert program("backup", backup).code == 0
    assert files_with(log, CANARY)
    party = program("party", "list", "--kind", "individual", "--json").json[0]["party_id"]
    assert program("withdraw", party, "--why", "asked", "--yes").code == 0
    assert files_with(log, CANARY) == []
    assert program("backup", "--list", "--json").json[0]["erased_since"] > 0
    assert "STILL IN IT" in program("backup", "--list").out
    assert program("restore", backup, tmp_path / "before").code == 0
    assert files_with(tmp_path / "before", CANARY), "the older copy has it, as the list says"
    assert program("search", "quontisk", "--json").json["total"] == 0
    history = program("history", party).out
    assert "Quontisk" not in history
    assert program("backup", backup).code == 0
    assert program("backup", "--list", "--json").json[0]["erased_since"] == 0
    assert program("restore", backup, tmp_path / "after").code == 0
    assert files_with(tmp_path / "after", CANARY) == []
    assert program("share", "--out", bundle).code == 0
    told = program("-w", other, "merge", bundle).out
    assert "1 person was withdrawn by your colleague, and here too." in told
    assert files_with(other, CANARY) == []
    assert program("verify").code == 0
    assert program("-w", other, "verify").code == 0
    again = program("incident", "edit", party, "--set", "position=x", "--why", "y")
    assert again.code == 3
    assert "withdrawn" in again.err


def test_a_backup_restores_and_verifies(
    program: Run, log: Path, entry: str, tmp_path: Path
) -> None:
    done = program("backup", tmp_path / "backup", "--check", "--json")
    assert done.code == 0, done.err
    assert done.json["checked_changes"] > 0
    again = program("backup", tmp_path / "backup", "--json").json
    assert again["copied"] == 0
    restored = program("restore", tmp_path / "backup", tmp_path / "back")
    assert restored.code == 0, restored.err
    assert "Oskelde" in program("-w", tmp_path / "back", "incident", "show", entry).out
    (listed,) = program("backup", "--list", "--json").json
    assert listed["erased_since"] == 0
    assert listed["backup"] in program("backup", "--list").out
    assert program("backup").code == 2
    assert program("backup", "--forget", listed["backup"]).code == 0
    assert program("backup", "--forget", listed["backup"]).code == 3
    assert "No backup yet" in program("backup", "--list").out
    assert program("restore", tmp_path, tmp_path / "none").code == 4


def test_a_source_is_in_no_other_file(
    program: Run, log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("eleven paper boats\n", "utf-8")
    monkeypatch.setenv("UNDERSIGHT_SOURCES_PASSPHRASE_FILE", str(secret))
    added = program("source", "add", "--name", CANARY, "--contact", "by night")
    assert added.code == 0, added.err
    source_id = added.out.strip()
    assert CANARY in program("source", "show", source_id).out
    program("incident", "add", "--what", "detention", "--when", "2031", "--line", "x")
    program("backup", tmp_path / "backup")
    program("export", "jsonl", "--out", tmp_path / "out.jsonl", "--audience", "internal")
    assert program("restore", tmp_path / "backup", tmp_path / "restored").code == 0
    for folder in (log, tmp_path / "restored"):
        assert files_with(folder, CANARY) == []
    assert CANARY not in (tmp_path / "out.jsonl").read_text("utf-8")
    assert program("search", "quontisk", "--json").json["total"] == 0
    assert program("source", "remove", source_id, "--yes").code == 0


def test_an_edited_file_is_told(program: Run, log: Path, entry: str) -> None:
    import sqlite3

    with sqlite3.connect(log / "casebook.db") as connection:
        connection.execute("UPDATE change_log SET author = 'staff-zzzzzzzzzzzzzzzz' WHERE seq = 1")
    connection.close()
    ran = program("verify")
    assert ran.code == 4
    assert "BROKEN" in ran.out


def test_a_sealed_original_is_erased_for_good(program: Run, log: Path, tmp_path: Path) -> None:
    (tmp_path / "shot.txt").write_text(f"{CANARY} in a picture", "utf-8")
    digest = program("seal", tmp_path / "shot.txt", "--json").json["files"][0]["object"]
    assert program("backup", tmp_path / "backup").code == 0
    asked = program("erase", digest[:12], "--why", "asked")
    assert asked.code == 3
    assert "--yes" in asked.err
    assert program("erase", "f" * 12, "--why", "asked", "--yes").code == 3
    done = program("erase", digest[:12], "--why", "asked", "--yes")
    assert done.code == 0
    assert f"Erased: {digest}" in done.out
    assert files_with(log, CANARY) == []
    assert program("verify", "--deep").code == 0
    assert program("backup", "--list", "--json").json[0]["erased_since"] == 1
    assert program("backup", tmp_path / "backup").code == 0
    assert program("restore", tmp_path / "backup", tmp_path / "after").code == 0
    assert files_with(tmp_path / "after", CANARY) == []
