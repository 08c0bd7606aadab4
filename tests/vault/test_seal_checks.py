"""Seals at the edges of their checks: keys that followed one another, and the chain of seals."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import shutil
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.vault.sample import ACTOR
from tests.vault.sealed import NOON, PAGES, SealedVault, make_sealed
from tests.vault.test_tampering import found, stamp_folder
from undersight.integrity.canonical import digest_bytes
from undersight.integrity.chain import ChainHead
from undersight.integrity.secret import SecretKey
from undersight.vault import seals
from undersight.vault.custody import CustodyLog
from undersight.vault.demo_authority import DemoAuthority
from undersight.vault.objects import Vault
from undersight.vault.seal_checks import check_seals
from undersight.vault.seal_manifest import SealItem
from undersight.vault.seals import Seals
from undersight.vault.signing_keys import SigningKey, SigningKeys
from undersight.vault.stamps import new_request


@pytest.fixture
def made(tmp_path: Path) -> SealedVault:
    return make_sealed(tmp_path, is_plain=True)


def rotate(made: SealedVault) -> None:
    keys = made.seals.keys
    keys.rotate(keys.open().record.key_id, actor=ACTOR, reason="yearly")


def test_seals_of_every_key_in_its_time_hold(made: SealedVault) -> None:
    """A key that took another's place and was replaced in turn: nobody is accused of anything."""
    for page in (b"second key", b"third key"):
        rotate(made)
        made.seal(page)
    assert found(made) == set()
    made.seals.keys.revoke(made.seals.keys.open().record.key_id, actor=ACTOR, reason="lost")
    assert found(made) == set()
    assert {(note.kind, note.place) for note in check_seals(made.vault).notes} >= {
        ("key-revoked-since", "seal-000004")
    }


@pytest.mark.parametrize("is_backdated", [False, True])
def test_what_a_replaced_key_signed_after_its_end_is_named(
    made: SealedVault, monkeypatch: pytest.MonkeyPatch, *, is_backdated: bool
) -> None:
    copied, before = made.seals.keys.open(), made.seals.keys.head()
    rotate(made)
    if is_backdated:
        monkeypatch.setattr(SigningKeys, "head", lambda _keys: before)
    seal_with(made, copied)
    monkeypatch.undo()
    assert found(made) == {("seal", "revoked-key")}


@pytest.mark.parametrize("is_backdated", [False, True])
@pytest.mark.parametrize("revoked", ["the replaced key", "the key in its place"])
def test_a_later_revocation_excuses_nothing_that_a_replaced_key_signed(
    made: SealedVault, monkeypatch: pytest.MonkeyPatch, *, revoked: str, is_backdated: bool
) -> None:
    """Its end is when it was replaced, whatever became of it or of its successor afterwards."""
    copied, before = made.seals.keys.open(), made.seals.keys.head()
    rotate(made)
    if is_backdated:
        monkeypatch.setattr(SigningKeys, "head", lambda _keys: before)
    seal_with(made, copied)
    monkeypatch.undo()
    keys = made.seals.keys
    lost = copied.record.key_id if revoked == "the replaced key" else keys.open().record.key_id
    keys.revoke(lost, actor=ACTOR, reason="stolen")
    (fault,) = check_seals(made.vault).faults
    told = f"{copied.record.key_id} was replaced before it was made."
    assert (fault.kind, fault.detail) == ("revoked-key", told)


def test_a_key_of_ours_by_name_alone_is_none_of_ours(made: SealedVault) -> None:
    """The seal says one of our keys' ids, and was signed by another's."""
    ours = made.seals.keys.open()
    secret = Ed25519PrivateKey.generate()
    public = secret.public_key().public_bytes_raw()
    planted = SigningKey(
        dataclasses.replace(ours.record, public=public), SecretKey(secret.private_bytes_raw())
    )
    seal_with(made, planted)
    assert found(made) == {("seal", "unknown-key")}


def test_a_revocation_that_was_cut_off_is_missed(made: SealedVault) -> None:
    keys = made.seals.keys
    lost = keys.open().record.key_id
    keys.new("another", actor=ACTOR)
    keys.revoke(lost, actor=ACTOR, reason="lost")
    seal_with(made, keys.open("another"))
    assert found(made) == set()
    log = made.folder / "seals" / "keys.log"
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:-1]))
    assert ("keys", "truncated") in found(made)


def test_a_seal_that_follows_another_than_the_one_before_is_named(
    made: SealedVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = Seals(made.vault)._made()
    monkeypatch.setattr(Seals, "_made", lambda _seals: [second, first])
    seal_with(made, made.seals.keys.open())
    monkeypatch.undo()
    assert found(made) == {("seal", "out-of-order")}


def test_a_first_seal_that_follows_another_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_sealed(tmp_path, is_plain=True, n_seals=1)
    assert found(made) == set()
    before = digest_bytes(b"a seal that is gone")
    other = tmp_path / "other"
    other.mkdir()
    monkeypatch.setattr(seals, "NO_SEAL_BEFORE", before)
    assert found(make_sealed(other, is_plain=True, n_seals=1)) == {("seal", "out-of-order")}


def test_what_was_signed_after_a_revocation_that_a_crash_kept_out_of_the_custody_log_is_named(
    made: SealedVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log of keys tells of the end too."""
    keys, copied = made.seals.keys, made.seals.keys.open()
    with monkeypatch.context() as crashing:
        crashing.setattr(CustodyLog, "record", crash)
        with pytest.raises(KeyboardInterrupt):
            keys.revoke(copied.record.key_id, actor=ACTOR, reason="stolen")
    seal_with(made, copied)
    assert found(made) == {("seal", "revoked-key")}


def crash(*_given: object) -> None:
    raise KeyboardInterrupt


def test_nothing_that_a_seal_of_a_stolen_key_says_is_believed(made: SealedVault) -> None:
    """Neither what it anchors, which could accuse a log that is whole, nor a stamp on it."""
    copied = made.seals.keys.open()
    made.seals.keys.revoke(copied.record.key_id, actor=ACTOR, reason="stolen")
    seal_with(made, copied)
    report = check_seals(made.vault)
    assert [len(anchors) for anchors in report.anchors.values()] == [2, 2, 2]
    assert [note.place for note in report.notes if note.kind == "unstamped"] == ["seal-000002"]


def test_a_sealed_object_that_nobody_took_in_is_named(
    made: SealedVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = digest_bytes(b"planted")
    with monkeypatch.context() as planting:
        planting.setattr(Vault, "contains", lambda _vault, _digest: True)
        Seals(made.vault).make([SealItem(object=digest)], made.seals.keys.open(), actor=ACTOR)
    assert ("seal", "unknown-object") in found(made)


def test_a_stamp_without_its_reply_is_named(made: SealedVault) -> None:
    (stamp_folder(made) / "reply.tsr").unlink()
    assert ("stamp", "damaged") in found(made)


@pytest.mark.parametrize("decoy", ["a file", "a folder that waits"])
def test_nothing_put_in_its_place_hides_that_a_stamp_is_gone(
    made: SealedVault, decoy: str
) -> None:
    folder = stamp_folder(made)
    shutil.rmtree(folder)
    if decoy == "a file":
        folder.write_bytes(b"")
    else:
        folder.with_name("demo-02.ready").mkdir()
    assert found(made) == {("stamp", "missing")}


@pytest.mark.parametrize("gone", ["demo-01", "demo-02"])
def test_of_two_stamps_the_one_that_is_gone_is_named(made: SealedVault, gone: str) -> None:
    made.stamp("seal-000001")
    folder = stamp_folder(made).with_name(gone)
    reply = digest_bytes((folder / "reply.tsr").read_bytes())
    shutil.rmtree(folder)
    faults = check_seals(made.vault).faults
    assert [(fault.kind, fault.place) for fault in faults] == [("missing", reply)]


def test_whether_a_stamp_was_revoked_is_said_to_be_unknown_until_a_list_is_at_hand(
    made: SealedVault,
) -> None:
    def unchecked() -> list[str]:
        notes = check_seals(made.vault).notes
        return [note.place for note in notes if note.kind == "revocation-not-checked"]

    assert unchecked() == ["seal-000001/demo-01"]
    other = DemoAuthority(clock=lambda: NOON, root=made.authority.root).certificate.serial_number
    data = made.authority.root.revocation_list(other, NOON - dt.timedelta(days=1))
    made.stamps().keep_revocations(data, where="crl.pem", actor=ACTOR)
    assert unchecked() == []


def test_a_damaged_time_stamp_over_an_object_stops_no_check(made: SealedVault) -> None:
    reply = made.authority.answer(new_request(PAGES[0]))
    made.stamps().keep_token(reply, authority="demo", actor=ACTOR)
    assert check_seals(made.vault).n_stamps == 2
    ((token, _over, _authority),) = made.stamps().tokens()
    made.vault.shelf.path(token).write_bytes(b"else")
    assert found(made) == {("object", "damaged")}
    assert check_seals(made.vault).n_stamps == 1


def test_where_the_history_stood_is_noted_of_every_believed_seal(made: SealedVault) -> None:
    stood = ChainHead(length=3, head=digest_bytes(b"an entry"))
    vault = made.vault
    digest = vault.put(io.BytesIO(b"one more"), reason="saved", actor=ACTOR)
    key = made.seals.keys.open()
    Seals(vault).make([SealItem(object=digest)], key, actor=ACTOR, history=stood)
    assert check_seals(made.vault).anchors["history"] == [stood]


def seal_with(made: SealedVault, key: SigningKey) -> None:
    """One more seal, over an object that was taken in."""
    vault = made.vault
    digest = vault.put(io.BytesIO(b"one more"), reason="saved", actor=ACTOR)
    Seals(vault).make([SealItem(object=digest)], key, actor=ACTOR)
