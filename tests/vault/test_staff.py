from __future__ import annotations

from pathlib import Path

import pytest

from tests.vault.sample import new_keyring
from undersight.errors import (
    InvalidStaffLineError,
    KeyringDamagedError,
    NotForThisStaffError,
    SignatureMismatchError,
)
from undersight.vault.staff import (
    STAFF_ITEM,
    StaffKeys,
    StaffPublic,
    create_staff,
    encrypt_for,
    load_staff,
    parse_staff_line,
)

DOMAIN = "undersight/bundle/v1"


@pytest.fixture
def staff(tmp_path: Path) -> StaffKeys:
    return create_staff(new_keyring(tmp_path, is_plain=False))


@pytest.fixture
def colleague(tmp_path: Path) -> StaffKeys:
    (tmp_path / "colleague").mkdir()
    return create_staff(new_keyring(tmp_path / "colleague", is_plain=True))


def test_the_same_keys_come_back_from_the_keyring(tmp_path: Path) -> None:
    keyring = new_keyring(tmp_path, is_plain=False)
    with pytest.raises(KeyringDamagedError, match="no staff keys"):
        load_staff(keyring)
    made = create_staff(keyring)
    found = load_staff(keyring)
    assert found.public == made.public
    made.public.verify(found.sign(b"x", domain=DOMAIN), b"x", domain=DOMAIN)
    keyring.put_item(STAFF_ITEM, b"{}")
    with pytest.raises(KeyringDamagedError, match="cannot be read"):
        load_staff(keyring)


def test_a_signature_holds_for_its_bytes_signer_and_domain_only(
    staff: StaffKeys, colleague: StaffKeys
) -> None:
    signature = staff.sign(b"bundle", domain=DOMAIN)
    staff.public.verify(signature, b"bundle", domain=DOMAIN)
    wrong: list[tuple[StaffPublic, bytes, bytes, str]] = [
        (staff.public, signature, b"bundlf", DOMAIN),
        (staff.public, signature, b"bundle", "undersight/other/v1"),
        (colleague.public, signature, b"bundle", DOMAIN),
        (staff.public, bytes([signature[0] ^ 1]) + signature[1:], b"bundle", DOMAIN),
        (staff.public, b"", b"bundle", DOMAIN),
    ]
    for public, given, data, domain in wrong:
        with pytest.raises(SignatureMismatchError, match=public.staff_id):
            public.verify(given, data, domain=domain)


def test_only_those_it_was_encrypted_for_can_open_it(
    staff: StaffKeys, colleague: StaffKeys
) -> None:
    sealed = encrypt_for(b"bundle", [colleague.public])
    assert b"bundle" not in sealed
    assert colleague.decrypt(sealed) == b"bundle"
    with pytest.raises(NotForThisStaffError):
        staff.decrypt(sealed)
    with pytest.raises(NotForThisStaffError):
        colleague.decrypt(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    both = encrypt_for(b"bundle", [colleague.public, staff.public])
    assert staff.decrypt(both) == colleague.decrypt(both) == b"bundle"
    with pytest.raises(InvalidStaffLineError):
        encrypt_for(b"bundle", [])


def test_the_public_line_round_trips_and_finds_typing_errors(staff: StaffKeys) -> None:
    line = staff.public.line()
    assert line.startswith(f"undersight-staff1:{staff.staff_id}:")
    assert parse_staff_line(f"  {line}\n") == staff.public
    for place in range(len(line)):
        letter = "b" if line[place] == "a" else "a"
        with pytest.raises(InvalidStaffLineError):
            parse_staff_line(line[:place] + letter + line[place + 1 :])
    for wrong in ("", "hello", line[:-1], line.replace("staff1", "staff2"), f"{line}:x"):
        with pytest.raises(InvalidStaffLineError):
            parse_staff_line(wrong)


@pytest.mark.parametrize(
    "changes",
    [
        {"staff_id": "staff-leyla"},
        {"age_recipient": "age1nonsense"},
        {"signing_key": b"short"},
    ],
)
def test_a_line_with_a_right_checksum_and_wrong_content(
    staff: StaffKeys, changes: dict[str, str]
) -> None:
    known = {
        "staff_id": staff.staff_id,
        "signing_key": staff.public.signing_key,
        "age_recipient": staff.public.age_recipient,
    }
    forged = StaffPublic(**{**known, **changes})  # type: ignore[arg-type]
    with pytest.raises(InvalidStaffLineError):
        parse_staff_line(forged.line())


def test_fingerprints_differ_and_are_readable(staff: StaffKeys, colleague: StaffKeys) -> None:
    assert staff.public.fingerprint() != colleague.public.fingerprint()
    assert len(staff.public.fingerprint().split()) == 8


def test_secrets_do_not_show(staff: StaffKeys) -> None:
    secret = staff.to_secret().decode()
    assert "AGE-SECRET-KEY" in secret
    assert repr(staff) == f"StaffKeys({staff.staff_id})"
