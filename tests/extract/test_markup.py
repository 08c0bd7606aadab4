"""The markup of annotated logs: the text comes out bare, the key points into it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from undersight.model.draft import Draft

if TYPE_CHECKING:
    from types import ModuleType

HERE = Path(__file__).parent
LOGS = sorted(
    place
    for folder in ("logs", "spent", "heldout", "third", "fourth")
    for place in HERE.glob(f"{folder}/*.log")
)
FIELD_KEYS = {"kind", "value", "start", "end", "role", "of"}


def load_markup() -> ModuleType:
    spec = importlib.util.spec_from_file_location("markup", HERE / "markup.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["markup"] = module
    spec.loader.exec_module(module)
    return module


markup = load_markup()


def only_field(body: str) -> dict:
    _, key = markup.split_text_and_key(f"===-\n{body}")
    return key["entries"][0]["fields"][0]


def test_text_is_the_log_without_its_marks() -> None:
    text, key = markup.split_text_and_key(
        "Preface.\n\n===\nHeadline {updated:2024-05-30|[Updated May 30]}\n\n"
        "On {date:2024-05-28>q|May 28}, {person@victim>q|Ali Nuru} was "
        "{act:questioning#q|heard}.\n"
    )
    assert text == ("Preface.\n\nHeadline [Updated May 30]\n\nOn May 28, Ali Nuru was heard.\n")
    (entry,) = key["entries"]
    assert text[entry["start"] : entry["end"]] == text[10:-1]
    assert entry["headline"] == "Headline"
    assert entry["updated"] == "2024-05-30"
    assert [(f["kind"], f["value"], f["role"], f["of"]) for f in entry["fields"]] == [
        ("date", "2024-05-28", None, 2),
        ("person", "Ali Nuru", "victim", 2),
        ("act", "questioning", None, None),
    ]
    assert [text[f["start"] : f["end"]] for f in entry["fields"]] == [
        "May 28",
        "Ali Nuru",
        "heard",
    ]


def test_marks_nest_outer_first() -> None:
    text, key = markup.split_text_and_key(
        '===-\n{claim:"denies/questioning/The Office"|The {agency|Office} denies it.}'
    )
    claim, agency = key["entries"][0]["fields"]
    assert text[claim["start"] : claim["end"]] == "The Office denies it."
    assert claim["value"] == {"speaker": "The Office", "stance": "denies", "about": "questioning"}
    assert text[agency["start"] : agency["end"]] == "Office"


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("{platform|Facebook}", "facebook"),
        ("{platform:facebook|Feysbukda}", "facebook"),
        ('{person:"Ali Nuru"|Alinin}', "Ali Nuru"),
        ("{provision:217.A|217/A}", "217.A"),
        (
            "{sentence:prison/4.5/years|four and a half years}",
            {"kind": "prison", "amount": 4.5, "unit": "years"},
        ),
        (
            "{quantity:comments/549/comments|549 comments}",
            {"what": "comments", "amount": 549, "unit": "comments"},
        ),
        (
            '{takedown accounts=5 reporter="Some Platform"|five accounts}',
            {
                "accounts": 5,
                "pages": None,
                "groups": None,
                "instagram": None,
                "reporter": "Some Platform",
                "attributed_to": None,
            },
        ),
        (r"{offence|a \{b\} \| c}", "a {b} | c"),
    ],
)
def test_values_have_the_shape_of_the_draft(body: str, value: object) -> None:
    field = only_field(body)
    assert set(field) == FIELD_KEYS
    assert field["value"] == value


def test_an_entry_may_have_no_headline_and_the_latest_stamp_counts() -> None:
    _, key = markup.split_text_and_key(
        "===-\nA.\n{updated:2024-01-02|[2 Jan]} {updated:2023-12-30|[30 Dec]}\n\n===\nB\nC.\n"
    )
    assert [(e["headline"], e["updated"]) for e in key["entries"]] == [
        ("", "2024-01-02"),
        ("B", None),
    ]


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("===-\n{act:questionning|x}", "questioning"),
        ("===-\n{person@hero|x}", "no role"),
        ("===-\n{actor|x}", "no kind"),
        ("===-\n{date:May 3|x}", "cannot read"),
        ('===-\n{date:"May 3"|x}', "EDTF"),
        ("===-\n{date:2024-05-03>q|x}", "no act #q"),
        ("===-\n{person#q|x}", "must name one act"),
        ("===-\n{sentence:prison/4|x}", "kind/amount/unit"),
        ("===-\n{sentence:prison/four/years|x}", "not a number"),
        ("===-\n{takedown posts=4|x}", "posts"),
        ("===-\n{person| x}", "covers"),
        ("===-\n{person|x", "stays open"),
        ("===-\n{person|x\n===-\n}", "opens inside"),
        ("===-\nx}", "closes nothing"),
        ("===-\n\\x", "backslash"),
        ("{person|x}\n===-\nx", "before the first entry"),
        ("====\nx", "neither"),
        ("===-\n\n===-\nx", "without text"),
    ],
)
def test_anything_else_is_refused_with_its_line(body: str, problem: str) -> None:
    with pytest.raises(markup.MarkupError, match=r"^line \d+: ") as caught:
        markup.split_text_and_key(body)
    assert problem in str(caught.value)


@pytest.mark.parametrize("header", ["", "%% lang=en", "%% context=May lang=en style=x"])
def test_a_file_names_its_context_language_and_style(header: str) -> None:
    with pytest.raises(markup.MarkupError):
        markup.parse_markup(f"{header}\n===-\nx\n")


@given(st.lists(st.text(st.characters(exclude_characters="\r\n"), min_size=1), max_size=6))
def test_escaped_text_comes_out_as_it_was(lines: list[str]) -> None:
    plain = "\n".join(["x", *(f"x{line}" for line in lines)])
    escaped = "".join(f"\\{c}" if c in "{}|\\" else c for c in plain)
    text, key = markup.split_text_and_key(f"===-\n{escaped}")
    assert text == plain
    assert key["entries"][0]["fields"] == []


@pytest.mark.parametrize("path", LOGS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_log_parses_and_every_span_lies_in_its_entry(path: Path) -> None:
    log = markup.load_log(path)
    assert path.name.startswith(f"{log.lang}-")
    assert log.key["entries"]
    for entry in log.key["entries"]:
        assert entry["fields"]
        assert log.text[entry["start"] : entry["end"]].startswith(entry["headline"])
        for field in entry["fields"]:
            assert entry["start"] <= field["start"] < field["end"] <= entry["end"]
            assert set(field) == FIELD_KEYS
            assert field["of"] is None or entry["fields"][field["of"]]["kind"] == "act"


@pytest.mark.parametrize("path", LOGS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_key_is_a_draft_that_the_program_would_read(path: Path) -> None:
    log = markup.load_log(path)
    proposed = {"confidence": 1.0, "rule": "key", "alternatives": []}
    entries = [
        entry | {"not_captured": [], "fields": [field | proposed for field in entry["fields"]]}
        for entry in log.key["entries"]
    ]
    draft = Draft.from_json({"entries": entries}, n_characters=len(log.text))
    assert len(draft.entries) == len(entries)
