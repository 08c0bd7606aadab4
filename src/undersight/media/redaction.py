"""What was taken out of a copy, bound to the sealed original without naming it.

The record is for everyone: it commits to the original under a salt, so that nobody can try known
files against it. The opening (salt and digest) is kept apart and shown only to whom the original
may be shown. Neither holds what was taken out.
"""

from __future__ import annotations

import hmac
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from undersight.errors import InvalidDigestError, RedactionRefusedError
from undersight.integrity.canonical import (
    Digest,
    canonical_json,
    digest_bytes,
    digest_in_domain,
    parse_digest,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

RECORD_FORMAT: Final = "undersight-redaction/1"
OPENING_FORMAT: Final = "undersight-redaction-opening/1"
_DOMAIN: Final = "undersight/redaction-original/v1"
_SALT_BYTES: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacted:
    """A redacted copy.

    Args:
        kind: ``text``, ``image`` or ``pdf``.
        data: The copy's bytes.
        suffix: File name ending that fits them.
        operations: What was done, without what was taken out.
        checks: What was looked for in the copy and not found.
        warnings: What a person must look at, one sentence each.
    """

    kind: str
    data: bytes
    suffix: str
    operations: tuple[Mapping[str, Any], ...]
    checks: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def make_record(redacted: Redacted, original: Digest, *, tool: str) -> tuple[bytes, bytes]:
    """Bind a copy to its original.

    Args:
        redacted: The copy.
        original: Digest of the sealed original.
        tool: Program and version.

    Returns:
        The record, for everyone, and the opening, for few; canonical JSON.
    """
    salt = os.urandom(_SALT_BYTES)
    record = canonical_json(
        {
            "format": RECORD_FORMAT,
            "kind": redacted.kind,
            "copy": digest_bytes(redacted.data),
            "original_commitment": _commitment(original, salt),
            "operations": [dict(one) for one in redacted.operations],
            "checks": list(redacted.checks),
            "tool": tool,
        }
    )
    opening = canonical_json(
        {
            "format": OPENING_FORMAT,
            "record": digest_bytes(record),
            "original": original,
            "salt": salt.hex(),
        }
    )
    return record, opening


def check_record(record: bytes, copy: Digest, opening: bytes | None = None) -> Digest | None:
    """See that a record is about a copy, and with the opening, which original it came from.

    Args:
        record: The record's bytes.
        copy: Digest of the copy.
        opening: The opening's bytes, where it may be seen.

    Returns:
        The original's digest; None without an opening.

    Raises:
        RedactionRefusedError: Record, copy and opening do not belong together.
    """
    said = _object(record, RECORD_FORMAT)
    if said.get("copy") != copy:
        raise RedactionRefusedError("The record", "it is about another copy")
    if opening is None:
        return None
    opened = _object(opening, OPENING_FORMAT)
    try:
        original = parse_digest(str(opened.get("original", "")))
        salt = bytes.fromhex(str(opened.get("salt", "")))
    except (InvalidDigestError, ValueError) as error:
        raise RedactionRefusedError("The opening", "it cannot be read") from error
    stated = str(said.get("original_commitment", ""))
    is_same = hmac.compare_digest(stated.encode(), _commitment(original, salt).encode())
    if not is_same or opened.get("record") != digest_bytes(record) or len(salt) != _SALT_BYTES:
        raise RedactionRefusedError("The opening", "it does not open this record")
    return original


def refuse_boxes_outside(boxes: Sequence[tuple[int, ...]], width: int, height: int) -> None:
    """Refuse boxes that are empty or reach out of a picture.

    Args:
        boxes: Left, top, right, bottom; right and bottom are one past the last pixel.
        width: Of the picture, same unit.
        height: Likewise.

    Raises:
        RedactionRefusedError: One does.
    """
    for left, top, right, bottom in boxes:
        if not (0 <= left < right <= width and 0 <= top < bottom <= height):
            reason = f"box {left},{top},{right},{bottom} is not within 0,0,{width},{height}"
            raise RedactionRefusedError("The picture", reason)


def _commitment(original: Digest, salt: bytes) -> Digest:
    return digest_in_domain(salt + bytes.fromhex(original), domain=_DOMAIN)


def _object(data: bytes, form: str) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise RedactionRefusedError("The record", "it cannot be read") from error
    if not isinstance(found, dict) or found.get("format") != form:
        raise RedactionRefusedError("The record", f"it is not of the form {form}")
    return found
