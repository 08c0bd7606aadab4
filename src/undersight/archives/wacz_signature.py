"""Who vouches for the manifest of a WACZ, as far as the file itself can tell.

A key that only the file names proves one thing: whoever held that key signed this manifest. A
certificate names a domain, but anybody can make a chain of their own: its root is only reported,
and whether it is known is for people to judge. No revocation is asked for, nothing is fetched.

Source: WACZ Signing and Verification 0.1.0. Browsers sign with ECDSA in the raw form r||s, servers
in DER; both are read.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from undersight.integrity import der
from undersight.integrity.certificates import unreadable

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.x509 import Certificate

SignatureState = Literal["absent", "self-signed", "certificate", "invalid"]
_MAX_CERTIFICATES = 8
_MAX_TEXT = 256 * 1024
_CREATED_SLACK = dt.timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What is known of the signature.

    Args:
        state: ``absent``; ``self-signed``: good, by a key that only the file names;
            ``certificate``: good, by the key of a certificate whose root nobody here vouches for;
            ``invalid``.
        reason: Why it is invalid.
        key: SHA-256 of the public key (SubjectPublicKeyInfo), hex.
        domain: In whose name.
        root: SHA-256 of the last certificate given, hex; whether to trust it is not decided here.
        created: When it was made, as the signer states.
        stamped: When it was made, as a time authority states; empty where none does.
        stamp_root: SHA-256 of the last certificate of that authority, hex.
        software: What signed.
    """

    state: SignatureState = "absent"
    reason: str = ""
    key: str = ""
    domain: str = ""
    root: str = ""
    created: str = ""
    stamped: str = ""
    stamp_root: str = ""
    software: str = ""


class _InvalidSignatureError(ValueError):
    """The signature does not hold; the argument says why."""


def read_signature(signed: Any, manifest_hash: str) -> Signature:
    """Check the ``signedData`` of a digest file.

    Args:
        signed: Its value; None where there is none.
        manifest_hash: ``sha256:`` and the digest of datapackage.json as it is.
    """
    if signed is None:
        return Signature()
    if not isinstance(signed, dict):
        return Signature(state="invalid", reason="it is no object")
    told = {
        name: str(signed.get(source, ""))[:500]
        for name, source in (("created", "created"), ("software", "software"))
    }
    try:
        if signed.get("hash") != manifest_hash:
            _refuse("it signs another manifest")
        if signed.get("domainCert"):
            return _by_domain(signed, manifest_hash, told)
        return _by_key(signed, manifest_hash, told)
    except _InvalidSignatureError as error:
        return Signature(state="invalid", reason=str(error), **told)
    except unreadable():
        return Signature(state="invalid", reason="a part of it cannot be read", **told)


def _by_key(signed: dict[str, Any], message: str, told: dict[str, str]) -> Signature:
    """A key that stands in the file itself."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import (
        load_der_public_key,
        load_pem_public_key,
    )

    text = _text(signed, "publicKey")
    try:
        if text.lstrip().startswith("-----BEGIN"):
            key = load_pem_public_key(text.encode("ascii"))
        else:
            key = load_der_public_key(_bytes(text, "publicKey"))
    except (ValueError, UnsupportedAlgorithm, UnicodeEncodeError) as error:
        raise _InvalidSignatureError("its public key cannot be read") from error
    _check(key, _bytes(_text(signed, "signature"), "signature"), message.encode("ascii"))
    return Signature(state="self-signed", key=key_fingerprint(key), **told)


def _by_domain(signed: dict[str, Any], message: str, told: dict[str, str]) -> Signature:
    """A certificate in the name of a domain, and a time authority's token over the signature."""
    from cryptography.exceptions import UnsupportedAlgorithm

    chain = _chain(_text(signed, "domainCert"), "its certificates")
    leaf, domain = chain[0], _text(signed, "domain")
    try:
        key = leaf.public_key()
    except (ValueError, UnsupportedAlgorithm) as error:
        raise _InvalidSignatureError("the key of its certificate cannot be read") from error
    _check(key, _bytes(_text(signed, "signature"), "signature"), message.encode("ascii"))
    if domain.lower() not in _names(leaf):
        _refuse("its certificate is for another domain")
    created = _moment(told["created"])
    is_timely = leaf.not_valid_before_utc <= created <= leaf.not_valid_after_utc
    if not is_timely:
        _refuse("its certificate was not valid when it says it was made")
    stamped, stamp_root = _stamp(signed, created)
    return Signature(
        state="certificate",
        key=key_fingerprint(key),
        domain=domain,
        root=_fingerprint(chain[-1]),
        stamped=stamped,
        stamp_root=stamp_root,
        **told,
    )


def key_fingerprint(key: Any) -> str:
    """SHA-256 of a public key in the form that certificates carry, hex."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    encoded = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(encoded).hexdigest()


def _check(key: Any, signature: bytes, message: bytes) -> None:
    """Verify an ECDSA or Ed25519 signature; nothing else is in use."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519

    try:
        if isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(signature, message)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(_as_der(key, signature), message, ec.ECDSA(hashes.SHA256()))
        else:
            _refuse("its key is of a kind that is not read here")
    except InvalidSignature as error:
        raise _InvalidSignatureError("it is not by its key over this manifest") from error


def _as_der(key: EllipticCurvePublicKey, signature: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    size = (key.key_size + 7) // 8
    if len(signature) != 2 * size:
        return signature
    number = int.from_bytes
    return encode_dss_signature(number(signature[:size], "big"), number(signature[size:], "big"))


def _chain(text: str, what: str) -> list[Certificate]:
    """Read certificates and see that each is signed by the next."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

    try:
        chain = x509.load_pem_x509_certificates(text.encode("ascii"))
    except unreadable() as error:
        raise _InvalidSignatureError(f"{what} cannot be read") from error
    if len(chain) > _MAX_CERTIFICATES:
        _refuse(f"{what} are too many")
    for lower, upper in itertools.pairwise(chain):
        try:
            lower.verify_directly_issued_by(upper)
        except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError) as error:
            raise _InvalidSignatureError(f"{what} do not follow from each other") from error
    return chain


def _names(certificate: Certificate) -> set[str]:
    from cryptography import x509

    subject = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    names = {str(one.value).lower() for one in subject}
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except (x509.ExtensionNotFound, ValueError):
        return names
    return names | {name.lower() for name in found.value.get_values_for_type(x509.DNSName)}


def _stamp(signed: dict[str, Any], created: dt.datetime) -> tuple[str, str]:
    """Check the time token over the signature; empty where there is none."""
    if not signed.get("timeSignature"):
        return "", ""
    import rfc3161_client
    from rfc3161_client.errors import VerificationError

    chain = _chain(_text(signed, "timestampCert"), "the time authority's certificates")
    try:
        token = _bytes(_text(signed, "timeSignature"), "timeSignature")
        reply = rfc3161_client.decode_timestamp_response(der.with_sets_in_order(token))
        builder = rfc3161_client.VerifierBuilder(
            roots=[chain[-1]], intermediates=chain[1:-1], tsa_certificate=chain[0]
        )
        builder.build().verify_message(reply, _text(signed, "signature").encode("ascii"))
        moment = reply.tst_info.gen_time
    except (ValueError, VerificationError) as error:
        raise _InvalidSignatureError("its time token does not fit it") from error
    if abs(moment - created) > _CREATED_SLACK:
        _refuse("the time authority says another time")
    return moment.isoformat(), _fingerprint(chain[-1])


def _fingerprint(certificate: Certificate) -> str:
    from cryptography.hazmat.primitives import hashes

    return certificate.fingerprint(hashes.SHA256()).hex()


def _moment(text: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise _InvalidSignatureError("it does not say when it was made") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _text(signed: dict[str, Any], name: str) -> str:
    value = signed.get(name)
    if not isinstance(value, str) or not value or len(value) > _MAX_TEXT:
        _refuse(f"it has no {name}")
    return str(value)


def _bytes(text: str, name: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _InvalidSignatureError(f"its {name} cannot be read") from error


def _refuse(reason: str) -> None:
    raise _InvalidSignatureError(reason)
