from __future__ import annotations

import errno
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from undersight.errors import CustodyBrokenError, DiskFullError, ReadOnlyError
from undersight.integrity import durable
from undersight.integrity.canonical import canonical_json
from undersight.integrity.chain import ChainHead, entry_hash
from undersight.vault.ledger import Ledger

DOMAIN = "undersight/test/v1"
KEY = bytes(range(32))
KEYS = pytest.mark.parametrize("key", [None, KEY], ids=["plain", "encrypted"])


def ledger_at(path: Path, key: bytes | None) -> Ledger:
    return Ledger(path, domain=DOMAIN, chain_id="ws-1", key=key)


def filled(folder: Path, key: bytes | None, n_entries: int = 4) -> Ledger:
    ledger = ledger_at(folder / "log", key)
    ledger.append({"what": f"Sarnak {i}"} for i in range(n_entries))
    return ledger


def first_break(ledger: Ledger, *anchors: ChainHead) -> tuple[int, str] | None:
    found = ledger.verify(anchors).first_break
    return None if found is None else (found.i, found.kind)


@KEYS
def test_entries_come_back_in_order_and_chained(tmp_path: Path, key: bytes | None) -> None:
    ledger = ledger_at(tmp_path / "log", key)
    assert list(ledger.entries()) == []
    assert ledger.head() == ChainHead(length=0, head=ledger.genesis)
    added = ledger.append([{"what": "a"}]) + ledger.append([{"what": "b"}, {"what": "c"}])
    again = ledger_at(tmp_path / "log", key)
    assert list(again.entries()) == added
    assert [entry["i"] for entry in added] == [0, 1, 2]
    assert again.head() == ChainHead(length=3, head=added[-1]["h"])
    assert again.verify().is_whole
    assert again.append([{"what": "d"}])[0]["prev"] == added[-1]["h"]
    assert ledger.append([{"what": "e"}])[0]["i"] == 4  # it noticed the other's entry


def test_a_plain_line_is_the_entrys_canonical_json(tmp_path: Path) -> None:
    ledger = filled(tmp_path, None, 1)
    entry = next(ledger.entries())
    assert ledger.path.read_bytes() == canonical_json(entry) + b"\n"


def test_an_encrypted_line_shows_nothing(tmp_path: Path) -> None:
    lines = filled(tmp_path, KEY).path.read_bytes().splitlines()
    assert all(line.startswith(b"u1:") for line in lines)
    assert len(set(lines)) == 4
    assert not first_break(ledger_at(tmp_path / "log", KEY))
    assert first_break(ledger_at(tmp_path / "log", bytes(32))) == (0, "edited")


@KEYS
def test_any_flipped_bit_is_found(tmp_path: Path, key: bytes | None) -> None:
    ledger = filled(tmp_path, key)
    anchor, whole = ledger.head(), ledger.path.read_bytes()

    @given(bit=st.integers(0, len(whole) * 8 - 1))
    @settings(max_examples=60)
    def check(bit: int) -> None:
        raw = bytearray(whole)
        raw[bit // 8] ^= 1 << bit % 8
        ledger.path.write_bytes(raw)
        # A flip in the very last line end looks like a crash: the anchor, or the torn tail,
        # shows it.
        again = ledger_at(ledger.path, key)
        assert first_break(again, anchor) is not None
        assert first_break(again) is not None or again.n_torn_bytes()

    check()


@KEYS
def test_edited_dropped_moved_lines_are_told_apart(tmp_path: Path, key: bytes | None) -> None:
    ledger = filled(tmp_path, key)
    lines = ledger.path.read_bytes().splitlines(keepends=True)
    cases: dict[tuple[int, str] | None, list[bytes]] = {
        None: lines,
        (1, "dropped"): [lines[0], *lines[2:]],
        (1, "reordered"): [lines[0], lines[2], lines[1], lines[3]],
        (4, "repeated"): [*lines, lines[2]],
        (2, "edited"): [*lines[:2], b"{}\n", lines[3]],
    }
    for expected, changed in cases.items():
        ledger.path.write_bytes(b"".join(changed))
        assert first_break(ledger_at(ledger.path, key)) == expected


def test_rewriting_needs_more_than_a_fresh_hash(tmp_path: Path) -> None:
    ledger = filled(tmp_path, None)
    anchor = ledger.head()
    lines = ledger.path.read_bytes().splitlines()
    forged = {**json.loads(lines[1]), "what": "forged"}
    forged["h"] = entry_hash(forged, domain=DOMAIN)
    ledger.path.write_bytes(b"\n".join([lines[0], canonical_json(forged), *lines[2:]]) + b"\n")
    assert first_break(ledger) == (1, "rewritten")
    ledger.path.write_bytes(b"\n".join(lines[:2]) + b"\n")
    assert first_break(ledger) is None  # a cut end is invisible alone
    assert first_break(ledger, anchor) == (2, "truncated")


def test_another_way_to_write_the_same_entry_is_an_edit(tmp_path: Path) -> None:
    ledger = filled(tmp_path, None, 2)
    lines = ledger.path.read_bytes().splitlines()
    loose = json.dumps(json.loads(lines[0])).encode()
    ledger.path.write_bytes(loose + b"\n" + lines[1] + b"\n")
    assert first_break(ledger) == (0, "edited")


def test_a_ledger_does_not_pass_for_another_workspaces(tmp_path: Path) -> None:
    filled(tmp_path, None)
    other = Ledger(tmp_path / "log", domain=DOMAIN, chain_id="ws-2", key=None)
    assert first_break(other) == (0, "rewritten")


@KEYS
def test_a_torn_line_is_passed_over_cut_and_nothing_else_is(
    tmp_path: Path, key: bytes | None
) -> None:
    ledger = filled(tmp_path, key)
    whole = ledger.path.read_bytes()
    last = len(whole.splitlines(keepends=True)[-1])
    for n_kept in (1, last // 2, last - 1):
        torn = whole[: len(whole) - last + n_kept]
        ledger.path.write_bytes(torn)
        again = ledger_at(ledger.path, key)
        assert again.n_torn_bytes() == n_kept
        assert len(list(again.entries())) == 3
        with pytest.raises(CustodyBrokenError, match="incomplete"):
            again.append([{"what": "x"}])
        assert again.repair() == n_kept
        assert again.repair() == 0
        assert ledger.path.read_bytes() == whole[: len(whole) - last]
        assert again.append([{"what": "x"}])[0]["i"] == 3
        assert again.verify().is_whole


def test_a_long_torn_line_is_found_whole(tmp_path: Path) -> None:
    ledger = filled(tmp_path, None)
    with ledger.path.open("ab") as file:
        file.write(b"x" * 300_000)
    assert ledger_at(ledger.path, None).n_torn_bytes() == 300_000
    assert ledger.head().length == 4
    assert ledger.repair() == 300_000


@KEYS
def test_nothing_is_added_after_an_edited_last_line(tmp_path: Path, key: bytes | None) -> None:
    ledger = filled(tmp_path, key)
    raw = bytearray(ledger.path.read_bytes())
    raw[-20] ^= 1
    ledger.path.write_bytes(raw)
    with pytest.raises(CustodyBrokenError) as raised:
        ledger_at(ledger.path, key).append([{"what": "x"}])
    assert raised.value.i == 3
    assert ledger.path.read_bytes() == raw


def failing_after(n_bytes: int) -> Any:
    """A disk that takes so many bytes and then is full."""
    write_all = durable.write_all

    def fail(descriptor: int, data: bytes) -> None:
        write_all(descriptor, data[:n_bytes])
        raise OSError(errno.ENOSPC, "no space")

    return fail


@KEYS
@pytest.mark.parametrize("n_bytes", [0, 5, 100_000])
def test_a_full_disk_adds_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: bytes | None, n_bytes: int
) -> None:
    ledger = filled(tmp_path, key)
    before = ledger.path.read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(durable, "write_all", failing_after(n_bytes))
        with pytest.raises(DiskFullError):
            ledger.append([{"what": "x"}, {"what": "y"}])
    assert ledger.path.read_bytes() == before
    assert ledger.append([{"what": "x"}])[0]["i"] == 4


def test_a_read_only_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = filled(tmp_path, None)

    def refuse(*_args: object) -> None:
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(durable, "open_append", refuse)
    with pytest.raises(ReadOnlyError):
        ledger.append([{"what": "x"}])
