"""From edges to groups that stand: tested each on its own, and again as a group without itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from undersight.detectors import grouping
from undersight.detectors.group import NOBODYS, Group, split_actions
from undersight.detectors.posts_behind import Tied, with_posts
from undersight.engine.cluster_tests import Drawing, check_cluster
from undersight.engine.coded_actions import window_ends
from undersight.engine.groups import labels_of
from undersight.engine.multiplicity import benjamini_hochberg

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from undersight.detectors.detector import CoActionDetector
    from undersight.detectors.view_actions import ViewActions
    from undersight.engine.background import Background
    from undersight.engine.cluster_tests import ClusterTests
    from undersight.engine.coded_actions import CodedEdges, Flags, Ints
    from undersight.engine.edge_tests import EdgeRejections
    from undersight.engine.nulls import Floats

CONFIRMED_P = 0.01
"""At most so often may a group's own rows, laid down at random among everybody else's, give as
many shared objects. This does not pay for having picked the group: `_chance` does."""
_LEAST_DRAWS, _MOST_DRAWS, _ROWS_DRAWN = 99, 199, 500_000
_MOST_DENSE_GROUPS = 20  # tested in one look; the largest come first, the rest are counted
_MOST_OWN_PAIRS = 5_000_000  # of a group's posts within a window; more is counted and not tested


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What the groups of one look are tested against.

    Args:
        detector: With its parameters.
        window_us: Window, µs.
        view_actions: The view's, to look up who is told of.
        names: Account id by code.
        background: Actions that take part, coded.
        n_tests: All pairs that could have been found.
        progress: Called with how many groups are tested.
    """

    detector: CoActionDetector
    window_us: int
    view_actions: ViewActions
    names: pa.Array
    background: Background
    n_tests: int
    progress: Callable[[str], object] = id


def find_groups(
    scene: Scene, edges: CodedEdges, nulls: EdgeRejections, counts: dict[str, int]
) -> tuple[tuple[Group, ...], Flags]:
    """Find the groups of one look.

    Three kinds, in this order, no account in two: groups of edges that both nulls reject; groups
    of edges that presence alone rejects; dense groups of plain edges that make half or more of
    the actions on what they share, which no test within the corpus as it stands could reject.

    Args:
        scene: What they are tested against.
        edges: All edges.
        nulls: Which of them the nulls reject.
        counts: Gets the number of edges and groups of each kind.

    Returns:
        The groups, and bool by edge: those that presence rejects or that lie within a group.
    """
    is_chosen = nulls.q_presence.are_at_most(scene.detector.max_q)
    is_timed = is_chosen & nulls.q_synchrony.are_at_most(scene.detector.max_q)
    known: list[Ints] = []
    found: list[Tied] = []
    n_too_large = 0
    for ties in (edges.taking(is_timed), edges.taking(is_chosen)):
        for members in grouping.tight_groups(grouping.without(ties, known), scene.detector):
            known.append(members)
            if _is_too_large(scene, members):
                n_too_large += 1
                continue
            found.append(_group(scene, members, _checked(scene, members)))
            scene.progress(f"{len(found):,} groups tested")
    dense = grouping.dense_groups(grouping.without(edges, known), scene.detector)
    n_too_large += max(0, len(dense) - _MOST_DENSE_GROUPS)
    for members in dense[:_MOST_DENSE_GROUPS]:
        if _is_too_large(scene, members):
            n_too_large += 1
            continue
        scene.progress(f"{len(known):,} groups tested")
        group = _left_out(scene, members)
        if group is not None:
            found.append(group)
            known.append(members)
    is_within = _is_within(edges, known, scene.background.actions.n_accounts)
    counts |= {
        "n_edges_same_choices": int(is_chosen.sum()),
        "n_edges_co_timed": int(is_timed.sum()),
        "n_groups_co_timed": sum(one.group.is_co_timed for one in found),
        "n_groups_same_choices": sum(
            one.group.is_testable and not one.group.is_co_timed for one in found
        ),
        "n_groups_dominating": sum(not one.group.is_testable for one in found),
        "n_groups_not_tested": n_too_large,
    }
    groups = with_posts(found, scene.view_actions, scene.window_us, scene.progress)
    return groups, is_chosen | is_within


def _is_within(edges: CodedEdges, groups: Sequence[Ints], n_accounts: int) -> Flags:
    """Whether both ends of an edge are in one group, which no account shares with another."""
    label = labels_of(groups, n_accounts)
    is_one: Flags = label[edges.account_a] == label[edges.account_b]
    return is_one & (label[edges.account_a] >= 0)


def _left_out(scene: Scene, members: Ints) -> Tied | None:
    """A dense group, if chance as everybody else shows it explains few of its ties."""
    # Ties first, by formula: most crowds end here, and nothing needs to be drawn for them.
    tests = check_cluster(scene.background, members, drawing=Drawing(n_draws=1))
    kept = grouping.cores(tests.edges.taking(_is_tie(scene, tests)), scene.detector)
    if not kept:
        return None
    return _group(scene, kept[0], _checked(scene, kept[0]))


def _is_tie(scene: Scene, tests: ClusterTests) -> Flags:
    """Pairs that share enough objects, and more than everybody else's rows explain."""
    q = benjamini_hochberg(tests.p_presence, scene.n_tests)
    is_tie: Flags = q <= scene.detector.max_q
    return is_tie & (tests.edges.n_objects >= scene.detector.min_objects)


def _is_too_large(scene: Scene, members: Ints) -> bool:
    """Whether a group meets itself so often that laying its rows down would take the memory."""
    own = scene.background.actions.taking(scene.background.rows_of(members))
    n_after = window_ends(own, scene.window_us) - np.arange(1, own.n_actions + 1)
    return int(n_after.sum()) > _MOST_OWN_PAIRS


def _checked(scene: Scene, members: Ints) -> ClusterTests:
    """Test a group, fewer times the more rows it has: 99 draws are enough for `CONFIRMED_P`."""
    n_rows = scene.background.rows_of(members).size
    n_draws = max(_LEAST_DRAWS, min(_MOST_DRAWS, _ROWS_DRAWN // max(n_rows, 1)))
    return check_cluster(scene.background, members, drawing=Drawing(n_draws=n_draws))


def _is_testable(tests: ClusterTests) -> bool:
    """Others made more than half of the actions on half or more of what the group acted on."""
    return tests.synchrony.is_testable and 2 * tests.n_objects_dominated <= tests.n_objects


def _group(scene: Scene, members: Ints, tests: ClusterTests) -> Tied:
    """Put a group together; its own rows are left out of what chance is learned from."""
    is_co_timed = tests.synchrony.is_testable and tests.synchrony.p <= CONFIRMED_P
    is_tie = _is_tie(scene, tests)
    p = np.maximum(tests.p_presence, tests.p_synchrony) if is_co_timed else tests.p_presence
    accounts = tuple(scene.names.take(pa.array(members)).to_pylist())
    chance = _chance(scene, p), _chance(scene, tests.p_presence)
    own, audience = split_actions(NOBODYS, ())
    group = Group(
        accounts=accounts,
        n_ties=int(is_tie.sum()),
        pairs=(),
        own=own,
        audience=audience,
        window_us=scene.window_us,
        observed=tests.presence.n_co_actions,
        expected=tests.presence.expected,
        p=chance[0],
        p_choices=chance[1],
        p_presence=tests.presence.p,
        p_synchrony=tests.synchrony.p if tests.synchrony.is_testable else None,
        is_co_timed=is_co_timed,
        is_testable=_is_testable(tests),
    )
    # What chance explains in this look alone is only counted: nothing of it is looked up.
    is_told = min(chance) <= scene.detector.max_family_p and tests.presence.p <= CONFIRMED_P
    ties = tests.edges.taking(is_tie) if is_told else None
    return Tied(group=group, ties=_named(scene, ties) if ties is not None else None)


def _named(scene: Scene, ties: CodedEdges) -> tuple[tuple[str, str], ...]:
    ends = (scene.names.take(pa.array(codes)).to_pylist()
            for codes in (ties.account_a, ties.account_b))  # fmt: skip
    return tuple(zip(*ends, strict=True))


def _chance(scene: Scene, p: Floats) -> float:
    """Chance that a look gives so many ties as the smallest group needs, where there are none.

    With u that number, p = m · p_(u) / u, p_(u) being the group's u-th smallest p and m all pairs
    that could have been found: of m true nulls u or more are this small at most so often (Markov),
    whatever depends on what. This pays for having picked the group, and ties that are real
    elsewhere do not matter, since the u are the group's own.
    Source: Rüger, "Das maximale Signifikanzniveau des Tests ‘Lehne H0 ab, wenn k unter n gegebenen
    Tests zur Ablehnung führen’", Metrika 25 (1978).
    """
    needed = grouping.least_ties(scene.detector)
    if p.size < needed:
        return 1.0
    nth = float(np.partition(p, needed - 1)[needed - 1])
    return min(1.0, scene.n_tests * nth / needed)
