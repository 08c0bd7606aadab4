"""Outlets told by what is done with their names where names decline: told, written in, listed.

"Mavi Hat'a konuştu", "Turaca deyib", "Dokuz Sütun'da yayımlanan": nobody speaks to a town or
appears in a surname. "Boz, Dan Ulduzu ve Söz sitelerine": one word behind a list tells all of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from undersight.extract.engine import Candidate, moved
from undersight.extract.name_patterns import CAPITAL
from undersight.extract.personal_names import is_plain_given_name, is_surname

if TYPE_CHECKING:
    from collections.abc import Sequence

    from undersight.extract.engine import Passage

_SAY = {
    "az": (
        r"(?: [^\s.;,]+){0,2} (?:deyib|deyir|danış[ıi]b|bildirib|söyləyib|açıqlayıb|müsahibə"
        r"|açıqlama ver|məlumat ver)"
    ),
    "tr": (
        r"(?: [^\s.;,]+){0,3} (?:konuş|anlat(?!ıl)|söyle(?:di|yen|rken)|açıkla(?:dı|yan|ma yap)"
        r"|demeç|röportaj|bilgi ver|yazdı|yazan|değerlendir)"
    ),
}
_TOLD = {lang: re.compile(pattern) for lang, pattern in _SAY.items()}
_WROTE_IN = {
    "az": re.compile(
        r" (?:[^\s.;,]+ )?(?:dərc (?:ed|olun)|yayımlan|yaz(?:ıb|dığı)|çıxan|çıxış|işləy|paylaş)"
    ),
    "tr": re.compile(
        r" (?:[^\s.;,]+ )?(?:yayımlan|yayınlan|çık(?:an|mış|tı)|köşe|yaz(?:an|dığı))"
    ),
}
_DATIVE = {
    "az": re.compile(r"(?<=[^aəeıioöuü\W])[əa]$|(?<=[aəeıioöuü])[yn][əa]$"),
    "tr": re.compile(r"['’](?:y|n)?[ea]$"),
}
_LOCATIVE = {"az": re.compile(r"[dt][əa]$"), "tr": re.compile(r"['’][dt][ea]$")}
# Turkish: what hangs on a newsroom's name behind an apostrophe, and what only newsrooms have then
_STAFF = (
    r"(?:eski |haber |bağımsız )?(?:genel yayın|yazı işleri|sorumlu müdür|editör|muhabir|kameraman"
    r"|foto muhabir|kurucu|sahibi|imtiyaz|stüdyo|büro|lisans|ruhsat|okur|canlı yayın|redaksiyon"
    r"|çalışan(?:ı|lar)|(?:haber |internet |web )?site(?:si|ler))"
)
_PAGE = r"(?:haber(?:i(?:ne|nin|ni)?|lerin?[ei]?)(?!\w)|arşiv|yayınını)"
_HIT = r"(?:erişim|siber saldırı|ddos|yayın durdurma|(?:[^\s.;,]+ ){0,4}?para ceza)"
_BY_CASE = (  # the ending, what follows, the fewest words of the name
    (re.compile(r"['’]n?[ıiuü]n$"), re.compile(rf" {_STAFF}"), 1),
    (re.compile(r"['’]n?[ıiuü]n$"), re.compile(rf" {_PAGE}"), 2),
    (re.compile(r"['’](?:y|n)?[ea]$"), re.compile(rf" {_HIT}"), 1),
    (re.compile(r"['’]n?[dt][ae]n$"), re.compile(r" (?:gazeteci|muhabir|kameraman|editör)"), 2),
    (
        re.compile(r"['’]n?[dt][ae]$"),
        re.compile(r" (?:çalışan|görev yapan|yayımlanan|yayınlanan|çıkan) "),
        2,
    ),
)
_ABLATIVE = re.compile(r"d[əa]n$")
_GENITIVE = re.compile(r"(?:(?<=[aəeıioöuü])n|(?<=[^aəeıioöuü\W]))[ıiuü]n$")
_HAS = re.compile(
    r" (?:[^\s.;,]+ )?(?:redaktoru|müxbiri|jurnalisti|əməkdaşı|saytı|səhifəsi|kanalı|operatoru"
    r"|fotoqrafı|rəhbəri|təsisçisi|redaksiyası|efiri|hesabı|ofisi|aparıcısı|müəllifi)"
)
_LEAST = 4  # letters of a name that an ending hangs on
_SEVERAL = re.compile(
    r"['’\"”»]?(?:\w{1,3})? (?:(?:adlı |haber |internet |xəbər |web )?"
    r"(?:siteleri|gazeteleri|kanalları|dergileri|ajansları|portalları"
    r"|saytları|qəzetləri|agentlikləri|telekanalları))"
)
_WEAK = (".run", ".bare", ".titled", ".preposition", ".mention")
_BEFORE = re.compile(
    rf"(?<!\w)(?P<name>{CAPITAL}(?: {CAPITAL}){{0,2}})(?:['’]\w{{1,4}})?"
    r"(?:, | ve | və |, ve )$"
)
_REACH = 60


def case_of(last: str, after: str, lang: str) -> int:
    """Return how many letters of an outlet's last word are the ending of who is told something.

    Args:
        last: The last word of a name, folded.
        after: Folded words behind it.
        lang: Language code.

    Returns:
        0 where nobody is told anything there.
    """
    if lang not in _TOLD:
        return 0
    cases = ((_DATIVE[lang], _TOLD[lang]), (_LOCATIVE[lang], _WROTE_IN[lang]))
    for ending, verb in cases:
        cut = ending.search(last)
        if cut and cut.start() >= _LEAST and verb.match(after):
            return len(last) - cut.start()
    return 0


def is_told_by_case(words: Sequence[str], after: str, lang: str) -> bool:
    """Whether a Turkish name's ending and what follows say that it is a newsroom's.

    "Yeni Liman'ın muhabiri", "Yeni Liman'a erişim engellendi": nobody's own name has reporters.

    Args:
        words: The name's words as written, the last with its ending.
        after: Folded words behind it.
        lang: Language code.
    """
    if lang != "tr" or words[-1].isupper():
        return False
    bare = [*words[:-1], re.split("['’]", words[-1])[0]]
    if is_plain_given_name(bare[0]) or is_surname(bare[-1]):
        return False
    last = words[-1].lower()
    return any(
        len(bare) >= least and ending.search(last) and behind.match(after)
        for ending, behind, least in _BY_CASE
    )


def without_case(name: str, low: str, after: str, *, opens: bool) -> str:
    """Return an Azerbaijani name in quotation marks without a case ending written inside them.

    Args:
        name: As written.
        low: The same, folded.
        after: Folded words behind the closing mark.
        opens: Whether it opens its sentence, and so rather is the subject.
    """
    if not after.startswith(" "):
        return name  # the ending stands behind the mark
    cut = _ABLATIVE.search(low)
    cut = cut or (_GENITIVE.search(low) if _HAS.match(after) else None)
    if not cut and _WROTE_IN["az"].match(after):
        cut = _LOCATIVE["az"].search(low)
    n_told = 0 if opens or cut else case_of(low, after, "az")
    end = cut.start() if cut else len(name) - n_told
    return name[:end] if end >= _LEAST else name


def listed_before(passage: Passage, found: list[Candidate]) -> list[Candidate]:
    """Read the names before "... and Dan Ulduzu websites" as outlets, as the last of them is.

    Args:
        passage: The entry.
        found: Its names, by place.
    """
    kept = list(found)
    for last in found:
        if last.kind != "outlet" or not _SEVERAL.match(passage.low, last.end):
            continue
        start = last.start
        while match := _BEFORE.search(passage.text, max(passage.start, start - _REACH), start):
            opens = passage.sentence_at(match.start())[0] == match.start()
            if opens and " " not in match["name"]:
                break  # "Hâkimlik, Boz ve Söz sitelerine erişimi engelledi"
            here = [c for c in kept if c.overlaps(*match.span("name"))]
            if any(c.kind != "outlet" and not c.rule.endswith(_WEAK) for c in here):
                break
            if not any(c.kind == "outlet" for c in here):
                kept = [c for c in kept if c not in here]
                a, b = match.span("name")
                kept.append(moved(last, value=match["name"], start=a, end=b, confidence=0.7))
            start = match.start("name")
    return sorted(kept, key=lambda c: c.span)


def alike(text: str, found: list[Candidate], given: frozenset[str]) -> list[Candidate]:
    """Read a name that occurs more than once as the surest reading of it.

    Args:
        text: The whole text.
        found: The names of an entry.
        given: Given names known letter for letter.
    """
    found = [_as_elsewhere(text, c, found, given) for c in found]
    best: dict[str, Candidate] = {}
    for candidate in sorted(found, key=lambda c: (-c.confidence, c.start)):
        best.setdefault(candidate.value.lower(), candidate)
    return [moved(c, kind=best[c.value.lower()].kind) for c in found]


def _as_elsewhere(
    text: str, one: Candidate, found: list[Candidate], given: frozenset[str]
) -> Candidate:
    """Read letters that stand in the text twice alike, where a title told their case once."""
    surface = text[slice(*one.span)]
    if one.kind != "person" or one.value != surface or surface.split()[0] in given:
        return one
    others = [c for c in found if c.kind == "person" and text[slice(*c.span)] == surface]
    told = {str(c.value) for c in others} - {surface}
    return moved(one, value=told.pop()) if len(told) == 1 else one
