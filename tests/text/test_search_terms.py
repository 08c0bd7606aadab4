from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersight.text.search_terms import (
    MIN_KEY_LENGTH,
    QueryTerm,
    index_name_keys,
    index_text,
    query_terms,
)


def _finds(query: str, text: str) -> bool:
    """Read the terms as a store would: prefix of words in a row, or prefix of a name key."""
    words, keys = index_text(text).split(), index_name_keys(text).split()
    return all(_holds(term, words, keys) for term in query_terms(query))


def _holds(term: QueryTerm, words: list[str], keys: list[str]) -> bool:
    n = len(term.words)
    runs = [tuple(words[i : i + n]) for i in range(len(words) - n + 1)]
    if term.is_exact:
        found = term.words in runs
    else:
        found = any(
            run[:-1] == term.words[:-1] and run[-1].startswith(term.words[-1]) for run in runs
        )
    found = found or any(key.startswith(wanted) for key in keys for wanted in term.name_keys)
    return found != term.is_excluded


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("eliyev", "əliyev"),
        ("eliyev", "ƏLİYEVİN sözləri"),
        ("bakida", "bakıda"),
        ("bakida", "BAKIDA"),
        ("bakida", "Bakıdakı"),
        ("sikayet", "şikayət"),
        ("ilham", "İlham"),
        ("İlham", "ILHAM"),
        ("aliyev", "Əliyev"),
        ("aliyev", "Алиев"),
        ("aliyev", "Eliyev"),
        ("Алиева", "Əliyevanı"),
        ("Əliyev", "Aliyev said"),
        ("Гасанов", "Həsənov"),
        ("Hasanov", "Гасанов"),
        ("Рагимов", "Rəhimov"),
        ("Гянджа", "Gəncə"),
        ("Ganja", "Гянджа"),
        ("Göyçay", "Гёйчай"),
        ("baku", "Bakı"),
        ("baki", "Баку"),
        ("baki", "Бакы"),
        ("ahmet", "Əhmədin"),
        ("обыск", "обыски"),
        ('"həbs edildi"', "dünən HƏBS EDILDI"),
        ("facebookda", "Facebook'da"),
        ("al-qumri", "al-Qumrinin"),
    ],
)
def test_a_query_finds_other_spellings(query: str, text: str) -> None:
    assert _finds(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("eliyev", "Vəliyev"),
        ("aliyev", "Xəlilov"),
        ('"edildi həbs"', "həbs edildi"),
        ('"həbs edil"', "həbs edildi"),
        ("həbs -jurnalist", "jurnalist həbs edildi"),
        ('həbs -"30 sutka"', "30 sutka həbs"),
        ("həbs bakıda", "Gəncədə həbs"),
    ],
)
def test_a_query_does_not_find_what_is_not_there(query: str, text: str) -> None:
    assert not _finds(query, text)


def test_a_query_is_read_into_terms() -> None:
    terms = query_terms("eliyev «həbs edildi» -facebook 535.1")
    assert [t.prefix for t in terms] == ["eliyev", "hebs edildi", "facebook", "535 1"]
    assert [t.is_exact for t in terms] == [False, True, False, False]
    assert [t.is_excluded for t in terms] == [False, False, True, False]
    assert terms[0].name_keys == ("aliav",)
    assert all(not t.name_keys for t in terms[1:])


@pytest.mark.parametrize("query", ["", "   ", '""', "-", "- -", '"', "🙂"])
def test_a_query_without_words_has_no_terms(query: str) -> None:
    assert query_terms(query) == ()


def test_a_hyphen_inside_a_word_excludes_nothing() -> None:
    (term,) = query_terms("al-qumri")
    assert term.words == ("al", "qumri")
    assert not term.is_excluded


@given(st.text(max_size=60))
def test_both_columns_are_plain_ascii_words(text: str) -> None:
    for column in (index_text(text), index_name_keys(text)):
        assert column.isascii()
        assert all(word.isalnum() for word in column.split())
    assert all(len(key) >= MIN_KEY_LENGTH for key in index_name_keys(text).split())


@given(st.text(st.sampled_from("əƏlişŞiİIıуеё- 'абвгдж\"q"), min_size=1, max_size=20))
def test_a_text_is_found_by_its_own_words(text: str) -> None:
    for word in index_text(text).split():
        assert _finds(word, text)


def test_fts5_keeps_the_words_whole() -> None:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE texts USING fts5(words, keys, tokenize = 'unicode61')")
    for text in ("Rauf Əliyev Bakıda saxlanılıb", "Журналист Алиев", "Vəliyev"):
        base.execute("INSERT INTO texts VALUES (?, ?)", (index_text(text), index_name_keys(text)))
    (term,) = query_terms("aliyev")
    match = f"words : {term.prefix}* OR keys : {term.name_keys[0]}*"
    found = base.execute("SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY 1", (match,))
    assert [row[0] for row in found] == [1, 2]
    base.close()
