"""Heads that come back: entries that are numbered or coded, and records of labelled lines.

A sheet, a bulletin or an alert service repeats a frame with every entry: "Case 2024/7:", "III.",
"[AL-12]", or the same labels in the same order ("When", "Who", "What"). One sign alone proves
little; that it returns, and counts in one direction, does.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from undersight.extract.openings import COUNTED_LEAD, DATE_LEAD, DATE_LINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undersight.extract.lines import Line

LEAST_LEADS = 3
_HEAD = re.compile(
    r"[^\w\n]{0,6}(?P<kind>[^\W\d_]{2,}(?:[ -][^\W\d_]{2,}){0,2})?\.?(?P<sign>[ /#№º-]{0,3})"
    r"(?P<code>\d{1,4}(?:[-/.]\d{1,4}){0,3})(?P<close>[\])])?(?=\s*(?:[:.|–—](?!\d)|-(?!\w)|\)|$))"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMANS = tuple(
    tens + ones
    for tens in ("", "X", "XX")
    for ones in ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
)
_ORDINALS = (
    re.compile(r"(?:№ ?)?(?P<digits>\d{1,3})(?P<close>[.)])\s+\S"),
    re.compile(r"[*_]{1,3}(?P<digits>\d{1,3})(?P<close>[.)])\s+\S"),
    re.compile(r"[\[(](?P<digits>\d{1,3})(?P<close>[\])])\s+\S"),
    re.compile(r"(?P<digits>\d{1,3})(?P<close> ?\||:|\t)\s*\S"),
    re.compile(r"(?P<digits>\d{1,3})(?P<close>[.)]?)$"),
    re.compile("(?P<digits>\\d)(?P<close>\ufe0f?\u20e3)"),
    re.compile(rf"(?P<circled>[{_CIRCLED}])(?P<close>)"),
    re.compile(r"(?P<roman>[IVX]{1,6})(?P<close>[.):]| [–—-])\s+\S"),
    re.compile(r"(?P<roman>[IVX]{1,6})(?P<close>\.?)$"),
    re.compile(r"(?P<letter>[A-Z])(?P<close>[.)])\s+\S"),
    re.compile(r"(?P<letter>[a-z])(?P<close>\))\s+\S"),
)
_PARTED = re.compile(r"(\d{1,2})\.(\d{1,2})[.)]?\s+\S")  # "1.1 Someone was"
_LABEL = re.compile(
    r"[^\w\n]{0,5}(?P<name>[^\W\d_][^\d:|=\n.!?]{0,34}?)[*_]{0,3}"
    r"(?:(?P<colon>:)[*_]{0,3}(?=\s|$)| = | [–—] |\t)"
)
_LONGEST_LABEL = 4
_MOSTLY_LABELLED = 0.4
_LONGEST_TITLE = 180


def coded_heads(lines: list[Line]) -> list[int]:
    """Return lines that open with a word and a number, or a code, that rises or falls throughout.

    Numbers may be left out, for a digest chooses; they may be of several parts ("24-01").
    """
    kinds: dict[tuple[str, bool, int], list[tuple[tuple[int, ...], int]]] = {}
    for i, line in enumerate(lines):
        match = None if DATE_LEAD.match(line.words) else _HEAD.match(line.words)
        if match and match["close"] and _is_note(match["code"], lines[:i]):
            continue
        if match is None or DATE_LINE.fullmatch(line.words) or not _is_code(match, line.words):
            continue
        numbers = tuple(int(part) for part in re.split(r"[-/.]", match["code"]))
        key = ((match["kind"] or "").casefold(), bool(match["close"]), len(numbers))
        kinds.setdefault(key, []).append((numbers, i))
    best: list[int] = []
    for found in kinds.values():
        open_lines = [(n, i) for n, i in found if not i or lines[i].n_blank_before]
        counted = open_lines if len(open_lines) > 1 else found
        if len(counted) >= LEAST_LEADS and _runs_one_way([n for n, _ in counted]):
            here = [i for _, i in counted]
            best = here if len(here) > len(best) else best
    return best or _named_counts(lines)


def _is_note(number: int | str, above: list[Line]) -> bool:
    """Whether a number in brackets stands inside a line above, as a note's does."""
    sign = f"[{number}]"
    return any(sign in line.words and not line.words.startswith(sign) for line in above)


def parted_numbers(lines: list[Line]) -> list[int]:
    """Return the lines counted by chapter and place: 1.1, 1.2, 2.1."""
    counted = [
        (int(match[1]), int(match[2]), i)
        for i, line in enumerate(lines)
        for match in (_PARTED.match(line.words),)
        if match
    ]
    follows = all(
        (b[0] == a[0] and b[1] == a[1] + 1) or (b[0] > a[0] and b[1] == 1)
        for a, b in pairwise(counted)
    )
    is_count = len(counted) >= LEAST_LEADS and follows and counted[0][:2] == (1, 1)
    return [i for *_, i in counted] if is_count else []


def _named_counts(lines: list[Line]) -> list[int]:
    """Return lines that open with a word for entries and a number, with no sign behind it."""
    counted = [
        (int(match[1]), i)
        for i, line in enumerate(lines)
        if line.n_blank_before or not i
        for match in (COUNTED_LEAD.match(line.words),)
        if match
    ]
    steps = {b - a for (a, _), (b, _) in pairwise(counted)}
    is_count = len(counted) >= LEAST_LEADS and steps in ({1}, {-1})
    return [i for _, i in counted] if is_count else []


def _is_code(match: re.Match[str], words: str) -> bool:
    """Whether a number at the start of a line may count entries: no year, day or amount."""
    if match["kind"]:
        return not _YEAR.fullmatch(match["code"])
    is_signed = bool(match["close"]) or "#" in match["sign"] or "№" in match["sign"]
    return is_signed or words[match.start("code") - 1 : match.start("code")] == "["


def _runs_one_way(numbers: list[tuple[int, ...]]) -> bool:
    rises = all(a < b for a, b in pairwise(numbers))
    falls = all(a > b for a, b in pairwise(numbers))
    return rises or falls


def in_sequence(lines: list[Line]) -> list[int]:
    """Return the lines counted 1, 2, 3... in one style of figures, letters or Roman numerals.

    A count that begins anew is a list inside entries, unless it stands further in than the
    count of the entries does. One with gaps (what was closed is gone) counts where each of its
    lines opens a paragraph and nothing counts 1, 2, 3.
    """
    best: list[int] = []
    for pattern in _ORDINALS:
        found = [
            (n, i)
            for i, line in enumerate(lines)
            for n in _ordinals(pattern, line.words)
            if not (line.words[0] == "[" and _is_note(n, lines[:i]))
        ]
        here = _counted_up(found, lines) or (not best and _with_gaps(found, lines)) or []
        best = here if len(here) > len(best) else best
    return best


def _with_gaps(found: list[tuple[int, int]], lines: list[Line]) -> list[int]:
    opening = [(n, i) for n, i in found if lines[i].n_blank_before or not i]
    rises = all(one < other for (one, _), (other, _) in pairwise(opening))
    return [i for _, i in opening] if rises and len(opening) >= LEAST_LEADS else []


def _ordinals(pattern: re.Pattern[str], words: str) -> Iterator[int]:
    match = pattern.match(words)
    if match is None or DATE_LEAD.match(words) or DATE_LINE.fullmatch(words):
        return
    told = match.groupdict()
    if told.get("digits"):
        yield int(told["digits"])
    elif told.get("circled"):
        yield _CIRCLED.index(told["circled"]) + 1
    elif told.get("roman") in _ROMANS:
        yield _ROMANS.index(told["roman"]) + 1
    elif told.get("letter"):
        yield ord(told["letter"].lower()) - ord("a") + 1


def _counted_up(found: list[tuple[int, int]], lines: list[Line]) -> list[int]:
    if sum(n == 1 for n, _ in found) > 1:
        least = min(lines[i].indent for _, i in found)
        found = [(n, i) for n, i in found if lines[i].indent == least]
    if sum(n == 1 for n, _ in found) > 1:
        return []
    up: list[int] = []
    for n, i in found:
        if n == len(up) + 1:
            up.append(i)
    return up if len(up) >= LEAST_LEADS else []


def record_starts(lines: list[Line]) -> list[int]:
    """Return where records of labelled lines begin, at the title above where there is one.

    A record begins where the labels start over: a label that comes earlier in the order than
    the one before it, and which the record above has used or which stands below a gap.
    """
    named = [(i, name) for i, line in enumerate(lines) for name in _label(line.words)]
    counts = Counter(name for _, name in named)
    most = max(counts.values(), default=0)
    n_least = max(2, most / 2)
    named = [(i, name) for i, name in named if counts[name] >= n_least]
    order = list(dict.fromkeys(name for _, name in named))
    if len(order) < 2 or len(named) < _MOSTLY_LABELLED * len(lines) or _are_heads(named, lines):
        return []
    starts = list(_start_over(named, {name: k for k, name in enumerate(order)}, lines))
    is_enough = len(starts) >= LEAST_LEADS or (len(starts) > 1 and len(order) >= LEAST_LEADS)
    labelled = {i for i, _ in named}
    return [_title_above(lines, i, labelled) for i in starts] if is_enough else []


def _are_heads(named: list[tuple[int, str]], lines: list[Line]) -> bool:
    """Whether labels head paragraphs ("TARVANIA: Reporter fined", a gap, what happened)."""
    labelled = {i for i, _ in named}
    heads = [
        i
        for i in sorted(labelled)
        if i + 1 < len(lines)
        and i + 1 not in labelled
        and lines[i + 1].n_blank_before
        and len(lines[i + 1].words) > len(lines[i].words)
        and not lines[i].words.rstrip().endswith(":")
    ]
    return len(heads) > len(labelled) / 2


def _label(words: str) -> Iterable[str]:
    match = _LABEL.match(words)
    name = " ".join(match["name"].split()).strip("*_ ").casefold() if match else ""
    if name and len(name.split()) <= _LONGEST_LABEL and not DATE_LEAD.match(words):
        yield name


def _start_over(
    named: list[tuple[int, str]], rank: dict[str, int], lines: list[Line]
) -> Iterator[int]:
    used: set[str] = set()
    before = len(rank)
    for i, name in named:
        has_gap = lines[i].n_blank_before > 0
        if rank[name] < before and (not used or name in used or has_gap):
            yield i
            used = set()
        elif name in used and has_gap and rank[name] == 0:
            yield i
        used.add(name)
        before = rank[name]


def _title_above(lines: list[Line], i: int, labelled: set[int]) -> int:
    """Return the line of the title above a record, or the record's first line."""
    if not i or i - 1 in labelled:
        return i
    above = lines[i - 1]
    is_open = above.words.rstrip("\"”»'’)*_")[-1:] not in {".", "!", "…", ";", ","}
    is_title = is_open and len(above.words) <= _LONGEST_TITLE and "://" not in above.words
    stands_off = i == 1 or above.n_blank_before > 0 or not any(c.isalnum() for c in above.words)
    return i - 1 if is_title and stands_off and above.words.strip("-–—_*=~#·• ") else i
