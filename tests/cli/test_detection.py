"""From a file of comments to a judged finding, on the command line."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, Run
from tests.detectors import crowds
from undersight.cli.detect import _finding_line
from undersight.cli.findings import _times


@pytest.fixture
def comments(tmp_path: Path) -> Path:
    """A table of comments: people with habits, and seven pages that come together."""
    crowd = crowds.organic(1, n_accounts=50, n_pages=2, n_comments=400)
    crowds.plant_crew(crowd, 2, n_accounts=7, n_posts=10)
    path = tmp_path / "comments.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["comment_id", "account_id", "post_id", "page_id", "time", "text"])
        for row in crowd.posts:
            if row["kind"] == "comment":
                moment = dt.datetime.fromtimestamp(row["published_us"] // crowds.S, dt.UTC)
                ids = (
                    row[name].partition(":")[2] for name in ("account_id", "root_id", "target_id")
                )
                table.writerow([row["post_id"].partition(":")[2], *ids, moment.isoformat(), "Aha"])
    return path


def brought_in(program: Run, path: Path) -> Ran:
    return program(
        "import", path, "--as", "posts-table", "--platform", "facebook",
        "--map", "comment_id=post_id", "--map", "account_id=account_id",
        "--map", "post_id=root_id", "--map", "page_id=target_id",
        "--map", "time=time", "--map", "text=text", "--json",
    )  # fmt: skip


@pytest.mark.long
def test_a_crew_is_found_shown_and_judged(program: Run, log: Path, comments: Path) -> None:
    done = brought_in(program, comments)
    assert done.code == 0, done.err
    ran = program("detect", "co-comment", "--set", "views=post", "--json")
    assert ran.code == 0, ran.err
    assert "pairs" in ran.err, "how much work it is, before it is done"
    (finding,) = ran.json["findings"]
    assert finding["n"]["accounts"] == 7
    assert finding["verdict"] == "co-timed"
    assert ran.json["looks"][0]["counts"]["n_rows"] > 400
    assert "crew" not in ran.out

    shown = program("findings")
    assert shown.code == 0, shown.err
    assert finding["finding_id"] in shown.out
    assert "Innocent explanations" in shown.out
    assert "crew" not in shown.out
    assert program("findings", ran.json["run_id"], "--json").json["findings"][0]["n"]

    listed = program("runs", "--json").json
    assert [line["run_id"] for line in listed] == [ran.json["run_id"]]
    assert ran.json["run_id"] in program("runs").out

    judged = program("judge", finding["finding_id"], "--verdict", "innocent", "--note", "newsroom")
    assert judged.code == 0, judged.err
    again = program("detect", "co-comment", "--set", "views=post")
    assert "1 earlier run" in again.out
    opinions = program("findings", "--json").json["findings"][0]["judgements"]
    assert [one["verdict"] for one in opinions] == ["innocent"]


def test_comments_without_times_are_too_little_to_tell(
    program: Run, log: Path, tmp_path: Path
) -> None:
    table = tmp_path / "timeless.csv"
    table.write_text(
        "account_id,post_id,text\n" + "".join(f"a{n},p{n},Aha {n}\n" for n in range(6)),
        encoding="utf-8",
    )
    assert program("import", table, "--as", "posts-table", "--platform", "facebook").code == 0
    ran = program("detect", "co-comment", "co-text")
    assert ran.code == 0, ran.err
    assert ran.out.startswith("Nothing could be told: of 7 looks none"), ran.out
    assert "0 groups found" not in ran.out
    assert "Nothing could be told" in program("findings").out


@pytest.mark.parametrize("most", ["MOST_PAIRS", "LEAST_OF_MOST_TIES"])
def test_more_than_one_machine_should_take_is_given_up_and_said(
    program: Run, log: Path, comments: Path, monkeypatch: pytest.MonkeyPatch, most: str
) -> None:
    from undersight.detectors import looking

    assert brought_in(program, comments).code == 0
    monkeypatch.setattr(looking, most, 3)
    monkeypatch.setattr(looking, "BYTES_A_TIE", 1 << 50)  # else memory would decide
    ran = program("detect", "co-comment", "--window", "60s", "--set", "views=post")
    assert ran.code == 0, ran.err
    assert "given up, too many. Try a narrower --window" in ran.out
    assert ran.out.startswith("Nothing could be told: of 1 look none")


def test_pairs_that_can_be_no_tie_are_not_too_many(
    program: Run, log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everybody comments once under one post: there is much to pair and nothing to tie."""
    from undersight.detectors import looking

    rows = "".join(f"{n},p1,u{n},text {n},2031-05-02T10:00:{n:02d}Z\n" for n in range(20))
    table = tmp_path / "once.csv"
    table.write_text(f"comment_id,post_id,user_id,comment_text,created_at\n{rows}")
    assert program("import", table).code == 0
    monkeypatch.setattr(looking, "MOST_PAIRS", 3)
    ran = program("detect", "co-comment", "--window", "60s", "--set", "views=post")
    assert "20 actions, 190 pairs, 0 ties, 0 groups" in ran.out, ran.out + ran.err


def test_words_that_cannot_be_meant_are_answered_in_one_line(program: Run, log: Path) -> None:
    for words, code in (
        (["detect", "co-dance"], 2),
        (["detect", "--window", "soon"], 2),
        (["detect", "--set", "co-share.min_accounts=4"], 2),
        (["detect"], 3),
        (["findings"], 3),
        (["findings", "2031"], 3),
        (["judge", "f-1234", "--verdict", "stands"], 3),
        (["judge", "f-1234", "--verdict", "guilty"], 3),
    ):
        ran = program(*words)
        assert ran.code == code, (words, ran.err)
        assert "Traceback" not in ran.err
        assert ran.err.strip()


def test_detectors_are_listed_with_their_parameters(program: Run) -> None:
    listed = program("detect", "--list", "--json").json
    assert [one["detector"] for one in listed] == [
        "co-share",
        "co-text",
        "co-comment",
        "co-repost",
    ]
    for one in listed:
        least = next(p for p in one["parameters"] if p["name"] == "min_accounts")
        assert least["expected"].startswith("5 to")
    assert "co-comment" in program("detect", "--list").out


def test_no_run_yet_is_no_error(program: Run, log: Path) -> None:
    assert program("runs").code == 0
    assert json.loads(program("runs", "--json").out) == []


def test_what_explains_a_group_stands_beside_it_where_it_is_told_first() -> None:
    checks = [{"outcome": "explains", "sentence": "Declared bots: 6 of 6."},
              {"outcome": "does-not-explain", "sentence": "Breaking news."}]  # fmt: skip
    one = {"finding_id": "f-1", "detector": "co-share", "view": "url", "window_s": 60.0,
           "n": {"accounts": 6, "objects": 9, "posts": 54}, "score": 0.9, "q": 1e-9,
           "verdict_words": "Acts together.", "benign": checks}  # fmt: skip
    line = _finding_line(one)
    assert line.endswith(
        "Acts together.\n    An innocent explanation fits. Declared bots: 6 of 6."
    )


def test_a_large_number_is_written_out() -> None:
    assert [_times(number) for number in (24_312.7, 6.344)] == ["24,313", "6.34"]
