"""The Merkle tree of RFC 6962: one root for many leaves, short proofs that a leaf is under it.

A leaf is hashed as ``SHA-256(0x00 || leaf)`` and a node as ``SHA-256(0x01 || left || right)``,
so no leaf can pass for a node. A level of odd length hands its last node up unchanged.

Source: RFC 6962 §2.1 (same tree as RFC 9162 §2.1).
"""

from __future__ import annotations

import hashlib
import hmac
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    """Hash of one leaf's bytes."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of two nodes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def merkle_root(leaves: Iterable[bytes]) -> bytes:
    """Root over leaves in their order, 32 bytes."""
    level = [leaf_hash(leaf) for leaf in leaves]
    if not level:
        return EMPTY_ROOT
    while len(level) > 1:
        level = _level_above(level)
    return level[0]


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The sibling hashes from a leaf up to the root.

    Args:
        leaves: All leaves, in order.
        index: Which leaf, from 0.

    Raises:
        IndexError: There is no such leaf.
    """
    return inclusion_proofs(leaves, (index,))[0]


def inclusion_proofs(
    leaves: Sequence[bytes], indices: Sequence[int]
) -> tuple[tuple[bytes, ...], ...]:
    """The proofs of several leaves, the tree being built once.

    Args:
        leaves: All leaves, in order.
        indices: Which leaves, from 0; proofs come in this order.

    Raises:
        IndexError: There is no such leaf.
    """
    for index in indices:
        if not 0 <= index < len(leaves):
            raise IndexError(index)
    level = [leaf_hash(leaf) for leaf in leaves]
    proofs: list[list[bytes]] = [[] for _index in indices]
    places = list(indices)
    while len(level) > 1:
        for place, proof in zip(places, proofs, strict=True):
            if place ^ 1 < len(level):
                proof.append(level[place ^ 1])
        level, places = _level_above(level), [place // 2 for place in places]
    return tuple(map(tuple, proofs))


def is_included(
    leaf: bytes, *, index: int, n_leaves: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether a proof shows that a leaf stands at its index under a root.

    Args:
        leaf: The leaf's bytes.
        index: Its place, from 0.
        n_leaves: Number of leaves under the root.
        proof: Sibling hashes, lowest first.
        root: The root, 32 bytes.

    Source: RFC 9162 §2.1.3.2.
    """
    if not 0 <= index < n_leaves:
        return False
    node, last = leaf_hash(leaf), n_leaves - 1
    for sibling in proof:
        if last == 0:
            return False
        if index & 1 or index == last:
            node = node_hash(sibling, node)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        index, last = index >> 1, last >> 1
    return last == 0 and hmac.compare_digest(node, root)


def _level_above(level: Sequence[bytes]) -> list[bytes]:
    """Join neighbours; the odd last node goes up as it is."""
    return [
        left if right is None else node_hash(left, right)
        for left, right in zip_longest(level[::2], level[1::2])
    ]
