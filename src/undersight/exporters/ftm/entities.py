"""The exporter: one entity on each line, in order of their ids."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from undersight.exporters.delivery import ExportReport, LossCount, refuse_internal, write_file
from undersight.exporters.ftm.events import (
    put_claim,
    put_incident,
    put_proceeding,
    put_takedown,
)
from undersight.exporters.ftm.graph import Graph
from undersight.exporters.ftm.things import put_account, put_party, put_source
from undersight.i18n import _
from undersight.model.records import (
    RECORD_CLASSES,
    Account,
    Claim,
    Incident,
    Party,
    Proceeding,
    Source,
    Takedown,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from undersight.model.dossier import Dossier

_CARRIED: Final = frozenset(
    {"party", "account", "incident", "act", "involvement", "source", "claim", "takedown",
     "proceeding", "provision", "citation"}
)  # fmt: skip
_UNHELD: Final[Mapping[str, tuple[str, ...]]] = {
    "account": ("asset_kind", "badge", "native_id", "observations"),
    "act": ("entry_path", "loss", "offences", "platforms", "quantities", "related", "tactics",
            "target_items", "threatened_consequence"),
    "citation": ("cited", "cited_by", "three_part_test"),
    "claim": ("connection", "credibility", "speaker_alternatives", "status_note", "value"),
    "incident": ("evidence", "periods", "related"),
    "involvement": ("degree", "responses", "sentences", "status_since"),
    "party": ("biography", "member_of"),
    "proceeding": ("court_level", "hearings", "next_date"),
    "provision": ("binds", "instrument_kind", "jurisdiction", "penalty", "title", "valid_from",
                  "valid_to"),
    "takedown": ("ad_spend", "attributed_as_text", "detection", "followers", "indicators",
                 "other_platforms", "prior", "report_period", "scope", "targets"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Ftm:
    """FollowTheMoney entities: people, offices, accounts, events, cases and how they are tied.

    Dates keep their beginning and end apart and stand whole, as EDTF, in the notes.

    Args:
        includes_internal: Let an internal dossier out.
    """

    exporter_id: ClassVar[str] = "ftm"
    about: ClassVar[str] = _("FollowTheMoney entities for OpenAleph and its relatives.")
    suffix: ClassVar[str] = ".ftm.json"

    includes_internal: bool = False

    def write(self, dossier: Dossier, out: Path) -> ExportReport:
        """Write one file, an entity on each line.

        Raises:
            InternalExportError: The dossier is internal and that was not asked for.
            BackendError: The disk refused.
        """
        refuse_internal(dossier, is_asked=self.includes_internal)
        losses = LossCount()
        entities = _entities(dossier, losses)
        for record_class in RECORD_CLASSES:
            if record_class.kind not in _CARRIED:
                for record in dossier.all(record_class):
                    losses.add("has no entity of its own", record.kind, record.record_id)
        losses.add_unheld(dossier, _UNHELD, "has no property")
        lines = [
            json.dumps(entities[entity_id], ensure_ascii=False, sort_keys=True) + "\n"
            for entity_id in sorted(entities)
        ]
        file = write_file(out, "".join(lines).encode("utf-8", "replace"))
        return ExportReport(files=(file,), n_records=len(lines), losses=losses.losses())


def _entities(dossier: Dossier, losses: LossCount) -> dict[str, dict[str, object]]:
    """Return the entities; what others point at comes first."""
    graph = Graph(dossier, losses)
    for party in dossier.all(Party):
        put_party(graph, party)
    for account in dossier.all(Account):
        put_account(graph, account)
    for source in dossier.all(Source):
        put_source(graph, source)
    for incident in dossier.all(Incident):
        put_incident(graph, incident)
    for takedown in dossier.all(Takedown):
        put_takedown(graph, takedown)
    for case in dossier.all(Proceeding):
        put_proceeding(graph, case)
    for claim in dossier.all(Claim):
        put_claim(graph, claim)
    return graph.entities
