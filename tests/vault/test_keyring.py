from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vault.sample import CHEAP, PASSPHRASE, WORKSPACE, new_keyring
from undersight.errors import (
    DiskFullError,
    IntegrityError,
    KeyringDamagedError,
    PassphraseNeededError,
    PlainWorkspaceError,
    SlotNotFoundError,
    WeakPassphraseError,
    WorkspaceTooNewError,
    WrongPassphraseError,
)
from undersight.integrity import durable
from undersight.integrity.canonical import canonical_json
from undersight.vault import keyring as keyring_module
from undersight.vault.keyring import KeyPurpose, create_keyring, is_plain_keyring, unlock_keyring
from undersight.vault.passphrase import PRODUCTION_COST, passphrase_key

OTHER = "another passphrase"


def rewrite(path: Path, **changes: Any) -> None:
    """Change the document as someone would who knows the format but no key."""
    document = {**json.loads(path.read_bytes()), **changes}
    document["checksum"] = keyring_module._checksum(document)
    path.write_bytes(canonical_json(document) + b"\n")


@pytest.mark.parametrize("is_plain", [True, False])
def test_the_same_keys_come_back(tmp_path: Path, *, is_plain: bool) -> None:
    made = new_keyring(tmp_path, is_plain=is_plain)
    found = unlock_keyring(made.path, None if is_plain else PASSPHRASE)
    assert found.is_plain is is_plain_keyring(made.path) is is_plain
    assert found.workspace_id == WORKSPACE
    keys = {purpose: found.subkey(purpose) for purpose in KeyPurpose}
    assert keys == {purpose: made.subkey(purpose) for purpose in KeyPurpose}
    assert len(set(keys.values())) == len(KeyPurpose)
    assert {len(key) for key in keys.values()} == {32}


def test_purposes_never_change() -> None:
    # Each word is part of a key: to change one is to lose what it opens.
    assert sorted(KeyPurpose) == [
        "accounts",
        "backups",
        "casebook",
        "corpus",
        "custody",
        "drafts",
        "intakes",
        "keyring-items",
        "keyring-mac",
        "name-pseudonyms",
        "record-keys",
        "runs",
        "seals",
        "signing-keys",
        "vault-names",
        "vault-objects",
    ]


def test_two_workspaces_share_no_key(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    one, other = (new_keyring(folder, is_plain=False) for folder in (tmp_path, tmp_path / "other"))
    assert one.subkey(KeyPurpose.CASEBOOK) != other.subkey(KeyPurpose.CASEBOOK)


def test_a_wrong_passphrase_is_one_clear_line(tmp_path: Path) -> None:
    path = new_keyring(tmp_path, is_plain=False).path
    for wrong in ("", PASSPHRASE + " ", PASSPHRASE.upper()):
        with pytest.raises(WrongPassphraseError) as raised:
            unlock_keyring(path, wrong)
        assert "\n" not in str(raised.value)
        assert PASSPHRASE not in str(raised.value)
    with pytest.raises(PassphraseNeededError):
        unlock_keyring(path)


def test_a_passphrase_is_the_same_however_the_keyboard_composed_it(tmp_path: Path) -> None:
    composed, decomposed = "çay içmək", "c\u0327ay ic\u0327m\u0259k"
    path = tmp_path / "keyring.json"
    create_keyring(path, workspace_id=WORKSPACE, passphrase=composed, cost=CHEAP)
    unlock_keyring(path, decomposed)


def test_a_short_passphrase_makes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"
    with pytest.raises(WeakPassphraseError):
        create_keyring(path, workspace_id=WORKSPACE, passphrase="short  ", cost=CHEAP)
    assert not path.exists()


def test_a_keyring_is_never_overwritten(tmp_path: Path) -> None:
    path = new_keyring(tmp_path, is_plain=False).path
    before = path.read_bytes()
    with pytest.raises(KeyringDamagedError):
        new_keyring(tmp_path, is_plain=True)
    assert path.read_bytes() == before


def test_changing_the_passphrase_keeps_the_keys(tmp_path: Path) -> None:
    keyring = new_keyring(tmp_path, is_plain=False)
    keyring.put_item("staff", b"secret")
    with pytest.raises(WrongPassphraseError):
        keyring.change_passphrase(OTHER, OTHER, cost=CHEAP)
    with pytest.raises(WeakPassphraseError):
        keyring.change_passphrase(PASSPHRASE, "short", cost=CHEAP)
    keyring.change_passphrase(PASSPHRASE, OTHER, cost=CHEAP)
    with pytest.raises(WrongPassphraseError):
        unlock_keyring(keyring.path, PASSPHRASE)
    found = unlock_keyring(keyring.path, OTHER)
    assert found.subkey(KeyPurpose.CASEBOOK) == keyring.subkey(KeyPurpose.CASEBOOK)
    assert found.item("staff") == b"secret"
    assert found.slots[0].slot_id == keyring.slots[0].slot_id


def test_a_second_slot_opens_and_goes(tmp_path: Path) -> None:
    keyring = new_keyring(tmp_path, is_plain=False)
    with pytest.raises(WeakPassphraseError):
        keyring.add_slot("short", label="in the safe", cost=CHEAP)
    slot = keyring.add_slot(OTHER, label="in the safe", cost=CHEAP)
    assert [each.label for each in keyring.slots] == ["", "in the safe"]
    for passphrase in (PASSPHRASE, OTHER):
        assert unlock_keyring(keyring.path, passphrase).slots == keyring.slots
    keyring.remove_slot(slot.slot_id)
    with pytest.raises(WrongPassphraseError):
        unlock_keyring(keyring.path, OTHER)
    with pytest.raises(SlotNotFoundError, match="only"):
        keyring.remove_slot(keyring.slots[0].slot_id)
    with pytest.raises(SlotNotFoundError):
        keyring.remove_slot("slot-unknown")
    unlock_keyring(keyring.path, PASSPHRASE)


def test_every_slot_is_tried_whichever_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring = new_keyring(tmp_path, is_plain=False)
    keyring.add_slot(OTHER, label="second", cost=CHEAP)
    n_derived = []

    def counted(*args: Any, **kwargs: Any) -> Any:
        n_derived.append(1)
        return passphrase_key(*args, **kwargs)

    monkeypatch.setattr("undersight.vault.passphrase.passphrase_key", counted)
    for passphrase in (PASSPHRASE, OTHER):
        unlock_keyring(keyring.path, passphrase)
    with pytest.raises(WrongPassphraseError):
        unlock_keyring(keyring.path, "neither of the two")
    assert len(n_derived) == 6


def test_a_plain_keyring_has_no_passphrase(tmp_path: Path) -> None:
    keyring = new_keyring(tmp_path, is_plain=True)
    assert keyring.slots == ()
    with pytest.raises(PlainWorkspaceError):
        keyring.change_passphrase(PASSPHRASE, OTHER, cost=CHEAP)
    with pytest.raises(PlainWorkspaceError):
        keyring.add_slot(OTHER, label="x", cost=CHEAP)


def test_items_are_sealed_under_their_name(tmp_path: Path) -> None:
    keyring = new_keyring(tmp_path, is_plain=False)
    assert keyring.item("staff") is None
    keyring.put_item("staff", b"signing key")
    assert b"signing key" not in keyring.path.read_bytes()
    assert keyring.item("staff") == b"signing key"
    moved = {**keyring._document["items"], "other": keyring._document["items"]["staff"]}
    keyring._write({**keyring._document, "items": moved})
    with pytest.raises(KeyringDamagedError):
        keyring.item("other")


@pytest.mark.parametrize("is_plain", [True, False])
def test_any_flipped_bit_is_found(tmp_path: Path, *, is_plain: bool) -> None:
    path = new_keyring(tmp_path, is_plain=is_plain).path
    whole = path.read_bytes()

    @given(bit=st.integers(0, len(whole) * 8 - 1))
    @settings(max_examples=60)
    def check(bit: int) -> None:
        raw = bytearray(whole)
        raw[bit // 8] ^= 1 << bit % 8
        path.write_bytes(raw)
        with pytest.raises((IntegrityError, WorkspaceTooNewError)):
            unlock_keyring(path, PASSPHRASE)

    check()


def test_a_change_by_someone_without_the_keys_is_found(tmp_path: Path) -> None:
    path = new_keyring(tmp_path, is_plain=False).path
    good = path.read_bytes()
    for changes in ({"workspace": "ws-other"}, {"items": {"staff": "AAAA"}}, {"new": 1}):
        path.write_bytes(good)
        rewrite(path, **changes)
        with pytest.raises(KeyringDamagedError, match="without its keys"):
            unlock_keyring(path, PASSPHRASE)
    slot = json.loads(good)["slots"][0]
    for change in ({"label": "x"}, {"iterations": 2}, {"created_at_us": 1}):
        path.write_bytes(good)
        rewrite(path, slots=[{**slot, **change}])
        with pytest.raises(WrongPassphraseError):
            unlock_keyring(path, PASSPHRASE)


def test_a_slot_cannot_make_the_computer_work_for_ever(tmp_path: Path) -> None:
    path = new_keyring(tmp_path, is_plain=False).path
    slot = json.loads(path.read_bytes())["slots"][0]
    for change in (
        {"memory_kib": 2**40},
        {"iterations": 10**9},
        {"lanes": 0},
        {"memory_kib": True},
        {"kdf": "none"},
        {"salt": "?"},
        {"salt": 1},
    ):
        rewrite(path, slots=[{**slot, **change}])
        with pytest.raises(KeyringDamagedError):
            unlock_keyring(path, PASSPHRASE)


def test_damage_a_missing_file_and_a_newer_format_are_told_apart(tmp_path: Path) -> None:
    path = new_keyring(tmp_path, is_plain=True).path
    for raw in (b"", b"[]", b"{}", b'{"format":1}', b"\xff", b"[" * 100_000):
        path.write_bytes(raw)
        with pytest.raises(KeyringDamagedError):
            unlock_keyring(path)
    path.write_bytes(b'{"format":2,"whatever":1}')
    with pytest.raises(WorkspaceTooNewError, match="format 2"):
        unlock_keyring(path)
    path.unlink()
    with pytest.raises(KeyringDamagedError, match="missing"):
        unlock_keyring(path)


def test_a_plain_key_of_another_shape_is_damage(tmp_path: Path) -> None:
    path = new_keyring(tmp_path, is_plain=True).path
    for text in ("AAAA", "?", None):
        rewrite(path, plain_master=text)
        with pytest.raises(KeyringDamagedError):
            unlock_keyring(path)


def test_a_full_disk_leaves_the_old_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring = new_keyring(tmp_path, is_plain=False)

    def refuse(*_args: object) -> None:
        raise OSError(28, "no space")

    with monkeypatch.context() as patched:
        patched.setattr(durable, "write_all", refuse)
        with pytest.raises(DiskFullError):
            keyring.change_passphrase(PASSPHRASE, OTHER, cost=CHEAP)
    unlock_keyring(keyring.path, PASSPHRASE)
    assert keyring.slots == unlock_keyring(keyring.path, PASSPHRASE).slots


def test_what_a_killed_change_left_opens_nothing_later(tmp_path: Path) -> None:
    path = new_keyring(tmp_path, is_plain=False).path
    left = path.with_name(f".{path.name}.00ff.part")
    left.write_bytes(path.read_bytes())
    unlock_keyring(path, PASSPHRASE).put_item("made/later", b"x")
    assert not left.exists()


def test_keys_show_in_no_repr_and_no_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    keyring = unlock_keyring(new_keyring(tmp_path, is_plain=False).path, PASSPHRASE)
    master = bytes(keyring._master)
    shown = repr(keyring) + repr(keyring.subkey(KeyPurpose.CASEBOOK)) + caplog.text
    assert master.hex() not in shown
    assert repr(master) not in shown
    assert PASSPHRASE not in shown


def test_the_production_cost_is_that_of_the_decision_record() -> None:
    assert PRODUCTION_COST.memory_kib >= 128 * 1024, "as THREATS.md promises"
    assert PRODUCTION_COST.iterations >= 3
