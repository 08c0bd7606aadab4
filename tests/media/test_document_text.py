"""The text of PDFs and e-mails."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.media import shown
from undersight.errors import MediaUnreadableError, UndersightError
from undersight.media.document_text import is_pdf, message_text, pdf_text

FEW = settings(max_examples=max(10, settings.default.max_examples // 4))

MAIL = b"""From: desk@example.qv
To: log@example.qv
Subject: =?utf-8?B?xo9saXlldg==?=
Date: Sun, 4 May 2031 10:15:00 +0400
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/html; charset=utf-8

<p>Your post was <b>removed</b>.</p>
--x
Content-Type: application/pdf
Content-Disposition: attachment; filename="order.pdf"

%PDF-
--x--
"""


def test_a_pdf() -> None:
    raw = shown.text_pdf("Held in Sarnak")
    assert is_pdf(raw[:64])
    assert pdf_text(raw) == ["Held in Sarnak"]


def test_a_message() -> None:
    headers, text, attached = message_text(MAIL)
    assert headers["Subject"] == "Əliyev"
    assert (text, attached) == ("Your post was removed.", ["order.pdf"])
    with pytest.raises(MediaUnreadableError, match="no sender"):
        message_text(b"just text")


@FEW
@given(data=st.data())
def test_whatever_the_bytes_only_our_errors_escape(data: st.DataObject) -> None:
    raw = bytearray(MAIL)
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        message_text(bytes(raw))
    except UndersightError:
        return
