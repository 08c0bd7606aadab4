"""The log of changes: appended in a hash chain, bodies sealed under their record's own key.

A row of the log shows what happened to which record when; what was written and why is ciphertext.
Erasing a person rewrites bodies under a new key and destroys the old one; the chain holds the
digest of each body as it was, and an ``erase`` entry explains the new one.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.record_keys import RecordKeys, batches
from undersight.integrity.canonical import Digest
from undersight.integrity.chain import GENESIS, ChainHead, head_after, link_entry
from undersight.integrity.record_cipher import RecordCipher
from undersight.model.change import AHEAD_US, Change, canonical_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

CHAIN_DOMAIN = "undersight/casebook/v1"
_HEAD_NOTE = "chain_head"

SEALED = sa.cast(t.CHANGE_BODY.c.sealed, sa.LargeBinary).label("sealed")
"""A body as bytes, even where somebody made SQLite store it as text."""


class ChangeLog:
    """The change log as one transaction sees it.

    Args:
        connection: An open transaction.
        keys: The keys of records.
    """

    def __init__(self, connection: sa.Connection, keys: RecordKeys) -> None:
        self._connection = connection
        self._keys = keys

    def append(self, changes: Sequence[Change], *, received_at_us: int) -> None:
        """Add changes to the end of the chain, in the order given.

        Args:
            changes: Changes that the log does not hold yet.
            received_at_us: When they came into this copy, microseconds UTC.
        """
        if not changes:
            return
        keys = self._keys.of(self._connection, [c.record_id for c in changes], make=True)
        head = self.head()
        rows, bodies, parents = [], [], []
        for change in changes:
            sealed = seal_body(keys[change.record_id], change)
            entry = link_entry(
                {
                    **_header(change),
                    "parents": sorted(change.parents),
                    "received_at_us": received_at_us,
                    "body_sha256": hashlib.sha256(sealed).hexdigest(),
                },
                after=head,
                domain=CHAIN_DOMAIN,
            )
            head = head_after(entry)
            parents += [
                {"change_id": change.change_id, "parent_id": p} for p in entry.pop("parents")
            ]
            rows.append({"seq": entry.pop("i"), **entry})
            bodies.append({"change_id": change.change_id, "sealed": sealed})
        self._connection.execute(sa.insert(t.CHANGE_LOG), rows)
        self._connection.execute(sa.insert(t.CHANGE_BODY), bodies)
        if parents:
            self._connection.execute(sa.insert(t.CHANGE_PARENT), parents)
        self._note(head)

    def head(self) -> ChainHead:
        """Return where the chain stands."""
        last = self._connection.execute(
            sa.select(t.CHANGE_LOG.c.seq, t.CHANGE_LOG.c.h)
            .order_by(t.CHANGE_LOG.c.seq.desc())
            .limit(1)
        ).first()
        if last is None:
            return ChainHead(length=0, head=GENESIS)
        return head_after({"i": last.seq, "h": last.h})

    def noted_head(self) -> ChainHead | None:
        """Return where the chain stood by its own note; None where nobody with the key wrote one.

        The note shows that the end of the chain was cut off, or all of it made anew.
        """
        query = sa.select(t.META.c.value).where(t.META.c.name == _HEAD_NOTE)
        noted = self._connection.scalar(query)
        try:
            length, head, mac = json.loads(noted) if noted else (0, "", "")
        except ValueError:  # edited: no note of ours
            return None
        found = ChainHead(length=length, head=Digest(head))
        return found if self._keys.vouches(_head_text(found), mac) else None

    def _note(self, head: ChainHead) -> None:
        value = json.dumps([head.length, head.head, self._keys.vouch(_head_text(head))])
        self._connection.execute(sa.delete(t.META).where(t.META.c.name == _HEAD_NOTE))
        self._connection.execute(sa.insert(t.META).values(name=_HEAD_NOTE, value=value))

    def of_records(self, record_ids: Collection[str]) -> dict[str, list[Change]]:
        """Return the changes of some records, in log order; a record without any is left out."""
        found: dict[str, list[Change]] = defaultdict(list)
        for batch in batches(record_ids):
            for change in self._read(t.CHANGE_LOG.c.record_id.in_(batch)):
                found[change.record_id].append(change)
        return dict(found)

    def of_record(self, record_id: str) -> list[Change]:
        """Return the changes of one record, in log order."""
        return self.of_records([record_id]).get(record_id, [])

    def by_id(self, change_ids: Collection[str]) -> dict[str, Change]:
        """Return the changes that the log holds of these ids."""
        found = {}
        for batch in batches(change_ids):
            for change in self._read(t.CHANGE_LOG.c.change_id.in_(batch)):
                found[change.change_id] = change
        return found

    def since(self, seq: int, limit: int) -> list[tuple[int, Change]]:
        """Return the next ``limit`` changes after a place in the log, with their places."""
        places = self._connection.execute(
            sa.select(t.CHANGE_LOG.c.seq, t.CHANGE_LOG.c.change_id)
            .where(t.CHANGE_LOG.c.seq > seq)
            .order_by(t.CHANGE_LOG.c.seq)
            .limit(limit)
        ).all()
        found = self.by_id([place.change_id for place in places])
        return [(place.seq, found[place.change_id]) for place in places]

    def known_ids(self, change_ids: Collection[str]) -> set[str]:
        """Return which of these ids the log holds."""
        found: set[str] = set()
        for batch in batches(change_ids):
            ids = sa.select(t.CHANGE_LOG.c.change_id).where(t.CHANGE_LOG.c.change_id.in_(batch))
            found.update(self._connection.scalars(ids))
        return found

    def _read(self, condition: sa.ColumnElement[bool]) -> Iterator[Change]:
        log, body = t.CHANGE_LOG, t.CHANGE_BODY
        rows = self._connection.execute(
            sa.select(log, SEALED)
            .join(body, body.c.change_id == log.c.change_id)
            .where(condition)
            .order_by(log.c.seq)
        ).all()
        parents = self._parents_of([row.change_id for row in rows])
        keys = self._keys.of(self._connection, {row.record_id for row in rows})
        for row in rows:
            header = {name: getattr(row, name) for name in _HEADER}
            header["parents"] = tuple(sorted(parents[row.change_id]))
            said = open_body(keys[row.record_id], header, row.sealed)
            yield Change(**header, **said, received_at_us=row.received_at_us)

    def _parents_of(self, change_ids: Iterable[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for batch in batches(change_ids):
            query = sa.select(t.CHANGE_PARENT).where(t.CHANGE_PARENT.c.change_id.in_(batch))
            for row in self._connection.execute(query):
                found[row.change_id].append(row.parent_id)
        return found


def believed_us() -> sa.ColumnElement[int]:
    """Return when a change of the log was written as far as that can be believed, for queries."""
    log = t.CHANGE_LOG
    is_ahead = log.c.at_us > log.c.received_at_us + AHEAD_US
    return sa.case((is_ahead, log.c.received_at_us), else_=log.c.at_us)


def chain_entry(row: sa.Row[Any], parents: Iterable[str]) -> dict[str, Any]:
    """Return the entry of the chain that a row of the log stands for."""
    names = (*_HEADER, "received_at_us", "body_sha256", "prev", "h")
    entry = {name: getattr(row, name) for name in names}
    return {**entry, "i": row.seq, "parents": sorted(parents)}


def seal_body(key: bytes, change: Change) -> bytes:
    """Return what a change wrote, and why, as ciphertext that opens nowhere else."""
    body: dict[str, Any] = {"fields": dict(change.fields), "why": change.why}
    if change.erased_for:
        body["erased_for"] = sorted(change.erased_for)
    bound = _bound_to(change.change_id, change.record_id)
    return RecordCipher.seal(key, canonical_text(body).encode("utf-8"), bound)


def open_body(key: bytes, header: dict[str, Any], sealed: bytes) -> dict[str, Any]:
    """Return the parts of a change that ``seal_body`` sealed.

    Raises:
        RecordUnreadableError: Changed, moved, or under another key.
    """
    bound = _bound_to(header["change_id"], header["record_id"])
    body = json.loads(RecordCipher.open(key, sealed, bound))
    return {
        "fields": body["fields"],
        "why": body["why"],
        "erased_for": tuple(body.get("erased_for", ())),
    }


_HEADER = ("change_id", "record_id", "kind", "op", "at_us", "author")


def _header(change: Change) -> dict[str, Any]:
    return {name: getattr(change, name) for name in _HEADER}


def _head_text(head: ChainHead) -> str:
    return f"{head.length} {head.head}"


def _bound_to(change_id: str, record_id: str) -> bytes:
    return f"{change_id}\n{record_id}".encode()
