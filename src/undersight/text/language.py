"""Which language a text is in, by script and letters first, by a small model last.

Short comments are what the model gets wrong, and Azerbaijani typed without its letters is what it
takes for Turkish; both are settled by rules before it is asked. Under twelve letters the answer is
``unknown`` unless the script decides.
"""

from __future__ import annotations

import errno
import re
import tempfile
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from undersight.errors import DiskFailedError, DiskFullError
from undersight.text.folding import fold
from undersight.text.turkic_words import (
    AZERBAIJANI_STEM,
    ONLY_AZERBAIJANI,
    ONLY_TURKISH,
    TURKISH_STEM,
)

MIN_LETTERS = 12
"""Fewer letters than this say nothing, unless their script has one language."""

UNKNOWN = "unknown"

_MODEL_CYRILLIC = ("bg", "ru", "uk")
_SURE_IT_IS_NOT_RUSSIAN = 0.8
_MODEL_LATIN = ("az", "de", "en", "es", "fr", "it", "pl", "pt", "tr")

# addresses, mentions (VK writes them [id1|Name]) and mail have letters but no language
_DOMAINS = "com|org|net|ru|az|tr|info|tv|me|be"
_NOT_LANGUAGE = re.compile(
    r"(?:https?://|www\.)\S+|\[(?:id|club|public)[^|\]]*\|[^\]]*\]|\S+@\S+\.\S+|(?<!\w)@[\w.]+"
    rf"|\b[\w-]+\.(?:{_DOMAINS})(?:/\S*)?\b"
)

# Without one of these signs there is none of those, which take long to look for.
_SIGNS_OF_NO_LANGUAGE = ("@", "[", "://", "www.")
_DOMAIN = re.compile(rf"\.(?:{_DOMAINS})")

_LATIN = re.compile("[A-Za-z\u00aa-\u02af\u1e00-\u1eff]")
_NOT_LATIN = re.compile("[\u02b0-\u1dff\u1f00-\uffff]")  # where every other script is
_ENOUGH_LATIN = re.compile(f"(?:[^{_LATIN.pattern[1:-1]}]*{_LATIN.pattern}){{{MIN_LETTERS}}}")
# letters of other scripts than Latin and Cyrillic; signs and emoji are none
_OTHER_SCRIPTS = re.compile("[\u02b0-\u03ff\u0530-\u1dff\u1f00-\u1fff\u2c00-\ufdff]")
_SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("latin", re.compile(f"{_LATIN.pattern}+")),
    ("cyrillic", re.compile("[\u0400-\u052f]+")),
    ("georgian", re.compile("[\u10a0-\u10ff\u1c90-\u1cbf]+")),
    ("armenian", re.compile("[\u0531-\u0587]+")),
    ("arabic", re.compile("[\u0620-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f]+")),
    ("hebrew", re.compile("[\u05d0-\u05ea]+")),
    ("greek", re.compile("[\u0370-\u03ff]+")),
    ("devanagari", re.compile("[\u0900-\u097f]+")),
    ("hangul", re.compile("[\uac00-\ud7a3]+")),
    ("kana", re.compile("[\u3040-\u30ff]+")),
    ("han", re.compile("[\u4e00-\u9fff]+")),
)
_ONE_LANGUAGE = {
    "georgian": "ka",
    "armenian": "hy",
    "hebrew": "he",
    "greek": "el",
    "devanagari": "hi",
    "hangul": "ko",
    "kana": "ja",
    "han": "zh",
}

_PERSIAN_LETTERS = re.compile("[پچژگکی]")
_URDU_LETTERS = re.compile("[ٹڈڑںے]")
_KURDISH_LETTERS = re.compile("[ڕڵێۆ]")

_CYRILLIC_LETTERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("az", re.compile("[ҝҹҜҸ]")),
    ("kk", re.compile("[құҚҰ]")),
    ("tt", re.compile("[җҗҖ]")),
    ("az", re.compile("[әғөүһӘҒӨҮҺ]")),
    ("be", re.compile("[ўЎ]")),
    ("uk", re.compile("[їєґЇЄҐ]")),
    ("mk", re.compile("[ѓќѕЃЌЅ]")),
    ("sr", re.compile("[ђћџЂЋЏ]")),
)
_OF_OTHER_CYRILLIC = re.compile(
    "[" + "".join(letters.pattern[1:-1] for _, letters in _CYRILLIC_LETTERS) + "]"
)
_RUSSIAN_LETTERS = re.compile("[ыэёЫЭЁ]")
_UKRAINIAN_I = re.compile("[іІ]")

_TURKIC_LETTERS = re.compile("[ışğİŞĞ]")
# letters Turkish has no use for, in the places where English has none either
_AZERBAIJANI_Q_X = re.compile(r"q(?!u)|\bx[aeiou]|[aeiou]x[aeiou]|x[lmnrs]|[lmnr]x")
_TURKISH_PRESENT = re.compile(r"\w{2,}(?:[iu]yor(?:um|sun|uz|sunuz|lar|du)?)\b")
_AZERBAIJANI_ENDING = re.compile(
    r"\w{3,}(?:[iu]blar|[iu]b|mayib|meyib|[ae]cag[ia]m|irlar|irler|irsiniz|maq)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageGuess:
    """A language and how sure of it.

    Args:
        lang: ISO 639-1 code, or ``unknown``.
        confidence: In [0, 1]; 0 for ``unknown``.
    """

    lang: str
    confidence: float


_NO_GUESS = LanguageGuess(lang=UNKNOWN, confidence=0.0)
_AZERBAIJANI_BY_LETTERS = LanguageGuess(lang="az", confidence=0.99)


class _Model(Protocol):
    def rank(self, text: str) -> list[tuple[str, float]]: ...


def detect_language(text: str, *, is_model_asked: bool = True) -> LanguageGuess:
    """Return the language of ``text``; the same text always gets the same answer.

    Args:
        text: A comment, a sentence or an article.
        is_model_asked: Ask the model where rules do not decide; it takes ten times as long.
    """
    if _has_signs_of_none(text):
        text = _NOT_LANGUAGE.sub(" ", text)
    if _NOT_LATIN.search(text) is None:
        return _latin(text, is_model_asked=is_model_asked)
    scripts = _SCRIPTS if _OTHER_SCRIPTS.search(text) else _SCRIPTS[:2]
    counts = Counter({name: sum(map(len, runs.findall(text))) for name, runs in scripts})
    if counts["kana"] and counts["kana"] * 5 >= counts["han"]:
        counts["kana"] += counts["han"]
    script, n_letters = max(counts.items(), key=lambda item: item[1])
    if n_letters == 0:
        return _NO_GUESS
    share = n_letters / counts.total()
    if script in _ONE_LANGUAGE:
        return _settled(_ONE_LANGUAGE[script], 0.99 * share)
    if script == "arabic":
        return _arabic(text, share)
    if script == "cyrillic":
        return _cyrillic(text, n_letters, share, is_model_asked=is_model_asked)
    return _latin(text, is_model_asked=is_model_asked)


def _has_signs_of_none(text: str) -> bool:
    """Whether there may be something in a text that is of no language."""
    for sign in _SIGNS_OF_NO_LANGUAGE:
        if sign in text:
            return True
    return _DOMAIN.search(text) is not None


def _settled(lang: str, confidence: float) -> LanguageGuess:
    return LanguageGuess(lang=lang, confidence=round(min(max(confidence, 0.0), 1.0), 3))


def _arabic(text: str, share: float) -> LanguageGuess:
    for lang, letters in (("ku", _KURDISH_LETTERS), ("ur", _URDU_LETTERS)):
        if letters.search(text):
            return _settled(lang, 0.9 * share)
    is_persian = _PERSIAN_LETTERS.search(text) is not None
    return _settled("fa", 0.9 * share) if is_persian else _settled("ar", 0.85 * share)


def _cyrillic(text: str, n_letters: int, share: float, *, is_model_asked: bool) -> LanguageGuess:
    for lang, letters in _CYRILLIC_LETTERS if _OF_OTHER_CYRILLIC.search(text) else ():
        if len(letters.findall(text)) * 60 >= n_letters:
            return _settled(lang, 0.97 * share)
    if n_letters < MIN_LETTERS:
        return _NO_GUESS
    if _RUSSIAN_LETTERS.search(text):
        return _settled("ru", 0.97 * share)
    if _UKRAINIAN_I.search(text):
        return _settled("uk", 0.9 * share)
    if not is_model_asked:
        return _NO_GUESS
    guess = _ask_model(text, _MODEL_CYRILLIC)
    is_other = guess.lang != "ru" and guess.confidence >= _SURE_IT_IS_NOT_RUSSIAN
    return guess if is_other else _settled("ru", 0.6)


def _latin(text: str, *, is_model_asked: bool) -> LanguageGuess:
    n_schwa = text.count("ə") + text.count("Ə")
    # No text has more letters than characters, which cost less to count.
    if n_schwa and (n_schwa * 60 >= len(text) or n_schwa * 60 >= len(_LATIN.findall(text))):
        return _AZERBAIJANI_BY_LETTERS
    if _ENOUGH_LATIN.match(text) is None:
        return _NO_GUESS
    guess = _turkic(text)
    if guess is not None:
        return guess
    return _ask_model(text, _MODEL_LATIN) if is_model_asked else _NO_GUESS


def _turkic(text: str) -> LanguageGuess | None:
    """Tell Azerbaijani from Turkish; None if neither shows."""
    folded = fold(text)
    words = re.findall(r"[a-z]+", folded)
    az = 2 * sum(word in ONLY_AZERBAIJANI for word in words)
    tr = 2 * sum(word in ONLY_TURKISH for word in words)
    is_turkic_spelled = _TURKIC_LETTERS.search(text) is not None
    az += len(AZERBAIJANI_STEM.findall(folded))
    tr += len(TURKISH_STEM.findall(folded))
    tr += 2 * len(_TURKISH_PRESENT.findall(folded)) if "yor" in folded else 0
    if is_turkic_spelled or az or tr:
        az += 2 * len(_AZERBAIJANI_Q_X.findall(folded)) + len(_AZERBAIJANI_ENDING.findall(folded))
    evidence = az + tr
    n_needed = 2 if is_turkic_spelled else max(4, len(words) // 2)
    if evidence < n_needed or az == tr:
        return None
    lang, n_for = ("az", az) if az > tr else ("tr", tr)
    return _settled(lang, 0.6 + 0.38 * (2 * n_for / evidence - 1) * min(1.0, evidence / 8))


def _ask_model(text: str, languages: tuple[str, ...]) -> LanguageGuess:
    ranking = {lang: chance for lang, chance in _model().rank(text) if lang in languages}
    total = sum(ranking.values())
    if total <= 0.0:
        return _NO_GUESS
    lang = min(ranking, key=lambda code: (-ranking[code], code))
    return _settled(lang, ranking[lang] / total)


@lru_cache(maxsize=1)
def _model() -> _Model:
    """Load the model; our own copy, because the library's default one is shared and mutable.

    The library unpacks it into the system's folder for temporary files.

    Raises:
        DiskFullError: There is no room there.
        DiskFailedError: Nothing may be written there.
    """
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    try:
        identifier: _Model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    except OSError as reason:
        folder, told = tempfile.gettempdir(), reason.strerror or type(reason).__name__
        if reason.errno in (errno.ENOSPC, errno.EFBIG):
            raise DiskFullError(folder) from reason
        raise DiskFailedError(folder, told) from reason
    return identifier
