"""Dictionary forms of Azerbaijani and Turkish names: what case endings hang on them.

Only the last word of a name declines. Turkish parts the ending off by an apostrophe; Azerbaijani
glues it on, so the reading is chosen by the surname's own ending, by the given name and by the
other mentions in the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Container

ENDING = (
    r"(?:(?:n|y|s)?[ıiuü]n[ıiuü]?|(?:n|y)?[aə]|(?:n|y)?[ıiuü]|n?d[aə](?:n|k[ıi](?:n\w*|l\w*)?)?|n?[ıiuü]nd[aə]n?"
    r"|l[aə]|yl[aə]|d[ıiuü]r|gil\w*|l[aə]r\w*)"
)
"""Pattern of a case ending over folded text, with or without the buffer consonant."""

_VOWEL = "aəeıioöuü"
_LEAST = 4  # letters of a stem that softens
_OWN = re.compile(
    r"(?:ov|yev|ev|ova|yeva|eva|in|ina|ski|skaya|zadə|mirzə|oğlu|qızı|[lıiuü]l[ıiuü]|l[ıiuü]|bəy|xan|soy|yan|baş|çı|çi|baba"
    r"|zade|zâde|oglu|kızı|qaya|ağa|nur|dar|pur|verdi|qulu|quli|lan|can|dərə|təpə|qara|qala|ova|oba|yaxa|bağça|çala|tala|arxa|kəndə?|dağ|bağ|daş"
    r"|ban|tufan|aslan|ceyran|mərcan|qaplan|sultan|turan|duman|heyran|qurban|rəhman|osman|salman|süleyman|xəzan|kərvan|orman|xaqan|sevər|ata|baba|boğa|dolu|ulu|quş|torpaq|bulaq|çıraq|yarpaq|[lc][ıu]q|[lc][iü]k|çörək|ürək|ipək|çiçək"
    r"|bilək|külək)$"
)
_CUTS = (
    (re.compile(rf"(?<=[{_VOWEL}])n[ıiuü]n$"), 1.6),
    (re.compile(r"d[aə](?:n|k[ıi])?$"), 1.4),
    (re.compile(rf"(?<=[{_VOWEL}])(?:n[ıiuü]|y[aə])$"), 1.3),
    (re.compile(r"(?<=[ıiuü])n[aə]$"), 1.3),
    (re.compile(r"(?<=[ıiuü])nd[aə]n?$"), 1.5),
    (re.compile(rf"(?<=[^{_VOWEL}])[ıiuü]n$"), 1.15),
    (re.compile(rf"(?<=[^{_VOWEL}])[aə]$"), 1.1),
    (re.compile(rf"(?<=[^{_VOWEL}])[ıiuü]$"), 0.8),
    (re.compile(r"d[ıiuü]r$"), 0.8),
)
# "Bənövşənin" agrees with its vowel as endings do; a surname in -in need not
_AGREES = re.compile(r"(?:anın|[əe]nin|[ou]nun|[öü]nün)$")
_OVA = re.compile(r"(?:ov|yev|ev)a$")
_WOMEN = frozenset(
    [
        "aynur",
        "günay",
        "nigar",
        "nərmin",
        "afaq",
        "könül",
        "sevinc",
        "aysel",
        "günel",
        "nərgiz",
        "gülnar",
        "nəzrin",
        "mehriban",
        "dilbər",
        "sevil",
        "aytac",
        "fidan",
        "aygün",
        "ayşən",
        "ülkər",
        "gülşən",
        "şəbnəm",
        "nuray",
        "aytən",
        "gülər",
        "arzu",
        "xumar",
        "natəvan",
        "gözəl",
        "şəfəq",
        "gültəkin",
        "leylı",
        "sədaqət",
        "məhəbbət",
        "çinar",
        "lamiyə",
        "tərlan",
        "nurlan",
    ]
) - {"nurlan"}
_MEN_IN_A = frozenset(
    ["rza", "musa", "isa", "mirzə", "mustafa", "ağa", "baba", "yəhya", "zəkəriyyə", "xəlifə"]
)


def is_woman(given: str) -> bool:
    """Guess from a folded given name whether a woman bears it."""
    if given in _WOMEN:
        return True
    return given.endswith(("a", "ə", "e")) and given not in _MEN_IN_A


def azerbaijani(
    name: str, *, fold: Callable[[str], str], seen: Container[str] = frozenset()
) -> str:
    """Return a name's dictionary form.

    Args:
        name: As written, one or more words.
        fold: Lowers it character by character.
        seen: Folded words of the text, to prefer forms that stand there by themselves.
    """
    head, _, last = name.rpartition(" ")
    low = fold(last)
    best, n_cut = _worth(low, (), 0.0 if _AGREES.search(low) else 1.0), 0
    given = fold(head.split(" ")[0]) if head else ""
    for pattern, sure in _CUTS:
        match = pattern.search(low)
        if not match or match.start() < 3:
            continue
        stem = hardened(low[: match.start()], match.group())
        worth = _worth(stem, seen, sure)
        if _OVA.search(low) and match.group() in ("a", "ə"):
            worth += -3 if not given or is_woman(given) else 1
        if worth > best:
            best, n_cut = worth, len(low) - match.start()
    kept = last[: len(last) - n_cut] if n_cut else last
    if n_cut:
        kept = hardened(kept, low[-n_cut:])
    return f"{head} {kept}" if head else kept


_HILLS = ("dağ", "bağ", "yağ", "sağ", "çağ", "tağ", "uğ")  # whose last letter is their own
_BEYS = ("bəy", "bey")


def hardened(stem: str, ending: str) -> str:
    """Return a stem with the last letter that an ending with a vowel softens: "Çörəy" to "Çörək".

    Args:
        stem: What stands before the ending.
        ending: The ending.
    """
    low = stem.lower()
    if ending[:1] not in _VOWEL or len(stem) < _LEAST:
        return stem
    if low.endswith(("ağ", "ığ", "uğ", "oğ")) and (
        not low.endswith(_HILLS) or low.endswith("luğ")
    ):
        return f"{stem[:-1]}q"
    if low.endswith(("əy", "iy", "üy")) and not low.endswith(_BEYS):
        return f"{stem[:-1]}k"
    return stem


def _worth(low: str, seen: Container[str], sure: float) -> float:
    return sure + (1.0 if _OWN.search(low) else 0.0) + (0.7 if low in seen else 0.0)


def turkish(name: str) -> str:
    """Return a Turkish name without what stands behind an apostrophe."""
    return re.sub(r"['’‘ʼ]\w*$", "", name)
