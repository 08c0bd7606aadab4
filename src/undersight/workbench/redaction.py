"""Copies with parts taken out: made, checked for leaks, sealed beside their original."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from undersight import __version__
from undersight.errors import RedactionRefusedError
from undersight.integrity.canonical import digest_bytes
from undersight.media.document_text import is_pdf
from undersight.media.image_redaction import redact_image
from undersight.media.pdf_redaction import redact_pdf
from undersight.media.pictures import is_picture
from undersight.media.redaction import Redacted, check_record, make_record
from undersight.media.text_redaction import redact_text
from undersight.text.decoding import decode
from undersight.vault.intake_files import HEAD_BYTES, media_type
from undersight.vault.object_names import named_object
from undersight.workbench import media

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undersight.integrity.canonical import Digest
    from undersight.media.image_redaction import Box
    from undersight.workbench.session import Workspace

_TOOL = "undersight redact"
_BOX = re.compile(r"(?:(\d{1,5}):)?(\d{1,6}),(\d{1,6}),(\d{1,6}),(\d{1,6})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactionRequest:
    """What to take out.

    Args:
        terms: Words, in texts and PDFs.
        spans: Character offsets, in texts.
        boxes: Left, top, right, bottom by page from 1: pixels of the upright picture, points of
            a PDF's page; a picture is page 1.
    """

    terms: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    boxes: Mapping[int, tuple[Box, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactedCopy:
    """A copy in the vault.

    Args:
        data: Its bytes.
        suffix: File name ending.
        copy: Its digest.
        record: Digest of the record, which may go with it.
        record_bytes: The record.
        opening: Digest of the opening, which may be shown to whom the original may be shown.
        redacted: What was done.
    """

    data: bytes
    suffix: str
    copy: Digest
    record: Digest
    record_bytes: bytes
    opening: Digest
    redacted: Redacted

    def to_json(self) -> dict[str, Any]:
        """Return it for programs."""
        return {
            "copy": self.copy,
            "record": self.record,
            "opening": self.opening,
            "kind": self.redacted.kind,
            "operations": [dict(one) for one in self.redacted.operations],
            "checks": list(self.redacted.checks),
            "warnings": list(self.redacted.warnings),
        }


def read_request(
    terms: Iterable[str], spans: Iterable[str], boxes: Iterable[str]
) -> RedactionRequest:
    """Read what a person wrote: ``START-END`` spans, ``[PAGE:]LEFT,TOP,RIGHT,BOTTOM`` boxes.

    Raises:
        RedactionRefusedError: One is written otherwise.
    """
    by_page: dict[int, tuple[Box, ...]] = {}
    for text in boxes:
        found = _BOX.fullmatch(text.replace(" ", ""))
        if found is None:
            raise RedactionRefusedError("The box", f"“{text}” is not [PAGE:]LEFT,TOP,RIGHT,BOTTOM")
        page, *edges = (int(one or 1) for one in found.groups())
        by_page[page] = (*by_page.get(page, ()), (edges[0], edges[1], edges[2], edges[3]))
    read = []
    for text in spans:
        start, dash, end = text.partition("-")
        if not dash or not (start + end).isascii() or not start.isdigit() or not end.isdigit():
            raise RedactionRefusedError("The span", f"“{text}” is not START-END")
        read.append((int(start), int(end)))
    return RedactionRequest(terms=tuple(terms), spans=tuple(read), boxes=by_page)


def redact(workspace: Workspace, named: str, request: RedactionRequest) -> RedactedCopy:
    """Make a redacted copy of a sealed object and put it, its record and opening in the vault.

    `undersight seal --pending` then seals the three: the leaf of the copy names the record, and
    the record commits to the original.

    Args:
        workspace: Open for writing.
        named: Digest of the original, or its first 12 characters or more.
        request: What to take out.

    Raises:
        ObjectNotFoundError: The vault does not hold it.
        RedactionRefusedError: It cannot be done as asked; nothing was stored.
        RedactionLeaksError: The copy still holds something; nothing was stored.
        MediaUnreadableError: The original is damaged.
    """
    original = named_object(workspace.vault, named)
    redacted = redact_bytes(media.bytes_of(original, lambda: workspace), request)
    record, opening = make_record(redacted, original, tool=f"undersight {__version__}")
    record_digest = digest_bytes(record)
    facts = {"tool": _TOOL, "redaction_record": record_digest}
    copy = _put(workspace, redacted.data, "redacted copy", facts)
    _put(workspace, record, "redaction record", {"tool": _TOOL})
    opened = _put(workspace, opening, "redaction opening", {"tool": _TOOL})
    return RedactedCopy(
        data=redacted.data,
        suffix=redacted.suffix,
        copy=copy,
        record=record_digest,
        record_bytes=record,
        opening=opened,
        redacted=redacted,
    )


def redact_bytes(data: bytes, request: RedactionRequest) -> Redacted:
    """Redact by what the bytes are: a picture, a PDF, or else a text.

    Raises:
        RedactionRefusedError: What was asked for does not fit what it is, or nothing was found.
        RedactionLeaksError: The copy still holds something.
        MediaUnreadableError: It is damaged.
        FileUnreadableError: It is no text in any encoding known here.
    """
    if is_picture(data[:64]):
        if request.terms or request.spans or set(request.boxes) - {1}:
            raise RedactionRefusedError("The picture", "only boxes on page 1 can be filled in it")
        return redact_image(data, request.boxes.get(1, ()))
    if is_pdf(data):
        if request.spans:
            raise RedactionRefusedError("The PDF", "it takes boxes and terms, not spans")
        return redact_pdf(data, request.boxes, terms=request.terms)
    if request.boxes:
        raise RedactionRefusedError("The text", "it takes terms and spans, not boxes")
    return redact_text(decode(data, name="the original"), terms=request.terms, spans=request.spans)


def check(copy: bytes, record: bytes, opening: bytes | None = None) -> dict[str, Any]:
    """See that a copy, its record and, where it may be seen, the opening belong together.

    Raises:
        RedactionRefusedError: They do not.
    """
    original = check_record(record, digest_bytes(copy), opening)
    return {"copy": digest_bytes(copy), "record": digest_bytes(record), "original": original or ""}


def _put(workspace: Workspace, data: bytes, reason: str, facts: Mapping[str, str]) -> Digest:
    return workspace.vault.put(
        io.BytesIO(data),
        reason=reason,
        actor=workspace.staff_id,
        facts={**facts, "type": media_type(data[:HEAD_BYTES])},
    )
