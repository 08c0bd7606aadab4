"""Which word of one name goes with which word of the other."""

from __future__ import annotations

from undersight.text.name_tokens import SAME_NAME

_N_ALIGNED_EXACTLY = 6


def align(similarity: list[list[float]]) -> tuple[tuple[int, int], ...]:
    """Pair each word of the shorter name with a word of the longer, best in total.

    Args:
        similarity: For each word of one name, how alike each word of the other is, in [0, 1].
    """
    n_left, n_right = len(similarity), len(similarity[0])
    if n_left == n_right and all(similarity[i][i] >= SAME_NAME for i in range(n_left)):
        return tuple((i, i) for i in range(n_left))
    if n_left == n_right == 2:
        return _align_two(similarity)
    if n_left > n_right:
        turned = [list(column) for column in zip(*similarity, strict=True)]
        return tuple(sorted((i, j) for j, i in align(turned)))
    if n_right > _N_ALIGNED_EXACTLY:
        return _align_greedily(similarity)
    return _best_pairs(tuple(map(tuple, similarity)), 0, frozenset())[1]


def _align_two(similarity: list[list[float]]) -> tuple[tuple[int, int], ...]:
    """The commonest case, without a search."""
    (a, b), (c, d) = similarity
    is_straight = a * a + d * d >= b * b + c * c - 1e-9
    return ((0, 0), (1, 1)) if is_straight else ((0, 1), (1, 0))


def _best_pairs(
    similarity: tuple[tuple[float, ...], ...], row: int, taken: frozenset[int]
) -> tuple[float, tuple[tuple[int, int], ...]]:
    if row == len(similarity):
        return 0.0, ()
    best: tuple[float, tuple[tuple[int, int], ...]] = (-1.0, ())
    for column, alike in enumerate(similarity[row]):
        if column in taken:
            continue
        rest, pairs = _best_pairs(similarity, row + 1, taken | {column})
        # squares prefer one clear pair and one clear difference to two half-alike pairs
        if alike * alike + rest > best[0] + 1e-9:
            best = (alike * alike + rest, ((row, column), *pairs))
    return best


def _align_greedily(similarity: list[list[float]]) -> tuple[tuple[int, int], ...]:
    cells = sorted(
        (
            (-alike, abs(i - j), i, j)
            for i, row in enumerate(similarity)
            for j, alike in enumerate(row)
        )
    )
    rows: set[int] = set()
    columns: set[int] = set()
    pairs = []
    for _, _, i, j in cells:
        if i not in rows and j not in columns:
            rows.add(i)
            columns.add(j)
            pairs.append((i, j))
    return tuple(sorted(pairs))
