"""The tables that spotting names in a language takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.extract.coreference import without_possessive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class NameWords:
    """A language's tables for names.

    Args:
        lang: Language code.
        heads: Head words inside names, capitalised, by kind.
        linked_heads: Heads that a tail such as "for Law and Order" may follow.
        links: Patterns of the words that join a head and its tail ("of", "of the").
        bodies: Lower-case phrases that name a body by themselves, by kind.
        kind_words: Lower-case words that stand beside a name and tell its kind.
        kind_before: What may stand between a kind word and the name after it.
        apposition: What opens an apposition behind a name, up to the kind word.
        titles: Words before a person's name that are not part of it.
        common: Words that begin sentences or legal terms and are no names.
        place_prepositions: Pattern, ending in ``$``, right before a place.
        source_cues: Pattern, ending in ``$``, right before a source of news.
        speech_after: Pattern of what a speaker is followed by.
        article_the: Pattern, ending in ``$``, of a definite article.
        function_words: The part of `common` that a body's name never begins with.
        named_heads: Pattern of lower-case heads that make a place's name an office ("Sarnak
            police"); empty where the language has none.
        whole_heads: Lower-case heads that belong to the name before them ("Mirzali airport").
        adjective: Pattern of a capitalised word that is an adjective ("Russian-language").
        opening_adjective: Pattern of a word that, alone at a sentence's beginning, is an
            adjective ("Investigative").
        staff_after: Pattern of what stands between an outlet and one of its staff ("editor").
        leads: Pattern, ending in ``$``, of who leads a body ("the head of the"): the name behind
            "the head of the movement" is a person's.
        strict_place: Pattern, ending in ``$``, right before a place of several words.
        told: Pattern, ending in ``$``, of those who tell a person something, never an outlet.
        outlet_before: Pattern, ending in ``$``, right before a name that only an outlet has.
        outlet_after: The same, right behind it ("... lost its page").
        base: Strips endings from a name as written.
    """

    lang: str
    heads: Mapping[str, Iterable[str]]
    linked_heads: Iterable[str]
    links: str
    bodies: Mapping[str, Iterable[str]]
    kind_words: Mapping[str, Iterable[str]]
    kind_before: str
    apposition: str
    titles: Iterable[str]
    common: frozenset[str]
    place_prepositions: str
    source_cues: str
    reports_after: str
    article_the: str
    function_words: frozenset[str] = frozenset()
    named_heads: str = ""
    whole_heads: str = ""
    adjective: str = "(?!)"
    opening_adjective: str = "(?!)"
    staff_after: str = "(?!)"
    leads: str = "(?!)"
    strict_place: str = "(?!)"
    told: str = "(?!)"
    outlet_before: str = "(?!)"
    outlet_after: str = "(?!)"
    base: Callable[[str], str] = without_possessive
