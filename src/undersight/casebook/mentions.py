"""Finding people in running text, in any spelling, case ending or script.

A whole name (given and family name side by side, in either order, one of them perhaps an initial)
is found anywhere. Part of a name is found only in texts of incidents that the person has to do
with: elsewhere the same family name is likely somebody else's. User names are found where they
stand as words of their own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from undersight.model.disclosure import Mention
from undersight.text.folding import fold
from undersight.text.name_keys import name_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from undersight.model.records import Account, Party

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`][^\W\d_]+)*")
_HANDLE = re.compile(r"[\w.\-]+")
_PARTICLES = frozenset({"qizi", "oglu", "kizi", "bin", "ibn", "bint", "von", "van", "de", "al"})
_LONGEST_ENDING = 5
_SHORTEST_PART = 4
_SHORTEST_JOINED = 8
_SHORTEST_HANDLE = 4
_BARE_HANDLE = re.compile(r".*[\d_.].*")
_VOWELS = "aiu"
_WORDS_BETWEEN = 2  # a father's name, "bey", "xanim"
_WIDEST_GAP = 3  # a blank, a dot and a blank, a hyphen


@dataclass(frozen=True, slots=True)
class _Token:
    """One word of one name: the beginning of its key, which endings follow."""

    party_id: str
    name: int
    place: int
    stem: str
    n_tokens: int
    is_title: bool


@dataclass(slots=True)
class _Word:
    """One word of a text, with the name words that it may be."""

    start: int
    end: int
    is_capital: bool
    initial: str
    tokens: list[_Token] = field(default_factory=list)


class Mentions:
    """Finds people by name and user name.

    Args:
        names: Names by party, in any spelling.
        handles: User names, account ids and last parts of addresses, by party.
        others: Names of people who are not looked for, so that a namesake's whole name is not
            taken for part of a name that is.
        titles: Names of pages and channels, by party: found only whole, word for word.
    """

    def __init__(
        self,
        names: Mapping[str, Iterable[str]],
        handles: Mapping[str, Iterable[str]] | None = None,
        others: Mapping[str, Iterable[str]] | None = None,
        titles: Mapping[str, Iterable[str]] | None = None,
    ) -> None:
        self._others = frozenset(others or {}) - frozenset(names)
        self._by_start: dict[str, list[_Token]] = defaultdict(list)
        self._initials: dict[tuple[str, int], dict[int, str]] = defaultdict(dict)
        self._handles: dict[str, str] = {}
        everybody = {**(others or {}), **names}
        for party_id in sorted(everybody):
            for place, name in enumerate(sorted(set(everybody[party_id]))):
                self._add_name(party_id, place, name)
        for party_id in sorted(titles or {}):
            for place, title in enumerate(sorted(set((titles or {})[party_id])), 1):
                self._add_name(party_id, -place, title)
        for party_id, values in sorted((handles or {}).items()):
            for value in values:
                self._add_handle(party_id, value)

    @property
    def is_empty(self) -> bool:
        """Whether there is nobody to find."""
        return not self._by_start and not self._handles

    def __call__(self, text: str, near: frozenset[str] = frozenset()) -> list[Mention]:
        """Return the mentions in a text, in order, none overlapping another.

        Args:
            text: The text.
            near: Parties of whose names parts count as well.
        """
        if self.is_empty or not text:
            return []
        found = [*self._by_name(text, near), *self._by_handle(text, near)]
        kept: list[Mention] = []
        for mention in sorted(found, key=self._precedence):
            end = kept[-1].end if kept else 0
            if mention.end > end:  # of one that overlaps, what sticks out: no part may stay
                kept.append(replace(mention, start=max(mention.start, end)))
        return [mention for mention in kept if mention.party_id not in self._others]

    def _precedence(self, mention: Mention) -> tuple[int, int, bool, str]:
        """The first, the longest; of two people of one name, the one who is looked for."""
        is_other = mention.party_id in self._others
        return mention.start, -mention.end, is_other, mention.party_id

    def _add_name(self, party_id: str, place: int, name: str) -> None:
        words = [fold(word).replace("'", "") for word in _name_words(name)]
        words = [word for word in words if word and word not in _PARTICLES]
        for i, word in enumerate(words):
            for key in name_keys(word):
                stem = _stem(key)
                if len(stem) > 1:
                    token = _Token(party_id, place, i, stem, len(words), place < 0)
                    self._by_start[stem[:2]].append(token)
                    if not token.is_title:
                        self._initials[party_id, place][i] = stem[0]
        for joined in {"".join(words), "".join(reversed(words))}:
            if len(words) > 1 and len(joined) >= _SHORTEST_JOINED and party_id not in self._others:
                self._handles.setdefault(joined, party_id)

    def _add_handle(self, party_id: str, value: str) -> None:
        last = value.rstrip("/").rsplit("/", 1)[-1].lstrip("@").lower()
        if len(last) >= _SHORTEST_HANDLE:
            self._handles.setdefault(last, party_id)

    def _by_name(self, text: str, near: frozenset[str]) -> Iterator[Mention]:
        words = [self._word(match) for match in _WORD.finditer(text)]
        for i, word in enumerate(words):
            for token in word.tokens:
                span = self._whole_name(words, i, token)
                if span is None and token.party_id in near and _is_telling_part(token, word):
                    span = word.start, word.end
                if span is not None:
                    yield Mention(start=span[0], end=span[1], party_id=token.party_id)

    def _word(self, match: re.Match[str]) -> _Word:
        written = match[0]
        word = _Word(match.start(), match.end(), not written[0].islower(), "")
        keys = name_keys(fold(written).replace("'", ""))
        if len(written) == 1:
            word.initial = keys[0]
        for key in dict.fromkeys(keys):
            for token in self._by_start.get(key[:2], ()):
                if key.startswith(token.stem) and len(key) - len(token.stem) <= _LONGEST_ENDING:
                    word.tokens.append(token)
        return word

    def _whole_name(self, words: Sequence[_Word], i: int, token: _Token) -> tuple[int, int] | None:
        """Where the whole name stands that this word is part of, if it does."""
        if token.n_tokens < 2:
            return None
        seen, end, before = {token.place}, words[i].end, words[i].end
        for word in words[i + 1 : i + token.n_tokens + _WORDS_BETWEEN + 1]:
            if word.start - before > _WIDEST_GAP:
                break
            before = word.end
            place = self._place_in(word, token, seen)
            if place is not None:
                seen.add(place)
                end = word.end
        start = self._initials_before(words, i, token)
        if len(seen) >= (token.n_tokens if token.is_title else 2):
            return (words[i].start if start is None else start), end
        return None if start is None else (start, words[i].end)

    def _place_in(self, word: _Word, token: _Token, seen: set[int]) -> int | None:
        """Which other word of the same name this is, written out or as an initial."""
        for other in word.tokens:
            same = (other.party_id, other.name) == (token.party_id, token.name)
            if same and other.place not in seen:
                return other.place
        if word.initial and word.is_capital:
            for place, initial in self._initials[token.party_id, token.name].items():
                if place not in seen and initial == word.initial:
                    return place
        return None

    def _initials_before(self, words: Sequence[_Word], i: int, token: _Token) -> int | None:
        """Where initials before this word begin, one of them that of the same name."""
        start, fits = words[i].start, False
        initials = self._initials[token.party_id, token.name]
        for word in reversed(words[max(0, i - 2) : i]):
            if not (word.initial and word.is_capital) or start - word.end > _WIDEST_GAP:
                break
            start = word.start
            fits = fits or any(
                initial == word.initial and place != token.place
                for place, initial in initials.items()
            )
        return start if fits and words[i].is_capital else None

    def _by_handle(self, text: str, near: frozenset[str]) -> Iterator[Mention]:
        if not self._handles:
            return
        for match in _HANDLE.finditer(text):
            written = match[0].rstrip(".-")
            for value in (written.lower(), re.sub(r"[\W_]", "", fold(written))):
                party_id = self._handles.get(value)
                if party_id and (party_id in near or _is_bare(text, match.start(), value)):
                    end = match.start() + len(written)
                    yield Mention(start=match.start(), end=end, party_id=party_id)


def names_of(party: Party) -> list[str]:
    """Return the names that identify a party."""
    return [name.value for name in party.names if name.use != "public_label"]


def handles_of(account: Account) -> list[str]:
    """Return what identifies an account in a text."""
    values = [handle.value for handle in account.handles]
    return [value for value in (*values, account.native_id, account.url) if value]


def _stem(key: str) -> str:
    """A name's key without the vowel that case endings replace."""
    return key[:-1] if len(key) > 3 and key[-1] in _VOWELS else key


def _is_telling_part(token: _Token, word: _Word) -> bool:
    """A part of a name, capitalised; a long family name also without."""
    if token.is_title or word.end - word.start < _SHORTEST_PART or len(token.stem) < 3:
        return False
    is_family_name = token.place == token.n_tokens - 1 and len(token.stem) > 5
    return word.is_capital or is_family_name


def _is_bare(text: str, start: int, value: str) -> bool:
    """Whether a word can only be a user name: after @ or a slash, or unlike any word."""
    before = text[start - 1 : start]
    return (
        before in ("@", "/")
        or len(value) >= _SHORTEST_JOINED
        or bool(len(value) > 5 and _BARE_HANDLE.match(value))
    )


def _name_words(name: str) -> list[str]:
    """The words of a name; beside capitals, small words ("of", "the") name nobody."""
    words = _WORD.findall(name)
    capital = [word for word in words if not word[0].islower()]
    return capital or words
