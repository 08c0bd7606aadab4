"""The words that stand beside a typed date: which change it, which say nothing, which are refused.

Who types a date can type it again, so a word that is not understood is refused rather than
dropped: "not 5 May" without its "not" would be a wrong fact that looks certain.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from undersight.errors import InvalidDateError
from undersight.text import fold

if TYPE_CHECKING:
    from undersight.model.fuzzy_date import FuzzyDate

_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_NAMED: Final = 60


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


_ABOUT: Final = _folded(
    "about around approximately approx roughly circa ca c sometime "
    "təxminən təqribən civarında radələrində haradasa "
    "около примерно приблизительно ориентировочно где то "
    "yaklaşık civarı civarında dolayları dolaylarında tahminen sularında"
)
_DOUBTFUL: Final = _folded(
    "possibly probably perhaps maybe presumably likely "
    "ehtimal ehtimalla güman yəqin bəlkə olsun ki "
    "возможно вероятно предположительно наверное видимо кажется "
    "muhtemelen galiba belki herhalde sanırım"
)
# The part of the day and what a date is dressed in: kept as typed, without weight.
_SILENT: Final = _folded(
    "on in at the of a dated date year during "
    "morning afternoon evening night noon midnight am pm o clock local time "
    "tarixində tarixli tarixdə günü il ili ilin ildə cı ci cu cü saat saatda saatlarında "
    "səhər axşam gecə günorta gündüz "
    "в во на г года год числа день дня утром утра днём днем вечером вечера ночью ночи час часов "
    "tarihinde tarihli günü yılı yılında yılının saat saatlerinde sabah sabahı akşam akşamı "
    "gece öğle öğlen da de ta te"
)
_WEEKDAYS: Final = _folded(
    "monday tuesday wednesday thursday friday saturday sunday "
    "mon tue tues wed thu thur thurs fri sat sun "
    "bazar ertəsi çərşənbə axşamı cümə şənbə "
    "понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье "
    "понедельника вторника среды четверга пятницы субботы воскресенья "
    "pazartesi salı çarşamba perşembe cuma cumartesi pazar"
)
# Phrases whose single words would each mean something else.
_AS_WELL: Final = re.compile(r"\b(?:on or about|some time)\b", re.IGNORECASE)
_THIS_YEAR: Final = re.compile(r"\bс\.\s?г\b")
_NOT_EARLIER: Final = re.compile(
    r"\s*(?:not before|not earlier than|no earlier than|не ранее|не раньше|en erken)\s*",
    re.IGNORECASE,
)
_NOT_LATER: Final = re.compile(
    r"\s*(?:not after|not later than|no later than|не позднее|не позже|en geç)\s*",
    re.IGNORECASE,
)


def weighed(text: str, start: int, end: int, date: FuzzyDate, named: FuzzyDate) -> FuzzyDate:
    """Return the date with what the words beside it say: about, perhaps, not before.

    Args:
        text: What was typed.
        start: Where the date that was read begins in it.
        end: Where it ends.
        date: The date that was read.
        named: The date in it that is named, without "before", "since".

    Raises:
        InvalidDateError: A word beside it is not understood.
    """
    before, behind = text[:start], text[end:]
    if bounded := _bounded(before, behind, text[start:end], named):
        return bounded
    beside = _THIS_YEAR.sub(" ", _AS_WELL.sub("about", f"{before} {behind}"))
    words = [fold(word) for word in _WORD.findall(beside)]
    unread = [w for w in words if w not in _ABOUT | _DOUBTFUL | _SILENT | _WEEKDAYS]
    if unread:
        given = " ".join(f"{before} … {behind}".split())[:_LONGEST_NAMED]
        reason = f"the words beside {date.edtf} are not understood ({given})"
        raise InvalidDateError(text, reason, "when")
    about = bool(_ABOUT.intersection(words)) or "~" in beside or "≈" in beside
    doubtful = bool(_DOUBTFUL.intersection(words)) or "?" in beside
    return _marked(date, is_about=about, is_doubtful=doubtful)


def _bounded(before: str, behind: str, read: str, named: FuzzyDate) -> FuzzyDate | None:
    """Return the date of "not before" and "no later than": the reader sees "before" alone."""
    if behind.strip(" .,") or "/" in named.edtf or named.edtf.startswith("["):
        return None
    opening = f"{before}{read}"
    if _NOT_EARLIER.match(opening):
        return replace(named, edtf=f"{named.edtf}/..")
    if _NOT_LATER.match(opening):
        return replace(named, edtf=f"../{named.edtf}")
    return None


def _marked(date: FuzzyDate, *, is_about: bool, is_doubtful: bool) -> FuzzyDate:
    added = {sign for sign, is_meant in (("~", is_about), ("?", is_doubtful)) if is_meant}
    if not added:
        return date
    if date.edtf.startswith("["):
        raise InvalidDateError(date.edtf, "each of several days is in doubt", "when")
    return replace(date, edtf="/".join(_with(end, added) for end in date.edtf.split("/")))


def _with(end: str, added: set[str]) -> str:
    bare = end.rstrip("~?%")
    if bare in ("", ".."):
        return end
    signs = added | set(end[len(bare) :].replace("%", "~?"))
    return bare + ("%" if len(signs) > 1 else "".join(signs))
