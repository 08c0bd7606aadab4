"""How often a cluster is found where there is none, and what is found of planted ones.

    python benchmarks/false_clusters.py [--corpora 200] [--rows 20000]

Each invented corpus is looked at with two windows. A cluster is five or more accounts connected by
edges with q <= .05, one of which at least survives Holm's correction over all pairs and looks.
Then groups of 15 (105 pairs) among 62,000 organic rows, and 150 fans of one page (11,175 pairs):
planted pairs found + other pairs found.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from tests.engine.corpora import SECOND_US, Rows, fans, group, organic  # noqa: E402
from undersight.engine.cluster_tests import edges_within  # noqa: E402
from undersight.engine.edge_tests import EdgeNulls, edge_nulls  # noqa: E402
from undersight.engine.groups import find_components  # noqa: E402
from undersight.engine.multiplicity import holm  # noqa: E402
from undersight.engine.tails import wilson_interval  # noqa: E402

if TYPE_CHECKING:
    from undersight.engine.coded_actions import CodedEdges

WINDOWS_S = (60, 600)
PLANTED = 10_000  # first account of what is planted
LEVEL = 0.05


@dataclass(frozen=True)
class Look:
    """The edges of one corpus at one window, tested."""

    edges: CodedEdges
    nulls: EdgeNulls

    def n_clusters(self, *, is_timed: bool) -> int:
        """Clusters by presence, or by presence and synchrony together."""
        p = self.nulls.p_presence
        is_linked = self.nulls.q_presence <= LEVEL
        if is_timed:
            p = np.maximum(p, self.nulls.synchrony.p)
            is_linked &= self.nulls.q_synchrony <= LEVEL
        is_sure = holm(p, self.nulls.n_tests, len(WINDOWS_S)) <= LEVEL
        linked = self.edges.taking(is_linked)
        groups = find_components(linked.account_a, linked.account_b)
        sure = set(self.edges.account_a[is_sure & is_linked].tolist())
        return sum(bool(sure & set(members.tolist())) for members in groups)

    def found(self, q: np.ndarray) -> str:
        """Pairs found among the planted, and others."""
        is_planted = (self.edges.account_a >= PLANTED) & (self.edges.account_b >= PLANTED)
        is_found = q <= LEVEL
        return f"{np.sum(is_found & is_planted)} + {np.sum(is_found & ~is_planted)}"


def look(rows: Rows, window_s: int) -> Look:
    """Find the edges of two objects or more and test them."""
    actions, window_us = rows.actions, window_s * SECOND_US
    edges = edges_within(actions, window_us)
    edges = edges.taking(edges.n_objects > 1)
    return Look(edges, edge_nulls(actions, edges, window_us))


def print_false(n_corpora: int, n_rows: int) -> None:
    """Print how many organic corpora had a cluster."""
    n_with = {False: 0, True: 0}
    n_edges = 0
    for seed in range(n_corpora):
        looks = [look(organic(seed, n_rows // 15, n_rows), window_s) for window_s in WINDOWS_S]
        n_edges += sum(each.edges.n_objects.size for each in looks)
        for is_timed in n_with:
            n_with[is_timed] += any(each.n_clusters(is_timed=is_timed) for each in looks)
    print(f"{n_corpora} organic corpora of {n_rows:,} rows, {n_edges:,} edges tested")
    for is_timed, n in n_with.items():
        low, high = wilson_interval(n, n_corpora)
        kind = "presence and synchrony" if is_timed else "presence"
        print(f"with a cluster by {kind}: {n} (95 %: {low:.3f}-{high:.3f})")


def print_planted() -> None:
    """Print what is found of what was planted: planted pairs + others, q <= .05."""
    base = organic(100)
    planted = {f"group, {s} s": group(1, base, PLANTED, sync_s=s) for s in (15, 60, 600)}
    own = planted["group, 15 s"]
    planted["own links, 15 s"] = Rows(own.account, own.thing + 10**6, own.time_us)
    planted["150 fans of a page"] = fans(1, PLANTED)
    print("\n| planted | window | presence | synchrony | both | clusters by both |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, rows in planted.items():
        for window_s in WINDOWS_S:
            seen = look(base + rows, window_s)
            q_a, q_b = seen.nulls.q_presence, seen.nulls.q_synchrony
            cells = " | ".join(seen.found(q) for q in (q_a, q_b, np.maximum(q_a, q_b)))
            print(f"| {name} | {window_s} s | {cells} | {seen.n_clusters(is_timed=True)} |")


def main() -> None:
    """Print both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=int, default=200)
    parser.add_argument("--rows", type=int, default=20_000)
    options = parser.parse_args()
    start_s = time.process_time()
    print_false(options.corpora, options.rows)
    print_planted()
    print(f"\n{time.process_time() - start_s:.0f} s of CPU")


if __name__ == "__main__":
    main()
