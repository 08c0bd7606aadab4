"""From an entry document to records: one nested form behind every way of entering.

An entry document is what a person writes in YAML, what a confirmed draft becomes and what an
importer yields per row: the fields of an incident, with ``acts``, ``sources``, ``claims``,
``takedowns``, ``platform_cases``, ``proceedings``, ``periods`` and ``updates`` inside; an act
holds ``people``, ``citations``, ``accounts``, ``items`` and ``claims``. Plain text stands for
``{lang: text}``; a part with a ``key`` can be named by the others. Nothing is stored here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from undersight.errors import InvalidValueError, UnknownKeyError
from undersight.extract.provisions import normalise
from undersight.model.codec import fields_from_json, number_written, record_class
from undersight.model.schema import fields_of
from undersight.text.url import refang

if TYPE_CHECKING:
    from undersight.model.records import Record
    from undersight.workbench.parties import PartyBook

Document = Mapping[str, Any]

_CHILDREN = (
    "sources",
    "periods",
    "acts",
    "takedowns",
    "platform_cases",
    "proceedings",
    "interventions",
    "claims",
    "updates",
)
_KIND_OF = {
    "sources": "source",
    "periods": "period",
    "takedowns": "takedown",
    "platform_cases": "platform_case",
    "proceedings": "proceeding",
    "interventions": "intervention",
    "updates": "update",
    "accounts": "account",
    "items": "item",
}
# Parts that the incident points to; the others point to the incident.
_REFERRED = ("sources", "periods")
# "Article 147.2" and "147.2" are one provision; whatever else is said of it stays as written.
_ARTICLE = re.compile(
    r"(?:articles?|art\.?|sections?|sec\.?|§+|maddə|madde|md\.?|стать[яиюей]+|ст\.?)\s*(\d\S*)",
    re.IGNORECASE,
)
_ACT_CHILDREN = ("people", "citations", "accounts", "items", "claims")
_MAIN_TEXT = {"sources": "title", "periods": "title", "accounts": "title", "items": "text"}


@dataclass(slots=True)
class EntryBuilder:
    """Turns one entry document into records, ready to be stored in one transaction.

    Args:
        parties: Finds recorded parties by name and makes new ones.
        new_id: Gives a fresh record id.
        provision_id: Finds a recorded provision by (jurisdiction, instrument, citation).
        known: Tells whether an id is a recorded one.
        jurisdiction: Country code for provisions that name none.
    """

    parties: PartyBook
    new_id: Callable[[], str]
    provision_id: Callable[[str, str, str], str | None]
    known: Callable[[str], bool]
    jurisdiction: str = ""
    lang: str = "en"
    records: list[Record] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    provisions: dict[tuple[str, str, str], str] = field(default_factory=dict)
    own_ids: set[str] = field(default_factory=set)
    added: dict[str, list[str]] = field(default_factory=dict)

    def build(self, document: Document, *, incident_id: str = "") -> tuple[Record, ...]:
        """Return the records of an entry, the incident first.

        Args:
            document: The entry document.
            incident_id: An incident that is already recorded, to which parts are added.

        Raises:
            InputError: A field, term, date, key or name is wrong; the sentence names its place.
        """
        own = {name: value for name, value in document.items() if name not in _CHILDREN}
        self.lang = str(own.get("lang") or self.lang)
        incident = incident_id or self._key(own)
        self.keys.setdefault("incident", incident)
        self.own_ids.add(incident)
        self._reserve_keys(document)
        self.added = {name: [*own.pop(name, ())] for name in _REFERRED}
        for name in _CHILDREN:
            for i, child in enumerate(self._children(document, name)):
                made = self._child(name, child, incident, f"{name}[{i}]")
                if name in _REFERRED:
                    self.added[name].append(made)
        if not incident_id:
            referred = {name: ids for name, ids in self.added.items() if ids}
            self._add("incident", incident, own | referred, "entry")
            self.records.insert(0, self.records.pop())
        return (*self.records, *self.parties.made)

    def start_entry(self) -> None:
        """Forget the last entry's records, keys and people; offices and provisions are shared."""
        self.records.clear()
        self.parties.start_entry()
        self.keys.clear()
        self.added.clear()

    def _reserve_keys(self, document: Document) -> None:
        """Give every keyed part its id first, so that parts may name later ones."""
        for name in _CHILDREN:
            for child in self._children(document, name):
                self._reserve(child)
                if name == "acts" and isinstance(child, Mapping):
                    self._reserve_inside(child)

    def _reserve_inside(self, act: Mapping[str, Any]) -> None:
        for inner in _ACT_CHILDREN:
            for grandchild in self._children(act, inner):
                self._reserve(grandchild)

    def _reserve(self, part: Any) -> None:
        if isinstance(part, Mapping) and part.get("key"):
            self.keys.setdefault(str(part["key"]), self.new_id())

    def _child(self, name: str, child: Any, incident: str, where: str) -> str:
        """Build one part of an entry; return its id, or "" for acts and claims."""
        if name == "acts":
            self._act(child, incident, where)
            return ""
        if name == "claims":
            self._claim(child, incident, where)
            return ""
        if name in _REFERRED and isinstance(child, str) and self.known(child):
            return child
        raw = self._mapping(child, _MAIN_TEXT.get(name, ""), where)
        if "incident" in fields_of(record_class(_KIND_OF[name])):
            raw.setdefault("incident", incident)
        if name == "takedowns":
            raw["indicators"] = [
                self._indicator(one, f"{where}.indicators[{i}]")
                for i, one in enumerate(self._children(raw, "indicators"))
            ]
        own = self._key(raw)
        self._add(_KIND_OF[name], own, raw, where)
        return own

    def _act(self, child: Any, incident: str, where: str) -> None:
        raw = self._mapping(child, "act_type", where)
        act_id = self._key(raw)
        own = {name: value for name, value in raw.items() if name not in _ACT_CHILDREN}
        own["incident"] = incident
        for name, target in (("accounts", "target_accounts"), ("items", "target_items")):
            made = [
                self._targeted(name, entry, f"{where}.{name}[{i}]")
                for i, entry in enumerate(self._children(raw, name))
            ]
            if made:
                own[target] = [*self._listed(own.get(target), f"{where}.{target}"), *made]
        self._add("act", act_id, own, where)
        for i, person in enumerate(self._children(raw, "people")):
            self._person(person, act_id, f"{where}.people[{i}]")
        for i, citation in enumerate(self._children(raw, "citations")):
            self._citation(citation, act_id, f"{where}.citations[{i}]")
        for i, claim in enumerate(self._children(raw, "claims")):
            self._claim(claim, act_id, f"{where}.claims[{i}]")

    def _targeted(self, name: str, entry: Any, where: str) -> str:
        raw = self._mapping(entry, _MAIN_TEXT[name], where)
        record_id = self._key(raw)
        self._add(_KIND_OF[name], record_id, raw, where)
        return record_id

    def _indicator(self, one: Any, where: str) -> str:
        """Build an indicator, or return the id of a recorded one."""
        if isinstance(one, str):
            return self._reference(one, ("indicator",), where)
        raw = self._mapping(one, "", where)
        if isinstance(raw.get("value"), str):
            raw["value"] = refang(raw["value"])  # as reports write it: hxxps://name[.]example
        own = self._key(raw)
        self._add("indicator", own, raw, where)
        return own

    def _person(self, person: Any, act_id: str, where: str) -> None:
        raw = self._mapping(person, "name", where)
        involvement_fields = fields_of(record_class("involvement"))
        own = {name: value for name, value in raw.items() if name in involvement_fields}
        about = {name: value for name, value in raw.items() if name not in own and name != "key"}
        if "party" in own:
            about["party"] = own.pop("party")
        involvement_id = self._key(raw)
        own |= {"act": act_id, "party": self._party(about, where)}
        self._add("involvement", involvement_id, own, where)

    def _citation(self, citation: Any, act_id: str, where: str) -> None:
        raw = self._mapping(citation, "citation", where)
        names = fields_of(record_class("provision")).keys() - fields_of(record_class("citation"))
        about: dict[str, Any] = {name: raw.pop(name) for name in sorted(names & raw.keys())}
        citation_id = self._key(raw)
        written = about.get("citation", "")
        if isinstance(written, str) and written:
            bare = _ARTICLE.fullmatch(written.strip())
            about["citation"] = normalise(bare[1] if bare else written)[0]
            raw.setdefault("as_cited", written)
        if "provision" not in raw:
            raw["provision"] = self._provision(about, where)
        self._add("citation", citation_id, raw | {"act": act_id}, where)

    def _provision(self, about: dict[str, Any], where: str) -> str:
        jurisdiction = str(about.get("jurisdiction", self.jurisdiction))
        instrument = str(about.get("instrument", ""))
        citation = about.get("citation", "")
        if not citation or not isinstance(citation, str):
            raise InvalidValueError(where, "citation", "an article such as 147.2", "nothing")
        identity = (jurisdiction, instrument, citation)
        known = self.provisions.get(identity) or self.provision_id(*identity)
        if known is None:
            known = self._key({})
            fields = {"path": citation.split("."), **about, "jurisdiction": jurisdiction}
            self._add("provision", known, fields, where)
        self.provisions[identity] = known
        return known

    def _claim(self, claim: Any, about: str, where: str) -> None:
        raw = self._mapping(claim, "statement", where)
        raw.setdefault("about", about)
        self._add("claim", self._key(raw), raw, where)

    def _add(self, kind: str, record_id: str, raw: Mapping[str, Any], where: str) -> None:
        cls = record_class(kind)
        fields: dict[str, Any] = {}
        for name, value in raw.items():
            spec = fields_of(cls).get(name)
            if spec is not None and spec.form == "localised" and isinstance(value, str):
                fields[name] = {self.lang: value}
            elif spec is not None and spec.form == "ref" and value:
                fields[name] = self._reference(value, spec.target, f"{where}.{name}")
            elif spec is not None and spec.form == "refs":
                place = f"{where}.{name}"
                values = self._listed(value, place)
                fields[name] = [self._reference(v, spec.target, place) for v in values]
            elif spec is not None and spec.form == "value":
                fields[name] = number_written(value)
            elif name != "key":
                fields[name] = self._parts_references(spec, value, where)
        self.records.append(
            cls(record_id=record_id, **fields_from_json(kind, fields, where=where))
        )

    def _parts_references(self, spec: Any, value: Any, where: str) -> Any:
        """Resolve references inside nested parts (a related act, a charge's provision)."""
        if spec is None or spec.part is None or value is None:
            return value
        if isinstance(value, Mapping):
            inner = fields_of(spec.part)
            return {
                name: self._reference(v, inner[name].target, f"{where}.{spec.name}")
                if name in inner and inner[name].form == "ref" and v
                else (
                    {self.lang: v}
                    if name in inner and inner[name].form == "localised" and isinstance(v, str)
                    else v
                )
                for name, v in value.items()
            }
        if not isinstance(value, list | tuple):
            return value  # the codec says what is wrong with it
        return [
            self._parts_references(spec, one, where) if isinstance(one, Mapping) else one
            for one in value
        ]

    def _reference(self, value: Any, target: Sequence[str], where: str) -> str:
        if isinstance(value, Mapping):
            if "party" in target:
                return self._party(dict(value), where)
            raise InvalidValueError(where, "reference", "a key or an id", "a group of fields")
        name = str(value)
        if name in self.keys:
            return self.keys[name]
        if name in self.own_ids or self.known(name):
            return name
        if "party" in target:
            return self._party({"name": name}, where)
        raise UnknownKeyError(where, name, tuple(sorted(self.keys)))

    def _party(self, about: dict[str, Any], where: str) -> str:
        member_of = about.get("member_of")
        if member_of:
            about["member_of"] = [
                self._party({"name": m, "party_kind": "organisation"}, where)
                if isinstance(m, str) and not self.known(m) and m not in self.keys
                else self._reference(m, ("party",), where)
                for m in (
                    [member_of]
                    if isinstance(member_of, str)
                    else self._listed(member_of, f"{where}.member_of")
                )
            ]
        party = self.parties.resolve(about, lang=self.lang, where=where)
        self.own_ids.add(party)
        return party

    def _key(self, raw: Mapping[str, Any]) -> str:
        key = raw.get("key")
        own = self.keys.setdefault(str(key), self.new_id()) if key else self.new_id()
        self.own_ids.add(own)
        return own

    @staticmethod
    def _children(raw: Mapping[str, Any], name: str) -> Sequence[Any]:
        return EntryBuilder._listed(raw.get(name), name)

    @staticmethod
    def _listed(value: Any, where: str) -> Sequence[Any]:
        if value is None or value == "":
            return ()
        if not isinstance(value, list | tuple):
            msg = "entry"
            raise InvalidValueError(msg, where, "a list", "one value")
        return value

    @staticmethod
    def _mapping(child: Any, main: str, where: str) -> dict[str, Any]:
        """Read a part: a group of fields, or one text that stands for its main field."""
        if isinstance(child, Mapping):
            return dict(child)
        if isinstance(child, str) and main:
            return {main: child}
        msg = "entry"
        raise InvalidValueError(msg, where, "a group of fields", "something else")
