"""A comment section counted on the command line: a pasted file, a corpus, bad words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

NAMES = ("Ravin Oltar", "Mirel Dast", "Anvar Belik", "Selda Qoran", "Tomir Vasil", "Kelan Tarn")
SAYS = ("Paid by foreign centres, all of them", "Ask Mirel Dast, @mirel_d knows", "Stay strong")


def pasted(n_comments: int) -> str:
    lines = ["Most relevant"]
    for n in range(n_comments):
        lines += [
            NAMES[n % len(NAMES)],
            SAYS[n % 3],
            f"{1 + n % 9} h",
            "Like",
            "Reply",
            str(n % 40 + 1),
        ]
    return "\n".join(lines) + "\n"


@pytest.fixture
def section(tmp_path: Path) -> Path:
    path = tmp_path / "copied.txt"
    path.write_text(pasted(300), encoding="utf-8")
    return path


@pytest.mark.long
def test_300_pasted_comments_in_one_command_without_a_workspace(
    program: Run, section: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    out = tmp_path / "sheet.html"
    ran = program("target", section, "--seen", "2031-05-02T14:00:00", "--out", out)
    assert ran.code == 0, ran.err
    assert "300 comments" in ran.out
    assert "choice of comments" in ran.out, "sampling is told"
    assert "interval" in ran.out
    assert "Cannot tell: The file does not say whether an account is a page" in ran.out
    page = out.read_text(encoding="utf-8")
    for text in (ran.out, page):
        assert not any(name in text for name in NAMES), "names are masked, in texts too"
        assert "mirel_d" not in text
        assert "Paid by foreign centres" in text
    assert sorted(one.name for one in tmp_path.iterdir()) == ["copied.txt", "sheet.html"]

    shown = program("target", section, "--json", "--top", "10").json
    assert shown["n_comments"] == 300
    assert shown["n_top"] == 10
    assert shown["kinds"][0]["comments"]["low"] < 1
    assert shown["reconciled"]["read"] == 300
    assert "300 comments" in shown["paragraph"]
    assert shown["n_accounts"] == len(NAMES)


@pytest.mark.long
def test_the_same_file_gives_the_same_bytes(program: Run, section: Path, tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        program("target", section, "--out", tmp_path / name)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_standard_input_is_read_and_few_comments_are_too_little(program: Run) -> None:
    ran = program("target", "-", stdin=pasted(12).encode())
    assert ran.code == 0, ran.err
    assert "Not enough" in ran.out
    assert "12 comments" in ran.out
    # Several commands may run in one process: each reads what stands there now.
    assert "7 comments" in program("target", "-", stdin=pasted(7).encode()).out


def test_a_post_of_the_corpus_and_its_page(program: Run, log: Path, tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": f"c{n}", "account_id": f"u{n % 30}", "post_id": f"{500 + n % 2}",
                    "page_id": "sarnakpress", "time": f"2031-05-0{1 + n % 2}T10:00:{n % 60:02d}Z",
                    "text": f"Comment number {n % 7} of Qaravel"})
        for n in range(80)
    ]  # fmt: skip
    path = tmp_path / "comments.ndjson"
    path.write_text("\n".join(lines), encoding="utf-8")
    done = program(
        "import", path, "--as", "posts-table", "--platform", "facebook", "--map", "id=post_id",
        "--map", "account_id=account_id", "--map", "post_id=root_id",
        "--map", "page_id=target_id", "--map", "time=time", "--map", "text=text",
    )  # fmt: skip
    assert done.code == 0, done.err
    post = program("target", "facebook:501", "--json")
    assert post.code == 0, post.err
    assert post.json["kind"] == "post"
    assert post.json["n_comments"] == 40
    assert post.json["newcomers"]["n_earlier_posts"] == 1
    page = program("target", "sarnakpress")
    assert page.code == 0, page.err
    assert "80 comments" in page.out
    assert "sarnakpress" not in page.out
    assert program("target", "facebook:500", "--lang", "ru").code == 0


def test_words_that_cannot_be_meant_are_answered_in_one_line(
    program: Run, log: Path, tmp_path: Path
) -> None:
    odd = tmp_path / "odd.bin"
    odd.write_bytes(b"\0\1\2" * 100)
    text = tmp_path / "prose.txt"
    text.write_text("No comments here.\n", encoding="utf-8")
    posts = tmp_path / "posts.ndjson"
    posts.write_text('{"account_id": "u1", "text": "A post", "time": 1935583200, "id": "p1"}\n',
                     encoding="utf-8")  # fmt: skip
    for words, code in (
        (["target", "nowhere"], 3),
        (["target", odd], 3),
        (["target", text], 3),
        (["target", odd, "--as", "no-such-format"], 3),
        (["target", text, "--top", "0"], 2),
        (["target", text, "--lang", "xx"], 3),
        (["target", posts, "--as", "posts-table", "--platform", "x", "--map", "id=post_id",
          "--map", "account_id=account_id", "--map", "text=text", "--map", "time=time"], 3),
    ):  # fmt: skip
        ran = program(*words)
        assert ran.code == code, (words, ran.err)
        assert "bug" not in ran.err
        assert ran.err.strip()
