from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersight.integrity.merkle import (
    EMPTY_ROOT,
    inclusion_proof,
    is_included,
    leaf_hash,
    merkle_root,
    node_hash,
)

# Inputs and roots of the reference implementation of RFC 6962 (certificate-transparency).
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
leaves = st.lists(st.binary(max_size=8), min_size=1, max_size=40)


def test_roots_of_the_standard() -> None:
    assert hashlib.sha256(b"").digest() == merkle_root([]) == EMPTY_ROOT
    assert [merkle_root(LEAVES[: n + 1]).hex() for n in range(8)] == ROOTS


def test_a_proof_of_the_standard() -> None:
    proof = inclusion_proof(LEAVES, 5)
    assert [each.hex() for each in proof] == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


@given(leaves, st.data())
def test_every_leaf_has_a_proof_that_holds(tree: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(tree) - 1))
    proof, root = inclusion_proof(tree, index), merkle_root(tree)
    assert is_included(tree[index], index=index, n_leaves=len(tree), proof=proof, root=root)
    for wrong in (index - 1, index + 1, len(tree)):
        assert not is_included(
            tree[index] + b"x", index=wrong, n_leaves=len(tree), proof=proof, root=root
        )


def test_a_proof_of_another_tree_s_shape_does_not_hold() -> None:
    leaf, sibling = leaf_hash(b"a"), leaf_hash(b"b")
    for index, n_leaves, proof, root in (
        (0, 2, (), leaf),  # too short
        (0, 1, (sibling,), node_hash(sibling, leaf)),  # too long
        (5, 1, (), leaf),  # no such place
        (-1, 1, (), leaf),
    ):
        assert not is_included(b"a", index=index, n_leaves=n_leaves, proof=proof, root=root)


@given(leaves, st.data())
def test_no_other_leaf_proof_or_root_holds(tree: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(tree) - 1))
    proof, root = inclusion_proof(tree, index), merkle_root(tree)
    leaf, n_leaves = tree[index], len(tree)
    assert not is_included(leaf + b"x", index=index, n_leaves=n_leaves, proof=proof, root=root)
    longer = (*proof, leaf_hash(b"x"))
    assert not is_included(leaf, index=index, n_leaves=n_leaves, proof=longer, root=root)
    assert not is_included(
        leaf, index=index, n_leaves=n_leaves, proof=proof, root=bytes(31) + b"\x01"
    )
    if proof:
        assert not is_included(leaf, index=index, n_leaves=n_leaves, proof=proof[1:], root=root)


def test_a_leaf_that_is_not_there_has_no_proof() -> None:
    for index in (-1, 2):
        with pytest.raises(IndexError):
            inclusion_proof([b"a", b"b"], index)
