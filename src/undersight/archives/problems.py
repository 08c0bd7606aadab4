"""What can be wrong with a web archive, each thing under its own name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

Grade = Literal["broken", "doubtful"]

BROKEN: Final[dict[str, str]] = {
    "not-an-archive": "It is no archive, or its framing cannot be followed.",
    "duplicate-member": "Two members have one name; programs differ in which they show.",
    "colliding-member": "Two names become one on systems that ignore case or Unicode forms.",
    "unsafe-name": "A name leaves the folder, is absolute, or holds a backslash or control sign.",
    "symbolic-link": "A member points elsewhere instead of holding bytes.",
    "encrypted-member": "A member is encrypted, so nobody can check it.",
    "unknown-compression": "A member is packed in a way other than stored or deflated.",
    "two-headers": "A member's own header and the directory say different things.",
    "overlapping-members": "Two members share bytes of the file.",
    "unaccounted-bytes": "Bytes of the file belong to no member, or stand in its comment.",
    "bomb": "It unpacks to more than any saved page does.",
    "member-damaged": "A member is cut, or its bytes do not have the checksum of the directory.",
    "manifest-missing": "There is no datapackage.json.",
    "manifest-unreadable": "datapackage.json, its digest file or a page list cannot be read.",
    "member-missing": "The manifest lists a file that is not there.",
    "member-unlisted": "A file is there that the manifest does not list.",
    "member-listed-twice": "The manifest lists one file twice.",
    "digest-missing": "The manifest lists a file without a digest that can be checked.",
    "digest-mismatch": "A file does not have the digest or length that the manifest states.",
    "manifest-digest-mismatch": "The digest file is about another datapackage.json.",
    "signature-invalid": "There is a signature, and it is not over this manifest.",
    "signature-missing": "A signature was expected and is not there, or is by another key.",
    "required-member-missing": "A part that every WACZ has is not there.",
    "index-stale": "The index points at bytes that are not the record it names.",
    "index-unreadable": "A line of the index cannot be read.",
    "record-damaged": "A WARC record is cut or cannot be read.",
    "record-header-twice": "A WARC record states one decisive field twice.",
    "block-digest-mismatch": "A WARC record's bytes do not have its block digest.",
    "payload-digest-mismatch": "A WARC record's payload does not have its payload digest.",
    "page-not-captured": "The page list names a page of which there is no record.",
}

DOUBTFUL: Final[dict[str, str]] = {
    "unsigned": "Nobody signed it: it can have been made or changed by anyone.",
    "manifest-digest-absent": "No digest file: nothing fixes the manifest itself.",
    "nested-archive": "A member is itself an archive; it was not opened.",
    "recompressed-member": "A file that is packed already was packed again.",
    "record-not-indexed": "A record is in no index, so players do not show it.",
    "record-without-digest": "A record states no digest of its bytes.",
    "digest-unknown": "A digest is by a method not known here.",
    "records-share-member": "Several records are packed as one, so offsets cannot lead to them.",
    "record-id-twice": "Two records have one id.",
    "record-truncated": "The record says itself that it is not whole.",
    "page-time-differs": "The page list gives another time than any record of the page.",
}

KINDS: Final = {**BROKEN, **DOUBTFUL}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong.

    Args:
        code: Its name, one of `KINDS`.
        detail: What was found, with the numbers; no text of a page.
        locator: Member, and offset within it after ``@``; empty for the whole file.
    """

    code: str
    detail: str
    locator: str = ""

    @property
    def grade(self) -> Grade:
        """``broken``: what was saved was altered or cannot be told; ``doubtful``: not proved."""
        return "broken" if self.code in BROKEN else "doubtful"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a stranger's file may make this program do.

    Args:
        max_members: Members of a ZIP file.
        max_unpacked_bytes: Bytes that all members, or one WARC, unpack to.
        max_ratio: Unpacked to packed, looked at once `free_bytes` are exceeded.
        free_bytes: Unpacked bytes below which no ratio is looked at.
        max_json_bytes: Of a manifest or digest file.
        max_line_bytes: Of an index or a page list.
        max_header_bytes: Of all header lines of a record.
        max_records: Records of one archive.
        max_problems: Problems listed one by one under one name; the rest are counted.
    """

    max_members: int = 20_000
    max_unpacked_bytes: int = 64 * 1024**3
    max_ratio: int = 200
    free_bytes: int = 16 * 1024**2
    max_json_bytes: int = 16 * 1024**2
    max_line_bytes: int = 1024**2
    max_header_bytes: int = 64 * 1024
    max_records: int = 2_000_000
    max_problems: int = 20

    def is_bomb(self, n_unpacked: int, n_packed: int) -> bool:
        """Whether so much out of so little is no saved page."""
        if n_unpacked > self.max_unpacked_bytes:
            return True
        return n_unpacked > self.free_bytes and n_unpacked > max(n_packed, 1) * self.max_ratio


@dataclass(slots=True)
class Findings:
    """Collects problems; of one kind only so many are kept, all are counted.

    Args:
        max_each: How many of a kind are kept.
    """

    max_each: int = 20
    problems: list[Problem] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, code: str, detail: str, locator: str = "") -> None:
        """Note a problem."""
        self.counts[code] = self.counts.get(code, 0) + 1
        if self.counts[code] <= self.max_each:
            self.problems.append(Problem(code=code, detail=detail, locator=locator))
