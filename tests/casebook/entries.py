"""A small invented entry for tests of the casebook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from undersight.casebook import Casebook


@dataclass(frozen=True)
class Entry:
    """Ids of the records of one entry."""

    person: str
    ministry: str
    incident: str
    act: str
    involvement: str
    source: str
    claim: str
    account: str
    item: str


def make_entry(casebook: Casebook, name: str = "Aysel Quliyeva") -> Entry:
    """A blogger is detained; the ministry denies it; her page is named."""
    family = name.rsplit(maxsplit=1)[-1]
    person = casebook.create(
        "party",
        why=f"{name} called us",
        names=[{"value": name, "lang": "az", "script": "Latn"}],
        occupations=["blogger"],
        biography={"en": f"{name} writes about roads."},
    )
    ministry = casebook.create(
        "party",
        party_kind="public_body",
        names=[{"value": "Ministry of Order", "lang": "en", "script": "Latn"}],
    )
    account = casebook.create(
        "account",
        platform="facebook",
        asset_kind="profile",
        title=name,
        handles=[{"value": "@roads.of.sarnak"}],
        owner=person.record_id,
    )
    item = casebook.create(
        "item", account=account.record_id, author=person.record_id, text="The road is gone."
    )
    source = casebook.create(
        "source",
        title=f"{name} held over a post",
        url="https://paper.example/2031/" + name.lower().replace(" ", "-"),
        excerpt=f"{family} was taken from her flat.",
    )
    incident = casebook.create(
        "incident",
        title={"en": f"{name} detained", "az": f"{family} saxlanılıb"},
        summary={"en": f"Officers took {name} at night. Her brother saw it."},
        place={"country": "QV", "locality": "Sarnak"},
        sources=[source.record_id],
    )
    act = casebook.create(
        "act",
        incident=incident.record_id,
        act_type="detention",
        start="2031-02-20",
        platforms=["facebook"],
        target_accounts=[account.record_id],
    )
    involvement = casebook.create(
        "involvement",
        act=act.record_id,
        party=person.record_id,
        affiliation_as_stated=f"{family}, a blogger",
        status="detained_held",
    )
    claim = casebook.create(
        "claim",
        about=act.record_id,
        field="act_type",
        stance="denies",
        speaker=ministry.record_id,
        statement={"en": f"Nobody called {family} was held."},
        carried_by=source.record_id,
    )
    return Entry(
        person=person.record_id,
        ministry=ministry.record_id,
        incident=incident.record_id,
        act=act.record_id,
        involvement=involvement.record_id,
        source=source.record_id,
        claim=claim.record_id,
        account=account.record_id,
        item=item.record_id,
    )
