"""What a seal says: a manifest for everyone, leaves for those who may see them, proofs between.

A leaf commits to one item without telling anything of it::

    metadata commitment = SHA-256("undersight/seal-metadata/v1" 00 metadata salt || JSON)
    leaf = SHA-256("undersight/seal-leaf/v1" 00 salt || object digest || metadata commitment)

Both salts are 32 random bytes of that item alone, so that nobody tries short texts against the
root, and what is shown of one item opens no other. The root over the leaves is RFC 6962's
(`undersight.integrity.merkle`).
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from undersight.errors import InvalidDigestError, NotCanonicalError, SealDamagedError
from undersight.integrity import merkle
from undersight.integrity.canonical import Digest, canonical_json, digest_bytes, parse_digest
from undersight.integrity.chain import ChainHead
from undersight.vault.passphrase import decode_base64, encode_base64

if TYPE_CHECKING:
    from collections.abc import Mapping

SEAL_FORMAT = "undersight-seal/1"
PROOF_FORMAT = "undersight-proof/1"
LEAF_DOMAIN = b"undersight/seal-leaf/v1\x00"
METADATA_DOMAIN = b"undersight/seal-metadata/v1\x00"
SALT_BYTES = 32
NO_SEAL_BEFORE = Digest("0" * 64)
"""What the first seal of a workspace names as the one before it."""
_SEAL_ID = re.compile(r"seal-(\d{6,9})")


@dataclass(frozen=True, slots=True, kw_only=True)
class SealItem:
    """Something to be sealed.

    Attributes:
        object: Digest of its bytes.
        metadata: JSON values about it (kind, time, source…), committed to along with the bytes.
    """

    object: Digest
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A sealed item with its salts: private, it opens what the seal commits to.

    Attributes:
        object: Digest of the bytes.
        metadata: What was sealed about them.
        salt: 32 random bytes.
        metadata_salt: 32 others.
    """

    object: Digest
    metadata: Mapping[str, Any]
    salt: bytes
    metadata_salt: bytes

    def metadata_commitment(self) -> bytes:
        """Commits to the metadata, 32 bytes."""
        return metadata_commitment(self.metadata, self.metadata_salt)

    def commitment(self) -> bytes:
        """The leaf's bytes as they stand under the root, 32 of them."""
        return leaf_commitment(self.object, self.salt, self.metadata_commitment())

    def to_line(self) -> bytes:
        """The leaf as one line of canonical JSON, for the private file."""
        return (
            canonical_json(
                {
                    "object": self.object,
                    "metadata": dict(self.metadata),
                    "salt": encode_base64(self.salt),
                    "metadata_salt": encode_base64(self.metadata_salt),
                }
            )
            + b"\n"
        )

    @classmethod
    def from_line(cls, line: bytes) -> Leaf:
        """Read a line of the private file.

        Raises:
            ValueError: Not such a line.
        """
        found = json.loads(line)
        try:
            return cls(
                object=parse_digest(found["object"]),
                metadata=dict(found["metadata"]),
                salt=decode_base64(found["salt"]),
                metadata_salt=decode_base64(found["metadata_salt"]),
            )
        except (KeyError, TypeError, AttributeError, InvalidDigestError) as reason:
            raise ValueError(len(line)) from reason


def leaf_commitment(digest: Digest, salt: bytes, about: bytes) -> bytes:
    """A leaf's bytes from an object's digest, its salt and the metadata commitment."""
    return hashlib.sha256(LEAF_DOMAIN + salt + bytes.fromhex(digest) + about).digest()


def metadata_commitment(metadata: Mapping[str, Any], salt: bytes) -> bytes:
    """Commits to metadata, 32 bytes."""
    return hashlib.sha256(METADATA_DOMAIN + salt + canonical_json(dict(metadata))).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchors:
    """Where the logs stood when a seal was made; see `ChainHead`.

    Attributes:
        custody: Who did what to which object.
        intakes: Where the objects came from.
        keys: The signing keys that there were.
        history: The casebook's changes; None where it was not looked at.
    """

    custody: ChainHead
    intakes: ChainHead
    keys: ChainHead
    history: ChainHead | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SealManifest:
    """The public part of a seal: it tells how much was sealed and when, not what.

    Attributes:
        workspace_id: Random id of the workspace.
        number: From 1, without gaps.
        previous: Digest of the manifest before; `NO_SEAL_BEFORE` in the first.
        claimed_at_us: When by this computer's clock, epoch microseconds UTC; a claim until a
            time authority stamped it.
        purpose: What the seal is for, a kebab-case word (``evidence``, ``deposit``, …).
        anchors: Where the logs stood.
        n_items: Number of leaves.
        root: Root over the leaves.
        key_id: Random id of the signing key.
        public_key: Ed25519, 32 bytes.
    """

    workspace_id: str
    number: int
    previous: Digest
    claimed_at_us: int
    purpose: str
    anchors: Anchors
    n_items: int
    root: Digest
    key_id: str
    public_key: bytes

    def to_bytes(self) -> bytes:
        """The bytes that are signed: canonical JSON (RFC 8785)."""
        heads = {
            name: {"length": head.length, "head": head.head}
            for name in Anchors.__slots__
            if (head := getattr(self.anchors, name)) is not None
        }
        return canonical_json(
            {
                "format": SEAL_FORMAT,
                "workspace": self.workspace_id,
                "number": self.number,
                "previous": self.previous,
                "claimed_at_us": self.claimed_at_us,
                "purpose": self.purpose,
                "anchors": heads,
                "items": self.n_items,
                "root": self.root,
                "key": self.key_id,
                "public_key": encode_base64(self.public_key),
            }
        )

    @property
    def seal_id(self) -> str:
        """``seal-`` and the number, at least six digits."""
        return f"seal-{self.number:06}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Shows that an object stands under a seal, and nothing about the others.

    Attributes:
        seal: Digest of the seal's manifest.
        object: Digest of the object.
        salt: The object's salt.
        metadata_commitment: What stands for its metadata, 32 bytes.
        index: The leaf's place, from 0.
        n_leaves: Number of leaves under the root.
        path: Sibling hashes, lowest first.
        metadata: The metadata, where it is shown too.
        metadata_salt: Its salt; empty where the metadata is not shown.
    """

    seal: Digest
    object: Digest
    salt: bytes
    metadata_commitment: bytes
    index: int
    n_leaves: int
    path: tuple[bytes, ...]
    metadata: Mapping[str, Any] | None = None
    metadata_salt: bytes = b""

    def to_json(self) -> dict[str, Any]:
        """The proof for a file of its own, bytes in hexadecimal."""
        shown = {"metadata": dict(self.metadata), "metadata_salt": self.metadata_salt.hex()} if (
            self.metadata is not None
        ) else {}  # fmt: skip
        return {
            "format": PROOF_FORMAT,
            "seal": self.seal,
            "object": self.object,
            "salt": self.salt.hex(),
            "metadata_commitment": self.metadata_commitment.hex(),
            "index": self.index,
            "leaves": self.n_leaves,
            "path": [node.hex() for node in self.path],
            **shown,
        }

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Proof:
        """Undo `to_json`.

        Raises:
            SealDamagedError: Not a proof.
        """
        if not isinstance(found, dict) or found.get("format") != PROOF_FORMAT:
            raise SealDamagedError("proof", "it is of another format")
        try:
            return cls(
                seal=parse_digest(found["seal"]),
                object=parse_digest(found["object"]),
                salt=bytes.fromhex(found["salt"]),
                metadata_commitment=bytes.fromhex(found["metadata_commitment"]),
                index=_count(found["index"]),
                n_leaves=_count(found["leaves"]),
                path=tuple(bytes.fromhex(node) for node in found["path"]),
                metadata=found.get("metadata"),
                metadata_salt=bytes.fromhex(found.get("metadata_salt", "")),
            )
        except (KeyError, TypeError, ValueError, AttributeError, InvalidDigestError) as reason:
            raise SealDamagedError("proof", "it is not a proof") from reason


def check_proof(proof: Proof, root: Digest) -> bool:
    """Whether a proof shows that its object, and its metadata where given, is under a root.

    The caller compares the object's bytes with the digest, and takes the root from a manifest
    whose signature was checked.
    """
    if proof.metadata is not None:
        shown = metadata_commitment(proof.metadata, proof.metadata_salt)
        if shown != proof.metadata_commitment:
            return False
    if len(proof.salt) != SALT_BYTES or len(proof.metadata_commitment) != SALT_BYTES:
        return False
    return merkle.is_included(
        leaf_commitment(proof.object, proof.salt, proof.metadata_commitment),
        index=proof.index,
        n_leaves=proof.n_leaves,
        proof=proof.path,
        root=bytes.fromhex(root),
    )


def read_manifest(data: bytes, *, where: str) -> SealManifest:
    """Read a manifest strictly: only what `SealManifest.to_bytes` writes is one.

    Args:
        data: The file's bytes.
        where: How the seal is called in the error.

    Raises:
        SealDamagedError: Not a manifest of a version known here.
    """
    try:
        found = json.loads(data)
        if not isinstance(found, dict) or found.get("format") != SEAL_FORMAT:
            raise SealDamagedError(where, "its manifest is of another format")
        manifest = _manifest(found)
        is_as_written = manifest.to_bytes() == data
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as reason:
        raise SealDamagedError(where, "its manifest cannot be read") from reason
    except (NotCanonicalError, InvalidDigestError) as reason:
        raise SealDamagedError(where, "its manifest cannot be read") from reason
    if not is_as_written:
        raise SealDamagedError(where, "its manifest is not in its one form")
    return manifest


def manifest_digest(data: bytes) -> Digest:
    """What the next seal and the custody log call a manifest by."""
    return digest_bytes(data)


def seal_number(seal_id: str) -> int | None:
    """The number in a seal's id, also given bare; None for what is no id."""
    match = _SEAL_ID.fullmatch(seal_id) or re.fullmatch(r"(\d{1,9})", seal_id)
    return int(match[1]) if match else None


def _manifest(found: Mapping[str, Any]) -> SealManifest:
    """A parsed document as a manifest."""
    anchors = {
        name: ChainHead(length=_count(head["length"]), head=parse_digest(head["head"]))
        for name, head in found["anchors"].items()
    }
    return SealManifest(
        workspace_id=str(found["workspace"]),
        number=_count(found["number"]),
        previous=parse_digest(found["previous"]),
        claimed_at_us=_count(found["claimed_at_us"]),
        purpose=str(found["purpose"]),
        anchors=Anchors(**anchors),
        n_items=_count(found["items"]),
        root=parse_digest(found["root"]),
        key_id=str(found["key"]),
        public_key=decode_base64(found["public_key"]),
    )


def _count(value: object) -> int:
    """A whole number from 0."""
    if type(value) is not int or value < 0:
        raise ValueError(value)
    return value
