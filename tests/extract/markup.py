"""Inline markup of annotated logs: one readable file gives the text and the key to it.

A file starts with one header line, then the log as a monitor would have written it::

    %% context=2024-06-02 lang=en style="running log, newest first"
    What stands before the first entry belongs to no entry.

    ===
    Headline of an entry {updated:2024-05-30|[Updated May 30]}

    On {date:2024-05-28>q|May 28}, {person@victim>q|Some Name} was
    {act:questioning#q|called in for questioning}.

- A line ``===`` opens an entry and is not part of the text; the first line after it is the
  headline. ``===-`` opens an entry that has none.
- ``{kind:value@role#id>act key=value|text}`` marks a field: everything before ``|`` but the kind
  is optional. Marks nest. A value with spaces stands in double quotes. ``\\`` escapes
  ``{ } | \\``.
- ``#id`` names an act, ``>id`` ties a field to that act; in the key ``of`` is the act's index
  in the ``fields`` of its entry.
- Values: ``sentence:kind/amount/unit``, ``quantity:what/amount/unit``,
  ``claim:"stance/about/speaker"``, ``takedown accounts= pages= groups= instagram= reporter=
  attributed_to=``; the others one word or phrase. Names, places and offences stand for
  themselves where no value is given; a platform for its id.
- ``{updated:2024-05-30|...}`` sets the entry's ``updated`` and is no field.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from undersight.errors import UnknownTermError
from undersight.model.vocabulary import vocabulary

if TYPE_CHECKING:
    from pathlib import Path

PLAIN_KINDS = frozenset({"person", "organisation", "agency", "official", "outlet", "place",
                         "account", "offence"})  # fmt: skip
TERM_KINDS = {
    "act": "act_type",
    "manner": "manner",
    "response": "response",
    "tactic": "tactic",
    "platform": "platform",
}
KINDS = PLAIN_KINDS | TERM_KINDS.keys() | {"date", "provision", "sentence", "quantity", "claim",
                                           "takedown"}  # fmt: skip
ROLES = frozenset({"victim", "official", "complainant", "lawyer", "reporter", "relative",
                   "witness"})  # fmt: skip
TAKEDOWN_COUNTS = ("accounts", "pages", "groups", "instagram")
TAKEDOWN_WORDS = ("reporter", "attributed_to")

_HEAD = re.compile(
    r'(?P<kind>[a-z]+)(?::(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"@#>|]+)))?'
    r"(?:@(?P<role>[a-z]+))?(?:#(?P<id>\w+))?(?:>(?P<of>\w+))?(?P<named>(?:\s+\w+=.*)?)"
)
_DAY = r"\d{4}(?:-\d\d(?:-(?:\d\d|XX))?)?[~?]?"
_EDTF = re.compile(rf"{_DAY}|(?:{_DAY}|\.\.)/(?:{_DAY}|\.\.)")
_PATH = re.compile(r"\d+(?:\.(?:\d+|[A-Z]))*")
_HEADER = re.compile(r"%% ")


class MarkupError(ValueError):
    """A mark that cannot be read, with the line it stands on."""

    def __init__(self, line: int, problem: str) -> None:
        self.line, self.problem = line, problem
        super().__init__(f"line {line}: {problem}")


@dataclass(slots=True, kw_only=True)
class MarkedLog:
    """A log without its marks, and the key that the marks spelled out."""

    context_date: str
    lang: str
    style: str
    text: str
    key: dict[str, Any]


@dataclass(slots=True)
class _Mark:
    line: int
    kind: str
    value: str | None
    role: str | None
    mark_id: str | None
    of: str | None
    named: dict[str, str]
    start: int
    end: int = -1


@dataclass(slots=True)
class _Entry:
    line: int
    start: int
    has_headline: bool
    marks: list[_Mark] = field(default_factory=list)


@dataclass(slots=True)
class _Reader:
    """Copies a body into ``text`` character by character and keeps the marks apart."""

    text: list[str] = field(default_factory=list)
    entries: list[_Entry] = field(default_factory=list)
    stack: list[_Mark] = field(default_factory=list)
    position: int = 0

    def put(self, characters: str) -> None:
        self.text.append(characters)
        self.position += len(characters)

    def open_entry(self, line: str, number: int) -> None:
        if self.stack:
            raise MarkupError(number, f"entry opens inside {{{self.stack[-1].kind}")
        if line not in {"===", "===-"}:
            raise MarkupError(number, f"{line!r} is neither === nor ===-")
        self.entries.append(_Entry(number, self.position, line == "==="))

    def read_line(self, line: str, number: int) -> None:
        i = 0
        while i < len(line):
            if line[i] == "\\":
                if line[i + 1 : i + 2] not in set("{}|\\"):
                    raise MarkupError(number, "a backslash escapes only { } | \\")
                self.put(line[i + 1])
                i += 2
            elif line[i] == "{":
                i = self.open_mark(line, i, number)
            elif line[i] == "}":
                self.close_mark(number)
                i += 1
            else:
                self.put(line[i])
                i += 1

    def open_mark(self, line: str, i: int, number: int) -> int:
        bar = line.find("|", i)
        found = _HEAD.fullmatch(line[i + 1 : bar]) if bar >= 0 else None
        if not found:
            raise MarkupError(number, f"cannot read the mark {line[i : i + 40]!r}")
        if not self.entries:
            raise MarkupError(number, "a mark before the first entry")
        mark = _Mark(
            number,
            found["kind"],
            found["quoted"] if found["quoted"] is not None else found["bare"],
            found["role"],
            found["id"],
            found["of"],
            dict(part.split("=", 1) for part in shlex.split(found["named"])),
            self.position,
        )
        self.entries[-1].marks.append(mark)
        self.stack.append(mark)
        return bar + 1

    def close_mark(self, number: int) -> None:
        if not self.stack:
            raise MarkupError(number, "} closes nothing")
        mark = self.stack.pop()
        mark.end = self.position
        surface = "".join(self.text)[mark.start : mark.end]
        if not surface or surface != surface.strip():
            raise MarkupError(number, f"the mark {mark.kind} covers {surface!r}")


def parse_markup(source: str) -> MarkedLog:
    """Read a whole file: header line, text, key.

    Raises:
        MarkupError: Anything that is not exactly the markup described above.
    """
    header, _, body = source.partition("\n")
    if not _HEADER.match(header):
        raise MarkupError(1, "the first line must be %% context=... lang=... style=...")
    named = dict(part.split("=", 1) for part in shlex.split(header[3:]))
    if set(named) != {"context", "lang", "style"}:
        raise MarkupError(1, f"the header names {sorted(named)}")
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", named["context"]):
        raise MarkupError(1, f"context {named['context']!r} is not a day")
    text, key = split_text_and_key(body, first_line=2)
    return MarkedLog(
        context_date=named["context"], lang=named["lang"], style=named["style"], text=text, key=key
    )


def load_log(path: Path) -> MarkedLog:
    """Read one annotated log from disk."""
    return parse_markup(path.read_text(encoding="utf-8"))


def split_text_and_key(body: str, first_line: int = 1) -> tuple[str, dict[str, Any]]:
    """Part a body from its marks: the bare text and the key in the draft's shape."""
    reader = _Reader()
    lines = body.split("\n")
    for number, line in enumerate(lines, first_line):
        if line.startswith("=="):
            reader.open_entry(line, number)
            continue
        reader.read_line(line, number)
        if number < first_line + len(lines) - 1:
            reader.put("\n")
    if reader.stack:
        raise MarkupError(reader.stack[-1].line, f"the mark {reader.stack[-1].kind} stays open")
    text = "".join(reader.text)
    stops = [entry.start for entry in reader.entries[1:]] + [len(text)]
    entries = [
        _entry_key(entry, stop, text) for entry, stop in zip(reader.entries, stops, strict=True)
    ]
    return text, {"entries": entries}


def _entry_key(entry: _Entry, stop: int, text: str) -> dict[str, Any]:
    body = text[entry.start : stop]
    start = entry.start + len(body) - len(body.lstrip())
    end = entry.start + len(body.rstrip())
    if start >= end:
        raise MarkupError(entry.line, "an entry without text")
    stamps = [mark for mark in entry.marks if mark.kind == "updated"]
    marks = sorted(
        (mark for mark in entry.marks if mark.kind != "updated"),
        key=lambda mark: (mark.start, -mark.end),
    )
    acts = _acts_by_id(marks)
    return {
        "headline": _headline(text, start, end, stamps) if entry.has_headline else "",
        "start": start,
        "end": end,
        "updated": max((_date(mark) for mark in stamps), default=None),
        "fields": [_field_key(mark, text, acts) for mark in marks],
    }


def _headline(text: str, start: int, end: int, stamps: list[_Mark]) -> str:
    """Return the first line without its update stamps."""
    line_end = text.find("\n", start, end)
    line_end = end if line_end < 0 else line_end
    kept = "".join(
        character
        for i, character in enumerate(text[start:line_end], start)
        if not any(mark.start <= i < mark.end for mark in stamps)
    )
    return kept.strip()


def _acts_by_id(marks: list[_Mark]) -> dict[str, int]:
    acts: dict[str, int] = {}
    for i, mark in enumerate(marks):
        if mark.mark_id is None:
            continue
        if mark.kind != "act" or mark.mark_id in acts:
            raise MarkupError(mark.line, f"#{mark.mark_id} must name one act")
        acts[mark.mark_id] = i
    return acts


def _field_key(mark: _Mark, text: str, acts: dict[str, int]) -> dict[str, Any]:
    if mark.kind not in KINDS:
        raise MarkupError(mark.line, f"no kind {mark.kind!r}")
    if mark.role is not None and mark.role not in ROLES:
        raise MarkupError(mark.line, f"no role {mark.role!r}")
    if mark.of is not None and mark.of not in acts:
        raise MarkupError(mark.line, f"no act #{mark.of} in this entry")
    if mark.named and mark.kind != "takedown":
        raise MarkupError(mark.line, f"{mark.kind} takes no {sorted(mark.named)}")
    return {
        "kind": mark.kind,
        "value": _value(mark, text[mark.start : mark.end]),
        "start": mark.start,
        "end": mark.end,
        "role": mark.role,
        "of": None if mark.of is None else acts[mark.of],
    }


def _value(mark: _Mark, surface: str) -> Any:
    if mark.kind in PLAIN_KINDS:
        return mark.value or surface
    if mark.kind in TERM_KINDS:
        fallback = surface.lower() if mark.kind == "platform" else ""
        return _term(mark, TERM_KINDS[mark.kind], mark.value or fallback)
    readers = {
        "date": _date,
        "provision": _provision,
        "sentence": _sentence,
        "quantity": _quantity,
        "claim": _claim,
        "takedown": _takedown,
    }
    return readers[mark.kind](mark)


def _term(mark: _Mark, vocabulary_id: str, term_id: str) -> str:
    try:
        return vocabulary(vocabulary_id).term(term_id).term_id
    except UnknownTermError as error:
        raise MarkupError(mark.line, str(error)) from None


def _date(mark: _Mark) -> str:
    if not mark.value or not _EDTF.fullmatch(mark.value):
        raise MarkupError(mark.line, f"{mark.value!r} is not an EDTF date")
    return mark.value


def _provision(mark: _Mark) -> str:
    if not mark.value or not _PATH.fullmatch(mark.value):
        raise MarkupError(mark.line, f"{mark.value!r} is not a path such as 147.2")
    return mark.value


def _parts(mark: _Mark, shape: str) -> list[str]:
    parts = (mark.value or "").split("/", 2)
    if len(parts) != 3 or not all(parts):
        raise MarkupError(mark.line, f"{mark.kind} needs {shape}, not {mark.value!r}")
    return parts


def _number(mark: _Mark, written: str) -> float:
    if not re.fullmatch(r"\d+(?:\.\d+)?", written):
        raise MarkupError(mark.line, f"{written!r} is not a number")
    return float(written) if "." in written else int(written)


def _sentence(mark: _Mark) -> dict[str, Any]:
    kind, amount, unit = _parts(mark, "kind/amount/unit")
    return {
        "kind": _term(mark, "sentence_kind", kind),
        "amount": _number(mark, amount),
        "unit": _term(mark, "unit", unit),
    }


def _quantity(mark: _Mark) -> dict[str, Any]:
    what, amount, unit = _parts(mark, "what/amount/unit")
    return {
        "what": _term(mark, "quantity", what),
        "amount": _number(mark, amount),
        "unit": _term(mark, "unit", unit),
    }


def _claim(mark: _Mark) -> dict[str, Any]:
    stance, about, speaker = _parts(mark, '"stance/about/speaker"')
    if about not in KINDS:
        _term(mark, "act_type", about)
    return {"speaker": speaker, "stance": _term(mark, "claim_stance", stance), "about": about}


def _takedown(mark: _Mark) -> dict[str, Any]:
    unknown = set(mark.named) - {*TAKEDOWN_COUNTS, *TAKEDOWN_WORDS}
    if unknown or not mark.named:
        raise MarkupError(mark.line, f"a takedown with {sorted(mark.named)}")
    counts = {
        name: int(_number(mark, mark.named[name])) if name in mark.named else None
        for name in TAKEDOWN_COUNTS
    }
    return counts | {name: mark.named.get(name) for name in TAKEDOWN_WORDS}
