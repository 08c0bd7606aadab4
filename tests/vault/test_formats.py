"""Formats that must be readable for ever.

Once with a reader written from docs/explanation/workspace-format.md alone, which shares no code
with the program; once by opening a workspace that was made when format 1 was new.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from tests.vault.sample import ACTOR, CHEAP, PASSPHRASE, new_keyring
from undersight.integrity.chain import ChainHead
from undersight.integrity.record_cipher import RecordCipher
from undersight.settings import find_workspace, load_settings, unlock_workspace
from undersight.vault.keyring import KeyPurpose
from undersight.vault.objects import Vault
from undersight.vault.source_identities import SourceIdentity, create_sources, open_sources
from undersight.vault.staff import load_staff, parse_staff_line

FROZEN = Path(__file__).parent / "workspace-format-1"


def canonical(value: Any) -> bytes:
    """RFC 8785, as far as these files need it: no fractions, keys in ASCII."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def hkdf(key: bytes, info: str, salt: bytes = b"") -> bytes:
    extracted = hmac.digest(salt or bytes(32), key, "sha256")
    return hmac.digest(extracted, info.encode() + b"\x01", "sha256")


def aead(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    return AESGCM(key).decrypt(sealed[:12], sealed[12:], bound)


def from_slot(slot: dict[str, Any], passphrase: str) -> bytes:
    kek = Argon2id(
        salt=base64.b64decode(slot["salt"]),
        length=32,
        iterations=slot["iterations"],
        lanes=slot["lanes"],
        memory_cost=slot["memory_kib"],
    ).derive(passphrase.encode())
    bound = canonical({name: slot[name] for name in slot if name != "wrapped"})
    return aead(kek, base64.b64decode(slot["wrapped"]), bound)


def subkey(master: bytes, purpose: str) -> bytes:
    return hkdf(master, f"undersight/subkey/v1/{purpose}")


def read_object(raw: bytes, vault_key: bytes) -> bytes:
    assert raw[:16] == b"undersight-obj1\n"
    cipher = AESGCM(hkdf(vault_key, "undersight/object/v1", salt=raw[16:48]))
    body, chunks = raw[48:-56], b""
    n_chunks = 0
    for start in range(0, len(body), 65_552):
        nonce = n_chunks.to_bytes(11, "big") + b"\0"
        chunks += cipher.decrypt(nonce, body[start : start + 65_552], None)
        n_chunks += 1
    trailer = cipher.decrypt(n_chunks.to_bytes(11, "big") + b"\1", raw[-56:], None)
    data = chunks[: int.from_bytes(trailer[32:], "big")]
    assert hashlib.sha256(data).digest() == trailer[:32]
    return data


def test_a_reader_written_from_the_page_alone(tmp_path: Path) -> None:
    keyring = new_keyring(tmp_path, is_plain=False)
    vault = Vault(tmp_path / "vault", keyring)
    page = b"a page of the Sarnak Courier" * 9000
    digest = vault.put(io.BytesIO(page), reason="saved – səhifə", actor=ACTOR)

    document = json.loads((tmp_path / "keyring.json").read_bytes())
    assert canonical(document) + b"\n" == (tmp_path / "keyring.json").read_bytes()
    master = from_slot(document["slots"][0], PASSPHRASE)
    bare = {name: document[name] for name in document if name not in {"mac", "checksum"}}
    mac = hmac.new(subkey(master, "keyring-mac"), canonical(bare), hashlib.sha256).hexdigest()
    assert document["mac"] == mac
    checked = canonical({**bare, "mac": mac})
    checksum = hashlib.sha256(b"undersight/keyring-checksum/v1\0" + checked).hexdigest()
    assert document["checksum"] == checksum

    hidden = hmac.new(subkey(master, "vault-names"), bytes.fromhex(digest), hashlib.sha256)
    name = hidden.hexdigest()
    raw = (tmp_path / "vault" / "objects" / name[:2] / name[2:]).read_bytes()
    assert read_object(raw, subkey(master, "vault-objects")) == page

    (line,) = (tmp_path / "vault" / "custody.log").read_bytes().splitlines()
    sealed = base64.b64decode(line.removeprefix(b"u1:"))
    entry = json.loads(aead(subkey(master, "custody"), sealed, b"undersight/custody/v1"))
    assert (entry["object"], entry["reason"]) == (digest, "saved – səhifə")
    h = entry.pop("h")
    body = b"undersight/custody/v1\0" + canonical(entry)
    assert h == hashlib.sha256(body).hexdigest()

    record_key = RecordCipher.new_key()
    record = RecordCipher.seal(record_key, b"record", b"party/1")
    wrapped = RecordCipher.wrap(keyring.subkey(KeyPurpose.RECORD_KEYS), record_key, "party-1")
    bound = b"undersight/record-key/v1\0party-1"
    found = aead(subkey(master, "record-keys"), wrapped[1:], bound)
    assert aead(found, record[1:], b"undersight/record/v1\0party/1") == b"record"


def test_the_source_identities_from_the_page_alone(tmp_path: Path) -> None:
    path = tmp_path / "sources.sealed"
    source_id = create_sources(path, PASSPHRASE, cost=CHEAP).add(SourceIdentity(name="Nobody"))
    document = json.loads(path.read_bytes())
    key = from_slot(document["slot"], PASSPHRASE)
    bound = b"undersight/sources/v1\0" + canonical(document["slot"])
    content = aead(key, base64.b64decode(document["sealed"]), bound)
    assert len(content) % 4096 == 0
    assert json.loads(content)["entries"][source_id]["name"] == "Nobody"


@pytest.mark.parametrize("kind", ["plain", "encrypted"])
def test_a_workspace_of_format_1_opens_for_ever(tmp_path: Path, kind: str) -> None:
    """`workspace-format-1` is never made anew: if this fails, the change breaks its readers."""
    shutil.copytree(FROZEN / kind, tmp_path / "log")
    layout = find_workspace(named=tmp_path / "log")
    settings = load_settings(layout, environ={})
    keyring = unlock_workspace(layout, settings, PASSPHRASE)
    vault = Vault(layout.vault, keyring)
    expected = json.loads((FROZEN / f"{kind}.json").read_text(encoding="utf-8"))
    assert settings.workspace.title == expected["title"]
    assert keyring.subkey(KeyPurpose.CASEBOOK).hex() == expected["casebook_key"]
    assert vault.digests() == tuple(sorted(expected["objects"]))
    for digest, text in expected["objects"].items():
        assert vault.open(digest).read() == text.encode()
    head = ChainHead(length=expected["custody_length"], head=expected["custody_head"])
    assert vault.custody.verify([head]).is_whole
    assert [each.source_ref for each in vault.intakes()] == expected["source_refs"]
    assert load_staff(keyring).public == parse_staff_line(expected["staff_line"])
    with open_sources(layout.sources, PASSPHRASE) as sources:
        assert [sources.read(each).name for each in sources.ids()] == [expected["source_name"]]
    vault.put(io.BytesIO(b"and it can be continued"), reason="new", actor=settings.staff.id)
    assert vault.custody.verify([head]).is_whole
