"""People named in quotations who may not know that they are being quoted about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from undersight.casebook.harm.finding import HarmFinding, Where
from undersight.model.records import Account, Party, Source
from undersight.text.folding import fold
from undersight.text.name_keys import name_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.casebook.harm.people import Scene
    from undersight.casebook.harm.texts import Text

_QUOTED: Final = re.compile('«([^»]{1,800})»|“([^”]{1,800})”|„([^“”]{1,800})[“”]|"([^"]{1,800})"')
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’ʼ`-][^\W\d_]+)*")
_WHOLE: Final = frozenset({"statement", "excerpt", "text"})
"""Fields that are quotations from beginning to end."""
_OPENER_WORDS: Final = """
    the a an in on at by of from to as and but or if when after before he she it they we you his
    her their our my this that these those mr mrs ms dr no not
    в на по из от до и но или если когда он она они мы вы его её их это эта этот не
    bu o biz siz onlar və amma ki bir hər ve ama için
"""
_OPENERS: Final = frozenset(fold(word) for word in _OPENER_WORDS.split())
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
            if not any(_keys(words) <= name for name in known):
                record = text.record.record_id
                where = Where(record=record, field=text.field, start=start, end=end)
                yield scene.found("third-party", where, words)


def _names_quoted(text: Text) -> Iterator[tuple[int, int]]:
    for begin, quoted in _quotations(text):
        for start, end in capitalised(quoted):
            yield begin + start, begin + end


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


def capitalised(text: str) -> Iterator[tuple[int, int]]:
    """Yield runs of two words or more that each begin with a capital, as names do."""
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        is_initial = len(word[0]) == 1 and text[word.end() : word.end() + 1] == "."
        is_opener = not is_initial and fold(word[0]) in _OPENERS
        is_name_like = word[0][0].isupper() and not is_opener
        is_next = bool(run) and text[run[-1].end() : word.start()] in (" ", ". ", "-", "\u00a0")
        if is_name_like and (is_next or not run):
            run.append(word)
            continue
        if len(run) > 1:
            yield run[0].start(), run[-1].end()
        run = [word] if is_name_like else []
    if len(run) > 1:
        yield run[0].start(), run[-1].end()


def _quotations(text: Text) -> Iterator[tuple[int, str]]:
    """Yield the quotations in a text with where each begins."""
    if text.name in _WHOLE:
        yield 0, text.text
        return
    for match in _QUOTED.finditer(text.text):
        group = next(i for i in range(1, 5) if match[i] is not None)
        yield match.start(group), match[group]


def _known_names(scene: Scene) -> set[frozenset[str]]:
    """Return the names that the audience reads anyway, as sets of word keys."""
    found = set()
    for record in scene.shown:
        if isinstance(record, Party):
            found |= {_keys(name.value) for name in record.names}
        elif isinstance(record, Account):
            found.add(_keys(record.title))
    return found


def _keys(name: str) -> frozenset[str]:
    """Return the words of a name, in one spelling, order left out."""
    return frozenset(name_keys(fold(word).replace("'", ""))[0] for word in _WORD.findall(name))
