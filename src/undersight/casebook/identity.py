"""Who is who: pairs of parties that may be one person, and what people decided about them.

Nothing is ever merged by the program. It shows pairs with a score and reasons; a person decides;
a pair that was decided is not shown again, and a decision can be taken back.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.mentions import names_of
from undersight.casebook.merged_parties import kept_parties, standing_decisions
from undersight.casebook.name_index import MOST_NAMES
from undersight.casebook.reading import load
from undersight.casebook.record_keys import batches
from undersight.casebook.remembered import remembered
from undersight.casebook.writing import PendingChange
from undersight.errors import UnknownRecordError
from undersight.model.records import IdentityDecision, Party
from undersight.text.names import NameComparison, compare_names, conclude

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undersight.casebook.reader import CasebookReader
    from undersight.casebook.store import Casebook
    from undersight.casebook.work import Work

_SMALLEST_BLOCK, _LARGEST_BLOCK = 2, 400
_BLOCKS_AT_ONCE = 200
_MOST_COMPARED = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityCandidate:
    """Two parties that may be one.

    Args:
        kept: The party recorded first.
        other: The other.
        names: The spelling of each that fits best.
        score: In [0, 1].
        verdict: ``same``, ``maybe`` or ``different``, as far as names can tell.
        reasons: Why, the weakest first, as phrases.
    """

    kept: str
    other: str
    names: tuple[str, str]
    score: float
    verdict: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityQueue:
    """What waits for a decision.

    Args:
        pairs: Pairs, best first.
        is_lower_bound: Whether there may be more: those of the rarest names come first.
    """

    pairs: tuple[IdentityCandidate, ...]
    is_lower_bound: bool


def candidates(
    casebook: CasebookReader, party_id: str = "", *, limit: int | None = None
) -> list[IdentityCandidate]:
    """Return pairs of people that may be one, best first, without those decided before.

    Args:
        casebook: The casebook.
        party_id: Only pairs with this party; empty for all.
        limit: At most so many.
    """
    with casebook.unit() as work:
        found, _ = _candidates(work, party_id, most_compared=None)
    return list(found[:limit])


def queue(casebook: CasebookReader) -> IdentityQueue:
    """Return what waits for a decision, as far as it can be told at once."""

    def count(work: Work) -> IdentityQueue:
        found, is_lower_bound = _candidates(work, "", most_compared=_MOST_COMPARED)
        return IdentityQueue(pairs=tuple(found), is_lower_bound=is_lower_bound)

    return remembered(casebook, "identity-queue", ("party", "identity_decision"), count)


def _candidates(
    work: Work, party_id: str, *, most_compared: int | None
) -> tuple[list[IdentityCandidate], bool]:
    """Compare those who share a block, the rarest first; whether any were left out."""
    decisions = standing_decisions(work.connection)
    settled = {_pair(kept, other) for kept, other, _ in decisions} | _merged_pairs(decisions)
    found: list[IdentityCandidate] = []
    n_compared, is_cut = 0, False
    for pairs in _pairs(work.connection, party_id):
        fresh = [pair for pair in pairs if pair not in settled]
        is_cut = most_compared is not None and n_compared + len(fresh) > most_compared
        if is_cut:
            fresh = fresh[: (most_compared or 0) - n_compared]
        parties = load(work.connection, {one for pair in fresh for one in pair})
        for one, other in fresh:
            first, second = parties[one], parties[other]
            if isinstance(first, Party) and isinstance(second, Party):
                shown = _compared(first, second)
                if shown.verdict != "different":
                    found.append(shown)
        n_compared += len(fresh)
        if is_cut:
            break
    found.sort(key=lambda shown: (-shown.score, shown.kept, shown.other))
    return found, is_cut


def compare(casebook: CasebookReader, kept: str, other: str) -> IdentityCandidate:
    """Return how the names of two parties compare.

    Raises:
        UnknownRecordError: One of them is no party.
    """
    parties = []
    for party_id in (kept, other):
        party = casebook.get(party_id)
        if not isinstance(party, Party):
            raise UnknownRecordError(party_id)
        parties.append(party)
    return _compared(*parties)


def decide(
    casebook: Casebook, kept: str, other: str, *, verdict: str, why: str
) -> IdentityDecision:
    """Remember what a person decided about two parties; an earlier decision is taken back.

    Args:
        casebook: The casebook.
        kept: The party that stands for both when they are the same.
        other: The other party.
        verdict: ``same``, ``different`` or ``unsure``.
        why: The reason.

    Raises:
        UnknownRecordError: One of them is no party.
        UnknownTermError: No such verdict.
        MergedRecordError: One of them stands for nobody since it was merged.
        WithdrawnRecordError: One of them was withdrawn.
    """
    shown = compare(casebook, kept, other)
    decision = casebook.create(
        "identity_decision",
        why=why,
        kept=kept,
        other=other,
        verdict=verdict,
        score=shown.score,
        reasons=list(shown.reasons),
    )
    if not isinstance(decision, IdentityDecision):
        raise TypeError(decision.kind)
    return decision


def revoke(casebook: Casebook, decision_id: str, *, why: str) -> None:
    """Take a decision back: the two parties are two again, and are shown again.

    Raises:
        UnknownRecordError: No such decision.
    """
    casebook.write(PendingChange(record_id=decision_id, fields={"is_revoked": True}), why=why)


def _merged_pairs(decisions: Iterable[tuple[str, str, str]]) -> set[tuple[str, str]]:
    """Pairs that decisions on other pairs made one."""
    together: dict[str, list[str]] = defaultdict(list)
    for merged, kept in kept_parties(decisions).items():
        together[kept].append(merged)
    return {
        _pair(one, other)
        for kept, merged in together.items()
        for one in (kept, *merged)
        for other in merged
        if one != other
    }


def _pairs(connection: sa.Connection, party_id: str) -> Iterator[list[tuple[str, str]]]:
    """Pairs worth comparing, some at a time, each once: those who share the rarest words first."""
    seen = set[tuple[str, str]]()
    for blocks in _blocks(connection, party_id):
        members: dict[str, list[str]] = {name: [] for name in blocks}
        block = t.NAME_BLOCK
        for batch in batches(blocks):
            rows = sa.select(block).where(block.c.block.in_(batch)).order_by(block.c.party_id)
            for row in connection.execute(rows):
                members[row.block].append(row.party_id)
        fresh = [
            (one, other)
            for sharing in members.values()
            for i, one in enumerate(sharing)
            for other in sharing[i + 1 :]
            if (one, other) not in seen and (not party_id or party_id in (one, other))
        ]
        yield list(dict.fromkeys(fresh))
        seen.update(fresh)


def _blocks(connection: sa.Connection, party_id: str) -> Iterator[list[str]]:
    """Blocks of two and more, the smallest first, some at a time."""
    size, block = t.NAME_BLOCK_SIZE, t.NAME_BLOCK
    # A word that very many share tells nothing; rarer ones still do.
    query = sa.select(size.c.n_parties, size.c.block).where(
        size.c.n_parties >= _SMALLEST_BLOCK, size.c.n_parties <= _LARGEST_BLOCK
    )
    if party_id:
        own = sa.select(block.c.block).where(block.c.party_id == party_id)
        query = query.where(size.c.block.in_(own))
    query = query.order_by(size.c.n_parties, size.c.block).limit(_BLOCKS_AT_ONCE)
    n_last, last = 0, ""
    while True:
        after = sa.or_(
            size.c.n_parties > n_last,
            sa.and_(size.c.n_parties == n_last, size.c.block > last),
        )
        rows = connection.execute(query.where(after)).all()
        if not rows:
            return
        yield [row.block for row in rows]
        n_last, last = rows[-1].n_parties, rows[-1].block


def _compared(one: Party, other: Party) -> IdentityCandidate:
    """The best of all their spellings."""
    kept, merged = sorted((one, other), key=lambda party: party.record_id)
    best: tuple[NameComparison, str, str] | None = None
    for left in names_of(kept)[:MOST_NAMES]:
        for right in names_of(merged)[:MOST_NAMES]:
            here = compare_names(left, right)
            if best is None or here.score > best[0].score:
                best = here, left, right
    shown, left, right = best or (conclude(compare_names("", "").reasons), "", "")
    return IdentityCandidate(
        kept=kept.record_id,
        other=merged.record_id,
        names=(left, right),
        score=shown.score,
        verdict=shown.verdict,
        reasons=tuple(
            _phrase(reason.detail, reason.left, reason.right) for reason in shown.reasons
        ),
    )


def _phrase(detail: str, left: str, right: str) -> str:
    words = " / ".join(word for word in (left, right) if word)
    return f"{detail}: {words}" if words else detail


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
