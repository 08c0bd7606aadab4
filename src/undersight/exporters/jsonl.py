"""Every record, whole: what is written here can be read back into the same casebook.

The first line is a header (format, version, masthead, day, audience, number of records and the
SHA-256 of everything after it); each line after it is one record in the codec's form. The reader
trusts nothing: a line that is not a record, a repeated id, a cut or altered file is listed as an
issue, and where there is any issue no record is handed out, so nothing can be half imported.
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar, Final, NoReturn

from undersight.errors import UndersightError
from undersight.exporters.delivery import ExportReport, refuse_internal, write_file
from undersight.i18n import _
from undersight.model.codec import from_json, to_json
from undersight.model.dossier import Masthead

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from undersight.model.dossier import Dossier
    from undersight.model.records import Record

FORMAT: Final = "undersight-jsonl"
VERSION: Final = 1
MAX_LINE_BYTES: Final = 16 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Jsonl:
    """Every record as one line of JSON, lossless; importing it gives the same casebook.

    Args:
        includes_internal: Let an internal dossier out (for a move or a copy of a casebook).
    """

    exporter_id: ClassVar[str] = "jsonl"
    about: ClassVar[str] = _(
        "Every record as one line of JSON, without loss; it can be read back."
    )
    suffix: ClassVar[str] = ".jsonl"

    includes_internal: bool = False

    def write(self, dossier: Dossier, out: Path) -> ExportReport:
        """Write one file.

        Raises:
            InternalExportError: The dossier is internal and that was not asked for.
            BackendError: The disk refused.
        """
        refuse_internal(dossier, is_asked=self.includes_internal)
        lines = [_line(to_json(record)) for record in dossier.records()]
        body = b"".join(lines)
        header = {
            "format": FORMAT,
            "version": VERSION,
            "audience": dossier.audience,
            "as_of": dossier.as_of.isoformat(),
            "masthead": masthead_to_json(dossier.masthead),
            "n_records": len(lines),
            "sha256": hashlib.sha256(body).hexdigest(),
        }
        return ExportReport(files=(write_file(out, _line(header) + body),), n_records=len(lines))


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonlIssue:
    """Why a file cannot be imported.

    Args:
        line: Number of the line, from 1; 0 for the file as a whole.
        code: A kebab-case word for what is wrong; an error's code where the record is wrong.
        sentence: What is wrong, naming the field.
    """

    line: int
    code: str
    sentence: str


class _LineError(Exception):
    """What is wrong with one line; does not leave this module."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.sentence = code, sentence


def read_jsonl(
    stream: BinaryIO,
) -> tuple[Masthead | None, tuple[Record, ...], tuple[JsonlIssue, ...]]:
    """Read what ``Jsonl`` wrote.

    Args:
        stream: The file, opened for bytes.

    Returns:
        The masthead (None where the header cannot be read), the records by kind and id as
        written, and what is wrong. Where anything is wrong there are no records.
    """
    issues: list[JsonlIssue] = []
    header = _read_header(stream, issues)
    if header is None:
        return None, (), tuple(issues)
    masthead = _read_masthead(header, issues)
    records: dict[str, Record] = {}
    digest = hashlib.sha256()
    number = 1
    while line := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        digest.update(line)
        try:
            record = _record(line, records)
            records[record.record_id] = record
        except _LineError as reason:
            issues.append(JsonlIssue(line=number, code=reason.code, sentence=reason.sentence))
    issues += _against_header(header, number - 1, digest.hexdigest())
    return masthead, () if issues else tuple(records.values()), tuple(issues)


def masthead_to_json(masthead: Masthead) -> dict[str, Any]:
    """Return a masthead as a JSON object."""
    return {
        "title": dict(masthead.title),
        "jurisdiction": masthead.jurisdiction,
        "languages": list(masthead.languages),
        "contact": masthead.contact,
        "base_url": masthead.base_url,
        "methodology": dict(masthead.methodology),
    }


def _line(value: Mapping[str, Any]) -> bytes:
    """Return a value on one line, keys sorted; readable unless it holds what UTF-8 cannot."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        return text.encode("utf-8") + b"\n"
    except UnicodeEncodeError:  # a lone surrogate: escaped, it survives
        return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii") + b"\n"


def _read_header(stream: BinaryIO, issues: list[JsonlIssue]) -> dict[str, Any] | None:
    try:
        return _known(_parsed(stream.readline(MAX_LINE_BYTES + 1)))
    except _LineError as reason:
        issues.append(JsonlIssue(line=1, code=reason.code, sentence=reason.sentence))
        return None


def _known(header: dict[str, Any]) -> dict[str, Any]:
    """Return a header of this format and version, and no other."""
    if header.get("format") != FORMAT:
        code, sentence = "not-this-format", f"the first line is no header of {FORMAT}"
        raise _LineError(code, sentence)
    if header.get("version") != VERSION:
        code, sentence = "other-version", f"only version {VERSION} can be read here"
        raise _LineError(code, sentence)
    return header


def _read_masthead(header: dict[str, Any], issues: list[JsonlIssue]) -> Masthead | None:
    raw = header.get("masthead")
    texts = ("jurisdiction", "contact", "base_url")
    if (
        isinstance(raw, dict)
        and raw.keys() <= {"title", "languages", "methodology", *texts}
        and all(_is_texts(raw.get(key, {})) for key in ("title", "methodology"))
        and all(isinstance(raw.get(key, ""), str) for key in texts)
        and isinstance(raw.get("languages", []), list)
        and all(isinstance(lang, str) for lang in raw.get("languages", []))
    ):
        return Masthead(
            title=raw.get("title", {}),
            methodology=raw.get("methodology", {}),
            languages=tuple(raw.get("languages", ("en",))),
            **{key: raw.get(key, "") for key in texts},
        )
    sentence = "the masthead in the header has not the fields of a masthead"
    issues.append(JsonlIssue(line=1, code="bad-masthead", sentence=sentence))
    return None


def _is_texts(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


def _record(line: bytes, earlier: Mapping[str, Record]) -> Record:
    if not line.endswith(b"\n"):
        code = "cut-line" if len(line) <= MAX_LINE_BYTES else "line-too-long"
        raise _LineError(code, "the line does not end")
    raw = _parsed(line)
    try:
        record = from_json(raw)
    except UndersightError as reason:
        raise _LineError(reason.code, reason.sentence) from reason
    if record.record_id in earlier:
        code, sentence = "repeated-id", "the id of this record stands in an earlier line"
        raise _LineError(code, sentence)
    return record


def _parsed(line: bytes) -> dict[str, Any]:
    """Parse one line strictly: no repeated key, nothing that is not a finite number."""
    try:
        value = json.loads(
            line.decode("utf-8"),
            object_pairs_hook=_unique,
            parse_constant=_refused,
            parse_float=_finite,
        )
    except (ValueError, RecursionError) as reason:
        code, sentence = "not-json", "the line is not JSON in UTF-8"
        raise _LineError(code, sentence) from reason
    if not isinstance(value, dict):
        code, sentence = "not-a-record", "the line is not a JSON object"
        raise _LineError(code, sentence)
    return value


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = dict(pairs)
    if len(keys) != len(pairs):
        raise _LineError("repeated-key", "a key stands twice in one object")
    return keys


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        _refused(text)
    return number


def _refused(_text: str) -> NoReturn:
    raise _LineError("not-a-number", "a number is not finite")


def _against_header(header: Mapping[str, Any], n_lines: int, digest: str) -> Iterable[JsonlIssue]:
    if header.get("n_records") != n_lines:
        sentence = f"the header says {header.get('n_records')!s:.20} records; {n_lines} are there"
        yield JsonlIssue(line=0, code="cut-file", sentence=sentence)
    elif header.get("sha256") != digest:
        sentence = "the records are not those that were written: the digest differs"
        yield JsonlIssue(line=0, code="altered-file", sentence=sentence)
