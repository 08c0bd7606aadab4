"""Loading many new records at once: one transaction, bounded memory, the same log and rows."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import sqlalchemy as sa

from undersight.casebook import tables as t
from undersight.casebook.fields import links_of, normal_fields
from undersight.casebook.projection import kinds_of, project
from undersight.casebook.search_index import index_owners, owners_of
from undersight.errors import RecordExistsError, UnknownRecordError, WrongReferenceError
from undersight.model import codec
from undersight.model.change import Change, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from undersight.casebook.work import Work
    from undersight.model.records import Record

BATCH = 2000


def load_new(work: Work, records: Iterable[Record], why: str) -> int:
    """Write records that are new here; what a record points at comes before or close to it.

    Args:
        work: The unit of work.
        records: The records, of any kinds; references may point forward within ``BATCH``.
        why: The reason, kept with each change.

    Returns:
        How many were written.

    Raises:
        RecordExistsError: One of them is here already.
        UnknownRecordError: A reference to nothing.
        WrongReferenceError: A reference to a record of another kind than the field takes.
        InputError: A value that a field does not take.
    """
    first, n_written = work.log.head().length, 0
    rest = iter(records)
    while batch := list(itertools.islice(rest, BATCH)):
        changes = [_change(work, record, why) for record in batch]
        _check(work, changes)
        work.log.append(changes, received_at_us=work.clock())
        folded = [folded for change in changes if (folded := fold([change])) is not None]
        project(work.connection, folded, are_new=True)
        n_written += len(batch)
    work.forget_merges()
    _index(work, first)
    return n_written


def _change(work: Work, record: Record, why: str) -> Change:
    raw = codec.to_json(record)
    fields = {name: value for name, value in raw.items() if name not in ("kind", "record_id")}
    return Change(
        change_id=work.new_id(),
        record_id=record.record_id,
        kind=record.kind,
        at_us=work.stamp(),
        author=work.author,
        fields=normal_fields(record.kind, fields),
        why=why,
    )


def _check(work: Work, changes: Sequence[Change]) -> None:
    links = [(c, link) for c in changes for link in links_of(c.kind, c.fields)]
    ids = {change.record_id for change in changes}
    here = kinds_of(work.connection, ids | {to for _, (_, _, to) in links})
    for change in changes:
        if change.record_id in here:
            raise RecordExistsError(change.record_id)
    kinds = here | {change.record_id: change.kind for change in changes}
    for change, (path, spec, to) in links:
        where = f"{change.kind}.{path}"
        if to not in kinds:
            raise UnknownRecordError(to, where)
        if spec.target and kinds[to] not in spec.target:
            raise WrongReferenceError(where, to, kinds[to], spec.target)


def _index(work: Work, first: int) -> None:
    """Index what was loaded, a stretch of the log at a time."""
    done: set[str] = set()
    for record_ids in _stretches(work.connection, first):
        owners = owners_of(work.connection, record_ids) - done
        index_owners(work.connection, owners)
        # Members of one incident lie close together: remembering one stretch is enough.
        done = owners


def _stretches(connection: sa.Connection, first: int) -> Iterator[list[str]]:
    log = t.CHANGE_LOG
    while True:
        query = sa.select(log.c.record_id).where(log.c.seq >= first, log.c.seq < first + BATCH)
        record_ids = list(connection.scalars(query))
        if not record_ids:
            return
        yield record_ids
        first += BATCH
