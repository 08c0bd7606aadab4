"""Whether a colleague's changes would bring a withdrawn person back.

The names are gone here, so they cannot be looked for: they are taken from the colleague's own
changes where these carry the person's record. Where they do not, no text of a colleague who has
not heard of the withdrawal can be let in, since nobody here could tell.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.fields import links_of, texts_in
from undersight.casebook.mentions import Mentions
from undersight.model.codec import record_class
from undersight.model.schema import fields_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from undersight.casebook.work import Work
    from undersight.model.change import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class _Withdrawn:
    """One withdrawal that the colleague had not heard of."""

    withdrawal_id: str
    party_id: str
    rewritten: frozenset[str]
    find: Mentions | None


def affected_by_withdrawals(work: Work, changes: Sequence[Change]) -> dict[str, str]:
    """Return the changes that must not come in, with the withdrawal that each would undo.

    Args:
        work: The unit of work.
        changes: All changes of the bundle, those known here too: they tell what its author knew.
    """
    known_to_author = {change.change_id for change in changes if change.op == "withdraw"}
    affected: dict[str, str] = {}
    for withdrawn in _unknown(work, changes, known_to_author):
        for change in changes:
            told = withdrawn.withdrawal_id in change.erased_for
            if not told and _brings_back(change, withdrawn):
                affected.setdefault(change.change_id, withdrawn.withdrawal_id)
    return affected


def _unknown(
    work: Work, changes: Sequence[Change], known_to_author: Collection[str]
) -> Iterator[_Withdrawn]:
    log = t.CHANGE_LOG
    rows = work.connection.execute(
        sa.select(log.c.change_id, log.c.record_id).where(log.c.op == "withdraw")
    ).all()
    unheard = [row for row in rows if row.change_id not in known_to_author]
    rewritten = _rewritten(work) if unheard else {}
    for row in unheard:
        yield _Withdrawn(
            withdrawal_id=row.change_id,
            party_id=row.record_id,
            rewritten=frozenset(rewritten.get(row.change_id, ())),
            find=_finder(row.record_id, changes),
        )


def _rewritten(work: Work) -> dict[str, set[str]]:
    """The records that each withdrawal rewrote here."""
    query = sa.select(t.CHANGE_LOG.c.change_id).where(t.CHANGE_LOG.c.op == "erase")
    found: dict[str, set[str]] = defaultdict(set)
    for note in work.log.by_id(list(work.connection.scalars(query))).values():
        for withdrawal_id in note.erased_for:
            found[withdrawal_id].add(note.record_id)
    return found


def _finder(party_id: str, changes: Sequence[Change]) -> Mentions | None:
    """What finds the person by the names that the bundle itself carries; None if it has none."""
    names, handles = set[str](), set[str]()
    for change in changes:
        if change.record_id == party_id:
            entries = change.fields.get("names", ())
            names |= {entry.get("value", "") for entry in entries} - {""}
        elif change.kind == "account" and change.fields.get("owner") == party_id:
            entries = change.fields.get("handles", ())
            handles |= {entry.get("value", "") for entry in entries} - {""}
    return Mentions({party_id: names}, {party_id: handles}) if names else None


def _brings_back(change: Change, withdrawn: _Withdrawn) -> bool:
    if change.op == "withdraw":
        return False
    if change.record_id == withdrawn.party_id or change.record_id in withdrawn.rewritten:
        return True
    if any(to == withdrawn.party_id for _, _, to in links_of(change.kind, change.fields)):
        return True
    texts = [*texts_in(change.fields), change.why]
    if withdrawn.find is None:
        return bool(change.why) or _has_personal_text(change)
    return any(withdrawn.find(text, frozenset()) for text in texts)


def _has_personal_text(change: Change) -> bool:
    """Whether a change carries any text of the kinds that name people."""
    specs = fields_of(record_class(change.kind))
    return any(
        value and (specs[name].is_personal or specs[name].form in ("prose", "localised"))
        for name, value in change.fields.items()
        if name in specs
    )
