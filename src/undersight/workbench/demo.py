"""The demo: a year's log of an invented country, drafted, confirmed, sealed, published."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from undersight.casebook import PendingChange
from undersight.casebook.days import now_us
from undersight.casebook.identifiers import IdSource
from undersight.errors import UnknownKeyError
from undersight.integrity import durable
from undersight.model.records import Incident, Involvement, Party
from undersight.settings import Profile
from undersight.synth import qaravel
from undersight.workbench import (
    demo_crowd,
    demo_deposits,
    demo_seals,
    drafts,
    incidents,
    outputs,
    people,
    publishing,
    updates,
)
from undersight.workbench.session import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from undersight.casebook.harm import HarmFinding
    from undersight.workbench.recovery import Recovery

_PROFILE = Profile(
    title="Qaravel Speech Log (an invented country)",
    jurisdiction="QV",
    languages=("en", "az", "ru", "tr"),
)
_EXPORTS = (("csv", "tables"), ("jsonl", "log.jsonl"), ("stix", "log.stix.json"),
            ("ftm", "log.ftm.json"), ("atom", "log.atom.xml"))  # fmt: skip


_NO_RISK = "Nobody in this log exists."


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoMade:
    """What the demo made.

    Args:
        folder: The workspace.
        site: The site's first page.
        exports: Files and folders for machines.
        n_entries: Entries published.
        n_drafted: Entries proposed from running logs, left for a person to walk through.
        n_fields: Fields proposed in them.
        seals: The demo's own seals over what it was made from and what it published.
        crowd: What a detection run made of an invented comment section.
        recovery: What two deposits of a page tell about its loss.
    """

    folder: Path
    site: Path
    exports: tuple[Path, ...]
    n_entries: int
    n_drafted: int
    n_fields: int
    seals: demo_seals.DemoSeals
    crowd: demo_crowd.CrowdTally
    recovery: Recovery


@dataclass(slots=True)
class Calendar:
    """A clock that stands on the day an entry was recorded.

    Args:
        day: That day.
        n_ticks: How often it was asked: no two records are written at the same time.
    """

    day: dt.date
    n_ticks: int = 0

    def __call__(self) -> int:
        """Return noon of the day and a little, epoch microseconds UTC."""
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
    calendar = Calendar(dt.date.fromisoformat(str(entries[0]["recorded"])))
    with Workspace.create(folder, _PROFILE, passphrase=None, clock=calendar) as workspace:
        progress("recording entries")
        record_year(workspace, calendar, entries)
        progress("drafting from running logs")
        n_drafted, n_fields = _draft_logs(workspace)
        progress("looking for crowds in a comment section")
        crowd = demo_crowd.look_for_crowds(workspace, folder / "crowd")
        progress("writing the site")
        exports = folder / "exports"
        checked = publishing.checked_dossier(workspace, audience="public")
        site = outputs.site(
            workspace,
            exports / "site",
            audience="public",
            contact="desk@qaravel-log.example",
            dossier=checked,
        )
        progress("writing the exports")
        made = [
            outputs.export(
                workspace, format_id, exports / name, audience="public", dossier=checked
            ).start
            for format_id, name in _EXPORTS
        ]
        progress("sealing what it was made from and what it published")
        time = demo_seals.DemoTime(workspace)
        seals = demo_seals.seal_all(workspace, (exports,), time)
        progress("leaving two deposits of a page")
        recovery = demo_deposits.deposit_twice(workspace, calendar, time)
    return DemoMade(
        folder=folder,
        site=site.start,
        exports=tuple(made),
        n_entries=sum(map(_is_public, entries)),
        n_drafted=n_drafted,
        n_fields=n_fields,
        seals=seals,
        crowd=crowd,
        recovery=recovery,
    )


def record_year(
    workspace: Workspace, calendar: Calendar, entries: Sequence[Mapping[str, Any]]
) -> None:
    """Record everybody who comes up, then entries and updates, each on its day.

    What a month has brought is published together on the last of these days, so that the harm
    check looks at it as a whole.

    Args:
        workspace: Open for writing, its clock the calendar.
        calendar: Set to each day in turn.
        entries: As ``synth.qaravel.entries`` gives them.

    Raises:
        InputError: Something in an entry is wrong; the sentence names the place.
    """
    names = _record_registers(workspace)
    steps = sorted(
        (
            (str(step["on"] if is_later else step["recorded"]), is_later, n, entry, step)
            for n, entry in enumerate(entries)
            for is_later, step in ((False, entry), *((True, s) for s in entry.get("later", ())))
        ),
        key=lambda one: one[:3],
    )
    for _, of_month in groupby(steps, key=lambda one: one[0][:7]):
        ready: dict[str, None] = {}
        for day, is_later, _, entry, step in of_month:
            calendar.day = dt.date.fromisoformat(day)
            if is_later:
                _later(workspace, names, entry, step)
            else:
                _record(workspace, names, entry)
            if _is_public(entry):
                ready[names[str(entry["key"])]] = None
        publishing.publish_together(workspace, tuple(ready), answers=_invented)
    published = tuple(names[str(entry["key"])] for entry in entries if _is_public(entry))
    publishing.review(workspace, published, _invented)


def _record_registers(workspace: Workspace) -> dict[str, str]:
    """Record people, outlets, offices and articles; return ids by ``key``."""
    new_id = IdSource(now_us)
    everybody = qaravel.people()
    names = {str(person["key"]): new_id() for person in everybody}
    changes = [
        PendingChange(
            kind="party",
            record_id=names[str(person["key"])],
            fields=_resolved({n: v for n, v in person.items() if n != "key"}, names, ""),
            is_new=True,
        )
        for person in everybody
    ]
    changes += [
        PendingChange(kind="provision", record_id=new_id(), fields=law, is_new=True)
        for law in qaravel.laws()
    ]
    workspace.casebook.write(*changes, why="people, outlets, offices and laws")
    return names


def _record(workspace: Workspace, names: dict[str, str], entry: Mapping[str, Any]) -> None:
    key, text = str(entry["key"]), str(entry["text"])
    document = _resolved(entry["document"], names, key)
    document["evidence"] = [
        incidents.seal_text(workspace, text, reason="text of a demo entry", name="demo")
    ]
    done = incidents.add(workspace, document, why="confirmed by the monitor")
    names |= {f"{key}/{part}": record_id for part, record_id in done.keys.items()}
    names[key] = done.incident_id
    _allow_names(workspace, done.incident_id, entry.get("name", {}))


def _later(
    workspace: Workspace, names: dict[str, str], entry: Mapping[str, Any], given: Mapping[str, Any]
) -> None:
    key = str(entry["key"])
    step = _resolved(dict(given), names, key)
    incident = workspace.casebook.get(names[key])
    if not isinstance(incident, Incident):
        raise TypeError(key)
    if "edit" in step:
        edited = str(step.get("record", incident.record_id))
        updates.edit(workspace, edited, step["edit"], why=str(step.get("why", "corrected")))
        return
    addition = updates.Addition(
        note=step["note"],
        kind=str(step.get("kind", "new_fact")),
        published=str(step["on"]),
        sources=tuple(step.get("sources", ())),
        denial_by=str(step.get("denial_by", "")),
        denial_of=str(step.get("denial_of", "")),
        parts=step.get("parts", {}),
        lang=str(step.get("lang", incident.lang or workspace.lang)),
    )
    updates.append(workspace, incident, addition)
    _allow_names(workspace, incident.record_id, entry.get("name", {}))


def _resolved(value: Any, names: Mapping[str, str], key: str) -> Any:
    """Put ids where ``"@key"`` stands, a part of the same entry first.

    Raises:
        UnknownKeyError: Nothing of that key was recorded before.
    """
    if isinstance(value, dict):
        return {name: _resolved(v, names, key) for name, v in value.items()}
    if isinstance(value, list):
        return [_resolved(v, names, key) for v in value]
    if not isinstance(value, str) or not value.startswith("@"):
        return value
    for name in (f"{key}/{value[1:]}", value[1:]):
        if name in names:
            return names[name]
    raise UnknownKeyError(key, value, tuple(sorted(names)))


def _is_public(entry: Mapping[str, Any]) -> bool:
    return bool(entry.get("publish", True))


def _allow_names(workspace: Workspace, incident_id: str, reasons: dict[str, str]) -> None:
    """Allow the names that the entry gives a reason for (``consent`` or words)."""
    if not reasons:
        return
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
                        risk=_NO_RISK,
                    )
                    break


def _invented(_: HarmFinding) -> publishing.Answer:
    return publishing.Answer(verdict="no_risk", note=_NO_RISK)


def _draft_logs(workspace: Workspace) -> tuple[int, int]:
    """Draft from the running logs; the drafts lie beside the logs, nothing of them is entered.

    What a program proposed enters the record only after a person looked at it, in a demo too.
    """
    folder = workspace.layout.root / "logs"
    folder.mkdir(exist_ok=True)
    n_entries = n_fields = 0
    for name, text in qaravel.logs():
        proposal = drafts.propose(text.encode("utf-8"), name=name, context_date=workspace.today)
        incidents.seal_text(workspace, text, reason="running log", name=name)
        durable.write_atomic(folder / name, text.encode("utf-8"))
        written = json.dumps(proposal.draft.to_json(), ensure_ascii=False, indent=1)
        durable.write_atomic((folder / name).with_suffix(".draft.json"), written.encode("utf-8"))
        n_entries += len(proposal.draft.entries)
        n_fields += sum(len(entry.fields) for entry in proposal.draft.entries)
    return n_entries, n_fields
