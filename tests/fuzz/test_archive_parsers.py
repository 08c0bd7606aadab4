"""Whatever the bytes: archives, manifests, signatures and proofs are read, or one clear error."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archives import built
from tests.archives.built import FIRST, SECOND, Wacz, warc
from undersight.archives.archive_index import check_summary
from undersight.archives.captures import read_captures
from undersight.archives.problems import KINDS, Findings
from undersight.archives.wacz_manifest import read_manifest
from undersight.archives.wacz_signature import read_signature
from undersight.errors import UndersightError

FEW = settings(max_examples=max(10, settings.default.max_examples // 4))

MANIFEST = Wacz().members()["datapackage.json"]
SIGNED = json.loads(Wacz().members()["datapackage-digest.json"])
SEEDS = (
    Wacz().raw(),
    warc(FIRST, SECOND),
    warc(FIRST, SECOND, is_packed=False),
    built.overlapping(),
    built.lying_bomb()[:4000],
)
FRAMES = [b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06", b"\xff" * 4, b"\xff" * 8]
HEADERS = [
    b"\r\n\r\n",
    b"WARC/1.1\r\n",
    b"\x1f\x8b\x08",
    b"Content-Length: 99999999999\r\n",
    b"\0",
]
TOKENS = [b"{", b"[", b'"', b"1e999", b"9" * 5000, b"\\ud800"]
SPLICES = st.binary(max_size=8) | st.sampled_from([*FRAMES, *HEADERS, *TOKENS])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=8,
)


@st.composite
def damaged(draw: st.DrawFn, seeds: tuple[bytes, ...]) -> bytes:
    raw = bytearray(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(1, 5))):
        place = draw(st.integers(0, len(raw)))
        raw[place : place + draw(st.sampled_from([0, 0, 1, 4, 8, 200]))] = draw(SPLICES)
    return bytes(raw)


def read_all(raw: bytes) -> None:
    try:
        found = built.report(raw, limits=built.SMALL)
        assert set(found.counts) <= set(KINDS)
        assert json.dumps(found.to_json())
        for _ in read_captures(io.BytesIO(raw), limits=built.SMALL, max_body_bytes=1000):
            pass
    except UndersightError:
        return


@FEW
@given(raw=damaged(SEEDS))
def test_archives(raw: bytes) -> None:
    read_all(raw)


@pytest.mark.long
@settings(max_examples=3000)
@given(raw=damaged(SEEDS))
def test_archives_at_length(raw: bytes) -> None:
    read_all(raw)


@FEW
@given(raw=damaged((MANIFEST, built.index(FIRST, SECOND))))
def test_manifests_and_indexes(raw: bytes) -> None:
    findings = Findings()
    read_manifest(raw, findings)
    check_summary(raw, {"": raw}, findings, "index.idx")
    assert set(findings.counts) <= set(KINDS)


@FEW
@given(resources=JSON)
def test_manifests_of_any_shape(resources: object) -> None:
    findings = Findings()
    read_manifest(json.dumps({"resources": resources, "metadata": resources}).encode(), findings)
    read_manifest(json.dumps({"resources": [resources]}).encode(), findings)
    assert set(findings.counts) <= set(KINDS)


@FEW
@given(field=st.sampled_from(sorted(SIGNED["signedData"])), value=JSON)
def test_signatures_of_any_shape(field: str, value: object) -> None:
    told = {**SIGNED["signedData"], field: value}
    state = read_signature(told, SIGNED["hash"]).state
    assert state in {"invalid", "self-signed"}
    if field in {"hash", "publicKey", "signature"} and value != SIGNED["signedData"][field]:
        assert state == "invalid"
