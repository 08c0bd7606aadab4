"""What a handover is to hold: words of a person resolved to objects, entries and findings."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from undersight.errors import (
    ObjectNotFoundError,
    RedactionRefusedError,
    SealNotFoundError,
    UnknownIncidentError,
    UnknownSelectionError,
)
from undersight.importers.account_archives import is_account_archive
from undersight.integrity.canonical import Digest
from undersight.media.redaction import OPENING_FORMAT, check_record
from undersight.vault.object_names import is_object_name, named_object
from undersight.vault.seals import Seals
from undersight.workbench import (
    deposit_records,
    dossiers,
    findings,
    incidents,
    runs,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from undersight.model.dossier import Dossier
    from undersight.model.records import Incident
    from undersight.workbench.session import Workspace

_MOST_OPENING_BYTES = 4096
_REDACTION_TOOL = "undersight redact"
HANDOVER_KIND = "handover"
_RECORD_KINDS = (deposit_records.DEPOSIT_KIND, deposit_records.CHALLENGE_KIND, HANDOVER_KIND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A redacted copy of an object.

    Args:
        digest: Of the copy.
        record: Digest of the record that goes with it.
    """

    digest: Digest
    record: Digest


@dataclass(slots=True)
class Chosen:
    """What was selected.

    Args:
        objects: Digests, in the order of selection.
        incident_ids: Entries.
        findings: Findings as they may be shown.
        named: Of the objects, those named one by one.
        supports: By object, the entries that it is evidence of, as readers know them.
    """

    objects: dict[Digest, None] = field(default_factory=dict)
    incident_ids: dict[str, None] = field(default_factory=dict)
    findings: list[dict[str, Any]] = field(default_factory=list)
    named: set[Digest] = field(default_factory=set)
    supports: dict[Digest, dict[str, None]] = field(default_factory=dict)


def choose(
    workspace: Workspace,
    words: Sequence[str],
    dossier: Dossier,
    *,
    since: dt.date | None = None,
) -> Chosen:
    """Resolve a selection.

    Args:
        workspace: The workspace.
        words: Ids of entries (also public ids), digests of objects (12 characters at least), ids
            of seals and of findings.
        dossier: What the audience may see; an entry outside it is refused.
        since: Everything taken in from this day on, UTC.

    Raises:
        UnknownSelectionError: A word is none of these.
        NotVisibleError: The audience may not see the entry.
    """
    chosen = Chosen()
    for word in words:
        _choose_one(workspace, word, dossier, chosen)
    if since is not None:
        start = dt.datetime(since.year, since.month, since.day, tzinfo=dt.UTC)
        first_us = int(start.timestamp()) * 1_000_000
        for intake in workspace.vault.intakes():
            if intake.at_us >= first_us and workspace.vault.contains(intake.object):
                chosen.objects[intake.object] = None
    return chosen


def _choose_one(workspace: Workspace, word: str, dossier: Dossier, chosen: Chosen) -> None:
    if word.startswith("f-"):
        chosen.findings.append(_finding(workspace, word))
        return
    if word.startswith("seal-"):
        chosen.objects |= dict.fromkeys(_under_seal(workspace, word))
        return
    if is_object_name(word):
        with suppress(ObjectNotFoundError):
            digest = named_object(workspace.vault, word)
            chosen.objects[digest] = None
            chosen.named.add(digest)
            return
    try:
        incident = incidents.find_incident(workspace, word)
    except UnknownIncidentError as error:
        raise UnknownSelectionError(word) from error
    _add_entry(workspace, incident, dossier, chosen)


def _under_seal(workspace: Workspace, seal_id: str) -> list[Digest]:
    seals = Seals(workspace.vault)
    try:
        seal = seals.read(seal_id)
    except SealNotFoundError as error:
        raise UnknownSelectionError(seal_id) from error
    there = (leaf.object for leaf in seals.leaves(seal))
    return [one for one in there if workspace.vault.contains(one)]


def _add_entry(workspace: Workspace, incident: Incident, dossier: Dossier, chosen: Chosen) -> None:
    """Add an entry and the evidence of those of its records that the audience may see."""
    from undersight.errors import NotVisibleError

    incident_id = incident.record_id
    if dossier.get(incident_id) is None:
        raise NotVisibleError(incident_id, dossier.audience)
    chosen.incident_ids[incident_id] = None
    family = dossiers.of_incident(workspace, incident_id)
    for record in family.records():
        if dossier.get(record.record_id) is None:
            continue
        for named in getattr(record, "evidence", ()):
            digest = Digest(named)
            if workspace.vault.contains(digest):
                chosen.objects[digest] = None
                entries = chosen.supports.setdefault(digest, {})
                entries[incident.public_id or incident_id] = None


def _finding(workspace: Workspace, finding_id: str) -> dict[str, Any]:
    """Return a finding of the newest run that has it, masked."""
    for run_id in reversed(runs.run_ids(workspace)):
        stored = runs.read_run(workspace, run_id)
        for one in stored.findings:
            if one.finding_id == finding_id:
                shown = findings.show(one, findings.sources_of(workspace, stored))
                return {**shown, "run_id": run_id, "corpus_digest": stored.run.corpus_digest}
    raise UnknownSelectionError(finding_id)


def redacted_copies(workspace: Workspace) -> dict[Digest, Copy]:
    """Return the newest redacted copy of each object that has one."""
    copies: list[Copy] = []
    openings: list[Digest] = []
    for intake in workspace.vault.intakes():
        if intake.facts.get("tool") != _REDACTION_TOOL:
            continue
        record = intake.facts.get("redaction_record", "")
        if record:
            copies.append(Copy(digest=intake.object, record=Digest(record)))
        elif intake.n_bytes <= _MOST_OPENING_BYTES:
            openings.append(intake.object)
    by_record = {str(one["record"]): one for one in _opened(workspace, openings)}
    found = {}
    for copy in copies:
        opening = by_record.get(copy.record)
        original = opening and _original(workspace, copy, opening["bytes"])
        if original:
            found[original] = copy
    return found


def _opened(workspace: Workspace, digests: Sequence[Digest]) -> list[dict[str, Any]]:
    found = []
    for digest in digests:
        if workspace.vault.contains(digest):
            data = bytes_of(workspace, digest)
            if data.startswith(b"{") and OPENING_FORMAT.encode() in data:
                found.append({**json.loads(data), "bytes": data, "digest": digest})
    return found


def _original(workspace: Workspace, copy: Copy, opening: bytes) -> Digest | None:
    if not workspace.vault.contains(copy.record) or not workspace.vault.contains(copy.digest):
        return None
    try:
        return check_record(bytes_of(workspace, copy.record), copy.digest, opening)
    except RedactionRefusedError:
        return None  # an opening of another record


def kept_back(workspace: Workspace, chosen: Collection[Digest]) -> frozenset[Digest]:
    """Return objects that go along only when they are named one by one, whoever receives them.

    They are platforms' own archives (contacts, telephone numbers and network addresses of others),
    deposited or imported, records that name files, what opens a redaction, and evidence of entries
    about people who were withdrawn since: somebody is to decide about it first.

    Args:
        workspace: The workspace.
        chosen: The objects in question.
    """
    archives = {
        file.object
        for deposit in deposit_records.all_deposits(workspace)
        for file in deposit.files
        if file.role == "archive"
    } | {digest for digest in chosen if _is_archive(workspace, digest)}
    records = {
        intake.object
        for intake in workspace.vault.intakes()
        if intake.facts.get("kind", "") in _RECORD_KINDS
    }
    small = [
        intake.object
        for intake in workspace.vault.intakes()
        if intake.facts.get("tool") == _REDACTION_TOOL and intake.n_bytes <= _MOST_OPENING_BYTES
    ]
    openings = {Digest(str(one["digest"])) for one in _opened(workspace, small)}
    withdrawn = {Digest(one) for one in workspace.casebook.evidence_left()}
    return frozenset(archives | records | openings | withdrawn)


def _is_archive(workspace: Workspace, digest: Digest) -> bool:
    """Return whether an object is a platform's own archive, whatever it was called."""
    with workspace.vault.open(digest) as stream:
        return is_account_archive(stream)


def bytes_of(workspace: Workspace, digest: Digest) -> bytes:
    """Return an object whole; for small ones."""
    with workspace.vault.open(digest) as stream:
        return stream.read()
