"""Families of texts that differ little: MinHash proposes, exact Jaccard similarity decides.

Texts are compared by their sets of character 5-grams. 25 bands of 4 MinHash values propose pairs
(Broder 1997; a pair of similarity 0.7 is proposed with probability 0.999); each proposed pair is
then compared exactly, so no family rests on a hash. A family is what such pairs connect.

Blind spots: very short texts share few grams; a chain of small changes joins texts that have
little in common at its ends; a text translated or spelt anew is another text.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    Integers = npt.NDArray[np.int64]
    Hashes = npt.NDArray[np.uint64]

GRAM = 5
N_BANDS, N_ROWS = 25, 4
_BLOCK_GRAMS = 1 << 21
_MANY_GRAMS = 20_000_000
_LOW = (1 << 32) - 1
_GAMMA = np.uint64(0x9E3779B97F4A7C15)
_SEED = 20_260_101


@dataclass(frozen=True, slots=True, kw_only=True)
class GramSets:
    """The distinct grams of each text, sorted, one text after the other.

    Args:
        grams: int64 gram codes, each below 2**32.
        starts: Where each text's grams begin, and the end of all.
    """

    grams: Integers
    starts: Integers

    @property
    def sizes(self) -> Integers:
        """Distinct grams by text."""
        return np.diff(self.starts)


def text_families(
    texts: Sequence[str | None], min_similarity: float = 0.7
) -> npt.NDArray[np.int64]:
    """Return the family of each text; equal texts are of one family.

    Args:
        texts: Texts as they are to be compared (normalised before); None and "" have no family.
        min_similarity: Least Jaccard similarity of 5-grams of two texts that are joined, over 0
            to 1.

    Returns:
        int64 index by text, -1 for none. Families are numbered by their least text by code
        point, so that the order of the texts changes nothing.
    """
    distinct = sorted({text for text in texts if text})
    if not distinct:
        return np.full(len(texts), -1, np.int64)
    sets = gram_sets(distinct)
    joined = _Components(len(distinct))
    for left, right in _proposed(sets, joined):
        is_alike = similarities(sets, left, right) >= min_similarity
        joined.join(left[is_alike], right[is_alike])
    # The least member comes first, because the distinct texts are sorted.
    _, family = np.unique(joined.roots(), return_inverse=True)
    place = {text: index for index, text in enumerate(distinct)}
    return np.array([family[place[text]] if text else -1 for text in texts], np.int64)


def gram_sets(texts: Sequence[str]) -> GramSets:
    """Return the 5-grams of texts; a shorter text is one gram.

    Args:
        texts: Texts of one character or more.
    """
    padded = [text.ljust(GRAM, "\0") for text in texts]
    raw = "".join(padded).encode("utf-32-le", errors="surrogatepass")
    characters, codes = np.unique(np.frombuffer(raw, np.uint32), return_inverse=True)
    lengths = np.array([len(text) for text in padded], np.int64)
    # Ranks of the exact codes: small numbers sort fast together with their owner.
    _, grams = np.unique(_packed(codes.astype(np.int64), len(characters)), return_inverse=True)
    text_starts = np.cumsum(lengths) - lengths
    kept, sizes = [], np.zeros(lengths.size, np.int64)
    for start, stop in _blocks(lengths):
        counts = lengths[start:stop] - GRAM + 1
        owner = np.repeat(np.arange(start, stop), counts)
        first = np.repeat(text_starts[start:stop] - (np.cumsum(counts) - counts), counts)
        found = grams[first + np.arange(owner.size)]
        both = np.sort((owner - start) << 32 | found)
        is_new = np.diff(both, prepend=-1) != 0
        kept.append(both[is_new] & _LOW)
        sizes[start:stop] = np.bincount(both[is_new] >> 32, minlength=stop - start)
    return GramSets(
        grams=np.concatenate(kept), starts=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    )


def _packed(codes: Integers, n_characters: int) -> Integers:
    """Return an exact code of the gram at each character; those over the end are not used."""
    grams = codes.copy()
    limit = n_characters
    for step in range(1, GRAM):
        if limit * n_characters >= 1 << 62:
            _, grams = np.unique(grams, return_inverse=True)
            limit = int(grams.max()) + 1
        grams = grams * n_characters
        grams[: codes.size - step] += codes[step:]
        limit *= n_characters
    return grams


def _blocks(lengths: Integers) -> Iterator[tuple[int, int]]:
    done = np.cumsum(lengths)
    start = 0
    while start < lengths.size:
        before = int(done[start - 1]) if start else 0
        stop = max(start + 1, int(np.searchsorted(done, before + _BLOCK_GRAMS, side="right")))
        yield start, stop
        start = stop


def similarities(sets: GramSets, left: Integers, right: Integers) -> npt.NDArray[np.float64]:
    """Return the exact Jaccard similarity of pairs of texts.

    Args:
        sets: The texts' grams.
        left: One text of each pair.
        right: The other.
    """
    sizes = sets.sizes
    n_shared = np.zeros(left.size, np.int64)
    for start, stop in _blocks(sizes[left] + sizes[right]):
        sides = np.concatenate([left[start:stop], right[start:stop]])
        pair = np.tile(np.arange(stop - start), 2)
        counts = sizes[sides]
        owner = np.repeat(pair, counts)
        first = np.repeat(sets.starts[sides] - (np.cumsum(counts) - counts), counts)
        grams = sets.grams[first + np.arange(owner.size)]
        both = np.sort(owner << 32 | grams)
        is_shared = both[1:] == both[:-1]
        n_shared[start:stop] = np.bincount(both[1:][is_shared] >> 32, minlength=stop - start)
    return n_shared / (sizes[left] + sizes[right] - n_shared)


def _proposed(sets: GramSets, joined: _Components) -> Iterator[tuple[Integers, Integers]]:
    """Yield pairs that share a band, leaving out those that are of one family already.

    In each group of a band everyone is first compared with the first, which joins most; only
    what is still apart then meets everyone else.
    """
    for band in _bands(sets):
        order = np.argsort(band, kind="stable")
        starts = np.flatnonzero(np.diff(band[order], prepend=band[order][:1] + np.uint64(1)))
        sizes = np.diff(starts, append=order.size)
        is_group = sizes > 1
        starts, sizes = starts[is_group], sizes[is_group]
        heads = np.repeat(order[starts], sizes - 1)
        others = order[_within(starts + 1, sizes - 1)]
        roots = joined.roots()
        is_apart = roots[heads] != roots[others]
        yield heads[is_apart], others[is_apart]
        yield from _rest(order, joined.roots(), (starts[sizes > 2], sizes[sizes > 2]))


def _rest(
    order: Integers, roots: Integers, groups: tuple[Integers, Integers]
) -> Iterator[tuple[Integers, Integers]]:
    """Yield every pair of a group that is still apart, many groups at once."""
    starts, sizes = groups
    owner = np.repeat(np.arange(starts.size), sizes)
    members = order[_within(starts, sizes)]
    is_mixed = np.zeros(starts.size, np.bool_)
    np.logical_or.at(is_mixed, owner, roots[members] != roots[order[starts]][owner])
    starts, sizes = starts[is_mixed], sizes[is_mixed]
    places = _within(starts, sizes)
    counts = np.repeat(starts + sizes, sizes) - places - 1  # partners that come later
    for first, stop in _blocks(counts):
        left = np.repeat(places[first:stop], counts[first:stop])
        right = _within(places[first:stop] + 1, counts[first:stop])
        left, right = order[left], order[right]
        is_apart = roots[left] != roots[right]
        yield left[is_apart], right[is_apart]


def _within(starts: Integers, sizes: Integers) -> Integers:
    """Return the places of every stretch, one after the other."""
    first = np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)
    return first + np.arange(first.size)


def _bands(sets: GramSets) -> Iterator[Hashes]:
    """Yield one number by text for each band; texts with equal numbers are proposed."""
    chance = np.random.default_rng(_SEED)
    factors = chance.integers(0, 2**63, (N_BANDS, N_ROWS), dtype=np.uint64) * 2 + 1
    mixed = _mixed(sets.grams.astype(np.uint64) + _GAMMA)  # never 0, which stays 0
    least = _least_numpy
    if mixed.size > _MANY_GRAMS and find_spec("numba") is not None:
        from undersight.engine.near_text_compiled import least_hashes as least
    for band in range(N_BANDS):
        key = np.zeros(sets.starts.size - 1, np.uint64)
        for row in range(N_ROWS):
            key = _mixed(key ^ least(mixed, sets.starts, factors[band, row]))
        yield key


def _least_numpy(mixed: Hashes, starts: Integers, factor: np.uint64) -> Hashes:
    """Return the least hash of each text's grams under one function."""
    hashed = mixed * factor
    hashed ^= hashed >> np.uint64(32)
    return np.minimum.reduceat(hashed, starts[:-1])


def _mixed(values: Hashes) -> Hashes:
    """Spread numbers over 64 bits (the finaliser of SplitMix64, Steele et al. 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


class _Components:
    """What pairs connect; each component is known by its least member."""

    def __init__(self, n_members: int) -> None:
        self._above = np.arange(n_members)

    def join(self, left: Integers, right: Integers) -> None:
        """Join the members of each pair."""
        for one, other in zip(left.tolist(), right.tolist(), strict=True):
            first, second = self._root(one), self._root(other)
            self._above[max(first, second)] = min(first, second)

    def roots(self) -> Integers:
        """Return the least member of everyone's component."""
        while True:
            above = self._above[self._above]
            if np.array_equal(above, self._above):
                return self._above.copy()
            self._above = above

    def _root(self, member: int) -> int:
        while self._above[member] != member:
            self._above[member] = self._above[self._above[member]]
            member = int(self._above[member])
        return member
