"""The compiled tables of names of a language that declines them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.extract import tables
from undersight.extract.engine import compile_any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undersight.extract.known_names import InflectedNames
    from undersight.extract.prefilter import TextPattern


_UPPER = "".join(filter(str.isupper, map(chr, range(0x41, 0x530))))
_AT = r"(?!\w+[dt][aəe]k[ıi](?!\w))"  # "in Sarnak" says of what where it is
CAPITAL = rf"(?:[{_UPPER}]\.(?=\s?[{_UPPER}])|{_AT}[{_UPPER}]\w*(?:[-‑]\w+)*(?:['’ʼ]\w+)?)"
_COUNTED = r"\d{1,2}\. (?=(?:Asliye|Ağır|Sulh|İdare|Aile|İcra|İş|Hukuk|Ceza|Bölge|Vergi) )"
_NUMBER = (
    r"(?:(?<=Kanal)|(?<=Gündem)|(?<=Medya)|(?<=Manşet)|(?<=Ekran)|(?<=TV)|(?<=Radyo)"
    r"|(?<=Radio)|(?<=Haber)|(?<=FM)) \d{1,3}"
    r"(?:['’-]\w+)?(?![\w.,%])"
)
CAPITALS = re.compile(
    rf"(?<!\w){CAPITAL}"
    rf"(?:[ \u00a0](?:(?:və|ve|и) (?={CAPITAL}))?(?:{_COUNTED})?{CAPITAL}|{_NUMBER}){{0,8}}"
    r"(?:(?<![nv][ıiuü]n) (?:oğlu|qızı|оглы|кызы)"
    rf"(?: [{_UPPER}]\w*?(?:[oe]va?|l[ıiuü]|zadə)(?!\w| rayon))?)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NameTables:
    """A language's compiled patterns for names.

    Args:
        names: How names are declined and what their dictionary form is.
        heads: Head words of bodies and places, by kind.
        lower: Names written in lower case, by kind.
        before: Words before a name that tell its kind.
        after: Words behind a name that tell its kind.
        place_before: Prepositions of place.
        place_after: Words behind a place.
        place_itself: Endings of a place.
        common: Folded words that are no names.
        common_stem: Stems of words that are no names where they open a sentence.
        lemmas: Dictionary forms of heads, by folded surface.
    """

    names: InflectedNames
    heads: tuple[tuple[str, re.Pattern[str]], ...]
    lower: tuple[tuple[str, TextPattern], ...]
    before: tuple[tuple[str, re.Pattern[str]], ...]
    after: tuple[tuple[str, re.Pattern[str]], ...]
    place_before: re.Pattern[str]
    place_after: re.Pattern[str]
    place_itself: re.Pattern[str]
    common: frozenset[str]
    common_stem: re.Pattern[str]
    lemmas: Mapping[str, str]

    @classmethod
    def of(cls, names: InflectedNames) -> NameTables:
        """Compile a language's tables."""
        loaded = tables.load(f"{names.lang}_people")
        macros = {**tables.macros(loaded["macros"]), "case": names.ending or "(?!)"}
        around = {
            k: tables.filled(p, macros) for k, p in tables.only(loaded["names.around"]).items()
        }

        def compiled(section: str, shape: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
            return tuple(
                (kind, re.compile(shape.format(tables.filled("|".join(patterns), macros))))
                for kind, patterns in loaded.get(section, {}).items()
            )

        return cls(
            names=names,
            heads=compiled("names.heads", "(?:{})"),
            lower=tuple(
                (kind, compile_any([tables.filled(p, macros) for p in patterns]))
                for kind, patterns in loaded.get("names.bodies", {}).items()
            ),
            before=compiled("names.before", r"(?<!\w)(?:{})[ ,:]{{0,2}}[\"']?$"),
            after=compiled("names.after", r"[\"']?(?:-?\w{{1,4}})?[ ,]{{1,2}}(?:{})(?!\w)"),
            place_before=re.compile(around["place_before"]),
            place_after=re.compile(around["place_after"]),
            place_itself=re.compile(around["place_itself"]),
            common=frozenset(tables.words(loaded["names.common"]["word"])),
            common_stem=re.compile(around["common_stem"]),
            lemmas=tables.only(loaded.get("names.lemmas", {})),
        )
