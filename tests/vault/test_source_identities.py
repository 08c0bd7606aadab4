from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vault.sample import ACTOR, CHEAP, PASSPHRASE, new_keyring, new_vault
from undersight.errors import (
    FileThereError,
    IntegrityError,
    PassphraseNeededError,
    SealedFileDamagedError,
    SourceNotFoundError,
    UndersightError,
    WeakPassphraseError,
    WorkspaceTooNewError,
    WrongPassphraseError,
)
from undersight.integrity.canary import find_canary
from undersight.integrity.canonical import canonical_json
from undersight.vault import source_identities
from undersight.vault.source_identities import (
    SourceIdentities,
    SourceIdentity,
    create_sources,
    open_sources,
)

OWN = "a passphrase of its own"
CANARY = "Əlişan Canaryzadə"
WHO = SourceIdentity(
    name=CANARY, contact="canary-contact@mail.example", note="call after six", consent="2026-03-01"
)


class Clock:
    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def sources(tmp_path: Path) -> SourceIdentities:
    return create_sources(tmp_path / "sources.sealed", OWN, cost=CHEAP)


def test_a_source_is_known_by_an_opaque_id(sources: SourceIdentities, tmp_path: Path) -> None:
    source_id = sources.add(WHO)
    other = sources.add(WHO)
    assert source_id != other
    assert source_id.startswith("src-")
    assert len(source_id) >= 20
    with open_sources(tmp_path / "sources.sealed", OWN) as again:
        assert again.ids() == tuple(sorted([source_id, other]))
        assert again.read(source_id) == WHO
        again.update(source_id, SourceIdentity(name="Someone Else"))
        assert again.read(source_id).name == "Someone Else"
        again.remove(other)
        assert again.ids() == (source_id,)
        for forget in (again.read, again.remove):
            with pytest.raises(SourceNotFoundError, match=other):
                forget(other)
        with pytest.raises(SourceNotFoundError):
            again.update(other, WHO)


def test_it_is_locked_without_its_own_passphrase(
    sources: SourceIdentities, tmp_path: Path
) -> None:
    path = tmp_path / "sources.sealed"
    sources.add(WHO)
    with pytest.raises(PassphraseNeededError):
        open_sources(path, None)
    for wrong in (PASSPHRASE, "", OWN.upper()):
        with pytest.raises(WrongPassphraseError):
            open_sources(path, wrong)


def test_it_locks_itself(tmp_path: Path) -> None:
    clock = Clock()
    sources = create_sources(
        tmp_path / "sources.sealed", OWN, cost=CHEAP, idle_s=60.0, clock_s=clock
    )
    source_id = sources.add(WHO)
    clock.now_s = 59.0
    sources.read(source_id)
    clock.now_s = 119.0
    assert not sources.is_locked
    clock.now_s = 119.5
    assert sources.is_locked
    with pytest.raises(PassphraseNeededError):
        sources.read(source_id)
    sources.lock()


def test_a_canary_is_in_no_other_file_and_not_readable_in_its_own(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    import io

    keyring = new_keyring(tmp_path, is_plain=True)
    sources = create_sources(tmp_path / "sources.sealed", OWN, cost=CHEAP)
    source_id = sources.add(WHO)
    (tmp_path / "v").mkdir()
    vault = new_vault(tmp_path / "v", is_plain=True)
    vault.put(
        io.BytesIO(b"a page"), reason="from a source", actor=ACTOR, facts={"source": source_id}
    )
    sources.back_up(tmp_path / "backup.sealed")
    for canary in (CANARY, "canary-contact", "call after six"):
        assert find_canary(tmp_path, canary) == ()
        assert canary not in repr(sources) + repr(sources.read(source_id)) + caplog.text
    with pytest.raises(UndersightError) as raised:
        sources.read("src-unknown")
    assert CANARY not in str(raised.value)
    assert keyring.is_plain  # even there


def test_its_length_does_not_count_the_sources(sources: SourceIdentities, tmp_path: Path) -> None:
    path = tmp_path / "sources.sealed"
    empty = path.stat().st_size
    for _source in range(3):
        sources.add(WHO)
    assert path.stat().st_size == empty


def test_a_backup_is_the_encrypted_file(sources: SourceIdentities, tmp_path: Path) -> None:
    source_id = sources.add(WHO)
    sources.back_up(tmp_path / "copy.sealed")
    assert open_sources(tmp_path / "copy.sealed", OWN).read(source_id) == WHO
    with pytest.raises(FileThereError, match="exists"):
        sources.back_up(tmp_path / "copy.sealed")


def test_a_new_passphrase_comes_with_a_new_key(sources: SourceIdentities, tmp_path: Path) -> None:
    path = tmp_path / "sources.sealed"
    source_id = sources.add(WHO)
    stale = open_sources(path, OWN)
    with pytest.raises(WrongPassphraseError):
        sources.change_passphrase("wrong", "a third passphrase", cost=CHEAP)
    with pytest.raises(WeakPassphraseError):
        sources.change_passphrase(OWN, "short", cost=CHEAP)
    sources.change_passphrase(OWN, "a third passphrase", cost=CHEAP)
    assert sources.read(source_id) == WHO
    assert open_sources(path, "a third passphrase").read(source_id) == WHO
    with pytest.raises(WrongPassphraseError):
        open_sources(path, OWN)
    with pytest.raises(SealedFileDamagedError):
        stale.ids()


def test_nothing_is_made_twice_or_weakly(sources: SourceIdentities, tmp_path: Path) -> None:
    with pytest.raises(FileThereError, match="exists"):
        create_sources(tmp_path / "sources.sealed", OWN, cost=CHEAP)
    with pytest.raises(WeakPassphraseError):
        create_sources(tmp_path / "other.sealed", "short", cost=CHEAP)
    assert not (tmp_path / "other.sealed").exists()


def test_any_flipped_bit_is_found(tmp_path: Path) -> None:
    path = tmp_path / "own.sealed"
    create_sources(path, OWN, cost=CHEAP).add(WHO)
    whole = path.read_bytes()

    @given(bit=st.integers(0, len(whole) * 8 - 1))
    @settings(max_examples=60)
    def check(bit: int) -> None:
        raw = bytearray(whole)
        raw[bit // 8] ^= 1 << bit % 8
        path.write_bytes(raw)
        with pytest.raises((IntegrityError, WorkspaceTooNewError)):
            open_sources(path, OWN)

    check()


def rewrite(path: Path, **changes: Any) -> None:
    document = {**json.loads(path.read_bytes()), **changes}
    document["checksum"] = source_identities._checksum(document)
    path.write_bytes(canonical_json(document) + b"\n")


def test_a_change_by_someone_without_the_key_is_found(
    sources: SourceIdentities, tmp_path: Path
) -> None:
    path = tmp_path / "sources.sealed"
    sources.add(WHO)
    good = path.read_bytes()
    sealed = json.loads(good)["sealed"]
    for changes in (
        {"sealed": sealed[:-8] + "AAAAAAA="},
        {"sealed": 1},
        {"slot": {}},
        {"slot": {**json.loads(good)["slot"], "memory_kib": 2**40}},
    ):
        path.write_bytes(good)
        rewrite(path, **changes)
        with pytest.raises(SealedFileDamagedError):
            open_sources(path, OWN)
    for raw in (b"", b"[]", b"\xff", b'{"format":1}'):
        path.write_bytes(raw)
        with pytest.raises(SealedFileDamagedError):
            open_sources(path, OWN)
    path.unlink()
    with pytest.raises(SealedFileDamagedError, match="missing"):
        open_sources(path, OWN)
    path.write_bytes(b'{"format":2}')
    with pytest.raises(WorkspaceTooNewError):
        open_sources(path, OWN)
