"""A small invented entry for tests of the casebook."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from undersight.casebook import PendingChange
from undersight.model.change import Change

if TYPE_CHECKING:
    from undersight.casebook import Casebook


@dataclass(frozen=True)
class Entry:
    """Ids of the records of one entry."""

    person: str
    ministry: str
    account: str
    item: str
    source: str
    incident: str
    act: str
    involvement: str
    claim: str


def make_entry(casebook: Casebook, name: str = "Aysel Quliyeva") -> Entry:
    """A blogger is detained; the ministry denies it; her profile is named."""
    family = name.rsplit(maxsplit=1)[-1]
    entry = Entry(*(casebook.new_id() for _ in range(9)))
    fields: dict[str, dict[str, object]] = {
        "person": {
            "names": [{"value": name, "lang": "az", "script": "Latn"}],
            "occupations": ["blogger"],
            "biography": {"en": f"{name} writes about roads."},
        },
        "ministry": {
            "party_kind": "public_body",
            "names": [{"value": "Ministry of Order", "lang": "en", "script": "Latn"}],
        },
        "account": {
            "platform": "facebook",
            "asset_kind": "profile",
            "title": name,
            "handles": [{"value": "@roads.of.sarnak"}],
            "owner": entry.person,
        },
        "item": {"account": entry.account, "author": entry.person, "text": "The road is gone."},
        "source": {
            "title": f"{name} held over a post",
            "url": "https://paper.example/2031/" + name.lower().replace(" ", "-"),
            "excerpt": f"{family} was taken from her flat.",
        },
        "incident": {
            "title": {"en": f"{name} detained", "az": f"{family} saxlanılıb"},
            "summary": {"en": f"Officers took {name} at night. Her brother saw it."},
            "place": {"country": "QV", "locality": "Sarnak"},
            "sources": [entry.source],
        },
        "act": {
            "incident": entry.incident,
            "act_type": "detention",
            "start": "2031-02-20",
            "platforms": ["facebook"],
            "target_accounts": [entry.account],
        },
        "involvement": {
            "act": entry.act,
            "party": entry.person,
            "affiliation_as_stated": f"{family}, a blogger",
            "status": "detained_held",
        },
        "claim": {
            "about": entry.act,
            "field": "act_type",
            "stance": "denies",
            "speaker": entry.ministry,
            "statement": {"en": f"Nobody called {family} was held."},
            "carried_by": entry.source,
        },
    }
    drafts = [
        PendingChange(
            kind="party" if key in ("person", "ministry") else key,
            record_id=record_id,
            fields=fields[key],
            is_new=True,
        )
        for key, record_id in asdict(entry).items()
    ]
    casebook.write(drafts[0], why=f"{name} called us")
    casebook.write(*drafts[1:])
    return entry


def taken_out(change_id: str = "w1") -> Change:
    """The withdrawal of somebody who is recorded on another laptop only."""
    return Change(
        change_id=change_id,
        record_id="somebody",
        kind="party",
        parents=("p1",),
        at_us=15,
        author="s-ben",
        op="withdraw",
        fields={"party_kind": "individual", "public_exposure": "withheld"},
    )
