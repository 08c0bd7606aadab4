"""Time stamps: made by the book, checked offline, each fault told apart."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st
from rfc3161_client import decode_timestamp_response

from tests.vault.sample import ACTOR
from tests.vault.sealed import NOON, NOON_US, PAGES, SealedVault, make_sealed
from undersight.errors import (
    InvalidValueError,
    RootUnreadableError,
    StampRejectedError,
    TokenUnmatchedError,
)
from undersight.integrity import der
from undersight.integrity.canonical import digest_bytes
from undersight.vault.demo_authority import DemoAuthority, new_root
from undersight.vault.seal_checks import check_seals
from undersight.vault.stamp_check import StampFacts, Trust, check_reply
from undersight.vault.stamps import new_request

AUTHORITY = DemoAuthority(clock=lambda: NOON)
DATA = b"what was there"
REPLY = AUTHORITY.answer(new_request(DATA))


def imprint(algorithm: str) -> bytes:
    return hashlib.new(algorithm, DATA).digest()


def checked(
    reply: bytes, *, request: bytes = b"", authority: DemoAuthority = AUTHORITY, crl: bytes = b""
) -> StampFacts:
    from undersight.vault.stamp_check import read_revocations

    trust = Trust(
        roots=(authority.root.certificate,), revocations=read_revocations(crl) if crl else ()
    )
    return check_reply(reply, imprint, trust=trust, authority="demo", request=request)


@pytest.fixture
def made(tmp_path: Path) -> SealedVault:
    return make_sealed(tmp_path, is_plain=True)


def test_a_reply_says_when_by_whom_and_how_sure() -> None:
    request = new_request(DATA)
    facts = checked(AUTHORITY.answer(request), request=request)
    assert facts.at_us == NOON_US
    assert facts.accuracy_s == 1
    assert "demo time stamps" in facts.signer
    assert not facts.is_revocation_checked


def test_a_bare_token_is_a_reply_without_its_wrapper() -> None:
    reply = AUTHORITY.answer(new_request(DATA))
    token = decode_timestamp_response(reply).time_stamp_token()
    assert checked(token) == checked(reply)


def in_the_order_of_its_chain(reply: bytes) -> bytes:
    """As DigiCert answers: the signer's certificate, then the one above."""
    status, token = der.parts_of(der.content_of(reply))
    kind, wrapped = der.parts_of(der.content_of(token))
    version, digests, info, certificates, signers = der.parts_of(
        der.content_of(der.content_of(wrapped))
    )
    root = AUTHORITY.root.certificate.public_bytes(Encoding.DER)
    chain = sorted([der.content_of(certificates), root], reverse=True)
    signed = der.sequence(version, digests, info, der.tagged(0, b"".join(chain)), signers)
    return der.sequence(status, der.sequence(kind, der.tagged(0, signed)))


def test_certificates_in_any_order_are_read() -> None:
    reply = in_the_order_of_its_chain(AUTHORITY.answer(new_request(DATA)))
    with pytest.raises(ValueError, match="InvalidSetOrdering"):
        decode_timestamp_response(reply)
    assert checked(reply).at_us == NOON_US


def test_two_replies_have_two_nonces() -> None:
    first, second = new_request(DATA), new_request(DATA)
    with pytest.raises(StampRejectedError) as told:
        checked(AUTHORITY.answer(first), request=second)
    assert told.value.kind == "another-request"


def test_a_refusal_is_told_as_one() -> None:
    with pytest.raises(StampRejectedError) as told:
        checked(AUTHORITY.answer(b"no request"))
    assert told.value.kind == "refused"


def test_a_revocation_list_is_looked_at() -> None:
    reply = AUTHORITY.answer(new_request(DATA))
    serial = AUTHORITY.certificate.serial_number
    later = AUTHORITY.root.revocation_list(serial, NOON + dt.timedelta(days=1))
    assert checked(reply, crl=later).is_revocation_checked
    before = AUTHORITY.root.revocation_list(serial, NOON - dt.timedelta(days=1))
    with pytest.raises(StampRejectedError) as told:
        checked(reply, crl=before)
    assert told.value.kind == "revoked"
    by_a_stranger = new_root("demo", NOON).revocation_list(serial, NOON - dt.timedelta(days=1))
    assert not checked(reply, crl=by_a_stranger).is_revocation_checked


@given(place=st.integers(0, len(REPLY) - 1), bit=st.integers(0, 7))
def test_no_changed_byte_of_a_reply_passes_for_another_time(place: int, bit: int) -> None:
    reply = bytearray(REPLY)
    reply[place] ^= 1 << bit
    try:
        facts = checked(bytes(reply))
    except StampRejectedError:
        return
    # What nobody signed may differ (an unused parameter); what is stated may not.
    assert facts.at_us == NOON_US


@pytest.mark.long
@settings(max_examples=3000)
@given(
    st.lists(st.tuples(st.integers(0, len(REPLY) - 1), st.integers(0, 255)), max_size=4),
    st.integers(0, len(REPLY)),
    st.binary(max_size=9),
)
def test_a_mangled_reply_is_rejected_and_never_a_bug(
    changes: list[tuple[int, int]], place: int, planted: bytes
) -> None:
    reply = bytearray(REPLY)
    for where, value in changes:
        reply[where] = value
    reply[place:place] = planted
    try:
        facts = checked(bytes(reply))
    except StampRejectedError:
        return
    assert facts.at_us == NOON_US


@given(st.binary(max_size=300))
def test_no_bytes_crash_the_check(data: bytes) -> None:
    with pytest.raises(StampRejectedError):
        checked(data)


@pytest.mark.skipif(
    shutil.which("openssl") is None and not os.environ.get("CI"), reason="no openssl here"
)
def test_openssl_checks_a_stamp_without_us(made: SealedVault, tmp_path: Path) -> None:
    folder = made.seals.read("1").folder
    stamped = tmp_path / "stamped"
    names = ("manifest.json", "seal.sig")
    stamped.write_bytes(b"".join((folder / name).read_bytes() for name in names))
    stamp = folder / "stamps" / "demo-01"
    words = ["openssl", "ts", "-verify", "-data", stamped, "-in", stamp / "reply.tsr"]
    # Its certificate is checked at the moment that the stamp states.
    words += ["-CAfile", stamp / "root.pem", "-attime", str(NOON_US // 1_000_000)]
    assert subprocess.run(words, check=False, capture_output=True).returncode == 0
    stamped.write_bytes(stamped.read_bytes() + b".")
    assert subprocess.run(words, check=False, capture_output=True).returncode != 0


def test_a_root_pinned_for_one_authority_vouches_for_no_other(made: SealedVault) -> None:
    with pytest.raises(StampRejectedError) as told:
        made.stamp("seal-000002", "other")
    assert told.value.kind == "wrong-root"
    assert made.stamps().of(made.seals.read("2")) == ()


def test_a_token_over_an_object_is_kept_and_checked(made: SealedVault) -> None:
    reply = made.authority.answer(new_request(PAGES[0]))
    token = decode_timestamp_response(reply).time_stamp_token()
    stamps = made.stamps()
    assert stamps.seal_of_token(token, authority="demo") is None
    over, facts = stamps.keep_token(token, authority="demo", actor=ACTOR)
    assert over == digest_bytes(PAGES[0])
    assert facts.at_us == NOON_US
    assert check_seals(made.vault).n_stamps == 2


def test_a_token_by_another_digest_is_matched_too(made: SealedVault) -> None:
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    builder = TimestampRequestBuilder().data(PAGES[1]).hash_algorithm(HashAlgorithm.SHA512)
    reply = made.authority.answer(builder.build().as_bytes())
    over, _facts = made.stamps().keep_token(reply, authority="demo", actor=ACTOR)
    assert over == digest_bytes(PAGES[1])


def test_a_token_over_nothing_here_is_refused(made: SealedVault) -> None:
    reply = made.authority.answer(new_request(b"elsewhere"))
    with pytest.raises(TokenUnmatchedError):
        made.stamps().keep_token(reply, authority="demo", actor=ACTOR)


def test_only_certificates_are_pinned(made: SealedVault) -> None:
    with pytest.raises(RootUnreadableError):
        made.stamps().pin_root("demo", b"no certificate", where="x.pem", actor=ACTOR)
    with pytest.raises(InvalidValueError):
        made.stamps().pin_root("../x", made.authority.root.pem, where="x.pem", actor=ACTOR)
    with pytest.raises(RootUnreadableError):
        made.stamps().keep_revocations(b"none", where="crl", actor=ACTOR)


def test_a_token_whose_object_was_erased_alarms_nobody_but_is_told(made: SealedVault) -> None:
    reply = made.authority.answer(new_request(PAGES[0]))
    made.stamps().keep_token(reply, authority="demo", actor=ACTOR)
    made.vault.erase(digest_bytes(PAGES[0]), reason="withdrawn", actor=ACTOR)
    report = check_seals(made.vault)
    assert report.faults == []
