"""What was counted in the posts outlives a start, and nothing that it was counted in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.conftest import Load, comment, keys, loader
from undersight.corpus import Corpus
from undersight.corpus.counted import Counted
from undersight.integrity.canary import find_canary

CANARY = "canarytarvin"


def two_imports(folder: Path, *, is_plain: bool = True) -> Corpus:
    """A corpus of which one row is repeated, with what was counted in it."""
    corpus = Corpus(folder, keys(is_plain=is_plain))
    loader(corpus)(comment(1, text="one"), digest=1)
    loader(corpus)(comment(1, text="two"), digest=2)
    with corpus.connection():  # finds what is repeated
        corpus.keep_counted({"words": CANARY.encode()}, corpus.state())
    return corpus


@pytest.mark.parametrize("is_plain", [True, False])
def test_what_was_counted_is_there_after_a_start(tmp_path: Path, *, is_plain: bool) -> None:
    two_imports(tmp_path, is_plain=is_plain)
    again = Corpus(tmp_path, keys(is_plain=is_plain))
    assert again.counted("words") == CANARY.encode()
    assert again.counted("others") is None
    assert (find_canary(tmp_path, CANARY) == ()) is not is_plain
    rows = again._repeated()
    assert rows["posts"].num_rows == 1, "known before anybody asked the posts"
    with again.connection() as connection:
        assert connection.execute("SELECT text FROM posts").fetchall() == [("one",)]
    rows["posts"] = rows["posts"].slice(0, 0)
    with again.connection() as connection:
        n_rows = connection.execute("SELECT count(*) FROM posts").fetchone()
    assert n_rows == (2,), "it was found again"
    folder = tmp_path / "counted"
    (folder / "repeated-rows-posts").replace(folder / "words")
    assert again.counted("words") is None, "a file opens under its own name only"


@pytest.mark.parametrize("is_plain", [True, False])
def test_nothing_of_it_is_left_once_an_import_comes_or_goes(
    tmp_path: Path, *, is_plain: bool
) -> None:
    corpus = two_imports(tmp_path, is_plain=is_plain)
    before = corpus.state()
    loader(corpus)(comment(3), digest=3)
    assert not (tmp_path / "counted").exists()
    corpus.keep_counted({"words": b"late"}, before)
    assert not (tmp_path / "counted").exists(), "of other imports than there are now"
    corpus.keep_counted({"words": b"new"}, corpus.state())
    assert corpus.counted("words") == b"new"
    corpus.forget(corpus.imports()[0].import_id)
    assert not (tmp_path / "counted").exists()
    assert corpus.counted("words") is None


def test_what_expired_is_counted_anew_and_overwritten(
    corpus: Corpus, load: Load, now: list[int]
) -> None:
    load(comment(1), expires_us=now[0] + 10)
    load(comment(2))
    corpus.keep_counted({"words": b"two", "others": b"two"}, corpus.state())
    now[0] += 20
    assert corpus.counted("words") is None
    corpus.keep_counted({"words": b"one"}, corpus.state())
    assert corpus.counted("words") == b"one"
    assert not (corpus.folder / "counted" / "others").exists()


@pytest.mark.parametrize("is_plain", [True, False])
def test_a_damaged_file_or_key_is_as_none(tmp_path: Path, *, is_plain: bool) -> None:
    shelf = Counted(tmp_path / "counted", keys(is_plain=is_plain))
    shelf.write({"words": b"seven"}, "state")
    file = tmp_path / "counted" / "words"
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    assert shelf.read("words", "state") is None
    shelf.write({"words": b"seven"}, "state")
    assert shelf.read("words", "state") == b"seven"
    assert shelf.read("words", "another") is None
    if not is_plain:
        (tmp_path / "counted" / "key").write_bytes(b"")
        assert shelf.read("words", "state") is None
        shelf.write({"words": b"eight"}, "state")
        assert shelf.read("words", "state") == b"eight"
