"""A language's date grammar: its words, its endings and its rules over concepts."""

from __future__ import annotations

import functools
import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from undersight.extract.dates.tokens import BREAK, DATE, OTHER, SECTION, STOP, Item, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Word = tuple[str, str, Any]

_MACROS: Final = {
    "UNIT": ("HOURWORD", "DAYWORD", "WEEKWORD", "MONTHWORD", "YEARWORD"),
    "ANYDAY": ("DAY", "ORDWORD"),
    "COUNT": ("DAY@n", "NUM@n", "NUMWORD"),
}
_TOKEN = re.compile(
    r"(?P<mark>[()|?!])|(?P<name>[A-Z]+)(?:@(?P<ending>[a-z]))?|(?P<literal>[^\W\dA-Z_]+|[,-])"
)
NOTHING: Final = "nothing"
_NUMBERS: Final = ("DAY", "NUM", "YEAR", "DAYRANGE", "NUMRANGE", "YEARRANGE", "DECIMAL", DATE)


def listed(words: str) -> tuple[str, ...]:
    """Return the words of a string."""
    return tuple(words.split())


class Words(dict[str, Word]):
    """Concept, ending and value by folded word or words; the first entry for a word stands."""

    def add(self, word: str, concept: str, value: Any, ending: str = "") -> None:
        """Add one word, which may be several separated by spaces."""
        key = " ".join(map(fold, word.split()))
        self.setdefault(key, (concept, ending, value))

    def add_table(self, table: Mapping[str, str]) -> None:
        """Add words by concept: ``{"LAST": "last=-1, past=-1"}``; a number after = is one."""
        for concept, listed in table.items():
            for entry in listed.split(","):
                word, _, value = entry.strip().partition("=")
                is_number = value.removeprefix("-").isdigit()
                self.add(word, concept, int(value) if is_number else value)

    def add_forms(self, stem: str, concept: str, value: Any, endings: Mapping[str, str]) -> None:
        """Add a stem with each of its endings; ``_`` stands for none."""
        for ending, suffixes in endings.items():
            for suffix in suffixes.split():
                self.add(stem + suffix.replace("_", ""), concept, value, ending)

    def add_each(self, names: Iterable[str], concept: str, first: int) -> None:
        """Add words whose values count up from ``first``; one entry may hold several."""
        for value, entry in enumerate(names, first):
            for name in entry.split():
                self.add(name, concept, value)

    def add_compounds(self, tens: Mapping[str, int], ones: Mapping[str, int], most: int) -> None:
        """Add numbers of two words, "twenty one", up to ``most``, to the concept of the last."""
        for (ten, base), (one, value) in itertools.product(tens.items(), ones.items()):
            if value < 10 and base + value <= most:
                self.add(f"{ten} {one}", self[fold(one)][0], base + value)


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern over concepts, and what it means.

    The pattern is a regular expression whose letters are concepts: capitals name one (``MONTH``,
    with ``@f`` only in that ending, ``@n`` only without one), small letters stand for
    themselves, ``!X`` is "not before X"; what stands before ``>>`` (always as many items) or
    after ``<<`` must be there but is no part of the date.
    """

    name: str
    pattern: str
    build: Callable[[list[Item]], Any]


@dataclass(frozen=True, kw_only=True)
class Language:
    """Everything the engine needs to know of a language.

    Args:
        code: ISO 639-1.
        words: Concept, ending and value by folded word; keys may be several words.
        number_endings: Ending by what is glued to a number ("4-də", "2023'te", "1st").
        names: Rules for dates that stand alone; what they find is a ``DATE`` to the phrases.
        phrases_over: Rules that join dates ("from … to", "since …") or need a word before.
        is_day_first: Whether 12/03/2023 can only be 12 March.
        capitals: Words that are dates only with a capital ("May").
        abbreviations: Words that take a full stop with them ("Dec.").
        future: Words that announce something to come; ``strong`` or ``weak``.
        respell: Applied to a word before folding (another script).
        source_case: Endings of "from", "since" on words the grammar does not know.
    """

    code: str
    words: Mapping[str, Word]
    number_endings: Mapping[str, str]
    names: tuple[Rule, ...]
    phrases_over: tuple[Rule, ...]
    is_day_first: bool = True
    capitals: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    future: Mapping[str, str] = field(default_factory=dict)
    respell: Callable[[str], str] | None = None
    source_case: tuple[str, ...] = ()

    def key(self, raw: str) -> str:
        """Return the form under which a word is looked up."""
        return fold(self.respell(raw) if self.respell else raw)

    def lookup(self, raw: str) -> Word:
        """Return concept, ending and value of a word as written."""
        key = self.key(raw)
        found = self._single.get(key)
        if found is None and self.source_case and key.endswith(self.source_case):
            return OTHER, "f", key
        if found is None or (key in self.capitals and not raw[0].isupper()):
            return OTHER, "", key
        return found

    def ending_of(self, raw: str) -> str | None:
        """Return what is glued to a number means; None if it is no ending."""
        return self._folded_endings.get(self.key(raw))

    def cue_of(self, raw: str) -> str:
        """Return whether a word announces something to come: ``strong``, ``weak`` or empty."""
        return self._folded_future.get(self.key(raw), "")

    @functools.cached_property
    def read(self) -> Callable[[str], tuple[str, str, Any, str]]:
        """What tells concept, ending, value and cue of a word as written, and keeps it."""

        @functools.lru_cache(maxsize=1 << 14)
        def read(raw: str) -> tuple[str, str, Any, str]:
            return (*self.lookup(raw), self.cue_of(raw))

        return read

    @functools.cached_property
    def _folded_endings(self) -> dict[str, str]:
        return {fold(suffix): ending for suffix, ending in self.number_endings.items()}

    @functools.cached_property
    def _folded_future(self) -> dict[str, str]:
        return {fold(word): cue for word, cue in self.future.items()}

    def is_abbreviation(self, raw: str) -> bool:
        """Return whether a full stop after this word belongs to it."""
        return self.key(raw) in self.abbreviations

    @functools.cached_property
    def _single(self) -> dict[str, Word]:
        literals = {name: (name, "", name) for name in self.literals if name not in ",-"}
        words = {key: word for key, word in self.words.items() if " " not in key}
        return {**{fold(key): value for key, value in literals.items()}, **words}

    @functools.cached_property
    def phrases(self) -> dict[str, Word]:
        """Words of the grammar that are several words of the text, folded."""
        return {key: word for key, word in self.words.items() if " " in key}

    @functools.cached_property
    def phrase_starts(self) -> frozenset[str]:
        """First words of the phrases."""
        return frozenset(phrase.split()[0] for phrase in self.phrases)

    @functools.cached_property
    def longest_phrase(self) -> int:
        """Most items a phrase can take, hyphens included."""
        return max((2 * len(phrase.split()) - 1 for phrase in self.phrases), default=0)

    @functools.cached_property
    def literals(self) -> tuple[str, ...]:
        """Words and signs that stand for themselves in the rules."""
        rules = (*self.names, *self.phrases_over)
        found = {m["literal"] for rule in rules for m in _TOKEN.finditer(rule.pattern)}
        return tuple(sorted(literal for literal in found if literal))

    @functools.cached_property
    def alphabet(self) -> dict[tuple[str, str], str]:
        """One private character per concept and ending."""
        pairs = {(concept, ending) for concept, ending, _ in self.words.values()}
        endings = {"", *self.number_endings.values(), *(ending for _, ending in pairs)}
        pairs |= {(concept, ending) for concept in _NUMBERS for ending in endings}
        pairs |= {("SPAN", ending) for ending in endings}
        pairs |= {(literal, "") for literal in (*self.literals, BREAK, SECTION, STOP, OTHER)}
        pairs.add((OTHER, "f"))
        pairs |= {(sign, "") for sign in (",", "-", "LPAR", "RPAR")}
        return {pair: chr(0xE000 + index) for index, pair in enumerate(sorted(pairs))}

    def encoded(self, items: Iterable[Item]) -> str:
        """Return one character per item."""
        alphabet, other = self.alphabet, self.alphabet[OTHER, ""]
        return "".join([alphabet.get((item.concept, item.ending), other) for item in items])

    @functools.cached_property
    def compiled_names(self) -> Grammar:
        """The rules for dates that stand alone, compiled."""
        return Grammar.compile(self, self.names)

    @functools.cached_property
    def compiled_phrases(self) -> Grammar:
        """The rules over dates, compiled."""
        return Grammar.compile(self, self.phrases_over)


@dataclass(frozen=True, slots=True)
class Grammar:
    """Rules as regular expressions over encoded items.

    Args:
        rules: In the order of their groups.
        finder: Matches where any rule does.
        all_at: Matches anywhere, with one group per rule: as far as that rule reads from here.
    """

    rules: tuple[Rule, ...]
    finder: re.Pattern[str]
    all_at: re.Pattern[str]

    @classmethod
    def compile(cls, language: Language, rules: tuple[Rule, ...]) -> Grammar:
        """Compile rules for a language."""
        sources = [_source(rule.pattern, language) for rule in rules]
        any_of = "|".join(f"(?:{source})" for source in sources) or "(?!)"
        each = "".join(f"(?:(?=({source}))|)" for source in sources)
        return cls(rules, re.compile(any_of), re.compile(each))


def _source(pattern: str, language: Language) -> str:
    before, sign, body = pattern.rpartition(">>")
    body, _, after = body.partition("<<")
    source = _piece(body, language)
    if sign:
        source = f"(?<={_piece(before, language)}){source}"
    return f"{source}(?={_piece(after, language)})" if after else source


def _piece(pattern: str, language: Language) -> str:
    pieces: list[str] = []
    for match in _TOKEN.finditer(pattern):
        mark = match["mark"]
        piece = ("(?:" if mark == "(" else mark) if mark else _character_class(match, language)
        if pieces and pieces[-1] == "!":
            piece = f"(?!{piece})"
            pieces.pop()
        pieces.append(piece)
    return "".join(pieces)


def _character_class(match: re.Match[str], language: Language) -> str:
    literal, name, ending = match["literal"], match["name"], match["ending"]
    if literal:
        return re.escape(language.alphabet[literal, ""])
    wanted = [part.split("@") for part in _MACROS.get(name, (name,))]
    chars = []
    for (concept, case), char in language.alphabet.items():
        for part in wanted:
            limit = ending or (part[1] if len(part) > 1 else None)
            if concept == part[0] and (limit is None or case == ("" if limit == "n" else limit)):
                chars.append(char)
    return "[" + "".join(map(re.escape, chars)) + "]" if chars else "(?!)"
