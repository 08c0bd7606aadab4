"""Who carries which name: looked up when an entry is written, listed, and compared.

Three tables, derived from the parties like all projections. ``party_name`` holds the folded names
in the order of the record (a party without any has an empty one, so that it is listed). A *block*
holds the people with a word that sounds alike and another that begins alike: only they are worth
comparing, and how many share a block is counted, so that the rarest names come first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.record_keys import batches
from undersight.text import fold
from undersight.text.name_parts import parse_name, token_skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from undersight.model.change import FoldedRecord

PEOPLE = frozenset({"individual", "unidentified"})
"""Kinds of party that can be one person twice."""

MOST_NAMES = 8
"""How many names of a party are compared with others'."""

_DEFAULT_KIND = "individual"


def forget_names(connection: sa.Connection, party_ids: Iterable[str]) -> None:
    """Take parties out of the index."""
    for batch in batches(party_ids):
        here = t.NAME_BLOCK.c.party_id.in_(batch)
        touched = set(connection.scalars(sa.select(t.NAME_BLOCK.c.block).where(here)))
        connection.execute(sa.delete(t.PARTY_NAME).where(t.PARTY_NAME.c.party_id.in_(batch)))
        connection.execute(sa.delete(t.NAME_BLOCK).where(here))
        _count(connection, touched)


def index_names(connection: sa.Connection, parties: Sequence[FoldedRecord]) -> None:
    """Put parties into the index that are not in it; retracted ones are left out."""
    names, blocks = _rows(parties)
    if names:
        connection.execute(sa.insert(t.PARTY_NAME), names)
    if blocks:
        connection.execute(sa.insert(t.NAME_BLOCK), blocks)
        _count(connection, {row["block"] for row in blocks})


def not_as_named(connection: sa.Connection, records: Sequence[FoldedRecord]) -> set[str]:
    """Return ids of parties that are looked up by other names than the log adds up to.

    Args:
        connection: A connection.
        records: Records as the log has them, no more than fit in one query.
    """
    parties = [record for record in records if record.kind == "party"]
    ids = [party.record_id for party in parties]
    names, blocks = _rows(parties)
    edited = set[str]()
    for table, rows in ((t.PARTY_NAME, names), (t.NAME_BLOCK, blocks)):
        found = connection.execute(sa.select(table).where(table.c.party_id.in_(ids)))
        wanted = {(row["party_id"], *(row[c.name] for c in table.columns)) for row in rows}
        present = {(row.party_id, *row) for row in found}
        edited |= {row[0] for row in wanted ^ present}
    return edited


def miscounted(connection: sa.Connection) -> bool:
    """Return whether how many share a block is noted otherwise than it is."""
    size, block = t.NAME_BLOCK_SIZE, t.NAME_BLOCK
    counted = sa.select(block.c.block, sa.func.count()).group_by(block.c.block)
    noted = sa.select(size.c.block, size.c.n_parties)
    return any(
        connection.execute(sa.except_(one, other).limit(1)).first() is not None
        for one, other in ((counted, noted), (noted, counted))
    )


def _rows(parties: Sequence[FoldedRecord]) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """The rows of names and of blocks."""
    names: list[dict[str, Any]] = []
    blocks: list[dict[str, str]] = []
    for party in parties:
        if party.is_retracted:
            continue
        kind = str(party.fields.get("party_kind") or _DEFAULT_KIND)
        told = party.fields.get("names") or []
        names += [
            {"party_id": party.record_id, "place": i, "folded": folded, "party_kind": kind}
            for i, folded in enumerate([fold(name.get("value", "")) for name in told] or [""])
        ]
        if kind in PEOPLE:
            own = [name.get("value", "") for name in told if name.get("use") != "public_label"]
            keys = {key for name in own[:MOST_NAMES] for key in block_keys(name)}
            blocks += [{"block": key, "party_id": party.record_id} for key in sorted(keys)]
    return names, blocks


def block_keys(name: str) -> set[str]:
    """Return the blocks of a name: a word that sounds alike, another that begins alike."""
    words = [token for token in parse_name(name).core if token.keys and token.keys[0]]
    if len(words) == 1:
        return {token_skeleton(words[0])}
    return {
        f"{token_skeleton(one)} {other.keys[0][0]}"
        for one in words
        for other in words
        if one is not other and not one.is_initial
    }


def _count(connection: sa.Connection, blocks: Iterable[str]) -> None:
    """Note anew how many share some blocks."""
    size, block = t.NAME_BLOCK_SIZE, t.NAME_BLOCK
    for batch in batches(blocks):
        connection.execute(sa.delete(size).where(size.c.block.in_(batch)))
        counted = (
            sa.select(block.c.block, sa.func.count())
            .where(block.c.block.in_(batch))
            .group_by(block.c.block)
        )
        connection.execute(sa.insert(size).from_select(["block", "n_parties"], counted))


def parties_named(connection: sa.Connection, folded: str) -> list[str]:
    """Return the parties that carry a folded name, by id; merged ones too."""
    name = t.PARTY_NAME
    query = sa.select(name.c.party_id).where(name.c.folded == folded).distinct()
    return list(connection.scalars(query.order_by(name.c.party_id)))


def parties_by_name(
    connection: sa.Connection,
    part: str = "",
    *,
    party_kind: str = "",
    limit: int | None = None,
    offset: int = 0,
) -> tuple[list[str], int]:
    """Return a page of parties in order of their first names, and how many there are.

    Args:
        connection: An open transaction.
        part: Folded text that one of the names must hold; empty for all.
        party_kind: Only this kind; empty for all.
        limit: How many; None for all.
        offset: How many to leave out first.
    """
    name, other = t.PARTY_NAME, t.PARTY_NAME.alias("other")
    conditions = [name.c.place == 0]
    if party_kind:
        conditions.append(name.c.party_kind == party_kind)
    if part:
        fitting = sa.select(other.c.party_id).where(other.c.folded.contains(part, autoescape=True))
        conditions.append(name.c.party_id.in_(fitting))
    n_found = connection.scalar(sa.select(sa.func.count()).select_from(name).where(*conditions))
    page = sa.select(name.c.party_id).where(*conditions)
    page = page.order_by(name.c.folded, name.c.party_id).limit(limit).offset(offset)
    return list(connection.scalars(page)), int(n_found or 0)
