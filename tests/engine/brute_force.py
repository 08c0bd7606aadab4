"""Co-actions by looking at every pair of rows: slow, short, and right by inspection."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pyarrow as pa

DAY_US = 86_400_000_000


@dataclass(frozen=True)
class Action:
    account: str | None
    object: str | None
    post: str | None
    time_us: int | None
    target: str | None = None


def to_table(actions: list[Action]) -> pa.Table:
    columns = ("account", "object", "post", "time_us", "target")
    return pa.table(
        [[getattr(one, name) for one in actions] for name in columns],
        schema=pa.schema([(n, pa.int64() if n == "time_us" else pa.string()) for n in columns]),
    )


def matches(actions: list[Action], window_us: int) -> dict[tuple[str, str], list[Any]]:
    """The pairs of rows by edge, each as (index and action of a, index and action of b)."""
    usable = [
        (index, one)
        for index, one in enumerate(actions)
        if one.account and one.object and one.time_us is not None
    ]
    found: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for (i, x), (j, y) in combinations(usable, 2):
        is_same_post = bool(x.post) and x.post == y.post
        is_near = abs(x.time_us - y.time_us) <= window_us
        if x.object == y.object and is_near and x.account != y.account and not is_same_post:
            a, b = sorted([(x.account, i, x), (y.account, j, y)], key=lambda side: side[0])
            found[a[0], b[0]].append((a[1:], b[1:]))
    return found


def edges(actions: list[Action], window_us: int, min_objects: int) -> list[dict[str, Any]]:
    """The edge table as rows."""
    found = []
    for (account_a, account_b), pairs in sorted(matches(actions, window_us).items()):
        n_objects = len({a.object for (_, a), _ in pairs})
        if n_objects < min_objects:
            continue
        deltas = [b.time_us - a.time_us for (_, a), (_, b) in pairs]
        later = [max(a.time_us, b.time_us) // DAY_US for (_, a), (_, b) in pairs]
        targets = {one.target for pair in pairs for _, one in pair if one.target}
        found.append(
            {
                "account_a": account_a,
                "account_b": account_b,
                "n_objects": n_objects,
                "n_pairs": len(pairs),
                "sum_delta_us": sum(map(abs, deltas)),
                "min_delta_us": min(map(abs, deltas)),
                "n_posts_a": len({a.post or i for (i, a), _ in pairs}),
                "n_posts_b": len({b.post or j for _, (j, b) in pairs}),
                "n_days": len(set(later)),
                "n_targets": len(targets),
                "n_a_first": sum(d > 0 for d in deltas),
                "n_b_first": sum(d < 0 for d in deltas),
            }
        )
    return found
