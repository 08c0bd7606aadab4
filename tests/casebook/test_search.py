from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.casebook.entries import make_entry
from undersight.casebook import search_index
from undersight.casebook.search import N_CANDIDATES
from undersight.errors import UnknownFieldError
from undersight.model.records import Incident

if TYPE_CHECKING:
    from tests.casebook.conftest import Desk
    from undersight.casebook import Casebook
    from undersight.casebook.search import SearchHit


def hits(casebook: Casebook, text: str, **how: object) -> list[SearchHit]:
    return list(casebook.search(text, **how).hits)  # type: ignore[arg-type]


def test_a_name_is_found_in_any_spelling(casebook: Casebook) -> None:
    entry = make_entry(casebook, name="Vüqar Əliyevi")
    make_entry(casebook, name="Aysel Quliyeva")
    spellings = (
        "Əliyev",
        "eliyev",
        "aliyev",
        "Алиев",
        "ƏLİYEV",
        "aliev",
        "əliyevi",
        "vüqar əliyev",
    )
    for query in spellings:
        found = {h.incident_id for h in hits(casebook, query)} - {""}
        assert found == {entry.incident}, query


def test_a_word_is_found_in_any_spelling(casebook: Casebook) -> None:
    made = casebook.create("incident", title={"az": "Bakıdakı həbs"})
    casebook.create("incident", title={"az": "Sarnakda həbs"})
    for query in ("bakida", "BAKIDA", "Бакыда", "bakıdakı"):
        assert [h.record_id for h in hits(casebook, query)] == [made.record_id], query


def test_words_in_different_records_of_one_incident_find_it(casebook: Casebook) -> None:
    entry = make_entry(casebook)
    make_entry(casebook, name="Tural Rzayev")
    (hit,) = hits(casebook, "nobody quliyeva night")
    assert (hit.incident_id, hit.kind, hit.record_id) == (
        entry.incident,
        "incident",
        entry.incident,
    )
    (hit,) = hits(casebook, "nobody quliyeva called")
    assert (hit.kind, hit.record_id, hit.title) == (
        "claim",
        entry.claim,
        "Aysel Quliyeva detained",
    )


def test_matches_are_marked_in_the_original_text(casebook: Casebook) -> None:
    casebook.create("incident", summary={"az": "Əvvəl 🙂 İlham Şükürov danışdı. " * 3})
    (hit,) = hits(casebook, "shukurov ilham")
    text = hit.snippet.text
    assert {text[a:b] for a, b in hit.snippet.marks} == {"İlham", "Şükürov"}
    assert (hit.snippet.field, hit.snippet.lang) == ("summary", "az")


def test_a_long_text_shows_the_passage_found(casebook: Casebook) -> None:
    text = "start " * 100 + "the needle lies here " + "end " * 100
    casebook.create("incident", summary={"en": text})
    (hit,) = hits(casebook, "needle")
    assert "the needle lies here" in hit.snippet.text
    assert len(hit.snippet.text) < 250


def test_phrases_and_exclusions(casebook: Casebook) -> None:
    one = casebook.create("incident", title={"en": "police post closed"})
    two = casebook.create("incident", title={"en": "post about police"})
    assert {h.record_id for h in hits(casebook, "police post")} == {one.record_id, two.record_id}
    assert [h.record_id for h in hits(casebook, '"police post"')] == [one.record_id]
    assert [h.record_id for h in hits(casebook, "police -closed")] == [two.record_id]
    assert [h.record_id for h in hits(casebook, "-closed")] == [two.record_id]


def test_what_means_something_to_the_database_means_nothing_here(casebook: Casebook) -> None:
    make_entry(casebook)
    for query in ('"', "AND", "NOT (", "a*b", "col:x", "' OR 1=1 --", "🙂", "%", "\\", "zz0all"):
        casebook.search(query)


def test_facets_count_and_choose(casebook: Casebook) -> None:
    first = make_entry(casebook)
    second = make_entry(casebook, name="Tural Rzayev")
    casebook.update(second.act, {"act_type": "summons", "start": "2030-05", "platforms": []})
    casebook.update(second.incident, {"place": {"country": "QV", "locality": "Velim"}})
    found = casebook.search("detained", kinds=["incident"])
    assert found.total == 2
    assert found.facets["act_type"] == {"detention": 1, "summons": 1}
    assert found.facets["year"] == {"2030": 1, "2031": 1}
    assert found.facets["place"] == {"Sarnak": 1, "Velim": 1}
    assert found.facets["status"] == {"detained_held": 2}
    chosen = casebook.search("detained", facets={"act_type": "detention"})
    assert [h.incident_id for h in chosen.hits] == [first.incident]
    both = casebook.search("", facets={"act_type": ["detention", "summons"], "place": "Velim"})
    assert [h.incident_id for h in both.hits] == [second.incident]
    with pytest.raises(UnknownFieldError):
        casebook.search("", facets={"colour": "red"})


def test_kinds_choose_the_record_shown(casebook: Casebook) -> None:
    entry = make_entry(casebook)
    assert [h.record_id for h in hits(casebook, "quliyeva", kinds=["claim"])] == [entry.claim]
    assert [h.record_id for h in hits(casebook, "quliyeva", kinds=["party"])] == [entry.person]


def test_pages_follow_each_other(casebook: Casebook) -> None:
    made = [casebook.create("incident", title={"en": "road"}).record_id for _ in range(5)]
    first = hits(casebook, "road", limit=3)
    rest = hits(casebook, "road", limit=3, offset=3)
    assert (len(first), len(rest)) == (3, 2)
    assert {h.record_id for h in [*first, *rest]} == set(made)
    assert casebook.search("road", limit=0).total == 5


def test_an_empty_search_shows_the_newest(casebook: Casebook) -> None:
    entry = make_entry(casebook)
    found = casebook.search("")
    assert found.total == 6
    assert found.hits[0].incident_id == entry.incident, "it has the latest date"


def test_entries_published_on_one_day_stand_by_what_happened(casebook: Casebook) -> None:
    days = [f"2031-0{month}-1{day}" for month in (3, 1, 4, 2) for day in (5, 2)]
    for day in days:
        one = casebook.create(
            "incident",
            title={"en": day},
            first_published={"edtf": "2031-12-24", "basis": "stated"},
        )
        casebook.create(
            "act",
            incident=one.record_id,
            act_type="questioning",
            start={"edtf": day, "basis": "stated"},
        )
    found = [hit.title for hit in hits(casebook, "", kinds=["incident"])]
    assert found == sorted(days, reverse=True)


def test_search_follows_every_change(casebook: Casebook) -> None:
    entry = make_entry(casebook)
    casebook.update(entry.person, {"names": [{"value": "Leyla Quliyeva", "lang": "az"}]})
    assert entry.incident in {h.incident_id for h in hits(casebook, "leyla")}
    casebook.update(entry.claim, {"statement": {"en": "Zebra."}})
    assert [h.record_id for h in hits(casebook, "zebra")] == [entry.claim]
    assert hits(casebook, "nobody") == []
    casebook.retract(entry.claim, why="x")
    assert hits(casebook, "zebra") == []
    casebook.retract(entry.incident, why="x")
    assert entry.incident not in {h.incident_id for h in hits(casebook, "sarnak")}


def test_what_the_desk_keeps_for_itself_is_no_hit(casebook: Casebook) -> None:
    casebook.create("saved_search", name="mine", query="zebra")
    assert hits(casebook, "zebra") == []


def test_more_than_is_looked_at_is_a_lower_bound(
    casebook: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("undersight.casebook.search.N_CANDIDATES", 3)
    for _ in range(5):
        casebook.create("incident", title={"en": "road"})
    found = casebook.search("road")
    assert (found.total, found.is_lower_bound) == (3, True)
    assert N_CANDIDATES > 3


def test_a_bulk_load_is_the_same_log_rows_and_search(casebook: Casebook, desk: Desk) -> None:
    n_loaded = casebook.load(
        (Incident(record_id=f"i{n}", title={"en": f"road {n}"}) for n in range(30)), why="import"
    )
    assert n_loaded == 30
    assert casebook.search("road").total == 30
    assert casebook.history("i7")[0].why == "import"
    assert casebook.verify_history().is_whole
    casebook.rebuild_projections()
    assert desk.open().search("road").total == 30


def test_two_documents_that_hash_alike_both_stay(
    casebook: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "document_number", lambda _: 7)
    for _ in range(3):
        casebook.create("incident", title={"en": "road"})
    assert casebook.search("road").total == 3


def test_an_entry_is_found_by_the_outlet_that_reports_it(casebook: Casebook) -> None:
    outlet = casebook.create(
        "party", party_kind="outlet", names=[{"value": "Sarnak Press", "lang": "en"}]
    )
    source = casebook.create("source", publisher=outlet.record_id, url="https://press.example/1")
    entry = casebook.create("incident", title={"en": "Page taken"}, sources=[source.record_id])
    other = casebook.create("incident", title={"en": "Page closed"})
    assert [h.incident_id for h in hits(casebook, "sarnak press page")] == [entry.record_id]
    casebook.update(outlet.record_id, {"names": [{"value": "Vezrin Hour", "lang": "en"}]})
    assert [h.incident_id for h in hits(casebook, "vezrin hour page")] == [entry.record_id]
    assert hits(casebook, "sarnak") == []
    titles = {h.title for h in hits(casebook, "press.example")}
    assert titles == {"https://press.example/1"}
    assert other.record_id in {h.incident_id for h in hits(casebook, "page")}


@pytest.mark.parametrize("asked", ["", "word"])
def test_a_passage_ends_with_a_whole_word(casebook: Casebook, asked: str) -> None:
    casebook.create("incident", summary={"en": "word " * 90})
    (hit,) = hits(casebook, asked)
    assert hit.snippet.text.endswith("word…")
    assert len(hit.snippet.text) <= 181
