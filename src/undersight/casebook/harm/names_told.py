"""Names of people in running text, by their shape: who stands there and is recorded nowhere.

A name that nobody recorded cannot be masked: it would go out as it was typed. To ask about every
run of capitals would be clicked away; a known given name, or a surname's ending, tells a person.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

from undersight.text.folding import fold
from undersight.text.name_keys import name_keys
from undersight.text.name_tables import given_name_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WORD: Final = re.compile(r"[^\W\d_]+(?:['’ʼ`-][^\W\d_]+)*")
_OPENER_WORDS: Final = """
    the a an in on at by of from to as and but or if when after before he she it they we you his
    her their our my this that these those mr mrs ms dr no not
    в на по из от до и но или если когда он она они мы вы его её их это эта этот не
    bu o biz siz onlar və amma ki bir hər ve ama için yeni
"""
_OPENERS: Final = frozenset(fold(word) for word in _OPENER_WORDS.split())
_SURNAME: Final = re.compile(
    r"...[oe]v(?:a|u|e|y|i|om|ym|oy|in|un|nin|nun|ya|ye|da|de|dan|den|la|le)?$"
    r"|..(?:zade|oglu|ogli|qizi|kizi|gizi)\w{0,3}$"
    r"|..(?:s?hvili|svili|[aei]dze)\w{0,2}$"
    r"|...sk(?:iy|aya|ogo|oqo|oy|omu|im)$|...enko$|....yan(?:a|u|om|in)?$"
    r"|...(?:ovi[cç]h?|evi[cç]h?|ovn|evn)\w{0,3}$"
)  # in the fold space, with the endings of the cases
_ENDINGS: Final = tuple(
    "nin nun dan den in un om oy ya ye da de la le em a e i u y m s".split()  # noqa: SIM905 - read as a line
)
_SURE_ENDINGS: Final = ("nin", "nun", "dan", "den")
_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
_OF_A_NAME: Final = 3
# A street, a fund, a school that bears somebody's name.
_BEARER: Final = re.compile(
    r"^(?:kuce|prospekt|meydan|aeroport|park|fond|adina|universitet|mekteb|rayon|muzey|teatr"
    r"|stadion|mukafat|mescid|str|street|ave|square|airport|foundation|universit|school|stadium"
    r"|museum|prize|award|district|ulits|ulic|pros?ectad|plo[sş]|imeni|premi|sokak|sokagi|cadde"
    r"|vakf|havaliman|hastane|mahalle)"
)
# Scripts without capitals: common given names, as they are written.
_CASELESS: Final = frozenset(
    """
    محمد علی علي حسین حسين حسن رضا احمد مهدی مهدي امیر امير سعید سعيد مجید حمید کریم كريم یوسف
    يوسف ابراهیم إبراهيم اسماعیل محمود مصطفی مصطفى عباس اکبر اصغر بهرام بهروز فرهاد فریدون پرویز
    جواد هادی ناصر نادر کامران کاوه آرش سیاوش فاطمه فاطمة زهرا مریم مريم زینب زينب لیلا ليلى سارا
    نرگس پروین شیرین مینا نسرین پریسا ناهید خدیجه عائشة خالد عمر عثمان طارق وليد سامي
    გიორგი ლევან ლევანი ირაკლი დავით დავითი ზურაბ ზურაბი ნიკოლოზ ალექსანდრე ვახტანგ თამაზ მამუკა
    გელა ზაზა ლაშა ლუკა საბა თორნიკე შალვა ნინო თამარ თამარი მარიამ მარიამი ანა ნანა ეკა ეკატერინე
    ქეთევან ქეთი მაია თეა სალომე ხათუნა ლელა მანანა ნატო
    """.split()  # noqa: SIM905 - read as lines
)
_NO_CAPITALS: Final = re.compile(r"[\u0600-\u06ff\u10d0-\u10ff]")
_BETWEEN: Final = (" ", ". ", "-", "\u00a0", "\u200c ")


def people_told(text: str) -> Iterator[tuple[int, int]]:
    """Yield runs of words that are shaped like the name of a person.

    Args:
        text: A text of an entry.
    """
    for start, end in capitalised(text):
        words = [match[0] for match in WORD.finditer(text, start, end)]
        around = WORD.search(text, end)
        following = around[0] if around is not None and around.start() - end <= 1 else ""
        if any(_BEARER.match(fold(word)) for word in (*words, following)):
            continue
        if any(is_given_name(word) or _SURNAME.search(fold(word)) for word in words):
            yield start, end
    yield from _without_capitals(text)


def is_given_name(word: str) -> bool:
    """Return whether a word is a common given name, with or without a case ending."""
    folded = fold(word).replace("'", "")
    known = given_name_keys()
    stems = [folded]
    for ending in _ENDINGS:
        stem = folded.removesuffix(ending)
        is_long = len(stem) > _OF_A_NAME or ending in _SURE_ENDINGS
        if stem != folded and len(stem) >= _OF_A_NAME and is_long:
            stems += [stem, f"{stem}a"] if _CYRILLIC.match(word) else [stem]
    return any(key in known for stem in stems for key in name_keys(stem))


def capitalised(text: str) -> Iterator[tuple[int, int]]:
    """Yield runs of two words or more that each begin with a capital, as names do."""
    run: list[re.Match[str]] = []
    for word in WORD.finditer(text):
        is_initial = len(word[0]) == 1 and text[word.end() : word.end() + 1] == "."
        is_opener = not is_initial and fold(word[0]) in _OPENERS
        is_name_like = word[0][0].isupper() and not is_opener
        is_next = bool(run) and text[run[-1].end() : word.start()] in _BETWEEN
        if is_name_like and (is_next or not run):
            run.append(word)
            continue
        if len(run) > 1:
            yield run[0].start(), run[-1].end()
        run = [word] if is_name_like else []
    if len(run) > 1:
        yield run[0].start(), run[-1].end()


def single_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield given names that stand alone: for quotations, where nobody says who is meant."""
    runs = [*capitalised(text)]
    for word in WORD.finditer(text):
        is_alone = not any(a <= word.start() < b for a, b in runs)
        is_name_like = word[0][0].isupper() and fold(word[0]) not in _OPENERS
        if is_alone and is_name_like and len(word[0]) >= _OF_A_NAME and is_given_name(word[0]):
            yield word.span()


def _without_capitals(text: str) -> Iterator[tuple[int, int]]:
    """Yield a given name and the word behind it, in scripts that have no capitals."""
    words = [m for m in WORD.finditer(text) if _NO_CAPITALS.match(m[0])]
    reached = 0
    for name, following in itertools.pairwise(words):
        is_next = text[name.end() : following.start()] in _BETWEEN
        if name[0] in _CASELESS and is_next and name.start() >= reached:
            reached = following.end()
            yield name.start(), reached


def is_one_of(words: str, names: Iterable[frozenset[str]]) -> bool:
    """Return whether words are part of one of some names, case endings allowed.

    Args:
        words: The words as they stand in a text.
        names: Each the keys of the words of a name, see ``keys``.
    """
    told = keys(words)
    return any(all(_is_in(key, name) for key in told) for name in names)


def keys(name: str) -> frozenset[str]:
    """Return the words of a name, in one spelling, order left out."""
    return frozenset(name_keys(fold(word).replace("'", ""))[0] for word in WORD.findall(name))


def _is_in(key: str, name: frozenset[str]) -> bool:
    return key in name or any(
        len(part) > _OF_A_NAME and key.startswith(part) and key[len(part) :] in _KEY_ENDINGS
        for part in name
    )


_KEY_ENDINGS: Final = frozenset(key for ending in _ENDINGS for key in name_keys(ending))
