"""A device that makes passkeys and signs with them, as a browser would hand its answers on."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

_PRESENT, _VERIFIED, _WITH_KEY = 0x01, 0x04, 0x40


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


@dataclass
class Device:
    """One key on one device.

    Attributes:
        origin: The address that its browser shows.
        rp_id: The name that it believes to be at.
        n_signed: How often it signed.
    """

    origin: str
    rp_id: str = "localhost"
    n_signed: int = 0
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def made(self, challenge: bytes) -> str:
        """Return the answer to an offer to make a passkey."""
        public = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: public.x.to_bytes(32), -3: public.y.to_bytes(32)}
        made = bytes(16) + len(self.credential_id).to_bytes(2) + self.credential_id
        data = self._data(_WITH_KEY) + made + cbor2.dumps(cose)
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(
            {
                "clientDataJSON": _text(self._client("webauthn.create", challenge)),
                "attestationObject": _text(attested),
            }
        )

    def signed(self, challenge: bytes) -> str:
        """Return the answer to a question."""
        self.n_signed += 1
        data, client = self._data(), self._client("webauthn.get", challenge)
        signature = self.key.sign(
            data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256())
        )
        return self._answer(
            {
                "clientDataJSON": _text(client),
                "authenticatorData": _text(data),
                "signature": _text(signature),
            }
        )

    def _data(self, more: int = 0) -> bytes:
        flags = (_PRESENT | _VERIFIED | more).to_bytes(1)
        return hashlib.sha256(self.rp_id.encode()).digest() + flags + self.n_signed.to_bytes(4)

    def _client(self, kind: str, challenge: bytes) -> bytes:
        told = {"type": kind, "challenge": _text(challenge), "origin": self.origin}
        return json.dumps(told).encode()

    def _answer(self, response: dict[str, str]) -> str:
        name = _text(self.credential_id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})
