"""Posts that vanished while the one who wrote them was in custody.

A person in a cell deletes nothing: such a post was removed by somebody who held the account or
by its author under pressure. ``certain`` needs every possible day of the vanishing inside the
days certainly held; anything that may have been so is ``possible``. A post whose author is not
recorded is looked up under the person who owns the account, and marked so.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final, Literal

from undersight.model.derived.stays import Spell, spells_of
from undersight.model.dossier import Dossier
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.records import Account, Item

NOT_GONE: Final = frozenset({"live", "edited"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Vanished:
    """One post that vanished during one stay in custody.

    Args:
        item: Id of the post.
        author: Id of the person who wrote it, or owns the account it stood in.
        is_author_recorded: False where only the owner of the account is known.
        gone: When it vanished.
        spell: The stay.
        certainty: Whether it certainly or only possibly vanished during it.
    """

    item: str
    author: str
    is_author_recorded: bool
    gone: FuzzyDate
    spell: Spell
    certainty: Literal["certain", "possible"]

    @property
    def inputs(self) -> tuple[str, ...]:
        """Ids of the records it was drawn from."""
        return tuple(dict.fromkeys((self.item, *self.spell.inputs)))


def vanished_in_custody(dossier: Dossier) -> tuple[Vanished, ...]:
    """Return posts that vanished during custody, one row for each, the surest stay chosen."""
    rows = (_vanished(dossier, item) for item in dossier.all(Item))
    return tuple(row for row in rows if row is not None)


def _vanished(dossier: Dossier, item: Item) -> Vanished | None:
    if item.gone is None or item.state in NOT_GONE:
        return None
    author = item.author or _owner(dossier, item.account)
    if not author:
        return None
    found = [
        Vanished(
            item=item.record_id,
            author=author,
            is_author_recorded=bool(item.author),
            gone=item.gone,
            spell=spell,
            certainty=certainty,
        )
        for spell in spells_of(dossier, author)
        if not spell.is_at_home and (certainty := _overlap(item.gone, spell)) is not None
    ]
    found.sort(key=lambda row: row.certainty)
    return found[0] if found else None


def _owner(dossier: Dossier, account_id: str) -> str:
    account = dossier.find(Account, account_id)
    owner = dossier.party(account.owner) if account else None
    return owner.record_id if owner is not None and owner.party_kind == "individual" else ""


def _overlap(gone: FuzzyDate, spell: Spell) -> Literal["certain", "possible"] | None:
    earliest, latest = gone.earliest, gone.latest
    if earliest is None and latest is None:
        return None
    core = spell.core
    if (
        core is not None
        and earliest is not None
        and latest is not None
        and core[0] <= earliest
        and latest <= core[1]
    ):
        return "certain"
    first, last = spell.hull
    is_apart = (earliest or dt.date.min) > (last or dt.date.max) or (latest or dt.date.max) < (
        first or dt.date.min
    )
    return None if is_apart else "possible"
