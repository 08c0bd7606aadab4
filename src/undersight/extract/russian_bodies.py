"""Russian offices: a head noun in any case, adjectives before it, a tail in the genitive."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from undersight.extract.russian_titles import adjective

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.extract.engine import Passage, Span

_ENDINGS = {
    "m": ("", "а", "у", "ом", "е"),
    "n": ("о", "а", "у", "ом", "е"),
    "f": ("а", "ы", "и", "е", "у", "ой", "ою"),
    "ия": ("ия", "ии", "ию", "ией"),
    "ие": ("ие", "ия", "ию", "ием", "ии"),
    "ь": ("ь", "и", "ью"),
    "ль": ("ь", "я", "ю", "ем", "е"),
}
# stem, declension, lemma, gender
_HEADS = (
    ("министерств", "n", "министерство", "n"),
    ("прокуратур", "f", "прокуратура", "f"),
    ("суд", "m", "суд", "m"),
    ("комитет", "m", "комитет", "m"),
    ("служб", "f", "служба", "f"),
    ("инспекц", "ия", "инспекция", "f"),
    ("управлени", "m", "управление", "n"),
    ("управлен", "ие", "управление", "n"),
    ("агентств", "n", "агентство", "n"),
    ("полиц", "ия", "полиция", "f"),
    ("патрул", "ль", "патруль", "m"),
    ("администрац", "ия", "администрация", "f"),
    ("комисси", "ия", "комиссия", "f"),
    ("комисс", "ия", "комиссия", "f"),
    ("совет", "m", "совет", "m"),
    ("департамент", "m", "департамент", "m"),
    ("палат", "f", "палата", "f"),
    ("мэр", "ия", "мэрия", "f"),
    ("отделени", "m", "отделение", "n"),
    ("посольств", "n", "посольство", "n"),
    ("гвард", "ия", "гвардия", "f"),
    ("банк", "m", "банк", "m"),
)
_TAILS = (
    r"(?:внутренних дел|общественного порядка|государственной безопасности|исполнения наказаний"
    r"|национальной безопасности|юстиции|обороны|иностранных дел|образования|культуры|связи"
    r"|здравоохранения|безопасности|печати|надзора|информации|по [а-яё]+(?: [а-яё]+){0,3}"
    r"|по надзору[^.,;]{0,40}|[а-яё]+(?:ого|его|ой|ей|ых|их) [а-яё]+(?:а|я|и|ы|ий|ов|ей))"
)
_ADJECTIVE = r"[а-яё-]+(?:ый|ий|ой|ая|яя|ое|ее|ого|его|ому|ему|ым|им|ом|ем|ую|юю|ей)"
_CAP_TAIL = (
    r"(?:[А-ЯЁ][а-яё-]+(?:ого|его|ой|ей) (?:района|округа|области|края|города|республики)"
    r"|[А-ЯЁ][а-яё-]+(?:а|я|и|ы)(?! [А-ЯЁ][а-яё]))"
)


def _head_pattern() -> str:
    forms = []
    for i, (stem, declension, _, _) in enumerate(_HEADS):
        endings = "|".join(sorted(_ENDINGS[declension], key=len, reverse=True))
        forms.append(rf"(?P<h{i}>{stem}(?:{endings}))")
    return "|".join(forms)


_BODY = re.compile(
    rf"(?<![\w-])(?P<adjectives>(?:{_ADJECTIVE} ){{0,3}})"
    rf"(?:{_head_pattern()})(?![\w-])(?P<tail> {_TAILS})?"
)
_CAPITAL_TAIL = re.compile(rf" {_CAP_TAIL}(?!\w)")
_PLAIN = frozenset(  # adjectives that name nothing
    [
        "местный",
        "местная",
        "местное",
        "городской",
        "этот",
        "эта",
        "тот",
        "та",
        "районный",
        "свой",
        "один",
        "наш",
        "весь",
        "каждый",
        "другой",
        "новый",
        "первый",
        "апелляционный",
    ]
)
_STRESSED = ("областн", "краев", "городск", "миров", "окружн", "земельн", "сельск")
_SHORT = re.compile(
    r"(?<![\w-])(?P<name>(?:Г?У?МВД|Г?УВД|О?МВД|ФСБ|УФСБ|ФСИН|УФСИН|СКР?|ФСО|ФМС|МИД|МЧС|ЦИК|ЦПЭ|ГСУ|КНБ"
    r"|КГБ|ГКНБ|МГБ|СНБ|СБУ)(?![\w-])|(?:Роскомнадзор|Роскомсвяз|Роспотребнадзор|Росфинмониторинг"
    r"|Росгвард|Минюст|Минкомсвяз|Минцифр|Минкульт|Минобр|Мининформ|Генпрокуратур|Госдум|Мосгорсуд"
    r"|Следком|Центризбирком|Рособрнадзор|Росмолодеж|Рос[а-я]{3,9}надзор))"
    r"(?P<ending>[а-яё]{0,3})(?![\w-])(?P<tail> по [А-ЯЁ][а-яё-]+"
    r"(?:ой|ому|ему|ей) (?:области|краю|району"
    r"|городу|округу|республике)| на транспорте| по [А-ЯЁ][а-яё-]+(?:у|е|и))?"
)
_SHORT_ENDS = {"Росгвард": "ия", "Генпрокуратур": "а", "Госдум": "а", "Минцифр": "ы"}
_WEAK = ("суд", "совет", "палата", "отделение", "комиссия", "администрация", "управление")


def bodies(passage: Passage) -> Iterator[tuple[str, str, Span]]:
    """Yield offices with the head in the nominative."""
    yield from _short_bodies(passage)
    for match in _BODY.finditer(passage.low, passage.start, passage.end):
        group = match.lastgroup if match.lastgroup != "tail" else None
        group = group or next(n for n, v in match.groupdict().items() if v and n[0] == "h")
        if not group.startswith("h"):
            group = next(n for n, v in match.groupdict().items() if v and n[0] == "h")
        _, _, lemma, gender = _HEADS[int(group[1:])]
        start, words = _adjectives(passage, match)
        end = match.end()
        tail = match["tail"] or ""
        named = _CAPITAL_TAIL.match(passage.text, end) if not tail else None
        if named:
            tail, end = named.group(), named.end()
        lead = [_nominative(word, gender) for word in words]
        if not _is_name(passage, start, lead, lemma, tail):
            continue
        if not lead and start == match.start(group):
            start = match.start(group)
        value = " ".join([*lead, lemma]) + passage.text[end - len(tail) : end]
        surface = passage.text[start]
        value = value[0].upper() + value[1:] if surface.isupper() and (lead or tail) else value
        yield "organisation" if lemma == "банк" else "agency", value, (start, end)


def _short_bodies(passage: Passage) -> Iterator[tuple[str, str, Span]]:
    """Yield offices known by a short name: "МВД по Озёрской области", "Роскомнадзор"."""
    for match in _SHORT.finditer(passage.text, passage.start, passage.end):
        name = match["name"]
        value = name + _SHORT_ENDS.get(name, "ь" if name.endswith("связ") else "")
        yield "agency", value + (match["tail"] or ""), match.span()


def _adjectives(passage: Passage, match: re.Match[str]) -> tuple[int, list[str]]:
    """Return where the name begins: at its capital letter, else at its first telling word."""
    found = [(m.start(), m.group()) for m in re.finditer(r"[а-яё-]+", match["adjectives"])]
    base = match.start("adjectives")
    kept: list[tuple[int, str]] = []
    for offset, word in found:
        if passage.text[base + offset].isupper():
            kept = []
        kept.append((base + offset, word))
    while (
        kept and _nominative(kept[0][1], "m") in _PLAIN and not passage.text[kept[0][0]].isupper()
    ):
        kept = kept[1:]
    start = kept[0][0] if kept else match.end("adjectives")
    return start, [passage.text[at : at + len(word)] for at, word in kept]


def _nominative(word: str, gender: str) -> str:
    match = re.fullmatch(
        r"(.+?)(?:ый|ий|ой|ая|яя|ое|ее|ого|его|ому|ему|ым|им|ом|ем|ую|юю|ей)", word
    )
    if not match:
        return word
    is_masculine = gender == "m" and word.endswith(("ой", "ый", "ий"))
    if is_masculine:
        return word  # before a masculine noun "-ой" is its own form: "областной суд"
    if gender == "m" and match[1].lower().endswith(_STRESSED):
        return f"{match[1]}ой"
    return adjective(match[1], gender)


def _is_name(passage: Passage, start: int, lead: list[str], lemma: str, tail: str) -> bool:
    is_capital = passage.text[start].isupper()
    opens = any(start == first for first, _ in passage.sentences)
    has_capital_tail = bool(re.search("[А-ЯЁ]", tail))
    if lemma in ("полиция", "патруль"):
        return (bool(lead) and lead[0].lower() not in _PLAIN) or (is_capital and has_capital_tail)
    if lemma in _WEAK:
        return (
            has_capital_tail
            or (is_capital and bool(lead))
            or (is_capital and bool(tail) and not opens)
        )
    return bool(lead and is_capital) or (is_capital and bool(tail)) or bool(tail and lead)
