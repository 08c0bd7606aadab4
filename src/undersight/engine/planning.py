"""How many pairs a window gives, counted exactly before any work is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from undersight.engine.timeline import stable_order

if TYPE_CHECKING:
    import numpy.typing as npt

    from undersight.engine.coding import Coded
    from undersight.engine.timeline import Timeline

N_HOT_OBJECTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one window will take.

    Args:
        window_us: The window, µs, both ends included.
        n_actions: Rows that take part.
        n_pairs_planned: Pairs of rows on one object within the window, of whatever account.
        n_same_account_pairs: Those of one account with itself: left out.
        n_same_post_pairs: Those of two accounts on one and the same post: left out.
        hot_objects: The objects with the most actions, and how many, most first.
    """

    window_us: int
    n_actions: int
    n_pairs_planned: int
    n_same_account_pairs: int
    n_same_post_pairs: int
    hot_objects: tuple[tuple[str, int], ...]

    @property
    def n_pairs(self) -> int:
        """Pairs that will be counted."""
        return self.n_pairs_planned - self.n_same_account_pairs - self.n_same_post_pairs

    def to_json(self) -> dict[str, Any]:
        """Return the counts for programs."""
        return {
            "window_us": self.window_us,
            "n_actions": self.n_actions,
            "n_pairs_planned": self.n_pairs_planned,
            "n_same_account_pairs": self.n_same_account_pairs,
            "n_same_post_pairs": self.n_same_post_pairs,
            "hot_objects": [{"object": name, "n_actions": n} for name, n in self.hot_objects],
        }


def plan_window(coded: Coded, timeline: Timeline, window_us: int) -> Plan:
    """Count the pairs that a window gives, without making one.

    Args:
        coded: The actions.
        timeline: The same, in window order.
        window_us: The window, µs; at most the timeline's.
    """
    n_same_account = _pairs_sharing(timeline, timeline.account, window_us)
    n_same_post = 0
    if coded.post is not None and _is_shared(coded.post):
        post = own_posts(coded.post)[timeline.order].astype(np.int64)
        both = post * max(1, len(coded.account_names)) + timeline.account
        n_same_post = _pairs_sharing(timeline, post, window_us) - _pairs_sharing(
            timeline, both, window_us
        )
    return Plan(
        window_us=window_us,
        n_actions=coded.n_actions,
        n_pairs_planned=pairs_within(timeline.key, window_us),
        n_same_account_pairs=n_same_account,
        n_same_post_pairs=n_same_post,
        hot_objects=_hot(coded),
    )


def own_posts(post: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    """Give each row that names no post one of its own."""
    found = post.astype(np.int64)
    nameless = np.flatnonzero(post < 0)
    found[nameless] = int(post.max(initial=-1)) + 1 + np.arange(nameless.size)
    return found


def _is_shared(post: npt.NDArray[np.int32]) -> bool:
    named = post[post >= 0]
    return bool(named.size and int(np.bincount(named).max()) > 1)


def pairs_within(key: npt.NDArray[np.int64], window_us: int) -> int:
    """Count the pairs of rows on one object within the window.

    Args:
        key: Of the rows, rising (`undersight.engine.timeline`).
        window_us: The window, µs; at most the timeline's.
    """
    end = np.searchsorted(key, key + window_us, side="right")
    return int(end.sum()) - key.size * (key.size + 1) // 2


def _pairs_sharing(timeline: Timeline, value: npt.NDArray[Any], window_us: int) -> int:
    """Count pairs within the window whose rows share a value too."""
    if not value.size:
        return 0
    order = stable_order(value)
    key, value = timeline.key[order], value[order]
    # The same trick as the timeline's: groups set apart by one step over the window.
    gap = np.diff(key, prepend=key[:1])
    gap[(np.diff(value, prepend=value[:1]) != 0) | (gap > window_us)] = window_us + 1
    return pairs_within(np.cumsum(gap, out=gap), window_us)


def _hot(coded: Coded) -> tuple[tuple[str, int], ...]:
    if not coded.n_actions:
        return ()
    counts = np.bincount(coded.object)
    least = np.partition(counts, -min(N_HOT_OBJECTS, counts.size))[
        -min(N_HOT_OBJECTS, counts.size)
    ]
    most = np.flatnonzero(counts >= max(2, least))
    named = sorted((-int(counts[code]), str(coded.object_names[int(code)])) for code in most)
    return tuple((name, -count) for count, name in named[:N_HOT_OBJECTS])
