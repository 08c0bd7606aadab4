"""Entries: adding, updating, showing and listing them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undersight.casebook.identifiers import new_record_id
from undersight.model.records import Incident, Party, Provision
from undersight.text import fold
from undersight.workbench.entry import EntryBuilder
from undersight.workbench.parties import Namesake, PartyBook, enter_anew

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from undersight.model.records import Record
    from undersight.workbench.session import Workspace

Choose = "Callable[[str, tuple[Namesake, ...]], str]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What was stored of one entry.

    Args:
        incident_id: The incident.
        n_records: How many records were written with it.
        new_parties: Ids of people, outlets and offices that were not recorded before.
    """

    incident_id: str
    n_records: int
    new_parties: tuple[str, ...]


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
        InputError: Something in the document is wrong; the sentence names the place.
    """
    builder = entry_builder(workspace, choose=choose)
    records = builder.build(document, incident_id=incident_id)
    workspace.casebook.add(_parties_first(records), why=why)
    own = incident_id or records[0].record_id
    new_parties = tuple(r.record_id for r in records if isinstance(r, Party))
    return Entered(incident_id=own, n_records=len(records), new_parties=new_parties)


def entry_builder(
    workspace: Workspace, *, choose: Callable[[str, tuple[Namesake, ...]], str] = enter_anew
) -> EntryBuilder:
    """Return a builder that knows what the casebook holds."""
    casebook = workspace.casebook
    by_name = _parties_by_name(workspace)
    book = PartyBook(
        namesakes=lambda folded: by_name.get(folded, ()),
        known=casebook.exists,
        new_id=new_record_id,
        choose=choose,
    )
    provisions = {
        (p.jurisdiction, p.instrument, p.citation): p.record_id
        for p in casebook.all(Provision)
    }
    return EntryBuilder(
        parties=book,
        new_id=new_record_id,
        provision_id=lambda *identity: provisions.get(identity),
        known=casebook.exists,
        jurisdiction=workspace.settings.workspace.jurisdiction,
        lang=workspace.lang,
    )


def _parties_by_name(workspace: Workspace) -> dict[str, tuple[Namesake, ...]]:
    merged = workspace.casebook.merged_parties()
    found: dict[str, dict[str, Namesake]] = {}
    for party in workspace.casebook.all(Party):
        kept = merged.get(party.record_id, party.record_id)
        label = ", ".join((party.position, *party.occupations)) or party.party_kind
        for name in party.names:
            sake = Namesake(party_id=kept, party_kind=party.party_kind, label=label)
            found.setdefault(fold(name.value), {}).setdefault(kept, sake)
    return {name: tuple(v for _, v in sorted(ids.items())) for name, ids in found.items()}


def _parties_first(records: tuple[Record, ...]) -> list[Record]:
    """Order records so that each stands behind what it refers to."""
    order = ("party", "period", "source", "provision", "account", "item", "incident", "act")
    rank = {kind: place for place, kind in enumerate(order)}
    return sorted(records, key=lambda record: rank.get(record.kind, len(order)))


def seal_text(workspace: Workspace, text: str, *, reason: str, name: str = "") -> str:
    """Put the text that an entry was made from into the vault and return its digest."""
    stream = io.BytesIO(text.encode("utf-8"))
    actor = workspace.staff.staff_id
    return str(workspace.vault.put(stream, reason=reason, actor=actor, source_ref=name))


def find_incident(workspace: Workspace, named: str) -> Incident:
    """Return an incident by record id, public id or the unique beginning of either.

    Raises:
        NotFoundError: No such incident, or the beginning fits several.
    """
    from undersight.errors import UnknownIncidentError

    incidents = workspace.casebook.all(Incident)
    exact = [i for i in incidents if named in (i.record_id, i.public_id)]
    near = exact or [
        i
        for i in incidents
        if len(named) >= 4 and (i.record_id.startswith(named) or i.record_id.endswith(named))
    ]
    if len(near) != 1:
        raise UnknownIncidentError(named, tuple(i.public_id or i.record_id for i in near[:5]))
    return near[0]
