"""Many tests at once: how many there were, and what their p-values come to.

Sources: Benjamini & Hochberg (1995), Holm (1979), Phipson & Smyth (2010) for the add-one p.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from undersight.engine.coded_actions import CodedActions

    Floats = npt.NDArray[np.float64]


def n_possible_pairs(actions: CodedActions, min_objects: int = 1) -> int:
    """Count the pairs that could have been found: m = min(Σ_o C(d_o, 2) / k, C(n, 2)).

    k is the least number of objects of an edge, n the number of accounts with k actions or more,
    d_o that of such accounts on object o. Accounts with fewer actions are in no edge however
    their actions are laid down, and a pair with k objects is in k of the sums. Pairs that are in
    no list of edges were looked at too: they count as p = 1.

    Args:
        actions: All actions of the look.
        min_objects: k, 1 or more; edges with fewer distinct objects are not looked at.
    """
    if not actions.n_actions:
        return 0
    n_actions = np.bincount(actions.account, minlength=actions.n_accounts)
    is_busy = n_actions >= min_objects
    n_sharings = 0
    for start, stop in actions.parts():
        part = actions.between(start, stop)
        key = part.object.astype(np.int64)
        key *= actions.n_accounts
        key += part.account
        key = np.unique(key)
        busy = is_busy[key % actions.n_accounts]
        per_object = np.bincount((key // actions.n_accounts)[busy] - int(part.object[0]))
        n_sharings += int((per_object * (per_object - 1) // 2).sum())
    n = int(is_busy.sum())
    return min(n_sharings // min_objects, n * (n - 1) // 2)


def benjamini_hochberg(p: Floats, n_tests: int) -> Floats:
    """Return q: the least false discovery rate at which each test would be reported.

    Args:
        p: p-values of the tests in the list, shape (n,).
        n_tests: All tests, n or more; those not in the list count as p = 1.
    """
    n_all = max(n_tests, p.size)
    q = np.ones_like(p)
    # A p of 1 has a q of 1 and comes after all others: most edges have one.
    small = np.flatnonzero(p < 1)
    order = small[np.argsort(p[small], kind="stable")]
    scaled = p[order] * n_all / np.arange(1, order.size + 1)
    q[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return q


def holm(p: Floats, n_tests: int, n_looks: int = 1) -> Floats:
    """Adjust p-values so that the chance of a single false one, among all, is held.

    Args:
        p: p-values of the tests in the list, shape (n,).
        n_tests: All tests of one look, n or more; those not in the list count as p = 1.
        n_looks: How often the corpus was looked at: detectors x windows (x earlier runs).
    """
    n_all = max(n_tests, p.size) * max(n_looks, 1)
    order = np.argsort(p, kind="stable")
    scaled = p[order] * (n_all - np.arange(p.size, dtype=np.float64))
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(np.maximum.accumulate(scaled), 1.0)
    return adjusted


def add_one_p(observed: float, permuted: Floats) -> float:
    """Return the share of permutations at least as extreme, the observed one counted in.

    Args:
        observed: The statistic, larger is more extreme.
        permuted: The same under each permutation, shape (n,).
    """
    return (1 + int(np.count_nonzero(permuted >= observed))) / (1 + permuted.size)


def smallest_p_chance(observed_p: Floats, permuted_smallest_p: Floats) -> Floats:
    """Adjust p-values by what the smallest of all is when labels are permuted (min-p).

    It is exact whatever the tests have in common, and costs a whole run for each permutation.

    Args:
        observed_p: p-values of all looks together, shape (n,).
        permuted_smallest_p: The smallest p over all looks, by permutation, shape (k,).
    """
    ordered = np.sort(permuted_smallest_p)
    n_as_small = np.searchsorted(ordered, observed_p, side="right")
    return (1 + n_as_small.astype(np.float64)) / (1 + ordered.size)
