"""OpenTimestamps: a promise, a block, a believed header; every fault told apart, offline."""

from __future__ import annotations

import hashlib
import io
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vault.block_calendar import BLOCK_S, HEIGHT, URL, Calendar, mined
from tests.vault.sample import ACTOR
from tests.vault.sealed import PAGES, SealedVault, make_sealed
from undersight.errors import (
    BlockHeaderUnreadableError,
    MissingExtraError,
    StampRejectedError,
    TokenUnmatchedError,
    UndersightError,
)
from undersight.integrity.canonical import digest_bytes
from undersight.vault import block_proofs
from undersight.vault.block_proofs import NewProof, completed, read_header, read_proof
from undersight.vault.block_stamps import COMPLETE, PROOF_KIND, BlockStamps, stamped_digest
from undersight.vault.handovers import prove_objects, seal_files
from undersight.vault.seal_checks import SealReport, check_seals

DIGEST = hashlib.sha256(b"what was there").digest()


def promised(calendar: Calendar, digest: bytes = DIGEST) -> bytes:
    made = NewProof(digest, nonce=b"n" * 16)
    made.add(calendar(URL, "digest", made.commitment, timeout_s=1) or b"")
    return made.to_bytes()


def in_block(calendar: Calendar, proof: bytes) -> bytes:
    ((url, commitment),) = read_proof(proof).promises
    calendar.is_mined = True
    path = f"timestamp/{commitment.hex()}"
    return completed(proof, commitment, calendar(url, path, None, timeout_s=1) or b"")


@pytest.fixture
def made(tmp_path: Path) -> SealedVault:
    return make_sealed(tmp_path, is_plain=True, n_seals=2)


@pytest.fixture
def easy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A block that costs nothing counts."""
    monkeypatch.setattr(block_proofs, "LEAST_ZERO_BITS", 0)


def noted(report: SealReport, place: str) -> set[str]:
    return {one.kind for one in report.notes if one.place == place}


def seal_digest(made: SealedVault, seal_id: str) -> bytes:
    return bytes.fromhex(stamped_digest(made.seals.read(seal_id)))


def test_a_calendar_never_sees_the_digest() -> None:
    calendar = Calendar()
    proof = promised(calendar)
    assert calendar.asked
    assert not [asked for asked in calendar.asked if DIGEST in asked]
    facts = read_proof(proof)
    assert (facts.digest, facts.blocks, facts.is_complete) == (DIGEST, (), False)
    assert [url for url, _asked in facts.promises] == [URL]


def test_a_promise_becomes_a_block() -> None:
    calendar = Calendar()
    facts = read_proof(in_block(calendar, promised(calendar)))
    assert facts.is_complete
    assert [height for height, _root in facts.blocks] == [HEIGHT]
    assert facts.digest == DIGEST


@pytest.mark.usefixtures("easy")
def test_a_seal_is_confirmed_by_a_block_that_somebody_believes(made: SealedVault) -> None:
    stamps = BlockStamps(made.vault, made.seals)
    calendar = Calendar()
    proof = promised(calendar, seal_digest(made, "seal-000002"))
    stamps.keep(proof, actor=ACTOR)
    report = check_seals(made.vault)
    assert noted(report, "seal-000002") >= {"pending", "unstamped"}
    stamps.keep(in_block(calendar, proof), actor=ACTOR)
    report = check_seals(made.vault)
    assert noted(report, "seal-000002") >= {"block-not-checked", "unstamped"}
    (told,) = [one.detail for one in report.notes if one.kind == "block-not-checked"]
    assert str(HEIGHT) in told
    n_before = report.n_stamps
    header = stamps.keep_header(calendar.header(), where="block", actor=ACTOR)
    assert header.at_us == BLOCK_S * 1_000_000
    report = check_seals(made.vault)
    assert noted(report, "seal-000002") == set()
    assert (report.faults, report.n_stamps) == ([], n_before + 1)


@pytest.mark.usefixtures("easy")
def test_a_header_of_another_block_confirms_nothing(made: SealedVault) -> None:
    stamps, calendar = BlockStamps(made.vault, made.seals), Calendar()
    proof = promised(calendar, seal_digest(made, "seal-000002"))
    stamps.keep(in_block(calendar, proof), actor=ACTOR)
    stamps.keep_header(mined(b"r" * 32), where="block", actor=ACTOR)
    assert "block-not-checked" in noted(check_seals(made.vault), "seal-000002")


def test_what_leads_further_counts_however_late_the_other_comes(made: SealedVault) -> None:
    stamps, calendar = BlockStamps(made.vault, made.seals), Calendar()
    digest = seal_digest(made, "seal-000001")
    proof = promised(calendar, digest)
    stamps.keep(in_block(calendar, proof), actor=ACTOR)
    stamps.keep(proof, actor=ACTOR)
    assert stamps.kept()[digest.hex()].state == COMPLETE  # type: ignore[index]


def test_a_proof_over_an_object_is_kept_and_one_over_nothing_is_not(made: SealedVault) -> None:
    stamps, calendar = BlockStamps(made.vault, made.seals), Calendar()
    data = b"an archiver's list of digests"
    made.vault.put(io.BytesIO(data), reason="test", actor=ACTOR)
    stamps.keep(promised(calendar, hashlib.sha256(data).digest()), actor=ACTOR)
    assert "pending" in noted(check_seals(made.vault), digest_bytes(data))
    with pytest.raises(TokenUnmatchedError):
        stamps.keep(promised(calendar), actor=ACTOR)


def test_a_handover_takes_the_proof_along(made: SealedVault) -> None:
    proof = promised(Calendar(), seal_digest(made, "seal-000001"))
    BlockStamps(made.vault, made.seals).keep(proof, actor=ACTOR)
    (over,) = prove_objects(made.vault, [digest_bytes(PAGES[0])])
    assert dict(seal_files(over))["seals/seal-000001/stamped.ots"] == proof


def test_a_swapped_proof_is_a_fault(made: SealedVault) -> None:
    """Its entry says what it is over; the proof itself says another."""
    calendar = Calendar()
    over = stamped_digest(made.seals.read("seal-000001"))
    facts = {"kind": PROOF_KIND, "over": over, "state": COMPLETE}
    for data, kind in ((promised(calendar), "another-digest"), (b"no proof", "unreadable")):
        made.vault.put(io.BytesIO(data), reason="test", actor=ACTOR, facts=facts)
        report = check_seals(made.vault)
        assert [(one.what, one.kind, one.place) for one in report.faults] == [
            ("stamp", kind, "seal-000001")
        ]


def test_without_the_extra_a_check_says_what_it_did_not_check(
    made: SealedVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    proof = promised(Calendar(), seal_digest(made, "seal-000001"))
    BlockStamps(made.vault, made.seals).keep(proof, actor=ACTOR)
    monkeypatch.setitem(sys.modules, "opentimestamps.core", None)
    assert "not-checked" in noted(check_seals(made.vault), "seal-000001")
    with pytest.raises(MissingExtraError):
        NewProof(DIGEST)


def test_a_header_shows_the_work_that_a_block_costs() -> None:
    with pytest.raises(BlockHeaderUnreadableError, match="work"):
        read_header(mined(b"r" * 32), where="block")
    for wrong in (b"", b"x" * 79, b"z" * 160):
        with pytest.raises(BlockHeaderUnreadableError):
            read_header(wrong, where="block")


def test_the_first_block_of_all_is_read_as_everybody_reads_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(block_proofs, "LEAST_ZERO_BITS", 40)
    genesis = (
        "01000000" + "00" * 32 + "3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a"
        "29ab5f49ffff001d1dac2b7c"
    )
    header = read_header(genesis.encode(), where="block")
    assert header.block == "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"
    assert header.at_us == 1_231_006_505_000_000
    assert read_header(bytes.fromhex(genesis), where="block") == header


def test_an_answer_to_another_question_completes_nothing() -> None:
    calendar = Calendar()
    proof = promised(calendar)
    calendar.is_mined = True
    other = calendar(URL, f"timestamp/{DIGEST.hex()}", None, timeout_s=1) or b""
    assert not read_proof(completed(proof, b"q" * 32, other)).is_complete
    made = NewProof(DIGEST)
    for wrong in (b"", b"\x00", b"\xff" * 50, b"\x08" * 5000):
        with pytest.raises(StampRejectedError):
            made.add(wrong)


@given(at=st.integers(0, 400), bit=st.integers(0, 7))
@settings(max_examples=60, deadline=None)
def test_no_changed_bit_passes_for_the_same_block(at: int, bit: int) -> None:
    calendar = Calendar()
    whole = in_block(calendar, promised(calendar))
    changed = bytearray(whole)
    changed[at % len(whole)] ^= 1 << bit
    before = read_proof(whole)
    try:
        after = read_proof(bytes(changed))
    except UndersightError:
        return
    assert (after.digest, {r for _h, r in after.blocks}) != (
        before.digest, {r for _h, r in before.blocks}
    ) or after.promises != before.promises or after.blocks != before.blocks  # fmt: skip


@given(data=st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_whatever_the_bytes_only_our_errors_escape(data: bytes) -> None:
    calendar = Calendar()
    for given_ in (data, block_proofs.MAGIC + data, promised(calendar)[:70] + data):
        try:
            read_proof(given_)
        except UndersightError:
            continue
