"""Web archives on the command line."""

from __future__ import annotations

import json
from pathlib import Path

from tests.archives.built import FIRST, Saved, Wacz, built_key, warc
from tests.cli.conftest import Run


def test_check_pages_and_extract(program: Run, tmp_path: Path) -> None:
    picture = Saved("https://example.qv/a.jpg", body=b"\xff\xd8\xff", mime="image/jpeg")
    file = tmp_path / "page.wacz"
    file.write_bytes(Wacz(saved=(FIRST, picture)).raw())
    good = program("archive", "check", file)
    assert good.code == 0, good.err
    assert "WACZ: 5 files, 2 records, 2 pages" in good.out
    assert built_key() in good.out
    assert program("archive", "check", file, "--signed-by", built_key()).code == 0
    assert program("archive", "check", file, "--signed-by", "00").code == 1
    pages = program("archive", "pages", file, "--json").json
    assert [page["url"] for page in pages] == [FIRST.url, picture.url]
    assert FIRST.url in program("archive", "pages", file).out
    read = program("archive", "extract", file, "--out", tmp_path / "out", "--json").json
    assert read["rows"][0]["locator"] == "archive/data.warc.gz@0"
    assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == [".html", ".jpg"]
    assert "1 rows, 0 of them comments; 2 files" in program("archive", "extract", file).out


def test_a_broken_archive_is_told_by_name(program: Run, tmp_path: Path) -> None:
    file = tmp_path / "page.wacz"
    file.write_bytes(Wacz(unlisted={"extra": b""}).raw())
    ran = program("archive", "check", file)
    assert ran.code == 1
    assert "BROKEN    member-unlisted" in ran.out
    found = program("archive", "check", file, "--json").json
    assert [one["code"] for one in found["problems"]] == ["member-unlisted"]


def test_pages_of_a_bare_warc(program: Run, tmp_path: Path) -> None:
    file = tmp_path / "page.warc.gz"
    file.write_bytes(warc(FIRST))
    assert program("archive", "pages", file, "--json").json[0]["where"] == "@0"


def json_text(value: object) -> str:
    return json.dumps(value)


def test_an_archive_is_imported_and_its_rows_lead_back(
    program: Run, log: Path, tmp_path: Path
) -> None:
    file = tmp_path / "page.wacz"
    file.write_bytes(Wacz().raw())
    ran = program("import", file, "--json")
    assert ran.code == 0, ran.err
    assert (ran.json[0]["format"], ran.json[0]["stored"], ran.json[0]["notes"]) == (
        "web-archive", 2, [])  # fmt: skip
    file.write_bytes(Wacz(unlisted={"extra": b"x"}).raw())
    (broken,) = program("import", file, "--json").json[0]["notes"]
    assert "member-unlisted" in json_text(broken)


def test_what_is_no_archive_gets_one_line(program: Run, tmp_path: Path) -> None:
    file = tmp_path / "page.wacz"
    file.write_bytes(b"text")
    for words in (("check", file), ("pages", file), ("extract", tmp_path / "nowhere.wacz")):
        ran = program("archive", *words)
        assert ran.code == 3
        assert ran.err.startswith("undersight: ")
        assert "Traceback" not in ran.err
