"""The directory of a ZIP file, read by our own eyes.

The usual reader takes the last of two members of one name, trusts the directory over the headers
in front of the data, and does not mind what lies between: that is what attacks live on. Here every
byte of the file must belong to one member, and both headers must say the same.

Source: PKWARE APPNOTE 6.3.10 §4.3 and §4.5.3 (ZIP64).
"""

from __future__ import annotations

import os
import re
import struct
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from undersight.errors import ArchiveDamagedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.archives.problems import Findings, Limits

STORED, DEFLATED = 0, 8
_END, _END_64, _END_64_LOCATOR = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_CENTRAL, _LOCAL = b"PK\x01\x02", b"PK\x03\x04"
_MAX_COMMENT = 65_535
_U16, _U32 = 0xFFFF, 0xFFFFFFFF
_IS_ENCRYPTED, _HAS_DESCRIPTOR, _IS_UTF8 = 0x1, 0x8, 0x800
_DESCRIPTOR_SIZES: Final = frozenset({12, 16, 20, 24})
_MAX_NAME = 4096
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\]|^/|^[A-Za-z]:|(^|/)\.{1,2}(/|$)|//")
_LINK_TYPE, _TYPE_MASK = 0o120000, 0o170000


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file inside, as the directory gives it.

    Args:
        name: Its path inside.
        method: 0 stored, 8 deflated.
        flags: General purpose bits.
        crc: CRC-32 of the unpacked bytes.
        n_packed: Bytes in the file.
        n_bytes: Bytes unpacked.
        header_at: Offset of its own header.
        data_at: Offset of its first packed byte.
        is_link: Whether it is a symbolic link.
    """

    name: str
    method: int
    flags: int
    crc: int
    n_packed: int
    n_bytes: int
    header_at: int
    data_at: int
    is_link: bool

    @property
    def is_folder(self) -> bool:
        """Whether it only names a folder."""
        return self.name.endswith("/")


@dataclass(frozen=True, slots=True)
class _End:
    """Where the directory is, where what follows it begins, where the last record begins."""

    n_members: int
    size: int
    start: int
    end_at: int
    tail_at: int


def is_zip(head: bytes) -> bool:
    """Tell a ZIP file from its first bytes."""
    return head.startswith((_LOCAL, _END))


def read_directory(stream: BinaryIO, findings: Findings, limits: Limits) -> tuple[Member, ...]:
    """Read the members of a ZIP file and list what is wrong with its frame.

    Args:
        stream: Seekable.
        findings: Takes the problems.
        limits: Members beyond these stop the reading.

    Raises:
        ArchiveDamagedError: There is no directory, or it cannot be followed.
    """
    size = stream.seek(0, os.SEEK_END)
    end = _find_end(stream, size)
    if end.n_members > limits.max_members:
        raise ArchiveDamagedError("bomb", "directory", f"it lists {end.n_members} members")
    if end.start + end.size > end.end_at or end.size > limits.max_members * 1024:
        raise ArchiveDamagedError("not-an-archive", "directory", "it is longer than the file")
    stream.seek(end.start)
    raw = stream.read(end.size)
    members = tuple(_members(stream, raw, end.n_members, findings))
    n_comment = size - end.tail_at - 22
    if n_comment:
        findings.add("unaccounted-bytes", f"a comment of {n_comment} bytes")
    if end.start + end.size != end.end_at:
        n_extra = end.end_at - end.start - end.size
        findings.add("unaccounted-bytes", f"{n_extra} bytes after the directory")
    _check_names(members, findings)
    _check_layout(members, end.start, findings)
    return members


def _find_end(stream: BinaryIO, size: int) -> _End:
    """Find the end record, whose comment must reach exactly to the end of the file."""
    n_tail = min(size, _MAX_COMMENT + 22)
    stream.seek(size - n_tail)
    tail = stream.read(n_tail)
    fits = []
    place = tail.find(_END)
    while place >= 0:
        if len(tail) - place >= 22:
            (n_comment,) = struct.unpack_from("<H", tail, place + 20)
            if place + 22 + n_comment == len(tail):
                fits.append(place)
        place = tail.find(_END, place + 1)
    if not fits:
        raise ArchiveDamagedError("not-an-archive", "end", "it has no ZIP directory, or is cut")
    if len(fits) > 1:
        raise ArchiveDamagedError("not-an-archive", "end", "it has two directories")
    place = fits[0]
    disk, start_disk, here, total, n_size, start = struct.unpack_from("<4H2I", tail, place + 4)
    end_at = size - n_tail + place
    if _U16 in (here, total) or _U32 in (n_size, start):
        return _find_end_64(stream, end_at)
    if disk or start_disk or here != total:
        raise ArchiveDamagedError("not-an-archive", "end", "it is one part of several")
    return _End(total, n_size, start, end_at, end_at)


def _find_end_64(stream: BinaryIO, end_at: int) -> _End:
    """Follow the ZIP64 locator that stands just before the end record."""
    if end_at < 20 + 56:
        raise ArchiveDamagedError("not-an-archive", "end", "its ZIP64 end is missing")
    stream.seek(end_at - 20)
    locator = stream.read(20)
    (place,) = struct.unpack_from("<Q", locator, 8)
    if not locator.startswith(_END_64_LOCATOR) or place > end_at - 20 - 56:
        raise ArchiveDamagedError("not-an-archive", "end", "its ZIP64 end is missing")
    stream.seek(place)
    record = stream.read(56)
    if not record.startswith(_END_64):
        raise ArchiveDamagedError("not-an-archive", "end", "its ZIP64 end is missing")
    here, total, n_size, start = struct.unpack_from("<4Q", record, 24)
    if here != total:
        raise ArchiveDamagedError("not-an-archive", "end", "it is one part of several")
    return _End(total, n_size, start, place, end_at)


def _members(stream: BinaryIO, raw: bytes, n_members: int, findings: Findings) -> Iterator[Member]:
    place = 0
    for number in range(n_members):
        if len(raw) - place < 46 or raw[place : place + 4] != _CENTRAL:
            where = f"directory entry {number + 1}"
            raise ArchiveDamagedError("not-an-archive", where, "it is not where it should be")
        flags, method = struct.unpack_from("<2H", raw, place + 8)
        crc, n_packed, n_bytes, n_name, n_extra, n_comment = struct.unpack_from(
            "<3I3H", raw, place + 16
        )
        attributes, header_at = struct.unpack_from("<2I", raw, place + 38)
        name_end = place + 46 + n_name
        extra = raw[name_end : name_end + n_extra]
        raw_name = raw[place + 46 : name_end]
        sizes = _wide(extra, [n_bytes, n_packed, header_at])
        place = name_end + n_extra + n_comment
        if place > len(raw):
            where = f"directory entry {number + 1}"
            raise ArchiveDamagedError("not-an-archive", where, "it is cut")
        named = _Named(raw_name, flags, method, crc, sizes[1], sizes[0], sizes[2])
        yield _member(stream, named, attributes >> 16, findings)
    if place != len(raw):
        findings.add("unaccounted-bytes", f"{len(raw) - place} bytes inside the directory")


@dataclass(frozen=True, slots=True)
class _Named:
    raw_name: bytes
    flags: int
    method: int
    crc: int
    n_packed: int
    n_bytes: int
    header_at: int


def _member(stream: BinaryIO, named: _Named, mode: int, findings: Findings) -> Member:
    """Join a directory entry with the member's own header."""
    name = _decoded(named.raw_name, named.flags)
    if len(named.raw_name) > _MAX_NAME or not named.raw_name:
        findings.add("unsafe-name", f"a name of {len(named.raw_name)} bytes")
    stream.seek(named.header_at)
    header = stream.read(30)
    if len(header) < 30 or not header.startswith(_LOCAL):
        raise ArchiveDamagedError("two-headers", name, "its own header is not where listed")
    flags, method = struct.unpack_from("<2H", header, 6)
    crc, n_packed, n_bytes, n_name, n_extra = struct.unpack_from("<3I2H", header, 14)
    own_name, extra = stream.read(n_name), stream.read(n_extra)
    own_bytes, own_packed = _wide(extra, [n_bytes, n_packed])[:2]
    differing = [
        what
        for what, is_same in (
            ("name", own_name == named.raw_name),
            ("compression", method == named.method),
            ("flags", (flags ^ named.flags) & (_IS_ENCRYPTED | _HAS_DESCRIPTOR | _IS_UTF8) == 0),
            ("checksum", _is_same(crc, named.crc, flags)),
            ("packed length", _is_same(own_packed, named.n_packed, flags)),
            ("length", _is_same(own_bytes, named.n_bytes, flags)),
        )
        if not is_same
    ]
    if differing:
        findings.add("two-headers", f"they differ in {', '.join(differing)}", name)
    return Member(
        name=name,
        method=named.method,
        flags=named.flags,
        crc=named.crc,
        n_packed=named.n_packed,
        n_bytes=named.n_bytes,
        header_at=named.header_at,
        data_at=named.header_at + 30 + n_name + n_extra,
        is_link=mode & _TYPE_MASK == _LINK_TYPE,
    )


def _is_same(own: int, listed: int, flags: int) -> bool:
    """A header written before its data may leave the numbers to what follows the data."""
    return own == listed or (bool(flags & _HAS_DESCRIPTOR) and own in {0, _U32})


def _wide(extra: bytes, values: list[int]) -> list[int]:
    """Take the 64-bit numbers from the extra field where the 32-bit ones are full."""
    place = 0
    while place + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, place)
        body = extra[place + 4 : place + 4 + length]
        place += 4 + length
        if kind != 1:
            continue
        numbers = [int.from_bytes(body[i : i + 8], "little") for i in range(0, len(body) - 7, 8)]
        return [numbers.pop(0) if value == _U32 and numbers else value for value in values]
    return values


def _decoded(raw: bytes, flags: int) -> str:
    if flags & _IS_UTF8:
        return raw.decode("utf-8", "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp437")


def _check_names(members: tuple[Member, ...], findings: Findings) -> None:
    """Names that mislead: twice, colliding, leading out of the folder; members that hide."""
    seen: set[str] = set()
    folded: dict[str, str] = {}
    for member in members:
        name = member.name
        if _UNSAFE.search(name):
            findings.add("unsafe-name", "it leaves the folder or is no plain path", name)
        if name in seen:
            findings.add("duplicate-member", "the name is there twice", name)
        seen.add(name)
        key = unicodedata.normalize("NFC", name).casefold().rstrip("/. ")
        if folded.setdefault(key, name) != name:
            findings.add("colliding-member", f"beside {folded[key]}", name)
        if member.is_link:
            findings.add("symbolic-link", "it is a link", name)
        if member.flags & _IS_ENCRYPTED:
            findings.add("encrypted-member", "it is encrypted", name)
        if member.method not in {STORED, DEFLATED}:
            findings.add("unknown-compression", f"method {member.method}", name)
        if member.is_folder and member.n_bytes:
            findings.add("two-headers", f"a folder of {member.n_bytes} bytes", name)


def _check_layout(members: tuple[Member, ...], directory_at: int, findings: Findings) -> None:
    """Every byte before the directory belongs to one member."""
    place = 0
    has_descriptor = False
    for member in sorted(members, key=lambda one: (one.header_at, one.name)):
        _check_gap(member.header_at - place, member.name, findings, has_descriptor=has_descriptor)
        place = member.data_at + member.n_packed
        has_descriptor = bool(member.flags & _HAS_DESCRIPTOR)
    _check_gap(directory_at - place, "", findings, has_descriptor=has_descriptor)


def _check_gap(n_bytes: int, name: str, findings: Findings, *, has_descriptor: bool) -> None:
    if n_bytes < 0:
        findings.add("overlapping-members", f"{-n_bytes} bytes belong to two", name)
    elif n_bytes and not (has_descriptor and n_bytes in _DESCRIPTOR_SIZES):
        findings.add("unaccounted-bytes", f"{n_bytes} bytes before it", name or "directory")
