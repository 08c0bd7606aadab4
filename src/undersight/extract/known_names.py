"""What is known of names beforehand, for languages that decline them."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from undersight.extract import tables
from undersight.extract.engine import Passage, Span
from undersight.extract.personal_names import (
    is_given_name,
    is_personal,
    is_plain_given_name,
    is_surname,
)
from undersight.text.given_names import GIVEN_NAMES

if TYPE_CHECKING:
    from undersight.extract.gazetteer import Gazetteer

Bodies = Callable[[Passage], Iterable[tuple[str, str, Span]]]
_NEWS = ("informasiya", "xəbər", "haber", "telegraf")
_OF_STATE = ("kalkınma", "uzay", "istihbarat", "güvenlik", "çevre", "enerji", "reklam", "ilaç")
_AGENCY = ("agentliyi", "ajansı")
_DISTRICT = re.compile(r"(?:Rayon|Şəhər|Район|İlçe|Bölgə|Dairə|Küçə)")


def is_news_agency(before: str, head: str) -> bool:
    """Whether an agency is one of news, and so an outlet, by the folded word before it."""
    is_turkish = head.startswith("ajansı") and before not in _OF_STATE
    return is_turkish or (before in _NEWS and head.startswith(_AGENCY))


def goes_on(kind: str, other: str, head: str) -> bool:
    """Whether a head word goes on from the one before it ("Xəbər Agentliyi", "Sesi TV")."""
    return kind == "outlet" and (other == "outlet" or head.startswith(_AGENCY))


TITLED = re.compile(
    r"(?<!\w)(?:vəkili?|atası|anası|qardaşı|bacısı|həyat yoldaşı|redaktoru|avukatı?|babası|annesi"
    r"|kardeşi|eşi|gazeteci|jurnalist|bloger|fəal) $"
)


_BESIDE_NAMES: Final = tables.load("beside_names")
OF_BODIES = frozenset(tables.words(_BESIDE_NAMES["bodies"]["word"]))
_OCCUPATION = {  # who somebody is, right before the name
    lang: re.compile(rf"(?<!\w)(?:{words})(?: (?:ve|və|и) \w+)? $")
    for lang, words in tables.only(_BESIDE_NAMES["occupied"]).items()
}
_QUOTED_BEFORE = re.compile(r'"[^"]{2,40}" $')
_AGENTS = {  # the same, by the ending of a noun; of a name of two words or more
    lang: re.compile(pattern) for lang, pattern in tables.only(_BESIDE_NAMES["agents"]).items()
}
_TREATED = {  # what is done to a person alone, right behind a name with a case ending
    lang: re.compile(pattern) for lang, pattern in tables.only(_BESIDE_NAMES["treated"]).items()
}


def is_treated(after: str, lang: str) -> bool:
    """Whether the folded words behind a run of capitals tell what is done to people alone."""
    return _TREATED[lang].match(after) is not None


_NOMINATIVE = re.compile(  # what is done to the subject of an Azerbaijani sentence
    r"(?: \w{3,9}[ıiuü]n \d{1,2}-?\w{0,3})?,? (?:polisə )?(?:saxlan[ıi]l|həbs (?:edil|olun)|döyül"
    r"|cərimələn|məhkum (?:edil|olun)|dindiril|çağır[ıi]l|azad (?:edil|olun)"
    r"|işdən (?:çıxar[ıi]l|qovul)|xaric (?:edil|olun))(?:[ıiuü]b|d[ıiuü]|m[ıiuü]ş)(?!\w*l[aə]r\w)"
)
_HIS = re.compile(  # what somebody has whose name is in the genitive
    r" (?:böyük |kiçik |doğma )?(?:anas[ıi]|atas[ıi]|həyat yoldaş[ıi]|qardaş[ıi]|bac[ıi]s[ıi]"
    r"|oğlu|qızı|əmisi|dayısı|xalası|bibisi|əri|arvadı|vəkili|evi|mənzili|telefonu|profili|səhifəsi|hesabı"
    r"|kanalı|ailəsi|valideynləri)"
)
_GENITIVE = re.compile(r"(?:(?<=[aəeıioöuü])n|(?<=[^aəeıioöuü]))[ıiuü]n$")


def told_by_clause(written: str, after: str, lang: str) -> str | None:
    """Return an Azerbaijani name's dictionary form where its sentence tells the case.

    Args:
        written: The name as written.
        after: Folded words behind it.
        lang: Language code.
    """
    if lang != "az":
        return None
    if _HIS.match(after):
        cut = _GENITIVE.search(written)
        return written[: cut.start()] if cut else None
    is_subject = _NOMINATIVE.match(after) or after.startswith((" və anas", " və atas", " və əri "))
    return written if is_subject else None


_PLACE_OF_TWO = re.compile(
    r"(?:мал|больш|нижн|верхн|нов|стар|красн|бел|ч[её]рн|сух|северн|южн|западн|восточн|велик|средн"
    r"|каменн|зел[её]н|усть|дальн|ближн|тих|светл|нагорн|горн|лесн|степн)\w{1,3}"
)


def is_place_of_two(part: Sequence[NameToken]) -> bool:
    """Whether two words name a town as Russian does: "Малые Ключи"."""
    return len(part) == 2 and _PLACE_OF_TWO.fullmatch(part[0].low) is not None


# what opens an outlet's name: a word before it is none of it
OPENERS = frozenset(["kanal", "ekran", "tv", "radio", "radyo", "media", "medya", "fm", "press"])
OF_CODES = frozenset(["cinayət", "inzibati", "mülki", "xətalar", "məcəlləsi"])


def is_called_as_people(words: Sequence[str], n_case: int = 0) -> bool:
    """Whether a run has a given name spelled as people are called, or a surname.

    Args:
        words: Its words.
        n_case: Letters of a case ending that a lone word may hang on a surname; 0: not looked at.
    """
    if len(words) > 1:
        return is_plain_given_name(words[0]) or is_surname(words[-1])
    return n_case > 0 and (
        is_surname(words[0]) or is_surname(words[0][:-n_case]) or is_given_name(words[0])
    )


SPEAKS = re.compile(r" (?:xəbər ver|yazır|yazıb|məlumat ver)")


def is_whole_name(part: Sequence[NameToken], before: str) -> bool:
    """Whether a run of three words is one person's: what they do stands right before it.

    Args:
        part: The run.
        before: Folded words before it.
    """
    is_named = is_plain_given_name(part[0].text) and is_plain_given_name(part[1].text)
    return is_named or _WHOLE.search(before) is not None


def without_opening(part: list[NameToken], before: str, *, opens: bool) -> list[NameToken]:
    """Take a word that is capital only for opening a sentence off a name of three words or more.

    Args:
        part: The run.
        before: Folded words before it.
        opens: Whether it opens its sentence.
    """
    is_given = part[0].text in given_names() or is_whole_name(part, before)
    if len(part) == 3 and not is_given and part[1].text in given_names():
        is_whole = re.search(r"(?:вич|вна|oğlu|qızı)\w*$", part[2].low)
        return part if is_whole else part[1:]  # "Batov's lawyer Irina Khvorost"
    return part[1:] if opens and not is_given else part


_WHOLE = re.compile(
    r"(?<!\w)(?:gazeteci|kameraman|muhabir|aktivist|öğretmen|öğrenci|yazar|karikatürist|sanatçı"
    r"|üreticisi|youtuber|fenomen|sunucu|editör|çizer|avukat|doktor|şair|müzisyen|akademisyen) $"
)


def is_occupation(low: str, lang: str) -> bool:
    """Whether a folded word only says who somebody is, however it is written."""
    return _OCCUPATION[lang].match(f"{low} ") is not None and not is_given_name(low)


def is_one_person(word: str, before: str, after: str, lang: str) -> bool:
    """Whether a lone word is a surname: who somebody is stands right before it."""
    if _OCCUPATION[lang].search(before) is None:
        return False
    return is_surname(word) or is_treated(after, lang)


_BESIDE = 30
_OF_LAW = re.compile(r"kanun|yasa|madde|məcəllə|qanun|\bceza\b|cinayət")
_OF_MEDIA = re.compile(
    r"(?<!\w)(?:gazete|muhabir|editör|yazar|haber|yayın|dergi|site|redaksi|imtiyaz|röportaj|qəzet"
    r"|müxbir|redaktor|sayt|xəbər|efir|jurnalist|məqalə|reportaj|portal)"
)


def is_of_media(before: str, name: str, after: str) -> bool:
    """Whether the folded words right beside a name speak of the press, and none of law."""
    beside = before[-_BESIDE:] + after[:_BESIDE]
    is_law = _OF_LAW.search(f"{name.lower()} {beside}")
    return _OF_MEDIA.search(beside) is not None and is_law is None


def is_person(value: str, written: str, before: str, lang: str) -> bool:
    """Whether a run of words is a person: by its given name or surname, or by who it is called.

    Args:
        value: The dictionary form.
        written: As written.
        before: Folded text before it.
        lang: Language code.
    """
    if lang == "ru" and not re.search("[а-яё]", written.lower()):  # "редактор Sota Vision"
        words = written.split()
        return any(map(is_plain_given_name, words)) or is_surname(words[-1])
    is_named = any(is_personal(name.split()) for name in (value, written))
    before = _QUOTED_BEFORE.sub("", before)  # "корреспондентку «Маяка» Лиду Боз"
    is_agent = lang in _AGENTS and _AGENTS[lang].search(before) is not None
    return is_named or is_agent or _OCCUPATION[lang].search(before) is not None


def is_named_person(words: Sequence[str]) -> bool:
    """Whether a run of two words or more has a person's given name or surname in it."""
    return len(words) > 1 and is_personal(words)


def owned(kind: str | None, last: str, before: str) -> str | None:
    """Return what words beside a run tell, unless they tell of what its bearer has or works as.

    Args:
        kind: What they tell.
        last: The run's last word, folded.
        before: Folded text before the run.
    """
    is_owner = kind == "account" and _OWNER.search(last) is not None
    return None if is_owner or (kind == "organisation" and _CREW.search(before)) else kind


_CREW = re.compile(r"n[ıiuü]n operatoru $")  # "Dan Ulduzu TV"nin operatoru: who holds its camera
_SURNAME = re.compile(r"(?:[oe]va?|l[ıiuü]|zadə|oğlu|sk[iı]|bəyli)$")
_OWNER = re.compile(r"(?:[oe]v(?:an)?|l[ıiuü]n|zadən)[ıiuü]n$")


def is_beside_owner(words: list[str]) -> bool:
    """Whether a full name is followed by a surname of somebody else, whose something is.

    "Fərid Qasımov Məmmədlinin döyüldüyünü inkar edib".
    """
    return len(words) in (3, 4) and bool(_SURNAME.search(words[1]) and _OWNER.search(words[-1]))


def is_full_name(given: str, surname: str) -> bool:
    """Whether a run begins with a person: a given name that no district is called by."""
    is_given = given in given_names() or is_plain_given_name(given)
    return is_given and not _DISTRICT.match(surname)


@functools.cache
def given_names() -> frozenset[str]:
    """Return the given names known."""
    return frozenset(GIVEN_NAMES.split())


@functools.lru_cache(maxsize=64)
def ending_pattern(pattern: str) -> re.Pattern[str]:
    """Return a pattern of case endings, compiled once."""
    return re.compile(pattern)


@functools.lru_cache(maxsize=16)
def known_pattern(
    source: Gazetteer, ending: str
) -> tuple[re.Pattern[str], Mapping[str, tuple[str, str]]]:
    """Return a pattern of a gazetteer's names, and kind and name by spelling."""
    by_spelling: dict[str, tuple[str, str]] = {}
    for entry in source.to_json():
        for spelling in (entry["name"], *entry["spellings"]):
            by_spelling.setdefault(spelling, (entry["kind"], entry["name"]))
    ordered = sorted(by_spelling, key=lambda s: (-len(s), s))
    names = "|".join(map(re.escape, ordered))
    tail = rf"(?:['’ʼ-]?{ending})?" if ending else ""
    # "Kanal Anadolu Sesi" is another newsroom than Anadolu
    return re.compile(
        rf"(?<![\w@#/.])(?<!Kanal )(?P<name>{names}){tail}(?!\w)"
        r"(?! (?:Sesi|Postası|Gündemi|Səsi)(?!\w))"
    ), by_spelling


@dataclass(frozen=True, slots=True, kw_only=True)
class InflectedNames:
    """How one language's names are found and read.

    Args:
        lang: Language code.
        person: Gives a person's dictionary form from the name as written, the folded words
            before it and the folded words of the text.
        phrase: The same for the names of outlets, movements, pages.
        place: The same for a place.
        ending: Pattern of what may hang on a name, over folded text; empty where the language
            changes the name itself.
        stem: Gives the part of a folded word that its cases share.
        bodies: Finds further bodies that the language writes in its own way.
        quoted: `phrase` for a name in quotation marks, told the folded text before it as well.
    """

    lang: str
    person: Callable[[str, str, Container[str]], str]
    phrase: Callable[[str, Container[str]], str]
    place: Callable[[str, Container[str]], str]
    ending: str
    stem: Callable[[str], str]
    bodies: Bodies | None = None
    quoted: Callable[[str, str, Container[str]], str] | None = None


@dataclass(frozen=True, slots=True)
class NameToken:
    """A word of a run, as written and folded, and where it stands."""

    text: str
    low: str
    start: int
    end: int


def name_token(text: str, low: str, start: int) -> NameToken:
    """Return the word that stands at `start`."""
    return NameToken(text, low, start, start + len(text))


def is_pair(
    part: Sequence[NameToken],
    person: Callable[[str, str, Container[str]], str],
    seen: frozenset[str],
) -> bool:
    """Whether a Russian run is two people's names: "Адвокат Петра Бойко Анна Лунь".

    Args:
        part: The run.
        person: Gives a person's dictionary form.
        seen: Folded words of the text.
    """
    if len(part) != 4 or part[1].low.endswith(("вича", "вичу", "вич", "вны", "вну", "вна")):
        return False
    return is_named_person((part[2].text, person(part[2].text, "", seen)))


def quoted_kind(name: str, before: str, lang: str) -> str | None:
    """Return what quotation marks around a short name in no speech make it: an outlet."""
    words = name.split()
    is_speech = re.search(r"[:.!?,-] ?$", before) or re.search(r"[.,;:!?]", name)
    is_short = len(words) <= 3 and len(name) <= 30
    is_named = lang == "ru" or all(w[0].isupper() for w in words)
    return "outlet" if is_short and is_named and not is_speech else None


# What stands in a town and is named with it, in languages that put the town first.
_IN_TOWN = re.compile(
    r" (?:(?:beynəlxalq |uluslararası )?hava ?(?:limanı|alanı)|havalimanı"
    r"|(?:dəmir ?yolu |avto)?vağzalı"
    r"|aeroportu|otogarı|tren garı|metro|şəhəri?|rayonu?|kəndi|küçəsi|prospekti|meydanı|ilçesi"
    r"|sokağı|caddesi|polis|prokurorluğ|icra hakim|məhkəməs)\w*"
)


def without_town(part: list[NameToken], after: str) -> list[NameToken]:
    """Leave out the town of what stands behind a whole name: "Ali Boz Sarnak hava limanında"."""
    is_son = any(token.low.endswith(("oğlu", "qızı")) for token in part)
    return part[:2] if len(part) in (3, 4) and not is_son and _IN_TOWN.match(after) else part
