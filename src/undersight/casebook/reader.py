"""Reading the casebook: records, searches, the past, snapshots for outputs."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

from undersight.casebook import (
    disclosing,
    erasure,
    merging,
    narrowing,
    reading,
    sharing,
    verification,
)
from undersight.casebook import history as past
from undersight.casebook.days import date_of
from undersight.casebook.identifiers import IdSource
from undersight.casebook.merged_parties import kept_parties, standing_decisions
from undersight.casebook.projection import kinds_of
from undersight.casebook.search import SearchRequest, search
from undersight.casebook.work import Work
from undersight.errors import UnknownRecordError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    import sqlalchemy as sa

    from undersight.casebook.database import Database
    from undersight.casebook.history import HistoryEntry
    from undersight.casebook.merging import RefusedChange
    from undersight.casebook.record_keys import RecordKeys
    from undersight.casebook.search import SearchResult
    from undersight.casebook.verification import HistoryReport
    from undersight.integrity.chain import ChainHead
    from undersight.model.change import Change, Conflict, FoldedRecord
    from undersight.model.dossier import Dossier, Masthead
    from undersight.model.naming import Audience
    from undersight.model.records import Record


class CasebookReader:
    """What can be asked of a casebook; `Casebook` adds what can be done with it.

    Args:
        database: The database.
        keys: The keys of records.
        author: Random staff id of who works.
        clock: Returns microseconds UTC.
    """

    def __init__(
        self, database: Database, keys: RecordKeys, author: str, clock: Callable[[], int]
    ) -> None:
        self.database = database
        self.author = author
        self._keys = keys
        self._clock = clock
        self._new_id = IdSource(clock)

    def by(self, author: str) -> Self:
        """Return the same casebook in the hands of somebody else, by random staff id."""
        return type(self)(self.database, self._keys, author, self._clock)

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

    def get_many(
        self, record_ids: Iterable[str], *, as_of: dt.date | None = None
    ) -> dict[str, Record]:
        """Return those of some records that exist, or existed at the end of a day, by id."""
        with self._reading() as work:
            if as_of is None:
                return reading.load(work.connection, record_ids)
            return past.records_of(work, record_ids, as_of)

    def family(self, incident_id: str) -> dict[str, Record]:
        """Return an incident and all that belongs to it, by id."""
        with self._reading() as work:
            return reading.load_family(work.connection, incident_id)

    def changes_of(self, record_id: str) -> tuple[Change, ...]:
        """Return every change of a record as it is stored; none for a record that is not here."""
        with self._reading() as work:
            return tuple(work.log.of_record(record_id))

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

    def present(self, record_ids: Iterable[str]) -> frozenset[str]:
        """Return which of some ids are those of records here, retracted ones too."""
        with self._reading() as work:
            return frozenset(kinds_of(work.connection, record_ids))

    def find_incidents(self, named: str) -> list[str]:
        """Return the ids of the incidents that a person can mean, a few at most.

        Args:
            named: An id, a public id, or the beginning or end of an id.
        """
        with self._reading() as work:
            return reading.find_incident_ids(work.connection, named)

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

        Raises:
            CasebookDamagedError: The pages of its file do not fit together.
        """
        self.database.check_pages()
        with self._reading() as work:
            return verification.verify_history(work, anchors)

    def history_head(self) -> ChainHead:
        """Return the length of the log and its last hash, for a seal to note."""
        with self._reading() as work:
            return work.log.head()

    def n_withdrawn(self) -> int:
        """Return how many people's records are tombstones."""
        with self._reading() as work:
            return reading.n_withdrawn(work.connection)

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

    def is_narrowed_since(self, length: int) -> bool:
        """Return whether readers may see less than when the log had this length."""
        with self._reading() as work:
            return narrowing.is_narrowed_since(work, length)

    def change_ids(self) -> frozenset[str]:
        """Return the ids of all changes here, to tell a colleague what need not be sent."""
        with self._reading() as work:
            return sharing.change_ids(work)

    def held(self) -> tuple[Change, ...]:
        """Return changes of colleagues that wait for others that have not come."""
        with self._reading() as work:
            return tuple(erasure.held(work))

    def refused(self) -> tuple[RefusedChange, ...]:
        """Return changes of colleagues that were refused and have not come back redacted."""
        with self._reading() as work:
            return tuple(merging.refused_changes(work))

    def merged_parties(self) -> dict[str, str]:
        """Return, for each party merged into another, the one that stands for it."""
        with self._reading() as work:
            return kept_parties(standing_decisions(work.connection))

    @property
    def today(self) -> dt.date:
        """Today, UTC, by this casebook's clock."""
        return date_of(self._clock())

    @contextmanager
    def unit(self) -> Iterator[Work]:
        """One unmoving view, for parts of the casebook that are no methods of it."""
        with self._reading() as work:
            yield work

    # --- inside ------------------------------------------------------------------------------

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
