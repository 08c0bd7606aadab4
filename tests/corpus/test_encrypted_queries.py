"""Queries of every shape read an encrypted corpus as they read a plain one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.corpus.conftest import comment, keys, loader, post
from undersight.corpus import Corpus
from undersight.corpus.target_places import most_commented

SHAPES = (
    "SELECT count(*) FROM posts WHERE kind IN ('comment', 'reply')",
    "SELECT post_id FROM posts WHERE kind = 'comment' ORDER BY post_id DESC LIMIT 3",
    (
        "WITH c AS (SELECT root_id, count(*) AS n FROM posts WHERE kind IN ('comment', 'reply')"
        " GROUP BY 1), d AS (SELECT root_id FROM c WHERE n > 2)"
        " SELECT p.post_id, c.n FROM c LEFT JOIN posts AS p ON p.post_id = c.root_id"
        " WHERE c.root_id IN (SELECT root_id FROM d) ORDER BY ALL"
    ),
    (
        "SELECT a.account_id FROM accounts AS a JOIN posts AS p USING (account_id)"
        " WHERE p.kind = 'post' ORDER BY ALL LIMIT 5"
    ),
)


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Corpus, Corpus]]:
    folder: Path = tmp_path_factory.mktemp("both")
    made = Corpus(folder / "p", keys()), Corpus(folder / "l", keys(is_plain=False))
    # Enough that columns are written with dictionaries, and in several chunks.
    parts = [post(n) for n in range(40)] + [comment(1000 + n) for n in range(4000)]
    for one in made:
        loader(one)(*parts)
    yield made
    for one in made:
        one.close()


@pytest.mark.parametrize("query", SHAPES)
def test_a_query_reads_the_same(corpora: tuple[Corpus, Corpus], query: str) -> None:
    found = []
    for one in corpora:
        with one.connection() as connection:
            found.append(connection.execute(query).fetchall())
    assert found[0] == found[1]


def test_the_most_commented_are_the_same(corpora: tuple[Corpus, Corpus]) -> None:
    plain, locked = corpora
    with plain.connection() as one, locked.connection() as other:
        assert most_commented(one, 5) == most_commented(other, 5) != ()
