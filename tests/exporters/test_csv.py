"""Tables: one row for each act and person, cells that start no formula, the same bytes always."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.sample import rid, sample_dossier, sample_records
from undersight.errors import InternalExportError
from undersight.exporters.csv import Csv, cells
from undersight.exporters.csv.amounts import loss, penalty, quantity
from undersight.exporters.csv.columns import ACTS, TABLES
from undersight.exporters.naming import source_label
from undersight.model import parts as p
from undersight.model.dossier import Dossier, Masthead
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.records import Act, Citation, Incident, Involvement, Party, Provision, Source

CODEBOOK = (
    "event_id, act_id, act_type, date_edtf, date_earliest, date_latest, date_basis, country, "
    "admin1, locality, place_precision, victim_id, victim_label, victim_count, occupation, "
    "gender, actor_type, actor_name, role, platform, account_handle, item_state, stated_ground, "
    "believed_ground, provision_normalised, provision_as_cited, sentence_kind, sentence_days, "
    "status_at_end, official_position, verification, n_sources, sources, first_published, "
    "last_updated, n_updates, rights_affected, notes"
)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def tables(tmp_path: Path) -> dict[str, list[dict[str, str]]]:
    Csv().write(sample_dossier(), tmp_path / "out")
    return {name: read(tmp_path / "out" / f"{name}.csv") for name in (*TABLES, "codebook")}


def test_golden(tmp_path: Path, golden: Any) -> None:
    report = Csv().write(sample_dossier(), tmp_path / "out")
    golden("exporters/csv", {path.name: path.read_bytes() for path in report.files})


def test_columns_are_those_of_the_codebook() -> None:
    first = CODEBOOK.split(", ")
    assert [column.name for column in ACTS][: len(first)] == first


def test_one_row_for_each_act_and_victim(tables: Any) -> None:
    dossier = sample_dossier()
    expected = sum(
        max(1, sum(i.role == "victim" for i in dossier.involvements(act.record_id)))
        for act in dossier.all(Act)
    )
    assert len(tables["acts"]) == expected
    warned = [row for row in tables["acts"] if row["act_id"] == rid("warned")]
    assert {(row["victim_label"], row["victim_count"]) for row in warned} == {
        ("Melisa Quorrin", "1"),
        ("7 people", "7"),
    }


def test_the_cells_of_one_act(tables: Any) -> None:
    [row] = [row for row in tables["acts"] if row["act_id"] == rid("jailed")]
    assert row["event_id"] == "QV-2031-0001"
    assert row["sentence_days"] == "30"
    assert row["provision_normalised"] == "Code of Administrative Offences 535.1"
    assert row["actor_type"] == "public_body; public_body"
    assert row["role"] in ("court; alleged_perpetrator", "alleged_perpetrator; court")
    assert row["official_position"] == "other_explanation"
    assert "end=2031-06-03" in row["notes"]
    assert row["item_state"] == "deleted_under_pressure"


def test_numbers_say_what_they_count() -> None:
    stated = p.Quantity(what="people_warned", amount=7, amount_max=9, unit="people",
                        is_rounded=True, of_total=20, n_listed=5)  # fmt: skip
    assert quantity(stated) == "people_warned=7-9 people about of 20 listed 5"
    hours = p.Sentence(kind="community_service", amount=240, unit="hours")
    assert penalty(hours) == "community_service 240 hours"
    assert penalty(p.Sentence(as_text="two years")) == "two years"
    lost = p.Loss(followers_before=10, reach_lost_percent=60.0, observed_by="test_accounts")
    assert [*loss(lost)] == [
        "followers_before=10",
        "reach_lost_percent=60",
        "observed_by=test_accounts",
    ]


def test_what_has_no_table_is_said(tmp_path: Path) -> None:
    report = Csv().write(sample_dossier(), tmp_path / "out")
    assert {"platform_case", "period"} <= {one.field for one in report.losses}


def test_an_act_without_a_victim_has_a_row(tables: Any) -> None:
    [row] = [row for row in tables["acts"] if row["act_id"] == rid("watching")]
    assert row["victim_id"] == ""
    assert row["victim_count"] == ""


def test_an_outlet_is_nobody(tables: Any) -> None:
    rows = [row for row in tables["acts"] if row["act_type"] == "hijack_page"]
    assert {row["victim_count"] for row in rows} == {""}


def test_the_data_package_describes_every_table(tmp_path: Path) -> None:
    Csv().write(sample_dossier(), tmp_path / "out")
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert {r["path"] for r in package["resources"]} == {
        f"{name}.csv" for name in (*TABLES, "codebook")
    }
    for resource in package["resources"]:
        content = (tmp_path / "out" / resource["path"]).read_bytes()
        header = next(csv.reader(io.StringIO(content.decode())))
        assert header == [field["name"] for field in resource["schema"]["fields"]]
        assert resource["bytes"] == len(content)
        for field in resource["schema"]["fields"]:
            allowed = field.get("constraints", {}).get("enum")
            found = {row[field["name"]] for row in read(tmp_path / "out" / resource["path"])}
            assert allowed is None or found - {""} <= set(allowed), field["name"]


def test_every_column_is_in_the_codebook_with_a_meaning(tables: Any) -> None:
    listed = {(row["file"], row["column"]) for row in tables["codebook"]}
    assert listed == {(f"{n}.csv", c.name) for n, columns in TABLES.items() for c in columns}
    assert all(row["about"].endswith(".") for row in tables["codebook"])


def test_a_zip_holds_the_same_files(tmp_path: Path) -> None:
    Csv().write(sample_dossier(), tmp_path / "out")
    Csv().write(sample_dossier(), tmp_path / "a.zip")
    Csv().write(sample_dossier(), tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.testzip() is None
        for path in (tmp_path / "out").iterdir():
            assert archive.read(path.name) == path.read_bytes()


def test_the_mark_for_older_spreadsheets(tmp_path: Path) -> None:
    Csv(has_bom=True).write(sample_dossier(), tmp_path / "out")
    assert (tmp_path / "out" / "acts.csv").read_bytes().startswith(b"\xef\xbb\xbfevent_id,")


def test_internal_records_go_out_only_when_asked(tmp_path: Path) -> None:
    with pytest.raises(InternalExportError):
        Csv().write(sample_dossier("internal"), tmp_path / "out")
    assert not (tmp_path / "out").exists()
    Csv(includes_internal=True).write(sample_dossier("internal"), tmp_path / "out")


def test_the_order_of_records_changes_no_byte(tmp_path: Path) -> None:
    records = sample_records()
    for name, given_order in (("a.zip", records), ("b.zip", tuple(reversed(records)))):
        dossier = Dossier(
            masthead=Masthead(title={"en": "Log"}),
            records=given_order,
            as_of=dt.date(2031, 12, 1),
            audience="public",
        )
        Csv().write(dossier, tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_a_range_of_people_is_counted_as_a_loss(tmp_path: Path) -> None:
    dossier = Dossier(
        masthead=Masthead(title={"en": "Log"}),
        records=(
            Incident(record_id="in"),
            Act(record_id="a", incident="in"),
            Party(record_id="p", party_kind="group", count_min=10, count_max=15),
            Involvement(record_id="i", act="a", party="p"),
        ),
        as_of=dt.date(2031, 1, 1),
        audience="public",
    )
    report = Csv().write(dossier, tmp_path / "out")
    [row] = read(tmp_path / "out" / "acts.csv")
    assert row["victim_count"] == "10"
    assert row["notes"] == "victim_count_max=15"
    assert [(loss.field, loss.n_records) for loss in report.losses] == [
        ("involvement.count_max", 1)
    ]


def test_an_article_cited_against_one_person_is_nobody_elses(tmp_path: Path) -> None:
    dossier = Dossier(
        masthead=Masthead(title={"en": "Log"}),
        records=(
            Incident(record_id="in"),
            Act(record_id="a", incident="in"),
            *(Involvement(record_id=f"i{n}", act="a", party=f"p{n}") for n in (1, 2)),
            *(Party(record_id=f"p{n}") for n in (1, 2)),
            *(Provision(record_id=f"l{n}", citation=f"{n}.1") for n in (1, 2, 3)),
            Citation(record_id="c1", act="a", provision="l1", involvement="i1"),
            Citation(record_id="c2", act="a", provision="l2", involvement="i2"),
            Citation(record_id="c3", act="a", provision="l3"),
            Citation(record_id="c4", act="a", provision="l1", capacity="analysed"),
            Citation(record_id="c5", act="a", provision="l1", involvement="nobody-s"),
        ),
        as_of=dt.date(2031, 1, 1),
        audience="public",
    )
    report = Csv().write(dossier, tmp_path / "out")
    assert [(loss.field, loss.n_records) for loss in report.losses] == [
        ("citation.capacity", 1),
        ("citation.involvement", 1),
    ]
    rows = read(tmp_path / "out" / "acts.csv")
    told = {row["victim_id"]: row["provision_normalised"] for row in rows}
    assert told == {"p1": "1.1; 3.1", "p2": "2.1; 3.1"}


def test_a_source_without_address_and_title_is_its_publisher_and_day() -> None:
    paper = Party(record_id="p", party_kind="outlet", names=(p.PersonName(value="Evening Post"),))
    day = FuzzyDate.parse("2031-05-06")
    dossier = Dossier(
        masthead=Masthead(title={"en": "Log"}),
        records=(paper,),
        as_of=dt.date(2031, 12, 1),
        audience="public",
    )
    assert [
        source_label(dossier, source)
        for source in (
            Source(record_id="a", publisher="p", published=day),
            Source(record_id="b", publisher_as_text="A blog"),
            Source(record_id="c", publisher="p", title="Jailed"),
            Source(record_id="d", source_kind="testimony"),
        )
    ] == ["Evening Post, 2031-05-06", "A blog", "Jailed", "testimony"]


@pytest.mark.parametrize("start", list("=+-@\t\r\n＝＋－＠"))
def test_no_cell_begins_a_formula(start: str) -> None:
    assert cells.safe(f"{start}1+1") == f"'{start}1+1"
    assert cells.safe(f"  {start}cmd") == f"'  {start}cmd"
    assert cells.safe(f"a{start}") == f"a{start}"
    assert cells.written(f"\x00{start}1+1") == f"'{start}1+1"


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_tables_come_back_as_they_were_written(rows: list[list[str]]) -> None:
    content = cells.table(("a", "b"), [{"a": a, "b": b} for a, b in rows])
    read_back = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
    clean = [[cells.written(cell).encode("utf-8", "replace").decode() for cell in row]
             for row in rows]  # fmt: skip
    assert read_back == [["a", "b"], *clean]
    for row in read_back[1:]:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def test_a_full_disk_leaves_no_half_of_the_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno

    from undersight.errors import DiskFullError
    from undersight.integrity import durable

    write, written = durable.write_all, []

    def no_room_for_all(descriptor: int, data: bytes | memoryview) -> None:
        if len(written) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        written.append(data)
        write(descriptor, data)

    monkeypatch.setattr(durable, "write_all", no_room_for_all)
    with pytest.raises(DiskFullError):
        Csv().write(sample_dossier(), tmp_path / "tables")
    assert not list(tmp_path.rglob("*.*"))
