"""Objects of STIX 2.1 with identifiers that the same record always gets.

Source: OASIS STIX Version 2.1, section 2.9 (identifiers) and 3.2 (common properties).
"""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from undersight.exporters.naming import event_id, label_of, party_label
from undersight.integrity.canonical import canonical_json

if TYPE_CHECKING:
    import datetime as dt

    from undersight.exporters.delivery import LossCount
    from undersight.model.dossier import Dossier
    from undersight.model.records import Party, Source

Object = dict[str, Any]

OURS: Final = uuid.UUID("8a2f3a0e-6c43-5b0d-9a53-0f6d1c3f7b11")
"""Our namespace for identifiers; it never changes."""
OBSERVABLES: Final = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
"""The namespace that STIX 2.1 lays down for cyber observables."""
INCIDENT_CORE: Final = "extension-definition--ef765651-680c-498d-9894-99799f2fa126"
"""The OASIS extension that gives ``incident`` its properties."""
OUR_EXTENSION: Final = f"extension-definition--{uuid.uuid5(OURS, 'acts-and-roles')}"
_TLP: Final = {
    "public": "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9",
    "partner": "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82",
    "internal": "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed",
}
_EMPTY: Final[tuple[object, ...]] = (None, "", [], {}, ())
_CLASSES: Final = {
    "individual": "individual",
    "group": "group",
    "family": "group",
    "unidentified": "unknown",
}


_HOST = re.compile(r"(?:(?!-)[A-Za-z0-9_-]{1,63}(?<!-)\.)+(?!-)[A-Za-z0-9-]{1,63}(?<!-)")
_ADDRESS = re.compile(r"(?:https?|ftp)://[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")


def is_address(url: str) -> bool:
    """Return whether an address is a whole one, as a reader of a bundle will parse it."""
    try:
        parts = urlsplit(url)
    except ValueError:  # brackets of a network address that are no such thing
        return False
    is_elsewhere = "[" in parts.path or "]" in parts.path + parts.query + parts.fragment
    return bool(_ADDRESS.fullmatch(url) and parts.hostname) and not is_elsewhere


def is_host(name: str) -> bool:
    """Return whether a text is the name of a host, in any script."""
    try:
        written = name.encode("idna").decode("ascii")
    except UnicodeError:
        return False
    return "." in name and _HOST.fullmatch(written) is not None


class Objects:
    """The objects of one bundle, each once, and what makes them."""

    def __init__(self, dossier: Dossier, losses: LossCount) -> None:
        self.dossier, self.losses = dossier, losses
        self.by_id: dict[str, Object] = {}
        self.publisher = identifier("identity", "publisher", *dossier.masthead.title.values())

    def put(self, type_: str, key: str, record_id: str = "", **content: Any) -> str:
        """Add a domain object or relationship and return its id; empty properties are left out.

        Args:
            type_: Type of the object.
            key: What the identifier is made from, besides the type.
            record_id: The record whose days of entry and change it carries.
            **content: Its own properties.
        """
        object_id = identifier(type_, key)
        stamp = self.dossier.stamps.get(record_id)
        made = {
            "type": type_,
            "spec_version": "2.1",
            "id": object_id,
            "created_by_ref": self.publisher,
            "created": instant(stamp.created if stamp else self.dossier.as_of),
            "modified": instant(
                max(stamp.updated, stamp.created) if stamp else self.dossier.as_of
            ),
            "object_marking_refs": [_TLP[self.dossier.audience]],
            **content,
        }
        return self._keep(made)

    def observe(self, type_: str, identified_by: Object, **content: Any) -> str:
        """Add a cyber observable; its id follows from ``identified_by``, as the standard says."""
        name = canonical_json(identified_by).decode("utf-8")
        made = {
            "type": type_,
            "spec_version": "2.1",
            "id": f"{type_}--{uuid.uuid5(OBSERVABLES, name)}",
            "object_marking_refs": [_TLP[self.dossier.audience]],
            **identified_by,
            **content,
        }
        return self._keep(made)

    def _keep(self, made: Object) -> str:
        object_id = str(made["id"])
        self.by_id[object_id] = without_empty(made)
        return object_id

    def relate(self, source: str, verb: str, target: str, **content: Any) -> str:
        """Add a relationship; ``key`` tells two of one kind apart."""
        key = content.pop("key", "")
        return self.put(
            "relationship",
            f"{source}|{verb}|{target}|{key}",
            content.pop("record_id", ""),
            relationship_type=verb,
            source_ref=source,
            target_ref=target,
            **content,
        )

    def identity(self, party_id: str) -> str:
        """Add a party as identity and return its id; empty where it may not be seen."""
        party = self.dossier.party(party_id)
        return self._identity(party) if party is not None else ""

    def _identity(self, party: Party) -> str:
        label = label_of(party)
        if not label:
            self.losses.add("a party without name or label is called by its kind", "party.names",
                            party.record_id)  # fmt: skip
        return self.put(
            "identity",
            party.record_id,
            party.record_id,
            name=label or party.party_kind,
            identity_class=_CLASSES.get(party.party_kind, "organization"),
            roles=list(party.occupations),
            sectors=["government"] if party.party_kind == "public_body" else [],
        )

    def reference(self, source: Source) -> Object:
        """Return a source as an external reference."""
        publisher = party_label(self.dossier, source.publisher) or source.publisher_as_text
        made = {
            "source_name": publisher or source.source_kind,
            "url": source.url,
            "description": source.title,
        }
        if source.url and not is_address(source.url):
            # What is no whole address would have the object refused; its words stay.
            made |= {"url": "", "description": ", ".join(filter(None, (source.title, source.url)))}
        if not made["url"] and not made["description"]:
            made["description"] = source.source_kind
        return {name: value for name, value in made.items() if value}

    def event_name(self, incident_id: str) -> str:
        """Return the public id of an entry, else its record id."""
        return event_id(self.dossier, incident_id)


def identifier(type_: str, *key: str) -> str:
    """Return an identifier that the same key always gives."""
    return f"{type_}--{uuid.uuid5(OURS, '|'.join((type_, *key)))}"


def instant(day: dt.date) -> str:
    """Return a day as STIX writes an instant: midnight UTC, with milliseconds."""
    return f"{day.isoformat()}T00:00:00.000Z"


def without_empty(value: Any) -> Any:
    """Return a value without what says nothing: STIX has no empty texts, lists or objects."""
    if isinstance(value, dict):
        kept = {name: without_empty(inner) for name, inner in value.items()}
        return {name: inner for name, inner in kept.items() if inner not in _EMPTY}
    if isinstance(value, list | tuple):
        return [inner for entry in value if (inner := without_empty(entry)) not in _EMPTY]
    return value


def our_extension(**content: Any) -> Object:
    """Return properties of our own as an extension of an object."""
    return {OUR_EXTENSION: {"extension_type": "property-extension", **content}}
