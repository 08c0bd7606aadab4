"""Who a name in an entry means: a recorded party, or a new one.

A name is tied to a recorded party without asking only where that cannot accuse the wrong
person: outlets, offices, organisations and platforms of exactly that folded name. A person of
the same name is offered to whoever enters it (``choose``); nobody there, the person is entered
anew and stands in the queue of likely duplicates.

What an entry says of a recorded party fills in what was not said of it before. What it says
otherwise changes nothing: it is told to whoever enters it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from undersight.errors import InvalidValueError
from undersight.model.codec import fields_from_json
from undersight.model.records import Party
from undersight.model.schema import fields_of
from undersight.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PERSONAL_KINDS = ("individual", "family", "group", "unidentified")
# Who may see a party, and why it may be named, are decided on purpose and never by the way.
_DECIDED_APART = frozenset(
    {"visibility", "field_visibility", "confidentiality", "naming_reason", "consents", "remark"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Namesake:
    """A recorded party that carries the name.

    Args:
        party_id: Its id.
        party_kind: What it is.
        label: Words to tell it from others of the name.
    """

    party_id: str
    party_kind: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """Something that an entry says of a recorded party, and that was recorded otherwise.

    Args:
        party_id: The party; it stays as it is recorded.
        field: The field.
        where: Place in the entry.
    """

    party_id: str
    field: str
    where: str


def enter_anew(name: str, namesakes: tuple[Namesake, ...]) -> str:  # noqa: ARG001 - a choice
    """Choose nobody: the person is entered as new."""
    return ""


@dataclass(slots=True)
class PartyBook:
    """Resolves the parties of one entry.

    Args:
        namesakes: Finds recorded parties whose name folds to the same text.
        known: Tells whether an id is a recorded party's.
        new_id: Gives a fresh record id.
        choose: Asked when recorded people carry the name; returns an id, or "" for new.
        recorded: Gives a recorded party by its id.
        made: New parties of the entry.
        touched: Recorded parties with what the entry adds to them, by id.
        differing: What the entry says otherwise of recorded parties.
        seen: Ids by folded name.
        earlier: New parties of the entries before, which are not stored yet, by id.
        shared: Ids of outlets and offices of the entries before, by folded name.
    """

    namesakes: Callable[[str], tuple[Namesake, ...]]
    known: Callable[[str], bool]
    new_id: Callable[[], str]
    choose: Callable[[str, tuple[Namesake, ...]], str] = enter_anew
    recorded: Callable[[str], Party | None] = lambda _party_id: None
    made: list[Party] = field(default_factory=list)
    touched: dict[str, Party] = field(default_factory=dict)
    differing: list[Differing] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)
    earlier: dict[str, Party] = field(default_factory=dict)
    shared: dict[str, str] = field(default_factory=dict)

    def start_entry(self) -> None:
        """Begin another entry: outlets and offices are known from the last, people are not.

        One name in two entries may be two people; the queue of likely duplicates offers them.
        """
        self.earlier |= {party.record_id: party for party in self.made}
        self.made.clear()
        for name in self.seen.keys() - self.shared.keys():
            if not self._is_personal(self.seen[name]):
                self.shared[name] = self.seen[name]
        self.seen = dict(self.shared)

    def _is_personal(self, party_id: str) -> bool:
        party = self.earlier.get(party_id) or self.recorded(party_id)
        return party is None or party.party_kind in PERSONAL_KINDS

    def resolve(self, about: Mapping[str, Any], *, lang: str, where: str) -> str:
        """Return the id of the party that ``about`` describes.

        Args:
            about: Party fields, with ``name`` for one name, ``count`` for a number of people,
                or ``party`` for a recorded id (``new`` for somebody else of the name).
            lang: Language of the name.
            where: Place in the entry, for errors.

        Raises:
            InputError: A field or term is wrong, or neither name nor count is given.
        """
        fields = dict(about)
        named = fields.pop("party", "") or ""
        if not isinstance(named, str):
            raise InvalidValueError(where, "party", "an id or a name", "a list or mapping")
        name = " ".join(str(fields.pop("name", "") or "").split())
        if named and named != "new":
            if not self.known(named):
                return self.resolve(fields | {"name": named}, lang=lang, where=where)
            return self._described(named, fields, where=where)
        folded = fold(name)
        if folded and named != "new":
            if folded in self.seen:
                return self._described(self.seen[folded], fields, where=where)
            recorded = self._recorded(name, folded, fields)
            if recorded:
                self.seen[folded] = recorded
                return self._described(recorded, fields, where=where)
        return self._make(name, folded, fields, lang=lang, where=where)

    def _recorded(self, name: str, folded: str, fields: Mapping[str, Any]) -> str:
        kind = str(fields.get("party_kind", ""))
        found = self.namesakes(folded)
        if kind:
            is_personal = kind in PERSONAL_KINDS
            found = tuple(n for n in found if (n.party_kind in PERSONAL_KINDS) == is_personal)
        impersonal = tuple(n for n in found if n.party_kind not in PERSONAL_KINDS)
        if len(impersonal) == 1 and len(found) == 1:
            return impersonal[0].party_id
        return self.choose(name, found) if found else ""

    def _described(self, party_id: str, fields: Mapping[str, Any], *, where: str) -> str:
        """Fill in what an entry says of a party where nothing was said before."""
        read = fields_from_json("party", dict(fields), where=where)
        for place, party in enumerate(self.made):
            if party.record_id == party_id:
                self.made[place] = _filled_in(party, read)
                return party_id
        known = self.touched.get(party_id) or self.earlier.get(party_id) or self.recorded(party_id)
        if known is not None and read:
            own = {name: value for name, value in read.items() if name not in _DECIDED_APART}
            self.touched[party_id] = _filled_in(known, own)
            self.differing += [
                Differing(party_id=party_id, field=name, where=where)
                for name, value in read.items()
                if name != "names" and getattr(self.touched[party_id], name) != value
            ]
        return party_id

    def _make(
        self, name: str, folded: str, fields: dict[str, Any], *, lang: str, where: str
    ) -> str:
        n_people = fields.pop("count", None)
        if n_people is not None:
            fields.setdefault("count_min", n_people)
            fields.setdefault("count_max", n_people)
            fields.setdefault("party_kind", "group")
        if name:
            first = {"value": name, "lang": lang, "use": "known_as"}
            further = fields.get("names") or []
            if not isinstance(further, list | tuple):
                raise InvalidValueError(where, "names", "a list", "one value")
            fields["names"] = [first, *further]
        described = set(fields) & set(fields_of(Party))
        if not described:
            raise InvalidValueError(where, "name", "a name, a count or a description", "nothing")
        party = Party(record_id=self.new_id(), **fields_from_json("party", fields, where=where))
        self.made.append(party)
        if folded:
            self.seen[folded] = party.record_id
        return party.record_id


def _filled_in(party: Party, read: Mapping[str, Any]) -> Party:
    """Return a party with what was read of it, where it said nothing; names are added."""
    new = {name: value for name, value in read.items() if _is_unsaid(party, name)}
    if "names" in read:
        new["names"] = (*party.names, *(n for n in read["names"] if n not in party.names))
    return replace(party, **new)


def _is_unsaid(party: Party, name: str) -> bool:
    """Whether a field holds what a party holds of whom nothing was said."""
    return bool(getattr(party, name) == getattr(Party(record_id=party.record_id), name))
