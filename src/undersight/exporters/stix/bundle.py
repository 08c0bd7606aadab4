"""The exporter: one bundle, objects sorted by id, the same bytes for the same dossier."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from undersight.exporters.delivery import ExportReport, LossCount, refuse_internal, write_file
from undersight.exporters.naming import incident_of, text_in
from undersight.exporters.stix.claims import put_claim
from undersight.exporters.stix.incidents import put_incident
from undersight.exporters.stix.networks import put_indicator, put_takedown
from undersight.exporters.stix.objects import OUR_EXTENSION, Objects, identifier, instant
from undersight.i18n import _
from undersight.model.records import RECORD_CLASSES, Claim, Incident, Indicator, Takedown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from undersight.exporters.stix.objects import Object
    from undersight.model.dossier import Dossier

_CARRIED: Final = frozenset(
    {"party", "account", "incident", "act", "involvement", "source", "claim", "takedown",
     "indicator"}
)  # fmt: skip
_UNHELD: Final[Mapping[str, tuple[str, ...]]] = {
    "account": ("asset_kind", "badge", "observations", "owner", "url"),
    "act": ("believed_ground", "detail", "entry_path", "loss", "manners", "offences", "place",
            "platforms", "quantities", "related", "stated_ground", "tactics", "target_items",
            "threatened_consequence"),
    "claim": ("credibility", "speaker_alternatives", "status_note"),
    "incident": ("evidence", "periods", "related", "topics"),
    "involvement": ("count_max", "count_min", "responses", "sentences", "status_since"),
    "party": ("biography", "born", "country", "gender", "member_of", "position"),
    "indicator": ("source",),
    "source": ("published", "reliability"),
    "takedown": ("ad_spend", "attributed_as_text", "detection", "followers", "other_platforms",
                 "prior", "report_period"),
}  # fmt: skip
_SCHEMA: Final = (
    "Properties of undersight. On an incident: acts (list of act_id, act_type, attempt, "
    "date_edtf, end_edtf, official_position). On a relationship: act_id, act_type, role, degree, "
    "liberty_status, date_edtf of one party's part in one act. On a campaign: removed (assets by "
    "kind), reporter, scope, published_edtf, active_from_edtf, tactics, official_position. On an "
    "attack-pattern: framework, framework_version. On an opinion or note: about (record id), "
    "field, stance, status, said_edtf, connection. Terms are ids of undersight's vocabularies; "
    "dates are EDTF."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stix:
    """A STIX 2.1 bundle: entries as incidents, networks as campaigns, denials as opinions.

    Args:
        includes_internal: Let an internal dossier out.
    """

    exporter_id: ClassVar[str] = "stix"
    about: ClassVar[str] = _("A STIX 2.1 bundle for threat-intelligence programs.")
    suffix: ClassVar[str] = ".json"

    includes_internal: bool = False

    def write(self, dossier: Dossier, out: Path) -> ExportReport:
        """Write one file.

        Raises:
            InternalExportError: The dossier is internal and that was not asked for.
            BackendError: The disk refused.
        """
        refuse_internal(dossier, is_asked=self.includes_internal)
        losses = LossCount()
        found = sorted(_objects(dossier, losses).values(), key=lambda made: str(made["id"]))
        for record_class in RECORD_CLASSES:
            if record_class.kind not in _CARRIED:
                for record in dossier.all(record_class):
                    losses.add("has no object of its own", record.kind, record.record_id)
        losses.add_unheld(dossier, _UNHELD, "has no property")
        key = json.dumps(found, sort_keys=True)
        bundle = {"type": "bundle", "id": identifier("bundle", key), "objects": found}
        text = json.dumps(bundle, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        file = write_file(out, text.encode("utf-8", "replace"))
        return ExportReport(files=(file,), n_records=len(found), losses=losses.losses())


def _objects(dossier: Dossier, losses: LossCount) -> dict[str, Object]:
    objects = Objects(dossier, losses)
    _put_publisher(objects)
    for incident in dossier.all(Incident):
        put_incident(objects, incident)
    for takedown in dossier.all(Takedown):
        _, refs = put_takedown(objects, takedown)
        _report_also(objects, takedown.incident, refs)
    for indicator in dossier.all(Indicator):
        if identifier("indicator", indicator.record_id) not in objects.by_id:
            put_indicator(objects, indicator, None)
    for claim in dossier.all(Claim):
        made, _ = put_claim(objects, claim)
        if made:
            _report_also(objects, incident_of(dossier, dossier.get(claim.about)), [made])
    return objects.by_id


def _report_also(objects: Objects, incident_id: str, refs: list[str]) -> None:
    """Let the report on an entry name what belongs to it, too."""
    report = objects.by_id.get(identifier("report", incident_id))
    if report is not None:
        report["object_refs"] = sorted({*report["object_refs"], *refs})


def _put_publisher(objects: Objects) -> None:
    """Add who publishes, and the definition of our properties."""
    masthead = objects.dossier.masthead
    title, lang = text_in(masthead.title, masthead.languages)
    key = "|".join(("publisher", *masthead.title.values()))
    objects.put("identity", key, name=title or "undersight", identity_class="organization",
                contact_information=masthead.contact, lang=lang)  # fmt: skip
    del objects.by_id[objects.publisher]["created_by_ref"]
    made = {
        "type": "extension-definition",
        "spec_version": "2.1",
        "id": OUR_EXTENSION,
        "created_by_ref": objects.publisher,
        "created": instant(objects.dossier.as_of),
        "modified": instant(objects.dossier.as_of),
        "name": "undersight acts and roles",
        "description": "Acts, parties' roles in them, removed assets, and who says what.",
        "schema": _SCHEMA,
        "version": "1.0.0",
        "extension_types": ["property-extension"],
    }
    objects.by_id[OUR_EXTENSION] = made
