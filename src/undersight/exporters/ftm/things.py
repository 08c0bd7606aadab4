"""Parties, accounts and sources as entities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from undersight.exporters.ftm.graph import edtf_notes
from undersight.exporters.naming import account_label, label_of, party_label, source_label
from undersight.model.vocabulary import label

if TYPE_CHECKING:
    from undersight.exporters.ftm.graph import Graph
    from undersight.model.records import Account, Party, Source

_SCHEMATA: Final = {
    "individual": "Person",
    "public_body": "PublicBody",
    "outlet": "Organization",
    "organisation": "Organization",
    "platform": "Organization",
}
_TOPICS: Final = {
    "journalist": "role.journo",
    "editor": "role.journo",
    "blogger": "role.journo",
    "activist": "role.act",
    "human_rights_defender": "role.act",
    "lawyer": "role.lawyer",
    "politician": "role.pol",
    "religious_figure": "rel",
    "service_member": "mil",
    "official": "gov",
    "spokesperson": "gov",
    "police_officer": "gov.security",
    "prosecutor": "gov.judicial",
    "judge": "role.judge",
}
_GENDERS: Final = {"man": "male", "male": "male", "woman": "female", "female": "female"}
_WEAK: Final = frozenset({"public_label", "pseudonym", "former"})


def put_party(graph: Graph, party: Party) -> str:
    """Add a person, office or organisation; a group stands as a legal entity with its number."""
    schema = _SCHEMATA.get(party.party_kind, "LegalEntity")
    name = label_of(party) or label("party_kind", party.party_kind)
    personal: dict[str, str] = {}
    if schema == "Person":
        personal = {
            "gender": _GENDERS.get(party.gender.lower(), "other") if party.gender else "",
            "position": party.position,
            "birthDate": graph.prefix(party.born, "party.born", party.record_id),
        }
    others = [n for n in party.names if n.value != name]
    codes, unknown = graph.countries([party.country], "party.country", party.record_id)
    return graph.put(
        schema,
        party.record_id,
        name=name,
        alias=[n.value for n in others if n.use not in _WEAK],
        weakAlias=[n.value for n in others if n.use in _WEAK],
        country=codes,
        topics=[_TOPICS[o] for o in party.occupations if o in _TOPICS],
        keywords=[label("occupation", o) for o in party.occupations],
        notes=[*unknown, *edtf_notes(born=party.born), *_how_many(party)],
        **personal,
    )


def _how_many(party: Party) -> list[str]:
    if party.count_min is None and party.count_max is None:
        return []
    low = "?" if party.count_min is None else str(party.count_min)
    high = "?" if party.count_max is None else str(party.count_max)
    return [f"people: {low}" if low == high else f"people: {low} to {high}"]


def put_account(graph: Graph, account: Account) -> str:
    """Add an account; empty where nothing of it may be shown, as it must have a user name."""
    name = account_label(account)
    if not name:
        graph.losses.add("an account without a name has no entity", "account.handles",
                         account.record_id)  # fmt: skip
        return ""
    address, no_address = graph.address(account.url, "account.url", account.record_id)
    return graph.put(
        "UserAccount",
        account.record_id,
        name=account.title or name,
        username=[h.value for h in account.handles] or [name],
        service=label("platform", account.platform),
        owner=account.owner if graph.has(account.owner) else "",
        sourceUrl=address,
        notes=no_address,
    )


def put_source(graph: Graph, source: Source) -> str:
    """Add a source as an article."""
    publisher = party_label(graph.dossier, source.publisher) or source.publisher_as_text
    address, no_address = graph.address(source.url, "source.url", source.record_id)
    return graph.put(
        "Article",
        source.record_id,
        title=source.title or source_label(graph.dossier, source),
        sourceUrl=address,
        publisher=publisher,
        publishedAt=graph.prefix(source.published, "source.published", source.record_id),
        keywords=label("source_kind", source.source_kind),
        notes=[
            f"reliability (Admiralty code): {source.reliability}",
            *no_address,
            *edtf_notes(published=source.published),
        ],
    )
