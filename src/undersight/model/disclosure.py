"""What may be shown to whom: pure policy, applied before anything leaves the team.

A record goes out if its visibility reaches the audience and it is not kept in the vault; fields
marked internal, fields with a narrower visibility of their own, and whatever identifies somebody
who may not be named stay behind. In running text the name of such a person is replaced by a
label, and every replacement is listed, so that the check before publication can ask about it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from undersight.model import parts as p
from undersight.model.naming import (
    AUDIENCES,
    Audience,
    is_minor,
    may_show_account,
    naming_of,
)
from undersight.model.public_label import LANGUAGES, public_label
from undersight.model.records import Account, Claim, Indicator, Involvement, Item, Party, Record
from undersight.model.schema import FieldSpec, fields_of

V = TypeVar("V")

DESK_KINDS = frozenset({"identity_decision", "harm_review", "judgement", "saved_search"})
"""Kinds that serve the team's own work and never go out."""

_RANK = {audience: rank for rank, audience in enumerate(AUDIENCES)}
_NOT_FOR: dict[str, dict[str, tuple[str, ...]]] = {
    "partner": {"party": ("consents",)},
    "public": {"party": ("consents", "risk_flags", "public_exposure")},
}
_PERSONAL_IDS = frozenset({"account", "handle"})
# What the rest of a record is read by: a denial without its stance would be an assertion, an
# article that was only threatened with would be a charge. Without it nothing of it is told.
_READ_BY: dict[str, frozenset[str]] = {
    "act": frozenset({"act_type", "attempt"}),
    "involvement": frozenset({"role"}),
    "claim": frozenset({"about", "field", "stance", "status"}),
    "citation": frozenset({"capacity"}),
    "proceeding": frozenset({"direction"}),
    "platform_case": frozenset({"outcome"}),
}
# Where the usual value says something, what is kept back is not replaced by it.
_UNSAID: dict[str, str] = {
    "party_kind": "unidentified",
    "source_kind": "other",
    "item_kind": "",
    "update_kind": "",
    "monitoring_status": "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place in a text that names somebody: code points ``start`` to ``end``."""

    start: int
    end: int
    party_id: str


Finder = Callable[[str, frozenset[str]], Sequence[Mention]]
"""Finds mentions in a text; of the parties in the set, also parts of their names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """A name that was replaced in a text, or a field dropped, for one audience.

    Args:
        record_id: The record.
        kind: Its kind.
        field: The field.
        party_id: Whose name it was.
        n_times: How often.
    """

    record_id: str
    kind: str
    field: str
    party_id: str
    n_times: int


def is_visible(record: Record, audience: Audience) -> bool:
    """Return whether a record as such may be seen by an audience."""
    if audience == "internal":
        return True
    if record.kind in DESK_KINDS or record.confidentiality == "vault":
        return False
    return _RANK[_level(record.visibility)] >= _RANK[audience]


def visible(record: Record, audience: Audience) -> Record | None:
    """Return what an audience may see of a record by visibility alone; names stand untouched.

    Args:
        record: The record.
        audience: Who reads.

    Returns:
        The record without what must stay behind; None where all of it must.
    """
    if not is_visible(record, audience):
        return None
    if audience == "internal":
        return record
    kept_back = {
        name
        for name, level in record.field_visibility.items()
        if name in fields_of(type(record)) and _RANK[_level(level)] < _RANK[audience]
    }
    if kept_back & _READ_BY.get(record.kind, frozenset()):
        return None
    dropped = {name: _UNSAID.get(name, _default(record, name)) for name in kept_back}
    for name in _NOT_FOR[audience].get(record.kind, ()):
        dropped[name] = _default(record, name)
    dropped["field_visibility"] = {}
    return _without_internal(dataclasses.replace(record, **dropped))


class Disclosure:
    """The policy for one audience on one day.

    Args:
        audience: Who reads.
        parties: Every party of the casebook, as it stands today.
        accounts: Every account, to know whose items are.
        on: The day of reading.
        finder: Finds the names of those who may not be named; see ``hidden_parties``.
        near: For each record, the parties that its incident concerns.

    Attributes:
        parties: The parties, by id.
        masked: What was replaced so far.
    """

    def __init__(
        self,
        *,
        audience: Audience,
        parties: Iterable[Party],
        accounts: Iterable[Account] = (),
        on: dt.date,
        finder: Finder | None = None,
        near: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        self.audience = audience
        self.on = on
        self.masked: list[Masked] = []
        self.parties = {party.record_id: party for party in parties}
        self._accounts = {account.record_id: account for account in accounts}
        self._finder = finder
        self._near = near or {}

    def learn_near(self, near: Mapping[str, frozenset[str]]) -> None:
        """Take note of whom some incidents concern now; what was known of others stays."""
        self._near = {**self._near, **near}

    def may_name(self, party_id: str) -> bool:
        """Return whether a party may be named; one that is not known may not."""
        party = self.parties.get(party_id)
        return party is not None and naming_of(party, self.audience, on=self.on).may

    def label(self, party_id: str, lang: str) -> str:
        """Return what a party is called that may not be named."""
        party = self.parties.get(party_id) or Party(record_id=party_id)
        return public_label(party, lang, is_minor=is_minor(party, on=self.on))

    def visible(self, record: Record) -> Record | None:
        """Return what the audience may see of a record, names included."""
        shown = visible(record, self.audience)
        if shown is None or self.audience == "internal":
            return shown
        if isinstance(shown, Party):
            if not self.may_name(shown.record_id):
                return self._unnamed(shown)
            return self._without_mentions(shown, skip=("names",))
        without_ids = self._without_ids(shown)
        return None if without_ids is None else self._without_mentions(without_ids)

    def _unnamed(self, party: Party) -> Party:
        """A party under its label: nothing personal, and no memberships that point at it."""
        emptied = _personal_emptied(party)
        labels = tuple(
            p.PersonName(value=self.label(party.record_id, lang), lang=lang, use="public_label")
            for lang in LANGUAGES
        )
        return dataclasses.replace(emptied, names=labels, member_of=())

    def _without_ids(self, record: Record) -> Record | None:
        """Drop what identifies somebody through an account, a post or words about them."""
        if isinstance(record, Account):
            return record if self._may_show(record.record_id) else _personal_emptied(record)
        if isinstance(record, Item):
            shown = self._may_show_item(record)
            return record if shown else _personal_emptied(record)
        if isinstance(record, Indicator):
            return None if record.indicator_type in _PERSONAL_IDS else record
        if isinstance(record, Claim) and record.speaker and not self.may_name(record.speaker):
            lang = next(iter(sorted(record.statement)), "en")
            return dataclasses.replace(
                record,
                speaker_as_text=self.label(record.speaker, lang) if record.speaker_as_text else "",
            )
        return self._without_subject(record)

    def _without_subject(self, record: Record) -> Record:
        party_id = getattr(record, "party", "")
        if isinstance(record, Involvement) or record.kind == "proceeding":
            return record if self.may_name(party_id) else _personal_emptied(record)
        account_id = getattr(record, "account", "")
        if account_id and not self._may_show(account_id):
            return _personal_emptied(record)
        return record

    def _may_show(self, account_id: str) -> bool:
        account = self._accounts.get(account_id)
        if account is None:
            return False
        owner = self.parties.get(account.owner)
        if owner is None and account.owner:
            return False
        return may_show_account(account, owner, self.audience, on=self.on)

    def _may_show_item(self, item: Item) -> bool:
        if item.author and not self.may_name(item.author):
            return False
        return not item.account or self._may_show(item.account)

    def _without_mentions(self, record: Record, skip: tuple[str, ...] = ()) -> Record:
        """Replace the names of those who may not be named, wherever they stand in a text."""
        if self._finder is None:
            return record
        near = self._near.get(record.record_id, frozenset())
        own_lang = _language_of(record)
        changed = {}
        for name, spec in fields_of(type(record)).items():
            if name not in skip:
                value = getattr(record, name)
                masked = self._mask(record, spec, value, (near, own_lang))
                if masked != value:
                    changed[name] = masked
        return dataclasses.replace(record, **changed) if changed else record

    def _mask(
        self, record: Record, spec: FieldSpec, value: Any, how: tuple[frozenset[str], str]
    ) -> Any:
        near, lang = how
        if not value or spec.form in ("term", "terms", "ref", "refs", "visibilities"):
            return value
        if isinstance(value, str):
            return self._mask_text(record, spec, value, how)
        if isinstance(value, Mapping):
            return {
                key: self._mask(record, spec, entry, (near, key if key in LANGUAGES else lang))
                for key, entry in value.items()
            }
        if isinstance(value, list | tuple):
            return type(value)(self._mask(record, spec, entry, how) for entry in value)
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            inside = fields_of(type(value))
            return dataclasses.replace(
                value,
                **{n: self._mask(record, s, getattr(value, n), how) for n, s in inside.items()},
            )
        return value

    def _mask_text(
        self, record: Record, spec: FieldSpec, text: str, how: tuple[frozenset[str], str]
    ) -> str:
        near, lang = how
        mentions = self._finder(text, near) if self._finder else ()
        counts: dict[str, int] = {}
        for mention in mentions:
            counts[mention.party_id] = counts.get(mention.party_id, 0) + 1
        for party_id, n_times in sorted(counts.items()):
            self.masked.append(
                Masked(
                    record_id=record.record_id,
                    kind=record.kind,
                    field=spec.name,
                    party_id=party_id,
                    n_times=n_times,
                )
            )
        if mentions and spec.name == "url":
            return ""
        return replaced(text, mentions, lambda party_id: self.label(party_id, lang))


def _language_of(record: Record) -> str:
    """Return the language that a record's plain lines are likely in: that of its texts."""
    texts = (getattr(record, name) for name in fields_of(type(record)))
    spoken = {lang for one in texts if isinstance(one, Mapping) for lang in one}
    known = sorted(spoken & set(LANGUAGES))
    return getattr(record, "lang", "") or (known[0] if len(known) == 1 else "en")


def hidden_parties(
    parties: Iterable[Party], audience: Audience, *, on: dt.date
) -> tuple[Party, ...]:
    """Return the parties whose names a finder must look for: those who may not be named."""
    return tuple(p for p in parties if not naming_of(p, audience, on=on).may)


def replaced(text: str, mentions: Sequence[Mention], label: Callable[[str], str]) -> str:
    """Return a text with mentions replaced; of two that overlap the first is taken."""
    pieces, end = [], 0
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if mention.start >= end:
            pieces += [text[end : mention.start], label(mention.party_id)]
            end = mention.end
    return "".join([*pieces, text[end:]])


def _level(visibility: str) -> Audience:
    """An empty or unknown level is the narrowest one."""
    return next((a for a in AUDIENCES if a == visibility), "internal")


def _default(value: Any, name: str) -> Any:
    declared = next(f for f in dataclasses.fields(value) if f.name == name)
    if declared.default_factory is not dataclasses.MISSING:
        return declared.default_factory()
    return declared.default


def _without_internal(value: V) -> V:
    return _emptied(value, lambda spec: spec.is_internal)


def _personal_emptied(value: V) -> V:
    return _emptied(value, lambda spec: spec.is_personal)


def _emptied(value: V, is_emptied: Callable[[FieldSpec], bool]) -> V:
    """Return a record or part with some fields at their defaults, inside parts too."""
    changed: dict[str, Any] = {}
    for name, spec in fields_of(type(value)).items():
        before = getattr(value, name)
        after = before
        if is_emptied(spec):
            after = _default(value, name)
        elif spec.form == "part" and before is not None:
            after = _emptied(before, is_emptied)
        elif spec.form == "parts":
            after = tuple(_emptied(entry, is_emptied) for entry in before)
        if after != before:
            changed[name] = after
    return dataclasses.replace(value, **changed) if changed else value  # type: ignore[type-var]
