"""An invented corpus as detectors read it, in memory: no workspace, no file, the same rows.

Commenters keep their ids here instead of pseudonyms; everything else is what an import makes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pyarrow as pa

from undersight.corpus.carried import canonical_hashtag, canonical_link, text_key
from undersight.detectors import DETECTORS
from undersight.model.tables import TABLES, Table
from undersight.synth.crowds.files import post_columns
from undersight.workbench import detection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy.typing as npt

    from undersight.detectors.detector import CoActionDetector
    from undersight.synth.crowds import Scene
    from undersight.workbench.detection import Done

    Words = npt.NDArray[np.object_]

PLATFORM = "facebook"
SECOND_US = 1_000_000
_TYPES = {"string": pa.string(), "int64": pa.int64(), "bool": pa.bool_()}


def all_detectors(windows_us: Iterable[int] = ()) -> tuple[CoActionDetector, ...]:
    """Every detector with every view, and each its own windows if none are given."""
    asked = detection.asked((), tuple(windows_us))
    views = {one.detector_id: one.bounds()["views"].choices for one in DETECTORS}
    return tuple(one.with_parameters({"views": views[one.detector_id]}) for one in asked)


def look(
    scene: Scene,
    detectors: Iterable[CoActionDetector] | None = None,
    *,
    is_repost_named: bool = True,
) -> Done:
    """Run detectors on an invented corpus; all of them, views and windows, if not said."""
    connection = connected(scene, is_repost_named=is_repost_named)
    try:
        wanted = tuple(detectors or all_detectors())
        return detection.run_detectors(connection, wanted, corpus_digest="0" * 64)
    finally:
        connection.close()


def account_ids(scene: Scene, number: npt.NDArray[np.int64]) -> list[str]:
    """The ids that accounts have in the corpus."""
    return [f"{PLATFORM}:{one}" for one in scene.ids(number)]


def connected(scene: Scene, *, is_repost_named: bool = True) -> duckdb.DuckDBPyConnection:
    """A connection that has the corpus tables as views.

    Where reposts are not named, they carry the words of what they repeat, as many exports do.
    """
    words = post_columns(scene, rows := scene.rows(), 0)
    if not is_repost_named:
        original = words["repost_of_id"]
        said = _by_word(original, lambda one: f"what was said in the post {one}")
        words["text"] = np.where(original != "", said, words["text"])
        words["repost_of_id"] = np.full(original.size, "", object)
    posts = _posts(words, (rows.time_s + scene.moved_s) * SECOND_US)
    tables = {"posts": posts, "shares": _shares(posts, words), "accounts": _accounts(words, scene)}
    connection = duckdb.connect(":memory:")
    # One thread: runs beside each other must not wait for each other.
    connection.execute("SET threads = 1")
    for table in TABLES:
        connection.register(f"rows_{table.name}", arrow(table, tables.get(table.name, {})))
        connection.execute(f"CREATE VIEW {table.name} AS FROM rows_{table.name}")
    return connection


def arrow(table: Table, columns: dict[str, Any]) -> pa.Table:
    """Columns as a corpus table; those not given are null."""
    n = len(next(iter(columns.values()), ()))
    whole = {}
    for column in table.columns:
        kind = _TYPES[column.type]
        given = columns.get(column.name)
        whole[column.name] = pa.nulls(n, kind) if given is None else pa.array(given, kind)
    return pa.table(whole)


def _posts(words: dict[str, Words], time_us: npt.NDArray[np.int64]) -> dict[str, Any]:
    n = time_us.size
    return {
        "post_id": _ids(words["post_id"]),
        "platform": [PLATFORM] * n,
        "kind": words["kind"],
        "account_id": _ids(words["account_id"]),
        "root_id": _ids(words["root_id"]),
        "target_id": _ids(words["target_id"]),
        "repost_of_id": _ids(words["repost_of_id"]),
        "published_us": time_us,
        "resolution_us": np.full(n, SECOND_US),
        "text": words["text"],
        "text_key": _by_word(words["text"], lambda text: text_key(text, []) if text else None),
    }


def _shares(posts: dict[str, Any], words: dict[str, Words]) -> dict[str, Any]:
    kinds: tuple[tuple[str, str, Callable[[str], str | None]], ...] = (
        ("url", "link", lambda link: canonical_link(link)[0] or None),
        ("domain", "link", lambda link: canonical_link(link)[1] or None),
        ("hashtag", "hashtag", lambda tag: canonical_hashtag(tag) or None),
    )
    found: dict[str, list[Any]] = {name: [] for name in ("kind", "value", *_OF_POST)}
    for kind, column, canonical in kinds:
        there = np.flatnonzero(words[column] != "")
        found["value"] += _by_word(words[column][there], canonical).tolist()
        found["kind"] += [kind] * there.size
        for name in _OF_POST:
            found[name] += posts[name][there].tolist()
    return found


_OF_POST = ("post_id", "account_id", "published_us")


def _accounts(words: dict[str, Words], scene: Scene) -> dict[str, Any]:
    """Everybody who posts, once; names of those who only comment are not kept."""
    ids, first = np.unique(words["account_id"], return_index=True)
    is_public = np.isin(ids, words["account_id"][words["kind"] != "comment"])
    is_named = is_public | (words["account_kind"][first] == "page")
    category = words["account_category"][first]
    made = dict(zip(scene.ids(scene.accounts.number), scene.accounts.made_s, strict=True))
    return {
        "account_id": _ids(ids),
        "platform": [PLATFORM] * ids.size,
        "kind": words["account_kind"][first],
        "name": _where(is_named, words["account_name"][first]),
        "category": _where(category != "", category),
        "created_us": (np.array([made[one] for one in ids], np.int64) + scene.moved_s) * SECOND_US,
        "is_name_only": np.zeros(ids.size, np.bool_),
        "is_pseudonymous": np.zeros(ids.size, np.bool_),
    }  # fmt: skip


def _where(is_there: npt.NDArray[np.bool_], words: Words) -> Words:
    kept = words.copy()
    kept[~is_there] = None
    return kept


def _ids(native: Words) -> Words:
    return _by_word(native, lambda one: f"{PLATFORM}:{one}" if one else None)


def _by_word(words: Words, made: Callable[[str], str | None]) -> Words:
    known = {word: made(word) for word in dict.fromkeys(words)}
    return np.array([known[word] for word in words], object)
