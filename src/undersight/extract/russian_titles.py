"""Dictionary forms of Russian phrases: the names of offices, outlets and places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from undersight.extract import tables
from undersight.extract.russian_endings import HARD, cased

if TYPE_CHECKING:
    from collections.abc import Container

_ADJECTIVE = re.compile(
    r"(?P<stem>[\w-]+?)(?:(?P<m>ого|его|ому|ему|ым|им|ом|ем)|(?P<f>ой|ей|ую|юю)"
    r"|(?P<mn>ый|ий)|(?P<fn>ая|яя)|(?P<nn>ое|ее))"
)
_SOFT_STEM = re.compile(
    r"(?:[гкхжшщч]|(?:ерхн|ижн|редн|дальн|син|утрен|ечерн|едн|етн|имн|осен|весен|овн))$"
)
_STAFF = re.compile(  # of whose outlet the name in quotation marks is: in the genitive
    r"(?<!\w)(?:(?:радио|теле|фото|видео)?(?:журналист|корреспондент|репортёр|репортер|редактор|сотрудни"
    r"|автор|фотограф|оператор|ведущ|главред|учредител|основател|владел|издател|обозревател|колумнист"
    r"|продюсер|стажёр|стажер)\w*|редакци[июя]|редакцией|офис[аеу]?|корпункт\w*"
    r"|запис[иь]"
    r"|публикаци\w+|материал\w*|эфир\w*) \"$"
)
OF_STAFF = 'редактор "'  # behind which a name stands in the genitive
_NEUTER = frozenset(["эха", "эху", "слова", "слову", "утра", "утру", "дела", "делу"])


def phrase(words: str, *, seen: Container[str] = frozenset()) -> str:
    """Return an adjective and noun in the nominative: "Нового ветра" to "Новый ветер"."""
    first, *rest = words.split()
    if not rest:
        return noun(first, seen=seen)
    if several := _several(first, rest):
        return several
    match = _ADJECTIVE.fullmatch(first)
    if not match or len(match["stem"]) < 2 or match["mn"] or match["fn"] or match["nn"]:
        changed = noun(first, seen=seen) if not match else first
        if first.lower() in _NEUTER:
            changed = first[:-1] + "о"
        return " ".join([changed, *rest])
    if first.endswith("ой") and rest[0][-1].lower() in HARD:
        return words  # "Степной курьер": the adjective of a man's gender, as it is
    gender = "f" if match["f"] else "m"
    lemma = noun(rest[0], gender=gender, seen=seen)
    if lemma[-1:] in "оеё" and gender == "m":
        gender = "n"
    return " ".join([adjective(match["stem"], gender), lemma, *rest[1:]])


_MANY = re.compile(r"(?P<stem>[\w-]{2,}?)(?P<ending>ых|их|ыми|ими)")
_NOUNS = (
    ("иями", "ии"), ("ями", "и"), ("ами", ""), ("иях", "ии"), ("ях", "и"), ("ах", ""),
    ("ий", "ия"),
    ("ев", "и"), ("ов", ""), ("ей", "и"), ("ок", "ки"), ("ек", "ки"),
)  # fmt: skip


def _several(first: str, rest: list[str]) -> str | None:
    """Return an adjective and noun of many in the nominative: "Вечерних огней"."""
    match = _MANY.fullmatch(first)
    if match is None:
        return None
    low = rest[0].lower()
    for ending, back in _NOUNS:
        stem = low.removesuffix(ending)
        if stem != low and len(stem) > 1:
            lemma = stem + (back or ("и" if stem[-1] in "гкхжшчщ" else "ы"))
            soft = match["ending"][0] == "и"
            adjective_ = match["stem"] + ("ие" if soft else "ые")
            return " ".join([adjective_, cased(rest[0], lemma), *rest[1:]])
    return None


_OWNED = re.compile(
    r"(?:[\w-]+(?:ого|его) [а-яё]+[ая]|[\w-]+(?:ых|их) [а-яё]+(?:ов|ев|ей|ок|ек|ий)"
    r"|[а-яё]*(?:ника|теля|курьера|голоса|берега|маяка|телеграфа|репортёра|репортера|компаса"
    r"|меридиана|полюса|факта|листка|экспресса|вестей|новостей|ведомостей|времени|полудня)"
    r"(?: .*)?)"
)


def is_owner(words: str) -> bool:
    """Whether a name stands in the genitive: «Речника», whose page it is, and not the page's own.

    Args:
        words: The name, folded.
    """
    return _OWNED.fullmatch(words) is not None


# to whom somebody says something: "рассказала «Полдню»"
_TOLD = re.compile(
    r"(?<!\w)(?:сказал|рассказал|сообщил|заявил|пояснил|объяснил|ответил|подтвердил|пожаловал"
    r"|говорил|признал)(?:а|и|ся|ась|ись)? (?:[а-яё-]+ )?[\"]$"
)


def _told(low: str) -> str:
    """Return the nominative of a noun in the dative."""
    if low.endswith("ню"):
        stem = low[:-2]
        return f"{stem}ень" if stem[-1:] in "бвгджзклмпрстфхцчшщ" else f"{stem}нь"
    if low.endswith(("у", "ю")):
        return _stems(low[:-1], is_soft=low.endswith("ю"))[0]
    if low.endswith(("те", "де", "зе", "не", "ре", "ке", "ге", "ве", "ле")):
        return f"{low[:-1]}а"
    return low


def quoted(words: str, before: str, seen: Container[str]) -> str:
    """Return a name in quotation marks in the nominative: "редактор «Голоса степи»".

    Args:
        words: As written.
        before: Folded text before it, the mark included.
        seen: Folded words of the text.
    """
    found = phrase(words, seen=seen)
    first, *rest = words.split()
    if found == words and _TOLD.search(before):
        return " ".join([cased(first, _told(first.lower())), *rest])
    if found != words or _ADJECTIVE.fullmatch(first) or not _STAFF.search(before):
        return found
    if re.search(r"[бвгджзклмнпрстфхцчшщ]а$", first):
        return " ".join([first[:-1], *rest])
    if re.search(r"..[аеоу]я$", first):
        return " ".join([f"{first[:-1]}й", *rest])
    if re.search(r"..(?:ы|[гкхжшчщ]и)$", first):
        return " ".join([f"{first[:-1]}а", *rest])
    return found


def adjective(stem: str, gender: str) -> str:
    """Return an adjective's nominative."""
    is_soft = _SOFT_STEM.search(stem.lower()) is not None
    is_after_n = stem.endswith("н") and is_soft
    if gender == "m":
        return stem + ("ой" if stem.lower() in _IN_OI else "ий" if is_soft else "ый")
    if gender == "f":
        return stem + ("яя" if is_after_n else "ая")
    return stem + ("ее" if is_after_n else "ое")


def noun(word: str, *, gender: str = "", seen: Container[str] = frozenset()) -> str:
    """Return a noun's likely nominative; the word itself where nothing tells its case."""
    low = word.lower()
    for lemma in _noun_lemmas(low, gender):
        if lemma in seen:
            return cased(word, lemma)
    if not gender:
        return word
    lemmas = _noun_lemmas(low, gender)
    return cased(word, lemmas[0]) if lemmas else word


def _noun_lemmas(low: str, gender: str) -> list[str]:
    if gender == "f":
        for ending, back in (("ией", "ия"), ("ии", "ия"), ("ию", "ия"), ("ы", "а"), ("у", "а"),
                             ("ой", "а"), ("ью", "ь"), ("ей", "я"), ("ю", "я")):  # fmt: skip
            if low.endswith(ending):
                return [low[: -len(ending)] + back]
        if low.endswith("и"):
            return [low[:-1] + ("а" if low[-2:-1] in "гкхжшчщ" else "ь"), low[:-1] + "я"]
        return [low[:-1] + "а", low[:-1] + "я"] if low.endswith("е") else []
    found: list[str] = []
    for ending in ("ом", "ем", "а", "у", "е", "я", "ю"):
        if low.endswith(ending):
            stem = low[: -len(ending)]
            found = _stems(stem, is_soft=ending in "яю")
            break
    return found


def _stems(stem: str, *, is_soft: bool) -> list[str]:
    if stem == "дн":
        return ["день"]
    if is_soft:
        return [f"{stem}й" if stem[-1:] in "аеёиоуыэюя" else f"{stem}ь"]
    if re.search(r"[бвгджзйклмнпрт]ск$", stem):
        return [stem]  # towns: "Камнегорск"
    if len(stem) > 3 and stem[-1] in "ркнлц" and stem[-2] in "бвгджзклмнпстфхцчшщ":
        vowel = "о" if stem[-1] == "к" and stem[-2] not in "жчшщ" else "е"
        if (stem[-2:] in ("тр", "ок", "ек", "тк", "ск", "вк", "лк", "ец")) or stem[-1] == "к":
            return [stem[:-1] + vowel + stem[-1], stem]
    if stem.endswith(("слов", "эх", "утр", "обозрени", "врем")):
        return [stem + "о", stem]
    return [stem]


# adjectives that bear their stress on the ending: "Речной вестник"
_IN_OI = frozenset(tables.words(tables.load("ru_names")["names"]["adjectives_in_oi"]))
