"""A calendar of OpenTimestamps and a chain of one block, in this process: they prove nothing."""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass, field

from opentimestamps.core.notary import BitcoinBlockHeaderAttestation, PendingAttestation
from opentimestamps.core.op import OpAppend, OpPrepend, OpSHA256
from opentimestamps.core.serialize import BytesSerializationContext
from opentimestamps.core.timestamp import Timestamp

URL = "https://calendar.example"
HEIGHT, BLOCK_S = 912_345, 1_935_576_000  # 2031-05-03T12:00:00Z


def written(stamp: Timestamp) -> bytes:
    stream = BytesSerializationContext()
    stamp.serialize(stream)
    return bytes(stream.getbytes())


def mined(root: bytes, at_s: int = BLOCK_S) -> bytes:
    """A header over a Merkle root, by the least work that the format can state."""
    for nonce in range(1000):
        header = struct.pack("<I32s32sIII", 4, bytes(32), root, at_s, 0x207FFFFF, nonce)
        digest = hashlib.sha256(hashlib.sha256(header).digest()).digest()
        if int.from_bytes(digest, "little") <= 0x7FFFFF << 8 * 29:
            return header
    raise AssertionError


@dataclass
class Calendar:
    """Promises at once; once a block is there, completes."""

    url: str = URL
    asked: list[bytes] = field(default_factory=list)
    is_mined: bool = False

    def __call__(
        self,
        url: str,
        path: str,
        body: bytes | None,
        *,
        timeout_s: float,  # noqa: ARG002
    ) -> bytes | None:
        assert url == self.url
        if body is not None:
            assert path == "digest"
            self.asked.append(body)
            stamp = Timestamp(body)
            self._aggregated(stamp).attestations.add(PendingAttestation(self.url))
            return written(stamp)
        commitment = bytes.fromhex(path.removeprefix("timestamp/"))
        return self._complete(commitment) if self.is_mined else None

    def _aggregated(self, stamp: Timestamp) -> Timestamp:
        return stamp.ops.add(OpPrepend(b"beside it")).ops.add(OpSHA256())

    def root(self, commitment: bytes) -> bytes:
        """The Merkle root of the block, which the commitment leads to."""
        return hashlib.sha256(commitment + b"another transaction").digest()

    def _complete(self, commitment: bytes) -> bytes:
        stamp = Timestamp(commitment)
        in_block = stamp.ops.add(OpAppend(b"another transaction")).ops.add(OpSHA256())
        in_block.attestations.add(BitcoinBlockHeaderAttestation(HEIGHT))
        assert in_block.msg == self.root(commitment)
        return written(stamp)

    def header(self, asked: int = 0) -> bytes:
        """The header of the block with what was asked for."""
        aggregated = self._aggregated(Timestamp(self.asked[asked])).msg
        return mined(self.root(aggregated))
