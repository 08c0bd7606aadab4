"""Which column of a stranger's table means what.

A column is matched by its exact folded name or a listed alias, never by likeness (what stands in
brackets behind it, a number sign or a question mark count for nothing): a wrong guess
would put a judge where the victim stands. What is not matched is asked for or kept in words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.errors import UnknownRoleError
from undersight.text import fold
from undersight.workbench.heading_phrases import phrases
from undersight.workbench.headings import HEADINGS
from undersight.workbench.neighbour_headings import NEIGHBOUR_HEADINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

REST = "rest"
IGNORE = "ignore"

ROLES: Mapping[str, str] = {
    "id": "the table's own number of the row",
    "title": "headline",
    "summary": "what happened",
    "date": "when it began",
    "end": "when it ended",
    "act": "what was done (a term, or words given by --term)",
    "victim": "name of the person or outlet acted upon",
    "surname": "family name of the victim, where given names have a column of their own",
    "victim_count": "how many people",
    "occupation": "occupation of the victim",
    "gender": "gender of the victim",
    "member_of": "party or movement of the victim",
    "status": "where it left the person",
    "country": "country",
    "region": "region",
    "place": "town",
    "site": "building, prison, station, court",
    "agency": "office that did or ordered it",
    "outlet": "outlet that reports it",
    "source": "title of the source, or kind",
    "url": "address of the source",
    "provision": "articles of law",
    "stated_ground": "ground that the authorities gave",
    "believed_ground": "ground that others believe",
    "offence": "offence in words",
    "platform": "platform",
    "sentence": "penalty in words",
    "official_statement": "what an office said of it",
    "topic": "tag",
    REST: "kept in words in the entry's remark",
    IGNORE: "left in the sealed original only",
}

_NUMBERED = re.compile(r"^\d{1,2}[.)]\s*(?=\D)")
_OF_JOURNALISTS = re.compile(r"journalist|reporter|jurnalist|gazeteci|журналист")
_BOTH = re.compile(r"\s*[/|]\s*")
_BESIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|[?:*#№.]+(?=\s|$)|^[*#№]+")


def _plain(name: str) -> str:
    """Return a heading without what is said beside it: in brackets, as a mark or a question."""
    bare = _NUMBERED.sub("", name.strip()).replace("_", " ")
    return fold(_BOTH.sub("/", " ".join(_BESIDE.sub(" ", bare).split())).strip(" ,;–—-"))


def _by_name() -> dict[str, str]:
    told = [
        (name, role)
        for headings in (NEIGHBOUR_HEADINGS, HEADINGS)
        for role, names in headings.items()
        for name in names.split(" | ")
    ]
    plain = {_plain(name): role for name, role in (*phrases(), *told) if _plain(name)}
    return plain | {fold(name): role for name, role in told}


_BY_NAME = _by_name()


def _role_of(name: str) -> str:
    """Return what a column's name says; of two names, one beside the other, both must say it."""
    role = _BY_NAME.get(fold(name)) or _BY_NAME.get(_plain(name))
    if role:
        return role
    said = {_BY_NAME.get(_plain(part), REST) for part in _BOTH.split(name) if part}
    if said == {"place", "region"}:
        return "place"
    return said.pop() if len(said) == 1 else REST


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap:
    """What each column of a table means.

    Args:
        roles: Role by column, in column order.
        guessed: Columns whose role was found by name, not given by a person.
    """

    roles: Mapping[str, str]
    guessed: frozenset[str] = frozenset()

    def columns(self, role: str) -> tuple[str, ...]:
        """Return the columns of one role, in order."""
        return tuple(column for column, given in self.roles.items() if given == role)


def _employers(roles: Mapping[str, str], guessed: Iterable[str]) -> list[str]:
    """Return the columns of outlets that journalists work for: these do not report the case."""
    if not any(role == "victim" and _OF_JOURNALISTS.search(fold(n)) for n, role in roles.items()):
        return []
    return [name for name in guessed if roles[name] == "outlet"]


def map_columns(columns: Iterable[str], given: Mapping[str, str]) -> ColumnMap:
    """Give every column a role: as told, else by exact name, else ``rest``.

    Args:
        columns: Column names in order.
        given: Role by column, from ``--map``.

    Raises:
        UnknownRoleError: A role or a column that does not exist.
    """
    names = tuple(columns)
    folded = {fold(name): name for name in names}
    told: dict[str, str] = {}
    for column, role in given.items():
        if role not in ROLES:
            raise UnknownRoleError(role, tuple(ROLES), is_column=False)
        if fold(column) not in folded:
            raise UnknownRoleError(column, names, is_column=True)
        told[folded[fold(column)]] = role
    roles: dict[str, str] = {}
    guessed = set()
    for name in names:
        role = told.get(name) or _role_of(name)
        # Two columns of one name-like role: the first keeps it, the other stays in words.
        if name not in told and role != REST and role in roles.values():
            role = REST
        if name not in told and role != REST:
            guessed.add(name)
        roles[name] = role
    for name in _employers(roles, guessed):
        roles[name] = REST
        guessed.remove(name)
    return ColumnMap(roles=roles, guessed=frozenset(guessed))
