from __future__ import annotations

import hashlib
import io
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from undersight.errors import ObjectDamagedError
from undersight.integrity.canonical import Digest, digest_bytes
from undersight.vault.object_stream import (
    CHUNK_BYTES,
    HEADER_BYTES,
    TRAILER_BYTES,
    ObjectReader,
    ObjectWriter,
    PlainReader,
    padded_length,
)

KEY = bytes(range(32))
EDGES = [0, 1, 4095, 4096, 4097, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES]


def sealed(data: bytes, *, piece_bytes: int = 1 << 20, key: bytes = KEY) -> bytes:
    out: list[bytes] = []
    writer = ObjectWriter(key, out.append)
    for start in range(0, len(data), piece_bytes):
        writer.write(data[start : start + piece_bytes])
    writer.finish(hashlib.sha256(data).digest(), len(data))
    return b"".join(out)


def reader(file: bytes, expected: Digest | None = None) -> ObjectReader:
    return ObjectReader(KEY, io.BytesIO(file), expected=expected)


def read_all(file: bytes, expected: Digest | None = None) -> bytes:
    with io.BufferedReader(reader(file, expected)) as stream:
        return stream.read()


@pytest.mark.parametrize("n_bytes", EDGES)
@pytest.mark.parametrize("piece_bytes", [4099, 1 << 20])
def test_what_went_in_comes_out(n_bytes: int, piece_bytes: int) -> None:
    data = os.urandom(n_bytes)
    file = sealed(data, piece_bytes=piece_bytes)
    assert read_all(file, digest_bytes(data)) == data
    found = reader(file)
    assert (found.digest, found.n_bytes) == (digest_bytes(data), n_bytes)
    n_chunks = -(-padded_length(n_bytes) // CHUNK_BYTES)
    assert len(file) == HEADER_BYTES + padded_length(n_bytes) + 16 * n_chunks + TRAILER_BYTES


def test_the_same_bytes_never_look_the_same() -> None:
    assert sealed(b"same") != sealed(b"same")


@given(st.data())
@settings(max_examples=40)
def test_any_flipped_bit_is_found_padding_and_all(data: st.DataObject) -> None:
    file = bytearray(sealed(b"invented" * 700))
    bit = data.draw(st.integers(0, len(file) * 8 - 1))
    file[bit // 8] ^= 1 << bit % 8
    with pytest.raises(ObjectDamagedError):
        read_all(bytes(file))


@given(st.integers(0, 2**20))
@settings(max_examples=40)
def test_any_cut_or_longer_file_is_found(place: int) -> None:
    file = sealed(os.urandom(CHUNK_BYTES + 100))
    cut = place % len(file)
    for wrong in (file[:cut], file + file[:cut] + b"x"):
        with pytest.raises(ObjectDamagedError):
            read_all(wrong)


def test_moved_dropped_and_foreign_chunks_do_not_open() -> None:
    size = CHUNK_BYTES + 16
    file = sealed(os.urandom(4 * CHUNK_BYTES))
    other = sealed(os.urandom(4 * CHUNK_BYTES))
    head, body, end = file[:HEADER_BYTES], file[HEADER_BYTES:-TRAILER_BYTES], file[-TRAILER_BYTES:]
    chunks = [body[i : i + size] for i in range(0, len(body), size)]
    for wrong in (
        [chunks[1], chunks[0], *chunks[2:]],
        chunks[:-1],
        [*chunks, chunks[-1]],
        [other[HEADER_BYTES : HEADER_BYTES + size], *chunks[1:]],
    ):
        with pytest.raises(ObjectDamagedError):
            read_all(head + b"".join(wrong) + end)
    with pytest.raises(ObjectDamagedError):
        read_all(head + body + other[-TRAILER_BYTES:])


def test_another_object_in_its_place_is_named() -> None:
    with pytest.raises(ObjectDamagedError, match=f"another object, {digest_bytes(b'one')}"):
        reader(sealed(b"one"), digest_bytes(b"two"))


def test_another_key_opens_nothing() -> None:
    with pytest.raises(ObjectDamagedError):
        reader(sealed(b"one", key=bytes(32)))


def test_a_lying_digest_is_found_before_the_last_bytes() -> None:
    out: list[bytes] = []
    writer = ObjectWriter(KEY, out.append)
    writer.write(b"what was written")
    writer.finish(hashlib.sha256(b"what was claimed").digest(), 16)
    with pytest.raises(ObjectDamagedError, match="do not have its digest"):
        read_all(b"".join(out))


def test_a_lying_length_is_found() -> None:
    out: list[bytes] = []
    writer = ObjectWriter(KEY, out.append)
    writer.finish(hashlib.sha256(b"").digest(), 0)
    writer_trailer = out.pop()
    longer = ObjectWriter(KEY, lambda _data: None)
    longer._cipher = writer._cipher
    longer._n_chunks, longer._sink = 1, out.append
    trailer = hashlib.sha256(b"").digest() + (5000).to_bytes(8, "big")
    out.append(longer._cipher.encrypt((1).to_bytes(11, "big") + b"\x01", trailer, None))
    assert len(out[-1]) == len(writer_trailer)
    with pytest.raises(ObjectDamagedError, match="length does not fit"):
        reader(b"".join(out))


@given(st.lists(st.tuples(st.integers(0, 200_000), st.integers(0, 70_000)), max_size=6))
@settings(max_examples=40)
def test_any_place_can_be_read(reads: list[tuple[int, int]]) -> None:
    data = bytes(i % 251 for i in range(150_000))
    with io.BufferedReader(reader(FILE_OF_150_000)) as stream:
        for place, n_bytes in reads:
            stream.seek(place)
            assert stream.read(n_bytes) == data[place : place + n_bytes]
        assert stream.seek(-10, os.SEEK_END) == 149_990
        assert stream.seek(4, os.SEEK_CUR) == 149_994
        assert stream.read() == data[-6:]


FILE_OF_150_000 = sealed(bytes(i % 251 for i in range(150_000)))


def test_jumping_about_still_finds_a_flipped_bit() -> None:
    file = bytearray(FILE_OF_150_000)
    file[HEADER_BYTES + 70_000] ^= 1
    stream = io.BufferedReader(reader(bytes(file)))
    assert stream.read(10) == bytes(range(10))
    stream.seek(70_000)
    with pytest.raises(ObjectDamagedError):
        stream.read(1)


@given(st.integers(0, 2**60))
def test_the_padding_hides_the_length_and_costs_little(n_bytes: int) -> None:
    padded = padded_length(n_bytes)
    assert padded >= max(n_bytes, 4096)
    assert padded_length(padded) == padded
    if n_bytes > 4096:
        assert padded - n_bytes <= 0.12 * n_bytes


def test_a_plain_file_is_compared_when_read_in_order() -> None:
    good, bad = b"x" * 3_000_000, b"x" * 2_999_999 + b"y"
    digest = digest_bytes(good)
    assert io.BufferedReader(PlainReader(io.BytesIO(good), expected=digest)).read() == good
    stream = io.BufferedReader(PlainReader(io.BytesIO(bad), expected=digest))
    with pytest.raises(ObjectDamagedError):
        list(iter(lambda: stream.read(100_000), b""))
    with pytest.raises(ObjectDamagedError):
        PlainReader(io.BytesIO(b""), expected=digest)
    jumping = io.BufferedReader(PlainReader(io.BytesIO(bad), expected=digest))
    jumping.seek(-1, os.SEEK_END)
    assert jumping.read() == b"y"
