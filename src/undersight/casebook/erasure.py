"""Rewriting the log: bodies under a new key, the old key destroyed, the rewriting itself noted."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.change_log import seal_body
from undersight.casebook.record_keys import batches
from undersight.integrity.record_cipher import RecordCipher
from undersight.model.change import (
    Change,
    canonical_text,
    change_from_json,
    change_to_json,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from undersight.casebook.redaction import Redaction
    from undersight.casebook.work import Work


def redact_log(work: Work, redaction: Redaction) -> dict[str, list[Change]]:
    """Take people out of every change, and of those that wait.

    Returns:
        The changes rewritten, by record.
    """
    # Read before their records' keys are renewed, and sealed again after.
    waiting = held(work)
    rewritten: dict[str, list[Change]] = {}
    for batch in work.every_record():
        for record_id, changes in work.log.of_records(batch).items():
            after = [redaction.of(change) for change in changes]
            changed = [new for old, new in zip(changes, after, strict=True) if new is not old]
            if changed or record_id in redaction.people:
                rewrite(work, record_id, after, redaction.withdrawal_ids)
                rewritten[record_id] = changed
    hold(work, [redaction.of(change) for change in waiting])
    return rewritten


def rewrite(
    work: Work, record_id: str, changes: Sequence[Change], withdrawal_ids: Iterable[str]
) -> None:
    """Seal all bodies of a record again under a new key, and note the digests in the log.

    Args:
        work: The unit of work.
        record_id: The record.
        changes: All its changes in log order, as they shall read from now on.
        withdrawal_ids: Why.
    """
    before = _digests(work.connection, record_id)
    key = work.keys.renew(work.connection, record_id)
    bodies = {change.change_id: seal_body(key, change) for change in changes}
    work.connection.execute(
        sa.update(t.CHANGE_BODY)
        .where(t.CHANGE_BODY.c.change_id == sa.bindparam("c"))
        .values(sealed=sa.bindparam("s")),
        [{"c": change_id, "s": sealed} for change_id, sealed in bodies.items()],
    )
    digests = [
        [change_id, before[change_id], hashlib.sha256(sealed).hexdigest()]
        for change_id, sealed in sorted(bodies.items())
    ]
    note = Change(
        change_id=work.new_id(),
        record_id=record_id,
        kind=changes[0].kind,
        at_us=work.stamp(changes),
        author=work.author,
        op="erase",
        fields={"bodies": digests},
        erased_for=tuple(sorted(withdrawal_ids)),
    )
    work.log.append([note], received_at_us=work.clock())


def hold(work: Work, changes: Sequence[Change]) -> None:
    """Keep changes that wait for others, sealed like all else."""
    keys = work.keys.of(work.connection, [c.record_id for c in changes], make=True)
    for batch in batches(change.change_id for change in changes):
        work.connection.execute(
            sa.delete(t.HELD_CHANGE).where(t.HELD_CHANGE.c.change_id.in_(batch))
        )
    if changes:
        work.connection.execute(
            sa.insert(t.HELD_CHANGE), [_held_row(keys[c.record_id], c) for c in changes]
        )


def held(work: Work) -> list[Change]:
    """Return the changes that wait, in order of time."""
    rows = work.connection.execute(sa.select(t.HELD_CHANGE)).all()
    keys = work.keys.of(work.connection, {row.record_id for row in rows})
    changes = [
        change_from_json(
            json.loads(
                RecordCipher.open(keys[row.record_id], row.sealed, _held_bound(row.change_id))
            )
        )
        for row in rows
    ]
    return sorted(changes, key=lambda change: change.order)


def release(work: Work, change_ids: Iterable[str]) -> None:
    """Forget changes that waited: they are in the log now, or were not let in."""
    for batch in batches(change_ids):
        work.connection.execute(
            sa.delete(t.HELD_CHANGE).where(t.HELD_CHANGE.c.change_id.in_(batch))
        )


def _held_row(key: bytes, change: Change) -> dict[str, object]:
    text = canonical_text(change_to_json(change)).encode("utf-8")
    sealed = RecordCipher.seal(key, text, _held_bound(change.change_id))
    return {"change_id": change.change_id, "record_id": change.record_id, "sealed": sealed}


def _held_bound(change_id: str) -> bytes:
    return f"held\n{change_id}".encode()


def _digests(connection: sa.Connection, record_id: str) -> Mapping[str, str]:
    """The digests of a record's bodies as they are now."""
    body, log = t.CHANGE_BODY, t.CHANGE_LOG
    query = sa.select(body.c.change_id, body.c.sealed).join(
        log, log.c.change_id == body.c.change_id
    )
    rows = connection.execute(query.where(log.c.record_id == record_id))
    return {row.change_id: hashlib.sha256(row.sealed).hexdigest() for row in rows}
