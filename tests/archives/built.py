"""A good WACZ made by hand, so that each attack on it is one change."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from undersight.archives.checking import ArchiveReport, check_archive
from undersight.archives.problems import Limits

PAGE = (
    b"<!doctype html><html><head><title>Salt</title></head><body><p>Salt news.</p></body></html>"
)
KEY = ec.derive_private_key(20310504, ec.SECP384R1())
SMALL = Limits(free_bytes=1024, max_ratio=50, max_unpacked_bytes=1 << 20)


@dataclass(frozen=True)
class Saved:
    """One record to be written."""

    url: str
    body: bytes = PAGE
    kind: str = "response"
    mime: str = "text/html"
    date: str = "2031-05-04T10:15:00Z"
    extra: tuple[tuple[str, str], ...] = ()
    has_digests: bool = True
    block_digest: str = ""
    payload_digest: str = ""
    http: tuple[tuple[str, str], ...] = ()

    @property
    def block(self) -> bytes:
        if self.kind != "response":
            return self.body
        lines = [f"Content-Type: {self.mime}", *(f"{name}: {value}" for name, value in self.http)]
        return "\r\n".join(["HTTP/1.1 200 OK", *lines, "", ""]).encode() + self.body

    @property
    def payload(self) -> str:
        return self.payload_digest or f"sha256:{hashlib.sha256(self.body).hexdigest()}"

    def raw(self) -> bytes:
        number = hashlib.sha256(self.url.encode() + self.date.encode()).hexdigest()
        fields = [
            ("WARC-Type", self.kind),
            ("WARC-Record-ID", f"<urn:uuid:{number[:8]}-0000-4000-8000-{number[:12]}>"),
            ("WARC-Date", self.date),
            ("WARC-Target-URI", self.url),
            ("Content-Type", "application/http; msgtype=response"
             if self.kind == "response" else self.mime),
        ]  # fmt: skip
        if self.has_digests:
            sha1 = base64.b32encode(
                hashlib.sha1(self.block, usedforsecurity=False).digest()
            ).decode()
            fields += [
                ("WARC-Block-Digest", self.block_digest or f"sha1:{sha1}"),
                ("WARC-Payload-Digest", self.payload),
            ]
        fields += [*self.extra, ("Content-Length", str(len(self.block)))]
        head = "\r\n".join(["WARC/1.1", *(f"{name}: {value}" for name, value in fields), "", ""])
        return head.encode() + self.block + b"\r\n\r\n"


def warc(*saved: Saved, is_packed: bool = True) -> bytes:
    pack = (lambda raw: gzip.compress(raw, mtime=0)) if is_packed else bytes
    return b"".join(pack(one.raw()) for one in saved)


def index(*saved: Saved, file: str = "data.warc.gz", is_packed: bool = True) -> bytes:
    lines, offset = [], 0
    for one in saved:
        length = len(warc(one, is_packed=is_packed))
        fields = {"url": one.url, "digest": one.payload, "offset": offset, "length": length,
                  "filename": file, "status": 200, "mime": one.mime}  # fmt: skip
        stamp = "".join(filter(str.isdigit, one.date))[:14]
        lines.append(f"qv,example)/ {stamp} {json.dumps(fields)}\n")
        offset += length
    return "".join(sorted(lines)).encode()


def page_list(*saved: Saved) -> bytes:
    head = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
    pages = [{"id": str(n), "url": one.url, "ts": one.date, "title": "Salt"}
             for n, one in enumerate(saved)]  # fmt: skip
    return "".join(json.dumps(one) + "\n" for one in (head, *pages)).encode()


def manifest(files: Mapping[str, bytes]) -> bytes:
    resources = [
        {"name": name.rpartition("/")[2], "path": name, "bytes": len(data),
         "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
        for name, data in files.items()
    ]  # fmt: skip
    about = {"profile": "data-package", "wacz_version": "1.1.1", "software": "by hand"}
    return json.dumps({**about, "resources": resources}).encode()


def digest_file(raw: bytes, *, is_signed: bool = True, key: ec.EllipticCurvePrivateKey = KEY,
                is_raw: bool = True) -> bytes:  # fmt: skip
    text = f"sha256:{hashlib.sha256(raw).hexdigest()}"
    found: dict[str, object] = {"path": "datapackage.json", "hash": text}
    if is_signed:
        signature = key.sign(text.encode(), ec.ECDSA(hashes.SHA256()))
        if is_raw:
            r, s = decode_dss_signature(signature)
            signature = r.to_bytes(48, "big") + s.to_bytes(48, "big")
        public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        found["signedData"] = {
            "hash": text, "created": "2031-05-04T10:20:00Z", "software": "by hand",
            "signature": base64.b64encode(signature).decode(),
            "publicKey": base64.b64encode(public).decode(),
        }  # fmt: skip
    return json.dumps(found).encode()


FIRST = Saved("https://example.qv/salt")
SECOND = Saved("https://example.qv/lanterns", body=PAGE.replace(b"Salt", b"Lantern"))


@dataclass(frozen=True)
class Wacz:
    """The parts of a WACZ; `raw` writes it, each part as given or as it should be."""

    saved: tuple[Saved, ...] = (FIRST, SECOND)
    files: Mapping[str, bytes] = field(default_factory=dict)  # added or replaced before listing
    unlisted: Mapping[str, bytes] = field(default_factory=dict)  # put in after listing
    manifest: bytes | None = None
    digest: bytes | None = None
    dropped: tuple[str, ...] = ()

    def members(self) -> dict[str, bytes]:
        files = {
            "archive/data.warc.gz": warc(*self.saved),
            "indexes/index.cdx": index(*self.saved),
            "pages/pages.jsonl": page_list(*self.saved),
            **self.files,
        }
        listed = self.manifest or manifest(files)
        found = {
            **files,
            "datapackage.json": listed,
            "datapackage-digest.json": self.digest or digest_file(listed),
            **self.unlisted,
        }
        return {name: data for name, data in found.items() if name not in self.dropped}

    def raw(self) -> bytes:
        return zipped(list(self.members().items()))

    def changed(self, **changes: object) -> Wacz:
        return replace(self, **changes)  # type: ignore[arg-type]


def zipped(members: list[tuple[str, bytes]], *, method: int = zipfile.ZIP_STORED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name, data in members:
            info = zipfile.ZipInfo(name, (2031, 5, 4, 10, 15, 0))
            info.compress_type = method
            file.writestr(info, data)
    return stream.getvalue()


def twice(name: str, first: bytes, second: bytes) -> bytes:
    """A ZIP in which one name stands twice: zipfile warns, so it is put in under another."""
    other = name[:-1] + "\x01"
    return zipped([(name, first), (other, second)]).replace(other.encode(), name.encode())


def patched(raw: bytes, name: str, offset: int, form: str, value: int, *, at: str) -> bytes:
    """Change one number in a member's local or central header."""
    data = bytearray(raw)
    place = raw.index(name.encode()) - 30 if at == "local" else raw.rindex(name.encode()) - 46
    struct.pack_into(form, data, place + offset, value)
    return bytes(data)


def lying_bomb() -> bytes:
    """A member whose headers say 100 bytes and which unpacks to a megabyte."""
    name = "archive/data.warc.gz"
    raw = zipped([(name, bytes(1 << 20))], method=zipfile.ZIP_DEFLATED)
    for at, offset in (("local", 22), ("central", 24)):
        raw = patched(raw, name, offset, "<I", 100, at=at)
    return raw


def overlapping() -> bytes:
    """Two directory entries over one run of bytes, as in a bomb that does not recurse."""
    raw = zipped([("a", b"x" * 64), ("b", b"y" * 64)])
    entry = raw.index(b"PK\x01\x02")
    data = bytearray(raw)
    second = raw.index(b"PK\x01\x02", entry + 1)
    data[second + 42 : second + 46] = data[entry + 42 : entry + 46]
    return bytes(data)


def crc(data: bytes) -> int:
    return zlib.crc32(data)


def report(raw: bytes, **options: object) -> ArchiveReport:
    return check_archive(io.BytesIO(raw), **options)  # type: ignore[arg-type]


def codes(raw: bytes, **options: object) -> set[str]:
    return set(report(raw, **options).counts)


def built_key() -> str:
    from undersight.archives.wacz_signature import key_fingerprint

    return key_fingerprint(KEY.public_key())
