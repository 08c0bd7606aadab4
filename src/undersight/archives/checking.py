"""A web archive checked as a whole: what was saved, whether it is intact, who vouches for it."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO

from undersight.archives.archive_index import IndexCheck, check_summary
from undersight.archives.page_list import Page, PageCheck, read_pages
from undersight.archives.problems import Findings, Limits, Problem
from undersight.archives.wacz_manifest import (
    DIGEST_FILE,
    MANIFEST,
    Manifest,
    read_json,
    read_manifest,
    stated_digest,
)
from undersight.archives.wacz_signature import Signature, read_signature
from undersight.archives.warc_checking import RecordTable, check_records
from undersight.archives.warc_records import is_warc
from undersight.archives.zip_directory import STORED, Member, is_zip, read_directory
from undersight.archives.zip_members import MemberReader
from undersight.errors import ArchiveDamagedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PIECE = 1 << 16
_PACKED_ALREADY = (".gz", ".zip", ".wacz")
_NESTED = (b"PK\x03\x04", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
_WHOLE_FILE_MEMBERS = frozenset({MANIFEST, DIGEST_FILE})


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveReport:
    """What a check found.

    Args:
        kind: ``wacz`` or ``warc``.
        problems: In the order found; of one kind only so many.
        counts: How many of each kind.
        signature: Who vouches for it.
        pages: Pages of its lists.
        n_members: Files inside.
        n_records: WARC records.
        manifest: Title, time and software as the manifest states them.
    """

    kind: str
    problems: tuple[Problem, ...]
    counts: dict[str, int]
    signature: Signature
    pages: tuple[Page, ...] = ()
    n_members: int = 0
    n_records: int = 0
    manifest: dict[str, str] = field(default_factory=dict)

    @property
    def is_intact(self) -> bool:
        """Whether nothing is broken; a sound archive can still be signed by nobody."""
        return all(problem.grade != "broken" for problem in self.problems)

    def to_json(self) -> dict[str, Any]:
        """Return the report for programs."""
        kept = {name: getattr(self.signature, name) for name in Signature.__slots__}
        return {
            "kind": self.kind,
            "is_intact": self.is_intact,
            "signature": {name: value for name, value in kept.items() if value},
            "n_members": self.n_members,
            "n_records": self.n_records,
            "n_pages": len(self.pages),
            "manifest": self.manifest,
            "counts": dict(sorted(self.counts.items())),
            "problems": [
                {"code": p.code, "grade": p.grade, "where": p.locator, "detail": p.detail}
                for p in self.problems
            ],
        }


def check_archive(
    stream: BinaryIO, *, expected_key: str = "", limits: Limits | None = None
) -> ArchiveReport:
    """Check a WACZ or WARC from its first byte to its last, unpacking nothing to disk.

    Args:
        stream: Seekable.
        expected_key: Fingerprint of the key that must have signed, hex; empty: any or none.
        limits: How much of it to bear.

    Raises:
        ArchiveDamagedError: It is neither.
    """
    limits = limits or Limits()
    stream.seek(0)
    head = stream.read(_PIECE)
    stream.seek(0)
    if is_zip(head):
        return _Wacz(stream, limits).check(expected_key)
    if is_warc(head):
        findings, table = Findings(limits.max_problems), RecordTable()
        check_records(stream, "", table, findings, limits)
        findings.add("unsigned", "a WARC has no place for a signature")
        return _report("warc", findings, n_records=table.n_records)
    raise ArchiveDamagedError("not-an-archive", "@0", "it is neither WACZ nor WARC")


def _report(kind: str, findings: Findings, **found: Any) -> ArchiveReport:
    return ArchiveReport(
        kind=kind,
        problems=tuple(findings.problems),
        counts=findings.counts,
        signature=found.pop("signature", Signature()),
        **found,
    )


class _Wacz:
    """One WACZ under check: first the frame, then what the manifest says, then what is inside."""

    def __init__(self, stream: BinaryIO, limits: Limits) -> None:
        self.stream, self.limits = stream, limits
        self.findings = Findings(limits.max_problems)
        self.members: dict[str, Member] = {}
        self.manifest: Manifest | None = None
        self.signature = Signature()
        self.table = RecordTable()
        self.pages: list[Page] = []
        self.packed_indexes: dict[str, bytes] = {}

    def check(self, expected_key: str) -> ArchiveReport:
        try:
            listed = read_directory(self.stream, self.findings, self.limits)
        except ArchiveDamagedError as error:
            self.findings.add(error.problem, error.reason, error.where)
            return _report("wacz", self.findings)
        self.members = {one.name: one for one in listed if not one.is_folder}
        if self._is_bomb():
            return _report("wacz", self.findings, n_members=len(self.members))
        self._read_manifest(expected_key)
        self._check_listing()
        self._check_contents()
        return _report(
            "wacz",
            self.findings,
            signature=self.signature,
            pages=tuple(self.pages),
            n_members=len(self.members),
            n_records=self.table.n_records,
            manifest=self._about(),
        )

    def _is_bomb(self) -> bool:
        """Look at the directory alone, before anything is unpacked."""
        n_bytes = sum(one.n_bytes for one in self.members.values())
        size = self.stream.seek(0, os.SEEK_END)
        is_bomb = self.limits.is_bomb(n_bytes, size)
        if is_bomb:
            self.findings.add("bomb", f"{size} bytes unpack to {n_bytes}")
        return is_bomb

    def _read_manifest(self, expected_key: str) -> None:
        raw = self._whole(MANIFEST)
        if raw is None:
            self.findings.add("manifest-missing", "there is none to compare with", MANIFEST)
            return
        self.manifest = read_manifest(raw, self.findings)
        self._read_digest_file(raw)
        state = self.signature.state
        if state == "invalid":
            self.findings.add("signature-invalid", self.signature.reason, DIGEST_FILE)
        elif expected_key and self.signature.key != expected_key.lower():
            detail = "there is no signature" if state == "absent" else "it is by another key"
            self.findings.add("signature-missing", detail, DIGEST_FILE)
        elif state == "absent":
            self.findings.add("unsigned", "there is no signature", DIGEST_FILE)

    def _read_digest_file(self, manifest: bytes) -> None:
        import hashlib

        raw = self._whole(DIGEST_FILE)
        if raw is None:
            if DIGEST_FILE not in self.members:
                detail = "nothing fixes the manifest"
                self.findings.add("manifest-digest-absent", detail, DIGEST_FILE)
            return
        found = read_json(raw)
        if found is None:
            self.findings.add("manifest-unreadable", "it cannot be read", DIGEST_FILE)
            return
        real = f"sha256:{hashlib.sha256(manifest).hexdigest()}"
        if found.get("hash") != real or found.get("path") != MANIFEST:
            detail = "it states another digest or path"
            self.findings.add("manifest-digest-mismatch", detail, DIGEST_FILE)
        self.signature = read_signature(found.get("signedData"), real)

    def _check_listing(self) -> None:
        """Every file is listed, every listed file is there."""
        names = set(self.members)
        for part, has_it in (
            ("archive/", any(name.startswith("archive/") for name in names)),
            ("indexes/", any(name.startswith("indexes/") for name in names)),
            ("pages/pages.jsonl", "pages/pages.jsonl" in names),
        ):
            if not has_it:
                self.findings.add("required-member-missing", "every WACZ has it", part)
        if self.manifest is None:
            return
        listed = set(self.manifest.resources)
        for name in sorted(listed - names):
            self.findings.add("member-missing", "the manifest lists it", name)
        for name in sorted(names - listed - _WHOLE_FILE_MEMBERS):
            self.findings.add("member-unlisted", "the manifest does not list it", name)

    def _check_contents(self) -> None:
        """Records first: indexes and page lists are compared with them."""
        names = sorted(self.members)
        indexes = [name for name in names if name.startswith("indexes/")]
        lists = [n for n in names if n.startswith("pages/") and n.endswith(".jsonl")]
        warcs = [name for name in names if name.startswith("archive/")]
        for name in warcs:
            if name.rpartition("/")[2] in self.table.by_file:
                detail = "indexes name files without their folder, and two have this name"
                self.findings.add("colliding-member", detail, name)
            self._with_member(name, self._read_warc)
        index_check = IndexCheck(self.table, self.findings, self.limits)
        for name in sorted(indexes, key=lambda one: (one.endswith(".idx"), one)):
            self._with_member(name, lambda reader, n: self._read_index(reader, n, index_check))
        if indexes:
            index_check.name_unreached()
        page_check = PageCheck(self.table, self.findings)
        for name in lists:
            self._with_member(name, lambda reader, n: self._read_list(reader, n, page_check))
        done = {*indexes, *lists, *warcs, *_WHOLE_FILE_MEMBERS}
        for name in (one for one in names if one not in done):
            self._with_member(name, self._read_other)

    def _read_warc(self, reader: MemberReader, name: str) -> None:
        if self.members[name].method != STORED and name.endswith(_PACKED_ALREADY):
            self.findings.add("recompressed-member", "players cannot jump to its records", name)
        check_records(reader, name, self.table, self.findings, self.limits)

    def _read_index(self, reader: MemberReader, name: str, check: IndexCheck) -> None:
        if name.endswith(".idx"):
            raw = self._limited(reader, name)
            check_summary(raw, self.packed_indexes, self.findings, name)
            return
        is_packed = name.endswith(".gz")
        if not is_packed or self.members[name].n_bytes > self.limits.max_json_bytes:
            check.read(reader, name, is_packed=is_packed)
            return
        raw = self._limited(reader, name)
        self.packed_indexes[name.rpartition("/")[2]] = raw
        check.read(io.BytesIO(raw), name, is_packed=is_packed)

    def _read_list(self, reader: MemberReader, name: str, check: PageCheck) -> None:
        from dataclasses import replace

        for page in read_pages(reader, name, self.findings, self.limits):
            if len(self.pages) >= self.limits.max_records:
                raise ArchiveDamagedError("bomb", name, "too many pages")
            self.pages.append(replace(page, is_captured=check.is_captured(page)))

    def _read_other(self, reader: MemberReader, name: str) -> None:
        if reader.read(4).startswith(_NESTED):
            self.findings.add("nested-archive", "it was not opened", name)

    def _with_member(self, name: str, read: Callable[[MemberReader, str], None]) -> None:
        """Let a reader have a member, then finish it and compare its digest and length."""
        resource = self.manifest.resources.get(name) if self.manifest else None
        stated = stated_digest(resource) if resource else None
        if resource is not None and stated is None:
            self.findings.add("digest-missing", "none that can be relied on", name)
        try:
            reader = _Digesting(self.stream, self.members[name], self.limits, stated)
            read(reader, name)
            while reader.read(_PIECE):
                pass
        except ArchiveDamagedError as error:
            self.findings.add(error.problem, error.reason, error.where or name)
            return
        if stated is not None and not stated.is_met():
            self.findings.add("digest-mismatch", "its bytes have another digest", name)
        if resource and resource.n_bytes is not None and resource.n_bytes != reader.n_read:
            detail = f"{reader.n_read} bytes, {resource.n_bytes} listed"
            self.findings.add("digest-mismatch", detail, name)

    def _whole(self, name: str) -> bytes | None:
        """A small member in full; None, and a problem, where it cannot be had."""
        member = self.members.get(name)
        if member is None:
            return None
        try:
            return self._limited(MemberReader(self.stream, member, self.limits), name)
        except ArchiveDamagedError as error:
            self.findings.add(error.problem, error.reason, name)
            return None

    def _limited(self, reader: MemberReader, name: str) -> bytes:
        if self.members[name].n_bytes > self.limits.max_json_bytes:
            raise ArchiveDamagedError("bomb", name, f"{self.members[name].n_bytes} bytes")
        return reader.read()

    def _about(self) -> dict[str, str]:
        if self.manifest is None:
            return {}
        said = {
            "title": self.manifest.title,
            "created": self.manifest.created,
            "software": self.manifest.software,
            "wacz_version": self.manifest.version,
        }
        return {name: value for name, value in said.items() if value}


class _Digesting(MemberReader):
    """A member that is also compared with its listed digest on the way."""

    def __init__(self, stream: BinaryIO, member: Member, limits: Limits, stated: Any) -> None:
        super().__init__(stream, member, limits)
        self._stated = stated

    def read(self, n_bytes: int = -1) -> bytes:
        piece = super().read(n_bytes)
        if self._stated is not None and n_bytes >= 0:
            self._stated.update(piece)
        return piece


def member_streams(stream: BinaryIO, limits: Limits) -> Iterator[tuple[str, MemberReader]]:
    """The WARCs inside a WACZ, one after another, for reading what was saved.

    Raises:
        ArchiveDamagedError: The frame cannot be followed.
    """
    listed = read_directory(stream, Findings(), limits)
    for member in sorted(listed, key=lambda one: (one.name, one.header_at)):
        if member.name.startswith("archive/") and not member.is_folder:
            yield member.name, MemberReader(stream, member, limits)
