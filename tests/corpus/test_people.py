from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.conftest import Load, column, comment, keys, loader, person, post
from undersight.corpus import Corpus
from undersight.corpus.people import plain_account_id
from undersight.integrity.canary import find_canary
from undersight.model.corpus_rows import AccountRow, ShareRow


def account(**given: str) -> AccountRow:
    return AccountRow(locator="line 1", platform="facebook", **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"native_id": "12", "handle": "x", "name": "y"}, "facebook:12"),
        ({"handle": "@Tarvin", "name": "y"}, "facebook:@tarvin"),
        ({"name": " Tarvin  Öskelde"}, "facebook:~tarvin oskelde"),
        ({"name": "🙏"}, "facebook:~🙏"),
        ({}, ""),
    ],
)
def test_an_account_is_known_by_id_then_handle_then_name(
    given: dict[str, str], expected: str
) -> None:
    assert plain_account_id(account(**given)) == expected


def test_who_only_commented_becomes_a_pseudonym(corpus: Corpus, load: Load) -> None:
    made = load(
        comment(1, "mila"),
        comment(2, "tarvin"),
        post(3, "tarvin"),  # wrote a post too, later in the file
        comment(4, person("brand", 4, kind="page")),
    )
    rows = dict(column(corpus, "accounts", "account_id", "name"))
    assert {name for id_, name in rows.items() if "#" in id_} == {None}
    assert {id_ for id_ in rows if "#" not in id_} == {
        "facebook:page",
        "facebook:tarvin",
        "facebook:brand",
    }
    assert made.n_pseudonyms == 1
    assert column(corpus, "posts", "account_id").count("facebook:tarvin") == 2


def test_names_are_kept_where_asked_for(corpus: Corpus, load: Load) -> None:
    load(comment(1, "mila"), has_names=True)
    assert ("facebook:mila", "Name mila") in column(corpus, "accounts", "account_id", "name")


def test_a_pseudonym_is_the_same_in_every_import_and_other_elsewhere(tmp_path: Path) -> None:
    def ids(folder: str, secret: int) -> list[str]:
        corpus = Corpus(tmp_path / folder, keys(secret=secret))
        load = loader(corpus)
        load(comment(1, "mila"))
        load(comment(2, "mila"), comment(3, "tarvin"))
        found = column(corpus, "posts", "account_id")
        corpus.close()
        return found

    here, elsewhere = ids("here", 1), ids("elsewhere", 2)
    assert len(set(here)) == 2
    assert sorted(here.count(one) for one in set(here)) == [1, 2]
    assert not set(here) & set(elsewhere)


def test_nothing_that_names_a_pseudonym_is_stored(corpus: Corpus, load: Load) -> None:
    canary = "canarymila77"
    author = person(canary, 1, handle=canary, url=f"https://facebook.example/{canary}")
    load(
        comment(1, author=author, url=f"https://facebook.example/{canary}/status/1"),
        comment(2, "tarvin", "no mention", shares=(ShareRow(kind="mention", value=f"@{canary}"),)),
    )
    for table in ("accounts", "posts", "shares"):
        assert canary not in repr(corpus.scan(table).fetchall()), table
    assert find_canary(corpus.folder, canary) == ()


def test_a_mention_in_a_comment_is_hashed_unless_it_is_of_a_page(
    corpus: Corpus, load: Load
) -> None:
    load(
        post(1, author=person("page", 1, kind="page", handle="sarnak.page")),
        comment(2, "mila", "@sarnak.page and @somebody.else"),
    )
    values = column(corpus, "shares", "value", "value_text")
    assert ("sarnak.page", "@sarnak.page") in values
    hidden = [text for value, text in values if value.startswith("#")]
    assert hidden == [None]


def test_a_post_before_the_first_comment_hides_whom_it_mentions(
    corpus: Corpus, load: Load
) -> None:
    load(
        post(1, text="thanks @mila.s"),
        comment(2, author=person("m1", 2, handle="mila.s")),
    )
    assert [value[0] for value in column(corpus, "shares", "value")] == ["#"]


@pytest.mark.parametrize("n_comments", [3, 40])
def test_whoever_proves_public_late_in_a_large_file_is_not_hidden(
    corpus: Corpus, load: Load, monkeypatch: pytest.MonkeyPatch, n_comments: int
) -> None:
    monkeypatch.setattr("undersight.corpus.loading.BATCH_ROWS", 4)
    monkeypatch.setattr("undersight.corpus.pieces._PIECE_ROWS", 4)
    comments = [comment(n, "tarvin" if n % 3 else "mila") for n in range(n_comments)]
    made = load(*comments, post(99, "tarvin"))
    ids = column(corpus, "posts", "account_id")
    assert ids.count("facebook:tarvin") == sum(1 for n in range(n_comments) if n % 3) + 1
    assert made.n_pseudonyms == 1
    assert (made.n_read, made.n_records) == (n_comments + 1, n_comments + 1)


def test_a_handle_that_proves_public_late_is_shown_in_earlier_mentions(
    corpus: Corpus, load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("undersight.corpus.loading.BATCH_ROWS", 4)
    monkeypatch.setattr("undersight.corpus.pieces._PIECE_ROWS", 4)
    comments = [comment(n, "mila", f"@sarnak.page {n}") for n in range(9)]
    page = person("page", 99, kind="page", handle="sarnak.page")
    load(*comments, post(99, author=page))
    assert set(column(corpus, "shares", "value")) == {"sarnak.page"}


def test_a_row_about_a_person_makes_nobody_public(corpus: Corpus, load: Load) -> None:
    load(person("mila", 1), comment(2, "mila"))
    assert [one for one in column(corpus, "accounts", "account_id") if "mila" in one] == []


def test_a_mention_by_the_id_of_who_only_commented_is_hidden(corpus: Corpus, load: Load) -> None:
    load(post(1, text="thanks @mila"), comment(2, "mila"))
    assert [value[0] for value in column(corpus, "shares", "value")] == ["#"]


@pytest.mark.parametrize(
    ("first", "table"),
    [
        (person("mila", 1, handle="mila.s"), "accounts"),
        (post(1, text="thanks @mila.s"), "shares"),
        (post(1, shares=(ShareRow(kind="mention", value="@mila.s"),)), "shares"),
    ],
)
def test_who_comments_long_after_being_named_is_hidden_all_the_same(
    corpus: Corpus, load: Load, monkeypatch: pytest.MonkeyPatch, first: object, table: str
) -> None:
    monkeypatch.setattr("undersight.corpus.loading.BATCH_ROWS", 4)
    monkeypatch.setattr("undersight.corpus.pieces._PIECE_ROWS", 4)
    late = comment(20, author=person("mila", 20, handle="mila.s"))
    load(first, *(post(n) for n in range(2, 10)), late)
    assert "mila" not in repr(corpus.scan(table).fetchall())


def test_an_address_that_holds_a_name_in_other_letters_is_left_out(
    corpus: Corpus, load: Load
) -> None:
    author = AccountRow(locator="line 1", platform="facebook", handle="MilaTarvin7")
    load(comment(1, author, url="https://facebook.example/milatarvin7/posts/1"))
    assert column(corpus, "posts", "url") == [None]
