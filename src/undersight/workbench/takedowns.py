"""Removed networks as reported, and the indicators published with them."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from undersight.errors import ImportRefusedError
from undersight.importers.spreadsheet import Spreadsheet
from undersight.model.codec import to_json
from undersight.model.intake import Row
from undersight.model.records import Indicator, Takedown
from undersight.model.vocabulary import vocabulary
from undersight.presentation.phrases import asset_counts
from undersight.presentation.presenter import Presenter
from undersight.text import defang, refang
from undersight.workbench import dossiers, incidents, quick_entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from undersight.workbench.session import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one report says of a removed network."""

    name: str
    reporter: str = ""
    published: str = ""
    removed: Mapping[str, int] = field(default_factory=dict)
    attributed_as_text: str = ""
    indicators: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A takedown for a person and for a program."""

    text: str
    records: list[dict[str, Any]]


def add(workspace: Workspace, report: Report, *, incident: str = "") -> dict[str, Any]:
    """Record a removed network, in an entry of its own or a recorded one.

    Raises:
        InputError: A date or indicator cannot be read.
    """
    incident_id = incidents.find_incident(workspace, incident).record_id if incident else ""
    takedown: dict[str, Any] = {
        "key": "network",
        "name": report.name,
        "removed": dict(report.removed),
        "attributed_as_text": report.attributed_as_text,
    }
    if report.published:
        takedown["published"] = quick_entry.typed_date(workspace, report.published)
    if report.reporter:
        takedown["reporter"] = {"name": report.reporter, "party_kind": "platform"}
    takedown["indicators"] = [dict(one) for one in report.indicators]
    document = {"title": report.name, "lang": workspace.lang, "takedowns": [takedown]}
    entered = incidents.add(workspace, document, why="removed network", incident_id=incident_id)
    return {"incident_id": entered.incident_id, "indicators": len(report.indicators)}


def read_indicators(raw: bytes) -> tuple[dict[str, Any], ...]:
    """Read indicators from a CSV of the form platforms publish; values are refanged.

    Raises:
        ImportRefusedError: A row has no value or an unknown type; nothing is stored.
        DamagedFileError: It is no table.
    """
    known = vocabulary("indicator_type").terms
    found, n_bad = [], 0
    rows = [part for part in Spreadsheet().parse(io.BytesIO(raw)) if isinstance(part, Row)]
    for row in rows:
        cells = {name.strip().lower(): value for name, value in row.cells.items()}
        kind = cells.get("indicator_type", "").strip().lower().replace(" ", "_")
        value = cells.get("indicator_value", "")
        if kind not in known or not value:
            n_bad += 1
            continue
        one: dict[str, Any] = {"indicator_type": kind, "value": refang(value)}
        if cells.get("comment"):
            one["remark"] = cells["comment"]
        if cells.get("ds"):
            one["first_seen"] = cells["ds"]
        found.append(one)
    if n_bad:
        raise ImportRefusedError(n_bad, len(rows))
    return tuple(found)


def listing(workspace: Workspace) -> list[dict[str, Any]]:
    """Return removed networks, newest report first."""
    words = Presenter(dossiers.whole(workspace), "en")
    lines = [
        {
            "takedown_id": network.record_id,
            "incident_id": network.incident,
            "name": network.name,
            "published": network.published.edtf if network.published else "",
            "reporter": words.party(network.reporter).name if network.reporter else "",
            "removed": _by_kind(asset_counts(network, words)),
            "attributed": network.attributed_as_text
            or ", ".join(words.party(party_id).name for party_id in network.attributed_to),
        }
        for network in words.dossier.all(Takedown)
    ]
    return sorted(lines, key=lambda line: (line["published"], line["takedown_id"]), reverse=True)


def _by_kind(counts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Keep every number: a report gives followers of Pages and of Instagram accounts apart."""
    found: dict[str, str] = {}
    for kind, number in counts:
        found[kind] = f"{found[kind]}; {number}" if kind in found else number
    return found


def show(workspace: Workspace, named: str) -> Shown:
    """Return one removed network with its indicators, claims and denials.

    Raises:
        UnknownRecordError: No such takedown.
    """
    record_id = workspace.casebook.find(named)
    words = Presenter(dossiers.whole(workspace), workspace.lang)
    network = words.dossier.find(Takedown, record_id)
    if network is None:
        from undersight.errors import UnknownRecordError

        raise UnknownRecordError(named)
    view = words.takedown(network)
    indicators = [words.dossier.find(Indicator, one) for one in network.indicators]
    lines = [view.name, f"{view.reporter.name} {view.published}".strip(), view.summary.text]
    lines += [f"  {name}: {n}" for name, n in view.counts]
    lines += [f"{words.t('attributed to')}: {view.attributed}", view.authorities]
    lines += [f"  {i.indicator_type}: {defang(i.value)}" for i in indicators if i is not None]
    lines += [f"  — {c.speaker.name} {c.stance}: {c.statement.text}" for c in view.claims]
    records = [to_json(network), *(to_json(i) for i in indicators if i is not None)]
    return Shown(text="\n".join(line for line in lines if line), records=records)
