"""What is known of names beforehand, for languages that decline them."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.text.given_names import GIVEN_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undersight.extract.gazetteer import Gazetteer

_NEWS = ("informasiya", "xəbər", "haber", "telegraf")
_AGENCY = ("agentliyi", "ajansı")
_DISTRICT = re.compile(r"(?:Rayon|Şəhər|Район|İlçe|Bölgə|Dairə|Küçə)")


def is_news_agency(before: str, head: str) -> bool:
    """Whether an agency is one of news, and so an outlet, by the folded word before it."""
    return before in _NEWS and head.startswith(_AGENCY)


def goes_on(kind: str, other: str, head: str) -> bool:
    """Whether a head word goes on from the one before it ("Xəbər Agentliyi", "Sesi TV")."""
    return kind == "outlet" and (other == "outlet" or head.startswith(_AGENCY))


TITLED = re.compile(
    r"(?<!\w)(?:vəkili?|atası|anası|qardaşı|bacısı|həyat yoldaşı|redaktoru|avukatı?|babası|annesi"
    r"|kardeşi|eşi|gazeteci|jurnalist|bloger|fəal) $"
)


def is_full_name(given: str, surname: str) -> bool:
    """Whether a run begins with a person: a given name that no district is called by."""
    return given in given_names() and not _DISTRICT.match(surname)


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
    return re.compile(rf"(?<![\w@#/.])(?P<name>{names}){tail}(?!\w)"), by_spelling


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


def quoted_kind(name: str, before: str, lang: str) -> str | None:
    """Return what quotation marks around a short name in no speech make it: an outlet."""
    words = name.split()
    is_speech = re.search(r"[:.!?,-] ?$", before) or re.search(r"[.,;:!?]", name)
    is_short = len(words) <= 3 and len(name) <= 30
    is_named = lang == "ru" or all(w[0].isupper() for w in words)
    return "outlet" if is_short and is_named and not is_speech else None
