from __future__ import annotations

import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersight.integrity.canonical import digest_bytes
from undersight.integrity.chain import (
    GENESIS,
    ChainHead,
    entry_hash,
    head_after,
    link_entry,
    verify_chain,
)

DOMAIN = "undersight/test/v1"


def chain_of(*whats: str) -> list[dict[str, Any]]:
    head, entries = ChainHead(length=0, head=GENESIS), []
    for what in whats:
        entries.append(link_entry({"what": what}, after=head, domain=DOMAIN))
        head = head_after(entries[-1])
    return entries


def first_break(entries: list[dict[str, Any]], *anchors: ChainHead) -> tuple[int, str] | None:
    found = verify_chain(entries, domain=DOMAIN, anchors=anchors).first_break
    return None if found is None else (found.i, found.kind)


def test_a_whole_chain_holds_and_names_its_head() -> None:
    entries = chain_of("a", "b", "c")
    report = verify_chain(entries, domain=DOMAIN)
    assert report.is_whole
    assert not report.is_anchored
    assert report.n_entries == 3
    assert report.head == ChainHead(length=3, head=entries[-1]["h"])
    assert verify_chain([], domain=DOMAIN).head == ChainHead(length=0, head=GENESIS)


def test_the_hash_of_an_entry_is_fixed_for_ever() -> None:
    # If this fails the byte format changed, and every chain ever written no longer verifies.
    data = b'{"i":0,"prev":"' + b"0" * 64 + b'","what":"a"}'
    expected = hashlib.sha256(b"undersight/test/v1\x00" + data).hexdigest()
    assert chain_of("a")[0]["h"] == expected


def test_a_number_that_is_none_is_named_though_its_hash_fits() -> None:
    entries = chain_of("a", "b")
    entries[1] = {**entries[1], "i": True}
    entries[1]["h"] = entry_hash(entries[1], domain=DOMAIN)
    assert first_break(entries) == (1, "edited")


@given(st.integers(0, 4), st.sampled_from(["what", "i", "prev", "h", "new"]))
def test_any_edited_field_is_named(place: int, name: str) -> None:
    entries = chain_of("a", "b", "c", "d", "e")
    entries[place] = {**entries[place], name: "x"}
    assert first_break(entries) == (place, "edited")


@given(st.integers(0, 3))
def test_a_dropped_entry_is_named(place: int) -> None:
    entries = chain_of("a", "b", "c", "d", "e")
    del entries[place]
    assert first_break(entries) == (place, "dropped")


@given(st.integers(0, 4), st.integers(0, 4))
def test_swapped_entries_are_named(one: int, other: int) -> None:
    entries = chain_of("a", "b", "c", "d", "e")
    entries[one], entries[other] = entries[other], entries[one]
    expected = None if one == other else (min(one, other), "reordered")
    assert first_break(entries) == expected


def test_a_repeated_entry_is_named() -> None:
    entries = chain_of("a", "b", "c")
    assert first_break([*entries, entries[1]]) == (3, "repeated")


def test_an_entry_edited_with_a_fresh_hash_is_found_by_the_next() -> None:
    entries = chain_of("a", "b", "c")
    forged = {**entries[1], "what": "x"}
    forged["h"] = entry_hash(forged, domain=DOMAIN)
    assert first_break([entries[0], forged, entries[2]]) == (1, "rewritten")


def test_what_cannot_be_hashed_was_edited() -> None:
    entries = chain_of("a", "b")
    assert first_break([entries[0], {"i": 1, "what": float("nan"), "h": "x"}]) == (1, "edited")
    assert first_break([{}]) == (0, "edited")
    assert first_break([{"h": entry_hash({}, domain=DOMAIN)}]) == (0, "edited")


def test_a_cut_end_shows_only_against_an_anchor() -> None:
    entries = chain_of("a", "b", "c")
    anchor = head_after(entries[-1])
    assert first_break(entries[:-1]) is None
    assert first_break(entries[:-1], anchor) == (2, "truncated")
    assert first_break([], anchor) == (0, "truncated")
    assert first_break(entries, anchor) is None
    assert verify_chain(entries, domain=DOMAIN, anchors=[anchor]).is_anchored


def test_a_complete_rewrite_shows_only_against_an_anchor() -> None:
    anchor = head_after(chain_of("a", "b")[-1])
    rewritten = chain_of("a", "x", "c")
    assert first_break(rewritten) is None
    assert first_break(rewritten, anchor) == (1, "rewritten")


def test_a_chain_does_not_pass_for_another() -> None:
    entries = chain_of("a", "b")
    assert not verify_chain(entries, domain="undersight/other/v1").is_whole
    other = verify_chain(entries, domain=DOMAIN, genesis=digest_bytes(b"other"))
    assert other.first_break is not None
    assert other.first_break.kind == "rewritten"


@pytest.mark.parametrize("length", [0, 1, 2])
def test_anchors_of_any_length_hold(length: int) -> None:
    entries = chain_of("a", "b")
    head = entries[length - 1]["h"] if length else GENESIS
    assert first_break(entries, ChainHead(length=length, head=head)) is None
    assert first_break(entries, ChainHead(length=length, head=digest_bytes(b"x"))) == (
        max(length - 1, 0),
        "rewritten",
    )
