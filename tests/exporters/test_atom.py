"""A feed that readers take: whole, newest first, ids that never change."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import defusedxml.ElementTree
import feedparser
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.model.sample import MASTHEAD, WITHHELD_NAMES, rid, sample_dossier
from undersight.errors import InternalExportError
from undersight.exporters.atom import Atom
from undersight.model.dossier import Dossier, Masthead
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.records import Incident, Record, Update

NS = "{http://www.w3.org/2005/Atom}"


def feed_of(dossier: Dossier, folder: Path, **options: Any) -> Element:
    Atom(**options).write(dossier, folder / "feed.atom")
    root: Element = defusedxml.ElementTree.fromstring((folder / "feed.atom").read_bytes())
    return root


def texts(root: Element, *path: str) -> list[str]:
    return [found.text or "" for found in root.findall("/".join(f"{NS}{name}" for name in path))]


def dossier_of(*records: Record, masthead: Masthead = MASTHEAD) -> Dossier:
    return Dossier(
        masthead=masthead, records=records, as_of=dt.date(2031, 12, 1), audience="public"
    )


def test_golden(tmp_path: Path, golden: Any) -> None:
    report = Atom().write(sample_dossier(), tmp_path / "feed.atom")
    golden("exporters/atom", {path.name: path.read_bytes() for path in report.files})


def test_one_entry_for_each_publication_and_update(tmp_path: Path) -> None:
    root = feed_of(sample_dossier(), tmp_path)
    ids = texts(root, "entry", "id")
    dossier = sample_dossier()
    assert len(ids) == len(dossier.all(Incident)) + len(dossier.all(Update))
    assert len(set(ids)) == len(ids)
    assert f"tag:qaravel-log.example,2026:{rid('u2')}" in ids


def test_no_entry_is_newer_than_the_snapshot(tmp_path: Path) -> None:
    entry = Incident(record_id="i", first_published=FuzzyDate("2032-01-05"))
    root = feed_of(dossier_of(entry), tmp_path)
    assert texts(root, "entry", "updated") == ["2031-12-01T00:00:00Z"]


def test_newest_first_and_the_feed_is_as_new_as_its_newest(tmp_path: Path) -> None:
    root = feed_of(sample_dossier(), tmp_path)
    days = texts(root, "entry", "updated")
    assert days == sorted(days, reverse=True)
    assert texts(root, "updated") == [days[0]]


def test_what_the_standard_asks_for_is_there(tmp_path: Path) -> None:
    root = feed_of(sample_dossier(), tmp_path)
    for place in (root, *root.findall(f"{NS}entry")):
        for name in ("id", "title", "updated"):
            assert len(place.findall(f"{NS}{name}")) == 1
    assert root.find(f"{NS}author") is not None
    assert all(e.find(f"{NS}content") is not None for e in root.findall(f"{NS}entry"))


def test_a_feed_reader_reads_it(tmp_path: Path) -> None:
    Atom().write(sample_dossier(), tmp_path / "feed.atom")
    read = feedparser.parse((tmp_path / "feed.atom").read_bytes())
    assert not read.bozo
    assert read.feed.title == "Qaravel speech log"
    assert read.entries[0].link.startswith("https://qaravel-log.example/en/entry/QV-2031-")


def test_ids_stay_when_everything_else_changes(tmp_path: Path) -> None:
    incident = Incident(record_id="in", title={"en": "A"}, first_published=FuzzyDate.parse("2031"))
    changed = dataclasses.replace(
        incident, title={"en": "B"}, public_id="QV-1", first_published=FuzzyDate.parse("2030-01")
    )
    first = texts(feed_of(dossier_of(incident), tmp_path), "entry", "id")
    assert len(first) == 1
    assert texts(feed_of(dossier_of(changed), tmp_path), "entry", "id") == first


def test_a_date_that_is_no_day_is_counted_as_a_loss(tmp_path: Path) -> None:
    incident = Incident(record_id="in", first_published=FuzzyDate.parse("2031-05"))
    report = Atom().write(dossier_of(incident), tmp_path / "feed.atom")
    assert [loss.field for loss in report.losses] == ["incident.first_published"]
    assert "<updated>2031-05-31T00:00:00Z" in (tmp_path / "feed.atom").read_text("utf-8")


def test_a_text_in_another_language_says_so(tmp_path: Path) -> None:
    root = feed_of(sample_dossier(), tmp_path, lang="ru")
    languages = [e.get("{http://www.w3.org/XML/1998/namespace}lang") for e in root.iter()]
    assert "en" in languages
    assert languages[0] == "ru"


def test_only_the_newest(tmp_path: Path) -> None:
    assert len(feed_of(sample_dossier(), tmp_path, n_entries=3).findall(f"{NS}entry")) == 3


def test_a_log_without_an_address_has_ids_and_no_links(tmp_path: Path) -> None:
    masthead = Masthead(title={"en": "Log"})
    root = feed_of(dossier_of(Incident(record_id="in"), masthead=masthead), tmp_path)
    assert root.findall(f".//{NS}link") == []
    assert texts(root, "entry", "id") == ["tag:undersight.invalid,2026:in"]


def test_logs_without_an_address_have_feeds_of_their_own(tmp_path: Path) -> None:
    def feed_id(log_id: str, base_url: str = "") -> list[str]:
        masthead = Masthead(title={"en": "Log"}, log_id=log_id, base_url=base_url)
        return texts(feed_of(dossier_of(masthead=masthead), tmp_path), "id")

    assert feed_id("one") == ["tag:undersight.invalid,2026:feed/one/en"]
    assert feed_id("other") != feed_id("one")
    assert feed_id("one", "https://log.example") == ["tag:log.example,2026:feed/en"]


def test_names_withheld_stay_withheld(tmp_path: Path) -> None:
    Atom().write(sample_dossier(), tmp_path / "feed.atom")
    text = (tmp_path / "feed.atom").read_text("utf-8")
    assert [name for name in WITHHELD_NAMES if name in text] == []


def test_internal_records_go_out_only_when_asked(tmp_path: Path) -> None:
    with pytest.raises(InternalExportError):
        Atom().write(sample_dossier("internal"), tmp_path / "feed.atom")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(), st.text())
def test_any_text_makes_a_whole_feed(tmp_path: Path, title: str, note: str) -> None:
    incident = Incident(record_id="in", title={"en": title}, public_id=title)
    update = Update(record_id="u", incident="in", note={"en": note})
    root = feed_of(dossier_of(incident, update), tmp_path)
    assert len(root.findall(f"{NS}entry")) == 2
