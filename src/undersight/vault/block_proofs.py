"""OpenTimestamps: proofs that lead from a digest to a block of the Bitcoin chain.

A proof begins as a calendar's promise and is completed some hours later. Complete, it says which
block's Merkle root it leads to; when that was, the block's header says. As with the roots of time
authorities, which headers to believe is for a person to decide: whoever gets one compares its hash
with what several sources publish. Formats: the extra's library; the header as Bitcoin has it
(80 bytes: version, block before, Merkle root, time, target, nonce).
"""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undersight.errors import BlockHeaderUnreadableError, MissingExtraError, StampRejectedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NAME = "OpenTimestamps"
MAGIC = b"\x00OpenTimestamps\x00\x00Proof\x00"
MOST_PROOF_BYTES = 1 << 16
LEAST_ZERO_BITS = 64
"""Zero bits that a block's hash has at least: all since 2015 have more; nobody makes one alone."""
_HEADER_BYTES, _NONCE_BYTES, _SECOND_US = 80, 16, 1_000_000
_MOST_HEIGHT = 1 << 31


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockHeader:
    """A block's header, as somebody decided to believe it.

    Attributes:
        root: Merkle root, in the order of its bytes.
        at_us: The time that it states, epoch microseconds UTC; right to about two hours.
        block: Its hash as explorers print it, hexadecimal.
    """

    root: bytes
    at_us: int
    block: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofFacts:
    """What a proof says.

    Attributes:
        digest: SHA-256 of what it is over.
        promises: Calendars that promised to complete it, each with what to ask it for.
        blocks: Height and Merkle root of each block that it leads to.
        is_complete: Whether it leads to a block.
    """

    digest: bytes
    promises: tuple[tuple[str, bytes], ...]
    blocks: tuple[tuple[int, bytes], ...]

    @property
    def is_complete(self) -> bool:
        """Whether it leads to a block."""
        return bool(self.blocks)


class NewProof:
    """A proof in the making: calendars are asked about a salted digest, not the digest itself.

    Args:
        digest: SHA-256 of what is to be stamped.
        nonce: Hides the digest from the calendars; random by default.
    """

    def __init__(self, digest: bytes, nonce: bytes = b"") -> None:
        parts = _parts()
        self._proof = parts.DetachedTimestampFile(parts.OpSHA256(), parts.Timestamp(digest))
        nonce = nonce or os.urandom(_NONCE_BYTES)
        salted = self._proof.timestamp.ops.add(parts.OpAppend(nonce))
        self._asked = salted.ops.add(parts.OpSHA256())

    @property
    def commitment(self) -> bytes:
        """What calendars are sent."""
        return bytes(self._asked.msg)

    def add(self, answer: bytes) -> None:
        """Take in a calendar's answer.

        Raises:
            StampRejectedError: It is none.
        """
        with _parsing():
            self._asked.merge(_answer(answer, self.commitment))

    def to_bytes(self) -> bytes:
        """Return the proof as a file."""
        return _written(self._proof)


def read_proof(data: bytes) -> ProofFacts:
    """Return what a proof says; nothing is believed yet.

    Raises:
        StampRejectedError: It cannot be read.
        MissingExtraError: The library is not installed.
    """
    parts = _parts()
    with _parsing():
        proof = _read(data)
        if not isinstance(proof.file_hash_op, parts.OpSHA256):
            raise StampRejectedError(NAME, "unreadable", "it is not over a SHA-256 digest")
        promises, blocks = set[tuple[str, bytes]](), set[tuple[int, bytes]]()
        for message, said in proof.timestamp.all_attestations():
            if isinstance(said, parts.PendingAttestation):
                promises.add((str(said.uri), bytes(message)))
            elif isinstance(said, parts.BitcoinBlockHeaderAttestation):
                blocks.add((min(int(said.height), _MOST_HEIGHT), bytes(message)))
        return ProofFacts(
            digest=bytes(proof.file_digest),
            promises=tuple(sorted(promises)),
            blocks=tuple(sorted(blocks)),
        )


def completed(data: bytes, commitment: bytes, answer: bytes) -> bytes:
    """Return a proof with what a calendar answered later.

    Args:
        data: The proof.
        commitment: What the calendar was asked for, as in `ProofFacts.promises`.
        answer: Its answer.

    Raises:
        StampRejectedError: The answer is none, or to another question.
    """
    with _parsing():
        proof = _read(data)
        later = _answer(answer, commitment)
        for place in _places(proof.timestamp):
            if bytes(place.msg) == commitment:
                place.merge(later)
        return _written(proof)


def read_header(data: bytes, *, where: str) -> BlockHeader:
    """Return a block's header, given as 80 bytes or as 160 hexadecimal digits.

    Raises:
        BlockHeaderUnreadableError: It is none, or costs too little to make to be one.
    """
    raw = data
    if len(data.strip()) == 2 * _HEADER_BYTES:
        try:
            raw = bytes.fromhex(data.decode("ascii").strip())
        except ValueError as reason:
            raise BlockHeaderUnreadableError(where, "it holds no block header") from reason
    if len(raw) != _HEADER_BYTES:
        raise BlockHeaderUnreadableError(where, "a header is 80 bytes or 160 hexadecimal digits")
    block = hashlib.sha256(hashlib.sha256(raw).digest()).digest()
    target = int.from_bytes(raw[72:75], "little") << max(0, 8 * (raw[75] - 3))
    work = int.from_bytes(block, "little")
    if work > target or work >> (256 - LEAST_ZERO_BITS):
        raise BlockHeaderUnreadableError(where, "its hash does not show a block's work")
    return BlockHeader(
        root=raw[36:68],
        at_us=int.from_bytes(raw[68:72], "little") * _SECOND_US,
        block=block[::-1].hex(),
    )


def confirmed_by(facts: ProofFacts, headers: Mapping[bytes, BlockHeader]) -> BlockHeader | None:
    """Return the earliest believed block that a proof leads to; None where none is at hand."""
    found = [headers[root] for _height, root in facts.blocks if root in headers]
    return min(found, key=lambda one: (one.at_us, one.block), default=None)


def _answer(answer: bytes, commitment: bytes) -> Any:
    parts = _parts()
    stream = parts.BytesDeserializationContext(answer[:MOST_PROOF_BYTES])
    found = parts.Timestamp.deserialize(stream, commitment)
    stream.assert_eof()
    return found


def _read(data: bytes) -> Any:
    parts = _parts()
    if len(data) > MOST_PROOF_BYTES:
        raise StampRejectedError(NAME, "unreadable", f"more than {MOST_PROOF_BYTES} bytes")
    return parts.DetachedTimestampFile.deserialize(parts.BytesDeserializationContext(data))


def _written(proof: Any) -> bytes:
    stream = _parts().BytesSerializationContext()
    proof.serialize(stream)
    return bytes(stream.getbytes())


def _places(start: Any) -> Iterator[Any]:
    """Every place of a proof; listed first, since merging adds to them."""
    todo, found = [start], []
    while todo:
        place = todo.pop()
        found.append(place)
        todo.extend(place.ops.values())
    yield from found


@contextmanager
def _parsing() -> Iterator[None]:
    """Whatever the library says of bytes that are no proof is one thing: it cannot be read."""
    from opentimestamps.core.serialize import DeserializationError

    unreadable = (DeserializationError, ValueError, TypeError, AssertionError, OverflowError)
    try:
        yield
    except unreadable as reason:
        said = "a part of it is not what it should be"
        raise StampRejectedError(NAME, "unreadable", said) from reason


@dataclass(frozen=True, slots=True)
class _Parts:
    """The names of the library that are used."""

    BytesDeserializationContext: Any
    BytesSerializationContext: Any
    DetachedTimestampFile: Any
    Timestamp: Any
    OpAppend: Any
    OpSHA256: Any
    PendingAttestation: Any
    BitcoinBlockHeaderAttestation: Any


def _parts() -> _Parts:
    try:
        from opentimestamps.core import notary, op, serialize, timestamp
    except ImportError as error:
        raise MissingExtraError(NAME, "opentimestamps") from error
    return _Parts(
        BytesDeserializationContext=serialize.BytesDeserializationContext,
        BytesSerializationContext=serialize.BytesSerializationContext,
        DetachedTimestampFile=timestamp.DetachedTimestampFile,
        Timestamp=timestamp.Timestamp,
        OpAppend=op.OpAppend,
        OpSHA256=op.OpSHA256,
        PendingAttestation=notary.PendingAttestation,
        BitcoinBlockHeaderAttestation=notary.BitcoinBlockHeaderAttestation,
    )
