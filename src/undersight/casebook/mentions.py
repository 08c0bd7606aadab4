"""Finding people in running text, in any spelling, case ending or script.

A whole name (given and family name side by side, in either order, one of them perhaps an initial)
is found anywhere. Part of a name is found only in texts of incidents that the person has to do
with: elsewhere the same family name is likely somebody else's. User names are found where they
stand as words of their own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from undersight.casebook.name_words import (
    HANDLE,
    SHORTEST_JOINED,
    WORD,
    folded_words,
    handle_forms,
    handle_key,
    humps_in,
    inner_keys,
    joined_forms,
    name_stems,
    stems_before,
    tags_in,
)
from undersight.model.disclosure import Mention
from undersight.text.folding import fold
from undersight.text.name_keys import name_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from undersight.model.records import Account, Party

_SHORTEST_PART = 4
_BARE_HANDLE = re.compile(r".*[\d_.].*")
_WORDS_BETWEEN = 2  # a father's name, "bey", "xanim"
_MOST_WORDS = 50_000  # of which is remembered what they can be
_SHORTEST_INSIDE = 5  # letters of a name's key that are no accident inside a longer word
_END_OF_CLAUSE = re.compile(r"[;!?]\s|\n\s*\n")  # a line that was broken is none
_WIDEST_GAP = 3  # a blank, a dot and a blank, a hyphen


@dataclass(frozen=True, slots=True)
class _Token:
    """One word of one name: the beginning of its key, which endings follow.

    ``name`` is the number of the name, counted over everybody; ``place`` that of the word in it.
    """

    party_id: str
    name: int
    place: int
    stem: str
    n_tokens: int
    is_title: bool


@dataclass(frozen=True, slots=True)
class _Sound:
    """What a written word can be: words of names, by the number of the name, or an initial."""

    initial: str
    names: Mapping[int, Sequence[_Token]]


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of a text."""

    start: int
    end: int
    is_capital: bool
    sound: _Sound
    is_apart: bool = False  # a clause ends before it: no name goes on


class Mentions:
    """Finds people by name and user name.

    Args:
        names: Names by party, in any spelling.
        handles: User names, account ids and last parts of addresses, by party.
        others: Names of people who are not looked for, so that a namesake's whole name is not
            taken for part of a name that is.
        titles: Names of pages and channels, by party: found only whole, word for word.
        more_others: Gives names of further people who are not looked for, once somebody is found.
    """

    def __init__(
        self,
        names: Mapping[str, Iterable[str]],
        handles: Mapping[str, Iterable[str]] | None = None,
        others: Mapping[str, Iterable[str]] | None = None,
        titles: Mapping[str, Iterable[str]] | None = None,
        *,
        more_others: Callable[[], Mapping[str, Iterable[str]]] = dict,
    ) -> None:
        unasked = {i: told for i, told in (others or {}).items() if i not in names}

        def all_unasked() -> Mapping[str, Iterable[str]]:
            return {**{i: n for i, n in more_others().items() if i not in names}, **unasked}

        self._names = _Names(names, titles or {})
        self._others = cache(all_unasked)  # needed by few texts
        self._of_others = cache(lambda: _Names(self._others(), {}))
        self._handles: dict[str, str] = {}
        for party_id in sorted(names):
            self._add_joined(party_id, names[party_id])
        for party_id in sorted(titles or {}):
            if party_id not in unasked:
                self._add_joined(party_id, (titles or {})[party_id])
        for party_id, values in sorted((handles or {}).items()):
            for value in values:
                self._add_handle(party_id, value)

    @property
    def is_empty(self) -> bool:
        """Whether there is nobody to find."""
        return self._names.is_empty and not self._handles

    def __call__(self, text: str, near: frozenset[str] = frozenset()) -> list[Mention]:
        """Return the mentions in a text, in order, none overlapping another.

        Args:
            text: The text.
            near: Parties of whose names parts count as well.
        """
        if self.is_empty or not text:
            return []
        found = [*self._names.found_in(text, near), *self._by_handle(text, near)]
        if not found:
            return []
        found += self._of_others().found_in(text, near)
        kept: list[Mention] = []
        for mention in sorted(found, key=self._precedence):
            end = kept[-1].end if kept else 0
            if mention.end > end:  # of one that overlaps, what sticks out: no part may stay
                kept.append(replace(mention, start=max(mention.start, end)))
        return [mention for mention in kept if mention.party_id not in self._others()]

    def _precedence(self, mention: Mention) -> tuple[int, int, bool, str]:
        """The first, the longest; of two people of one name, the one who is looked for."""
        is_other = mention.party_id in self._others()
        return mention.start, -mention.end, is_other, mention.party_id

    def _add_joined(self, party_id: str, names: Iterable[str]) -> None:
        for name in sorted(set(names)):
            for joined in joined_forms(folded_words(name)):
                self._handles.setdefault(joined, party_id)

    def _add_handle(self, party_id: str, value: str) -> None:
        last = handle_key(value)
        if last:
            self._handles.setdefault(last, party_id)

    def _by_handle(self, text: str, near: frozenset[str]) -> Iterator[Mention]:
        if not self._handles:
            return
        for match in HANDLE.finditer(text):
            written = match[0].rstrip(".-")
            for value in handle_forms(written):
                party_id = self._handles.get(value)
                if party_id and (party_id in near or _is_bare(text, match.start(), value)):
                    end = match.start() + len(written)
                    yield Mention(start=match.start(), end=end, party_id=party_id)


class _Names:
    """Finds names.

    Args:
        names: Names by party.
        titles: Names by party that are found only whole.
    """

    def __init__(
        self, names: Mapping[str, Iterable[str]], titles: Mapping[str, Iterable[str]]
    ) -> None:
        self._by_stem: dict[str, list[_Token]] = defaultdict(list)
        self._initials: dict[int, dict[int, str]] = defaultdict(dict)
        self._names_of: dict[str, list[int]] = defaultdict(list)
        self._n_names = self._longest = 0
        self._sounds: dict[str, _Sound] = {}
        for is_title, told in ((False, names), (True, titles)):
            for party_id in sorted(told):
                for name in sorted(set(told[party_id])):
                    self._add_name(party_id, folded_words(name), is_title=is_title)

    @property
    def is_empty(self) -> bool:
        """Whether there are none."""
        return not self._by_stem

    def _add_name(self, party_id: str, words: Sequence[str], *, is_title: bool) -> None:
        number = self._n_names = self._n_names + 1
        self._longest = max(self._longest, len(words))
        self._names_of[party_id].append(number)
        for i, stem in name_stems(words):
            token = _Token(party_id, number, i, stem, len(words), is_title)
            self._by_stem[stem].append(token)
            if not is_title:
                self._initials[number][i] = stem[0]

    def found_in(self, text: str, near: frozenset[str]) -> Iterator[Mention]:
        """Yield where names stand, whole, or in part of those who are near."""
        if self.is_empty:
            return
        own = {name for party_id in near for name in self._names_of.get(party_id, ())}
        yield from self._among([*self._words_of(text)], own)
        if humps := humps_in(text):
            yield from self._among([self._word(*hump) for hump in humps], own)
        for start, tag in tags_in(text):
            for party_id in self._inside(tag, own):
                yield Mention(start=start, end=start + len(tag), party_id=party_id)

    def _words_of(self, text: str) -> Iterator[_Word]:
        end = 0
        for found in WORD.finditer(text):
            word, gap = self._word(found.start(), found[0]), text[end : found.start()]
            end = found.end()
            yield replace(word, is_apart=True) if _END_OF_CLAUSE.search(gap) else word

    def _inside(self, tag: str, own: set[int]) -> Iterator[str]:
        """Whose name stands in a long word after # or @: two parts of it, or a long one of own."""
        seen: dict[int, dict[int, tuple[str, str]]] = defaultdict(dict)
        for key in inner_keys(tag):
            for token in self._by_stem.get(key, ()):
                seen[token.name][token.place] = (token.party_id, key)
        for name, places in seen.items():
            party_id, longest = max(places.values(), key=lambda one: len(one[1]))
            if len(places) > 1 or (name in own and len(longest) >= _SHORTEST_INSIDE):
                yield party_id

    def _among(self, words: Sequence[_Word], own: set[int]) -> Iterator[Mention]:
        for i, word in enumerate(words):
            for name in self._likely(words, i, own):
                for token in word.sound.names[name]:
                    span = self._whole_name(words, i, token)
                    if span is None and name in own and _is_telling_part(token, word):
                        span = word.start, word.end
                    if span is not None:
                        yield Mention(start=span[0], end=span[1], party_id=token.party_id)

    def _likely(self, words: Sequence[_Word], i: int, own: set[int]) -> set[int]:
        """The names of a word of which another word or an initial stands there, or all counts.

        Of a hundred thousand people, hundreds have a name that begins like any word.
        """
        here = words[i].sound.names.keys()
        if not here:
            return set()
        found = here & own
        ahead = words[i + 1 : i + self._longest + _WORDS_BETWEEN + 1]
        for word in ahead:
            found |= here & word.sound.names.keys()
        initials = {
            word.sound.initial
            for word in (*words[max(0, i - 2) : i], *ahead)
            if word.sound.initial and word.is_capital
        }
        if initials:
            found |= {n for n in here if initials.intersection(self._initials[n].values())}
        return found

    def _word(self, start: int, written: str) -> _Word:
        sound = self._sounds.get(written)
        if sound is None:
            if len(self._sounds) > _MOST_WORDS:
                self._sounds.clear()
            sound = self._sounds[written] = self._sound(written)
        return _Word(start, start + len(written), not written[0].islower(), sound)

    def _sound(self, written: str) -> _Sound:
        keys = name_keys(fold(written).replace("'", ""))
        names: dict[int, list[_Token]] = {}
        for stem in stems_before(written):
            for token in self._by_stem.get(stem, ()):
                names.setdefault(token.name, []).append(token)
        for tokens in names.values():
            tokens.sort(key=lambda token: (token.place, token.stem))
        return _Sound(keys[0] if len(written) == 1 else "", names)

    def _whole_name(self, words: Sequence[_Word], i: int, token: _Token) -> tuple[int, int] | None:
        """Where the whole name stands that this word is part of, if it does."""
        if token.n_tokens < 2:
            return None
        seen, end, before = {token.place}, words[i].end, words[i].end
        for word in words[i + 1 : i + token.n_tokens + _WORDS_BETWEEN + 1]:
            if word.is_apart or word.start - before > _WIDEST_GAP:
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
        for other in word.sound.names.get(token.name, ()):
            if other.place not in seen:
                return other.place
        if word.sound.initial and word.is_capital:
            for place, initial in self._initials[token.name].items():
                if place not in seen and initial == word.sound.initial:
                    return place
        return None

    def _initials_before(self, words: Sequence[_Word], i: int, token: _Token) -> int | None:
        """Where initials before this word begin, one of them that of the same name."""
        start, fits = words[i].start, False
        initials = self._initials[token.name]
        for word in reversed(words[max(0, i - 2) : i]):
            initial = word.sound.initial
            if not (initial and word.is_capital) or start - word.end > _WIDEST_GAP:
                break
            start = word.start
            fits = fits or any(
                other == initial and place != token.place for place, other in initials.items()
            )
        return start if fits and words[i].is_capital else None


def names_of(party: Party) -> list[str]:
    """Return the names that identify a party."""
    return [name.value for name in party.names if name.use != "public_label"]


def handles_of(account: Account) -> list[str]:
    """Return what identifies an account in a text."""
    values = [handle.value for handle in account.handles]
    return [value for value in (*values, account.native_id, account.url) if value]


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
        or len(value) >= SHORTEST_JOINED
        or bool(len(value) > 5 and _BARE_HANDLE.match(value))
    )
