from __future__ import annotations

import copy
import hmac
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersight.errors import RecordUnreadableError
from undersight.integrity.record_cipher import RecordCipher
from undersight.integrity.secret import SecretKey, derive_key, new_key

KEY = RecordCipher.new_key()
WRAPPING = new_key()


@given(st.binary(max_size=200), st.binary(max_size=20))
def test_what_is_sealed_opens(plaintext: bytes, bound: bytes) -> None:
    sealed = RecordCipher.seal(KEY, plaintext, bound)
    assert RecordCipher.open(KEY, sealed, bound) == plaintext
    assert RecordCipher.seal(KEY, plaintext, bound) != sealed


@given(st.data())
def test_any_flipped_bit_is_found(data: st.DataObject) -> None:
    sealed = bytearray(RecordCipher.seal(KEY, b"Leyla Qaravelli", b"party/1"))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(RecordUnreadableError):
        RecordCipher.open(KEY, bytes(sealed), b"party/1")


def test_a_record_opens_only_where_it_belongs() -> None:
    sealed = RecordCipher.seal(KEY, b"x", b"party/1")
    for key, bound in ((KEY, b"party/2"), (new_key(), b"party/1")):
        with pytest.raises(RecordUnreadableError):
            RecordCipher.open(key, sealed, bound)
    for cut in (b"", sealed[:-1], sealed[:20]):
        with pytest.raises(RecordUnreadableError):
            RecordCipher.open(KEY, cut, b"party/1")


def test_a_wrapped_key_opens_only_for_its_record() -> None:
    wrapped = RecordCipher.wrap(WRAPPING, KEY, "party-1")
    assert len(wrapped) == 61
    assert RecordCipher.unwrap(WRAPPING, wrapped, "party-1") == KEY
    for key, record_id in ((WRAPPING, "party-2"), (new_key(), "party-1")):
        with pytest.raises(RecordUnreadableError):
            RecordCipher.unwrap(key, wrapped, record_id)


def test_a_wrapped_key_is_no_sealed_record() -> None:
    with pytest.raises(RecordUnreadableError):
        RecordCipher.unwrap(WRAPPING, RecordCipher.seal(WRAPPING, KEY, b"party-1"), "party-1")
    with pytest.raises(RecordUnreadableError):
        RecordCipher.unwrap(WRAPPING, RecordCipher.wrap(WRAPPING, b"short", "p"), "p")


def test_a_key_shows_itself_nowhere() -> None:
    key = SecretKey(b"k" * 32)
    for shown in (repr(key), str(key), f"{key}", f"{key!s:>40}", repr([key])):
        assert "kkk" not in shown
        assert "6b6b" not in shown
    with pytest.raises(TypeError):
        pickle.dumps(key)
    with pytest.raises(TypeError):
        copy.copy(key)


def test_subkeys_differ_by_purpose_and_salt() -> None:
    keys = {
        derive_key(KEY, purpose="a"),
        derive_key(KEY, purpose="b"),
        derive_key(KEY, purpose="a", salt=b"1"),
        derive_key(WRAPPING, purpose="a"),
    }
    assert len(keys) == 4
    assert derive_key(KEY, purpose="a") == derive_key(KEY, purpose="a")


def test_a_subkey_is_that_of_the_standard() -> None:
    # RFC 5869 in three lines: were it to change, every workspace would be locked for ever.
    purpose = b"undersight/subkey/v1/casebook"
    extracted = hmac.digest(bytes(32), KEY, "sha256")
    expected = hmac.digest(extracted, purpose + b"\x01", "sha256")
    assert derive_key(KEY, purpose=purpose.decode()) == expected
