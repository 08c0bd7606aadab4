"""What a format leaves out is said: no field of the sample vanishes without a word."""

from __future__ import annotations

import collections.abc
import dataclasses
from typing import TYPE_CHECKING, Any

import pytest

from tests.model.sample import AS_OF, MASTHEAD, sample_dossier
from undersight.exporters.csv import Csv
from undersight.exporters.ftm import Ftm
from undersight.exporters.stix import Stix
from undersight.model.dossier import Dossier
from undersight.model.records import Incident, Takedown
from undersight.model.schema import fields_of

if TYPE_CHECKING:
    from pathlib import Path

    from undersight.exporters.delivery import Exporter
    from undersight.model.records import Record

_OF_EVERY_RECORD = {"visibility", "field_visibility", "confidentiality", "remark"}
_ABOUT_THE_RECORD = {"lang", "last_news"}
_SAID_BY_ANOTHER = {
    "account.platform", "account.url",  # where the act or the handle says it too
    "citation.as_cited", "provision.cited_as", "provision.path",  # as the citation
    "involvement.count_max", "involvement.count_min", "party.count_max", "party.count_min",
    "source.published", "source.publisher",  # where the source has an address
    "takedown.attributed_as_text",  # where a party is recorded
}  # fmt: skip
_TIES = {"incident", "act", "party", "about", "provision", "involvement"}


def written(exporter: Exporter, records: list[Record], out: Path) -> tuple[bytes, object]:
    sample = sample_dossier("public")
    dossier = Dossier(masthead=MASTHEAD, records=records, as_of=AS_OF, audience="public",
                      stamps=sample.stamps, masked=sample.masked)  # fmt: skip
    report = exporter.write(dossier, out)
    files = [path for path in sorted(report.files) if path.name != "datapackage.json"]
    return b"".join(path.read_bytes() for path in files), report.losses


def emptied(record: Record, name: str) -> Any:
    default = next(f.default for f in dataclasses.fields(record) if f.name == name)
    value = getattr(record, name)
    return {} if isinstance(value, collections.abc.Mapping) else default


@pytest.mark.long
@pytest.mark.parametrize("exporter", [Csv(), Ftm(), Stix()], ids=["csv", "ftm", "stix"])
def test_a_field_that_is_not_written_is_counted(exporter: Exporter, tmp_path: Path) -> None:
    records = list(sample_dossier("public").records())
    whole = written(exporter, records, tmp_path / "whole")
    silent: dict[str, bool] = {}
    for i, record in enumerate(records):
        for name in set(fields_of(type(record))) - _OF_EVERY_RECORD - _ABOUT_THE_RECORD - _TIES:
            if not getattr(record, name) or getattr(record, name) == emptied(record, name):
                continue
            less = dataclasses.replace(record, **{name: emptied(record, name)})
            key = f"{record.kind}.{name}"
            same = written(exporter, [*records[:i], less, *records[i + 1 :]], tmp_path / "x")
            silent[key] = silent.get(key, True) and same == whole
    told = {field for loss in whole[1] for field in _told(loss.field)}  # type: ignore[attr-defined]
    left = {key for key, is_silent in silent.items() if is_silent}
    left = {key for key in left if not told & {key, key.partition(".")[0]}}
    assert left <= _SAID_BY_ANOTHER


def _told(field: str) -> set[str]:
    kind, bracket, names = field.partition(" (")
    return {f"{kind}.{name}" for name in names.rstrip(")").split(", ")} if bracket else {field}


def test_what_nobody_entered_is_not_said_to_be_left_out(tmp_path: Path) -> None:
    bare = Dossier(
        masthead=MASTHEAD,
        records=(Incident(record_id="in"), Takedown(record_id="t", incident="in", name="N")),
        as_of=AS_OF,
        audience="public",
    )
    for exporter in (Csv(), Ftm(), Stix()):
        report = exporter.write(bare, tmp_path / exporter.exporter_id)
        assert not [loss for loss in report.losses if "(" in loss.field]


def test_what_a_format_leaves_out_is_told_by_kind_of_record(tmp_path: Path) -> None:
    report = Stix().write(sample_dossier("public"), tmp_path / "bundle.json")
    acts = [str(loss) for loss in report.losses if loss.field.startswith("act (")]
    assert len(acts) == 1
    assert "stated_ground" in acts[0]
    assert "has no property" in acts[0]
    people = next(one for one in report.losses if one.field.startswith("involvement ("))
    assert people.n_records > 1
