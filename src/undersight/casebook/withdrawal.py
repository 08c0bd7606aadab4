"""Withdrawing a person: out of current rows, history, search and reasons, for good.

What stays is a dated tombstone that counts as one unnamed person, so that the incident and its
numbers stand. The old keys of every record that named the person are destroyed with the old
bodies. Copies elsewhere follow when they merge; until then their changes about the person are
refused, and listed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.days import day_of
from undersight.casebook.erasure import held, redact_log
from undersight.casebook.fields import links_of, texts_in
from undersight.casebook.mentions import Mentions
from undersight.casebook.merged_parties import kept_parties, standing_decisions
from undersight.casebook.record_keys import batches
from undersight.casebook.redaction import KEPT_OF_A_PERSON, Redaction
from undersight.casebook.search_index import erase_index_traces
from undersight.casebook.writing import record_changes, refresh
from undersight.errors import CannotWithdrawError, UnknownRecordError, WithdrawnRecordError
from undersight.model.change import WITHDRAWN_MARK, Change, FoldedRecord
from undersight.model.codec import record_class
from undersight.model.schema import fields_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from undersight.casebook.work import Work

PEOPLE = frozenset({"individual", "group", "family", "unidentified"})
_HOLDERS = frozenset({"account", "item"})
_PAGES = frozenset({"page", "group", "channel", "website", "domain", "app"})


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalReport:
    """What a withdrawal did.

    Args:
        party_ids: The party withdrawn, and those merged with it.
        day: The day, ISO.
        record_ids: Records that were rewritten, sorted.
        n_changes: Changes rewritten in the history.
        n_marks: Places where a name was replaced.
        evidence: Digests of objects in the vault that these records point at: what to do with
            them is for the team to decide.
        is_file_clean: Whether what was deleted is out of the file as well. If somebody was
            reading, it is not yet: that is made up for when the casebook is opened next.
        identity: By what they were known, for whoever keeps something outside the casebook; in
            no file and no message.
    """

    party_ids: tuple[str, ...]
    day: str
    record_ids: tuple[str, ...]
    n_changes: int
    n_marks: int
    evidence: tuple[str, ...]
    identity: Identity = field(repr=False)
    is_file_clean: bool = False


def withdraw(work: Work, party_id: str, why: str) -> WithdrawalReport:
    """Withdraw a person, and whoever was decided to be the same person.

    Raises:
        UnknownRecordError: No such party.
        CannotWithdrawError: Not a person.
        WithdrawnRecordError: Withdrawn before.
    """
    people = same_person(work, party_id)
    folded = work.folded_all(people)
    _refuse(folded.get(party_id), party_id)
    identity = identity_of(work, people)
    changes = [
        _withdrawal(work, folded[party], identity, why)
        for party in sorted(people)
        if not folded[party].is_withdrawn
    ]
    record_changes(work, changes)
    return erase(work, changes, identity)


def known_by(work: Work, party_id: str) -> Identity:
    """Return by what somebody is known, before they are withdrawn.

    Raises:
        UndersightError: As ``withdraw``.
    """
    people = same_person(work, party_id)
    _refuse(work.folded(party_id), party_id)
    return identity_of(work, people)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who is to be erased, by what they are known, and which records are about them.

    Args:
        people: The party, and those that are the same person.
        names: Every name they had here.
        handles: User names and ids of their accounts.
        titles: Names of their pages.
        owned: Records that are theirs.
        near: Records of incidents that they have to do with.
    """

    people: frozenset[str]
    names: frozenset[str]
    handles: frozenset[str]
    titles: frozenset[str]
    owned: frozenset[str]
    near: frozenset[str]

    def __or__(self, other: Identity) -> Identity:
        """What either knows."""
        return Identity(
            **{f.name: getattr(self, f.name) | getattr(other, f.name) for f in fields(self)}
        )

    def mentions(self) -> Mentions:
        """Return what finds these people in a text."""
        return Mentions(
            names=dict.fromkeys(self.people, self.names),
            handles=dict.fromkeys(self.people, self.handles),
            titles=dict.fromkeys(self.people, self.titles),
        )

    def redaction(self, withdrawal_ids: Iterable[str]) -> Redaction:
        """Return how to take these people out of changes."""
        return Redaction(
            withdrawal_ids=tuple(sorted(withdrawal_ids)),
            people=self.people,
            owned=self.owned,
            near=self.near,
            find=self.mentions(),
        )


def erase(work: Work, withdrawals: Collection[Change], identity: Identity) -> WithdrawalReport:
    """Rewrite the log without people, and everything derived from it."""
    redaction = identity.redaction(change.change_id for change in withdrawals)
    rewritten = redact_log(work, redaction)
    refresh(work, rewritten)
    erase_index_traces(work.connection)
    marks = (
        text.count(WITHDRAWN_MARK)
        for changes in rewritten.values()
        for change in changes
        for text in (*texts_in(change.fields), change.why)
    )
    at_us = max((change.at_us for change in withdrawals), default=work.clock())
    return WithdrawalReport(
        party_ids=tuple(sorted(identity.people)),
        day=day_of(at_us),
        record_ids=tuple(sorted(rewritten)),
        n_changes=sum(len(changes) for changes in rewritten.values()),
        n_marks=sum(marks),
        evidence=_evidence(work, identity.owned | identity.near | set(rewritten)),
        identity=identity,
    )


def same_person(work: Work, party_id: str) -> frozenset[str]:
    """Return a party and those that were decided to be the same."""
    kept = kept_parties(standing_decisions(work.connection))
    stands_for = kept.get(party_id, party_id)
    return frozenset({stands_for, party_id, *(p for p, k in kept.items() if k == stands_for)})


def _refuse(folded: FoldedRecord | None, party_id: str) -> None:
    if folded is None:
        raise UnknownRecordError(party_id)
    if folded.withdrawn_at_us is not None:
        raise WithdrawnRecordError(party_id, day_of(folded.withdrawn_at_us))
    kind = folded.fields.get("party_kind", "individual") if folded.kind == "party" else folded.kind
    if kind not in PEOPLE:
        raise CannotWithdrawError(party_id, kind)


def _withdrawal(work: Work, folded: FoldedRecord, identity: Identity, why: str) -> Change:
    """The change that leaves a tombstone; its reason names nobody."""
    kind = folded.fields.get("party_kind", "individual")
    left: dict[str, Any] = {name: folded.fields.get(name) for name in KEPT_OF_A_PERSON}
    left |= {"party_kind": kind, "public_exposure": "withheld"}
    if kind == "individual":
        left |= {"count_min": 1, "count_max": 1}
    if "visibility" in folded.fields:
        left["visibility"] = folded.fields["visibility"]
    known = [change for change in work.log.of_record(folded.record_id) if change.op != "erase"]
    blank = Change(
        change_id=work.new_id(),
        record_id=folded.record_id,
        kind="party",
        parents=folded.heads,
        at_us=work.stamp(known),
        author=work.author,
        op="withdraw",
        fields={name: value for name, value in sorted(left.items()) if value is not None},
        why=why,
    )
    return identity.redaction(()).of(blank)


def identity_of(work: Work, people: Iterable[str]) -> Identity:
    """Read the whole history for every name a person ever had here, and all that is theirs."""
    people = frozenset(people)
    names, owned, near = _in_the_log(work, people)
    names.update(n for change in held(work) if change.record_id in people for n in _names(change))
    owned |= _held_by(work, owned)
    handles, titles = set[str](), set[str]()
    for change in (c for changes in work.log.of_records(owned).values() for c in changes):
        handles.update(_handles(change))
        is_page = change.fields.get("asset_kind", "profile") in _PAGES
        (titles if is_page else names).update(_account_titles(change))
    if _are_described(work, people):
        names, titles = set[str](), titles | names
    near |= owned
    return Identity(
        people=people,
        names=frozenset(names),
        handles=frozenset(handles),
        titles=frozenset(titles),
        owned=frozenset(owned),
        near=frozenset(near | _around(work, near | people)),
    )


def _in_the_log(work: Work, people: frozenset[str]) -> tuple[set[str], set[str], set[str]]:
    """Their names, the records that are theirs, and the records that name them by id."""
    names, owned, near = set[str](), set[str](), set[str]()
    for batch in work.every_record():
        for record_id, changes in work.log.of_records(batch).items():
            for change in changes:
                if record_id in people:
                    names.update(_names(change))
                elif _points_at(change, people, near):
                    owned.add(record_id)
    return names, owned, near


def _are_described(work: Work, people: frozenset[str]) -> bool:
    """Whether the name is a description, such as "eight users": to be found only whole."""
    table = t.KIND_TABLES["party"]
    kinds = work.scalars_in(sa.select(table.c.party_kind), table.c.record_id, people)
    return bool(kinds) and kinds <= {"group", "unidentified"}


def _names(change: Change) -> Iterable[str]:
    for name in change.fields.get("names", ()):
        if name.get("use") != "public_label" and name.get("value"):
            yield name["value"]


def _handles(change: Change) -> Iterable[str]:
    if change.kind == "account":
        yield from (h["value"] for h in change.fields.get("handles", ()) if h.get("value"))
    if change.kind in _HOLDERS:
        yield from (change.fields[n] for n in ("native_id", "url") if change.fields.get(n))


def _account_titles(change: Change) -> Iterable[str]:
    if change.kind == "account" and change.fields.get("title"):
        yield change.fields["title"]


def _points_at(change: Change, people: frozenset[str], near: set[str]) -> bool:
    """Whether a change makes its record one of the person's; notes what merely names them."""
    if change.op == "erase":
        return False
    is_owned = False
    for path, spec, to in links_of(change.kind, change.fields):
        if to in people:
            near.add(change.record_id)
            is_owned = is_owned or (spec.form == "ref" and "." not in path)
    return is_owned


def _held_by(work: Work, owned: Collection[str]) -> set[str]:
    """Posts of somebody's accounts, and cases about either."""
    ways = {
        (kind, name)
        for kind in t.KIND_TABLES
        for name, spec in fields_of(record_class(kind)).items()
        if spec.form == "ref" and _HOLDERS.intersection(spec.target)
    }
    found: set[str] = set()
    todo = set(owned)
    while todo:
        holders = _of_kinds(work, todo, _HOLDERS)
        todo = {
            row.from_id
            for batch in batches(holders)
            for row in work.connection.execute(
                sa.select(t.RECORD_LINK).where(t.RECORD_LINK.c.to_id.in_(batch))
            )
            if (row.from_kind, row.field) in ways
        } - found
        found |= todo
    return found


def _of_kinds(work: Work, record_ids: Iterable[str], kinds: Collection[str]) -> set[str]:
    query = sa.select(t.RECORD.c.record_id).where(t.RECORD.c.kind.in_(sorted(kinds)))
    return work.scalars_in(query, t.RECORD.c.record_id, record_ids)


def _around(work: Work, record_ids: Collection[str]) -> set[str]:
    """All records of the incidents that these belong to, and what those point at."""
    link = t.RECORD_LINK
    pointing = work.scalars_in(sa.select(link.c.from_id), link.c.to_id, record_ids)
    homes = work.scalars_in(
        sa.select(t.RECORD.c.incident_id), t.RECORD.c.record_id, {*record_ids, *pointing}
    ) - {""}
    family = work.scalars_in(sa.select(t.RECORD.c.record_id), t.RECORD.c.incident_id, homes)
    pointed_at = work.scalars_in(sa.select(link.c.to_id), link.c.from_id, family)
    return family | _of_kinds(work, pointed_at, ("source", "item", "account", "takedown"))


def evidence_left(work: Work) -> tuple[str, ...]:
    """Objects that entries about withdrawn people still point at: digests, sorted."""
    is_withdrawn = t.RECORD.c.withdrawn_at_us.is_not(None)
    people = set(work.connection.scalars(sa.select(t.RECORD.c.record_id).where(is_withdrawn)))
    return _evidence(work, _around(work, people)) if people else ()


def _evidence(work: Work, record_ids: Iterable[str]) -> tuple[str, ...]:
    """Digests of vault objects that records point at."""
    found: set[str] = set()
    by_kind: dict[str, list[str]] = defaultdict(list)
    for batch in batches(record_ids):
        query = sa.select(t.RECORD.c.record_id, t.RECORD.c.kind)
        for row in work.connection.execute(query.where(t.RECORD.c.record_id.in_(batch))):
            by_kind[row.kind].append(row.record_id)
    for kind, ids in by_kind.items():
        table = t.KIND_TABLES[kind]
        for name in ("evidence", "captures"):
            if name in table.c:
                cells = work.scalars_in(sa.select(table.c[name]), table.c.record_id, ids)
                found.update(digest for cell in cells for digest in json.loads(cell))
    return tuple(sorted(found))
