"""A colleague's bundle that came and was not let in yet: kept as it is, looked at, decided on.

A bundle stays as it came, encrypted for whoever works here, until somebody lets it in or throws
it away. Looking at it does all that letting it in would do, and takes everything back.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from undersight.errors import IntegrityError, UnknownBundleError, UnknownRecordError
from undersight.integrity import durable
from undersight.model.change import change_from_json, fold
from undersight.model.records import Incident
from undersight.vault.bundle import open_bundle
from undersight.workbench import disagreements, sharing, showing, traces

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from undersight.casebook.mentions import Mentions
    from undersight.model.change import Change
    from undersight.workbench.disagreements import Disagreement
    from undersight.workbench.session import Workspace

_FOLDER, _SUFFIX = "bundles", ".undersight"
_ID_LENGTH = 32
_ABOVE = ("incident", "act", "about")
_MOST_ENTRIES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """An entry that a bundle makes or changes.

    Args:
        incident_id: The entry.
        title: Its title as the colleague has it.
        is_new: Whether it is not recorded here.
        n_changes: How many changes are new here.
        kinds: How many of them by kind of record, by kind.
    """

    incident_id: str
    title: str
    is_new: bool
    n_changes: int
    kinds: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What letting a bundle in would do.

    Args:
        bundle_id: The bundle.
        sender: Staff id of whoever signed it.
        at_us: When, by the sender's clock, µs since 1970 UTC.
        n_changes: Changes in it.
        n_new: Changes that would come in.
        n_known: Changes that are here already.
        n_waiting: Changes that would wait for others that have not come.
        n_refused: Changes whose author had not heard of a withdrawal.
        n_withdrawn: People who would be taken out here too.
        n_ahead: Changes dated more than a day ahead of this computer's clock.
        n_in_my_name: Changes in the name of whoever works here that are not here.
        renumbered: Old and new public id of entries that would take another.
        entries: Entries made or changed, the most changed first.
        others: New changes outside entries, by kind.
        conflicts: Fields on which both would stand with different values.
    """

    bundle_id: str
    sender: str
    at_us: int
    n_changes: int
    n_new: int
    n_known: int
    n_waiting: int
    n_refused: int
    n_withdrawn: int
    n_ahead: int = 0
    n_in_my_name: int = 0
    renumbered: tuple[tuple[str, str], ...] = ()
    entries: tuple[Brought, ...] = ()
    others: tuple[tuple[str, int], ...] = ()
    conflicts: tuple[Disagreement, ...] = field(default=())


def hold(workspace: Workspace, raw: bytes) -> str:
    """Keep a bundle that came, and return its id; what is none, or not for us, is refused.

    Args:
        workspace: Open for writing.
        raw: The file's bytes.

    Raises:
        UndersightError: It is not for us, not by a colleague, or damaged.
    """
    open_bundle(raw, reader=workspace.staff, colleagues=sharing.colleagues(workspace).values())
    bundle_id = hashlib.sha256(raw).hexdigest()[:_ID_LENGTH]
    path = _path(workspace, bundle_id)
    with durable.disk_errors(path):
        durable.make_folder(path.parent)
        durable.write_atomic(path, raw)
    return bundle_id


def waiting(workspace: Workspace) -> tuple[str, ...]:
    """Return the ids of the bundles that nobody decided on, in order of id."""
    return tuple(sorted(path.stem for path in _folder(workspace).glob(f"*{_SUFFIX}")))


def foresee(workspace: Workspace, bundle_id: str, *, lang: str) -> Foreseen:
    """Return what letting a bundle in would do.

    Args:
        workspace: Open for writing: the merge is done and taken back.
        bundle_id: The bundle.
        lang: Language of the titles, where they have it.

    Raises:
        UnknownBundleError: There is none of this id.
        UndersightError: It cannot be let in.
    """
    bundle = open_bundle(
        content(workspace, bundle_id),
        reader=workspace.staff,
        colleagues=sharing.colleagues(workspace).values(),
    )
    changes = [change_from_json(change) for change in bundle.changes]
    report = workspace.casebook.foresee(changes)
    entries, others = _brought(workspace, changes, frozenset(report.applied), lang)
    return Foreseen(
        bundle_id=bundle_id,
        sender=bundle.sender.staff_id,
        at_us=bundle.at_us,
        n_changes=len(changes),
        n_new=len(report.applied),
        n_known=report.n_known,
        n_waiting=len(report.held),
        n_refused=len(report.refused),
        n_withdrawn=sum(len(one.party_ids) for one in report.withdrawals),
        n_ahead=len(report.ahead),
        n_in_my_name=report.in_my_name,
        renumbered=tuple((one.before, one.after) for one in report.renumbered),
        entries=entries,
        others=others,
        conflicts=disagreements.described(
            workspace,
            report.conflicts,
            lang=lang,
            titles={e.incident_id: e.title for e in entries},
            brought=changes,
        ),
    )


def let_in(workspace: Workspace, bundle_id: str) -> dict[str, Any]:
    """Merge a bundle, and return what came of it as `merge` does.

    Raises:
        UnknownBundleError: There is none of this id.
        UndersightError: It cannot be let in; nothing was.
    """
    done = merge(workspace, content(workspace, bundle_id))
    if bundle_id in waiting(workspace):  # it may name whoever it takes out, and be gone already
        throw_away(workspace, bundle_id)
    return done


def merge(workspace: Workspace, raw: bytes) -> dict[str, Any]:
    """Let a colleague's changes in, all or nothing, and say what came of it.

    Raises:
        UndersightError: The bundle is not for us, not by a colleague, or damaged.
    """
    bundle = open_bundle(
        raw, reader=workspace.staff, colleagues=sharing.colleagues(workspace).values()
    )
    report = workspace.casebook.apply([change_from_json(change) for change in bundle.changes])
    for one in report.withdrawals:
        traces.take_out(workspace, one.identity)
        let_go_naming(workspace, one.identity.mentions())
    if report.withdrawals:
        workspace.kept.clear()
    return {
        "sender": bundle.sender.staff_id,
        "read": len(bundle.changes),
        "applied": len(report.applied),
        "known": report.n_known,
        "held": [{"change_id": h.change_id, "missing": list(h.missing)} for h in report.held],
        "refused": [
            {"change_id": r.change_id, "record_id": r.record_id, "author": r.author}
            for r in report.refused
        ],
        "conflicts": disagreements.to_json(workspace, report.conflicts),
        "renumbered": [str(r) for r in report.renumbered],
        "ahead": [
            {"change_id": c.change_id, "author": c.author, "at_us": c.at_us} for c in report.ahead
        ],
        "in_my_name": report.in_my_name,
        "withdrawn": sum(len(one.party_ids) for one in report.withdrawals),
    }


def let_go_naming(workspace: Workspace, find: Mentions) -> int:
    """Remove bundles that nobody decided on and that name somebody; return how many.

    Args:
        workspace: Open for writing.
        find: Finds the person who was taken out.
    """
    senders = sharing.colleagues(workspace).values()
    n_gone = 0
    for bundle_id in waiting(workspace):
        raw = content(workspace, bundle_id)
        try:
            opened = open_bundle(raw, reader=workspace.staff, colleagues=senders)
        except IntegrityError:
            is_named = True  # its sender is no colleague any more: it can never be let in
        else:
            is_named = traces.is_named([dict(one) for one in opened.changes], find)
        if is_named:
            throw_away(workspace, bundle_id)
            n_gone += 1
    return n_gone


def throw_away(workspace: Workspace, bundle_id: str) -> None:
    """Remove a bundle without letting it in.

    Raises:
        UnknownBundleError: There is none of this id.
    """
    path = _path(workspace, bundle_id)
    content(workspace, bundle_id)
    with durable.disk_errors(path):
        durable.remove(path)


def _brought(
    workspace: Workspace, changes: Iterable[Change], new: frozenset[str], lang: str
) -> tuple[tuple[Brought, ...], tuple[tuple[str, int], ...]]:
    """Sort the new changes by the entry that they belong to."""
    by_record: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        by_record[change.record_id].append(change)
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for record_id, its in by_record.items():
        n_new = sum(change.change_id in new for change in its)
        if n_new:
            kinds[_owner(by_record, record_id)][its[0].kind] += n_new
    others = kinds.pop("", Counter())
    found = [
        Brought(
            incident_id=incident_id,
            title=_title(workspace, by_record.get(incident_id, ()), incident_id, lang),
            is_new=not _is_here(workspace, incident_id),
            n_changes=counts.total(),
            kinds=tuple(sorted(counts.items())),
        )
        for incident_id, counts in kinds.items()
    ]
    ordered = sorted(found, key=lambda one: (-one.n_changes, one.incident_id))[:_MOST_ENTRIES]
    return tuple(ordered), tuple(sorted(others.items()))


def _owner(by_record: Mapping[str, list[Change]], record_id: str) -> str:
    """Return the entry that a record of a bundle belongs to; empty for none."""
    seen: set[str] = set()
    while record_id and record_id not in seen:
        seen.add(record_id)
        changes = by_record.get(record_id, [])
        if changes and changes[0].kind == "incident":
            return record_id
        above = [str(c.fields[n]) for c in changes for n in _ABOVE if c.fields.get(n)]
        record_id = above[-1] if above else ""
    return ""


def _title(workspace: Workspace, changes: Iterable[Change], incident_id: str, lang: str) -> str:
    folded = fold(changes)
    titles = dict(folded.fields.get("title") or {}) if folded else {}
    if titles:
        return str(titles.get(lang) or next(iter(titles.values())))
    try:
        known = workspace.casebook.get(incident_id)
    except UnknownRecordError:
        return ""
    return showing.title_of(known, lang) if isinstance(known, Incident) else ""


def _is_here(workspace: Workspace, record_id: str) -> bool:
    try:
        workspace.casebook.find(record_id)
    except UnknownRecordError:
        return False
    return True


def content(workspace: Workspace, bundle_id: str) -> bytes:
    """Return a bundle as it came.

    Raises:
        UnknownBundleError: There is none of this id.
    """
    is_id = len(bundle_id) == _ID_LENGTH and set(bundle_id) <= set("0123456789abcdef")
    path = _path(workspace, bundle_id)
    if not is_id or not path.is_file():
        raise UnknownBundleError(bundle_id[:40])
    with durable.disk_errors(path):
        return path.read_bytes()


def _folder(workspace: Workspace) -> Path:
    return workspace.layout.root / _FOLDER


def _path(workspace: Workspace, bundle_id: str) -> Path:
    return _folder(workspace) / f"{bundle_id}{_SUFFIX}"
