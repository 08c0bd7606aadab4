"""Why a group is a finding: each reason is a number, a sentence and the posts."""

from __future__ import annotations

import math
import statistics
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from undersight.detectors.group import hours_of_week, overlap
from undersight.i18n import _
from undersight.model.finding import Interval, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from undersight.detectors.group import Group
    from undersight.detectors.surroundings import AccountFacts, PostFacts, Surroundings

MOST_PAIRS = 20
"""Pairs of posts that a reason shows, the nearest in time."""
_US_PER_DAY = 86_400_000_000
_LEAST_FOR_HOURS = 20


def reasons_of(group: Group, surroundings: Surroundings) -> tuple[Reason, ...]:
    """Return why a group is a finding, the strongest reason first."""
    accounts = surroundings.accounts(group.accounts)
    posts = surroundings.posts(group.posts)
    found = [
        _shared(group),
        _laid_down(group),
        _closeness(group),
        _leading(group),
        _share(group),
        _days(group),
        _hours(group),
        _kinds(group, accounts),
        _creation(accounts),
        _words(group, posts),
    ]
    return tuple(reason for reason in found if reason is not None)


def nearest_pairs(group: Group, n_pairs: int = MOST_PAIRS) -> Iterator[int]:
    """Yield the places of the pairs nearest in time.

    While others last, a post comes up at most twice and an object at most three times.
    """
    order = sorted(range(len(group.pairs)), key=lambda at: _nearness(group, at))
    n_shown: Counter[str] = Counter()
    later = []
    n_left = n_pairs
    for at in order:
        pair = group.pairs[at]
        is_fresh = max(n_shown[pair.post_a], n_shown[pair.post_b]) < 2
        if n_left and is_fresh and n_shown[f"object {pair.object}"] < 3:
            n_shown.update((pair.post_a, pair.post_b, f"object {pair.object}"))
            n_left -= 1
            yield at
        else:
            later.append(at)
    yield from later[:n_left]


def _nearness(group: Group, at: int) -> tuple[int, str, str, str]:
    pair = group.pairs[at]
    return abs(pair.delta_us), pair.object, pair.post_a, pair.post_b


def observed_over_expected(group: Group) -> Interval:
    """Return how many times more was shared than chance explains, with a 95 % interval.

    The interval leaves out one object at a time (jackknife on the logarithm): objects are what is
    independent of each other, pairs of one crowd are not. Source: Efron & Tibshirani, "An
    Introduction to the Bootstrap", 1993, §11.
    """
    name = "observed-over-expected"
    if group.expected <= 0:
        return Interval(name=name, value=float(group.observed))
    value = group.observed / group.expected
    ties = Counter(
        one for one, *_ in {(pair.object, pair.account_a, pair.account_b) for pair in group.pairs}
    )
    total, n = sum(ties.values()), len(ties)
    if n < 2 or total == max(ties.values()):
        return Interval(name=name, value=value)
    # Sums that are exact: ties come in the order of hashes, which is another one each time.
    logs = [math.log(total - k) for k in ties.values()]
    mean = math.fsum(logs) / n
    error = math.sqrt((n - 1) / n * math.fsum((one - mean) ** 2 for one in logs))
    wide = math.exp(1.96 * error)
    return Interval(name=name, value=value, low=value / wide, high=value * wide)


def _shared(group: Group) -> Reason:
    return Reason(
        code="shared-objects",
        number=float(group.observed),
        sentence=_(
            "{n_accounts} accounts acted on {n_objects} of the same objects within {window} of "
            "each other. Summed over its pairs of accounts that is {observed} shared objects; "
            "chance explains about {expected}."
        ),
        values={
            "n_accounts": len(group.accounts),
            "n_objects": len(group.objects),
            "window_s": _short(group.window_us / 1_000_000),
            "observed": group.observed,
            "expected": _short(group.expected),
        },
        pairs=tuple(group.pairs[at] for at in nearest_pairs(group)),
    )


def _laid_down(group: Group) -> Reason:
    """Its own rows at random places among everybody else's: the group as a whole, tested."""
    if group.p_synchrony is None:
        p = group.p_presence
        sentence = _(
            "When its actions are laid down at random in the same hours, it shares as much in "
            "{per_mille} of 1,000 tries."
        )
    else:
        p = group.p_synchrony
        sentence = _(
            "When its actions are laid down at random on the same objects, at the times of the "
            "other accounts, it shares as much in {per_mille} of 1,000 tries."
        )
    return Reason(
        code="laid-down-at-random",
        number=p,
        sentence=sentence,
        values={"per_mille": _short(1000 * p)},
    )


def _closeness(group: Group) -> Reason:
    apart = statistics.median(abs(pair.delta_us) for pair in group.pairs) / 1_000_000
    return Reason(
        code="closeness",
        number=float(apart),
        sentence=_("Half of the pairs of posts lie within {median_s} seconds of each other."),
        values={"median_s": _short(apart)},
    )


def _leading(group: Group) -> Reason | None:
    first: Counter[str] = Counter()
    n_met: Counter[str] = Counter()
    for pair in group.pairs:
        n_met.update((pair.account_a, pair.account_b))
        if pair.delta_us:
            first[pair.account_a if pair.delta_us > 0 else pair.account_b] += 1
    if not first:
        return None
    leader = min(first, key=lambda one: (-first[one], one))
    return Reason(
        code="who-led",
        number=first[leader] / n_met[leader],
        sentence=_("{who} was first in {n_first} of the {n_met} pairs it is part of."),
        values={"n_first": first[leader], "n_met": n_met[leader]},
        accounts=(leader,),
    )


def _share(group: Group) -> Reason:
    return Reason(
        code="share-of-actions",
        number=group.share_of_actions,
        sentence=_(
            "The group made {n_own} of the {n_all} actions on these objects; "
            "{n_audience} other accounts acted on them."
        ),
        values={
            "n_own": len(group.own),
            "n_all": len(group.own) + group.audience.num_rows,
            "n_audience": group.n_audience_accounts,
        },
    )


def _days(group: Group) -> Reason:
    return Reason(
        code="days",
        number=float(group.n_days),
        sentence=_("It did so on {n_days} different days."),
        values={"n_days": group.n_days},
    )


def _hours(group: Group) -> Reason | None:
    """The group's week beside that of the audience of the same objects; never one account's."""
    own = hours_of_week(action.time_us for action in group.own)
    others = hours_of_week(group.audience.column("time_us").to_pylist())
    same = overlap(own, others)
    if same is None or min(sum(own), sum(others)) < _LEAST_FOR_HOURS:
        return None
    return Reason(
        code="hours-of-week",
        number=same,
        sentence=_(
            "By hour of the week, its actions overlap by {percent} % with those of the other "
            "accounts on the same objects."
        ),
        values={"percent": round(100 * same)},
        series={"group": own, "audience": others},
    )


def _kinds(group: Group, accounts: Mapping[str, AccountFacts]) -> Reason | None:
    kinds = Counter(facts.kind for facts in accounts.values())
    n_known = sum(n for kind, n in kinds.items() if kind != "unknown")
    if not n_known:
        return None
    return Reason(
        code="kinds-of-account",
        number=kinds["page"] / len(group.accounts),
        sentence=_("{n_pages} of the {n_accounts} accounts are pages, {n_unknown} unknown."),
        values={
            "n_pages": kinds["page"],
            "n_accounts": len(group.accounts),
            "n_unknown": kinds["unknown"],
        },
    )


def _creation(accounts: Mapping[str, AccountFacts]) -> Reason | None:
    made = sorted(one.created_us for one in accounts.values() if one.created_us is not None)
    if len(made) < 5:
        return None
    half = math.ceil(len(made) / 2)
    closest = min(last - first for first, last in zip(made, made[half - 1 :], strict=False))
    days = closest // _US_PER_DAY + 1
    return Reason(
        code="creation-dates",
        number=float(days),
        sentence=_(
            "Of the {n_known} accounts whose creation date is known, half were made within "
            "{n_days} days."
        ),
        values={"n_known": len(made), "n_days": days},
    )


def repeated_words(group: Group, posts: Mapping[str, PostFacts]) -> tuple[int, int]:
    """Return how many of a group's posts say what another member says, and how many say anything.

    Posts of fewer than eight letters are left out: everybody writes those. So are reposts, whose
    words are another's: of one post they are always the same.
    """
    writers: dict[str, set[str]] = defaultdict(set)
    said: dict[str, str] = {}
    for action in group.own:
        facts = posts.get(action.post)
        if facts and not facts.is_repost and len(words := facts.words) >= 8:
            writers[words].add(action.account)
            said[action.post] = words
    return sum(len(writers[words]) > 1 for words in said.values()), len(said)


def _words(group: Group, posts: Mapping[str, PostFacts]) -> Reason | None:
    n_same, n_said = repeated_words(group, posts)
    if not n_said:
        return None
    return Reason(
        code="same-words",
        number=n_same / n_said,
        sentence=_("{n_same} of its {n_said} posts say word for word what another member says."),
        values={"n_same": n_same, "n_said": n_said},
    )


def _short(number: float) -> str:
    """Four significant digits, as people write numbers."""
    return f"{number:.4g}"
