"""A time authority inside the process, for tests and the demo: it proves nothing.

Whoever runs it sets its clock. Its answers have the form of RFC 3161, so that whatever checks
answers runs as it is.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.integrity import der

if TYPE_CHECKING:
    from collections.abc import Callable

    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

NOTICE = "Made by undersight's own demonstration authority: it proves nothing about time."
_SHA256, _ECDSA_SHA256 = "2.16.840.1.101.3.4.2.1", "1.2.840.10045.4.3.2"
_SIGNED_DATA, _TST_INFO = "1.2.840.113549.1.7.2", "1.2.840.113549.1.9.16.1.4"
_CONTENT_TYPE, _MESSAGE_DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
_SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.47"
_POLICY = "1.3.6.1.4.1.99999.1"  # no registered policy: nobody promises anything
_YEAR = dt.timedelta(days=365)
_REJECTED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoRoot:
    """A root certificate and its key.

    Attributes:
        certificate: Self-signed.
        key: Signs the authority's certificate and revocation lists.
    """

    certificate: x509.Certificate
    key: EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        """The certificate as a file, to be pinned."""
        from cryptography.hazmat.primitives.serialization import Encoding

        return self.certificate.public_bytes(Encoding.PEM)

    def revocation_list(self, serial: int, at: dt.datetime) -> bytes:
        """A list that revokes one certificate from a moment on, PEM."""
        from cryptography import x509
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.serialization import Encoding

        revoked = (
            x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(at).build()
        )
        made = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.certificate.subject)
            .last_update(at)
            .next_update(at + _YEAR)
            .add_revoked_certificate(revoked)
            .sign(self.key, SHA256())
        )
        return made.public_bytes(Encoding.PEM)


class DemoAuthority:
    """Answers requests for time stamps by the clock that it is given.

    Args:
        name: What its certificates are called after.
        clock: Gives the moment that answers state.
        root: Above its certificate; a new one by default.
        years: From when to when its certificate is valid, in years around now.
        is_for_timestamps: Whether its certificate may sign time stamps, as it must.
    """

    def __init__(
        self,
        name: str = "demo",
        *,
        clock: Callable[[], dt.datetime],
        root: DemoRoot | None = None,
        years: tuple[int, int] = (-20, 20),
        is_for_timestamps: bool = True,
    ) -> None:
        from cryptography.hazmat.primitives.asymmetric import ec

        self._clock = clock
        self.root = root or new_root(name, clock())
        self._key = ec.generate_private_key(ec.SECP256R1())
        span = (clock() + years[0] * _YEAR, clock() + years[1] * _YEAR)
        self.certificate = _certificate(
            f"{name} time stamps",
            self._key,
            signer=self.root,
            span=span,
            is_for_timestamps=is_for_timestamps,
        )
        self._n_answers = 0

    def answer(self, request: bytes) -> bytes:
        """The reply to a request, both as RFC 3161 has them, DER."""
        from rfc3161_client._rust import parse_timestamp_request

        try:
            asked = parse_timestamp_request(request)
        except ValueError:
            return der.sequence(der.sequence(der.integer(_REJECTED)))
        self._n_answers += 1
        imprint = asked.message_imprint
        algorithm = der.sequence(der.oid(imprint.hash_algorithm.dotted_string), der.null())
        nonce = b"" if asked.nonce is None else der.integer(asked.nonce)
        info = der.sequence(
            der.integer(1),
            der.oid(_POLICY),
            der.sequence(algorithm, der.octets(imprint.message)),
            der.integer(self._n_answers),
            der.generalized_time(self._clock()),
            der.sequence(der.integer(1)),
            nonce,
        )
        return der.sequence(der.sequence(der.integer(0)), self._token(info))

    def _token(self, info: bytes) -> bytes:
        """The signed statement: CMS SignedData (RFC 5652) over the time-stamp info."""
        from cryptography.hazmat.primitives.serialization import Encoding

        signed = der.sequence(
            der.integer(3),
            der.set_of([_hash_algorithm()]),
            der.sequence(der.oid(_TST_INFO), der.tagged(0, der.octets(info))),
            der.tagged(0, self.certificate.public_bytes(Encoding.DER)),
            der.set_of([self._signer_info(info)]),
        )
        return der.sequence(der.oid(_SIGNED_DATA), der.tagged(0, signed))

    def _signer_info(self, info: bytes) -> bytes:
        """Who signed, and the signature over the attributes that name the info's digest."""
        from cryptography.hazmat.primitives.asymmetric import ec
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.serialization import Encoding

        own = hashlib.sha256(self.certificate.public_bytes(Encoding.DER)).digest()
        attributes = der.set_of(
            [
                _attribute(_CONTENT_TYPE, der.oid(_TST_INFO)),
                _attribute(_MESSAGE_DIGEST, der.octets(hashlib.sha256(info).digest())),
                _attribute(
                    _SIGNING_CERTIFICATE,
                    der.sequence(der.sequence(der.sequence(der.octets(own)))),
                ),
            ]
        )
        issuer = self.certificate.issuer.public_bytes()
        return der.sequence(
            der.integer(1),
            der.sequence(issuer, der.integer(self.certificate.serial_number)),
            _hash_algorithm(),
            der.tagged(0, der.content_of(attributes)),
            der.sequence(der.oid(_ECDSA_SHA256)),
            der.octets(self._key.sign(attributes, ec.ECDSA(SHA256()))),
        )


def new_root(name: str, at: dt.datetime) -> DemoRoot:
    """A root of the demonstration, valid for a hundred years around a moment."""
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    span = (at - 50 * _YEAR, at + 50 * _YEAR)
    certificate = _certificate(f"{name} root, proves nothing", key, signer=None, span=span)
    return DemoRoot(certificate=certificate, key=key)


def _certificate(
    name: str,
    key: EllipticCurvePrivateKey,
    *,
    signer: DemoRoot | None,
    span: tuple[dt.datetime, dt.datetime],
    is_for_timestamps: bool = True,
) -> x509.Certificate:
    """A certificate; self-signed and for signing others where nobody else signs."""
    from cryptography import x509
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(signer.certificate.subject if signer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(span[0])
        .not_valid_after(span[1])
        .add_extension(x509.BasicConstraints(ca=signer is None, path_length=None), critical=True)
    )
    if signer is not None:
        usage = (
            ExtendedKeyUsageOID.TIME_STAMPING if is_for_timestamps
            else ExtendedKeyUsageOID.CODE_SIGNING
        )  # fmt: skip
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
    return builder.sign(signer.key if signer else key, SHA256())


def _hash_algorithm() -> bytes:
    """SHA-256 as an algorithm identifier."""
    return der.sequence(der.oid(_SHA256), der.null())


def _attribute(kind: str, value: bytes) -> bytes:
    """One signed attribute."""
    return der.sequence(der.oid(kind), der.set_of([value]))
