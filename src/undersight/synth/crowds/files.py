"""Writing an invented corpus as a table of posts, and the truth about it into a file apart."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from undersight.synth.crowds.rows import COMMENT, NONE, PAGE, POST
from undersight.synth.crowds.words import categories, person_names, spelled

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt
    import pyarrow as pa

    from undersight.synth.crowds.rows import Ints, Rows
    from undersight.synth.crowds.scene import Scene

    Words = npt.NDArray[np.object_]

_KINDS = {COMMENT: "comment", POST: "post", 2: "repost"}
_ROW_IDS = 1 << 40  # comments are numbered above all posts that others refer to
COLUMNS = (
    *("post_id", "account_id", "account_name", "account_kind", "account_category"),
    *("account_created", "kind", "time", "text", "root_id", "target_id", "repost_of_id"),
    *("link", "hashtag"),
)
"""Columns of the table: the names by which ``posts-table`` knows them."""
LABEL_COLUMNS = ("account_id", "part", "is_planted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Files of an invented corpus.

    Args:
        posts: The table of posts.
        labels: Who belongs to what: account id, part, whether planted.
        n_rows: Rows of the table.
    """

    posts: Path
    labels: Path
    n_rows: int


def write_scene(scene: Scene, posts: Path, labels: Path) -> Written:
    """Write a corpus chunk by chunk; same seed, same bytes.

    Args:
        scene: The corpus.
        posts: ``.csv`` or ``.parquet``, written over.
        labels: A ``.csv`` apart from it, written over.
    """
    write = _write_parquet if posts.suffix == ".parquet" else _write_csv
    n_rows = write(scene, posts)
    with labels.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(LABEL_COLUMNS)
        for part in scene.parts:
            for account in scene.ids(part.accounts.number):
                table.writerow([account, part.name, str(part.is_planted).lower()])
    return Written(posts=posts, labels=labels, n_rows=n_rows)


def post_columns(scene: Scene, rows: Rows, n_before: int) -> dict[str, Words]:
    """Return rows as the words of ``COLUMNS``; empty where there is nothing.

    Args:
        scene: The corpus that they are of.
        rows: Some of its rows.
        n_before: Rows of the corpus before them, by which theirs are numbered.
    """
    known = scene.accounts
    order = np.argsort(known.number)
    at = order[np.searchsorted(known.number, rows.account, sorter=order)]
    is_page = known.kind[at] == PAGE
    names = person_names(rows.account)
    is_staff = known.staff_of[at] != NONE
    site = _sites(known.staff_of[at][is_staff])
    names[is_staff] = site + np.where(is_page[is_staff], "", " " + names[is_staff])
    own = np.where(rows.post == NONE, _ROW_IDS + n_before + np.arange(rows.n), rows.post)
    columns = (
        scene.ids(own),
        scene.ids(rows.account),
        names,
        np.where(is_page, "page", "profile").astype(object),
        np.where(is_page, categories(rows.account), "").astype(object),
        _iso(known.made_s[at] + scene.moved_s),
        np.array([_KINDS[kind] for kind in rows.kind.tolist()], object),
        _iso(rows.time_s + scene.moved_s),
        spelled(rows.text),
        _references(scene, rows.root),
        _references(scene, rows.page),
        _references(scene, rows.repost_of),
        _links(rows),
        _tags(rows.tag),
    )
    return dict(zip(COLUMNS, columns, strict=True))


def _references(scene: Scene, number: Ints) -> Words:
    words = np.full(number.size, "", object)
    there = number != NONE
    words[there] = scene.ids(number[there])
    return words


def _links(rows: Rows) -> Words:
    words = np.full(rows.n, "", object)
    there = rows.link != NONE
    article = np.array([f".example/{one}" for one in rows.link[there].tolist()], object)
    words[there] = "https://" + _sites(rows.site[there]) + article
    return words


def _sites(site: Ints) -> Words:
    return np.array([f"sarnak{one}" for one in site.tolist()], object)


def _tags(tag: Ints) -> Words:
    return np.array(["" if one == NONE else f"qaravel{one}" for one in tag.tolist()], object)


def _iso(time_s: Ints) -> Words:
    distinct, place = np.unique(time_s, return_inverse=True)
    words = [dt.datetime.fromtimestamp(one, dt.UTC).isoformat() for one in distinct.tolist()]
    return np.array([word.replace("+00:00", "Z") for word in words], object)[place]


def _write_csv(scene: Scene, path: Path) -> int:
    n_rows = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        for rows in scene.chunks():
            table.writerows(zip(*post_columns(scene, rows, n_rows).values(), strict=True))
            n_rows += rows.n
    return n_rows


def _write_parquet(scene: Scene, path: Path) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    n_rows = 0
    schema = pa.schema([(name, pa.string()) for name in COLUMNS])
    with pq.ParquetWriter(path, schema, compression="zstd") as file:
        for rows in scene.chunks():
            file.write_table(_arrow(scene, rows, n_rows, schema))
            n_rows += rows.n
    return n_rows


def _arrow(scene: Scene, rows: Rows, n_before: int, schema: pa.Schema) -> pa.Table:
    import pyarrow as pa

    columns = post_columns(scene, rows, n_before)
    return pa.table({name: pa.array(words, pa.string()) for name, words in columns.items()},
                    schema=schema)  # fmt: skip
