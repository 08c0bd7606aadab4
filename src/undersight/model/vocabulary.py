"""Controlled vocabularies: ids that mean the same in every language and every export.

Each vocabulary is one TOML file beside this module (``vocabularies/<id>.toml``): a sentence
``about`` and the terms in order, each with an ``id``, ``label`` per language, a ``definition``
and a ``crosswalk`` to other schemes. Terms follow the HURIDOCS Events Standard Formats, the DSA
statement of reasons, Mapping Media Freedom and DISARM where those have a word.
"""

from __future__ import annotations

import difflib
import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources

from undersight.errors import UnknownTermError


@dataclass(frozen=True, slots=True)
class Term:
    """One id of a vocabulary.

    Args:
        term_id: The stable id that is stored and exported.
        label: Words shown to people, by language code; ``en`` is always there.
        definition: One English sentence; empty where the label says it.
        crosswalk: Codes of other schemes, by scheme (``esf``, ``mmf``, ``dsa``, ``disarm``...).
    """

    term_id: str
    label: Mapping[str, str]
    definition: str = ""
    crosswalk: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def in_language(self, lang: str) -> str:
        """Return the label in ``lang``, else in English."""
        return self.label.get(lang) or self.label["en"]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed list of terms for one kind of field."""

    vocabulary_id: str
    about: str
    terms: Mapping[str, Term]

    def term(self, term_id: str, field_name: str = "") -> Term:
        """Return a term by id.

        Raises:
            UnknownTermError: No such id; the nearest ids are named.
        """
        try:
            return self.terms[term_id]
        except KeyError:
            near = self._meant(term_id)
            raise UnknownTermError(self.vocabulary_id, term_id, near, field_name) from None

    def _meant(self, words: str) -> tuple[str, ...]:
        """The id whose label was typed, as lists show labels; else ids written alike."""
        typed = words.strip().casefold()
        for term in self.terms.values():
            if typed in (label.casefold() for label in term.label.values()):
                return (term.term_id,)
        return tuple(difflib.get_close_matches(words, self.terms, n=3))


@functools.cache
def vocabulary(vocabulary_id: str) -> Vocabulary:
    """Load a vocabulary by id (a programming mistake raises ``FileNotFoundError``)."""
    place = resources.files("undersight.model").joinpath("vocabularies", f"{vocabulary_id}.toml")
    raw = tomllib.loads(place.read_text(encoding="utf-8"))
    terms = {
        entry["id"]: Term(
            term_id=entry["id"],
            label=entry["label"],
            definition=entry.get("definition", ""),
            crosswalk={k: tuple(v) for k, v in entry.get("crosswalk", {}).items()},
        )
        for entry in raw["term"]
    }
    return Vocabulary(vocabulary_id, raw["about"], terms)


def vocabulary_ids() -> tuple[str, ...]:
    """Return the ids of all vocabularies, sorted."""
    folder = resources.files("undersight.model").joinpath("vocabularies")
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def label(vocabulary_id: str, term_id: str, lang: str = "en") -> str:
    """Return the words for a term, or the id itself where it is empty."""
    return vocabulary(vocabulary_id).term(term_id).in_language(lang) if term_id else ""
