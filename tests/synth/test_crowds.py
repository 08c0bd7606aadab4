"""Invented crowds: the same bytes from the same seed, as said, and the truth kept apart."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pytest

from benchmarks.crowd_corpus import account_ids, connected, look
from undersight.importers.posts_table import PostsTable
from undersight.model.corpus_rows import ColumnChoice, PostRow
from undersight.synth.crowds import (
    GATHERINGS,
    CopyPaste,
    FacadePages,
    LinkFarm,
    Reposters,
    Scene,
    Size,
)
from undersight.synth.crowds import scene as scenes
from undersight.synth.crowds.files import LABEL_COLUMNS, write_scene
from undersight.synth.crowds.rows import COMMENT, DAY_S, START_S, ZONE_S, Rows

SMALL = Size(n_rows=1000, n_days=14)
OPERATIONS = (FacadePages(n_posts=6), CopyPaste(), LinkFarm(), Reposters())


@pytest.fixture(scope="module")
def everything() -> Scene:
    return Scene(3, SMALL, gatherings=tuple(GATHERINGS), operations=OPERATIONS)


def written(folder: Path, scene: Scene, suffix: str = ".csv") -> tuple[Path, Path]:
    done = write_scene(scene, folder / f"posts{suffix}", folder / "labels.csv")
    return done.posts, done.labels


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        scene = Scene(5, SMALL, gatherings=("fan-army",), operations=(FacadePages(n_posts=3),))
        made.append([path.read_bytes() for path in written(tmp_path / name, scene)])
    assert made[0] == made[1]
    other = Scene(6, SMALL, gatherings=("fan-army",), operations=(FacadePages(n_posts=3),))
    assert written(tmp_path, other)[0].read_bytes() != made[0][0]


def test_chunks_are_as_large_as_asked_and_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scenes, "CHUNK_ROWS", 400)
    first, *chunks = Scene(1, SMALL).chunks()
    assert [one.n for one in chunks] == [400, 400, 200]
    assert first.n == Scene(1, SMALL).town.post_page.size
    assert not np.array_equal(chunks[0].account, chunks[1].account)


def test_parquet_and_csv_hold_the_same_posts(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    scene = Scene(2, SMALL, operations=(CopyPaste(),))
    table, _ = written(tmp_path, scene)
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns, _ = written(tmp_path, scene, ".parquet")
    assert pq.read_table(columns).to_pylist() == rows


def test_labels_stand_apart_and_the_table_tells_nothing(tmp_path: Path, everything: Scene) -> None:
    table, labels = written(tmp_path, everything)
    with labels.open(encoding="utf-8", newline="") as file:
        truth = list(csv.DictReader(file))
    assert tuple(truth[0]) == LABEL_COLUMNS
    assert {one["part"] for one in truth if one["is_planted"] == "true"} == {
        "facade-pages", "copy-paste", "link-farm", "reposters",
    }  # fmt: skip
    text = table.read_text(encoding="utf-8")
    assert not any(name in text for name in ("planted", "facade", "copy-paste", "link-farm"))
    assert all(one["account_id"] in text for one in truth if one["is_planted"] == "true")


def test_ids_are_distinct_and_keep_no_order(everything: Scene) -> None:
    ids = everything.ids(everything.accounts.number)
    assert len(set(ids)) == ids.size
    assert {len(one) for one in ids} == {16}
    assert sorted(ids.tolist()) != ids.tolist()


def test_everybody_who_posts_is_known_and_time_stays_in_bounds(everything: Scene) -> None:
    rows = everything.rows()
    assert np.isin(rows.account, everything.accounts.number).all()
    assert rows.time_s.min() >= START_S - DAY_S
    known = rows.post[rows.post >= 0]
    assert np.unique(known).size == known.size
    roots = rows.root[rows.kind == COMMENT]
    assert np.isin(roots, known).all()


def test_nobody_comments_before_the_post(everything: Scene) -> None:
    rows = everything.rows()
    at = dict(zip(rows.post[rows.post >= 0], rows.time_s[rows.post >= 0], strict=True))
    commented = rows.taking(rows.root >= 0)
    since = [time - at[root] for time, root in zip(commented.time_s, commented.root, strict=True)]
    assert min(since) >= 0


def attack(share: float) -> tuple[Scene, Rows, FacadePages]:
    n = 98 if share > 0.9 else 10
    plant = FacadePages(share=share, n_comments=n, n_accounts=60, n_posts=8)
    scene = Scene(4, SMALL, operations=(plant,))
    return scene, scene.parts[0].rows, plant


@pytest.mark.parametrize("share", [0.01, 0.2, 0.5, 0.98])
def test_facade_pages_make_the_share_asked_for(share: float) -> None:
    scene, rows, plant = attack(share)
    comments = rows.taking(rows.kind == COMMENT)
    is_theirs = np.isin(comments.account, scene.planted[0])
    assert np.mean(is_theirs) == pytest.approx(share, rel=0.02)
    assert np.bincount(comments.root[is_theirs]).max() == plant.n_comments


def test_facade_pages_work_in_shifts_on_weekdays() -> None:
    scene, rows, _ = attack(0.5)
    theirs = rows.taking((rows.kind == COMMENT) & np.isin(rows.account, scene.planted[0]))
    since = theirs.time_s + ZONE_S - START_S
    assert (since // DAY_S % 7 < 5).all()
    hour = since % DAY_S / 3600
    assert hour.min() >= 9
    assert hour.max() < 19


def test_people_keep_habits_and_audiences_overlap() -> None:
    rows = Scene(0, Size(n_rows=20_000)).town.rows(20_000)
    n_each = np.sort(np.bincount(rows.account))[::-1]
    assert n_each[: n_each.size // 10].sum() > 0.4 * rows.n, "few write much"
    hour = (rows.time_s + ZONE_S) // 3600 % 24
    assert (
        np.bincount(hour, minlength=24)[2:6].sum() < np.bincount(hour, minlength=24)[17:21].sum()
    )
    busiest = np.argmax(np.bincount(rows.account))
    own = np.bincount(hour[rows.account == busiest], minlength=24)
    assert np.sort(own)[-8:].sum() > 0.6 * own.sum(), "hours of their own"


def test_the_table_is_read_by_its_importer(tmp_path: Path) -> None:
    scene = Scene(
        3, Size(n_rows=300, n_accounts=60), gatherings=("condolence",),
        operations=(Reposters(n_accounts=6, n_posts=5), LinkFarm(n_accounts=6, n_links=5)),
    )  # fmt: skip
    table, _ = written(tmp_path, scene)
    head = table.read_bytes()
    assert PostsTable.recognises(head[:65_536], table.name)
    choice = ColumnChoice(platform="facebook")
    posts = [
        part for part in PostsTable().parse(io.BytesIO(head), choice) if isinstance(part, PostRow)
    ]
    connection = connected(scene)
    stored = connection.execute(
        "SELECT post_id, published_us, root_id, target_id, repost_of_id, text, kind FROM posts"
    ).fetchall()
    assert sorted(
        (
            f"facebook:{one.native_id}",
            one.published.us if one.published else 0,
            one.text,
            one.kind,
            *(f"facebook:{ref}" if ref else None
              for ref in (one.root_native_id, one.target.native_id if one.target else "",
                          one.repost_of_native_id)),
        )
        for one in posts
    ) == sorted((row[0], row[1], row[5], row[6], *row[2:5]) for row in stored)  # fmt: skip


@pytest.mark.long
def test_what_is_planted_is_found_and_the_town_is_not() -> None:
    """The tables of the evaluation can fail: a plain operation is found, nobody else is."""
    plant = FacadePages(share=0.05)
    scene = Scene(1, Size(n_rows=4000), operations=(plant,))
    findings = look(scene).findings
    mine = set(account_ids(scene, scene.planted[0]))
    assert findings
    assert {one for finding in findings for one in finding.accounts} <= mine
    assert look(Scene(1, Size(n_rows=4000))).findings == ()
