"""A bundle is believed only if somebody who is known here signed all of it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.vault.sample import new_keyring
from undersight.errors import (
    BundleDamagedError,
    NotForThisStaffError,
    SignatureMismatchError,
    UnknownSenderError,
    WorkspaceTooNewError,
)
from undersight.integrity.canonical import canonical_json
from undersight.vault.bundle import Bundle, open_bundle, seal_bundle
from undersight.vault.passphrase import encode_base64
from undersight.vault.staff import StaffKeys, StaffPublic, create_staff, encrypt_for

DOMAIN = "undersight/bundle/v1"
CHANGES = [{"change_id": "c1"}, {"change_id": "c2"}]


class People:
    """Who sends, who reads, and who is neither."""

    def __init__(self, folder: Path) -> None:
        self.sender, self.reader, self.stranger = (
            create_staff(new_keyring(self._folder(folder / name), is_plain=True))
            for name in ("sender", "reader", "stranger")
        )

    @staticmethod
    def _folder(path: Path) -> Path:
        path.mkdir()
        return path

    def sealed(self) -> bytes:
        to = [self.reader.public]
        return seal_bundle(CHANGES, sender=self.sender, recipients=to, at_us=7)

    def opened(self, raw: bytes, *known: StaffPublic) -> Bundle:
        return open_bundle(raw, reader=self.reader, colleagues=known or [self.sender.public])

    def made(
        self, signer: StaffKeys, *, domain: str = DOMAIN, changes: Any = CHANGES, **header: Any
    ) -> bytes:
        """A bundle as another program would make it."""
        first = {"format": 1, "kind": "undersight-bundle", "sender": self.sender.public.line(),
                 "at_us": 7, "n_changes": len(changes), **header}  # fmt: skip
        body = b"".join(canonical_json(line) + b"\n" for line in (first, *changes))
        signature = {"signature": encode_base64(signer.sign(body, domain=domain))}
        return self.ended(body, signature)

    def ended(self, body: bytes, last: Any) -> bytes:
        return encrypt_for(body + canonical_json(last) + b"\n", [self.reader.public])


@pytest.fixture
def people(tmp_path: Path) -> People:
    return People(tmp_path)


def test_what_was_sealed_is_opened_by_those_it_is_for_and_by_who_sealed_it(people: People) -> None:
    raw = people.sealed()
    found = people.opened(raw)
    assert (found.sender, found.at_us) == (people.sender.public, 7)
    assert [dict(one) for one in found.changes] == CHANGES
    assert open_bundle(raw, reader=people.sender, colleagues=[]).changes == found.changes
    with pytest.raises(NotForThisStaffError):
        open_bundle(raw, reader=people.stranger, colleagues=[people.sender.public])


def test_whoever_knows_the_public_lines_cannot_write_in_a_colleagues_name(people: People) -> None:
    """A public line is all that it takes to encrypt: only the signature says who wrote."""
    assert len(people.opened(people.made(people.sender)).changes) == 2
    with pytest.raises(SignatureMismatchError):
        people.opened(people.made(people.stranger))
    with pytest.raises(SignatureMismatchError):
        people.opened(people.made(people.sender, domain="undersight/other/v1"))


def test_a_signed_bundle_to_which_somebody_added_a_change_is_refused(people: People) -> None:
    plain = people.reader.decrypt(people.sealed())
    *lines, last = plain.rstrip(b"\n").split(b"\n")
    more = json.loads(lines[0]) | {"n_changes": 3}
    body = b"\n".join([canonical_json(more), *lines[1:], b'{"change_id":"c3"}', b""])
    with pytest.raises(SignatureMismatchError):
        people.opened(people.ended(body, json.loads(last)))
    fewer = b"\n".join([*lines[:-1], b""])
    with pytest.raises(SignatureMismatchError):
        people.opened(people.ended(fewer, json.loads(last)))


def test_somebody_with_a_colleagues_id_and_another_key_is_not_that_colleague(
    people: People,
) -> None:
    known = replace(people.sender.public, signing_key=people.stranger.public.signing_key)
    with pytest.raises(UnknownSenderError):
        people.opened(people.sealed(), known)
    with pytest.raises(UnknownSenderError):
        people.opened(people.sealed(), people.stranger.public)


@pytest.mark.parametrize(
    ("header", "error"),
    [
        ({"kind": "undersight-other"}, BundleDamagedError),
        ({"format": 2}, WorkspaceTooNewError),
        ({"format": 0}, BundleDamagedError),
        ({"format": True}, BundleDamagedError),
        ({"at_us": None}, BundleDamagedError),
        ({"n_changes": 3}, BundleDamagedError),
        ({"n_changes": 1}, BundleDamagedError),
        ({"changes": [["c1"]]}, BundleDamagedError),
    ],
)
def test_what_a_colleague_signed_and_is_no_whole_bundle_is_refused(
    people: People, header: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        people.opened(people.made(people.sender, **header))


@pytest.mark.parametrize("signature", ["no base64!", None, 5])
def test_a_signature_that_cannot_be_read_is_none(people: People, signature: object) -> None:
    plain = people.reader.decrypt(people.sealed())
    body = plain.rstrip(b"\n").rpartition(b"\n")[0] + b"\n"
    with pytest.raises(BundleDamagedError):
        people.opened(people.ended(body, {"signature": signature}))
