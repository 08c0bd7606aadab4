"""Entities that FollowTheMoney takes, dates kept whole, nothing pointing nowhere.

The library itself needs a compiler to install, so the tests hold a table of the schemata and
properties that are used (followthemoney 4.11.2; checked once against the library itself).
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.model.sample import MASTHEAD, WITHHELD_NAMES, rid, sample_dossier, sample_records
from undersight.errors import InternalExportError
from undersight.exporters.delivery import LossCount
from undersight.exporters.ftm import Ftm
from undersight.exporters.ftm.countries import CODES
from undersight.exporters.ftm.graph import NO_CODE, Graph
from undersight.model.dossier import Dossier
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.parts import PersonName, Place
from undersight.model.records import Account, Act, Incident, Party, Proceeding, Source, Takedown

THING = {
    "name": "name",
    "alias": "name",
    "weakAlias": "name",
    "country": "country",
    "keywords": "string",
    "topics": "topic",
    "notes": "text",
    "summary": "text",
    "description": "text",
    "sourceUrl": "url",
    "publisher": "string",
    "proof": "Document",
}
INTERVAL = {
    "startDate": "date",
    "endDate": "date",
    "date": "date",
    "recordId": "string",
    "description": "text",
}
PERSON = {"gender": "gender", "position": "string", "birthDate": "date"}
ROLE = {"role": "string", "status": "string"}
ARTICLE = {"title": "string", "publishedAt": "date"}
EVENT = {"location": "address", "organizer": "LegalEntity", "involved": "LegalEntity"}
CASE = dict.fromkeys(("category", "type", "status", "court"), "string")
SCHEMATA: dict[str, tuple[dict[str, str], set[str]]] = {
    "Person": (THING | PERSON, {"name"}),
    "LegalEntity": (THING, {"name"}),
    "Organization": (THING, {"name"}),
    "PublicBody": (THING, {"name"}),
    "UserAccount": (
        THING | {"username": "string", "service": "string", "owner": "LegalEntity"},
        {"username"},
    ),
    "Event": (THING | INTERVAL | EVENT, {"name"}),
    "UnknownLink": (
        INTERVAL | ROLE | {"subject": "Thing", "object": "Thing"},
        {"subject", "object"},
    ),
    "CourtCase": (THING | CASE | {"caseNumber": "identifier"}, {"name"}),
    "CourtCaseParty": (
        INTERVAL | ROLE | {"party": "Thing", "case": "CourtCase"},
        {"party", "case"},
    ),
    "Article": (THING | ARTICLE, set()),
    "Documentation": (
        INTERVAL | ROLE | {"document": "Document", "entity": "Thing"},
        {"document", "entity"},
    ),
    "Note": (THING | {"entity": "Thing"}, set()),
}
PARTIES = {"Person", "LegalEntity", "Organization", "PublicBody"}
IS_A = {
    "LegalEntity": PARTIES,
    "Document": {"Article"},
    "CourtCase": {"CourtCase"},
    "Thing": PARTIES | {"UserAccount", "Event", "CourtCase", "Article", "Note"},
}
TOPICS = {"role.journo", "role.act", "role.lawyer", "role.pol", "role.judge", "rel", "mil", "gov",
          "gov.security", "gov.judicial"}  # fmt: skip
CHECKS: dict[str, Callable[[str], bool]] = {
    "date": lambda text: re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text) is not None,
    "country": lambda text: text in CODES,
    "gender": lambda text: text in ("male", "female", "other"),
    "url": lambda text: text.startswith(("http://", "https://")),
    "topic": lambda text: text in TOPICS,
}


def faults(entities: list[dict[str, Any]]) -> list[str]:
    schema_of = {entity["id"]: entity["schema"] for entity in entities}
    found = []
    for entity in entities:
        properties, required = SCHEMATA[entity["schema"]]
        found += [f"no {name}" for name in required - entity["properties"].keys()]
        for name, values in entity["properties"].items():
            kind = properties.get(name, "")
            found += [f"{entity['schema']}.{name}"] if not kind else []
            for value in values:
                if kind in IS_A and schema_of.get(value) not in IS_A[kind]:
                    found.append(f"{entity['schema']}.{name} points at {schema_of.get(value)}")
                if not CHECKS.get(kind, bool)(value):
                    found.append(f"{entity['schema']}.{name} = {value!r}")
    return found


def entities_of(dossier: Dossier, folder: Path) -> list[dict[str, Any]]:
    Ftm(includes_internal=True).write(dossier, folder / "log.ftm.json")
    lines = (folder / "log.ftm.json").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def dossier_of(*records: Any) -> Dossier:
    return Dossier(
        masthead=MASTHEAD, records=records, as_of=dt.date(2031, 12, 1), audience="public"
    )


def test_golden(tmp_path: Path, golden: Any) -> None:
    report = Ftm().write(sample_dossier(), tmp_path / "log.ftm.json")
    golden("exporters/ftm", {path.name: path.read_bytes() for path in report.files})


@pytest.mark.parametrize("audience", ["public", "partner", "internal"])
def test_every_entity_is_valid(tmp_path: Path, audience: Any) -> None:
    assert faults(entities_of(sample_dossier(audience), tmp_path)) == []


def test_the_check_can_fail() -> None:
    link = {"id": "a", "schema": "UnknownLink", "properties": {"subject": ["gone"], "x": ["y"]}}
    assert sorted(faults([link])) == [
        "UnknownLink.subject points at None",
        "UnknownLink.x",
        "no object",
    ]


def test_one_entity_for_each_party_and_a_link_for_each_role(tmp_path: Path) -> None:
    by_id = {entity["id"]: entity for entity in entities_of(sample_dossier(), tmp_path)}
    assert by_id[rid("tarvin")]["schema"] == "Person"
    assert by_id[rid("tarvin")]["properties"]["topics"] == ["role.journo"]
    assert by_id[rid("tarvin")]["properties"]["alias"] == ["Тарвин Оскельде"]
    assert by_id[rid("ministry")]["schema"] == "PublicBody"
    assert by_id[rid("seven")]["properties"]["notes"] == ["country: QV", "people: 7"]
    link = by_id[rid("i-jailed-by")]
    assert link["properties"]["role"] == ["alleged perpetrator"]
    assert by_id[rid("jailed")]["properties"]["organizer"] == [rid("ministry")]


@pytest.mark.parametrize(
    ("written", "is_address"),
    [
        ("https://press.example/a?b=ə c", True),
        ("www.press.example/a", True),
        ("ftp://press.example", True),
        ("no link, by telephone", False),
        ("file:///home/a.pdf", False),
        ("https://press.example:99999/a", False),
        ("https:///a", False),
    ],
)
def test_what_is_no_address_of_a_page_stands_in_the_notes(
    tmp_path: Path, written: str, *, is_address: bool
) -> None:
    source = Source(record_id="s", title="Report", url=written)
    account = Account(record_id="a", title="Page", url=written)
    report, page = entities_of(dossier_of(source, account), tmp_path)[::-1]
    for one in (report["properties"], page["properties"]):
        assert one.get("sourceUrl") == ([written] if is_address else None)
        assert (f"address: {written}" in one.get("notes", ())) is not is_address


def test_many_case_numbers_in_one_field_are_cut_and_kept_whole(tmp_path: Path) -> None:
    numbers = ", ".join(f"2031/{n:04d}" for n in range(9))
    (made,) = entities_of(dossier_of(Proceeding(record_id="c", case_no=numbers)), tmp_path)
    assert len(made["properties"]["caseNumber"][0]) <= 64
    assert f"caseNumber: {numbers}" in made["properties"]["notes"]


def test_a_year_out_of_all_calendars_stands_in_the_notes_only(tmp_path: Path) -> None:
    person = Party(record_id="p", names=(PersonName(value="A"),), born=FuzzyDate("9999"))
    (made,) = entities_of(dossier_of(person), tmp_path)
    assert "birthDate" not in made["properties"]
    assert "born (EDTF): 9999" in made["properties"]["notes"]


def test_a_name_of_nothing_to_see_is_a_dash(tmp_path: Path) -> None:
    person = Party(record_id="p", names=(PersonName(value="\u200b"), PersonName(value=" B ")))
    (made,) = entities_of(dossier_of(person), tmp_path)
    assert made["properties"]["name"] == ["–"]
    assert made["properties"]["alias"] == ["B"]


def test_a_denial_is_a_note_that_says_so(tmp_path: Path) -> None:
    by_id = {entity["id"]: entity for entity in entities_of(sample_dossier(), tmp_path)}
    note = by_id[rid("c7")]["properties"]
    assert note["entity"] == [rid("td1")]
    assert note["keywords"] == ["denies"]
    assert "denies" in note["name"][0]


def test_the_response_of_the_authorities_goes_along(tmp_path: Path) -> None:
    by_id = {entity["id"]: entity for entity in entities_of(sample_dossier(), tmp_path)}
    assert (
        "response of the authorities: partly_denied" in by_id[rid("asked")]["properties"]["notes"]
    )


@pytest.mark.parametrize(
    ("edtf", "start", "end", "is_lossy"),
    [
        ("2031-05-03", "2031-05-03", None, False),
        ("2031-05", "2031-05", None, False),
        ("2031", "2031", None, False),
        ("2031-05~", "2031-05", None, True),
        ("2031-05-03?", "2031-05-03", None, True),
        ("2031-05-03/2031-05-09", "2031-05-03", "2031-05-09", True),
        ("[2031-01,2031-03]", "2031-01-01", "2031-03-31", True),
        ("../2031-05-09", None, "2031-05-09", True),
        ("2031-21", "2031-03-01", None, True),
    ],
)
def test_dates(edtf: str, start: str | None, end: str | None, is_lossy: bool) -> None:  # noqa: FBT001
    losses = LossCount()
    graph = Graph(dossier_of(), losses)
    made = graph.edges(FuzzyDate.parse(edtf), None, "act.start", "a")
    assert made == {k: v for k, v in (("startDate", start), ("endDate", end)) if v}
    assert bool(losses.losses()) == is_lossy


def test_an_inexact_date_stands_whole_in_the_notes_and_is_counted(tmp_path: Path) -> None:
    act = Act(record_id="a", incident="in", start=FuzzyDate.parse("2031-05~"))
    out = tmp_path / "log.ftm.json"
    report = Ftm().write(dossier_of(Incident(record_id="in"), act), out)
    assert "start (EDTF): 2031-05~" in out.read_text(encoding="utf-8")
    assert [(loss.field, loss.kept_in) for loss in report.losses] == [("act.start", "notes")]


def test_names_withheld_stay_withheld(tmp_path: Path) -> None:
    text = json.dumps(entities_of(sample_dossier(), tmp_path), ensure_ascii=False)
    assert [name for name in WITHHELD_NAMES if name in text] == []


def test_internal_records_go_out_only_when_asked(tmp_path: Path) -> None:
    with pytest.raises(InternalExportError):
        Ftm().write(sample_dossier("internal"), tmp_path / "log.ftm.json")


@pytest.mark.parametrize("country", ["Qaravel", "QV", "UK", "xx"])
def test_a_country_that_the_library_does_not_know_stands_in_the_notes(
    country: str, tmp_path: Path
) -> None:
    place = Place(country=country)
    dossier = dossier_of(
        Party(record_id="p", country=country),
        Incident(record_id="i", place=place),
        Act(record_id="a", incident="i", place=place),
        Takedown(record_id="t", origins=(country, "tr")),
    )
    report = Ftm().write(dossier, tmp_path / "log.ftm.json")
    made = {entity["id"]: entity["properties"] for entity in entities_of(dossier, tmp_path)}
    assert {i: made[i].get("country", []) for i in "piat"} == {
        "p": [], "i": [], "a": [], "t": ["tr"]
    }  # fmt: skip
    assert all(f"country: {country}" in made[i]["notes"] for i in "piat")
    told = {loss.field for loss in report.losses if loss.what == NO_CODE}
    assert told == {"party.country", "incident.place", "act.place", "takedown.origins"}


@pytest.mark.parametrize(("country", "code"), [("AZ", "az"), ("tr", "tr"), ("XK", "xk")])
def test_a_country_of_a_known_code_is_a_country(country: str, code: str, tmp_path: Path) -> None:
    made = entities_of(dossier_of(Party(record_id="p", country=country)), tmp_path)
    assert made[0]["properties"]["country"] == [code]


def test_a_headline_too_long_for_a_name_is_cut_and_kept_whole_in_the_notes(tmp_path: Path) -> None:
    title = ("Summoned again " * 40).strip()
    made = entities_of(dossier_of(Incident(record_id="i", title={"en": title})), tmp_path)
    event = next(one["properties"] for one in made if one["schema"] == "Event")
    assert len(event["name"][0]) <= 384
    assert f"name: {title}" in event["notes"]


RECORDS = sample_records()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.sampled_from(range(len(RECORDS)))))
def test_any_part_of_a_casebook_is_valid(tmp_path: Path, chosen: set[int]) -> None:
    records = [RECORDS[i] for i in sorted(chosen)]
    made = entities_of(dossier_of(*records), tmp_path)
    assert faults(made) == []
    assert made == sorted(made, key=lambda entity: str(entity["id"]))
    assert entities_of(dossier_of(*reversed(records)), tmp_path) == made
