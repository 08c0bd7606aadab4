"""Fields that colleagues set to different values: side by side, and decided by a person."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undersight.errors import NoSuchDisagreementError, UnknownRecordError
from undersight.model.change import RETRACTION, known_to, latest_writes
from undersight.model.records import (
    KINDS,
    Account,
    Act,
    Claim,
    Incident,
    Involvement,
    Party,
    Update,
)
from undersight.model.schema import fields_of
from undersight.presentation import field_words
from undersight.workbench import field_inputs, showing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from undersight.model.change import Candidate, Change, Conflict, Op
    from undersight.model.records import Record
    from undersight.workbench.session import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the values that stand side by side.

    Args:
        change_id: The change that set it.
        author: Staff id of who set it.
        at_us: When, µs since 1970 UTC.
        text: The value as the input of a form would hold it, words of vocabularies in words.
        is_shown: Whether it is the one that pages show meanwhile.
    """

    change_id: str
    author: str
    at_us: int
    text: str
    is_shown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A field with several values.

    Args:
        record_id: The record.
        kind: Its kind.
        field: The field; ``is_retracted`` where one took out what another kept.
        about: What the record is, in a few words.
        incident_id: The entry it belongs to; empty for none.
        sides: The values, in order of time.
        before: What all of them knew it to be, in words; empty where it said nothing.
    """

    record_id: str
    kind: str
    field: str
    about: str
    incident_id: str
    sides: tuple[Side, ...]
    before: str = ""


def all_of(workspace: Workspace, *, lang: str) -> tuple[Disagreement, ...]:
    """Return every disagreement that stands, by record and field."""
    return described(workspace, workspace.casebook.conflicts(), lang=lang)


def described(
    workspace: Workspace,
    conflicts: Iterable[Conflict],
    *,
    lang: str,
    titles: Mapping[str, str] | None = None,
    brought: Iterable[Change] = (),
) -> tuple[Disagreement, ...]:
    """Return conflicts in words.

    Args:
        workspace: The workspace.
        conflicts: The conflicts.
        lang: Language of words from vocabularies.
        titles: Titles of entries that are not recorded here, by id.
        brought: Changes that are not recorded here.
    """
    found = []
    coming: dict[str, list[Change]] = defaultdict(list)
    for change in brought:
        coming[change.record_id].append(change)
    for one in conflicts:
        record = _record(workspace, one.record_id)
        about, incident_id = _about(workspace, record, lang)
        last = len(one.candidates) - 1
        found.append(
            Disagreement(
                record_id=one.record_id,
                kind=one.kind,
                field=one.field,
                about=about or (titles or {}).get(one.record_id, ""),
                incident_id=incident_id,
                sides=tuple(
                    _side(one, candidate, lang, is_shown=place == last)
                    for place, candidate in enumerate(one.candidates)
                ),
                before=_text_before(
                    one,
                    (*workspace.casebook.changes_of(one.record_id), *coming[one.record_id]),
                    lang,
                ),
            )
        )
    return tuple(found)


def to_json(workspace: Workspace, conflicts: Iterable[Conflict]) -> list[dict[str, Any]]:
    """Return conflicts for a program, and in words in the workspace's language.

    Args:
        workspace: The workspace.
        conflicts: The conflicts.
    """
    found = tuple(conflicts)
    lang = workspace.words_lang
    told = described(workspace, found, lang=lang)
    return [
        {
            "record_id": one.record_id,
            "kind": one.kind,
            "field": one.field,
            "label": field_words.field_word(one.field, lang),
            "about": words.about,
            "incident_id": words.incident_id,
            "before": words.before,
            "candidates": [
                {
                    "change_id": candidate.change_id,
                    "author": candidate.author,
                    "at_us": candidate.at_us,
                    "value": candidate.value,
                    "text": side.text,
                }
                for candidate, side in zip(one.candidates, words.sides, strict=True)
            ],
        }
        for one, words in zip(found, told, strict=True)
    ]


def decide(
    workspace: Workspace, record_id: str, field: str, change_id: str, *, why: str
) -> tuple[str, ...]:
    """Let one of the values stand, and return the ids of the changes that say so.

    Args:
        workspace: Open for writing.
        record_id: The record.
        field: The field.
        change_id: The change whose value stands from now on.
        why: The reason, for the history.

    Raises:
        NoSuchDisagreementError: The field has one value, or none from this change.
    """
    for one in workspace.casebook.conflicts():
        if (one.record_id, one.field) != (record_id, field):
            continue
        for candidate in one.candidates:
            if candidate.change_id == change_id:
                return _settle(workspace, one, candidate.value, why)
    raise NoSuchDisagreementError(record_id, field)


def _settle(workspace: Workspace, one: Conflict, value: Any, why: str) -> tuple[str, ...]:
    from undersight.casebook import PendingChange

    if one.field != RETRACTION:
        draft = PendingChange(record_id=one.record_id, fields={one.field: value})
        return tuple(c.change_id for c in workspace.casebook.write(draft, why=why))
    # Whoever took it out and whoever kept it: both steps, so that the last knows of all.
    steps: tuple[Op, ...] = ("restore", "retract") if value else ("retract", "restore")
    drafts = [PendingChange(record_id=one.record_id, op=step) for step in steps]
    done = [c for draft in drafts for c in workspace.casebook.write(draft, why=why)]
    return tuple(change.change_id for change in done)


def _side(one: Conflict, candidate: Candidate, lang: str, *, is_shown: bool) -> Side:
    return Side(
        change_id=candidate.change_id,
        author=candidate.author,
        at_us=candidate.at_us,
        text=_text(one, candidate.value, lang),
        is_shown=is_shown,
    )


def _text_before(one: Conflict, changes: Iterable[Change], lang: str) -> str:
    """What the field was when everybody who set it apart last knew the same."""
    all_of_them = tuple(changes)
    shared: set[str] | None = None
    for candidate in one.candidates:
        knew = {change.change_id for change in known_to(candidate.change_id, all_of_them)}
        shared = knew if shared is None else shared & knew
    common = [change for change in all_of_them if change.change_id in (shared or ())]
    writes = latest_writes(one.field, common)
    return _text(one, writes[-1].writes()[one.field], lang) if writes else ""


def _text(one: Conflict, value: Any, lang: str) -> str:
    if one.field == RETRACTION:
        return "yes" if value else ""
    spec = fields_of(KINDS[one.kind])[one.field]
    return field_inputs.value_text(spec, value, lang=lang)


def _record(workspace: Workspace, record_id: str) -> Record | None:
    try:
        return workspace.casebook.get(record_id)
    except UnknownRecordError:
        return None


def _about(workspace: Workspace, record: Record | None, lang: str) -> tuple[str, str]:
    """Return what a record is in a few words, and the entry it belongs to."""
    own, above = "", ""
    if isinstance(record, Incident):
        return showing.title_of(record, lang), record.record_id
    if isinstance(record, Party):
        own = " · ".join(name.value for name in record.names)
    elif isinstance(record, Account):
        own = record.title
    elif isinstance(record, Act | Update):
        above = record.incident
    elif isinstance(record, Involvement):
        above = record.act
        own = _about(workspace, _record(workspace, record.party), lang)[0]
    elif isinstance(record, Claim):
        above = record.about
    else:
        above = str(getattr(record, "incident", "") or getattr(record, "act", ""))
    if not above:
        return own, ""
    entry, incident_id = _about(workspace, _record(workspace, above), lang)
    return " – ".join(filter(None, (own, entry))), incident_id
