"""Legal forms and the generic words of the names of organisations, in four languages."""

from __future__ import annotations

import re

from undersight.text.folding import fold

_LEGAL_FORMS = """
open joint stock company
closed joint stock company
public joint stock company
joint stock company
joint stock compan
limited liability company
limited liability partnership
limited partnership
public limited company
private limited company
limited company
gesellschaft mit beschränkter haftung
societatea cu răspundere limitată
société anonyme
sociedad anónima
общество с ограниченной ответственностью
открытое акционерное общество
закрытое акционерное общество
публичное акционерное общество
акционерное общество
məhdud məsuliyyətli cəmiyyəti
məhdud məsuliyyətli cəmiyyət
açıq səhmdar cəmiyyəti
qapalı səhmdar cəmiyyəti
səhmdar cəmiyyəti
ictimai birliyi
ictimai birlik
limited şirketi
anonim şirketi
ltd şti
co ltd
pty ltd
pte ltd
sp z o o
sp z oo
aktiengesellschaft
incorporated
corporation
limited
company
"""
_LEGAL_ABBREVIATIONS = """
ag gmbh inc corp ltd llc llp lp plc pjsc ojsc cjsc jsc oao ooo zao pao ao tov pat mmc asc qsc
sa sas sarl srl spa nv bv ab oy as aps kg se co compan na pty pte sl a/s ооо оао зао пао ао чп ип
ib ih aş mv
"""

_LONG_FORM = re.compile(
    r"\b(?:"
    + "|".join(
        re.escape(form)
        for form in sorted(fold(_LEGAL_FORMS).strip().splitlines(), key=len, reverse=True)
    )
    + r")\b"
)
LEGAL_ABBREVIATIONS = frozenset(fold(_LEGAL_ABBREVIATIONS).split())
EMPTY_WORDS = frozenset(
    fold(
        "the of and for in on at to a an de la le du des und der die das и в на по о для"
        " və üçün ve ile s"
    ).split()
)

# one line an idea: the stems that say it in az, ru, tr and en; the first word names it
_IDEAS = """
agency agency agentli агентств ajans
news news xəbər новост haber information informasiya информацион
ministry ministry nazirli министерств bakanlı bakanlig
court court məhkəmə суд mahkeme
police police polis полици
office office idarə управлени müdürlü department departament департамент
prosecutor prosecutor prokuror прокур savcı
tv tv television televiziya телекан телевид televizyon телеканал kanal
radio radio радио
newspaper newspaper qəzet газет gazete
magazine magazine jurnal журнал dergi
journalist journalist jurnalist журналист gazeteci
party party parti парти
union union ittifaq союз birli sendika
centre center centre mərkəz центр merkez
institute institut институт enstitü
international international intl beynəlxalq международн uluslararası
national national milli национальн ulusal
state state dövlət государствен devlet
interior interior internal daxili внутрен içişleri
affairs affairs işlər дел işleri
security security təhlükəsiz безопасност güvenlik
foundation foundation fund fond фонд vakf vakıf
rights rights hüquq прав hak
human human insan человек
freedom freedom free azad свобод özgürlük
press press mətbuat пресс basın
service service xidmət служб hizmet
city city şəhər город şehir
district district rayon район ilçe
bank bank банк
group group qrup групп grup
holding holding холдинг
organisation organi təşkilat организац örgüt
association association assosiasiya ассоциац dernek
university universit университет
movement movement hərəkat движен hareket
council council şura совет konsey
committee committe komit комитет komite
commission commission komissiya комисси komisyon
labour labor labour
first first 1st
"""
WEAK_IDEAS = frozenset(
    "agency news tv radio newspaper magazine group holding organisation press service".split()  # noqa: SIM905 - a list in words
)
"""Ideas that a name is often written without."""

_NUMBERS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6",
    "vii": "7", "viii": "8", "ix": "9", "x": "10", "xi": "11", "xii": "12", "xiii": "13",
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip


def _stems() -> dict[str, str]:
    stems: dict[str, str] = {}
    for line in fold(_IDEAS).strip().splitlines():
        idea, *words = line.split()
        for word in words:
            stems.setdefault(word, idea)
    return stems


_STEMS = _stems()
_LONGEST_STEM = max(map(len, _STEMS))


def without_legal_forms(folded: str) -> str:
    """Return a folded name without legal forms that are written out.

    Args:
        folded: A name in the fold space.
    """
    return _LONG_FORM.sub(" ", folded)


def idea_of(word: str) -> str:
    """Return the idea a folded word stands for in any of the languages, or an empty string.

    Args:
        word: A folded word, with its case ending.
    """
    for length in range(min(len(word), _LONGEST_STEM), 1, -1):
        idea = _STEMS.get(word[:length])
        if idea and (length >= 5 or len(word) - length <= 2):
            return idea
    return ""


def number_of(word: str) -> str:
    """Return the number a folded word stands for, or an empty string.

    Args:
        word: A folded word, digits or a Roman numeral.
    """
    if word.isdigit():
        return word.lstrip("0") or "0"
    return _NUMBERS.get(word, str(_TENS[word]) if word in _TENS else "")
