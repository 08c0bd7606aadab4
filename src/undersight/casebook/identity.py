"""Who is who: pairs of parties that may be one person, and what people decided about them.

Nothing is ever merged by the program. It shows pairs with a score and reasons; a person decides;
a pair that was decided is not shown again, and a decision can be taken back.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.deciding import refuse_merge
from undersight.casebook.mentions import names_of
from undersight.casebook.merged_parties import kept_parties, standing_decisions
from undersight.casebook.name_index import MOST_NAMES
from undersight.casebook.record_keys import batches
from undersight.casebook.remembered import remembered
from undersight.casebook.writing import PendingChange
from undersight.errors import NamesDifferError, SamePartyError, UnknownRecordError
from undersight.model.records import IdentityDecision, Party
from undersight.text.names import NameComparison, compare_names, conclude

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from undersight.casebook.reader import CasebookReader
    from undersight.casebook.store import Casebook
    from undersight.casebook.work import Work

_SMALLEST_BLOCK, _LARGEST_BLOCK = 2, 400
_BLOCKS_AT_ONCE = 200
_MOST_COMPARED = 500
_Compared: TypeAlias = "Mapping[tuple[str, str], IdentityCandidate]"


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
        compared: All that were compared, not to be compared again while nothing changes of them.
    """

    pairs: tuple[IdentityCandidate, ...]
    is_lower_bound: bool
    compared: _Compared


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
        found = _queue(work, party_id, most_compared=None, known={})
    return list(found.pairs[:limit])


def queue(casebook: CasebookReader) -> IdentityQueue:
    """Return what waits for a decision, as far as it can be told at once."""

    def count(work: Work, before: tuple[IdentityQueue, int] | None) -> IdentityQueue:
        known = _still_right(work, *before) if before else {}
        return _queue(work, "", most_compared=_MOST_COMPARED, known=known)

    return remembered(casebook, "identity-queue", ("party", "identity_decision"), count)


def _still_right(work: Work, before: IdentityQueue, length: int) -> _Compared:
    """What was compared, but for those that something was changed about since."""
    log = t.CHANGE_LOG
    changed = sa.select(log.c.record_id).where(log.c.seq >= length, log.c.kind == "party")
    ids = set(work.connection.scalars(changed.distinct()))
    return {pair: one for pair, one in before.compared.items() if ids.isdisjoint(pair)}


def _queue(
    work: Work, party_id: str, *, most_compared: int | None, known: _Compared
) -> IdentityQueue:
    """Compare those who share a block, the rarest first."""
    decisions = standing_decisions(work.connection)
    settled = {_pair(kept, other) for kept, other, _ in decisions} | _merged_pairs(decisions)
    compared: dict[tuple[str, str], IdentityCandidate] = {}
    is_cut = False
    for pairs in _pairs(work.connection, party_id):
        fresh = [pair for pair in pairs if pair not in settled]
        is_cut = most_compared is not None and len(compared) + len(fresh) > most_compared
        if is_cut:
            fresh = fresh[: (most_compared or 0) - len(compared)]
        unknown = {one for pair in fresh if pair not in known for one in pair}
        names = _names_by_party(work.connection, unknown)
        for one, other in fresh:
            pair = one, other
            compared[pair] = known.get(pair) or _compared(one, other, names[one], names[other])
        if is_cut:
            break
    stands_for = kept_parties(decisions)
    found = _of_those_who_stand(compared.values(), stands_for, settled)
    found.sort(key=lambda shown: (-shown.score, shown.kept, shown.other))
    return IdentityQueue(pairs=tuple(found), is_lower_bound=is_cut, compared=compared)


def _of_those_who_stand(
    compared: Iterable[IdentityCandidate],
    stands_for: Mapping[str, str],
    settled: Collection[tuple[str, str]],
) -> list[IdentityCandidate]:
    """Pairs that may be one, each once, told of the parties that stand for merged ones."""
    best: dict[tuple[str, str], IdentityCandidate] = {}
    for shown in compared:
        if shown.verdict == "different":
            continue
        kept, other = (stands_for.get(one, one) for one in (shown.kept, shown.other))
        pair = _pair(kept, other)
        if pair != (shown.kept, shown.other):
            names = shown.names if pair == (kept, other) else (shown.names[1], shown.names[0])
            shown = replace(shown, kept=pair[0], other=pair[1], names=names)  # noqa: PLW2901
        if pair not in settled and (pair not in best or best[pair].score < shown.score):
            best[pair] = shown
    return list(best.values())


def _names_by_party(
    connection: sa.Connection, party_ids: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    table = t.KIND_TABLES["party"]
    found: dict[str, tuple[str, ...]] = {}
    for batch in batches(party_ids):
        query = sa.select(table.c.record_id, table.c.names).where(table.c.record_id.in_(batch))
        for row in connection.execute(query):
            names = json.loads(row.names or "[]")
            own = [name["value"] for name in names if name.get("use") != "public_label"]
            found[row.record_id] = tuple(own[:MOST_NAMES])
    return found


def compare(casebook: CasebookReader, kept: str, other: str) -> IdentityCandidate:
    """Return how the names of two parties compare.

    Raises:
        SamePartyError: One party was named twice.
        UnknownRecordError: One of them is no party.
    """
    if kept == other:
        raise SamePartyError(kept)
    parties = []
    for party_id in (kept, other):
        party = casebook.get(party_id)
        if not isinstance(party, Party):
            raise UnknownRecordError(party_id)
        parties.append(party)
    first, second = sorted(parties, key=lambda party: party.record_id)
    names = [tuple(names_of(party)[:MOST_NAMES]) for party in (first, second)]
    return _compared(first.record_id, second.record_id, names[0], names[1])


def decide(
    casebook: Casebook, kept: str, other: str, *, verdict: str, why: str, is_sure: bool = True
) -> IdentityDecision:
    """Remember what a person decided about two parties; an earlier decision is taken back.

    Args:
        casebook: The casebook.
        kept: The party that stands for both when they are the same.
        other: The other party.
        verdict: ``same``, ``different`` or ``unsure``.
        why: The reason.
        is_sure: Whether the person said so with both names before their eyes.

    Raises:
        NamesDifferError: The names tell of two people, and it is not sure that they are one.
        UnknownRecordError: One of them is no party.
        UnknownTermError: No such verdict.
        AlreadyOnePartyError: They are one already.
        MergedRecordError: One of them stands for nobody since it was merged.
        DecidedApartError: Earlier decisions keep them apart.
        WithdrawnRecordError: One of them was withdrawn.
    """
    shown = compare(casebook, kept, other)
    if verdict == "same":
        with casebook.unit() as work:
            refuse_merge(work, kept, other)
        if not is_sure:
            _refuse_two_names(casebook, kept, other, shown)
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


def _refuse_two_names(
    casebook: CasebookReader, kept: str, other: str, shown: IdentityCandidate
) -> None:
    """Refuse people of one surname and two given names; an office may be called anything."""
    parties = [casebook.get(party_id) for party_id in (kept, other)]
    are_people = all(isinstance(p, Party) and p.party_kind == "individual" for p in parties)
    if are_people and all(shown.names) and shown.verdict == "different":
        raise NamesDifferError(kept, other, shown.reasons)


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


def _compared(
    kept: str, merged: str, kept_names: tuple[str, ...], merged_names: tuple[str, ...]
) -> IdentityCandidate:
    """The best of all their spellings."""
    best: tuple[NameComparison, str, str] | None = None
    for left in kept_names:
        for right in merged_names:
            here = compare_names(left, right)
            if best is None or here.score > best[0].score:
                best = here, left, right
    shown, left, right = best or (conclude(compare_names("", "").reasons), "", "")
    return IdentityCandidate(
        kept=kept,
        other=merged,
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
