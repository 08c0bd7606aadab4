"""Who is who: pairs of parties that may be one person, and what people decided about them.

Nothing is ever merged by the program. It shows pairs with a score and reasons; a person decides;
a pair that was decided is not shown again, and a decision can be taken back.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from undersight.casebook.mentions import names_of
from undersight.casebook.writing import PendingChange
from undersight.errors import UnknownRecordError
from undersight.model.records import IdentityDecision, Party
from undersight.text.name_parts import parse_name, token_skeleton
from undersight.text.names import NameComparison, compare_names, conclude

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from undersight.casebook.reader import CasebookReader
    from undersight.casebook.store import Casebook

PEOPLE = frozenset({"individual", "unidentified"})
_LARGEST_BLOCK = 400
_MOST_NAMES = 8


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


def candidates(
    casebook: CasebookReader, party_id: str = "", *, limit: int | None = None
) -> list[IdentityCandidate]:
    """Return pairs of people that may be one, best first, without those decided before.

    Args:
        casebook: The casebook.
        party_id: Only pairs with this party; empty for all.
        limit: At most so many.
    """
    people = [p for p in casebook.all("party") if isinstance(p, Party)]
    parties = {p.record_id: p for p in people if p.party_kind in PEOPLE and names_of(p)}
    settled = decided_pairs(casebook) | _merged_pairs(casebook)
    found = []
    for pair in sorted(_pairs(parties.values())):
        if pair in settled or (party_id and party_id not in pair):
            continue
        shown = _compared(parties[pair[0]], parties[pair[1]])
        if shown.verdict != "different":
            found.append(shown)
    found.sort(key=lambda shown: (-shown.score, shown.kept, shown.other))
    return found[:limit]


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


def decided_pairs(casebook: CasebookReader) -> set[tuple[str, str]]:
    """Return the pairs that people decided on, whatever they decided."""
    return {
        _pair(decision.kept, decision.other)
        for decision in casebook.all("identity_decision")
        if isinstance(decision, IdentityDecision) and not decision.is_revoked
    }


def _merged_pairs(casebook: CasebookReader) -> set[tuple[str, str]]:
    """Pairs that decisions on other pairs made one."""
    together: dict[str, list[str]] = defaultdict(list)
    for merged, kept in casebook.merged_parties().items():
        together[kept].append(merged)
    return {
        _pair(one, other)
        for kept, merged in together.items()
        for one in (kept, *merged)
        for other in merged
        if one != other
    }


def _pairs(parties: Iterable[Party]) -> Iterator[tuple[str, str]]:
    """Pairs worth comparing: a word that sounds alike, another that begins alike."""
    blocks: dict[str, set[str]] = defaultdict(set)
    for party in parties:
        for name in names_of(party)[:_MOST_NAMES]:
            for key in _block_keys(name):
                blocks[key].add(party.record_id)
    seen = set[tuple[str, str]]()
    for _, block in sorted(blocks.items()):
        members = sorted(block)
        if len(members) > _LARGEST_BLOCK:
            continue  # a word that so many share tells nothing; rarer ones still do
        for i, one in enumerate(members):
            seen.update((one, other) for other in members[i + 1 :])
    return iter(seen)


def _block_keys(name: str) -> set[str]:
    words = [token for token in parse_name(name).core if token.keys and token.keys[0]]
    if len(words) == 1:
        return {token_skeleton(words[0])}
    return {
        f"{token_skeleton(one)} {other.keys[0][0]}"
        for one in words
        for other in words
        if one is not other and not one.is_initial
    }


def _compared(one: Party, other: Party) -> IdentityCandidate:
    """The best of all their spellings."""
    kept, merged = sorted((one, other), key=lambda party: party.record_id)
    best: tuple[NameComparison, str, str] | None = None
    for left in names_of(kept)[:_MOST_NAMES]:
        for right in names_of(merged)[:_MOST_NAMES]:
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
