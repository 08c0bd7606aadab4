"""Who could be meant by the words of a text: looked up, instead of looking for everybody's names.

The table has one row for each key of each word of a name, one for a name written as one word and
one for a user name (both under ``@``). `Mentionable` holds it in memory as numbers: hundreds of
people have a name that begins like any word, and only where two words of one name stand near each
other is anybody meant. The answer is generous: whoever `Mentions` finds in a text by a whole name
or a user name is among those returned here, and `Mentions` decides.
"""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.name_words import (
    folded_words,
    handle_key,
    joined_forms,
    name_stems,
    said_in,
)
from undersight.casebook.record_keys import BATCH, batches
from undersight.casebook.remembered import remembered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from undersight.casebook.name_words import Said
    from undersight.casebook.reader import CasebookReader
    from undersight.casebook.work import Work
    from undersight.model.change import FoldedRecord

INDEXED_KINDS = ("account", "party")
RULES = "1"
"""Raised when the same names would give other rows."""

_HANDLE = "@"
_MOST = 64
_AS_ONE_WORD = -1
_WORDS_BETWEEN = 2
_BETWEEN_TEXTS = 2 * _MOST
_MOST_CHANGED = 2000


def forget_mentionable(connection: sa.Connection, record_ids: Iterable[str]) -> None:
    """Take parties and accounts out of the index."""
    for batch in batches(record_ids):
        connection.execute(sa.delete(t.MENTION_KEY).where(t.MENTION_KEY.c.record_id.in_(batch)))


def index_mentionable(connection: sa.Connection, records: Iterable[FoldedRecord]) -> None:
    """Put the parties and accounts among some records into the index; retracted ones too.

    What a retracted party was called is still hidden from readers.
    """
    _insert(connection, _rows_told(records))


def not_as_mentionable(connection: sa.Connection, records: Mapping[str, FoldedRecord]) -> set[str]:
    """Return ids of parties and accounts that are found in texts otherwise than the log says.

    A name struck from the index is masked nowhere.

    Args:
        connection: A connection.
        records: Records as the log has them, by id, no more than fit in one query.
    """
    key = t.MENTION_KEY
    query = sa.select(key.c.key, key.c.record_id, key.c.word)
    found = connection.execute(query.where(key.c.record_id.in_(list(records))))
    return {row[1] for row in set(_rows_told(records.values())) ^ {tuple(row) for row in found}}


def _rows_told(records: Iterable[FoldedRecord]) -> list[tuple[str, str, int]]:
    rows: list[tuple[str, str, int]] = []
    for one in records:
        if one.kind == "party":
            rows += _party_rows(one.record_id, one.fields)
        elif one.kind == "account":
            rows += _account_rows(one.record_id, one.fields)
    return rows


def index_all_mentionable(connection: sa.Connection) -> None:
    """Make the index anew from the parties and accounts as they stand."""
    t.MENTION_KEY.drop(connection, checkfirst=True)
    t.MENTION_KEY.create(connection)
    party, account = t.KIND_TABLES["party"], t.KIND_TABLES["account"]
    for found in _rows_of(connection, party.c.record_id, party.c.names):
        rows = [_party_rows(one["record_id"], one) for one in found]
        _insert(connection, itertools.chain.from_iterable(rows))
    columns = (account.c.record_id, account.c.handles, account.c.native_id, account.c.url)
    for found in _rows_of(connection, *columns):
        rows = [_account_rows(one["record_id"], one) for one in found]
        _insert(connection, itertools.chain.from_iterable(rows))


class Mentionable:
    """Parties by the keys of the words of their names.

    Args:
        rows: Key, record and word, in order of the keys.
    """

    def __init__(self, rows: Iterable[Sequence[Any]]) -> None:
        import numpy as np

        self._spans: dict[str, tuple[int, int]] = {}
        self._ids: list[str] = []
        numbers: dict[str, int] = {}
        names: list[int] = []
        words: list[int] = []
        for key, same_key in itertools.groupby(rows, lambda row: row[0]):
            begin = len(words)
            for _, record_id, word in same_key:
                number = numbers.setdefault(record_id, len(self._ids))
                if number == len(self._ids):
                    self._ids.append(record_id)
                names.append(number * _MOST + word // _MOST**2)
                words.append(word)
            self._spans[key] = begin, len(words)
        self._names = np.asarray(names, dtype=np.int64)
        self._words = np.asarray(words, dtype=np.int64)

    def maybe_in(self, said: Sequence[Said]) -> set[str]:
        """Return the parties that texts may mention by two words, or one and an initial."""
        names = self._with_two_words(said)
        for one in said:
            names += self._with_initial(one)
        return {self._ids[name // _MOST] for name in names}

    def _with_two_words(self, said: Sequence[Said]) -> list[int]:
        """Names of which two words stand near each other."""
        import numpy as np

        spans, at = [], 0
        for one in said:
            for stems in one.stems:
                at += 1
                spans += [(*self._spans[stem], at) for stem in stems if stem in self._spans]
            at += _BETWEEN_TEXTS
        names, words = self._gathered([span[:2] for span in spans])
        lengths = np.asarray([end - begin for begin, end, _ in spans], dtype=np.int64)
        places = np.repeat(np.asarray([at for *_, at in spans], dtype=np.int64), lengths)
        # One number each, name, then place, then word: sorted many times faster than three.
        rows = np.sort(names << 32 | places << 12 | words % _MOST**2)
        names, places, words = rows >> 32, rows >> 12 & 0xFFFFF, rows & 0xFFF
        is_near = np.diff(places) <= words[1:] // _MOST + _WORDS_BETWEEN
        is_one_name = (np.diff(names) == 0) & (np.diff(words) != 0)
        found: list[int] = np.unique(names[1:][is_one_name & is_near]).tolist()
        return found

    def _with_initial(self, said: Said) -> list[int]:
        """Names of which one word stands near an initial that another begins with."""
        import numpy as np

        if not said.initials:
            return []
        near = [self._spans[stem] for stem in said.by_initial if stem in self._spans]
        begun = [span for key, span in self._spans.items() if key[0] in said.initials]
        one, other = self._gathered(near), self._gathered(begun)
        names = np.intersect1d(one[0], other[0])
        pairs = np.unique(np.concatenate((np.column_stack(one), np.column_stack(other))), axis=0)
        several, counts = np.unique(pairs[:, 0], return_counts=True)
        found: list[int] = np.intersect1d(names, several[counts > 1]).tolist()
        return found

    def _gathered(self, spans: Sequence[tuple[int, int]]) -> tuple[Any, Any]:
        """Names and words of some stretches."""
        import numpy as np

        if not spans:
            return self._names[:0], self._words[:0]
        names = np.concatenate([self._names[begin:end] for begin, end in spans])
        return names, np.concatenate([self._words[begin:end] for begin, end in spans])


@dataclass(frozen=True, slots=True)
class _Known:
    """The index as it was read once, and what changed since.

    Args:
        base: As it was read.
        changed: Parties that changed since.
        fresh: Those as they are now.
    """

    base: Mentionable
    changed: frozenset[str]
    fresh: Mentionable

    def maybe_in(self, said: Sequence[Said]) -> set[str]:
        return (self.base.maybe_in(said) - self.changed) | self.fresh.maybe_in(said)


def maybe_mentioned(casebook: CasebookReader, texts: Iterable[str]) -> set[str]:
    """Return the parties and accounts that texts may mention by a whole name or user name.

    Args:
        casebook: The casebook.
        texts: What is read.
    """
    said = [said_in(text) for text in sorted(set(texts))]
    known = remembered(casebook, "mentionable", ("party",), _brought_up)
    with casebook.unit() as work:
        handles = {_HANDLE + handle for one in said for handle in one.handles}
        key = t.MENTION_KEY
        by_handle = work.scalars_in(sa.select(key.c.record_id), key.c.key, handles)
    return known.maybe_in(said) | by_handle


def _brought_up(work: Work, before: tuple[_Known, int] | None) -> _Known:
    """Read the index, or only what changed where that is little."""
    if before is not None:
        known, length = before
        log = t.CHANGE_LOG
        query = sa.select(log.c.record_id).where(log.c.seq >= length, log.c.kind == "party")
        changed = known.changed.union(work.connection.scalars(query.distinct()))
        if len(changed) <= _MOST_CHANGED:
            fresh = [row for batch in batches(changed) for row in _words_of(work, batch)]
            return _Known(known.base, changed, Mentionable(sorted(fresh)))
    return _Known(Mentionable(_words_of(work)), frozenset(), Mentionable(()))


def _words_of(work: Work, record_ids: Sequence[str] = ()) -> list[tuple[str, str, int]]:
    """Rows of words of names, of all or of some parties, in order of the keys."""
    key = t.MENTION_KEY
    query = sa.select(key.c.key, key.c.record_id, key.c.word).where(key.c.word >= 0)
    if record_ids:
        query = query.where(key.c.record_id.in_(record_ids))
    rows = work.connection.execute(query.order_by(key.c.key, key.c.record_id, key.c.word))
    return [(row[0], row[1], row[2]) for row in rows]


def _rows_of(
    connection: sa.Connection, *columns: sa.ColumnElement[Any]
) -> Iterator[list[dict[str, Any]]]:
    """Rows of a kind's table by id, some at a time, lists read."""
    last = ""
    while True:
        query = sa.select(*columns).where(columns[0] > last).order_by(columns[0]).limit(BATCH)
        found = [row._asdict() for row in connection.execute(query)]
        if not found:
            return
        for one in found:
            for name in ("names", "handles"):
                one[name] = json.loads(one.get(name) or "[]")
        yield found
        last = found[-1]["record_id"]


def _party_rows(record_id: str, fields: Mapping[str, Any]) -> list[tuple[str, str, int]]:
    names = [name for name in fields.get("names") or [] if name.get("use") != "public_label"]
    rows = []
    for at, name in enumerate(names[:_MOST]):
        words = folded_words(name.get("value", ""))
        length = min(len(words), _MOST - 1)
        for place, stem in name_stems(words):
            word = (at * _MOST + length) * _MOST + min(place, _MOST - 1)
            rows.append((stem, record_id, word))
        rows += [(_HANDLE + form, record_id, _AS_ONE_WORD) for form in joined_forms(words)]
    return rows


def _account_rows(record_id: str, fields: Mapping[str, Any]) -> list[tuple[str, str, int]]:
    told = [handle.get("value", "") for handle in fields.get("handles") or []]
    told += [fields.get("native_id") or "", fields.get("url") or ""]
    return [(_HANDLE + key, record_id, _AS_ONE_WORD) for key in map(handle_key, told) if key]


def _insert(connection: sa.Connection, rows: Iterable[tuple[str, str, int]]) -> None:
    named = [
        {"key": key, "record_id": one, "word": word} for key, one, word in dict.fromkeys(rows)
    ]
    if named:
        connection.execute(sa.insert(t.MENTION_KEY), named)
