"""Short ways to write the records of the sample."""

from __future__ import annotations

from typing import Any

from undersight.model import parts as p
from undersight.model import records as r
from undersight.model.fuzzy_date import FuzzyDate

day = FuzzyDate.parse
SARNAK = p.Place(country="QV", admin1="Sarnak", locality="Sarnak", precision="locality")
ONLINE = p.Place(country="QV", precision="online")


def shown(kind: type[r.Record], record_name: str, /, **fields: Any) -> Any:
    """Return a record that everyone may see."""
    return kind(record_id=record_name, **{"visibility": "public", **fields})


def named(value: str, lang: str = "en", script: str = "Latn", use: str = "known_as") -> Any:
    """Return one spelling of a name."""
    return p.PersonName(value=value, lang=lang, script=script, use=use)


def party(name: str, *names: Any, kind: str = "individual", **fields: Any) -> Any:
    """Return a party; named in public unless said otherwise."""
    forms = tuple(named(n) if isinstance(n, str) else n for n in names)
    fields = {"public_exposure": "already_public", "country": "QV", **fields}
    return shown(r.Party, name, names=forms, party_kind=kind, **fields)


def incident(name: str, public_id: str, title: str, **fields: Any) -> Any:
    """Return a published entry in English."""
    first = fields.pop("first_published", day("2031-05-04"))
    return shown(r.Incident, name, public_id=public_id, title={"en": title}, lang="en",
                 **{"first_published": first, "place": SARNAK, **fields})  # fmt: skip


def act(name: str, incident_name: str, act_type: str, start: str = "", **fields: Any) -> Any:
    """Return an act; ``start`` is EDTF."""
    fields.setdefault("start", day(start) if start else None)
    if isinstance(fields.get("end"), str):
        fields["end"] = day(fields["end"])
    return shown(r.Act, name, incident=incident_name, act_type=act_type, **fields)


def took(name: str, act_name: str, party_name: str, role: str = "victim", **fields: Any) -> Any:
    """Return an involvement."""
    return shown(r.Involvement, name, act=act_name, party=party_name, role=role, **fields)


def says(name: str, about: str, stance: str, speaker: str = "", **fields: Any) -> Any:
    """Return a claim; a text becomes its English statement."""
    if isinstance(fields.get("statement"), str):
        fields["statement"] = {"en": fields["statement"]}
    return shown(r.Claim, name, about=about, stance=stance, speaker=speaker, **fields)
