"""The casebook: what happened to whom, with every change kept."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

from undersight.casebook import (
    bulk,
    disclosing,
    merging,
    opening,
    publication,
    reading,
    sharing,
    verification,
    withdrawal,
)
from undersight.casebook import history as past
from undersight.casebook.days import date_of, now_us
from undersight.casebook.fields import default_field
from undersight.casebook.identifiers import IdSource
from undersight.casebook.projection import project
from undersight.casebook.record_keys import RecordKeys
from undersight.casebook.search import SearchRequest, search
from undersight.casebook.search_index import index_everything
from undersight.casebook.versions import backups_of
from undersight.casebook.work import Work
from undersight.casebook.writing import PendingChange, write_pending
from undersight.errors import UnknownRecordError
from undersight.integrity import durable
from undersight.model import codec
from undersight.model.schema import fields_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    import sqlalchemy as sa

    from undersight.casebook.database import Database
    from undersight.casebook.history import HistoryEntry
    from undersight.casebook.merging import MergeReport, RefusedChange
    from undersight.casebook.publication import Publication
    from undersight.casebook.search import SearchResult
    from undersight.casebook.verification import HistoryReport
    from undersight.casebook.withdrawal import WithdrawalReport
    from undersight.integrity.chain import ChainHead
    from undersight.model.change import Change, Conflict, FoldedRecord
    from undersight.model.dossier import Dossier, Masthead
    from undersight.model.naming import Audience
    from undersight.model.records import Record


class Casebook:
    """A casebook on SQLite or PostgreSQL; open one with `Casebook.open`."""

    def __init__(
        self, database: Database, keys: RecordKeys, author: str, clock: Callable[[], int]
    ) -> None:
        self.database = database
        self.author = author
        self._keys = keys
        self._clock = clock
        self._new_id = IdSource(clock)

    @classmethod
    def open(
        cls,
        url_or_path: str | Path,
        *,
        record_wrapping_key: bytes,
        cipher_key: bytes | None = None,
        author: str,
        clock: Callable[[], int] = now_us,
    ) -> Self:
        """Open a casebook, making it where there is none; an older one is migrated.

        Args:
            url_or_path: A path for SQLite, or a ``postgresql://`` URL.
            record_wrapping_key: 32 bytes that the keys of records are wrapped under.
            cipher_key: 32 bytes that SQLCipher encrypts the file under; None for a plain file.
            author: Random staff id of who works.
            clock: Returns microseconds UTC.

        Raises:
            WrongPassphraseError: Not the keys it was made with.
            CasebookTooNewError: A newer program made it.
            DriverMissingError: A database driver is not installed.
            BackendError: The file, disk or server refuses.
        """
        database = opening.open_checked(
            url_or_path, record_wrapping_key=record_wrapping_key, cipher_key=cipher_key
        )
        casebook = cls(database, RecordKeys(record_wrapping_key), author, clock)
        try:
            opening.fit_projections(database, casebook._rebuild)
        except BaseException:
            database.close()
            raise
        return casebook

    def close(self) -> None:
        """Close the casebook."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    # --- writing -----------------------------------------------------------------------------

    def write(self, *drafts: PendingChange, why: str = "") -> tuple[Change, ...]:
        """Write several changes in one transaction: all, or none.

        Args:
            drafts: What to write, in order; what would change nothing is left out.
            why: The reason, kept with each change.

        Raises:
            UndersightError: Something cannot be written; nothing was.
        """
        with self._writing() as work:
            return write_pending(work, drafts, why)

    def create(self, kind: str, *, why: str = "", **fields: Any) -> Record:
        """Make a record and return it.

        Args:
            kind: Its kind.
            why: The reason.
            **fields: Values of the model, or their JSON.

        Raises:
            UnknownKindError: No such kind.
            UnknownFieldError: No such field.
            InputError: A value that the field does not take.
            UnknownRecordError: A reference to nothing.
        """
        draft = PendingChange(kind=kind, fields=fields, is_new=True)
        (change,) = self.write(draft, why=why)
        return self.get(change.record_id)

    def load(self, records: Iterable[Record], why: str = "") -> int:
        """Write many new records in one transaction and bounded memory.

        Args:
            records: The records; what one points at comes before it, or close after.
            why: The reason, kept with each.

        Returns:
            How many were written.

        Raises:
            RecordExistsError: One of them is here already; nothing was written.
            UnknownRecordError: A reference to nothing; nothing was written.
        """
        with self._writing() as work:
            return bulk.load_new(work, records, why)

    def update(self, record_id: str, fields: Mapping[str, Any], why: str = "") -> Record:
        """Change some fields of a record and return it.

        Raises:
            UnknownRecordError: No such record.
            ConflictError: The record is merged, withdrawn, retracted or append-only.
            InputError: A value that the field does not take.
        """
        self.write(PendingChange(record_id=record_id, fields=fields), why=why)
        return self.get(record_id)

    def put(self, record: Record, why: str = "") -> Record:
        """Make a record what it is here: new, or changed in the fields that differ."""
        raw = codec.to_json(record)
        fields = {
            name: raw.get(name, default_field(record.kind, name))
            for name in fields_of(type(record))
        }
        draft = PendingChange(kind=record.kind, record_id=record.record_id, fields=fields)
        self.write(draft, why=why)
        return self.get(record.record_id)

    def retract(self, record_id: str, why: str) -> None:
        """Take a record out; its history stays and it can be restored."""
        self.write(PendingChange(record_id=record_id, op="retract"), why=why)

    def restore(self, record_id: str, why: str) -> None:
        """Bring a retracted record back."""
        self.write(PendingChange(record_id=record_id, op="restore"), why=why)

    def undo(self, change_id: str, why: str) -> tuple[Change, ...]:
        """Take a change back by a new change.

        Raises:
            UnknownChangeError: No such change.
            ChangedSinceError: One of its fields was changed again; the later change is named.
            CannotUndoError: A withdrawal cannot be taken back.
        """
        with self._writing() as work:
            change, op, fields = past.undoing(work, change_id)
            draft = PendingChange(record_id=change.record_id, op=op, fields=fields)
            return write_pending(work, [draft], why)

    # --- colleagues and people ---------------------------------------------------------------

    def changes_since(
        self, seq: int = -1, *, unless_known: Collection[str] = ()
    ) -> Iterator[Change]:
        """Yield changes for a colleague, in log order, bounded in memory.

        Withdrawals are always among them: they tell the colleague's copy what this one knows.

        Args:
            seq: Place in the log after which to begin; -1 for everything.
            unless_known: Ids of changes that the colleague has.
        """
        with self._reading() as work:
            yield from sharing.changes_since(work, seq, frozenset(unless_known))

    def change_ids(self) -> frozenset[str]:
        """Return the ids of all changes here, to tell a colleague what need not be sent."""
        with self._reading() as work:
            return sharing.change_ids(work)

    def apply(self, changes: Iterable[Change]) -> MergeReport:
        """Let a colleague's changes in, all or nothing; the same changes twice change nothing.

        Raises:
            MalformedChangeError: One of them is no change.
            ForgedChangeError: One is known here and says something else.
            InputError: One writes a field or term that this program does not know.
        """
        with self._writing() as work:
            report = merging.apply(work, changes)
        if report.withdrawals or report.n_rewritten:
            self._forget_for_good()
        return report

    def refused(self) -> tuple[RefusedChange, ...]:
        """Return changes of colleagues that were refused and have not come back redacted."""
        with self._reading() as work:
            return tuple(merging.refused_changes(work))

    def withdraw(self, party_id: str, why: str) -> WithdrawalReport:
        """Take a person out for good: rows, history, search, reasons; a tombstone stays.

        Raises:
            UnknownRecordError: No such party.
            CannotWithdrawError: Not a person.
            WithdrawnRecordError: Withdrawn before.
        """
        with self._writing() as work:
            report = withdrawal.withdraw(work, party_id, why)
        self._forget_for_good()
        return report

    def publish(
        self, incident_id: str, *, audience: Audience = "public", jurisdiction: str, why: str
    ) -> Publication:
        """Give an incident its public id and open it, and what belongs to it, to an audience.

        Args:
            incident_id: The incident.
            audience: ``partner`` or ``public``.
            jurisdiction: Letters of the public id, such as ``QV``.
            why: The reason.

        Raises:
            UnknownRecordError: No such incident.
        """
        with self._writing() as work:
            return publication.publish(
                work, incident_id, audience=audience, jurisdiction=jurisdiction, why=why
            )

    # --- reading -----------------------------------------------------------------------------

    def get(self, record_id: str, *, as_of: dt.date | None = None) -> Record:
        """Return a record as it stands, or stood at the end of a day (UTC).

        Raises:
            UnknownRecordError: No such record, or none yet on that day.
        """
        with self._reading() as work:
            if as_of is None:
                return reading.load_one(work.connection, record_id)
            folded = past.folded_as_of(work.log.of_record(record_id), as_of)
            if folded is None:
                raise UnknownRecordError(record_id)
            return past.as_record(folded)

    def folded(self, record_id: str) -> FoldedRecord:
        """Return a record with its standing: conflicts, heads, times, retracted or withdrawn.

        Raises:
            UnknownRecordError: No such record.
        """
        with self._reading() as work:
            folded = work.folded(record_id)
            if folded is None:
                raise UnknownRecordError(record_id)
            return folded

    def all(
        self,
        kind: str,
        *,
        with_retracted: bool = False,
        **where: Any,
    ) -> tuple[Record, ...]:
        """Return the records of a kind, by id.

        Args:
            kind: The kind.
            with_retracted: Whether records that were taken out are returned too.
            **where: Values that single fields must have.
        """
        with self._reading() as work:
            found = reading.load_all(work.connection, kind, where, with_retracted=with_retracted)
            return tuple(found)

    def referring(
        self, record_id: str, *, kind: str | None = None, field: str | None = None
    ) -> tuple[Record, ...]:
        """Return the records that point at one, by id; retracted ones left out.

        Args:
            record_id: The record pointed at.
            kind: Only records of this kind.
            field: Only through this field (``charges.provision`` for one inside parts).
        """
        with self._reading() as work:
            found = reading.load_referring(work.connection, record_id, kind, field)
            return tuple(found)

    def find(self, reference: str) -> str:
        """Return the record id for an id or a public id.

        Raises:
            UnknownRecordError: Neither.
        """
        with self._reading() as work:
            return reading.find_record_id(work.connection, reference)

    def search(
        self,
        text: str = "",
        *,
        facets: Mapping[str, str | Sequence[str]] | None = None,
        kinds: Sequence[str] = (),
        limit: int = 20,
        offset: int = 0,
    ) -> SearchResult:
        """Search in any spelling and script, with counts by facet.

        Args:
            text: Words, ``"phrases"`` and ``-exclusions``; empty for the newest of everything.
            facets: Values to choose, by facet (see ``FACETS``): one value, or several.
            kinds: Only what holds a record of these kinds.
            limit: How many hits.
            offset: How many to leave out first.

        Raises:
            UnknownFieldError: A facet that does not exist.
        """
        request = SearchRequest(text=text, facets=facets, kinds=kinds, limit=limit, offset=offset)
        with self._reading() as work:
            return search(work.connection, request)

    def conflicts(self) -> tuple[Conflict, ...]:
        """Return every field that colleagues set to different values, side by side."""
        with self._reading() as work:
            return tuple(reading.load_conflicts(work.connection))

    def dossier(
        self, *, audience: Audience, masthead: Masthead, as_of: dt.date | None = None
    ) -> Dossier:
        """Return the snapshot that outputs read: what an audience may see, names included.

        Args:
            audience: ``internal``, ``partner`` or ``public``.
            masthead: Who publishes.
            as_of: The day to show the records as of; today's visibility holds all the same.
        """
        today = date_of(self._clock())
        with self._reading() as work:
            disclosed = disclosing.disclose(work, audience, on=today, as_of=as_of)
        return disclosing.dossier_of(disclosed, masthead, audience, as_of or today)

    # --- the past ----------------------------------------------------------------------------

    def history(self, record_id: str) -> tuple[HistoryEntry, ...]:
        """Return what happened to a record, in order of time.

        Raises:
            UnknownRecordError: No such record.
        """
        with self._reading() as work:
            changes = work.log.of_record(record_id)
            if not changes:
                raise UnknownRecordError(record_id)
            return past.history_of(changes)

    def history_of_incident(self, incident_id: str) -> tuple[HistoryEntry, ...]:
        """Return what happened to an incident and all that belongs to it, in order of time."""
        with self._reading() as work:
            family = past.incident_family(work, incident_id)
            histories = work.log.of_records(family).values()
            entries = [entry for changes in histories for entry in past.history_of(changes)]
            return tuple(sorted(entries, key=lambda entry: (entry.at, entry.change_id)))

    def as_of(self, day: dt.date) -> Iterator[Record]:
        """Yield every record as it stood at the end of a day (UTC), by id."""
        with self._reading() as work:
            for folded in past.records_as_of(work, day):
                yield past.as_record(folded)

    def verify_history(self, anchors: Iterable[ChainHead] = ()) -> HistoryReport:
        """Check that nobody edited the casebook, and name what was edited, dropped or moved.

        Args:
            anchors: Lengths and heads of the log noted elsewhere, such as in a seal.
        """
        with self._reading() as work:
            return verification.verify_history(work, anchors)

    def history_head(self) -> ChainHead:
        """Return the length of the log and its last hash, for a seal to note."""
        with self._reading() as work:
            return work.log.head()

    def rebuild_projections(self) -> None:
        """Throw the projections away and make them again from the log."""
        with self.database.writing() as connection:
            self._rebuild(connection)

    # --- inside ------------------------------------------------------------------------------

    def _rebuild(self, connection: sa.Connection) -> None:
        opening.make_projection_tables(connection)
        work = self._work(connection)
        for batch in work.every_record():
            folded = work.folded_all(batch)
            project(connection, [folded[record_id] for record_id in sorted(folded)])
        index_everything(connection)

    def _forget_for_good(self) -> None:
        """Overwrite what was deleted, and the copies that migrations left."""
        self.database.compact()
        if self.database.path is not None:
            for copy in backups_of(self.database.path):
                with durable.disk_errors(copy):
                    durable.remove(copy)

    def _work(self, connection: sa.Connection) -> Work:
        return Work(
            connection=connection,
            keys=self._keys,
            author=self.author,
            clock=self._clock,
            new_id=self._new_id,
        )

    @contextmanager
    def _reading(self) -> Iterator[Work]:
        with self.database.reading() as connection:
            yield self._work(connection)

    @contextmanager
    def _writing(self) -> Iterator[Work]:
        with self.database.writing() as connection:
            yield self._work(connection)
