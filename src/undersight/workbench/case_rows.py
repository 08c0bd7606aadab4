"""What a file for the casebook would bring, for a person to look at before it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from undersight.errors import UndersightError
from undersight.model.vocabulary import label
from undersight.workbench.columns import map_columns
from undersight.workbench.table_rows import vocabulary_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from undersight.model.intake import Article, Row
    from undersight.workbench.imports import Prepared, TableOptions

MOST_SHOWN: Final = 20
_MOST_EXAMPLES, _MOST_CHARACTERS = 3, 300
_PLACE: Final = ("site", "locality", "admin1", "country")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table.

    Args:
        name: As its header has it.
        meaning: What it is taken for, a key of ``columns.ROLES``.
        is_guessed: Whether that was told from its name.
        examples: Its first values that differ.
    """

    name: str
    meaning: str
    is_guessed: bool
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmapped:
    """Words of a table that no term was found for.

    Args:
        meaning: Of their column.
        vocabulary: Where a term for them is to be found.
        value: The words.
        n_rows: In how many rows they stand.
    """

    meaning: str
    vocabulary: str
    value: str
    n_rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """Words of a table that say more than the one act that drafting reads in them.

    Args:
        meaning: Of their column.
        value: The words.
        term: The act.
    """

    meaning: str
    value: str
    term: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An entry as it would be stored.

    Args:
        locator: Where it stands in the file.
        title: Its headline.
        when: Its day, as far as known (EDTF).
        act: What was done, a term.
        people: To whom.
        place: Where.
        source: Who reports it.
        text: What happened, in words, cut.
        remark: What no field takes, kept in words.
    """

    locator: str
    title: str = ""
    when: str = ""
    act: str = ""
    people: str = ""
    place: str = ""
    source: str = ""
    text: str = ""
    remark: str = ""


def columns_of(rows: Sequence[Row], options: TableOptions) -> tuple[Column, ...]:
    """Return the columns of a table with what they are taken for; none for what is no table.

    What a person said of a column that is not there counts for nothing here.
    """
    names = tuple(dict.fromkeys(name for row in rows for name in row.cells))
    try:
        found = map_columns(names, {n: m for n, m in options.roles.items() if n in names})
    except UndersightError:
        found = map_columns(names, {})
    return tuple(
        Column(
            name=name,
            meaning=meaning,
            is_guessed=name in found.guessed,
            examples=tuple(islice(_values(rows, name), _MOST_EXAMPLES)),
        )
        for name, meaning in found.roles.items()
    )


def _values(rows: Sequence[Row], name: str) -> Iterator[str]:
    seen = set()
    for row in rows:
        value = row.cells.get(name, "")
        if value and value not in seen:
            seen.add(value)
            yield value[:_MOST_CHARACTERS]


def unmapped_of(prepared: Prepared) -> tuple[Unmapped, ...]:
    """Return the words without a term or a proposal, the most frequent first."""
    by_count = sorted(prepared.unmapped.items(), key=lambda one: (-one[1], one[0]))
    return tuple(
        Unmapped(meaning=role, vocabulary=vocabulary_of(role), value=value, n_rows=n)
        for (role, value), n in by_count
        if (role, value) not in prepared.proposed
    )


def proposed_of(prepared: Prepared) -> tuple[Proposed, ...]:
    """Return the words in which one act is read, as they follow each other in the file."""
    return tuple(
        Proposed(meaning=role, value=value, term=term)
        for (role, value), term in prepared.proposed.items()
    )


def shown(prepared: Prepared) -> tuple[Shown, ...]:
    """Return the first entries of a file as they would be stored."""
    rows = [_row(*one, lang=prepared.lang) for one in prepared.documents[:MOST_SHOWN]]
    return (*rows, *map(_article, prepared.articles[:MOST_SHOWN]))


def _row(locator: str, document: dict[str, Any], *, lang: str) -> Shown:
    act: dict[str, Any] = next(iter(document.get("acts", ())), {})
    people = [_person(one, lang) for one in act.get("people", ())]
    place = document.get("place") or {}
    sources = [_source(one) for one in document.get("sources", ())]
    return Shown(
        locator=locator,
        title=document.get("title", ""),
        when=(act.get("start") or {}).get("edtf", ""),
        act=act.get("act_type", ""),
        people="; ".join(filter(None, people)),
        place=", ".join(place[name] for name in _PLACE if place.get(name)),
        source="; ".join(filter(None, sources)),
        text=document.get("summary", "")[:_MOST_CHARACTERS],
        remark=document.get("remark", ""),
    )


def _person(one: dict[str, Any], lang: str) -> str:
    if one.get("name"):
        return str(one["name"])
    n_people = str(one.get("count") or one.get("count_min") or "")
    return n_people or label("party_kind", one.get("party_kind", "unidentified"), lang)


def _source(one: dict[str, Any]) -> str:
    publisher = (one.get("publisher") or {}).get("name", "")
    return str(one.get("url") or one.get("title") or publisher)


def _article(article: Article) -> Shown:
    published = article.published.edtf if article.published else ""
    text = " ".join(article.text.split())
    return Shown(
        locator=article.locator,
        title=article.title or text[:80],
        when=published,
        source=article.url,
        text=text[:_MOST_CHARACTERS],
    )
