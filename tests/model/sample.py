"""A synthetic casebook of the invented country Qaravel: every record kind, every special case.

``sample_records()`` is what the team holds; ``sample_dossier("public")`` is what the public may
see of it. Nobody and nothing in it exists. Names of records are readable: ``rid("tarvin")``.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import hashlib
import uuid
from typing import Any

from tests.model.sample_entries import entries
from tests.model.sample_network import network
from tests.model.sample_people import people
from undersight.model import records as r
from undersight.model.disclosure import Disclosure
from undersight.model.dossier import Dossier, Masthead, Stamp
from undersight.model.naming import Audience
from undersight.model.schema import fields_of

AS_OF = dt.date(2031, 12, 1)
MASTHEAD = Masthead(
    title={"en": "Qaravel speech log", "ru": "Журнал высказываний Каравела"},
    jurisdiction="QV",
    languages=("en", "ru"),
    contact="desk@qaravel-log.example",
    base_url="https://qaravel-log.example",
    methodology={"en": "An entry needs two sources, or one and a document."},
)
WITHHELD_NAMES = ("Dervan Ystrel", "Дерван Истрел", "Halim Torvesh", "Iskra Velmorn")


def rid(name: str) -> str:
    """Return the fixed record id of a named record of the sample."""
    raw = bytearray(hashlib.sha256(name.encode()).digest()[:16])
    raw[0:6] = (1_900_000_000_000).to_bytes(6, "big")
    raw[6] = 0x70 | raw[6] & 0x0F
    raw[8] = 0x80 | raw[8] & 0x3F
    return str(uuid.UUID(bytes=bytes(raw)))


@functools.cache  # nobody can change a record, and a dossier is made of nothing else
def sample_records() -> tuple[r.Record, ...]:
    """Return every record as the team holds it."""
    return tuple(_named(record) for record in (*people(), *entries(), *network()))


@functools.cache
def sample_dossier(audience: Audience = "public", as_of: dt.date = AS_OF) -> Dossier:
    """Return the snapshot that one audience sees on one day."""
    records = sample_records()
    policy = Disclosure(
        audience=audience,
        parties=(record for record in records if isinstance(record, r.Party)),
        accounts=(record for record in records if isinstance(record, r.Account)),
        on=as_of,
    )
    shown = (policy.visible(record) for record in records)
    records = tuple(record for record in shown if record is not None)
    return Dossier(
        masthead=MASTHEAD,
        records=records,
        as_of=as_of,
        audience=audience,
        stamps={record.record_id: _stamp(record) for record in records},
    )


def _stamp(record: r.Record) -> Stamp:
    n_changes = 1 + len(record.kind) % 3
    created = dt.date(2031, 5, 2) + dt.timedelta(days=record.record_id.encode()[-1] % 20)
    return Stamp(created=created, updated=dt.date(2031, 11, 20), n_changes=n_changes)


def _named(value: Any) -> Any:
    """Replace readable names by record ids, in ids and in every reference."""
    changes: dict[str, Any] = {}
    if isinstance(value, r.Record):
        changes["record_id"] = rid(value.record_id)
    for name, spec in fields_of(type(value)).items():
        content = getattr(value, name)
        if spec.form == "ref" and content:
            changes[name] = rid(content)
        elif spec.form == "refs":
            changes[name] = tuple(rid(entry) for entry in content)
        elif spec.form == "parts":
            changes[name] = tuple(_named(entry) for entry in content)
        elif spec.form == "part" and content is not None:
            changes[name] = _named(content)
    return dataclasses.replace(value, **changes)
