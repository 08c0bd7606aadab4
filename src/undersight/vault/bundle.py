r"""Signed, encrypted bundles of changes that colleagues hand each other.

Format 1: an age file (version 1, X25519 recipients) over

    {"format":1,"kind":"undersight-bundle","sender":"undersight-staff1:…","at_us":…,"n_changes":…}\\n
    one change per line, canonical JSON\\n
    …
    {"signature":"base64"}\\n

The signature (Ed25519, domain ``undersight/bundle/v1``) is over everything before its own line.
Whoever carries the file learns its size and nothing else.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undersight.errors import BundleDamagedError, UnknownSenderError, WorkspaceTooNewError
from undersight.integrity.canonical import canonical_json
from undersight.vault.passphrase import decode_base64, encode_base64
from undersight.vault.staff import StaffPublic, encrypt_for, parse_staff_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from undersight.vault.staff import StaffKeys

BUNDLE_FORMAT = 1
_KIND = "undersight-bundle"
_DOMAIN = "undersight/bundle/v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """An opened bundle.

    Args:
        sender: Who signed it.
        at_us: When, epoch microseconds UTC, by the sender's clock.
        changes: The changes as JSON objects.
    """

    sender: StaffPublic
    at_us: int
    changes: tuple[Mapping[str, Any], ...]


def seal_bundle(
    changes: Iterable[Mapping[str, Any]],
    *,
    sender: StaffKeys,
    recipients: Sequence[StaffPublic],
    at_us: int,
) -> bytes:
    """Return a bundle that its recipients, and nobody else, can open.

    Args:
        changes: Changes as JSON objects.
        sender: Who signs.
        recipients: Who may open it; the sender is added, so that a copy stays readable.
        at_us: Epoch microseconds UTC.

    Raises:
        InvalidStaffLineError: A recipient's key is none.
    """
    lines = [canonical_json(change) for change in changes]
    header = {
        "format": BUNDLE_FORMAT,
        "kind": _KIND,
        "sender": sender.public.line(),
        "at_us": at_us,
        "n_changes": len(lines),
    }
    body = b"".join(line + b"\n" for line in (canonical_json(header), *lines))
    signature = encode_base64(sender.sign(body, domain=_DOMAIN))
    plain = body + canonical_json({"signature": signature}) + b"\n"
    everyone = {staff.staff_id: staff for staff in (*recipients, sender.public)}
    return encrypt_for(plain, [everyone[staff_id] for staff_id in sorted(everyone)])


def open_bundle(raw: bytes, *, reader: StaffKeys, colleagues: Iterable[StaffPublic]) -> Bundle:
    """Decrypt a bundle and check who signed it.

    Raises:
        NotForThisStaffError: It was made for others, or was changed.
        UnknownSenderError: Nobody here vouches for the sender.
        SignatureMismatchError: The signature does not fit.
        BundleDamagedError: It is no bundle or is incomplete.
        WorkspaceTooNewError: A newer program made it.
    """
    plain = reader.decrypt(raw)
    body, _, tail = plain.rstrip(b"\n").rpartition(b"\n")
    body += b"\n"
    lines = body.split(b"\n")[:-1]
    header = _object(lines[0] if lines else b"", "its first line")
    if header.get("kind") != _KIND:
        raise BundleDamagedError("it is not a bundle of changes")
    version, at_us = (_number(header, name) for name in ("format", "at_us"))
    if version > BUNDLE_FORMAT:
        raise WorkspaceTooNewError("the bundle", version, BUNDLE_FORMAT)
    if version != BUNDLE_FORMAT:
        raise BundleDamagedError("it is of a format that there is none of")
    sender = parse_staff_line(str(header.get("sender", "")))
    known = {staff.staff_id: staff for staff in colleagues} | {reader.staff_id: reader.public}
    if known.get(sender.staff_id) != sender:
        raise UnknownSenderError(sender.staff_id, sender.fingerprint())
    try:
        signature = decode_base64(_object(tail, "its last line").get("signature"))
    except (ValueError, TypeError) as error:
        raise BundleDamagedError("its signature cannot be read") from error
    sender.verify(signature, body, domain=_DOMAIN)
    changes = tuple(_object(line, f"line {n}") for n, line in enumerate(lines[1:], 2))
    if len(changes) != header.get("n_changes"):
        raise BundleDamagedError(f"{header.get('n_changes')} changes said, {len(changes)} found")
    return Bundle(sender=sender, at_us=at_us, changes=changes)


def _number(header: Mapping[str, Any], name: str) -> int:
    value = header.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise BundleDamagedError(f"its first line has no number “{name}”")
    return value


def _object(line: bytes, where: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BundleDamagedError(f"{where} is not JSON") from error
    if not isinstance(found, dict):
        raise BundleDamagedError(f"{where} is not an object")
    return found
