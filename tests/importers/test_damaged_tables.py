"""Damaged and hostile files: one clear line or an issue at its place; nothing is lost."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
import tracemalloc
import zlib
from pathlib import Path

import pytest

from tests.importers.files import zipped
from tests.importers.post_files import read_posts
from tests.importers.workbooks import cell, package
from undersight.errors import DamagedFileError, InputError
from undersight.importers.post_tables import header_of
from undersight.importers.posts_table import PostsTable
from undersight.model.corpus_rows import ColumnChoice
from undersight.model.intake import Issue

X = ColumnChoice(platform="x")
H = b"id,author_id,text,created_at\n"
R = b"1,a,hello,2031-05-04T12:00:00Z\n"


def outcome(raw: bytes) -> tuple[int, list[str], list[str]]:
    found = read_posts(PostsTable, raw, X)
    issues = found.issues
    return len(found.posts), [i.locator for i in issues], [i.reason for i in issues]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "empty"),
        (b"  \n\n", "empty"),
        (b"\0" * 100, "nothing but NUL"),
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "web page"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 50, "picture"),
        (b"PAR1" + b"x" * 100, "Parquet"),
        (zipped({"a.csv": H + R}), "ZIP file"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "old Office document"),
        (b"one line only\n", "header of two columns"),
        (b"[" * 100_000, "JSON"),
        (b'{"a":' * 100_000, "JSON object"),
        (gzip.compress(b"", mtime=0), "empty"),
    ],
)
def test_what_is_no_table_is_one_sentence(raw: bytes, said: str) -> None:
    with pytest.raises(DamagedFileError, match=said):
        read_posts(PostsTable, raw, X)


def test_a_header_alone_is_an_empty_table() -> None:
    assert outcome(H) == (0, [], [])


def test_a_cut_gzip_is_read_to_where_it_is_cut() -> None:
    raw = gzip.compress(H + b"".join(b"%d,a,t%d,2031-05-04\n" % (n, n * n) for n in range(9_000)))
    n_posts, _, reasons = outcome(raw[: len(raw) // 2])
    assert 3_000 < n_posts < 6_000
    assert "cut short" in reasons[-1]
    assert outcome(gzip.compress(H + R) + gzip.compress(R * 2)) == (3, [], [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r"])
def test_russian_in_each_encoding(encoding: str) -> None:
    line = "1;Иван;Сегодня в городе задержали ещё двух блогеров;12.03.2031 14:05\n"
    found = read_posts(PostsTable, ("id;автор;текст;дата\n" + line * 30).encode(encoding), X)
    assert {post.text for post in found.posts} == {line.split(";")[2]}
    assert len(found.posts) == 30


def test_turkish_in_its_old_encoding() -> None:
    line = "1;Şule;Gözaltına alınan gazeteciler için çağrı yapıldı ışık;12.03.2031 14:05\n"
    found = read_posts(PostsTable, ("id;yazar;yorum;tarih\n" + line * 30).encode("cp1254"), X)
    assert {post.text for post in found.posts} == {line.split(";")[2]}


def test_another_encoding_far_down_is_found_when_it_comes() -> None:
    late = "9,a,Сегодня задержали блогера,2031-05-04\n".encode("cp1251")
    found = read_posts(PostsTable, H + R * 4_000 + late * 3, X)
    assert found.posts[-1].text == "Сегодня задержали блогера"
    assert len(found.posts) == 4_003


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"2,a,\xff\xfe,2031\n", "not UTF-8; it begins at byte"),
        (b"2,a,x\0y,2031\n", "NUL bytes; it begins at byte"),
        (b'2,a,"open,2031\n', "quotation mark"),
        (b"2,a,b,c,2031\n", "5 cells, the header 4"),
        (b"2,a\n", "2 cells, the header 4"),
    ],
)
def test_a_bad_line_is_an_issue_and_its_neighbours_are_read(line: bytes, said: str) -> None:
    good = "1,a,Привет,2031-05-04T12:00:00Z\n".encode()
    n_posts, places, reasons = outcome(H + good * 3 + line + good * 3)
    assert (n_posts, places) == (6, ["line 5"])
    assert said in reasons[0]


def test_a_cut_last_line_is_said_to_be_one() -> None:
    assert outcome(H + R + b"2,a,he") == (
        1,
        ["line 3"],
        ["The last line is cut short; the file was not saved to its end."],
    )
    assert outcome(H + R + b"2,a,hello,2031-05-04")[0] == 2


def test_lines_over_16_mib_are_one_issue_each_and_memory_stays_small() -> None:
    long = b"5,a," + b"z" * (17 * 1024**2) + b",2031\n"
    stream = io.BytesIO(H + R + long + R)
    tracemalloc.start()
    parts = list(PostsTable().parse(stream, X))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    issues = [part for part in parts if isinstance(part, Issue)]
    place = len(H + R)
    assert [(i.locator, i.reason) for i in issues] == [
        ("line 3", f"The line is longer than 16 MiB; it begins at byte {place}.")
    ]
    assert len(parts) == 3
    assert peak < 100 * 1024**2


def test_a_decompression_bomb_is_refused() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = [packer.compress(H)] + [packer.compress(bytes(1024**2)) for _ in range(48)]
    with pytest.raises(InputError, match="bomb"):
        read_posts(PostsTable, b"".join([*parts, packer.flush()]), X)


HEADER_ROW = "".join(
    cell(f"{'ABCD'[place]}1", name)
    for place, name in enumerate(("id", "author_id", "text", "date"))
)


def test_workbooks_that_would_swell_are_refused() -> None:
    far = package(f'<row r="1">{HEADER_ROW}</row><row r="1048576">{cell("XFD1048576", "x")}</row>')
    with pytest.raises(DamagedFileError, match="spans 1048576 rows"):
        read_posts(PostsTable, far, X)
    refer = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(2, 900))
    swollen = package(f'<row r="1">{HEADER_ROW}</row>{refer}', f"<si><t>{'q' * 1024**2}</t></si>")
    with pytest.raises(DamagedFileError, match="repeats its texts"):
        read_posts(PostsTable, swollen, X)
    with pytest.raises(DamagedFileError, match="cut short"):
        read_posts(PostsTable, far[:-50], X)


def test_json_lines_that_break_are_issues() -> None:
    good = b'{"id":"1","author_id":"a","text":"x","created_at":"2031-05-04"}\n'
    deep = b'{"id":' + b"[" * 50_000 + b"]" * 50_000 + b"}\n"
    half = b'{"id":"2","author_id":"a","text":"\\ud83d","created_at":"2031-05-04"}\n'
    n_posts, places, _ = outcome(good + deep + b"oops\n" + half + good + b'{"id":')
    assert (n_posts, places) == (2, ["line 2", "line 3", "line 4", "line 6"])


def test_a_broken_array_is_read_to_where_it_breaks() -> None:
    item = '{"id":"1","author_id":"a","text":"x"}'
    n_posts, places, _ = outcome(f"[{item},\n {item}, oops]".encode())
    assert (n_posts, places) == (2, ["/2"])
    assert outcome(f"[{item}".encode())[0] == 1


def test_read_is_records_and_rejected_whatever_the_damage() -> None:
    lines = [R, b"2,a\n", b'3,a,"x\n', b"4,a,\xff,5\n", b"\n", R]
    found = read_posts(PostsTable, H + b"".join(lines * 40), X)
    rejected = [issue for issue in found.issues if not issue.column]
    assert len(found.posts) == 3 * 40
    assert len(rejected) == 2 * 40


def test_headers_are_seen_in_packed_and_wide_text() -> None:
    names = ("id", "author_id", "text", "created_at")
    assert header_of(gzip.compress(H + R)) == names
    assert header_of((H + R).decode().encode("utf-16")) == names
    assert header_of(b"title line\n\n" + H) == names


A_MILLION = """
import io
from tests.importers.test_damaged_tables import H, X, Issue, PostsTable
from tests.peak_memory import peak_mib

stream = io.BytesIO(H + b"x,y\\n" * 1_000_000)
before = peak_mib()
n_issues = sum(1 for part in PostsTable().parse(stream, X) if isinstance(part, Issue))
print(n_issues, peak_mib() - before)
"""


@pytest.mark.long
def test_a_million_bad_rows_are_a_million_issues_in_little_memory() -> None:
    done = subprocess.run(
        [sys.executable, "-c", A_MILLION], capture_output=True, check=True, text=True,
        encoding="utf-8", cwd=Path(__file__).parents[2],
    )  # fmt: skip
    n_issues, grown_mib = map(int, done.stdout.split())
    assert n_issues == 1_000_000
    assert grown_mib < 64, "what is read ahead, however many rows follow"
