"""Dictionary forms of Russian names and phrases: person and case are read off all words together.

A name is read under every pair of gender and case that fits all its words; what the given name,
the words before it and the other mentions in the text say decides between them.
"""

from __future__ import annotations

import itertools
import re
from functools import cache
from typing import TYPE_CHECKING

from undersight.extract import tables
from undersight.text.given_names import GIVEN_NAMES

if TYPE_CHECKING:
    from collections.abc import Container

HARD = "бвгджзклмнпрстфхцчшщ"
_NEVER_DECLINED = ("ли", "лы")  # Azerbaijani and Georgian surnames: Мамедли, Мдзинарашвили
_UNCHANGED = ("улы", "оглы", "кызы", "заде", "зода", *_NEVER_DECLINED)
_POSSESSIVE = re.compile(r"(?:ов|ев|ёв|ин|ын)$")
_WOMANS = re.compile(r"(?:ов|ев|ёв|ин|ын)а$|[а-яё]{3}ая$")
_NAMES = tables.load("ru_names")["names"]
_MEN_IN_A = frozenset(tables.words(_NAMES["men_in_a"]))
_WOMEN = frozenset(tables.words(_NAMES["women"]))
_FLEETING = {"павл": "павел", "льв": "лев", "петр": "пётр"}
_CASES = "ngdaip"

Reading = tuple[str, str, str]


@cache
def _given() -> frozenset[str]:
    listed = tables.words(tables.load("given_names")["russian"]["name"])
    names = (*GIVEN_NAMES.split(), *listed)
    return frozenset(name.lower().replace("ё", "е") for name in names)


def nominative(name: str, *, before: str = "", seen: Container[str] = frozenset()) -> str:
    """Return a person's name in the nominative.

    Args:
        name: As written, in whatever case.
        before: Folded words right before it, whose endings agree with it.
        seen: Folded words of the text.
    """
    parts = [re.split(r"(-)", word) for word in name.split()]
    flat = [piece for word in parts for piece in word if piece != "-"]
    asked = _agreeing(before)
    best: tuple[float, tuple[str, ...]] = (-99.0, tuple(flat))
    for gender, case in itertools.product("mf", _CASES):
        lemmas = [sorted(_lemmas(piece.lower(), gender, case)) for piece in flat]
        if not all(lemmas):
            continue
        for chosen in itertools.product(*lemmas):
            worth = _worth(chosen, flat, gender, case, seen)
            worth += 1.6 if (gender, case) in asked else 0.0
            best = max(best, (worth, chosen), key=lambda pair: pair[0])
    return _rebuilt(name, best[1])


def _rebuilt(name: str, lemmas: tuple[str, ...]) -> str:
    left = iter(lemmas)
    return re.sub(r"[^\s-]+", lambda m: cased(m.group(), next(left)), name)


def cased(pattern: str, word: str) -> str:
    """Return a word with a capital where another one has it."""
    if pattern.lower() == word.lower():
        return pattern
    return word[:1].upper() + word[1:] if pattern[:1].isupper() else word


def _worth(
    chosen: tuple[str, ...], flat: list[str], gender: str, case: str, seen: Container[str]
) -> float:
    given = chosen[0]
    worth = 1.0 if case == "n" else 0.0
    if given.replace("ё", "е") in _given():
        worth += 2.5
    if given[-1] in "еую" and given.replace("ё", "е") not in _given():
        worth -= 1.5  # no given name's nominative
    is_female = given in _WOMEN or (given[-1] in "ая" and given not in _MEN_IN_A)
    is_female |= _is_of_woman(given, flat)
    worth += 0.8 if (gender == "f") == is_female else -1.2
    worth += 0.3 if gender == "m" else 0.0
    if case == "d" and gender == "m" and given.replace("ё", "е") not in _given():
        worth -= 0.8 if given.endswith("ий") else 0.4  # "Агнию" is of Агния rather than of Агний
    worth += 0.4 if case == "a" else 0.0  # whom something is done to
    surnames = zip(chosen[1:], flat[1:], strict=True)
    worth += sum(_worth_of_surname(*pair, gender, case, given) for pair in surnames)
    for lemma, written in zip(chosen, flat, strict=True):
        is_changed = lemma != written.lower()
        if is_changed and _is_never_declined(written.lower(), lemma):
            worth -= 3.0
        if is_changed and lemma != given and lemma in seen:
            worth += 1.5
    return worth


def _worth_of_surname(lemma: str, written: str, gender: str, case: str, given: str) -> float:
    worth, low = 0.0, written.lower()
    if gender == "m" and _POSSESSIVE.search(lemma):
        worth += 0.2
    if lemma.endswith("ой"):
        worth += _of_oi(lemma, low, given) if gender == "m" else -1.5
    if lemma[-2:] in ("ом", "ог") and _LONG_ADJECTIVE.search(low):
        worth -= 0.6  # "Заречному" is no "Заречном"
    is_usual = lemma[-1] not in "ая" or _WOMANS.search(lemma)
    if gender == "f" and not is_usual:
        worth -= 0.5
    if lemma == low and case != "n":
        worth -= 0.0 if lemma.endswith(_UNCHANGED) else 0.4
    return worth


_LONG_ADJECTIVE = re.compile(r"[а-яё]{4}о(?:му|го)$")
_OF_WOMAN = re.compile(r"[а-яё]{3}(?:ов|ев|ёв|ин|ын)ой$")


def _is_of_woman(given: str, flat: list[str]) -> bool:
    """Whether a surname written in a woman's case tells who bears a given name nobody knows."""
    is_told = len(flat) > 1 and _OF_WOMAN.search(flat[-1].lower()) is not None
    return is_told and given[-1] not in "ая" and given.replace("ё", "е") not in _given()


def _of_oi(lemma: str, written: str, given: str) -> float:
    """Return what speaks for a man's surname in -ой, as written or read from another case."""
    if lemma != written:
        return 0.2 if _is_stressed(lemma) else -0.3
    is_man = given.replace("ё", "е") in _given() and given not in _WOMEN
    return 0.0 if is_man or lemma[:-2] in _IN_OI or not _OF_WOMAN.search(written) else -1.5


def _is_never_declined(written: str, lemma: str) -> bool:
    is_so = len(written) > 4 and written.endswith(_NEVER_DECLINED)
    return is_so and lemma.replace("ё", "е") not in _given()


@cache
def _lemmas(word: str, gender: str, case: str) -> frozenset[str]:
    """Return the nominatives of which a word may be that case of that gender."""
    found = {lemma for lemma, g, c in _readings(word) if g == gender and c == case}
    return frozenset(found)


@cache
def _readings(word: str) -> frozenset[Reading]:
    found: set[Reading] = set()
    stem, last = word[:-1], word[-1:]
    if last in HARD or last in "йь":
        found |= {(word, "m", "n"), *((word, "f", case) for case in _CASES)}
    if last in "оиэе" or word.endswith(("ых", "их", "лы")):
        found |= {(word, g, c) for g in "mf" for c in _CASES}
    found |= _masculine(word, stem, last) | _in_a(word, stem, last) | _feminine(word)
    return frozenset(found)


def _masculine(word: str, stem: str, last: str) -> set[Reading]:
    found: set[Reading] = set()
    cases = {"а": "ga", "у": "d", "е": "p"}.get(last, "")
    if cases and stem and stem[-1] in HARD:
        found |= {(_full(stem), "m", case) for case in cases}
    soft = {"я": "ga", "ю": "d", "е": "p"}.get(last, "")
    if soft and stem:
        lemma = f"{stem}ь" if stem[-1] in HARD else f"{stem}й"
        found |= {(lemma, "m", case) for case in soft}
    for ending in ("ом", "ем", "ым", "ём"):
        base = word[: -len(ending)]
        if word.endswith(ending) and base:
            if ending != "ым" or _POSSESSIVE.search(base):
                found.add((base, "m", "i"))
            if ending in ("ем", "ём"):
                found.add((f"{base}ь" if base[-1] in HARD else f"{base}й", "m", "i"))
    match = re.fullmatch(r"(.+(?:ск|цк))(ого|ому|им|ом)", word)
    if match:
        cases = {"ого": "ga", "ому": "d", "им": "i", "ом": "p"}[match[2]]
        found |= {(f"{match[1]}ий", "m", case) for case in cases}
    match = re.fullmatch(r"(.{2,}[бвгджзклмнпрстфхчшщ])(ого|ому|ым|им|ом)", word)
    if match:  # Подлужного, Долгому, Толстым, Донскому
        cases = {"ого": "ga", "ому": "d", "ом": "p"}.get(match[2], "i")
        endings = ["ой"]
        if not match[1].endswith(("ск", "цк")):
            endings.append("ий" if match[1][-1] in "гкхжшчщ" else "ый")
        found |= {(match[1] + ending, "m", one) for one in cases for ending in endings}
    return found


_IN_OI = frozenset(tables.words(_NAMES["surnames_in_oi"]))


def _is_stressed(lemma: str) -> bool:
    """Whether an adjective that is a surname bears its stress on the ending: "Толстой"."""
    stem = lemma[:-2]
    return stem in _IN_OI or (stem.endswith("ов") and "ё" not in stem)


def _full(stem: str) -> str:
    """Give a stem back the vowel that its endings drop: "скворц" to "скворец"."""
    if re.search(r"[^аеёиоуыэюяьгтл]ц$", stem) and not stem.endswith(("варц", "герц", "инц")):
        return f"{stem[:-1]}ец"
    return _FLEETING.get(stem, stem)


def _in_a(word: str, stem: str, last: str) -> set[Reading]:
    """Read words in -а and -я, of either gender; surnames in -ова have endings of their own."""
    lemmas: list[tuple[str, str]] = []
    if last in "ая":
        lemmas.append((word, "n"))
    if last == "ы" or (last == "и" and stem[-1:] in "гкхжшчщ"):
        lemmas.append((f"{stem}а", "g"))
    elif last == "и":
        lemmas += [(f"{stem}я", case) for case in ("gdp" if stem.endswith("и") else "g")]
    if last == "е":
        lemmas += [(stem + a, case) for a in ("а", "я") for case in "dp" if _fits(stem, a)]
    is_adjective = word.endswith("ую")  # which has a rule of its own
    if last in "ую" and not is_adjective:
        lemmas.append((stem + ("а" if last == "у" else "я"), "a"))
    if word.endswith(("ой", "ей")):
        lemmas.append((word[:-2] + ("а" if word[-2] == "о" else "я"), "i"))
    return {
        (lemma, g, case)
        for lemma, case in lemmas
        if len(lemma) > 2
        for g in "mf"
        if not (g == "m" and _POSSESSIVE.search(lemma[:-1]) and case == "n")
    }


def _fits(stem: str, ending: str) -> bool:
    is_soft = stem[-1:] in "аеёиоуыэюя"
    return is_soft == (ending == "я") or stem[-1:] not in "аеёиоуыэюя"


def _feminine(word: str) -> set[Reading]:
    found: set[Reading] = set()
    match = re.fullmatch(r"(.+(?:ов|ев|ёв|ин|ын))(ой|у)", word)
    if match:
        found |= {(f"{match[1]}а", "f", case) for case in ("gdip" if match[2] == "ой" else "a")}
    match = re.fullmatch(r"(.+(?:ск|цк|ов|ев|н|ж|ш|р|т|л|г|к|х|м|в|д|б|п|з|с))(ой|ую)", word)
    if match:
        found |= {(f"{match[1]}ая", "f", case) for case in ("gdip" if match[2] == "ой" else "a")}
    return found


_AGREEING = (
    (re.compile(r"(?:ого|его)$"), (("m", "g"), ("m", "a"))),
    (re.compile(r"(?:ому|ему)$"), (("m", "d"),)),
    (re.compile(r"(?:ую|юю)$"), (("f", "a"),)),
    (re.compile(r"(?:ым|им|ом|ем)$"), (("m", "i"),)),
    (re.compile(r"ника$"), (("m", "g"), ("m", "a"))),
    (re.compile(r"нику$"), (("m", "d"),)),
    (re.compile(r"(?:ницу|ку|цу|ву)$"), (("f", "a"),)),
    (re.compile(r"(?:ницы|ки|вы)$"), (("f", "g"),)),
    (re.compile(r"(?:нице|ке|ве)$"), (("f", "d"),)),
    (re.compile(r"(?:ницей|кой|вой|ой)$"), (("f", "i"), ("f", "g"), ("f", "d"))),
    (re.compile(r"(?:ница|ка|ая)$"), (("f", "n"),)),
    (re.compile(r"[" + HARD + r"](?:у|ю)$|лю$"), (("m", "d"),)),
    (re.compile(r"[" + HARD + r"](?:а|я)$|ля$"), (("m", "g"), ("m", "a"))),
    (re.compile(r"[" + HARD + r"й]$|ль$"), (("m", "n"),)),
)
_GOVERNING = {
    "у": "g", "от": "g", "для": "g", "против": "g", "из-за": "g", "к": "d", "ко": "d",
    "с": "i", "со": "i", "над": "i", "между": "i", "о": "p", "об": "p", "на": "a", "про": "a",
    "за": "a", "задержали": "a", "арестовали": "a", "оштрафовали": "a", "допросили": "a",
    "вызвали": "a", "избили": "a", "обыскали": "g", "отпустили": "a", "признали": "a",
    "сообщила": "n", "сказала": "n", "заявила": "n", "рассказала": "n",
}  # fmt: skip


def _agreeing(before: str) -> set[tuple[str, str]]:
    """Return genders and cases that the words right before a name allow.

    The nearest that says something counts: "корреспондентку «Слова»", "учительницу химии".
    """
    words = re.search(r"((?:[а-яё-]+ )?)([а-яё-]+) (?:\"[^\"]*\" )?$", before)
    if not words:
        return set()
    near, further = re.fullmatch(r"(.*)", words[2]), re.fullmatch(r"([а-яё-]+) ", words[1])
    found = [_allowed(word) for word in (near, further) if word]
    return next((pairs for pairs in found if pairs), set())


def _allowed(word: re.Match[str]) -> set[tuple[str, str]]:
    if word[1] in _GOVERNING:
        return {(gender, _GOVERNING[word[1]]) for gender in "mf"}
    for pattern, pairs in _AGREEING:
        if len(word[1]) > 3 and pattern.search(word[1]):
            return set(pairs)
    return set()
