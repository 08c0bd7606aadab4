"""Which rows say what is usual, when some accounts are suspected: never their own.

A campaign that writes 98 % of the comments under a post makes that post's life curve; compared
with it, the campaign is usual. What is usual is therefore read elsewhere, as near as there is
enough: on the same targets before the accounts first came, on targets of like size, and else in
the rest of the corpus; always without the accounts' rows and without the objects they crowd.

Blind spots: accounts of the campaign that are not among the candidates stay in. Accounts that act
hundreds of times a day meet each other everywhere, whatever the baseline: that they write nearly
everything is a matter of composition, to be counted, and no test of timing says more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from undersight.engine.cluster_tests import object_shares

if TYPE_CHECKING:
    from undersight.engine.coded_actions import CodedActions, Flags, Ints

Basis = Literal["earlier", "comparable", "rest", "none"]
_CROWDS = 0.1  # share of an object's rows from which on it is not taken as usual
_LIKE_SIZE = 4.0  # times as many or as few rows
_ENOUGH_ROWS = 1000
_ENOUGH_ACCOUNTS = 50


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Baseline:
    """Rows that say what is usual.

    Args:
        rows: bool by row of the actions.
        basis: Where they are from: ``earlier`` on the same targets, ``comparable`` targets, the
            ``rest`` of the corpus, or ``none`` where no other row is left.
        n_rows: How many.
        n_accounts: By how many accounts.
        n_objects_crowded: Objects left out, of whose rows the candidates made a tenth or more.
    """

    rows: Flags
    basis: Basis
    n_rows: int
    n_accounts: int
    n_objects_crowded: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Enough:
    """What a basis must have before it is taken.

    Args:
        n_rows: Least rows.
        n_accounts: Least accounts.
    """

    n_rows: int = _ENOUGH_ROWS
    n_accounts: int = _ENOUGH_ACCOUNTS


def pick_baseline(
    actions: CodedActions,
    candidates: Ints,
    target: Ints | None = None,
    enough: Enough | None = None,
) -> Baseline:
    """Pick the rows nearest to the candidates' that are not under suspicion.

    Args:
        actions: All actions.
        candidates: int64 account codes under suspicion.
        target: int64 target code by row of ``actions`` (page, channel), -1 where there is none;
            None where the corpus has none: then only the rest serves.
        enough: What a basis must have; 1,000 rows by 50 accounts if not said.
    """
    enough = enough or Enough()
    is_theirs = actions.of(candidates)
    is_crowded = object_shares(actions, is_theirs) >= _CROWDS
    others = ~is_theirs & ~is_crowded
    n_crowded = int(np.unique(actions.object[is_crowded]).size)
    choices: list[tuple[Basis, Flags]] = []
    if target is not None and is_theirs.any():
        attacked = np.unique(target[is_theirs & (target >= 0)])
        choices.append(("earlier", others & _is_earlier(actions, target, is_theirs)))
        choices.append(("comparable", others & _is_comparable(target, attacked)))
    for basis, rows in choices:
        picked = _baseline(actions, rows, basis, n_crowded)
        if picked.n_rows >= enough.n_rows and picked.n_accounts >= enough.n_accounts:
            return picked
    return _baseline(actions, others, "rest" if others.any() else "none", n_crowded)


def _is_earlier(actions: CodedActions, target: Ints, is_theirs: Flags) -> Flags:
    """Rows under the candidates' targets from before the first of them came there."""
    n = int(target.max(initial=-1)) + 1
    first_us = np.full(n + 1, np.iinfo(np.int64).min)  # never earlier where they never came
    here = is_theirs & (target >= 0)
    came = np.full(n + 1, np.iinfo(np.int64).max)
    np.minimum.at(came, target[here], actions.time_us[here])
    is_attacked = np.zeros(n + 1, np.bool_)
    is_attacked[target[here]] = True
    first_us[is_attacked] = came[is_attacked]
    return (target >= 0) & (actions.time_us < first_us[target])


def _is_comparable(target: Ints, attacked: Ints) -> Flags:
    """Rows under other targets with about as many rows as the attacked ones."""
    if not attacked.size:
        return np.zeros(target.size, np.bool_)
    n_rows = np.bincount(target[target >= 0]).astype(np.float64)
    low, high = n_rows[attacked].min() / _LIKE_SIZE, n_rows[attacked].max() * _LIKE_SIZE
    is_like = (n_rows >= low) & (n_rows <= high)
    is_like[attacked] = False
    likes: Flags = np.isin(target, np.flatnonzero(is_like))
    return likes


def _baseline(actions: CodedActions, rows: Flags, basis: Basis, n_crowded: int) -> Baseline:
    return Baseline(
        rows=rows,
        basis=basis,
        n_rows=int(np.count_nonzero(rows)),
        n_accounts=int(np.unique(actions.account[rows]).size),
        n_objects_crowded=n_crowded,
    )
