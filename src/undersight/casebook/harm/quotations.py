"""People named in quotations who may not know that they are being quoted about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from undersight.casebook.harm.finding import HarmFinding, Where
from undersight.casebook.harm.names_told import (
    capitalised,
    is_one_of,
    keys,
    people_told,
    single_names,
)
from undersight.model.records import Account, Party, Source
from undersight.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.casebook.harm.people import Scene
    from undersight.casebook.harm.texts import Text

_QUOTED: Final = re.compile(
    '«([^»]{1,800})»|“([^”]{1,800})”|„([^“”]{1,800})[“”]|"([^"]{1,800})"'
    r"|‘([^’]{1,800})’(?!\w)|(?<!\w)'([^'\n]{1,200})'(?!\w)"
)
_WHOLE: Final = frozenset({"statement", "excerpt", "text"})
"""Fields that are quotations from beginning to end."""
_NAMED_BY_POLICY: Final = frozenset({"party", "account", "provision", "period", "indicator"})
"""Kinds whose names the disclosure policy decides about, or that hold no people."""
_CUES: Final = tuple(
    fold(word)
    for word in (
        "source", "told us", "informant", "anonymous", "insider", "wrote to us", "called us",
        "mənbə", "bizə", "anonim", "источник", "сообщил нам", "рассказал нам", "аноним",
        "kaynak", "bize bildir", "bize söyle",
    )
)  # fmt: skip


def third_parties(scene: Scene) -> Iterator[HarmFinding]:
    """Ask about names in quotations that belong to nobody who is named in the entry."""
    known = _known_names(scene)
    for text in scene.texts:
        for start, end in _names_quoted(text):
            words = text.text[start:end]
            if not is_one_of(words, known):
                record = text.record.record_id
                where = Where(record=record, field=text.field, start=start, end=end)
                yield scene.found("third-party", where, words)


def _names_quoted(text: Text) -> Iterator[tuple[int, int]]:
    for begin, quoted in _quotations(text):
        spans = {*capitalised(quoted), *people_told(quoted), *single_names(quoted)}
        yield from ((begin + start, begin + end) for start, end in sorted(spans))


def people_in_texts(scene: Scene) -> Iterator[HarmFinding]:
    """Ask, once each, about people named anywhere else who are recorded nowhere in the entry.

    Nobody can mask a name that is not recorded: it would go out as it was typed.
    """
    known = _known_names(scene)
    asked: set[frozenset[str]] = set()
    for text in scene.texts:
        if text.record.kind in _NAMED_BY_POLICY:
            continue
        quoted = [*_names_quoted(text)]
        for start, end in people_told(text.text):
            words = text.text[start:end]
            is_quoted = any(a < end and start < b for a, b in quoted)
            if is_quoted or keys(words) in asked or is_one_of(words, known):
                continue
            asked.add(keys(words))
            where = Where(record=text.record.record_id, field=text.field, start=start, end=end)
            yield scene.found("unrecorded-name", where, words)


def sources_in_notes(scene: Scene) -> Iterator[HarmFinding]:
    """Ask about notes that speak of a source, where the entry has one that must not be known."""
    hidden = [
        record
        for record in scene.known
        if isinstance(record, Source)
        and (record.identity or scene.public.get(record.record_id) is None)
    ]
    if not hidden:
        return
    for text in scene.texts:
        if text.record.kind not in ("update", "claim", "incident", "act"):
            continue
        folded = fold(text.text)
        cue = next((cue for cue in _CUES if cue in folded), "")
        if cue:
            where = Where(record=text.record.record_id, field=text.field, end=len(text.text))
            yield scene.found("source", where, text.text)


def _quotations(text: Text) -> Iterator[tuple[int, str]]:
    """Yield the quotations in a text with where each begins."""
    if text.name in _WHOLE:
        yield 0, text.text
        return
    for match in _QUOTED.finditer(text.text):
        group = next(i for i in range(1, _QUOTED.groups + 1) if match[i] is not None)
        yield match.start(group), match[group]


def _known_names(scene: Scene) -> set[frozenset[str]]:
    """Return the names that the audience reads anyway, as sets of word keys."""
    found = set()
    for record in scene.shown:
        if isinstance(record, Party):
            found |= {keys(name.value) for name in record.names}
        elif isinstance(record, Account):
            found.add(keys(record.title))
    return found
