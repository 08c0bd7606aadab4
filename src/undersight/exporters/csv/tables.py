"""The exporter: tables, their codebook and a data package that describes them to programs."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from undersight.exporters.csv import cells
from undersight.exporters.csv.acts import act_rows
from undersight.exporters.csv.columns import ABOUT, PRIMARY_KEYS, TABLES, Column
from undersight.exporters.csv.others import claim_rows, takedown_rows, update_rows
from undersight.exporters.delivery import (
    ExportReport,
    LossCount,
    refuse_internal,
    write_file,
    write_folder,
    zipped,
)
from undersight.exporters.naming import text_in
from undersight.i18n import _
from undersight.model.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from undersight.model.dossier import Dossier

_CODEBOOK: Final = ("file", "column", "type", "is_list", "about", "vocabulary", "values")
_WITHOUT_A_TABLE: Final = frozenset(
    {"proceeding", "platform_case", "period", "intervention", "judgement"}
)
_UNHELD: Final[Mapping[str, tuple[str, ...]]] = {
    "account": ("asset_kind", "badge", "native_id", "observations", "owner", "url"),
    "citation": ("cited", "cited_by", "three_part_test"),
    "incident": ("evidence", "related", "topics"),
    "indicator": ("first_seen", "phase", "source"),
    "involvement": ("degree",),
    "item": ("about", "account", "author", "captures", "gone", "item_kind", "posted", "text",
             "url"),
    "party": ("biography", "born", "country", "member_of", "position"),
    "provision": ("binds", "instrument_kind", "jurisdiction", "penalty", "title", "valid_from",
                  "valid_to"),
    "source": ("source_kind",),
    "takedown": ("detection", "other_platforms", "prior", "report"),
}  # fmt: skip
_FORMULA_NOTE: Final = (
    "A cell whose text begins with = + - @ or a control character has an apostrophe before it."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Csv:
    """Tables of acts, claims, updates and takedowns, with a codebook and a data package.

    Args:
        has_bom: Begin each table with the mark that older spreadsheets need to see UTF-8.
        includes_internal: Let an internal dossier out.
    """

    exporter_id: ClassVar[str] = "csv"
    about: ClassVar[str] = _(
        "Tables for a spreadsheet or a statistics program, one row for each act and person."
    )
    suffix: ClassVar[str] = ""

    has_bom: bool = False
    includes_internal: bool = False

    def write(self, dossier: Dossier, out: Path) -> ExportReport:
        """Write a folder, or a ZIP where ``out`` ends in ``.zip``.

        Raises:
            InternalExportError: The dossier is internal and that was not asked for.
            BackendError: The disk refused.
        """
        refuse_internal(dossier, is_asked=self.includes_internal)
        losses = LossCount()
        rows: dict[str, list[dict[str, object]]] = {
            "acts": list(act_rows(dossier, losses)),
            "claims": list(claim_rows(dossier)),
            "updates": list(update_rows(dossier)),
            "takedowns": list(takedown_rows(dossier)),
        }
        for record in dossier.records():
            if record.kind in _WITHOUT_A_TABLE:
                losses.add("has no table of its own", record.kind, record.record_id)
        losses.add_unheld(dossier, _UNHELD, "has no column")
        files = self._files(dossier, rows)
        if out.suffix.lower() == ".zip":
            written: tuple[Path, ...] = (write_file(out, zipped(files)),)
        else:
            written = write_folder(out, files)
        n_records = sum(len(found) for found in rows.values())
        return ExportReport(files=written, n_records=n_records, losses=losses.losses())

    def _files(
        self, dossier: Dossier, rows: dict[str, list[dict[str, object]]]
    ) -> dict[str, bytes]:
        files = {
            f"{name}.csv": cells.table(
                [column.name for column in columns], rows[name], has_bom=self.has_bom
            )
            for name, columns in TABLES.items()
        }
        files["codebook.csv"] = cells.table(_CODEBOOK, _codebook_rows(), has_bom=self.has_bom)
        package = _data_package(dossier, files)
        text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
        files["datapackage.json"] = text.encode("utf-8", "replace")
        return files


def _codebook_rows() -> list[dict[str, object]]:
    return [
        {
            "file": f"{name}.csv",
            "column": column.name,
            "type": column.kind,
            "is_list": column.is_list,
            "about": column.about,
            "vocabulary": column.vocabulary,
            "values": cells.joined(_values(column)),
        }
        for name, columns in TABLES.items()
        for column in columns
    ]


def _values(column: Column) -> tuple[str, ...]:
    return tuple(vocabulary(column.vocabulary).terms) if column.vocabulary else ()


def _data_package(dossier: Dossier, files: dict[str, bytes]) -> dict[str, Any]:
    """Return the description of the tables, after the Frictionless Data Package standard."""
    title, _ = text_in(dossier.masthead.title, dossier.masthead.languages)
    package: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "undersight-export",
        "title": title,
        "description": _FORMULA_NOTE,
        "created": f"{dossier.as_of.isoformat()}T00:00:00Z",
        "resources": [
            _resource(name.removesuffix(".csv"), content) for name, content in files.items()
        ],
    }
    if dossier.masthead.base_url:
        package["homepage"] = dossier.masthead.base_url
    return package


def _resource(name: str, content: bytes) -> dict[str, Any]:
    columns = TABLES.get(name, tuple(Column(c, "") for c in _CODEBOOK))
    schema: dict[str, Any] = {"fields": [_field(column) for column in columns]}
    if name in PRIMARY_KEYS:
        schema["primaryKey"] = list(PRIMARY_KEYS[name])
    return {
        "name": name,
        "path": f"{name}.csv",
        "description": ABOUT.get(name, "What the columns mean."),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.kind}
    if column.about:
        field["description"] = column.about
    values = _values(column)
    if values and not column.is_list:
        field["constraints"] = {"enum": list(values)}
    return field
