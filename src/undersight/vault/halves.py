"""What an administrator keeps at home and can prove later: a commitment here, the opening there.

    commitment = SHA-256("undersight/deposit-half/v1" 00 salt || object digest)

The salt is 32 random bytes that only the opening holds: whoever takes the workspace cannot tell
which file it is, even with the file at hand.
"""

from __future__ import annotations

import base64
import hmac
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undersight.errors import HalfMismatchError, SignatureMismatchError
from undersight.integrity.canonical import Digest, canonical_json, digest_in_domain
from undersight.vault import sshsig

if TYPE_CHECKING:
    from collections.abc import Iterable

HALF_FORMAT: Final = "undersight-half/1"
STATEMENT_NAMESPACE: Final = "undersight-deposit"
"""``ssh-keygen -Y sign -n undersight-deposit -f KEY statement.txt`` signs a statement."""
_DOMAIN = "undersight/deposit-half/v1"
_SALT_BYTES = 32
_KEY_AT = 6 + 4 + 4 + 4 + len("ssh-ed25519") + 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """A commitment and what opens it.

    Attributes:
        commitment: Stays in the workspace.
        opening: Canonical JSON, for the administrator alone.
    """

    commitment: Digest
    opening: bytes


def commit(digest: Digest, *, name: str) -> Half:
    """Commit to a file without keeping anything of it.

    Args:
        digest: Of the file.
        name: Of the deposit, for the administrator to find it again.
    """
    salt = os.urandom(_SALT_BYTES)
    commitment = _commitment(salt, digest)
    opening = {
        "format": HALF_FORMAT,
        "name": name,
        "commitment": commitment,
        "salt": salt.hex(),
    }
    return Half(commitment=commitment, opening=canonical_json(opening))


def opened(opening: bytes, digest: Digest, commitments: Iterable[str], *, name: str) -> Digest:
    """Return the commitment that an opening shows to be over a file.

    Args:
        opening: The administrator's opening.
        digest: Of the administrator's file.
        commitments: Those of the workspace.
        name: How the deposit is called in the error.

    Raises:
        HalfMismatchError: None of them is over this file by this opening.
    """
    try:
        found = json.loads(opening)
        salt = bytes.fromhex(found["salt"])
        is_half = found["format"] == HALF_FORMAT and len(salt) == _SALT_BYTES
    except (ValueError, KeyError, TypeError, RecursionError) as reason:
        raise HalfMismatchError(name) from reason
    made = _commitment(salt, digest)
    for one in commitments:
        if is_half and hmac.compare_digest(one.encode(), made.encode()):
            return made
    raise HalfMismatchError(name)


def statement_key(statement: bytes, signature: bytes) -> str:
    """Return the public key that signed a statement, as OpenSSH writes it.

    Whose key it is the signature does not say; the same key in several deposits shows that the
    same hand made them.

    Raises:
        SignatureMismatchError: No Ed25519 signature over the statement for this purpose.
    """
    lines = signature.decode("ascii", "replace").strip().splitlines()
    try:
        blob = base64.b64decode("".join(lines[1:-1]), validate=True)
    except ValueError as reason:
        raise SignatureMismatchError("statement") from reason
    public = blob[_KEY_AT : _KEY_AT + 32]
    sshsig.verify(
        signature, statement, public=public, namespace=STATEMENT_NAMESPACE, signer="statement"
    )
    return sshsig.public_line(public)


def _commitment(salt: bytes, digest: Digest) -> Digest:
    return digest_in_domain(salt + bytes.fromhex(digest), domain=_DOMAIN)
