"""Does a time authority's reply hold? Each way in which it may not is told apart.

Checked against pinned roots only, at the moment that the reply states: a certificate that expired
since is fine and told. Revocation is looked up in the lists that were kept; without one the check
says that it did not look.

Source: RFC 3161 §2.4, RFC 5816, RFC 5280 §6. The signature and the chain are checked by
rfc3161-client; what comes before it here is there to say which of them it was.
"""

from __future__ import annotations

import datetime as dt
import itertools
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NoReturn

from undersight.errors import StampRejectedError
from undersight.integrity import der
from undersight.integrity.certificates import unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cryptography import x509
    from rfc3161_client import TimeStampResponse

StampFault = Literal[
    "unreadable",
    "refused",
    "another-digest",
    "another-request",
    "no-certificate",
    "not-for-timestamps",
    "not-valid-then",
    "wrong-root",
    "revoked",
    "forged",
]
_ALGORITHMS = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
_MOST_LINKS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class StampFacts:
    """What a reply that holds says.

    Attributes:
        at_us: The moment that the authority states, epoch microseconds UTC.
        accuracy_s: How far off it may be, seconds, as stated; 0 where nothing is stated.
        serial: The reply's number at the authority.
        policy: The policy under which it was given, an object identifier.
        signer: Subject of the authority's certificate.
        root: SHA-256 of the pinned root that vouches, hexadecimal.
        certificate_ends_us: Until when the authority's certificate is valid.
        is_revocation_checked: Whether a list of the certificate's issuer was at hand.
    """

    at_us: int
    accuracy_s: float
    serial: int
    policy: str
    signer: str
    root: str
    certificate_ends_us: int
    is_revocation_checked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """Whom to believe.

    Attributes:
        roots: Pinned root certificates.
        revocations: Revocation lists at hand.
    """

    roots: tuple[x509.Certificate, ...]
    revocations: tuple[x509.CertificateRevocationList, ...] = ()


def check_reply(
    reply: bytes,
    imprint: Callable[[str], bytes],
    *,
    trust: Trust,
    authority: str,
    request: bytes = b"",
) -> StampFacts:
    """Check a reply whole, without any network.

    Args:
        reply: The reply as it came, or a bare token, DER.
        imprint: Gives the digest of what was to be stamped by an algorithm's name (``sha256``).
        trust: Pinned roots and revocation lists.
        authority: How the authority is called in the error.
        request: The request, whose nonce the reply has to repeat; empty where it was not kept.

    Raises:
        StampRejectedError: With its kind, see `StampFault`.
    """
    with _parsing(authority):
        case = _Case(authority, _decoded(reply, authority))
        case.check_imprint(imprint)
        case.check_nonce(request)
        chain = case.chain(trust.roots)
        is_revocation_checked = case.check_revocation(chain, trust.revocations)
        case.check_signature(chain[-1], imprint)
        return case.facts(chain, is_revocation_checked=is_revocation_checked)


def read_certificates(pem: bytes) -> tuple[x509.Certificate, ...]:
    """The certificates in a PEM file; none where it holds none."""
    from cryptography import x509

    try:
        return tuple(x509.load_pem_x509_certificates(pem))
    except unreadable():
        return ()


def read_revocations(data: bytes) -> tuple[x509.CertificateRevocationList, ...]:
    """The revocation list in a PEM or DER file; none where it holds none."""
    from cryptography import x509

    for load in (x509.load_pem_x509_crl, x509.load_der_x509_crl):
        try:
            return (load(data),)
        except unreadable():
            continue
    return ()


def imprint_of(reply: bytes, authority: str) -> tuple[str, bytes]:
    """What a reply is over: the algorithm's name and the digest; nothing is checked yet.

    Raises:
        StampRejectedError: It cannot be read, or by an unknown algorithm.
    """
    with _parsing(authority):
        case = _Case(authority, _decoded(reply, authority))
        return case.algorithm(), case.response.tst_info.message_imprint.message


@contextmanager
def _parsing(authority: str) -> Iterator[None]:
    """Whatever the parsers say of bytes that are no reply is one thing: it cannot be read.

    Each part is parsed when it is looked at, so the whole examination stands in here. Warnings
    about odd certificates are for the authority, not for the reader.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except unreadable() as reason:
            said = "a part of it is not what it should be"
            raise StampRejectedError(authority, "unreadable", said) from reason


class _Case:
    """One reply under examination."""

    def __init__(self, authority: str, response: TimeStampResponse) -> None:
        self.authority, self.response = authority, response
        self.at = response.tst_info.gen_time

    def reject(self, kind: StampFault, reason: str) -> NoReturn:
        raise StampRejectedError(self.authority, kind, reason)

    def algorithm(self) -> str:
        found = self.response.tst_info.message_imprint.hash_algorithm.dotted_string
        name = _ALGORITHMS.get(found)
        if name is None:
            self.reject("unreadable", f"its digest is by an unknown algorithm, {found}")
        return name

    def check_imprint(self, imprint: Callable[[str], bytes]) -> None:
        if self.response.tst_info.message_imprint.message != imprint(self.algorithm()):
            self.reject("another-digest", "it is over something else")

    def check_nonce(self, request: bytes) -> None:
        from rfc3161_client._rust import parse_timestamp_request

        if not request:
            return
        try:
            asked = parse_timestamp_request(request).nonce
        except ValueError:
            self.reject("another-request", "the request kept beside it cannot be read")
        if asked is not None and self.response.tst_info.nonce != asked:
            self.reject("another-request", "it answers another request")

    def chain(self, roots: Sequence[x509.Certificate]) -> list[x509.Certificate]:
        """The certificates from the signer's to a pinned root's, each valid at that moment."""
        certificates = self._certificates()
        signer = self._signer(certificates)
        self._check_usage(signer)
        chain = [signer]
        while chain[-1] not in roots:
            above = _issuer(chain[-1], [*roots, *certificates])
            if above is None or above in chain or len(chain) > _MOST_LINKS:
                self.reject("wrong-root", "no pinned root vouches for its certificate")
            chain.append(above)
        for each in chain:
            if not each.not_valid_before_utc <= self.at <= each.not_valid_after_utc:
                name = each.subject.rfc4514_string()
                self.reject("not-valid-then", f"the certificate {name} was not valid at that time")
        return chain

    def check_revocation(
        self,
        chain: Sequence[x509.Certificate],
        lists: Sequence[x509.CertificateRevocationList],
    ) -> bool:
        """Refuse what was revoked by then; whether the signer's issuer had a list at hand."""
        is_signer_checked = False
        for each, above in itertools.pairwise(chain):
            for revocations in lists:
                if not _is_by(revocations, above):
                    continue
                is_signer_checked |= each is chain[0]
                found = revocations.get_revoked_certificate_by_serial_number(each.serial_number)
                if found is not None and found.revocation_date_utc <= self.at:
                    name = each.subject.rfc4514_string()
                    self.reject("revoked", f"the certificate {name} was revoked before that time")
        return is_signer_checked

    def check_signature(self, root: x509.Certificate, imprint: Callable[[str], bytes]) -> None:
        """Let the library judge the whole."""
        from rfc3161_client import VerificationError, VerifierBuilder

        verifier = VerifierBuilder().add_root_certificate(root).build()
        try:
            verifier.verify(self.response, imprint(self.algorithm()))
        except (VerificationError, ValueError) as reason:
            raise StampRejectedError(
                self.authority, "forged", "its signature does not hold"
            ) from reason

    def facts(
        self, chain: Sequence[x509.Certificate], *, is_revocation_checked: bool
    ) -> StampFacts:
        from cryptography.hazmat.primitives.hashes import SHA256

        info = self.response.tst_info
        return StampFacts(
            at_us=_us(self.at),
            accuracy_s=_seconds(info.accuracy),
            serial=info.serial_number,
            policy=info.policy.dotted_string,
            signer=chain[0].subject.rfc4514_string(),
            root=chain[-1].fingerprint(SHA256()).hex(),
            certificate_ends_us=_us(chain[0].not_valid_after_utc),
            is_revocation_checked=is_revocation_checked,
        )

    def _certificates(self) -> list[x509.Certificate]:
        from cryptography import x509

        encoded = sorted(self.response.signed_data.certificates)
        try:
            return [x509.load_der_x509_certificate(each) for each in encoded]
        except ValueError:
            self.reject("unreadable", "a certificate in it cannot be read")

    def _signer(self, certificates: Sequence[x509.Certificate]) -> x509.Certificate:
        infos = list(self.response.signed_data.signer_infos)
        if len(infos) != 1:
            self.reject("unreadable", f"it has {len(infos)} signers, not one")
        named = (infos[0].issuer, infos[0].serial_number)
        found = [each for each in certificates if (each.issuer, each.serial_number) == named]
        if not found:
            self.reject("no-certificate", "it does not hold the certificate that signed it")
        return found[0]

    def _check_usage(self, signer: x509.Certificate) -> None:
        from cryptography import x509
        from cryptography.x509.oid import ExtendedKeyUsageOID

        try:
            usage = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
        except (x509.ExtensionNotFound, ValueError):
            self.reject("not-for-timestamps", "its certificate does not say what it is for")
        if not usage.critical or list(usage.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
            self.reject("not-for-timestamps", "its certificate is not for time stamps alone")


def _decoded(reply: bytes, authority: str) -> TimeStampResponse:
    """A granted reply; a bare token is put into one."""
    from rfc3161_client import decode_timestamp_response

    ordered = der.with_sets_in_order(reply)
    for data in (ordered, der.sequence(der.sequence(der.integer(0)), ordered)):
        try:
            response = decode_timestamp_response(data)
            status = response.status
            if status == 0:
                # Reading the parts is what fails where there is no token.
                _ = response.tst_info, response.signed_data
        except ValueError:
            continue
        if status != 0:
            said = "; ".join(response.status_string or ()) or f"status {status}"
            raise StampRejectedError(authority, "refused", f"the authority answered: {said}")
        return response
    raise StampRejectedError(authority, "unreadable", "it is no RFC 3161 reply or token")


def _issuer(
    certificate: x509.Certificate, candidates: Sequence[x509.Certificate]
) -> x509.Certificate | None:
    """Who signed a certificate, of those at hand."""
    from cryptography.exceptions import InvalidSignature

    for each in candidates:
        try:
            certificate.verify_directly_issued_by(each)
        except (ValueError, TypeError, InvalidSignature):
            # Another name, another kind of key, another key: not this one.
            continue
        return each
    return None


def _is_by(revocations: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    """Whether a list is the issuer's own."""
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

    key = issuer.public_key()
    if revocations.issuer != issuer.subject or not isinstance(
        key, ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey | rsa.RSAPublicKey
    ):
        return False
    return revocations.is_signature_valid(key)


def _us(moment: dt.datetime) -> int:
    """Epoch microseconds."""
    return (moment.astimezone(dt.UTC) - dt.datetime.fromtimestamp(0, dt.UTC)) // dt.timedelta(
        microseconds=1
    )


def _seconds(accuracy: object) -> float:
    """An accuracy's parts together."""
    parts = (("seconds", 1.0), ("millis", 1e-3), ("micros", 1e-6))
    return sum((getattr(accuracy, name, None) or 0) * unit for name, unit in parts)
