"""Which groups are told, where what they shared and when they came say different things."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from tests.detectors.cases import detector_of
from tests.detectors.crowds import START, Corpus, S
from undersight.detectors import testing
from undersight.detectors.group import Action, Group
from undersight.detectors.innocent import checks_of
from undersight.detectors.surroundings import Surroundings
from undersight.detectors.telling import tell
from undersight.model.finding import PostPair

MEMBERS = tuple(f"facebook:{letter}" for letter in "abcde")
N_OBJECTS = 6


def group_of(corpus: Corpus, *, n_others: int = 0, kind: str = "page", **given: Any) -> Group:
    """Five accounts that say six things together, nobody or others beside them."""
    for account in MEMBERS:
        corpus.account(account, kind=kind)
    own = tuple(
        Action(account, f"words {number}", corpus.post(account, START + number * S, text="aha"),
               START + number * S, None)
        for number in range(N_OBJECTS) for account in MEMBERS
    )  # fmt: skip
    pairs = tuple(
        PostPair(object=one.object, post_a=one.post, post_b=other.post, account_a=one.account,
                 account_b=other.account, delta_us=0)
        for one in own for other in own
        if one.object == other.object and one.account < other.account
    )  # fmt: skip
    others = {"account": [f"facebook:other{n}" for n in range(n_others)]}
    beside = {
        "object": ["words 0"] * n_others, "post": [f"o{n}" for n in range(n_others)],
        "time_us": [START] * n_others, "target": [None] * n_others,
    }  # fmt: skip
    types = pa.schema({"account": pa.string(), "object": pa.string(), "post": pa.string(),
                       "time_us": pa.int64(), "target": pa.string()})  # fmt: skip
    values = {
        "accounts": MEMBERS, "n_ties": 10, "pairs": pairs, "own": own,
        "audience": pa.table(others | beside, schema=types), "window_us": 60 * S,
        "observed": 60, "expected": 1.0, "p": 1e-9, "p_choices": 1e-9, "p_presence": 0.005,
        "p_synchrony": 0.005, "is_co_timed": False, "is_testable": False,
    }  # fmt: skip
    return Group(**(values | given))


def told(detector_id: str, **given: Any) -> tuple[list[str], dict[str, int]]:
    corpus = Corpus()
    group = group_of(corpus, **given)
    detector = detector_of(detector_id)
    view = detector.views[0]
    found, kept = tell(detector, view, [group], Surroundings(corpus.connection()), 4)
    return [one.verdict for one in found], dict(kept)


def test_too_little_left_to_time_is_told_by_what_was_shared() -> None:
    assert told("co-comment", is_co_timed=True) == (["co-timed"], {})
    assert told("co-comment", is_co_timed=True, p=1.0) == (["dominates-target"], {})
    assert told("co-comment", is_co_timed=True, p=1.0, p_choices=1.0) == (
        [], {"n_groups_within_chance": 1},
    )  # fmt: skip


def test_what_others_lead_and_nobody_times_is_the_same_choices() -> None:
    verdicts, kept = told("co-comment", is_co_timed=True, p=1.0, is_testable=True)
    assert (verdicts, kept) == ([], {"n_groups_same_choices_not_listed": 1})


@pytest.mark.parametrize("detector_id", ["co-share", "co-text"])
def test_links_and_words_that_nobody_else_has_are_a_sign(detector_id: str) -> None:
    assert told(detector_id, kind="profile") == (["dominates-target"], {})
    assert told(detector_id, kind="profile", n_others=1) == ([], {"n_groups_audience": 1})


def test_an_audience_of_its_own_posts_is_none() -> None:
    assert told("co-comment", kind="profile") == ([], {"n_groups_audience": 1})


def test_a_crowd_that_would_take_the_memory_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.detectors.cases import cases, ran

    case = next(one.values[0] for one in cases("co-comment") if "crew of six" in one.id)
    # The case itself says that the same crew is found where nothing is too large.
    monkeypatch.setattr(testing, "_MOST_OWN_PAIRS", 10)
    done = ran(case, "co-comment")
    assert done.findings == ()
    assert sum(look.counts.get("n_groups_not_tested", 0) for look in done.run.looks) > 0


@pytest.mark.parametrize(("kind", "category", "bots", "media"), [
    ("bot", None, "explains", "cannot-tell"),
    ("profile", "Musician", "does-not-explain", "does-not-explain"),
    ("page", "News & media website", "does-not-explain", "cannot-tell"),
    ("page", "Xəbər saytı", "does-not-explain", "cannot-tell"),
    ("unknown", None, "cannot-tell", "cannot-tell"),
])  # fmt: skip
def test_bots_that_say_so_and_media_are_told_as_such(
    kind: str, category: str | None, bots: str, media: str
) -> None:
    corpus = Corpus()
    group = group_of(corpus, kind=kind)
    for row in corpus.accounts:
        row["category"] = category
    checks = checks_of(group, "exact", Surroundings(corpus.connection()))
    said = {one.code: (one.outcome, one.number) for one in checks}
    assert said["declared-bots"][0] == bots
    assert said["media"] == (media, None if category is None else float(media == "cannot-tell"))
