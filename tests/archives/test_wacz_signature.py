"""A signature in the name of a domain: what fits is told, what does not is invalid."""

from __future__ import annotations

import base64
import copy
import datetime as dt
import functools
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from undersight.archives.wacz_signature import read_signature

FEW = settings(max_examples=max(10, settings.default.max_examples // 4))

HASH = f"sha256:{'5' * 64}"
DOMAIN = "archive.example.qv"
MADE = dt.datetime(2031, 5, 4, tzinfo=dt.UTC)


def certificate(
    subject: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
) -> str:
    def name(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])

    made = (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name(issuer))
        .public_key(key.public_key())
        .serial_number(len(subject))
        .not_valid_before(MADE - dt.timedelta(days=30))
        .not_valid_after(MADE + dt.timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(subject)]), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )
    return made.public_bytes(Encoding.PEM).decode()


@functools.cache
def made() -> dict[str, Any]:
    root, leaf = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    chain = certificate(DOMAIN, leaf, "root.qv", root) + certificate(
        "root.qv", root, "root.qv", root
    )
    signature = leaf.sign(HASH.encode(), ec.ECDSA(hashes.SHA256()))
    return {
        "hash": HASH,
        "created": "2031-05-04T10:00:00Z",
        "software": "by hand",
        "domain": DOMAIN,
        "domainCert": chain,
        "signature": base64.b64encode(signature).decode(),
    }


def changed(**fields: Any) -> dict[str, Any]:
    return {**copy.deepcopy(made()), **fields}


def test_a_good_one_names_its_domain_and_root_and_claims_no_trust() -> None:
    found = read_signature(made(), HASH)
    assert (found.state, found.domain, found.stamped) == ("certificate", DOMAIN, "")
    assert len(found.root) == len(found.key) == 64
    assert found.root != found.key


OTHER = ec.derive_private_key(5, ec.SECP256R1())
LONE = certificate(DOMAIN, OTHER, DOMAIN, OTHER)


def of_version(pem: str, version: int) -> str:
    """A certificate that says it is of a version that there is none of."""
    encoded = base64.b64decode("".join(pem.splitlines()[1:-1]))
    marked = encoded.replace(b"\xa0\x03\x02\x01\x02", bytes((0xA0, 3, 2, 1, version)), 1)
    lines = ("-----BEGIN CERTIFICATE-----", base64.b64encode(marked).decode())
    return "\n".join((*lines, "-----END CERTIFICATE-----", ""))


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"domainCert": of_version(LONE, 52)}, "cannot be read"),
        ({"domain": "other.example.qv"}, "another domain"),
        ({"domainCert": LONE}, "not by its key"),
        ({"created": "2033-01-01T00:00:00Z"}, "not valid when"),
        ({"created": "lately"}, "when it was made"),
        ({"domainCert": "none"}, "cannot be read"),
        ({"signature": "AAAA"}, "not by its key"),
        ({"signature": "?"}, "cannot be read"),
        ({"signature": 5}, "has no signature"),
        ({"hash": "sha256:0"}, "another manifest"),
        ({"timeSignature": "AAAA"}, "has no timestampCert"),
        ({"timeSignature": "AAAA", "timestampCert": LONE}, "time token"),
    ],
)
def test_what_does_not_fit_is_invalid(fields: dict[str, Any], reason: str) -> None:
    found = read_signature(changed(**fields), HASH)
    assert found.state == "invalid"
    assert reason in found.reason


def test_a_chain_that_does_not_follow_is_invalid() -> None:
    chain = made()["domainCert"]
    leaf = chain[: chain.index("-----END") + 26]
    assert "do not follow" in read_signature(changed(domainCert=leaf + LONE), HASH).reason


def test_keys_of_other_kinds_are_not_taken_for_good() -> None:
    key = rsa.generate_private_key(65537, 2048).public_key()
    public = base64.b64encode(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
    signed = {"hash": HASH, "publicKey": public.decode(), "signature": "AAAA"}
    assert "of a kind" in read_signature(signed, HASH).reason
    assert read_signature({"hash": HASH}, HASH).state == "invalid"
    assert read_signature([], HASH).state == "invalid"
    assert read_signature(None, HASH).state == "absent"


@FEW
@given(data=st.data())
def test_whatever_is_changed_nothing_escapes_and_the_signature_stays_tied(
    data: st.DataObject,
) -> None:
    signed = changed()
    name = data.draw(st.sampled_from(["domainCert", "signature", "created", "domain"]))
    text = list(signed[name])
    text[data.draw(st.integers(0, len(text) - 1))] = data.draw(st.characters(max_codepoint=300))
    signed[name] = "".join(text)
    assert read_signature(signed, HASH).state in {"certificate", "invalid"}
