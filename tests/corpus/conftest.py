"""A corpus of invented people, and the parts that an importer would yield."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from undersight.corpus import Corpus, CorpusKeys, ImportManifest, LoadRequest
from undersight.integrity.secret import SecretKey
from undersight.model.corpus_rows import AccountRow, Moment, PostRow

NOON_US = 1_924_948_800_000_000  # 2030-12-31T12:00Z
DAY_US = 86_400_000_000

Load = Callable[..., ImportManifest]


def keys(*, is_plain: bool = True, secret: int = 1) -> CorpusKeys:
    wrapping = None if is_plain else SecretKey(bytes([secret]) * 32)
    return CorpusKeys(wrapping=wrapping, pseudonyms=SecretKey(bytes([secret + 100]) * 32))


def moment(us: int, resolution_us: int = 1_000_000) -> Moment:
    return Moment(us=us, resolution_us=resolution_us, zone_basis="utc", text=str(us))


def person(name: str, line: int = 1, **more: Any) -> AccountRow:
    return AccountRow(
        locator=f"line {line}", platform="facebook", native_id=name, name=f"Name {name}", **more
    )


def comment(
    line: int, author: str | AccountRow = "u1", text: str = "a word", **more: Any
) -> PostRow:
    given: dict[str, Any] = {
        "kind": "comment",
        "native_id": f"c{line}",
        "author": person(author, line) if isinstance(author, str) else author,
        "target": person("page", line, kind="page"),
        "published": moment(NOON_US + line * 1_000_000),
        **more,
    }
    return PostRow(locator=f"line {line}", platform="facebook", text=text, **given)


def post(
    line: int, author: str | AccountRow = "page", text: str = "a post", **more: Any
) -> PostRow:
    return comment(line, author, text, kind="post", **more)


@pytest.fixture
def now() -> list[int]:
    """The clock's hand; a test may move it."""
    return [NOON_US]


@pytest.fixture
def corpus(tmp_path: Path, now: list[int]) -> Iterator[Corpus]:
    """A plain corpus."""
    made = Corpus(tmp_path / "corpus", keys(), clock=lambda: now[0], spill_folder=tmp_path / "tmp")
    yield made
    made.close()


@pytest.fixture
def load(corpus: Corpus) -> Load:
    """Load parts into the corpus; each call is another file unless ``digest`` says otherwise."""
    return loader(corpus)


def loader(corpus: Corpus) -> Load:
    numbers = itertools.count(1)

    def loads(*parts: Any, digest: int = 0, **more: Any) -> ImportManifest:
        number = digest or next(numbers)
        request = LoadRequest(
            import_digest=f"{number:064x}",
            name=f"file{number}.csv",
            importer_id="invented",
            importer_version=1,
            **more,
        )
        return corpus.load(request, lambda: iter(parts))

    return loads


def column(corpus: Corpus, table: str, *names: str) -> list[Any]:
    """Values of a table in a fixed order; tuples where several columns are asked for."""
    rows = corpus.scan(table).project(", ".join(f'"{name}"' for name in names)).fetchall()
    return sorted(row[0] if len(names) == 1 else row for row in rows)
