"""What records are called in exports: the same name for the same record in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from undersight.model.records import Account, Act, Incident, Party, Record, Source, Takedown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from undersight.model.dossier import Dossier


def text_in(texts: Mapping[str, str], languages: tuple[str, ...]) -> tuple[str, str]:
    """Return a text and its language: the first of ``languages`` that has one, else any."""
    for lang in (*languages, *sorted(texts)):
        if texts.get(lang):
            return texts[lang], lang
    return "", ""


def event_id(dossier: Dossier, incident_id: str) -> str:
    """Return the public id of an entry, else its record id."""
    incident = dossier.find(Incident, incident_id)
    return (incident.public_id or incident.record_id) if incident else incident_id


def party_label(dossier: Dossier, party_id: str) -> str:
    """Return a party's name or public label; its count, for an unnamed group."""
    party = dossier.party(party_id)
    return label_of(party) if party else ""


def label_of(party: Party) -> str:
    """Return a party's name, else its label, else how many it is; empty for nothing known."""
    names = [name for name in party.names if name.use != "public_label"]
    labels = [name for name in party.names if name.use == "public_label"]
    english = [name for name in labels if name.lang in ("en", "")]
    for name in (*names, *english, *labels):
        if name.value:
            return name.value
    if party.count_min is not None and party.count_min != 1:
        return f"{party.count_min} people"
    return ""


def source_label(dossier: Dossier, source: Source) -> str:
    """Return a source's address, else its title, else its publisher and day, else its kind."""
    publisher = party_label(dossier, source.publisher) or source.publisher_as_text
    day = source.published.edtf if source.published else ""
    published = f"{publisher}, {day}" if publisher and day else publisher
    return source.url or source.title or published or source.source_kind


def account_label(account: Account) -> str:
    """Return the latest handle of an account, else its address, title or native id."""
    handle = account.handles[-1].value if account.handles else ""
    return handle or account.url or account.title or account.native_id


def incident_of(dossier: Dossier, record: Record | None) -> str:
    """Return the id of the entry a record belongs to; empty where it belongs to none."""
    if isinstance(record, Incident):
        return record.record_id
    incident_id = getattr(record, "incident", "")
    if incident_id:
        return str(incident_id)
    act = dossier.find(Act, getattr(record, "act", ""))
    return act.incident if act else ""


def looked_at(dossier: Dossier, record: Act | Takedown) -> tuple[Source, ...]:
    """Return the sources of an act's entry and of claims about the act, by id."""
    incident = dossier.find(Incident, record.incident)
    ids = set(incident.sources) if incident else set()
    ids |= {claim.carried_by for claim in dossier.claims_about(record.record_id)}
    found = (dossier.source(source_id) for source_id in sorted(ids))
    return tuple(source for source in found if source is not None)
