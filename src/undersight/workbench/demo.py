"""The demo: a year's log of an invented country, drafted, confirmed, sealed, published."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from undersight.model.records import Incident, Involvement, Party
from undersight.settings import Profile
from undersight.synth import qaravel
from undersight.workbench import (
    drafting,
    drafts,
    forms,
    incidents,
    outputs,
    people,
    publishing,
    updates,
)
from undersight.workbench.session import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_PROFILE = Profile(
    title="Qaravel Speech Log (an invented country)",
    jurisdiction="QV",
    languages=("en", "az", "ru", "tr"),
)
_EXPORTS = (("csv", "tables"), ("jsonl", "log.jsonl"), ("stix", "log.stix.json"),
            ("ftm", "log.ftm.json"), ("atom", "log.atom.xml"))  # fmt: skip
_INVENTED = "Nobody in this log exists."


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoMade:
    """What the demo made.

    Args:
        folder: The workspace.
        site: The site's first page.
        exports: Files and folders for machines.
        n_entries: Entries published.
        n_drafted: Entries drafted from running logs and left internal, to walk through.
        n_fields: Fields proposed in them.
    """

    folder: Path
    site: Path
    exports: tuple[Path, ...]
    n_entries: int
    n_drafted: int
    n_fields: int


@dataclass(slots=True)
class _Calendar:
    """A clock that stands on the day an entry was recorded."""

    day: dt.date
    n_ticks: int = 0

    def __call__(self) -> int:
        self.n_ticks += 1
        noon = dt.datetime(self.day.year, self.day.month, self.day.day, 12, tzinfo=dt.UTC)
        return int(noon.timestamp()) * 1_000_000 + self.n_ticks


def build(folder: Path, *, progress: Callable[[str], object] = str) -> DemoMade:
    """Make the demo's workspace, its site and its exports.

    Args:
        folder: A folder that does not exist yet, or is empty.
        progress: Called with a few words at each step.

    Raises:
        FolderNotEmptyError: Something is in the folder.
    """
    entries = qaravel.entries()
    calendar = _Calendar(dt.date.fromisoformat(str(entries[0]["recorded"])))
    with Workspace.create(folder, _PROFILE, passphrase=None, clock=calendar) as workspace:
        progress("recording entries")
        stored = [_record(workspace, calendar, entry) for entry in entries]
        progress("drafting from running logs")
        calendar.day = max(_last_day(entry) for entry in entries)
        n_drafted, n_fields = _draft_logs(workspace)
        progress("writing the site")
        exports = folder / "exports"
        site = outputs.site(
            workspace, exports / "site", audience="public", contact="desk@qaravel-log.example"
        )
        progress("writing the exports")
        made = [
            outputs.export(workspace, format_id, exports / name, audience="public").start
            for format_id, name in _EXPORTS
        ]
    return DemoMade(
        folder=folder,
        site=site.start,
        exports=tuple(made),
        n_entries=sum(stored),
        n_drafted=n_drafted,
        n_fields=n_fields,
    )


def _record(workspace: Workspace, calendar: _Calendar, entry: dict[str, Any]) -> bool:
    """Record one entry and what came later, each on its day; tell whether it was published."""
    calendar.day = dt.date.fromisoformat(str(entry["recorded"]))
    text = forms.form_text(entry["document"])
    document = dict(entry["document"])
    document["evidence"] = [
        incidents.seal_text(workspace, text, reason="text of a demo entry", name="demo")
    ]
    done = incidents.add(workspace, document, why="confirmed by the monitor")
    _allow_names(workspace, done.incident_id, entry.get("name", {}))
    is_public = bool(entry.get("publish", True))
    if is_public:
        _publish(workspace, done.incident_id)
    for step in entry.get("later", ()):
        calendar.day = dt.date.fromisoformat(str(step["on"]))
        _later(workspace, done.incident_id, step)
        if is_public:
            _publish(workspace, done.incident_id)
    return is_public


def _later(workspace: Workspace, incident_id: str, step: dict[str, Any]) -> None:
    incident = workspace.casebook.get(incident_id)
    if not isinstance(incident, Incident):
        raise TypeError(incident_id)
    if "edit" in step:
        updates.edit(workspace, incident_id, step["edit"], why=str(step.get("why", "corrected")))
        return
    addition = updates.Addition(
        note=str(step["note"]),
        kind=str(step.get("kind", "new_fact")),
        published=str(step["on"]),
        sources=tuple(step.get("sources", ())),
        denial_by=str(step.get("denial_by", "")),
        parts=step.get("parts", {}),
        lang=str(step.get("lang", incident.lang or workspace.lang)),
    )
    updates.append(workspace, incident, addition)


def _allow_names(workspace: Workspace, incident_id: str, reasons: dict[str, str]) -> None:
    """Allow the names that the entry gives a reason for (``consent`` or words)."""
    for act in workspace.casebook.referring(incident_id, kind="act", field="incident"):
        for part in workspace.casebook.referring(act.record_id, kind="involvement", field="act"):
            party = workspace.casebook.get(part.party) if isinstance(part, Involvement) else None
            if not isinstance(party, Party) or party.public_exposure != "unknown":
                continue
            for name in party.names:
                reason = reasons.get(name.value)
                if reason:
                    is_agreed = reason == "consent"
                    people.allow_naming(
                        workspace,
                        party.record_id,
                        consent="name" if is_agreed else "",
                        reason="" if is_agreed else reason,
                        risk=_INVENTED,
                    )
                    break


def _publish(workspace: Workspace, incident_id: str) -> None:
    findings = publishing.harm_findings(workspace, (incident_id,), audience="public")
    for finding in publishing.unanswered(workspace, findings):
        publishing.answer(workspace, finding, verdict="no_risk", note=_INVENTED)
    incident = workspace.casebook.get(incident_id)
    if isinstance(incident, Incident):
        publishing.publish(workspace, incident)


def _draft_logs(workspace: Workspace) -> tuple[int, int]:
    """Draft entries from the running logs; they stay internal, for the reader to look at."""
    n_entries = n_fields = 0
    for name, text in qaravel.logs():
        proposal = drafts.propose(text.encode("utf-8"), name=name, context_date=workspace.today)
        digest = incidents.seal_text(workspace, text, reason="running log", name=name)
        for proposed in proposal.draft.entries:
            kept = dict(enumerate(proposed.fields))
            confirmed = drafting.confirmed_entry(proposal.text, proposed, kept, lang=proposal.lang)
            document = {**confirmed.document, "evidence": [digest]}
            incidents.add(workspace, document, why="drafted from a running log")
            n_entries += 1
            n_fields += len(proposed.fields)
    return n_entries, n_fields


def _last_day(entry: dict[str, Any]) -> dt.date:
    days = [str(entry["recorded"]), *(str(step["on"]) for step in entry.get("later", ()))]
    return dt.date.fromisoformat(max(days))
