"""Crowds of people who know nothing of each other, and crowds that stand with somebody.

The chance of one false group in a whole corpus, over every detector, view and window, is to be
at most 5 %: more than four of twenty-four corpora would be beyond what that chance gives (99 %).
"""

from __future__ import annotations

import pytest

from tests.detectors import crowds
from undersight.detectors.solidarity_words import speaks_of_solidarity
from undersight.workbench import detection
from undersight.workbench.detection import Done

MINUTE, TEN_MINUTES = 60_000_000, 600_000_000
N_CORPORA, MOST_FALSE = 24, 4
STANDING = "Free Tarvin! Stay strong, we stand with you"


def look_everywhere(corpus: crowds.Corpus) -> Done:
    return detection.run_detectors(
        corpus.connection(),
        detection.asked((), (MINUTE, TEN_MINUTES)),
        corpus_digest="0" * 64,
    )


@pytest.mark.long
@pytest.mark.timeout(900)
def test_innocent_corpora_hold_no_more_false_groups_than_allowed() -> None:
    n_false = 0
    for seed in range(N_CORPORA):
        corpus = crowds.organic(seed)
        crowds.plant_faithful(corpus, seed, median_delay_s=(300.0, 900.0, 3600.0)[seed % 3])
        crowds.plant_news(corpus, seed)
        n_false += bool(look_everywhere(corpus).findings)
    assert n_false <= MOST_FALSE


@pytest.mark.long
@pytest.mark.parametrize("text", [STANDING, ""], ids=["in words of solidarity", "in silence"])
@pytest.mark.parametrize("seed", range(3))
def test_a_crowd_that_stands_with_somebody_is_never_found(text: str, seed: int) -> None:
    corpus = crowds.organic(seed)
    crowd = crowds.plant_faithful(corpus, seed, median_delay_s=120.0, text=text)
    done = look_everywhere(corpus)
    assert [one for one in done.findings if set(one.accounts) & set(crowd)] == []


@pytest.mark.long
def test_the_same_crowd_is_found_where_it_is_a_crew() -> None:
    """The two tests above can fail: what they look with does find what is planted."""
    corpus = crowds.organic(0)
    crew = crowds.plant_crew(corpus, 0)
    crowds.plant_faithful(corpus, 0)
    (finding,) = look_everywhere(corpus).findings
    assert set(finding.accounts) == set(crew)


@pytest.mark.parametrize(
    "words",
    [
        "Azadlıq Tarvin Oskeldeyə!",
        "Свободу Тарвину",
        "Tarvin'e özgürlük, yanındayız",
        "journalism is not a crime",
        "Allah rəhmət eləsin, başsağlığı verirəm",
        "Светлая память",
        "RIP",
    ],
)
def test_words_of_solidarity_and_mourning_are_known(words: str) -> None:
    assert speaks_of_solidarity(words)


@pytest.mark.parametrize("words", ["Shame on you", "ripe fruit", "Вы лжёте", "Yalan danışırsan"])
def test_other_words_are_not_taken_for_them(words: str) -> None:
    assert not speaks_of_solidarity(words)


def test_a_hashtag_speaks_too() -> None:
    assert speaks_of_solidarity("", ["freetarvin"])
    assert speaks_of_solidarity("", ["tarvineazadlıq"])
    assert not speaks_of_solidarity("", ["sarnak"])
