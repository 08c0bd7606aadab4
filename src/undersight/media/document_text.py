"""The text of PDFs and e-mails that are kept as evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersight.errors import MediaUnreadableError
from undersight.media.pdf_pages import open_pdf
from undersight.text.decoding import decode
from undersight.text.markup import html_to_text

if TYPE_CHECKING:
    from email.message import EmailMessage

MAX_PAGES: Final = 2000
_MAX_PARTS: Final = 1000
_HEADERS: Final = ("From", "To", "Cc", "Date", "Subject", "Message-ID")


def is_pdf(head: bytes) -> bool:
    """Tell a PDF from its first bytes."""
    return b"%PDF-" in head[:1024]


def pdf_text(data: bytes) -> list[str]:
    """Return the text of each page; empty for a page that is only a picture.

    Raises:
        MediaUnreadableError: It is no PDF, is damaged, locked or too long.
        MissingExtraError: The extra `media` is not installed.
    """
    with open_pdf(data, max_pages=MAX_PAGES) as document:
        found = []
        for page in document:
            text = page.get_textpage().get_text_bounded()
            found.append(text.replace("\r\n", "\n").strip())
        return found


def message_text(data: bytes) -> tuple[dict[str, str], str, list[str]]:
    """Read an e-mail saved as a file: its headers, its text, the names of what is attached.

    Nothing attached is opened. Headers are as the file has them: anybody can write them.

    Raises:
        MediaUnreadableError: It is no e-mail.
    """
    import email.policy

    message: EmailMessage = email.message_from_bytes(data, policy=email.policy.default)
    headers = {name: _header(message, name) for name in _HEADERS}
    if not headers["From"] and not headers["Subject"]:
        raise MediaUnreadableError("The e-mail", "it has no sender and no subject")
    texts: list[str] = []
    attached: list[str] = []
    for number, part in enumerate(message.walk()):
        if number > _MAX_PARTS:
            raise MediaUnreadableError("The e-mail", "it has too many parts")
        if part.is_multipart():
            continue
        if part.get_content_disposition() == "attachment" or part.get_filename():
            attached.append(part.get_filename() or part.get_content_type())
        elif part.get_content_type() in {"text/plain", "text/html"}:
            texts.append(_part_text(part))
    kept = {name: value for name, value in headers.items() if value}
    return kept, "\n\n".join(text for text in texts[:1] or texts if text), attached


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, IndexError, AttributeError, TypeError):
        # What the standard library raises on headers that are none.
        return ""


def _part_text(part: EmailMessage) -> str:
    raw = part.get_payload(decode=True)
    text = decode(raw, name="message", declared="") if isinstance(raw, bytes) else ""
    return html_to_text(text, is_page=True) if part.get_content_type() == "text/html" else text
