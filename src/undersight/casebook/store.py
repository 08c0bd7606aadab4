"""The casebook: what happened to whom, with every change kept."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

from undersight.casebook import (
    bulk,
    merging,
    opening,
    publication,
    withdrawal,
    written_mark,
)
from undersight.casebook import history as past
from undersight.casebook.days import now_us
from undersight.casebook.deciding import refuse_two_decisions
from undersight.casebook.fields import default_field
from undersight.casebook.projection import project
from undersight.casebook.reader import CasebookReader
from undersight.casebook.record_keys import RecordKeys
from undersight.casebook.search_index import index_everything
from undersight.casebook.writing import PendingChange, write_pending
from undersight.model import codec
from undersight.model.schema import fields_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    import sqlalchemy as sa

    from undersight.casebook.merging import MergeReport
    from undersight.casebook.publication import Publication
    from undersight.casebook.withdrawal import Identity, WithdrawalReport
    from undersight.casebook.work import Work
    from undersight.model.change import Change
    from undersight.model.naming import Audience
    from undersight.model.records import Record


class Casebook(CasebookReader):
    """A casebook on SQLite or PostgreSQL; open one with `Casebook.open`."""

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
            CasebookBehindError: The file lacks changes that were stored in it.
            DriverMissingError: A database driver is not installed.
            BackendError: The file, disk or server refuses.
        """
        database = opening.open_checked(
            url_or_path, record_wrapping_key=record_wrapping_key, cipher_key=cipher_key
        )
        casebook = cls(database, RecordKeys(record_wrapping_key), author, clock)
        try:
            opening.fit_projections(database, casebook._rebuild)
            opening.clean(database)
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

    def new_id(self) -> str:
        """Return an id for a record to be written, for writing records that name each other."""
        return self._new_id()

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
        *_, change = self.write(draft, why=why)
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
        """Bring a retracted record back.

        Raises:
            DecidedAgainError: A decision on two parties that were decided on again since.
        """
        with self._writing() as work:
            self._take_back(work, [PendingChange(record_id=record_id, op="restore")], why)

    def undo(self, change_id: str, why: str) -> tuple[Change, ...]:
        """Take a change back by a new change.

        Raises:
            UnknownChangeError: No such change.
            ChangedSinceError: One of its fields was changed again; the later change is named.
            CannotUndoError: A withdrawal cannot be taken back.
            DecidedAgainError: A decision on two parties that were decided on again since.
        """
        with self._writing() as work:
            change, op, fields = past.undoing(work, change_id)
            draft = PendingChange(record_id=change.record_id, op=op, fields=fields)
            return self._take_back(work, [draft], why)

    def undo_together(self, change_ids: Collection[str], why: str) -> tuple[Change, ...]:
        """Take several changes back by new ones, all or none: a form that was sent, say.

        Raises:
            UndersightError: As ``undo``; nothing was taken back.
        """
        with self._writing() as work:
            return self._take_back(work, past.undoing_together(work, change_ids), why)

    def foresee(self, changes: Iterable[Change]) -> MergeReport:
        """Return what ``apply`` would do now; nothing of it is kept.

        Raises:
            UndersightError: As ``apply``.
        """
        with self._writing() as work:
            rehearsal = work.connection.begin_nested()
            try:
                return merging.apply(work, changes)
            finally:
                rehearsal.rollback()

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
                opening.owe_cleaning(work.connection)
        opening.clean(self.database)
        return report

    def evidence_left(self) -> tuple[str, ...]:
        """Return the objects that entries about withdrawn people still point at, by digest."""
        with self._reading() as work:
            return withdrawal.evidence_left(work)

    def known_by(self, party_id: str) -> Identity:
        """Return by what a person is known, to take them out elsewhere before they are withdrawn.

        Raises:
            UndersightError: As ``withdraw``.
        """
        with self._reading() as work:
            return withdrawal.known_by(work, party_id)

    def withdraw(self, party_id: str, why: str) -> WithdrawalReport:
        """Take a person out for good: rows, history, search, reasons; a tombstone stays.

        Raises:
            UnknownRecordError: No such party.
            CannotWithdrawError: Not a person.
            WithdrawnRecordError: Withdrawn before.
        """
        with self._writing() as work:
            report = withdrawal.withdraw(work, party_id, why)
            opening.owe_cleaning(work.connection)
        return replace(report, is_file_clean=opening.clean(self.database))

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

    def rebuild_projections(self) -> None:
        """Throw the projections away and make them again from the log."""
        with self.database.writing() as connection:
            self._rebuild(connection)

    # --- inside ------------------------------------------------------------------------------

    @staticmethod
    def _take_back(work: Work, drafts: Sequence[PendingChange], why: str) -> tuple[Change, ...]:
        written = write_pending(work, drafts, why)
        refuse_two_decisions(work, written)
        return written

    def _rebuild(self, connection: sa.Connection) -> None:
        opening.make_projection_tables(connection)
        work = self._work(connection)
        told = opening.Told(connection)
        for batch in work.every_record():
            folded = work.folded_all(batch)
            records = [folded[record_id] for record_id in sorted(folded)]
            project(connection, records, are_new=True)
            told.at(len(batch))
        index_everything(connection)

    @contextmanager
    def _writing(self) -> Iterator[Work]:
        with self.database.writing() as connection:
            yield self._work(connection)
            n_written = written_mark.n_changes(connection)
        written_mark.note_written(self.database, n_written)
