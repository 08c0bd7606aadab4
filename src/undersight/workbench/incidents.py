"""Entries: adding, updating, showing and listing them."""

from __future__ import annotations

import contextlib
import functools
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from undersight.casebook import PendingChange, name_index
from undersight.casebook.days import now_us
from undersight.casebook.identifiers import IdSource
from undersight.errors import (
    EmptyEntryError,
    InputError,
    PartyNotIncidentError,
    RecordRefusedError,
    UnknownIncidentError,
    UnknownRecordError,
)
from undersight.model.codec import to_json
from undersight.model.records import Incident, Involvement, Party, Provision
from undersight.text import fold
from undersight.workbench.claimed_fields import check_claims
from undersight.workbench.entry import EntryBuilder
from undersight.workbench.parties import Differing, Namesake, PartyBook, enter_anew

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from undersight.model.records import Record
    from undersight.workbench.session import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What was stored of one entry.

    Args:
        incident_id: The incident.
        n_records: How many records were written with it.
        new_parties: Ids of people, outlets and offices that were not recorded before.
        keys: Ids of the parts that the document gave a key.
        differing: What it says of recorded parties and they are recorded otherwise.
    """

    incident_id: str
    n_records: int
    new_parties: tuple[str, ...]
    keys: Mapping[str, str] = field(default_factory=dict)
    differing: tuple[Differing, ...] = ()


def add(
    workspace: Workspace,
    document: Mapping[str, Any],
    *,
    why: str,
    incident_id: str = "",
    choose: Callable[[str, tuple[Namesake, ...]], str] = enter_anew,
) -> Entered:
    """Store an entry document, all of it or nothing.

    Args:
        workspace: Open for writing.
        document: See ``undersight.workbench.entry``.
        why: Reason for the history.
        incident_id: A recorded incident to add parts to; a new one otherwise.
        choose: Asked when recorded people carry a name.

    Raises:
        InputError: Nothing is said in it, or something is wrong; the sentence names the place.
    """
    if not incident_id:
        _check_told(document)
    builder = entry_builder(workspace, choose=choose)
    if incident_id:
        # In one entry, one name is one person: an update speaks of those already in it.
        builder.parties.seen |= _names_in(workspace, incident_id)
    records = builder.build(document, incident_id=incident_id)
    check_claims(workspace, records)
    changes = pending(records) + details(workspace, builder.parties)
    if incident_id:
        changes.append(PendingChange(record_id=incident_id, added=builder.added))
    workspace.casebook.write(*changes, why=why)
    own = incident_id or records[0].record_id
    new_parties = tuple(r.record_id for r in records if isinstance(r, Party))
    return Entered(
        incident_id=own,
        n_records=len(records),
        new_parties=new_parties,
        keys=dict(builder.keys),
        differing=tuple(builder.parties.differing),
    )


def _check_told(document: Mapping[str, Any]) -> None:
    """Refuse an entry of which nothing but its language is said.

    Raises:
        EmptyEntryError: Nothing is.
    """
    if not document.keys() - {"lang"}:
        raise EmptyEntryError


def add_all(
    workspace: Workspace,
    documents: Iterable[Mapping[str, Any]],
    *,
    why: str,
    choose: Callable[[str, tuple[Namesake, ...]], str] = enter_anew,
) -> tuple[Entered, ...]:
    """Store several entry documents as new entries, all of them or nothing.

    Args:
        workspace: Open for writing.
        documents: See ``undersight.workbench.entry``.
        why: Reason for the history.
        choose: Asked when recorded people carry a name.

    Raises:
        RecordRefusedError: Something in a document is wrong; it tells which and where.
    """
    builder = entry_builder(workspace, choose=choose)
    book, told = builder.parties, list[Entered]()
    entries: list[tuple[Record, ...]] = []
    for number, document in enumerate(documents, 1):
        builder.start_entry()
        n_differing = len(book.differing)
        try:
            _check_told(document)
            records = builder.build(document)
            check_claims(workspace, records)
        except InputError as error:
            raise RecordRefusedError(f"document {number}", error.sentence) from error
        entries.append(records)
        entered = Entered(
            incident_id=records[0].record_id,
            n_records=len(records),
            new_parties=tuple(one.record_id for one in records if isinstance(one, Party)),
            keys=dict(builder.keys),
            differing=tuple(book.differing[n_differing:]),
        )
        told.append(entered)
    if entries:
        workspace.casebook.write(*changes_of(workspace, book, entries), why=why)
    return tuple(told)


def changes_of(
    workspace: Workspace, book: PartyBook, entries: Iterable[tuple[Record, ...]]
) -> list[PendingChange]:
    """Return the changes that store new entries and fill in what they say of recorded parties."""
    changes = [change for one in entries for change in pending(one, book.touched)]
    return changes + details(workspace, book)


def details(workspace: Workspace, book: PartyBook) -> list[PendingChange]:
    """Return the changes that fill in what entries said of recorded parties."""
    changes = []
    for party_id, party in sorted(book.touched.items()):
        if party_id in book.earlier:
            continue  # stored together with what was added
        before, after = to_json(workspace.casebook.get(party_id)), to_json(party)
        new = {name: value for name, value in after.items() if before.get(name) != value}
        if new:
            changes.append(PendingChange(record_id=party_id, fields=new))
    return changes


def _names_in(workspace: Workspace, incident_id: str) -> dict[str, str]:
    """Return the ids of those involved in an entry, by folded name; ambiguous names left out."""
    casebook, found = workspace.casebook, dict[str, set[str]]()
    for act in casebook.referring(incident_id, kind="act", field="incident"):
        for part in casebook.referring(act.record_id, kind="involvement", field="act"):
            party = casebook.get(part.party) if isinstance(part, Involvement) else None
            if isinstance(party, Party):
                for name in party.names:
                    found.setdefault(fold(name.value), set()).add(party.record_id)
    return {name: min(ids) for name, ids in found.items() if len(ids) == 1}


def entry_builder(
    workspace: Workspace, *, choose: Callable[[str, tuple[Namesake, ...]], str] = enter_anew
) -> EntryBuilder:
    """Return a builder that knows what the casebook holds."""
    casebook = workspace.casebook
    new_id = IdSource(now_us)

    def is_known(reference: str) -> bool:
        try:
            casebook.find(reference)
        except UnknownRecordError:
            return False
        return True

    book = PartyBook(
        namesakes=_namesakes(workspace),
        known=is_known,
        new_id=new_id,
        choose=choose,
        recorded=lambda party_id: _party(workspace, party_id),
    )
    provisions = {
        (p.jurisdiction, p.instrument, p.citation): p.record_id
        for p in casebook.all("provision")
        if isinstance(p, Provision)
    }
    return EntryBuilder(
        parties=book,
        new_id=new_id,
        provision_id=lambda *identity: provisions.get(identity),
        known=is_known,
        jurisdiction=workspace.settings.workspace.jurisdiction,
        lang=workspace.lang,
    )


def _party(workspace: Workspace, party_id: str) -> Party | None:
    found = workspace.casebook.get(party_id)
    return found if isinstance(found, Party) else None


def _namesakes(workspace: Workspace) -> Callable[[str], tuple[Namesake, ...]]:
    """Return what finds the recorded parties of a folded name; each name is looked up once."""
    merged = workspace.casebook.merged_parties()

    @functools.cache
    def named(folded: str) -> tuple[Namesake, ...]:
        with workspace.casebook.unit() as work:
            ids = name_index.parties_named(work.connection, folded) if folded else []
        found: dict[str, Namesake] = {}
        for party_id, party in sorted(workspace.casebook.get_many(ids).items()):
            if isinstance(party, Party):
                kept = merged.get(party_id, party_id)
                words = ", ".join(filter(None, (party.position, *party.occupations)))
                label = words or party.party_kind
                sake = Namesake(party_id=kept, party_kind=party.party_kind, label=label)
                found.setdefault(kept, sake)
        return tuple(sake for _, sake in sorted(found.items()))

    return named


def _parties_first(records: tuple[Record, ...]) -> list[Record]:
    """Order records so that each stands behind what it refers to."""
    order = ("party", "period", "source", "provision", "account", "item", "incident", "act")
    rank = {kind: place for place, kind in enumerate(order)}
    return sorted(records, key=lambda record: rank.get(record.kind, len(order)))


def pending(
    records: tuple[Record, ...], touched: Mapping[str, Party] | None = None
) -> list[PendingChange]:
    """Return the changes that store new records, each behind what it refers to.

    Args:
        records: The records.
        touched: Parties to which later entries added something, by id.
    """
    later = touched or {}
    return [_pending(later.get(record.record_id, record)) for record in _parties_first(records)]


def _pending(record: Record) -> PendingChange:
    raw = to_json(record)
    fields = {name: value for name, value in raw.items() if name not in ("kind", "record_id")}
    return PendingChange(kind=record.kind, record_id=record.record_id, fields=fields, is_new=True)


def seal_text(workspace: Workspace, text: str, *, reason: str, name: str = "") -> str:
    """Put the text that an entry was made from into the vault and return its digest."""
    stream = io.BytesIO(text.encode("utf-8"))
    actor = workspace.staff_id
    return str(workspace.vault.put(stream, reason=reason, actor=actor, source_ref=name))


def find_incident(workspace: Workspace, named: str) -> Incident:
    """Return an incident by record id, public id or the unique beginning of either.

    Raises:
        NotFoundError: No such incident, the id of a party, or the beginning fits several.
    """
    ids = workspace.casebook.find_incidents(named)
    found = workspace.casebook.get_many(ids)
    incidents = [i for i in found.values() if isinstance(i, Incident)]
    if len(incidents) != 1:
        _refuse_party(workspace, named)
        labels = sorted(i.public_id or i.record_id for i in incidents)
        raise UnknownIncidentError(named, tuple(labels[:5]))
    return incidents[0]


def _refuse_party(workspace: Workspace, named: str) -> None:
    with contextlib.suppress(UnknownRecordError):
        found = workspace.casebook.get(workspace.casebook.find(named))
        if isinstance(found, Party):
            raise PartyNotIncidentError(found.record_id)
