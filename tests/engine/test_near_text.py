"""Families rest on exact similarity; the order of the texts changes nothing."""

from __future__ import annotations

import random
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from undersight.engine import near_text
from undersight.engine.near_text import gram_sets, similarities, text_families

TEXTS = [
    "the court of sarnak was right to close that page",
    "the court of sarnak was right to close that page!",
    "The court of sarnak was right to close that page!!",
    "people of qaravel do not believe a word of this",
    "people of qaravel do not believe one word of this",
    "a football match",
    "",
    None,
    "ok",
    "ok",
    "o",
]


@cache
def grams(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 5] for i in range(max(1, len(text) - 4)))


def jaccard(one: str, other: str) -> float:
    x, y = grams(one), grams(other)
    return len(x & y) / len(x | y)


def components(texts: list[str], least: float) -> list[set[str]]:
    """Families by comparing everyone with everyone."""
    families: list[set[str]] = []
    for text in sorted(set(texts)):
        near = [one for one in families if any(jaccard(text, other) >= least for other in one)]
        families = [one for one in families if one not in near]
        families.append(set().union({text}, *near))
    return sorted(families, key=min)


def test_small_changes_make_a_family() -> None:
    families = text_families(TEXTS)
    assert families[0] == families[1] == families[2]
    assert families[3] == families[4]
    assert families[8] == families[9] != families[10]
    assert len({families[0], families[3], families[5], families[8], families[10]}) == 5
    assert families[6] == families[7] == -1


def test_nothing_has_no_family() -> None:
    assert text_families([]).tolist() == []
    assert text_families([None, ""]).tolist() == [-1, -1]


@given(st.permutations(TEXTS))
@settings(max_examples=10)
def test_order_changes_nothing(texts: list[str | None]) -> None:
    known = dict(zip(TEXTS, text_families(TEXTS).tolist(), strict=True))
    assert text_families(texts).tolist() == [known[text] for text in texts]


@given(st.lists(st.text(min_size=1, max_size=12), min_size=2, max_size=6))
def test_similarity_is_exact(texts: list[str]) -> None:
    texts = [text.replace("\0", "-") for text in texts]
    pairs = [(i, j) for i in range(len(texts)) for j in range(i)]
    left, right = (np.array(side, np.int64) for side in zip(*pairs, strict=True))
    found = similarities(gram_sets(texts), left, right)
    assert found.tolist() == [jaccard(texts[i], texts[j]) for i, j in pairs]


def variants(seed: int) -> list[str]:
    """Texts of invented words, each with copies that differ by a word or two."""
    chance = random.Random(seed)  # noqa: S311 - made-up comments
    words = ["".join(chance.choices("aeiouklmnrst", k=5)) for _ in range(300)]
    found = []
    for _ in range(15):
        text = chance.choices(words, k=25)
        for _ in range(chance.randrange(1, 9)):
            copy = list(text)
            copy[chance.randrange(25)] = chance.choice(words)
            found.append(" ".join(copy))
    return found


@pytest.mark.parametrize("characters", ["", "".join(map(chr, range(0x4E00, 0x4E00 + 8000)))])
def test_families_are_those_of_everyone_with_everyone(characters: str) -> None:
    texts = [*variants(5), *([characters] if characters else [])]
    found: dict[int, set[str]] = {}
    for text, family in zip(texts, text_families(texts).tolist(), strict=True):
        found.setdefault(family, set()).add(text)
    assert [found[index] for index in sorted(found)] == components(texts, 0.7)


@pytest.mark.long
def test_compiled_code_gives_the_same_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba")
    texts = variants(6)
    expected = text_families(texts).tolist()
    monkeypatch.setattr(near_text, "_MANY_GRAMS", -1)
    assert text_families(texts).tolist() == expected
