"""Precision and recall of drafts against annotated logs, per kind, by span and by value.

- **By span and value**: a drafted field is right when a marked field of the same kind and value
  shares characters with it, one to one.
- **By value**: the distinct values of a kind in an entry, wherever they stand.
- A drafted field that says again what is marked elsewhere in the entry (or what was already
  found there) is a repeat and counts neither way: see ``logs/README.md``.
- **victim** is a row of its own: distinct people, outlets and organisations with that role.

Values are compared as they are, but for case, apostrophes and a leading article in names; of a
claim, stance and speaker; of a takedown, all counts, the reporter and half of the words of the
attribution.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

KINDS = (
    "victim", "act", "date", "outlet", "sentence", "quantity", "provision", "takedown",
    "person", "official", "organisation", "agency", "place", "platform", "account",
    "manner", "response", "offence", "tactic", "claim",
)  # fmt: skip
AIMED_AT = KINDS[:8]
VICTIM_KINDS = ("person", "organisation", "outlet", "official")
NAMES = ("person", "official", "organisation", "agency", "outlet", "place", "account")

Field = dict[str, Any]
Entry = dict[str, Any]


@dataclass(slots=True)
class Tally:
    """Right, wrong and missed."""

    n_right: int = 0
    n_wrong: int = 0
    n_missed: int = 0

    @property
    def precision(self) -> float:
        n_drafted = self.n_right + self.n_wrong
        return self.n_right / n_drafted if n_drafted else 1.0

    @property
    def recall(self) -> float:
        n_marked = self.n_right + self.n_missed
        return self.n_right / n_marked if n_marked else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def add(self, other: Tally) -> None:
        self.n_right += other.n_right
        self.n_wrong += other.n_wrong
        self.n_missed += other.n_missed


@dataclass(slots=True)
class Scores:
    """Tallies by kind; ``by_span`` is the measure, ``by_value`` the kinder one."""

    by_span: dict[str, Tally]
    by_value: dict[str, Tally]
    entries: Tally

    @classmethod
    def empty(cls) -> Scores:
        return cls({k: Tally() for k in KINDS}, {k: Tally() for k in KINDS}, Tally())

    def add(self, other: Scores) -> None:
        for kind in KINDS:
            self.by_span[kind].add(other.by_span[kind])
            self.by_value[kind].add(other.by_value[kind])
        self.entries.add(other.entries)


def score(key: dict[str, Any], drafted: dict[str, Any]) -> Scores:
    """Score one log."""
    scores = Scores.empty()
    pairs, n_extra = _paired(key["entries"], drafted["entries"])
    n_met = sum(other is not None for _, other in pairs)
    scores.entries = Tally(n_met, n_extra, len(pairs) - n_met)
    marked = [field for entry in key["entries"] for field in entry["fields"]]
    proposed = [field for entry in drafted["entries"] for field in entry["fields"]]
    for kind in KINDS[1:]:
        scores.by_span[kind] = _by_span(
            [f for f in marked if f["kind"] == kind],
            [f for f in proposed if f["kind"] == kind],
            key["entries"],
        )
    for entry in key["entries"]:
        inside = [f for f in proposed if entry["start"] <= f["start"] and f["end"] <= entry["end"]]
        _add_values(scores, entry["fields"], inside)
    return scores


def _paired(
    marked: list[Entry], drafted: list[Entry]
) -> tuple[list[tuple[Entry, Entry | None]], int]:
    """Pair entries that begin within the same line or so."""
    left = list(drafted)
    pairs: list[tuple[Entry, Entry | None]] = []
    for entry in marked:
        near = [d for d in left if abs(d["start"] - entry["start"]) <= 12]
        pairs.append((entry, near[0] if near else None))
        if near:
            left.remove(near[0])
    return pairs, len(left)


def _by_span(marked: list[Field], proposed: list[Field], entries: list[Entry]) -> Tally:
    tally = Tally()
    open_marks = list(marked)
    unmatched: list[Field] = []
    for field in proposed:
        hit = next((m for m in open_marks if _overlap(m, field) and same_value(m, field)), None)
        if hit is not None:
            open_marks.remove(hit)
            tally.n_right += 1
        else:
            unmatched.append(field)
    tally.n_missed = len(open_marks)
    tally.n_wrong = sum(not _is_repeat(field, marked, entries) for field in unmatched)
    return tally


def _is_repeat(field: Field, marked: list[Field], entries: list[Entry]) -> bool:
    for entry in entries:
        if entry["start"] <= field["start"] < entry["end"]:
            inside = [m for m in marked if entry["start"] <= m["start"] < entry["end"]]
            return any(same_value(m, field) for m in inside)
    return True  # words before the first entry are nobody's


def _add_values(scores: Scores, marked: list[Field], proposed: list[Field]) -> None:
    for kind in KINDS[1:]:
        tally = _by_value(
            [f for f in marked if f["kind"] == kind], [f for f in proposed if f["kind"] == kind]
        )
        scores.by_value[kind].add(tally)
    victims = _by_value(_victims(marked), _victims(proposed))
    scores.by_value["victim"].add(victims)
    scores.by_span["victim"].add(victims)


def _victims(fields: list[Field]) -> list[Field]:
    return [
        {**f, "kind": "person"}
        for f in fields
        if f["role"] == "victim" and f["kind"] in VICTIM_KINDS
    ]


def _by_value(marked: list[Field], proposed: list[Field]) -> Tally:
    wanted, offered = _distinct(marked), _distinct(proposed)
    tally = Tally()
    for field in offered:
        hit = next((m for m in wanted if same_value(m, field)), None)
        if hit is None:
            tally.n_wrong += 1
        else:
            wanted.remove(hit)
            tally.n_right += 1
    tally.n_missed = len(wanted)
    return tally


def _distinct(fields: list[Field]) -> list[Field]:
    kept: list[Field] = []
    for field in fields:
        if not any(same_value(field, other) for other in kept):
            kept.append(field)
    return kept


def _overlap(a: Field, b: Field) -> bool:
    return bool(a["start"] < b["end"] and b["start"] < a["end"])


def same_value(a: Field, b: Field) -> bool:
    """Whether two fields of one kind say the same."""
    kind, x, y = a["kind"], a["value"], b["value"]
    if kind in NAMES:
        return _plain(x) == _plain(y)
    if kind == "offence":
        return _share(x, y) >= 0.5
    if kind == "claim":
        return x["stance"] == y["stance"] and _share(x["speaker"], y["speaker"]) >= 0.5
    if kind == "takedown":
        counts = all(x[n] == y[n] for n in ("accounts", "pages", "groups", "instagram"))
        return (
            counts
            and _plain(x["reporter"] or "") == _plain(y["reporter"] or "")
            and _share(x["attributed_to"] or "", y["attributed_to"] or "") >= 0.5
        )
    return bool(x == y)


def _plain(name: str) -> str:
    low = name.casefold().replace("’", "'").replace("‘", "'")
    return " ".join(low.removeprefix("the ").split())


def _share(a: str, b: str) -> float:
    """Return the words that two phrases share, as a part of the shorter one."""
    x, y = set(_plain(a).split()), set(_plain(b).split())
    if not x or not y:
        return float(x == y)
    return len(x & y) / min(len(x), len(y))


def table(scores: Scores) -> str:
    """Return a Markdown table of all kinds."""
    lines = [
        "| kind | precision | recall | F1 | F1 by value | marked |",
        "|---|---|---|---|---|---|",
    ]
    for kind in KINDS:
        spans, values = scores.by_span[kind], scores.by_value[kind]
        n_marked = spans.n_right + spans.n_missed
        name = f"**{kind}**" if kind in AIMED_AT else kind
        lines.append(
            f"| {name} | {spans.precision:.2f} | {spans.recall:.2f} | {spans.f1:.2f} "
            f"| {values.f1:.2f} | {n_marked} |"
        )
    found = scores.entries
    lines.append(
        f"| entries | {found.precision:.2f} | {found.recall:.2f} | {found.f1:.2f} | "
        f"| {found.n_right + found.n_missed} |"
    )
    return "\n".join(lines)


def errors(key: dict[str, Any], drafted: dict[str, Any], text: str) -> list[str]:
    """Return what was missed (-) and what is wrong (+), one line each, for a rule's author."""
    lines: list[tuple[int, str]] = []
    marked = [f for e in key["entries"] for f in e["fields"]]
    proposed = [f for e in drafted["entries"] for f in e["fields"]]
    used: Counter[int] = Counter()
    for m in marked:
        hits = [
            i
            for i, f in enumerate(proposed)
            if not used[i] and f["kind"] == m["kind"] and _overlap(m, f) and same_value(m, f)
        ]
        if hits:
            used[hits[0]] += 1
        else:
            lines.append((m["start"], _line("-", m, text)))
    for i, f in enumerate(proposed):
        same = [m for m in marked if m["kind"] == f["kind"]]
        if not used[i] and not _is_repeat(f, same, key["entries"]):
            lines.append((f["start"], _line("+", f, text)))
    return [line for _, line in sorted(lines)]


def _line(sign: str, field: Field, text: str) -> str:
    shown = text[field["start"] : field["end"]].replace("\n", " ")[:70]
    rule = field.get("rule", "")
    return f"{sign} {field['kind']}: {field['value']} ({field['role'] or ''}) “{shown}” {rule}"
