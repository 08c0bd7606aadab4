"""Which names of a long list are worth comparing: keys that two spellings of a name share.

Comparing every pair of 10^5 names is 5 * 10^9 comparisons; names are put into small blocks by the
consonants of two of their words instead. Only here is the ending of a surname cut off, because a
key that merges ``Həsənov`` and ``Həsənli`` loses nothing: the comparison has the last word.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Protocol, TypeVar

from undersight.text.name_keys import name_keys, skeleton
from undersight.text.name_parts import NameParts, Role, Token, parse_name
from undersight.text.name_tables import SURNAME_SUFFIX, spelling_groups
from undersight.text.names import NameComparison, compare_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class _Sortable(Protocol):
    def __lt__(self, other: object, /) -> bool: ...


Id = TypeVar("Id", bound="_Sortable")

_N_LETTERS_OF_A_LIKELY_PARTNER = 3
_WEAK = str.maketrans({"h": None, "b": "p", "d": "t", "v": "f", "y": None})
_MAX_WORDS = 5  # more words than this add keys, not chances


def blocking_keys(name: str) -> frozenset[str]:
    """Return keys; two names that share none are not compared.

    Args:
        name: A personal name.
    """
    return frozenset(_keys(parse_name(name)))


def candidates(
    names: Iterable[tuple[Id, str]],
) -> Iterator[tuple[Id, Id, NameComparison]]:
    """Yield the pairs of names that may be one person, in the order of their ids.

    Names that compare as ``different`` are left out, and so are pairs of which one is a single
    word: a surname alone fits too many. The work grows with the number of names and with how
    common they are, not with its square.

    Args:
        names: Ids, each once, and names. Ids must have an order.
    """
    by_name: dict[str, list[Id]] = defaultdict(list)
    for identifier, name in names:
        by_name[name].append(identifier)
    spellings = sorted(by_name)
    parts = [parse_name(spelling) for spelling in spellings]
    found: list[tuple[Id, Id, NameComparison]] = []
    for spelling, name_parts in zip(spellings, parts, strict=True):
        if len(by_name[spelling]) > 1:
            same = compare_parts(name_parts, name_parts)
            found += [(*_ordered(a, b), same) for a, b in combinations(by_name[spelling], 2)]
    for i, j in _blocked_pairs(parts):
        there = compare_parts(parts[i], parts[j])
        if there.verdict == "different":
            continue
        back = compare_parts(parts[j], parts[i])
        for a in by_name[spellings[i]]:
            found += [(b, a, back) if b < a else (a, b, there) for b in by_name[spellings[j]]]
    found.sort(key=lambda row: (row[0], row[1]))
    yield from found


def _ordered(a: Id, b: Id) -> tuple[Id, Id]:
    return (b, a) if b < a else (a, b)


def _blocked_pairs(parts: list[NameParts]) -> Iterator[tuple[int, int]]:
    """Yield each pair that shares a key, once: at the first of the keys it shares."""
    keys_of = [_keys(name) if _n_words(name) > 1 else () for name in parts]
    blocks: dict[str, list[int]] = defaultdict(list)
    for i, keys in enumerate(keys_of):
        for key in keys:
            blocks[key].append(i)
    sets_of = [frozenset(keys) for keys in keys_of]
    for key in sorted(blocks):
        block = blocks[key]
        if key[0] == "i":
            yield from _pairs_with_initial(key, block, parts, sets_of)
            continue
        for i, j in combinations(block, 2):
            if key == min(sets_of[i] & sets_of[j]):
                yield i, j


def _pairs_with_initial(
    key: str, block: list[int], parts: list[NameParts], sets_of: list[frozenset[str]]
) -> Iterator[tuple[int, int]]:
    """Pair names of one surname and first letter, if one of the two has only an initial."""
    abbreviated = [i for i in block if _has_initial(parts[i])]
    short = set(abbreviated)
    for i in abbreviated:
        for j in block:
            if (j in short and j <= i) or key != min(sets_of[i] & sets_of[j]):
                continue
            yield (i, j) if i < j else (j, i)


def _n_words(name: NameParts) -> int:
    return len(name.core) + len(name.patronymics)


def _has_initial(name: NameParts) -> bool:
    return any(token.is_initial for token in name.core)


def _keys(name: NameParts) -> tuple[str, ...]:
    """Return the keys of a name, sorted.

    ``f``: the consonants of two words, in alphabetical order; all spellings of a name share one.
    ``p``: all consonants of a word and the first few of another, so that a slip in the latter
    does no harm. ``i``: a word and the first letter of another, for initials. ``j``: all words
    together. ``m``: given and father's name, for women who changed their surname.
    """
    words = name.core[:_MAX_WORDS]
    if len(words) == 1:
        return tuple(sorted(f"o{s}" for s in _stems(words[0])))
    keys: set[str] = set()
    for one in words:
        for other in words:
            if one is other or one.is_initial:
                continue
            keys |= _pair_keys(one, other)
    keys.add("j" + skeleton(name.joined_key).translate(_WEAK))
    for father in name.patronymics[:1]:
        given = (t for t in words if t.role is not Role.SURNAME and not t.is_initial)
        keys |= {f"m{a} {b}" for t in given for a in _stems(t) for b in _stems(father)}
    return tuple(sorted(keys))


def _pair_keys(one: Token, other: Token) -> set[str]:
    keys: set[str] = set()
    for stem in _stems(one):
        if other.role is not Role.SURNAME:
            keys |= {f"i{stem} {letter[:1]}" for letter in other.keys}
        if other.is_initial:
            continue
        for partner in _stems(other):
            first, second = sorted((stem, partner))
            keys.add(f"f{first} {second}")
            n_letters = min(_N_LETTERS_OF_A_LIKELY_PARTNER, max(2, len(partner) - 1))
            keys.add(f"p{stem} {partner[:n_letters]}")
    return keys


def _stems(token: Token) -> frozenset[str]:
    """Return the consonants of a word without the ending of a surname."""
    return _stems_of(token.folded, token.keys, token.role)


@lru_cache(maxsize=1 << 16)
def _stems_of(folded: str, keys: tuple[str, ...], role: Role) -> frozenset[str]:
    stem = SURNAME_SUFFIX.sub("", folded) if role is not Role.GIVEN else ""
    plain = name_keys(stem) if len(stem) > 2 else keys
    stems = {skeleton(key).translate(_WEAK) or key for key in plain}
    if role is not Role.SURNAME:
        stems |= {f"={group}" for group in spelling_groups(keys[0])}
    return frozenset(stems)
