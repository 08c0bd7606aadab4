"""What partners may see, as a casebook of its own in memory: nothing else is in it.

Whoever may see only what is open to partners reads this copy and never the casebook: what is
internal is in no list, count, facet, search, history or view of the past, because it is not there.
The copy is made by the policy that outputs go through (`disclosing`), and made again when the
log has moved. It holds no history: that tells who changed what and why.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from undersight.casebook import disclosing
from undersight.casebook import tables as t
from undersight.casebook.database import Database, sqlite_driver
from undersight.casebook.days import now_us
from undersight.casebook.history import as_record, folded_as_of
from undersight.casebook.merged_parties import (
    follow_merges,
    kept_parties,
    standing_decisions,
)
from undersight.casebook.opening import make_projection_tables
from undersight.casebook.partner_refresh import DECIDES_ABOUT_NAMES, RANK, refresh
from undersight.casebook.projection import project
from undersight.casebook.reader import CasebookReader
from undersight.casebook.record_keys import RecordKeys
from undersight.casebook.search_index import index_everything
from undersight.errors import (
    PartnerCopyNotReadyError,
    UndersightError,
    UnknownRecordError,
)
from undersight.model import codec
from undersight.model.change import FoldedRecord

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from undersight.casebook.disclosing import Disclosed
    from undersight.casebook.history import HistoryEntry
    from undersight.casebook.store import Casebook
    from undersight.casebook.work import Work
    from undersight.model.disclosure import Disclosure
    from undersight.model.dossier import Dossier, Masthead
    from undersight.model.naming import Audience
    from undersight.model.records import Record

AUDIENCE: Audience = "partner"
_BATCH = 500
_QUICK_S = 10.0
_SHARE = 20
_LONG_RECORDS = 10_000  # with more, making the copy takes seconds
_LOG = logging.getLogger(__name__)
_NUMBERS = itertools.count()


class PartnerReader(CasebookReader):
    """A casebook that holds what partners may see; it can be read only.

    Args:
        own: The casebook that it was made from.
        database: The copy.
        policy: What decided.
    """

    def __init__(self, own: Casebook, database: Database, policy: Disclosure) -> None:
        # No record is sealed in it: any key will do.
        super().__init__(database, RecordKeys(bytes(32)), own.author, now_us)
        self._own, self.policy = own, policy

    def by(self, author: str) -> PartnerReader:
        """Return the same copy in the hands of somebody else."""
        return PartnerReader(self._own.by(author), self.database, self.policy)

    def get(self, record_id: str, *, as_of: dt.date | None = None) -> Record:
        """Return a record that may be seen today, as it stands or stood and was to be seen then.

        Raises:
            UnknownRecordError: No such record, or not for them; no answer tells which.
        """
        now = super().get(record_id)
        if as_of is None:
            return now
        with self._own.unit() as work:
            folded = folded_as_of(work.log.of_record(record_id), as_of)
            kept = kept_parties(standing_decisions(work.connection))
        if folded is None or folded.is_retracted:
            raise UnknownRecordError(record_id)
        narrowed = disclosing.as_narrow_as(as_record(folded), self._own.get(record_id))
        followed = follow_merges(narrowed, kept)
        shown = None if followed is None else self.policy.visible(followed)
        if shown is None:
            raise UnknownRecordError(record_id)
        return shown

    def get_many(
        self, record_ids: Iterable[str], *, as_of: dt.date | None = None
    ) -> dict[str, Record]:
        """Return those of some records that may be seen, by id."""
        if as_of is None:
            return super().get_many(record_ids)
        found = {}
        for record_id in record_ids:
            with contextlib.suppress(UnknownRecordError):
                found[record_id] = self.get(record_id, as_of=as_of)
        return found

    def dossier(
        self, *, audience: Audience, masthead: Masthead, as_of: dt.date | None = None
    ) -> Dossier:
        """Return the snapshot that this audience may see, whatever was asked for."""
        if as_of is None:
            return super().dossier(audience="internal", masthead=masthead)
        wanted: Audience = "public" if audience == "public" else AUDIENCE
        return self._own.dossier(audience=wanted, masthead=masthead, as_of=as_of)

    def as_of(self, day: dt.date) -> Iterator[Record]:
        """Yield what may be seen, as it stood at the end of a day."""
        with self._own.unit() as work:
            found = disclosing.disclose(work, AUDIENCE, on=self._own.today, as_of=day)
        yield from found.records

    def history(self, record_id: str) -> tuple[HistoryEntry, ...]:
        """Return nothing: who changed what, and why, is internal.

        Raises:
            UnknownRecordError: No such record, or not for them.
        """
        super().get(record_id)
        return ()

    def history_of_incident(self, incident_id: str) -> tuple[HistoryEntry, ...]:
        """Return nothing, as `history`."""
        return self.history(incident_id)


@dataclass(slots=True)
class _Made:
    """One copy.

    Attributes:
        reader: The copy.
        length: Length of the log that it is right for.
        day: The day it was made on: consents and embargoes end with days.
        took_s: How long that took, seconds.
        at_s: When, monotonic seconds.
        is_owed: Whether a name changed that was not in it, so that it is to be made again.
    """

    reader: PartnerReader
    length: int
    day: dt.date
    took_s: float
    at_s: float
    is_owed: bool = False


class PartnerCopy:
    """Keeps the copy of one casebook up to date.

    Args:
        own: The casebook.
    """

    def __init__(self, own: Casebook) -> None:
        self._own = own
        self._made: _Made | None = None
        self._making = threading.Lock()
        self._maker: threading.Thread | None = None
        self._is_closed = False

    def reader(self) -> PartnerReader:
        """Return the copy, made again where something changed that it must not show any longer.

        A change that only adds may wait a little where the copy takes long to make; one of a
        record that is in the copy, or a withdrawal, never does. Of a large casebook it is made
        aside, and nobody waits for it.

        Raises:
            PartnerCopyNotReadyError: It is being made.
        """
        with self._making:
            if self._made is None or not self._is_brought_up(self._made):
                if self._is_long():
                    self._begin()
                    raise PartnerCopyNotReadyError
                # Requests under way keep the one before until they have answered.
                self._made = self._make()
            return self._made.reader

    def close(self) -> None:
        """Let go of the copy; one that is being made is let go when it is done."""
        with self._making:
            self._is_closed = True
            if self._made is not None:
                self._made.reader.database.close()
            self._made = None

    def _is_long(self) -> bool:
        """Whether making the copy takes longer than a request should wait."""
        with self._own.unit() as work:
            n_records = work.connection.scalar(sa.select(sa.func.count()).select_from(t.RECORD))
        return int(n_records or 0) > _LONG_RECORDS

    def _begin(self) -> None:
        """Make the copy in a thread of its own, unless one is at it."""
        if self._maker is None or not self._maker.is_alive():
            self._maker = threading.Thread(target=self._make_aside, name="partners", daemon=True)
            self._maker.start()

    def _make_aside(self) -> None:
        try:
            made = self._make()
        except UndersightError as error:
            # Whoever asks next begins it again.
            _LOG.warning("partners.not-made", extra={"code": error.code})
            return
        with self._making:
            if self._is_closed:
                made.reader.database.close()
            else:
                self._made = made

    def _is_brought_up(self, made: _Made) -> bool:
        """Bring the copy up to date, and return False where it must be made again."""
        if made.day != self._own.today:
            return False
        with self._own.unit() as work:
            length = self._length(work.connection)
            if length == made.length and not made.is_owed:
                return True
            if made.took_s < _QUICK_S and not self._is_long():
                return False
            changed = _changed(work.connection, made.length)
            if made.is_owed or any(row.kind in DECIDES_ABOUT_NAMES for row in changed):
                if _is_urgent(made.reader, changed):
                    return False
                if time.monotonic() - made.at_s > _SHARE * made.took_s:
                    if not self._is_long():
                        return False
                    self._begin()
                made.is_owed = True
            others = {row.record_id for row in changed if row.kind not in DECIDES_ABOUT_NAMES}
            if others:
                self._refresh(made, work, others)
            made.length = length
            return True

    @staticmethod
    def _refresh(made: _Made, work: Work, changed: set[str]) -> None:
        database = made.reader.database
        with database.writing() as connection:
            refresh(work, connection, made.reader.policy, changed, _folded)
        database.remembered.clear()  # its own log, which tells what is out of date, is empty

    def _make(self) -> _Made:
        began_s = time.monotonic()
        own, day = self._own, self._own.today
        with own.unit() as work:
            length = self._length(work.connection)
            disclosed = disclosing.disclose(work, AUDIENCE, on=day)
            times = _times(work.connection)
        database = _in_memory()
        with database.writing() as connection:
            _fill(connection, disclosed, times)
        took_s = time.monotonic() - began_s
        reader = PartnerReader(own, database, disclosed.policy)
        return _Made(reader, length, day, took_s, time.monotonic())

    @staticmethod
    def _length(connection: sa.Connection) -> int:
        last = connection.scalar(sa.select(sa.func.max(t.CHANGE_LOG.c.seq)))
        return -1 if last is None else int(last) + 1


def _changed(connection: sa.Connection, since: int) -> Sequence[Any]:
    """What was changed, of which kind and how, after a length of the log."""
    log = t.CHANGE_LOG
    query = sa.select(log.c.record_id, log.c.kind, log.c.op).where(log.c.seq >= since)
    return connection.execute(query.distinct()).all()


def _is_urgent(reader: PartnerReader, changed: Iterable[Any]) -> bool:
    """Whether somebody's name may be in the copy who is not to be named now."""
    found = [row for row in changed if row.kind in DECIDES_ABOUT_NAMES]
    if any(row.op != "put" or row.kind == "identity_decision" for row in found):
        return True
    with reader.database.reading() as connection:
        here = sa.select(t.RECORD.c.record_id).limit(1)
        return any(
            connection.scalar(here.where(t.RECORD.c.record_id == row.record_id)) is not None
            for row in found
        )


def _in_memory() -> Database:
    """Return an empty database in memory; its connections see the same one."""
    driver = sqlite_driver(is_encrypted=False)
    place = f"file:/undersight-partners-{next(_NUMBERS)}?vfs=memdb"

    def connect() -> Any:
        connection = driver.connect(place, uri=True, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA temp_store = MEMORY")
        return connection

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=sa.QueuePool, pool_size=4)
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return Database(engine, "the partners' copy", Path("partners"))


def _fill(
    connection: sa.Connection, disclosed: Disclosed, times: Mapping[str, tuple[int, int]]
) -> None:
    t.METADATA.create_all(connection, tables=list(t.LOG_TABLES))
    make_projection_tables(connection)
    records = sorted(
        disclosed.records, key=lambda one: (RANK.get(one.kind, len(RANK)), one.record_id)
    )
    for at in range(0, len(records), _BATCH):
        batch = [_folded(one, times) for one in records[at : at + _BATCH]]
        project(connection, batch, are_new=True)
    index_everything(connection)


def _folded(record: Record, times: Mapping[str, tuple[int, int]]) -> FoldedRecord:
    fields = codec.to_json(record)
    for name in ("kind", "record_id"):
        fields.pop(name, None)
    made_us, changed_us = times[record.record_id]
    return FoldedRecord(
        record_id=record.record_id,
        kind=record.kind,
        fields=fields,
        created_at_us=made_us,
        updated_at_us=changed_us,
    )


def _times(connection: sa.Connection) -> dict[str, tuple[int, int]]:
    columns = (t.RECORD.c.record_id, t.RECORD.c.created_at_us, t.RECORD.c.updated_at_us)
    return {row[0]: (row[1], row[2]) for row in connection.execute(sa.select(*columns))}
