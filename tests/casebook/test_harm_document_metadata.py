"""Documents, videos and animations that say who made them are asked about, as pictures are."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.sample import MASTHEAD
from undersight.casebook.harm import examine
from undersight.casebook.harm.checking import as_opened
from undersight.casebook.harm.document_metadata import document_metadata
from undersight.model.dossier import Dossier
from undersight.model.records import Incident

_CREATOR = (
    '<cp:coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:creator>{}</dc:creator></cp:coreProperties>"
)


def office(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        for name, content in parts.items():
            package.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


def packed_pdf(inside: bytes) -> bytes:
    head = b"%PDF-1.7\n4 0 obj\n<</Type /ObjStm /Filter /FlateDecode>>\nstream\n"
    return head + zlib.compress(inside) + b"\nendstream"


GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00" + bytes(6)
PICTURE = b"\x2c" + bytes(8) + b"\x00\x02\x02L\x01\x00"
VIDEO = b"\x00\x00\x00\x18ftypmp42"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"%PDF-1.7 <</Author (Sona Uydurma)>>", ("pdf", "author")),
        (b"%PDF-1.7 <</Author <feff0053>>>", ("pdf", "author")),
        (packed_pdf(b"<</Author (Sona)>>"), ("pdf", "author")),
        (b"%PDF-1.4 <dc:creator><rdf:Seq><rdf:li>Sona</rdf:li>", ("pdf", "author")),
        (b"%PDF-1.7 <</Author ()>>", None),
        (office(docProps__core=_CREATOR.format("Sona")), ("document", "author")),
        (office(docProps__core=_CREATOR.format("")), None),
        (office(word__comments="<c/>"), ("document", "comment")),
        (GIF + PICTURE + b"\x21\xfe\x04Sona\x00\x3b", ("gif", "comment")),
        (GIF + PICTURE + b"\x3b", None),
        (VIDEO + b"\xa9xyz+40.4+49.8/", ("video", "place")),
        (VIDEO, None),
        (b"", None),
    ],
)
def test_what_a_file_tells(data: bytes, told: tuple[str, str] | None) -> None:
    found = document_metadata(data)
    assert (found and (found.kind, *found.tells)) == told


@pytest.mark.parametrize("data", [b"%PDF-1.7 /Encrypt 5 0 R", b"PK\x03\x04cut", GIF])
def test_what_cannot_be_read_is_said(data: bytes) -> None:
    found = document_metadata(data)
    assert found is not None
    assert not found.is_whole


@given(st.sampled_from([b"%PDF-1.7 ", b"PK\x03\x04", GIF, VIDEO]), st.binary(max_size=80))
def test_damage_never_raises(head: bytes, rest: bytes) -> None:
    document_metadata(head + rest)


def test_documents_that_go_out_are_asked_about() -> None:
    bytes_of = {"a" * 64: b"%PDF-1.7 <</Author (Sona)>>", "b" * 64: b"a text"}
    internal = Dossier(
        masthead=MASTHEAD,
        records=[Incident(record_id="in", evidence=tuple(bytes_of))],
        as_of=dt.date(2031, 12, 1),
        audience="internal",
    )
    opened = as_opened(internal, ["in"], "public")
    found = examine(internal, opened, ["in"], read_evidence=bytes_of.__getitem__)
    assert [(f.question, f.what) for f in found] == [("image-metadata", "pdf: author")]
