"""Ed25519 signatures as ``ssh-keygen -Y`` makes them: anyone checks them, without us.

    ssh-keygen -Y verify -n undersight-seal -f allowed_signers -I KEY -s seal.sig < manifest.json

Source: OpenSSH, PROTOCOL.sshsig (version 1, SHA-512); wire strings as RFC 4251 §5.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import textwrap

from undersight.errors import SignatureMismatchError

SEAL_NAMESPACE = "undersight-seal"
ROTATION_NAMESPACE = "undersight-key-rotation"
_MAGIC = b"SSHSIG"
_VERSION = (1).to_bytes(4, "big")
_HASH = b"sha512"
_KEY_TYPE = b"ssh-ed25519"
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_LINE_CHARACTERS = 70


def sign(secret: bytes, data: bytes, *, namespace: str) -> bytes:
    """An armoured signature over bytes.

    Args:
        secret: Ed25519 seed, 32 bytes.
        data: What is signed, whole.
        namespace: What the signature is for; it holds for nothing else.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.from_private_bytes(secret)
    signature = private.sign(_signed(data, namespace))
    public = private.public_key().public_bytes_raw()
    blob = _frame(public, namespace) + _string(_string(_KEY_TYPE) + _string(signature))
    body = textwrap.fill(base64.b64encode(blob).decode("ascii"), _LINE_CHARACTERS)
    return f"{_BEGIN}\n{body}\n{_END}\n".encode("ascii")


def verify(armoured: bytes, data: bytes, *, public: bytes, namespace: str, signer: str) -> None:
    """Check a signature made by `sign` or by ``ssh-keygen -Y sign``.

    Args:
        armoured: The signature file's bytes.
        data: What was signed.
        public: Whose signature it has to be: Ed25519 public key, 32 bytes.
        namespace: What it has to be for.
        signer: How the key is called in the error.

    Raises:
        SignatureMismatchError: By another key, over other bytes, for another namespace, or none.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    frame = _frame(public, namespace)
    blob = _unarmoured(armoured, signer)
    head, inner = blob[: len(frame)], _string(_KEY_TYPE) + _string(bytes(64))
    expected_bytes = len(frame) + 4 + len(inner)
    if head != frame or len(blob) != expected_bytes or blob[len(frame) : -64] != _lead(inner):
        raise SignatureMismatchError(signer)
    try:
        key = Ed25519PublicKey.from_public_bytes(public)
        key.verify(blob[-64:], _signed(data, namespace))
    except (InvalidSignature, ValueError) as reason:
        raise SignatureMismatchError(signer) from reason


def public_line(public: bytes) -> str:
    """A public key as OpenSSH writes it: ``ssh-ed25519 AAAA…``."""
    wire = base64.b64encode(_string(_KEY_TYPE) + _string(public)).decode("ascii")
    return f"{_KEY_TYPE.decode('ascii')} {wire}"


def allowed_signers_line(principal: str, public: bytes) -> str:
    """The line of an ``allowed_signers`` file that lets a key sign seals and nothing else."""
    return f'{principal} namespaces="{SEAL_NAMESPACE}" {public_line(public)}\n'


def _frame(public: bytes, namespace: str) -> bytes:
    """Everything in a signature that stands before the signature itself."""
    key = _string(_KEY_TYPE) + _string(public)
    name = namespace.encode("ascii")
    return _MAGIC + _VERSION + _string(key) + _string(name) + _string(b"") + _string(_HASH)


def _signed(data: bytes, namespace: str) -> bytes:
    """The bytes that Ed25519 signs."""
    digest = hashlib.sha512(data).digest()
    name = namespace.encode("ascii")
    return _MAGIC + _string(name) + _string(b"") + _string(_HASH) + _string(digest)


def _string(data: bytes) -> bytes:
    """A wire string: length (4, big-endian) and bytes."""
    return len(data).to_bytes(4, "big") + data


def _lead(inner: bytes) -> bytes:
    """A wire string without its last 64 bytes, the signature."""
    return _string(inner)[:-64]


def _unarmoured(armoured: bytes, signer: str) -> bytes:
    """The bytes between the two lines."""
    try:
        lines = armoured.decode("ascii").strip().splitlines()
        if len(lines) < 3 or lines[0] != _BEGIN or lines[-1] != _END:
            raise SignatureMismatchError(signer)
        return base64.b64decode("".join(lines[1:-1]), validate=True)
    except (UnicodeDecodeError, binascii.Error) as reason:
        raise SignatureMismatchError(signer) from reason
