"""Seals: over what is there, checked by anyone, proving one object without the others."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import io
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vault.sample import ACTOR, CHEAP, new_vault
from undersight.errors import (
    EmptySealError,
    ObjectNotFoundError,
    SealDamagedError,
    SealNotFoundError,
    SignatureMismatchError,
    SigningKeyGoneError,
    SigningKeyNotFoundError,
    WrongPassphraseError,
)
from undersight.integrity.canonical import Digest, digest_bytes
from undersight.vault import sshsig
from undersight.vault.objects import Vault
from undersight.vault.seal_manifest import (
    NO_SEAL_BEFORE,
    Proof,
    SealItem,
    check_proof,
    read_manifest,
)
from undersight.vault.seals import Seals
from undersight.vault.signing_keys import SigningKeys, rotation_statement

PAGES = [b"page %d" % number for number in range(5)]


@pytest.fixture(params=[True, False], ids=["plain", "encrypted"])
def vault(tmp_path: Path, request: pytest.FixtureRequest) -> Vault:
    return new_vault(tmp_path, is_plain=request.param)


def put(vault: Vault, data: bytes) -> SealItem:
    digest = vault.put(io.BytesIO(data), reason="saved", actor=ACTOR)
    return SealItem(object=digest, metadata={"kind": "intake", "n_bytes": len(data)})


def sealed(vault: Vault) -> Seals:
    seals = Seals(vault)
    seals.keys.new("desk", actor=ACTOR)
    seals.make([put(vault, page) for page in PAGES], seals.keys.open(), actor=ACTOR)
    return seals


def test_a_seal_says_how_much_and_when_and_not_what(vault: Vault) -> None:
    seals = sealed(vault)
    seal = seals.read("seal-000001")
    seal.check_signature()
    assert seal.manifest.n_items == len(PAGES)
    assert seal.manifest.previous == NO_SEAL_BEFORE
    assert seal.manifest.anchors.custody.length == len(PAGES) + 1  # and the key
    public = seal.manifest_bytes + seal.signature
    for page in PAGES:
        assert digest_bytes(page).encode() not in public
    entry = list(vault.custody.entries())[-1]
    assert (entry.action, entry.object) == ("seal", seal.digest)
    assert {leaf.object for leaf in seals.leaves(seal)} == set(map(digest_bytes, PAGES))


def test_no_digest_lies_open_in_an_encrypted_vault(tmp_path: Path) -> None:
    vault = new_vault(tmp_path, is_plain=False)
    sealed(vault)
    for path in (tmp_path / "vault").rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for digest in map(digest_bytes, PAGES):
            assert digest.encode() not in content
            assert bytes.fromhex(digest) not in content


def test_each_seal_names_the_one_before(vault: Vault) -> None:
    seals = sealed(vault)
    second = seals.make([put(vault, b"more")], seals.keys.open(), actor=ACTOR)
    assert second.manifest.previous == seals.read("1").digest
    assert seals.seal_ids() == ("seal-000001", "seal-000002")


@pytest.mark.skipif(
    shutil.which("ssh-keygen") is None and not os.environ.get("CI"), reason="no ssh-keygen here"
)
def test_ssh_keygen_checks_a_seal(tmp_path: Path) -> None:
    vault = new_vault(tmp_path, is_plain=True)
    seal = sealed(vault).read("1")

    def checked(manifest: bytes) -> subprocess.CompletedProcess[bytes]:
        words = ["ssh-keygen", "-Y", "verify", "-n", "undersight-seal", "-f", "allowed_signers"]
        words += ["-I", seal.manifest.key_id, "-s", "seal.sig"]
        return subprocess.run(
            words, input=manifest, cwd=seal.folder, check=False, capture_output=True
        )

    assert checked(seal.manifest_bytes).returncode == 0
    assert checked(seal.manifest_bytes.replace(b'"items":5', b'"items":6')).returncode != 0


def test_a_proof_with_a_number_that_is_none_is_refused(vault: Vault) -> None:
    seals = sealed(vault)
    told = seals.inclusion_proof(seals.read("1"), digest_bytes(PAGES[0])).to_json()
    for number in ("1e999", "-1e999", "NaN", "true", "-1", "1.0", '"1"', "null"):
        for name in ("index", "leaves"):
            text = json.dumps({**told, name: "HERE"}).replace('"HERE"', number)
            with pytest.raises(SealDamagedError):
                Proof.from_json(json.loads(text))
    with pytest.raises(SealDamagedError):
        Proof.from_json(json.loads("[]"))


def test_a_proof_shows_one_object_and_opens_no_other(vault: Vault) -> None:
    seals = sealed(vault)
    seal = seals.read("1")
    for page in PAGES:
        proof = seals.inclusion_proof(seal, digest_bytes(page))
        again = Proof.from_json(json.loads(json.dumps(proof.to_json())))
        assert again == proof
        assert check_proof(again, seal.manifest.root)
        other = dataclasses.replace(proof, object=digest_bytes(b"planted"))
        assert not check_proof(other, seal.manifest.root)
        shown = json.dumps(proof.to_json())
        assert not [each for each in PAGES if each != page and digest_bytes(each) in shown]
    with pytest.raises(SealNotFoundError):
        seals.inclusion_proof(seal, digest_bytes(b"not sealed"))


def test_a_proof_opens_the_metadata_only_when_asked(vault: Vault) -> None:
    seals = sealed(vault)
    seal, digest = seals.read("1"), digest_bytes(PAGES[0])
    assert "metadata" not in seals.inclusion_proof(seal, digest).to_json()
    proof = seals.inclusion_proof(seal, digest, is_metadata_shown=True)
    assert check_proof(proof, seal.manifest.root)
    assert proof.metadata == {"kind": "intake", "n_bytes": len(PAGES[0])}
    lied = dataclasses.replace(proof, metadata={"kind": "intake", "n_bytes": 1})
    assert not check_proof(lied, seal.manifest.root)


def test_what_is_not_there_is_not_sealed(vault: Vault) -> None:
    seals = sealed(vault)
    missing = SealItem(object=digest_bytes(b"nowhere"))
    with pytest.raises(ObjectNotFoundError):
        seals.make([missing], seals.keys.open(), actor=ACTOR)
    with pytest.raises(EmptySealError):
        seals.make([], seals.keys.open(), actor=ACTOR)
    with pytest.raises(SealNotFoundError):
        seals.read("seal-000009")
    assert seals.seal_ids() == ("seal-000001",)


def test_a_changed_manifest_is_no_longer_signed(vault: Vault) -> None:
    seal = sealed(vault).read("1")
    changed = seal.manifest_bytes.replace(b'"items":5', b'"items":4')
    with pytest.raises(SignatureMismatchError):
        dataclasses.replace(seal, manifest_bytes=changed).check_signature()
    with pytest.raises(SignatureMismatchError):
        dataclasses.replace(seal, signature=b"none").check_signature()


DOCUMENTS = st.dictionaries(
    st.sampled_from(["format", "anchors", "items", "number"]), st.integers() | st.text()
).map(lambda document: json.dumps(document).encode())


@given(st.binary(max_size=200) | DOCUMENTS)
def test_what_is_no_manifest_is_told(data: bytes) -> None:
    with pytest.raises(SealDamagedError):
        read_manifest(data, where="seal-000001")


def test_keys_have_a_history(vault: Vault) -> None:
    keys = SigningKeys(vault, cost=CHEAP)
    with pytest.raises(SigningKeyNotFoundError):
        keys.find()
    old = keys.new("desk", actor=ACTOR, passphrase="another passphrase")
    with pytest.raises(WrongPassphraseError):
        keys.open("desk", lambda: "a guess at it")
    new = keys.rotate(
        "desk", actor=ACTOR, reason="yearly", passphrases=lambda: "another passphrase"
    )
    assert [key.state for key in keys.all()] == ["replaced", "in-use"]
    assert keys.find("desk").key_id == new.key_id
    sshsig.verify(
        keys.find("desk").voucher.encode(),
        rotation_statement(old.key_id, new),
        public=old.public,
        namespace=sshsig.ROTATION_NAMESPACE,
        signer=old.key_id,
    )
    with pytest.raises(SigningKeyGoneError):
        keys.open(old.key_id, lambda: "another passphrase")
    keys.revoke(new.key_id, actor=ACTOR, reason="the laptop was seized")
    assert keys.find(new.key_id).state == "revoked"
    with pytest.raises(SigningKeyNotFoundError):
        keys.find("desk")
    actions = [entry.action for entry in vault.custody.entries()]
    assert actions == ["key-new", "key-rotate", "key-revoke"]
    assert vault.keyring.item(f"signing-key/{old.key_id}") == b""


def test_a_digest_of_other_leaves_is_refused(vault: Vault) -> None:
    seals = sealed(vault)
    proof = seals.inclusion_proof(seals.read("1"), digest_bytes(PAGES[0]))
    assert not check_proof(proof, Digest("0" * 64))


def test_a_reader_written_from_the_format_s_page_alone_gets_the_same_root(tmp_path: Path) -> None:
    """Shares no code with the program: docs/explanation/workspace-format.md, seals."""
    folder = sealed(new_vault(tmp_path, is_plain=True)).read("1").folder
    manifest = json.loads((folder / "manifest.json").read_bytes())
    level = []
    for line in (folder / "leaves.jsonl").read_bytes().splitlines():
        leaf = json.loads(line)
        salt, other = (base64.b64decode(leaf[name]) for name in ("salt", "metadata_salt"))
        metadata = json.dumps(leaf["metadata"], sort_keys=True, separators=(",", ":")).encode()
        about = hashlib.sha256(b"undersight/seal-metadata/v1\0" + other + metadata).digest()
        digest = bytes.fromhex(leaf["object"])
        inside = b"undersight/seal-leaf/v1\0" + salt + digest + about
        level.append(hashlib.sha256(b"\0" + hashlib.sha256(inside).digest()).digest())
    while len(level) > 1:
        pairs = [level[i : i + 2] for i in range(0, len(level), 2)]
        level = [
            hashlib.sha256(b"\1" + b"".join(pair)).digest() if len(pair) == 2 else pair[0]
            for pair in pairs
        ]
    assert level[0].hex() == manifest["root"]
