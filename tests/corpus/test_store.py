from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.corpus.conftest import (
    DAY_US,
    NOON_US,
    Load,
    column,
    comment,
    keys,
    loader,
    moment,
    person,
    post,
)
from undersight.corpus import Corpus, ImportManifest, LoadRequest
from undersight.corpus.manifest import MANIFEST_FORMAT
from undersight.errors import CorpusDamagedError, QueryTooLargeError, UnknownImportError
from undersight.integrity.canary import find_canary
from undersight.model.corpus_rows import AccountRow, NoticeRow, PostRow, SamplingNote, ShareRow
from undersight.model.intake import Issue
from undersight.model.tables import TABLES

PARTS = st.lists(
    st.one_of(
        st.builds(
            comment,
            st.integers(1, 4),
            st.sampled_from(["u1", "u2"]),
            st.sampled_from(["a #x", "b", ""]),
        ),
        st.builds(post, st.integers(5, 6), st.sampled_from(["page", "u1"])),
        st.builds(Issue, locator=st.sampled_from(["line 7", "line 8"]), reason=st.just("Bad.")),
    ),
    max_size=8,
)


def everything(corpus: Corpus) -> dict[str, list[Any]]:
    return {table.name: sorted(map(repr, corpus.scan(table.name).fetchall())) for table in TABLES}


def test_an_empty_corpus_has_empty_tables(corpus: Corpus) -> None:
    for table in TABLES:
        assert corpus.scan(table.name).fetchall() == []
        assert tuple(corpus.scan(table.name).columns) == table.column_names
    assert corpus.imports() == ()


def test_a_post_comes_out_as_it_went_in(corpus: Corpus, load: Load) -> None:
    load(
        comment(
            1,
            text="Bu #sarnak",
            parent_native_id="p",
            root_native_id="r",
            lang="az",
            n_likes=3,
            shares=(ShareRow(kind="media", value="m1"),),
        ),
        has_names=True,
    )
    row = dict(zip(corpus.scan("posts").columns, corpus.scan("posts").fetchall()[0], strict=True))
    assert row == {
        "post_id": "facebook:c1", "platform": "facebook", "kind": "comment",
        "account_id": "facebook:u1", "parent_id": "facebook:p", "root_id": "facebook:r",
        "target_id": "facebook:page", "repost_of_id": None,
        "published_us": NOON_US + 1_000_000, "resolution_us": 1_000_000, "zone_basis": "utc",
        "published_text": str(NOON_US + 1_000_000), "text": "Bu #sarnak", "text_key": "bu sarnak",
        "lang": "az", "url": None, "n_likes": 3, "n_replies": None, "n_shares": None,
        "n_views": None, "import_digest": f"{1:064x}", "locator": "line 1",
    }  # fmt: skip
    assert column(corpus, "shares", "kind", "value", "start") == [
        ("hashtag", "sarnak", 3),
        ("media", "m1", None),
    ]


def test_a_post_without_an_id_is_known_by_its_place(corpus: Corpus, load: Load) -> None:
    load(comment(1, native_id=""), comment(2, native_id=""))
    assert column(corpus, "posts", "post_id") == [
        f"facebook:@{0:012x}/line 1",
        f"facebook:@{0:012x}/line 2",
    ]


def test_accounts_observations_and_notices(corpus: Corpus, load: Load) -> None:
    seen = moment(NOON_US)
    made = load(
        person("p1", 1, kind="page", observed=seen, n_followers=10),
        person("p1", 2, kind="page", observed=moment(NOON_US + 1), n_followers=12),
        NoticeRow(locator="line 3", platform="facebook", account=person("p1"), kind="removal"),
        NoticeRow(locator="line 4", platform="facebook", kind="removal", native_id="n"),
        NoticeRow(locator="line 5", platform="facebook", kind="removal", native_id="n"),
    )
    assert column(corpus, "account_observations", "n_followers") == [10, 12]
    assert len(column(corpus, "notices", "notice_id")) == 2
    assert (made.n_read, made.n_records, made.n_duplicates) == (5, 4, 1)


def test_what_follows_under_a_locator_belongs_to_its_record(corpus: Corpus, load: Load) -> None:
    made = load(
        comment(1),
        Issue(locator="line 1", reason="Bad time.", column="time"),
        Issue(locator="line 2", reason="Torn."),
        SamplingNote(code="row-cap", sentence="Exactly 1,000 rows."),
    )
    assert (made.n_read, made.n_records, made.n_rejected) == (2, 1, 1)
    assert [one.reason for one in corpus.issues(made.import_id)] == ["Bad time.", "Torn."]
    assert [note.code for note in made.notes] == ["row-cap"]


def test_numbers_out_of_range_are_rejected(corpus: Corpus, load: Load) -> None:
    made = load(comment(1, n_likes=-1), comment(2, n_likes=1 << 63), comment(3, n_likes=5))
    assert (made.n_records, made.n_rejected) == (1, 2)
    alone = load(comment(1, n_likes=-1))
    assert (alone.n_records, alone.n_rejected) == (0, 1)


def test_an_account_of_nobody_is_rejected(corpus: Corpus, load: Load) -> None:
    made = load(AccountRow(locator="line 1", platform="facebook"), comment(2))
    assert (made.n_read, made.n_records, made.n_rejected) == (2, 1, 1)


def test_half_a_surrogate_pair_is_no_crash(corpus: Corpus, load: Load) -> None:
    load(comment(1, text="a \ud83d b"))
    assert column(corpus, "posts", "text") == ["a \ufffd b"]


def test_the_same_row_twice_counts_once_and_other_content_is_kept_beside(
    corpus: Corpus, load: Load
) -> None:
    made = load(
        comment(1, text="one #x"),
        PostRow(**{**_fields(comment(1, text="one #x")), "locator": "line 2"}),
        PostRow(**{**_fields(comment(1, text="two #y")), "locator": "line 3"}),
    )
    assert (made.n_records, made.n_duplicates) == (2, 1)
    assert made.tables["posts"].n_repeated_keys == 1
    assert column(corpus, "posts", "text") == ["one #x"]
    assert column(corpus, "shares", "value") == ["x"]


def test_what_repeats_is_found_once_for_the_same_imports(tmp_path: Path) -> None:
    kept: dict[Any, Any] = {}

    def texts() -> list[Any]:
        with Corpus(tmp_path, keys(), kept=kept).connection() as connection:
            return connection.execute("SELECT text FROM posts ORDER BY 1").fetchall()

    corpus = Corpus(tmp_path, keys())
    loader(corpus)(comment(1, text="one"), digest=1)
    loader(corpus)(comment(1, text="two"), digest=2)
    assert texts() == texts() == [("one",)]
    state, rows = kept["repeated-rows"]
    rows["posts"] = rows["posts"].slice(0, 0)
    assert texts() == [("one",), ("two",)], "it was found again"
    loader(corpus)(comment(1, text="three"), digest=3)
    assert texts() == [("one",)]
    assert kept["repeated-rows"][0] != state


def _fields(row: PostRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in PostRow.__slots__}


@pytest.mark.long
@settings(max_examples=5)
@given(st.lists(PARTS, min_size=2, max_size=3), st.randoms())
def test_the_order_of_imports_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, files: list[list[Any]], random: Any
) -> None:
    numbered = list(enumerate(files, 1))
    shuffled = random.sample(numbered, len(numbered))
    found = []
    for order in (numbered, shuffled):
        corpus = Corpus(tmp_path_factory.mktemp("corpus"), keys())
        load = loader(corpus)
        for number, parts in order:
            load(*parts, digest=number)
        found.append((everything(corpus), corpus.digest()))
        corpus.close()
    assert found[0] == found[1]


@settings(max_examples=15)
@given(PARTS)
def test_every_record_is_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, parts: list[Any]
) -> None:
    corpus = Corpus(tmp_path_factory.mktemp("corpus"), keys())
    placed = [replace(part, locator=f"line {n}") for n, part in enumerate(parts, 1)]
    made = loader(corpus)(*placed)
    assert made.n_read == len(parts)
    assert made.n_records + made.n_duplicates + made.n_rejected == made.n_read
    assert sum(made.kinds.values()) == made.n_records
    assert ImportManifest.from_bytes(made.to_bytes(), "x") == made


def test_accounts_are_one_row_each_with_what_any_import_knows(corpus: Corpus, load: Load) -> None:
    load(post(1, "p1"), digest=1)
    load(person("p1", 1, kind="page", category="Kiosk"), digest=2)
    rows = column(corpus, "accounts", "account_id", "kind", "category")
    assert ("facebook:p1", "page", "Kiosk") in rows
    assert [row[0] for row in rows].count("facebook:p1") == 1


# --- encryption ------------------------------------------------------------------------------


def test_an_encrypted_corpus_shows_nothing_and_reads_the_same(tmp_path: Path) -> None:
    canary = "canaryvelkora"
    parts = (
        post(1, text=f"{canary} #{canary}"),
        Issue(locator="line 2", reason=f"{canary}."),
        SamplingNote(code="other", sentence=canary),
    )
    plain, locked = Corpus(tmp_path / "p", keys()), Corpus(tmp_path / "l", keys(is_plain=False))
    loader(plain)(*parts)
    made = loader(locked)(*parts)
    assert find_canary(plain.folder, canary) != ()
    assert find_canary(locked.folder, canary) == ()
    assert find_canary(locked.folder, "file1.csv") == ()
    assert everything(plain) == everything(locked)
    assert plain.digest() == locked.digest()
    assert [one.reason for one in locked.issues(made.import_id)] == [f"{canary}."]
    names = {path.name for path in locked.folder.rglob("*") if path.is_file()}
    assert {"key", "manifest.sealed"} <= names
    plain.close()
    locked.close()


def test_files_are_their_owners_alone(corpus: Corpus, load: Load) -> None:
    load(comment(1))
    modes = {path.stat().st_mode & 0o077 for path in corpus.folder.rglob("*")}
    assert modes == {0}


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    loader(Corpus(tmp_path, keys(is_plain=False)))(comment(1))
    with pytest.raises(CorpusDamagedError):
        Corpus(tmp_path, keys(is_plain=False, secret=2)).imports()


def test_a_query_larger_than_memory_fails_rather_than_spill_in_clear(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "c", keys(is_plain=False), spill_folder=tmp_path / "spill")
    loader(corpus)(comment(1))
    many = "CREATE TEMP TABLE x AS SELECT i, i::VARCHAR FROM range(9000000) r(i)"
    with (
        pytest.raises(QueryTooLargeError, match="memory") as caught,
        corpus.connection(n_threads=1, memory_limit_bytes=30_000_000) as connection,
    ):
        connection.execute(many)
    assert "encrypted" in caught.value.hint
    assert not (tmp_path / "spill").exists()


def test_the_connection_reaches_nothing_else(corpus: Corpus, load: Load, tmp_path: Path) -> None:
    load(comment(1))
    other = tmp_path / "other.csv"
    other.write_text("a\n1\n", encoding="utf-8")
    with corpus.connection() as connection:
        for attempt in (
            f"SELECT * FROM read_csv('{other}')",
            f"COPY (SELECT 1) TO '{tmp_path / 'leak.csv'}'",
            f"ATTACH '{tmp_path / 'x.db'}'",
            "INSTALL httpfs",
            "SET enable_external_access = true",
        ):
            with pytest.raises(duckdb.Error):
                connection.execute(attempt)
        assert connection.execute("SELECT count(*) FROM posts").fetchall() == [(1,)]


# --- forgetting ------------------------------------------------------------------------------


def test_an_import_taken_out_leaves_nothing(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path, keys(is_plain=False))
    load = loader(corpus)
    first, second = load(comment(1)), load(comment(2))
    assert corpus.forget(first.import_id[:6]) == first
    assert corpus.imports() == (second,)
    assert column(corpus, "posts", "locator") == ["line 2"]
    assert not list((tmp_path / "incoming").iterdir())
    with pytest.raises(UnknownImportError):
        corpus.forget(first.import_id)
    corpus.close()


def test_an_id_must_be_of_one_import(corpus: Corpus, load: Load) -> None:
    load(comment(1))
    with pytest.raises(UnknownImportError):
        corpus.find("")  # it is the only one, and was not named
    load(comment(2))
    with pytest.raises(UnknownImportError) as caught:
        corpus.find("0000")  # the digests of both begin so
    assert len(caught.value.fitting) == 2


def test_what_has_expired_is_not_read(corpus: Corpus, load: Load, now: list[int]) -> None:
    made = load(comment(1), expires_us=NOON_US + DAY_US)
    load(comment(2))
    before = corpus.digest()
    assert len(column(corpus, "posts", "post_id")) == 2
    now[0] += DAY_US
    assert column(corpus, "posts", "post_id") == ["facebook:c2"]
    assert corpus.expired() == (made,)
    assert corpus.digest() != before


def test_a_new_mapping_takes_the_place_of_the_old(corpus: Corpus, load: Load) -> None:
    old = load(comment(1, text="old"), digest=9)
    new = load(comment(1, text="new"), digest=9, generation=1, replaces=old.import_id)
    assert corpus.imports() == (new,)
    assert column(corpus, "posts", "text") == ["new"]
    assert not (corpus.folder / old.import_id).exists()


def test_loading_again_in_the_same_way_is_known(corpus: Corpus, load: Load) -> None:
    made = load(comment(1), expires_us=NOON_US + 2 * DAY_US)

    def asked(**more: Any) -> LoadRequest:
        base = {"importer_id": "invented", "importer_version": 1, **more}
        return LoadRequest(import_digest=made.import_digest, name="other", **base)

    assert corpus.known(asked()) == made
    assert corpus.known(asked(expires_us=NOON_US + 3 * DAY_US)) == made
    assert corpus.known(asked(expires_us=NOON_US + DAY_US)) is None
    assert corpus.known(asked(has_names=True)) is None
    assert corpus.known(asked(importer_version=2)) is None


def test_what_has_expired_is_loaded_anew_and_what_was_for_ever_may_be_given_an_end(
    corpus: Corpus, load: Load, now: list[int]
) -> None:
    made = load(comment(1), expires_us=NOON_US + DAY_US)
    kept = load(comment(2))

    def known(digest: str, expires_us: int | None = None) -> bool:
        request = LoadRequest(
            import_digest=digest, name="x", importer_id="invented", importer_version=1,
            expires_us=expires_us,
        )  # fmt: skip
        return corpus.known(request) is not None

    assert known(made.import_digest)
    assert known(kept.import_digest)
    assert not known(kept.import_digest, NOON_US + DAY_US)
    now[0] += DAY_US
    assert not known(made.import_digest)


# --- crashes ---------------------------------------------------------------------------------


def test_an_import_that_fails_leaves_nothing(corpus: Corpus, load: Load) -> None:
    def parts() -> Any:
        yield comment(1)
        raise KeyboardInterrupt

    request = LoadRequest(
        import_digest="ff" * 32, name="x", importer_id="invented", importer_version=1
    )
    with pytest.raises(KeyboardInterrupt):
        corpus.load(request, parts)
    assert corpus.imports() == ()
    assert [path for path in corpus.folder.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("n_calls", range(1, 15))
@pytest.mark.long
def test_killed_anywhere_the_corpus_is_as_before_or_as_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, n_calls: int
) -> None:
    class Killed(BaseException):
        pass

    from undersight.corpus import catalogue
    from undersight.integrity import durable

    corpus = Corpus(tmp_path, keys(is_plain=False))
    load = loader(corpus)
    old = load(comment(1, text="old"), digest=9)
    left = [n_calls]
    names = ("move", "remove", "flush_folder", "make_folder", "write_atomic")
    for name in names:
        real = getattr(durable, name)

        def counted(*given: Any, _real: Any = real) -> Any:
            left[0] -= 1
            if left[0] <= 0:
                raise Killed
            return _real(*given)

        monkeypatch.setattr(durable, name, counted)
    # A kill runs no clean-up.
    monkeypatch.setattr(catalogue.Catalogue, "discard", lambda *_: None)
    is_killed = False
    try:
        load(comment(1, text="new"), digest=9, generation=1, replaces=old.import_id)
    except Killed:
        is_killed = True
    monkeypatch.undo()
    again = Corpus(tmp_path, keys(is_plain=False))
    assert len(again.imports()) == 1
    assert column(again, "posts", "text") in (["old"], ["new"])
    assert is_killed or column(again, "posts", "text") == ["new"]
    again.recover()
    assert list((tmp_path / "incoming").iterdir()) == []
    assert len(again.imports()) == 1
    corpus.close()
    again.close()


def test_a_damaged_import_is_named(corpus: Corpus, load: Load) -> None:
    made = load(comment(1))
    place = corpus.folder / made.import_id
    (place / "posts.parquet").write_bytes(b"PAR1")
    with pytest.raises(CorpusDamagedError) as caught:
        corpus.connection()
    assert caught.value.import_id == made.import_id
    (place / "manifest.json").write_text("{}", encoding="utf-8")
    with pytest.raises(CorpusDamagedError):
        Corpus(corpus.folder, keys()).imports()


def test_a_newer_manifest_is_refused(corpus: Corpus, load: Load) -> None:
    made = load(comment(1))
    path = corpus.folder / made.import_id / "manifest.json"
    text = path.read_text(encoding="utf-8")
    newer = text.replace(f'"format":{MANIFEST_FORMAT}', f'"format":{MANIFEST_FORMAT + 1}')
    path.write_text(newer, encoding="utf-8")
    with pytest.raises(CorpusDamagedError, match="newer"):
        Corpus(corpus.folder, keys()).imports()
