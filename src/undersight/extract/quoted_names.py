"""Names in quotation marks, for languages that decline them.

Russian declines a name in quotation marks where no word for what it is stands before it ("редактор
«Полдня»"): the form that the text writes behind such a word ("издание «Полдень»") is the name.
"""

from __future__ import annotations

import functools
import re
from itertools import takewhile
from typing import TYPE_CHECKING

from undersight.extract.known_names import name_token, quoted_kind
from undersight.extract.russian_titles import OF_STAFF, is_owner
from undersight.extract.told_outlets import without_case

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from undersight.extract.engine import Passage, Span
    from undersight.extract.known_names import InflectedNames, NameToken

_UPPER = "".join(chr(c) for c in range(0x41, 0x530) if chr(c).isupper() and chr(c).isalpha())
_QUOTED = re.compile(rf"[“«„\"](?P<name>(?:[{_UPPER}0-9])[^“”«»„\"\n]{{1,48}})[”»“\"]")
_NEAR = 70
_LINK = re.compile(r"[”»“\"](?:, (?:и |və |ve )?| (?:и|və|ve) )[“«„\"]")
_KIND_WORD = re.compile(
    r"(?<!\w)(?:изданий|издани[еяюи]м?|газет\w*|журнал(?:а|у|ом|е|ов)?|телекомпани\w*|телеканал\w*|проект\w*|радио"
    r"|агентств\w*|портал\w*|сайта|медиа|сми|организаци\w*|движени\w*|фонд\w*|центр\w*"
    r"|парти\w*) $",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"(?:[аяыиуюеоьй]?|о[йвмк]|е[йвмкц]|ами|ями|ах|ях|ого|его|ому|ему|ы[йхм]|и[йхмеяю]|ая|яя|ую|юю|ое|ее"
    r"|ые|ью|ня|ень)"
)
_OWNER = re.compile(r"['’-]?n?[ıiuü]n")
_OF_LAW = re.compile(r"(?:закон|стать|стат|ч\. \d)\w* \"?$")

Found = tuple[str, str, "Span", str, float]


def quoted_names(
    passage: Passage,
    names: InflectedNames,
    beside: Callable[[str, str], str | None],
    head: Callable[[list[NameToken]], tuple[str, int, int] | None],
    seen: Container[str],
) -> Iterator[Found]:
    """Yield kind, name, span, rule and confidence.

    Args:
        passage: The entry.
        names: The language's way with names.
        beside: Tells the kind of a name by the folded words before and behind it.
        head: Tells it by a head word inside.
        seen: Folded words of the text.
    """
    offences = [candidate.span for candidate in passage.of_kind("offence")]
    last: tuple[str | None, int] = (None, 0)
    for match in _QUOTED.finditer(passage.text, passage.start, passage.end):
        name, span = match["name"].strip(" ,."), match.span("name")
        before = passage.low[max(passage.start, match.start() - _NEAR) : match.start()]
        after = passage.low[match.end() : min(passage.end, match.end() + _NEAR)]
        if _OF_LAW.search(before):
            continue
        is_next = _LINK.fullmatch(passage.text, last[1] - 1, span[0]) if last[1] else None
        kind, rule = (last[0] if is_next else None) or beside(before, after), "quoted"
        if kind is None:
            if any(a < span[1] and span[0] < b for a, b in offences):
                continue  # a charge, as courts name it
            inner = head(_words_of(passage, span))
            kind, rule = (inner[0] if inner else quoted_kind(name, before, names.lang)), "named"
        opened = passage.low[max(passage.start, span[0] - _NEAR) : span[0]]
        if kind == "account" and (
            _OWNER.match(after)
            or is_owner(passage.low[slice(*span)])
            or _is_declined(passage, names, name)
        ):
            kind, opened = "outlet", OF_STAFF  # "Dan Ulduzu"nun səhifəsi: whose page it is
        if kind:
            last = kind, match.end()
            value = _value(passage, names, name, opened, seen)
            if names.lang == "az":
                opens = passage.sentence_at(span[0])[0] >= match.start()
                value = without_case(value, passage.language.fold(value), after, opens=opens)
            yield kind, value, span, rule, _SURE[rule]


def _words_of(passage: Passage, span: Span) -> list[NameToken]:
    words = re.compile(r"\S+").finditer(passage.text, *span)
    return [name_token(w.group(), passage.low[slice(*w.span())], w.start()) for w in words]


_SURE = {"quoted": 0.85, "named": 0.6}


def _value(
    passage: Passage, names: InflectedNames, name: str, opened: str, seen: Container[str]
) -> str:
    if names.quoted is None:
        return names.phrase(name, seen)
    plain = _plain_forms(passage.text)
    if name in plain:
        return name
    known = next((other for other in plain if _is_same(name, other)), None)
    return known or names.quoted(name, opened, seen)


def _is_declined(passage: Passage, names: InflectedNames, name: str) -> bool:
    """Whether a name is another one's in some case: «Окраины» beside "издание «Окраина»"."""
    plain = () if names.quoted is None else _plain_forms(passage.text)
    return name not in plain and any(_is_same(name, other) for other in plain)


@functools.lru_cache(maxsize=4)
def _plain_forms(text: str) -> tuple[str, ...]:
    """Return the names that stand behind a word for what they name, and so are not declined."""
    found: list[str] = []
    end = 0
    for match in _QUOTED.finditer(text):
        is_next = end and _LINK.fullmatch(text, end - 1, match.start("name"))
        if is_next or _KIND_WORD.search(text, max(0, match.start() - _NEAR), match.start()):
            found.append(match["name"].strip(" ,."))
            end = match.end()
    return tuple(dict.fromkeys(found))


def _is_same(name: str, other: str) -> bool:
    words, others = name.lower().split(), other.lower().split()
    return len(words) == len(others) and all(map(_differ_in_case, words, others))


def _differ_in_case(a: str, b: str) -> bool:
    """Whether two words differ in their endings alone."""
    n_same = _n_shared(a, b)
    is_near = n_same >= min(len(a), len(b), 3)
    return is_near and bool(_ENDING.fullmatch(a[n_same:]) and _ENDING.fullmatch(b[n_same:]))


def _n_shared(a: str, b: str) -> int:
    pairs = zip(a, b, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
