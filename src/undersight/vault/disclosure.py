"""One file that shows that an object was sealed, and nothing about anything else under the seal.

It holds the proof, the seal's manifest and its signature. With the object's bytes beside it,
whoever trusts the signing key needs nothing else; the time is the signer's own until a time
authority's reply is checked too.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undersight.errors import ObjectDamagedError, SealDamagedError, SealNotFoundError
from undersight.integrity.canonical import canonical_json
from undersight.vault import sshsig
from undersight.vault.seal_manifest import Proof, check_proof, manifest_digest, read_manifest

if TYPE_CHECKING:
    from undersight.integrity.canonical import Digest
    from undersight.vault.seals import Seals

DISCLOSURE_FORMAT = "undersight-disclosure/1"
MAX_BYTES = 1 << 20
_WHERE = "disclosure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosed:
    """What a disclosure shows.

    Args:
        object: Digest of the object.
        seal_id: Under which seal.
        claimed_at_us: When it was made by the signer's clock; a claim.
        key_id: Who signed.
        public_line: The signing key as OpenSSH writes it, to be compared with one known.
        metadata: What was sealed about the object, where it is shown.
    """

    object: Digest
    seal_id: str
    claimed_at_us: int
    key_id: str
    public_line: str
    metadata: dict[str, Any] | None = None


def disclose(seals: Seals, digest: Digest, *, is_metadata_shown: bool = False) -> bytes:
    """Write the disclosure of an object, from the first seal that is over it.

    Args:
        seals: The vault's seals.
        digest: The object.
        is_metadata_shown: Whether to show what was sealed about it (file name, note, address).

    Raises:
        SealNotFoundError: No seal is over it.
        SealDamagedError: A seal cannot be read.
    """
    for seal_id in seals.seal_ids():
        seal = seals.read(seal_id)
        try:
            proof = seals.inclusion_proof(seal, digest, is_metadata_shown=is_metadata_shown)
        except SealNotFoundError:
            continue
        return canonical_json(
            {
                "format": DISCLOSURE_FORMAT,
                "proof": proof.to_json(),
                "manifest": seal.manifest_bytes.decode("utf-8"),
                "signature": seal.signature.decode("ascii"),
            }
        )
    raise SealNotFoundError("(any)", digest)


def check_disclosure(data: bytes, digest: Digest | None = None) -> Disclosed:
    """Check a disclosure, alone or against an object; needs no workspace.

    Args:
        data: The disclosure.
        digest: Digest of the bytes that came with it; None to check the disclosure alone.

    Raises:
        SealDamagedError: It is none, or proof, manifest and signature do not fit together.
        SignatureMismatchError: The key in the manifest did not sign it.
        ObjectDamagedError: It is about other bytes than these.
    """
    found = _fields(data)
    try:
        manifest_bytes = str(found["manifest"]).encode("utf-8")
        signature = str(found["signature"]).encode("ascii")
    except (KeyError, UnicodeEncodeError) as error:
        raise SealDamagedError(_WHERE, "a part of it is missing") from error
    manifest = read_manifest(manifest_bytes, where=_WHERE)
    proof = _proof(found)
    sshsig.verify(
        signature,
        manifest_bytes,
        public=manifest.public_key,
        namespace=sshsig.SEAL_NAMESPACE,
        signer=manifest.key_id,
    )
    if proof.seal != manifest_digest(manifest_bytes) or proof.n_leaves != manifest.n_items:
        raise SealDamagedError(_WHERE, "the proof is of another seal")
    if not check_proof(proof, manifest.root):
        raise SealDamagedError(_WHERE, "the proof does not lead to the seal's root")
    if digest is not None and digest != proof.object:
        raise ObjectDamagedError(proof.object, "the file that came with the proof is another one")
    return Disclosed(
        object=proof.object,
        seal_id=manifest.seal_id,
        claimed_at_us=manifest.claimed_at_us,
        key_id=manifest.key_id,
        public_line=sshsig.public_line(manifest.public_key),
        metadata=None if proof.metadata is None else dict(proof.metadata),
    )


def _fields(data: bytes) -> dict[str, Any]:
    if len(data) > MAX_BYTES:
        raise SealDamagedError(_WHERE, "it is too long to be one")
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise SealDamagedError(_WHERE, "it cannot be read") from error
    if not isinstance(found, dict) or found.get("format") != DISCLOSURE_FORMAT:
        raise SealDamagedError(_WHERE, "it is of another format")
    return found


def _proof(found: dict[str, Any]) -> Proof:
    proof = found.get("proof")
    if not isinstance(proof, dict):
        raise SealDamagedError(_WHERE, "it holds no proof")
    if not isinstance(proof.get("metadata", {}), dict):
        raise SealDamagedError(_WHERE, "its metadata is none")
    return Proof.from_json(proof)
