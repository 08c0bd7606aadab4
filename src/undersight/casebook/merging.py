"""Letting a colleague's changes in: all or nothing, in any order, any number of times.

What waits for changes that have not come is held and named. What would bring a withdrawn person
back, because its author did not know of the withdrawal yet, is refused and named: once the
author merges the withdrawal, the same changes come back redacted and are let in.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.erasure import held, hold, release, rewrite
from undersight.casebook.fields import links_of, normal_fields
from undersight.casebook.projection import kinds_of
from undersight.casebook.publication import Renumbered, renumber_collisions
from undersight.casebook.reading import load_conflicts
from undersight.casebook.record_keys import batches
from undersight.casebook.redaction import LEFT_OF_A_PERSON, tells_no_more
from undersight.casebook.returning import affected_by_withdrawals
from undersight.casebook.withdrawal import (
    PEOPLE,
    Identity,
    WithdrawalReport,
    erase,
    identity_of,
    same_person,
)
from undersight.casebook.writing import ID, is_overwriting, record_changes, refresh
from undersight.errors import ForgedChangeError, MalformedChangeError
from undersight.model.change import AHEAD_US, Change, Conflict, more_erased

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undersight.casebook.work import Work


_LATEST_US = 7_258_118_400_000_000  # 2200: what follows a change is later, and must fit as well


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldChange:
    """A change that waits.

    Args:
        change_id: The change.
        record_id: Its record.
        kind: The kind of the record.
        missing: Ids of the changes and records that have not come.
    """

    change_id: str
    record_id: str
    kind: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedChange:
    """A change that would bring a withdrawn person back.

    Args:
        change_id: The change.
        record_id: Its record.
        kind: The kind of the record.
        author: Staff id of who wrote it: ask them to merge yours first, then to share again.
        at_us: When it was written, microseconds UTC.
        withdrawal_id: The withdrawal that its author had not heard of.
    """

    change_id: str
    record_id: str
    kind: str
    author: str
    at_us: int
    withdrawal_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeReport:
    """What a merge did.

    Args:
        applied: Changes let in, in order of time.
        n_known: Changes that were here already.
        held: Changes that wait, from this merge or an earlier one.
        refused: Changes not let in; nothing else of them was kept.
        conflicts: Fields of the records touched that stand with several values.
        renumbered: Incidents that took another public id.
        withdrawals: What each withdrawal that came with the merge erased here.
        n_rewritten: Records rewritten since the colleague's copy tells less of them.
        ahead: Changes let in that are dated more than a day ahead of this computer's clock.
        in_my_name: How many changes let in say that whoever works here wrote them, and were not
            here: from before a restored backup, or put into their mouth.
    """

    applied: tuple[str, ...]
    n_known: int
    held: tuple[HeldChange, ...]
    refused: tuple[RefusedChange, ...]
    conflicts: tuple[Conflict, ...]
    renumbered: tuple[Renumbered, ...]
    withdrawals: tuple[WithdrawalReport, ...]
    n_rewritten: int
    ahead: tuple[Change, ...] = ()
    in_my_name: int = 0


def apply(work: Work, changes: Iterable[Change]) -> MergeReport:
    """Let changes in.

    Raises:
        MalformedChangeError: One of them is no change; nothing was merged.
        ForgedChangeError: One is known here and says something else; nothing was merged.
        InputError: One writes a field or term that this program does not know.
    """
    given = _distinct(changes)
    before = work.log.by_id(given)
    _refuse_invented_withdrawals(work, given)
    _refuse_forged(given, before)
    for change_id, change in given.items():
        if change_id not in before or change.fields != before[change_id].fields:
            _check_form(change)
    # What these people are called must be read before the colleague's redacted bodies come in.
    identities = _identities(work, [c for i, c in given.items() if i not in before])
    adopted = _adopt_erased(work, given, before)
    affected = affected_by_withdrawals(work, list(given.values()))
    waiting = {change.change_id: change for change in held(work)}
    candidates = {**waiting, **given}
    new = {i: c for i, c in candidates.items() if i not in before and i not in affected}
    accepted, missing = _complete(work, new)
    _check_place(work, accepted)
    touched = record_changes(work, sorted(accepted.values(), key=lambda c: c.order)) | adopted
    hold(work, [new[change_id] for change_id in missing])
    release(work, {*accepted, *(i for i in waiting if i in affected)})
    refused = _note_refused(
        work, [(given[i], affected[i]) for i in affected if i in given], before
    )
    erased = _erase_withdrawn(work, accepted.values(), identities)
    incidents = {c.record_id for c in accepted.values() if c.kind == "incident"}
    return MergeReport(
        applied=tuple(c.change_id for c in sorted(accepted.values(), key=lambda c: c.order)),
        n_known=len(before),
        held=tuple(
            HeldChange(
                change_id=i,
                record_id=new[i].record_id,
                kind=new[i].kind,
                missing=tuple(sorted(missing[i])),
            )
            for i in sorted(missing)
        ),
        refused=refused,
        renumbered=tuple(renumber_collisions(work, incidents)),
        conflicts=tuple(c for c in load_conflicts(work.connection) if c.record_id in touched),
        withdrawals=erased,
        n_rewritten=len(adopted),
        ahead=tuple(c for c in accepted.values() if c.at_us > work.clock() + AHEAD_US),
        in_my_name=sum(change.author == work.author for change in accepted.values()),
    )


def _identities(work: Work, new: Iterable[Change]) -> list[Identity]:
    """Who the withdrawals among new changes are about, as far as is known here."""
    people = {same_person(work, c.record_id) for c in new if c.op == "withdraw"}
    return [identity_of(work, same) for same in sorted(people, key=sorted)]


def _erase_withdrawn(
    work: Work, accepted: Iterable[Change], identities: Iterable[Identity]
) -> tuple[WithdrawalReport, ...]:
    """Do here what a colleague's withdrawals did there."""
    withdrawals = [change for change in accepted if change.op == "withdraw"]
    return tuple(
        erase(
            work,
            [change for change in withdrawals if change.record_id in known.people],
            known | identity_of(work, known.people),
        )
        for known in identities
    )


def _distinct(changes: Iterable[Change]) -> dict[str, Change]:
    """Each change once; a colleague's notes about the colleague's own log mean nothing here."""
    found: dict[str, Change] = {}
    for change in changes:
        if change.op == "erase":
            continue
        other = found.get(change.change_id)
        if other is not None and other.header != change.header:
            raise ForgedChangeError(change.change_id)
        found[change.change_id] = more_erased(other, change) if other else change
    return found


def _refuse_invented_withdrawals(work: Work, given: Mapping[str, Change]) -> None:
    """A change that says it was rewritten names withdrawals that are known here or come with it.

    Else words could be taken out of the record, or put under somebody's name, for no withdrawal
    that anybody is told of.
    """
    named = {withdrawal for change in given.values() for withdrawal in change.erased_for}
    if not named:
        return
    here = work.log.by_id(named)
    told = {i for i in named if (one := given.get(i, here.get(i))) and one.op == "withdraw"}
    for change_id, change in given.items():
        if not told.issuperset(change.erased_for):
            raise MalformedChangeError(
                change_id, "it was rewritten for a withdrawal that nobody made"
            )


def _refuse_forged(given: Mapping[str, Change], before: Mapping[str, Change]) -> None:
    for change_id, known in before.items():
        change = given[change_id]
        differs = (change.fields, change.why) != (known.fields, known.why)
        # Where a name stood here too and is gone, what else it said can no longer be compared.
        is_less = known.erased_for or (change.erased_for and tells_no_more(change, known))
        if change.header != known.header or (differs and not is_less):
            raise ForgedChangeError(change_id)


def _adopt_erased(
    work: Work, given: Mapping[str, Change], before: Mapping[str, Change]
) -> set[str]:
    """Take over a colleague's version of a known change where it tells less.

    One that was rewritten for other people than ours still tells of those: what the colleague's
    withdrawals ask for is done to our own version.
    """
    by_record: dict[str, dict[str, Change]] = defaultdict(dict)
    for change_id, known in before.items():
        theirs = given[change_id]
        has_heard = theirs.erased_for and set(theirs.erased_for) >= set(known.erased_for)
        if theirs != known and has_heard and tells_no_more(theirs, known):
            by_record[known.record_id][change_id] = theirs
    for record_id, chosen_by_id in by_record.items():
        changes = [chosen_by_id.get(c.change_id, c) for c in work.log.of_record(record_id)]
        reasons = {w for change in chosen_by_id.values() for w in change.erased_for}
        rewrite(work, record_id, changes, reasons)
    refresh(work, by_record)
    return set(by_record)


def _check_form(change: Change) -> None:
    """Fields that exist and values that fit; what is stored stays as it was sent."""
    if not all(map(ID.fullmatch, (change.change_id, change.record_id, change.author))):
        raise MalformedChangeError("", "an id or author of it is other text")
    if not 0 <= change.at_us < _LATEST_US:
        raise MalformedChangeError(change.change_id, "it is of no time that can be")
    if change.op == "withdraw" and not _leaves_a_tombstone(change):
        raise MalformedChangeError(change.change_id, "it takes out more than a person")
    if change.op in ("put", "withdraw"):
        normal_fields(change.kind, change.fields)
    elif change.fields:
        raise MalformedChangeError(change.change_id, f"a {change.op} writes no fields")
    if change.op != "put" and not change.parents:
        raise MalformedChangeError(change.change_id, f"a {change.op} follows nothing")
    if change.parents and is_overwriting(change):
        raise MalformedChangeError(
            change.change_id, f"it overwrites a record of kind {change.kind}"
        )


def _leaves_a_tombstone(change: Change) -> bool:
    """Whether a withdrawal is of a person, and says no more than one says here."""
    said = change.fields
    is_person = change.kind == "party" and said.get("party_kind", "individual") in PEOPLE
    return (
        is_person and said.get("public_exposure") == "withheld" and set(said) <= LEFT_OF_A_PERSON
    )


def _complete(
    work: Work, new: Mapping[str, Change]
) -> tuple[dict[str, Change], dict[str, set[str]]]:
    """Split changes into those that can come in now, and what each of the others waits for."""
    wants = {change_id: _wants(change) for change_id, change in new.items()}
    everything = {w for parents, refs in wants.values() for w in (*parents, *refs)}
    here = work.log.known_ids(everything) | set(kinds_of(work.connection, everything))
    accepted = dict(new)
    missing: dict[str, set[str]] = {}
    while True:
        present = here | set(accepted) | {c.record_id for c in accepted.values()}
        lacking = {
            i: {w for w in (*wants[i][0], *wants[i][1]) if w not in present} for i in accepted
        }
        lacking = {i: lack for i, lack in lacking.items() if lack}
        if not lacking:
            return accepted, missing
        missing |= lacking
        accepted = {i: c for i, c in accepted.items() if i not in lacking}


def _wants(change: Change) -> tuple[set[str], set[str]]:
    """The changes and the records that a change needs."""
    if change.op == "withdraw":
        return set(), set()  # it counts at once, whatever has not come yet
    if change.op != "put":
        return set(change.parents), set()
    return set(change.parents), {to for _, _, to in links_of(change.kind, change.fields)}


def _check_place(work: Work, accepted: Mapping[str, Change]) -> None:
    """A change is later than what it follows, and of the same record."""
    outside = {p for c in accepted.values() for p in c.parents if p not in accepted}
    known = {**work.log.by_id(outside), **accepted}
    kinds = kinds_of(work.connection, {c.record_id for c in accepted.values()})
    for change in accepted.values():
        for parent in (known[p] for p in change.parents if p in known):
            if parent.record_id != change.record_id:
                raise MalformedChangeError(change.change_id, "it follows another record's change")
            if parent.at_us >= change.at_us:
                raise MalformedChangeError(change.change_id, "it is older than what it follows")
        if kinds.setdefault(change.record_id, change.kind) != change.kind:
            raise MalformedChangeError(change.change_id, "it makes a record another kind")


def _note_refused(
    work: Work, refused: list[tuple[Change, str]], before: Mapping[str, Change]
) -> tuple[RefusedChange, ...]:
    """Remember which changes were not let in, without what they say."""
    found = [
        RefusedChange(
            change_id=change.change_id,
            record_id=change.record_id,
            kind=change.kind,
            author=change.author,
            at_us=change.at_us,
            withdrawal_id=withdrawal_id,
        )
        for change, withdrawal_id in sorted(refused, key=lambda pair: pair[0].order)
        if change.change_id not in before
    ]
    _forget_refused(work, [entry.change_id for entry in found])
    if found:
        names = t.REFUSED_CHANGE.c.keys()
        rows = [{name: getattr(entry, name) for name in names} for entry in found]
        work.connection.execute(sa.insert(t.REFUSED_CHANGE), rows)
    return tuple(found)


def _forget_refused(work: Work, change_ids: Iterable[str]) -> None:
    for batch in batches(change_ids):
        work.connection.execute(
            sa.delete(t.REFUSED_CHANGE).where(t.REFUSED_CHANGE.c.change_id.in_(batch))
        )


def refused_changes(work: Work) -> list[RefusedChange]:
    """Return the changes that were refused and have not come back redacted yet."""
    query = sa.select(t.REFUSED_CHANGE).order_by(
        t.REFUSED_CHANGE.c.at_us, t.REFUSED_CHANGE.c.change_id
    )
    found = [RefusedChange(**row) for row in work.connection.execute(query).mappings()]
    came = work.log.known_ids([entry.change_id for entry in found])
    return [entry for entry in found if entry.change_id not in came]
