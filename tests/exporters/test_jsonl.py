"""Lossless out and in again; a file that is not whole hands out nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.model.sample import MASTHEAD, sample_dossier, sample_records
from undersight.errors import InternalExportError
from undersight.exporters import jsonl
from undersight.exporters.jsonl import Jsonl, read_jsonl
from undersight.model.codec import from_json, to_json
from undersight.model.dossier import Dossier, Masthead
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.records import RECORD_CLASSES, Record
from undersight.model.schema import FieldSpec, fields_of
from undersight.model.vocabulary import vocabulary


def written(records: tuple[Record, ...], folder: Path, masthead: Masthead = MASTHEAD) -> bytes:
    dossier = Dossier(
        masthead=masthead, records=records, as_of=dt.date(2031, 12, 1), audience="internal"
    )
    out = folder / "log.jsonl"
    Jsonl(includes_internal=True).write(dossier, out)
    return out.read_bytes()


def read(content: bytes) -> Any:
    return read_jsonl(io.BytesIO(content))


def codes(content: bytes) -> list[str]:
    masthead, records, issues = read(content)
    assert records == ()
    assert issues
    assert masthead is None or masthead == MASTHEAD
    return [issue.code for issue in issues]


def test_half_a_character_goes_out_and_comes_back(tmp_path: Path) -> None:
    record = from_json({"kind": "incident", "record_id": "i", "title": {"en": "cut \ud83d"}})
    _, records, issues = read(written((record,), tmp_path))
    assert (records, issues) == ((record,), ())


@pytest.fixture
def whole(tmp_path: Path) -> bytes:
    return written(sample_records(), tmp_path)


def test_golden(tmp_path: Path, golden: Any) -> None:
    report = Jsonl().write(sample_dossier(), tmp_path / "log.jsonl")
    golden("exporters/jsonl", {path.name: path.read_bytes() for path in report.files})
    assert report.losses == ()


def test_the_whole_casebook_comes_back(whole: bytes, tmp_path: Path) -> None:
    masthead, records, issues = read(whole)
    assert issues == ()
    assert masthead == MASTHEAD
    assert {r.record_id: r for r in records} == {r.record_id: r for r in sample_records()}
    assert written(tuple(reversed(records)), tmp_path) == whole


def test_internal_records_go_out_only_when_asked(tmp_path: Path) -> None:
    with pytest.raises(InternalExportError):
        Jsonl().write(sample_dossier("internal"), tmp_path / "log.jsonl")
    assert list(tmp_path.iterdir()) == []


WORDS = st.text(max_size=20)
DATES = st.sampled_from(
    [None, *map(FuzzyDate.parse, ("2031-05-03", "2031-05~", "../2031", "[2031-01,2031-03]"))]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | WORDS
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=5,
)  # fmt: skip
SIMPLE: dict[str, st.SearchStrategy[Any]] = {
    "line": WORDS,
    "prose": WORDS,
    "ref": WORDS,
    "lines": st.lists(WORDS, max_size=2).map(tuple),
    "refs": st.lists(WORDS, max_size=2).map(tuple),
    "localised": st.dictionaries(WORDS, WORDS, max_size=2),
    "visibilities": st.dictionaries(WORDS, st.sampled_from(["public", "internal"]), max_size=2),
    "date": DATES,
    "count": st.none() | st.integers(0, 10**6),
    "number": st.none() | st.floats(0, 1e9),
    "flag": st.booleans(),
    "value": VALUES,
}


def content_of(spec: FieldSpec) -> st.SearchStrategy[Any]:
    if spec.form in ("term", "terms"):
        terms = st.sampled_from(sorted(vocabulary(spec.vocabulary).terms))
        return terms if spec.form == "term" else st.lists(terms, max_size=2).map(tuple)
    if spec.form in ("part", "parts"):
        assert spec.part is not None
        inner = st.builds(spec.part, **given_fields(spec.part))
        return st.none() | inner if spec.form == "part" else st.lists(inner, max_size=2).map(tuple)
    return SIMPLE[spec.form]


def given_fields(cls: type) -> dict[str, st.SearchStrategy[Any]]:
    return {name: content_of(spec) for name, spec in fields_of(cls).items()}


RECORDS = st.one_of(
    *(st.builds(cls, record_id=st.uuids().map(str), **given_fields(cls)) for cls in RECORD_CLASSES)
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(RECORDS, max_size=4, unique_by=lambda record: record.record_id))
def test_any_records_come_back(tmp_path: Path, records: list[Record]) -> None:
    masthead, back, issues = read(written(tuple(records), tmp_path))
    assert issues == ()
    assert masthead == MASTHEAD
    by_id = {record.record_id: record for record in records}
    assert {record.record_id: record for record in back} == {
        key: from_json(to_json(record)) for key, record in by_id.items()
    }


def with_line(whole: bytes, line: bytes) -> bytes:
    """The file with one more line, and a header that admits it."""
    header, *rest = whole.splitlines(keepends=True)
    raw = json.loads(header)
    body = b"".join(rest) + line
    raw |= {"n_records": len(rest) + 1, "sha256": hashlib.sha256(body).hexdigest()}
    return json.dumps(raw).encode() + b"\n" + body


PARTY = b'{"kind":"party","record_id":"x"'


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"\n", "not-json"),
        (b"{\n", "not-json"),
        (b"[]\n", "not-a-record"),
        (b"\xff\n", "not-json"),
        (b"[" * 100_000 + b"\n", "not-json"),
        (PARTY + b',"born":"31 February"}\n', "invalid-date"),
        (PARTY + b',"nmaes":[]}\n', "unknown-field"),
        (PARTY + b',"party_kind":"pirate"}\n', "unknown-term"),
        (PARTY + b',"count_min":-1}\n', "invalid-value"),
        (PARTY + b',"count_min":1e999}\n', "not-a-number"),
        (PARTY + b',"count_min":NaN}\n', "not-a-number"),
        (PARTY + b',"count_min":' + b"9" * 5000 + b"}\n", "not-json"),
        (PARTY + b',"position":"a","position":"b"}\n', "repeated-key"),
        (b'{"kind":"dragon","record_id":"x"}\n', "unknown-kind"),
        (b'{"kind":"party"}\n', "invalid-value"),
        (PARTY + b"}", "cut-line"),
    ],
)
def test_a_bad_line_is_listed_and_nothing_is_handed_out(
    whole: bytes, line: bytes, code: str
) -> None:
    content = with_line(whole, line)
    _, records, issues = read(content)
    assert records == ()
    assert [(issue.line, issue.code) for issue in issues] == [
        (content.count(b"\n") + (not content.endswith(b"\n")), code)
    ]
    assert "31 February" not in issues[0].sentence or code == "invalid-date"


def test_every_bad_line_is_listed(whole: bytes) -> None:
    content = with_line(whole, b"{\n").replace(b'"kind":"update"', b'"kind":"upgrade"')
    assert codes(content).count("unknown-kind") == 4
    assert "not-json" in codes(content)


def test_a_repeated_record_is_refused(whole: bytes) -> None:
    assert codes(with_line(whole, whole.splitlines(keepends=True)[-1])) == ["repeated-id"]


def test_a_cut_file_is_refused(whole: bytes) -> None:
    lines = whole.splitlines(keepends=True)
    assert codes(b"".join(lines[:-3])) == ["cut-file"]
    assert codes(lines[0]) == ["cut-file"]


def test_an_altered_file_is_refused(whole: bytes) -> None:
    assert codes(whole.replace(b"Tarvin", b"Tarven")) == ["altered-file"]


def test_a_line_without_end_is_not_swallowed_whole(
    whole: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl, "MAX_LINE_BYTES", 4096)
    found = codes(with_line(whole, PARTY + b',"position":"' + b"a" * 9000 + b'"}\n'))
    assert "line-too-long" in found


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (b"", "not-json"),
        (b"hello\n", "not-json"),
        (b"{}\n", "not-this-format"),
        (b'{"format":"undersight-jsonl","version":2}\n', "other-version"),
        (b'{"format":"undersight-jsonl","version":1,"n_records":0}\n', "bad-masthead"),
        (
            b'{"format":"undersight-jsonl","version":1,"masthead":{"title":[1]}}\n',
            "bad-masthead",
        ),
    ],
)
def test_a_bad_header_is_named(header: bytes, code: str) -> None:
    masthead, records, issues = read(header)
    assert (masthead, records) == (None, ())
    assert issues[0].code == code
    assert issues[0].line == 1


@settings(max_examples=120)
@given(st.binary(max_size=200), st.integers(0, 10**6), st.integers(0, 40))
@example(b"\x00", 0, 0)
def test_damage_never_raises_and_never_hands_out_a_part(
    damage: bytes, place: int, n_cut: int
) -> None:
    at = place % len(FIXED)
    content = FIXED[:at] + damage + FIXED[at + n_cut :]
    _, records, issues = read(content)
    if content == FIXED:
        assert issues == ()
    else:
        assert records == () or {to_text(r) for r in records} == FIXED_RECORDS
        assert bool(issues) != bool(records)


def to_text(record: Record) -> str:
    return json.dumps(to_json(record), sort_keys=True)


FIXED_RECORDS = {to_text(record) for record in sample_records()}


def _fixed() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return written(sample_records(), Path(folder))


FIXED = _fixed()
