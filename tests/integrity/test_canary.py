from __future__ import annotations

import base64
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from undersight.integrity.canary import find_canary

CANARY = "Əlişan Canaryzadə"


def zipped(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.txt", data)
    return buffer.getvalue()


SHAPES: dict[str, Callable[[str], bytes]] = {
    "utf8": lambda text: text.encode(),
    "utf16": lambda text: text.encode("utf-16"),
    "upper": lambda text: text.upper().encode(),
    "json": lambda text: json.dumps({"name": text}).encode(),
    "hex": lambda text: text.encode().hex().encode(),
    "url": lambda text: quote(text).encode(),
    "base64-0": lambda text: base64.b64encode(text.encode() + b"xy"),
    "base64-1": lambda text: base64.b64encode(b"a" + text.encode() + b"yz"),
    "base64-2": lambda text: base64.urlsafe_b64encode(b"ab" + text.encode()),
    "gzip": lambda text: gzip.compress(text.encode() * 50),
    "zip": lambda text: zipped(text.encode() * 50),
    "zip-in-gzip": lambda text: gzip.compress(zipped(text.encode() * 50)),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_planted_name_is_found(tmp_path: Path, shape: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "leak").write_bytes(b"before " + SHAPES[shape](CANARY) + b" after")
    (tmp_path / "folder" / "clean").write_bytes(SHAPES[shape]("Nobody At All"))
    packed = shape in {"gzip", "zip", "zip-in-gzip"}
    if packed:
        (tmp_path / "folder" / "leak").write_bytes(SHAPES[shape](CANARY))
    assert find_canary(tmp_path, CANARY) == (tmp_path / "folder" / "leak",)


def test_a_file_name_betrays_too(tmp_path: Path) -> None:
    (tmp_path / f"{CANARY}.txt").write_bytes(b"")
    assert find_canary(tmp_path, CANARY) == (tmp_path / f"{CANARY}.txt",)


def test_what_only_begins_like_a_packed_file_is_searched_as_it_is(tmp_path: Path) -> None:
    for name, start in (("zip", b"PK\x03\x04"), ("gz", b"\x1f\x8b"), ("xz", b"\xfd7zXZ")):
        (tmp_path / name).write_bytes(start + b"rubbish")
        (tmp_path / f"{name}-leak").write_bytes(start + CANARY.encode())
    assert [path.name for path in find_canary(tmp_path, CANARY)] == [
        "gz-leak",
        "xz-leak",
        "zip-leak",
    ]
