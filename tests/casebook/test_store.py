from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from tests.casebook.entries import make_entry
from undersight.casebook import PendingChange, opening
from undersight.casebook.identity import decide
from undersight.errors import (
    AppendOnlyError,
    ChangedSinceError,
    InvalidDateError,
    InvalidValueError,
    MergedRecordError,
    RecordExistsError,
    RecordRetractedError,
    UndersightError,
    UnknownChangeError,
    UnknownFieldError,
    UnknownKindError,
    UnknownRecordError,
    UnknownTermError,
    WrongReferenceError,
)
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.parts import PersonName, Place
from undersight.model.records import Act, Incident, Party, Update

if TYPE_CHECKING:
    from tests.casebook.conftest import Desk
    from undersight.casebook import Casebook


def test_a_record_comes_back_as_it_was_written(casebook: Casebook) -> None:
    made = casebook.create(
        "act",
        act_type="detention",
        start=FuzzyDate("2031-02-03/2031-02-05", as_text="early February"),
        place=Place(country="QV", locality="Sarnak"),
        manners=["plain_clothes"],
        quantities=[{"what": "comments", "amount": 7.5, "is_rounded": True}],
        detail={"az": "Gecə ✔", "en": "At night"},
    )
    found = casebook.get(made.record_id)
    assert found == made
    assert isinstance(found, Act)
    assert found.start == FuzzyDate("2031-02-03/2031-02-05", as_text="early February")
    assert found.quantities[0].amount == 7.5


def test_a_protected_source_is_named_by_its_random_id_alone(casebook: Casebook) -> None:
    source = casebook.create("source", identity="src-abcdefghijklmnopqrst").record_id
    for name in ("Leyla Sarnakli", "src-Leyla", "src-abcdefghijklmnopqrs"):
        with pytest.raises(InvalidValueError, match="src-…") as caught:
            casebook.update(source, {"identity": name})
        assert name not in str(caught.value)


def test_values_of_the_model_and_their_json_are_the_same(casebook: Casebook) -> None:
    one = casebook.create("party", names=(PersonName(value="Leyla", lang="az"),))
    other = casebook.create("party", names=[{"value": "Leyla", "lang": "az"}])
    assert isinstance(one, Party)
    assert isinstance(other, Party)
    assert one.names == other.names


def test_what_was_never_written_has_its_default(casebook: Casebook) -> None:
    made = casebook.create("incident")
    assert made == Incident(record_id=made.record_id)
    assert made.visibility == "internal"


def test_ids_sort_by_time(casebook: Casebook) -> None:
    ids = [casebook.create("period").record_id for _ in range(5)]
    assert ids == sorted(ids)
    assert len(set(ids)) == 5


@pytest.mark.parametrize(
    ("kind", "fields", "error"),
    [
        ("incidents", {}, UnknownKindError),
        ("incident", {"headline": "x"}, UnknownFieldError),
        ("act", {"act_type": "arest"}, UnknownTermError),
        ("act", {"start": "2031-02-31"}, InvalidDateError),
        ("act", {"incident": "nobody"}, UnknownRecordError),
        ("incident", {"title": "text"}, InvalidValueError),
        ("incident", {"title": {"en": "a\x00b"}}, InvalidValueError),
        ("incident", {"title": {"en": "half \ud800"}}, InvalidValueError),
    ],
)
def test_what_cannot_be_stored_is_refused_and_nothing_is(
    casebook: Casebook, kind: str, fields: dict[str, Any], error: type[UndersightError]
) -> None:
    with pytest.raises(error):
        casebook.create(kind, **fields)
    assert casebook.history_head().length == 0


def test_a_reference_takes_only_its_kinds(casebook: Casebook) -> None:
    entry = make_entry(casebook)
    with pytest.raises(WrongReferenceError, match="of kind party"):
        casebook.create("act", incident=entry.person)
    with pytest.raises(UnknownRecordError, match=r"charges\.provision"):
        casebook.create("proceeding", charges=[{"provision": "nobody"}])


def test_several_changes_are_written_all_or_none(casebook: Casebook) -> None:
    good = PendingChange(kind="incident", record_id="i1", fields={"lang": "az"})
    bad = PendingChange(kind="act", fields={"incident": "nobody"})
    with pytest.raises(UnknownRecordError):
        casebook.write(good, bad, why="no")
    with pytest.raises(UnknownRecordError):
        casebook.get("i1")
    act = PendingChange(kind="act", record_id="a1", fields={"incident": "i1"})
    changes = casebook.write(act, good, why="yes")
    assert [c.why for c in changes] == ["yes", "yes"]
    assert casebook.get("a1").incident == "i1"  # type: ignore[attr-defined]


def test_one_write_may_change_a_record_twice(casebook: Casebook) -> None:
    casebook.write(
        PendingChange(kind="incident", record_id="i1", fields={"lang": "az"}),
        PendingChange(record_id="i1", kind="incident", fields={"lang": "en"}),
    )
    assert [e.fields[0].after for e in casebook.history("i1")] == ["az", "en"]


def test_what_changes_nothing_is_not_a_change(casebook: Casebook) -> None:
    made = casebook.create("incident", lang="az")
    assert casebook.write(PendingChange(record_id=made.record_id, fields={"lang": "az"})) == ()
    assert len(casebook.history(made.record_id)) == 1
    assert casebook.put(made) == made
    assert len(casebook.history(made.record_id)) == 1


def test_put_makes_a_record_what_it_is_here(casebook: Casebook) -> None:
    casebook.put(Incident(record_id="i1", lang="az", topics=("a",)))
    casebook.put(Incident(record_id="i1", topics=("b",)))
    assert casebook.get("i1") == Incident(record_id="i1", topics=("b",))


def test_an_id_is_given_once(casebook: Casebook) -> None:
    casebook.put(Incident(record_id="i1"))
    with pytest.raises(RecordExistsError):
        casebook.write(PendingChange(kind="incident", record_id="i1", is_new=True))
    with pytest.raises(InvalidValueError):
        casebook.write(PendingChange(kind="party", record_id="i1", fields={"gender": "f"}))
    with pytest.raises(InvalidValueError):
        casebook.put(Incident(record_id="../etc"))


def test_history_tells_who_when_why_and_what(casebook: Casebook, desk: Desk) -> None:
    made = casebook.create("incident", why="a call", lang="az")
    desk.clock.pass_days(1)
    desk.open("s-ben").update(made.record_id, {"lang": "en"}, why="it was English")
    first, second = casebook.history(made.record_id)
    assert (first.author, first.why, first.fields[0].before) == ("s-ada", "a call", None)
    assert (second.author, second.why) == ("s-ben", "it was English")
    assert (second.fields[0].before, second.fields[0].after) == ("az", "en")
    assert second.at - first.at > dt.timedelta(days=1)
    with pytest.raises(UnknownRecordError):
        casebook.history("nobody")


def test_history_of_an_incident_is_that_of_all_that_belongs_to_it(casebook: Casebook) -> None:
    entry = make_entry(casebook)
    make_entry(casebook, name="Tural Quliyev")
    kinds = [e.kind for e in casebook.history_of_incident(entry.incident)]
    assert kinds == ["incident", "act", "involvement", "claim"]
    with pytest.raises(UnknownRecordError):
        casebook.history_of_incident(entry.person)


def test_a_record_as_of_any_day(casebook: Casebook, desk: Desk) -> None:
    made = casebook.create("incident", lang="az")
    desk.clock.pass_days(2)
    casebook.update(made.record_id, {"lang": "en"})
    day = dt.date(2031, 2, 27)
    assert casebook.get(made.record_id, as_of=day).lang == "az"  # type: ignore[attr-defined]
    later = day + dt.timedelta(days=2)
    assert casebook.get(made.record_id, as_of=later).lang == "en"  # type: ignore[attr-defined]
    with pytest.raises(UnknownRecordError):
        casebook.get(made.record_id, as_of=day - dt.timedelta(days=1))
    assert list(casebook.as_of(day - dt.timedelta(days=1))) == []
    assert [r.lang for r in casebook.as_of(day)] == ["az"]  # type: ignore[attr-defined]


def test_as_of_leaves_out_what_was_retracted_then(casebook: Casebook, desk: Desk) -> None:
    made = casebook.create("incident")
    desk.clock.pass_days(2)
    casebook.retract(made.record_id, why="twice")
    assert len(list(casebook.as_of(dt.date(2031, 2, 27)))) == 1
    assert list(casebook.as_of(dt.date(2031, 3, 30))) == []


def test_undo_is_a_new_change(casebook: Casebook) -> None:
    made = casebook.create("incident", lang="az")
    casebook.update(made.record_id, {"lang": "en", "topics": ["x"]})
    change = casebook.history(made.record_id)[-1].change_id
    casebook.undo(change, why="wrong")
    assert casebook.get(made.record_id) == made
    assert [e.why for e in casebook.history(made.record_id)] == ["", "", "wrong"]


def test_undo_refuses_where_a_field_was_changed_again(casebook: Casebook) -> None:
    made = casebook.create("incident", lang="az")
    casebook.update(made.record_id, {"lang": "en"})
    casebook.update(made.record_id, {"lang": "ru"})
    _, second, third = casebook.history(made.record_id)
    with pytest.raises(ChangedSinceError) as caught:
        casebook.undo(second.change_id, why="no")
    assert caught.value.later_id == third.change_id
    with pytest.raises(UnknownChangeError):
        casebook.undo("nothing", why="no")


def test_undo_of_making_takes_out_and_of_taking_out_brings_back(casebook: Casebook) -> None:
    made = casebook.create("incident", lang="az")
    casebook.undo(casebook.history(made.record_id)[0].change_id, why="twice")
    assert casebook.folded(made.record_id).is_retracted
    casebook.undo(casebook.history(made.record_id)[-1].change_id, why="no, once")
    assert not casebook.folded(made.record_id).is_retracted


def test_what_is_retracted_is_out_of_lists_but_not_lost(casebook: Casebook) -> None:
    made = casebook.create("incident")
    casebook.retract(made.record_id, why="twice")
    assert casebook.all("incident") == ()
    assert casebook.all("incident", with_retracted=True) == (made,)
    with pytest.raises(RecordRetractedError):
        casebook.update(made.record_id, {"lang": "az"})
    with pytest.raises(RecordRetractedError):
        casebook.create("act", incident=made.record_id)
    casebook.restore(made.record_id, why="no")
    assert casebook.all("incident") == (made,)


def test_records_are_found_by_field_and_by_what_they_point_at(casebook: Casebook) -> None:
    entry = make_entry(casebook)
    assert len(casebook.all("party", party_kind="public_body")) == 1
    with pytest.raises(UnknownFieldError):
        casebook.all("party", colour="red")
    pointing = casebook.referring(entry.person)
    assert {r.kind for r in pointing} == {"account", "item", "involvement"}
    assert [r.kind for r in casebook.referring(entry.person, kind="account")] == ["account"]
    assert casebook.referring(entry.person, field="court") == ()


def test_an_update_is_only_added_to(casebook: Casebook) -> None:
    entry = make_entry(casebook)
    first = casebook.create("update", incident=entry.incident, note={"en": "Released."})
    second = casebook.create("update", incident=entry.incident, note={"en": "Not released."})
    assert isinstance(first, Update)
    assert isinstance(second, Update)
    assert (first.number, second.number) == (1, 2)
    with pytest.raises(AppendOnlyError):
        casebook.update(first.record_id, {"note": {"en": "x"}})
    with pytest.raises(AppendOnlyError):
        casebook.retract(first.record_id, why="x")
    with pytest.raises(AppendOnlyError):
        casebook.undo(casebook.history(first.record_id)[0].change_id, why="x")
    assert casebook.update(first.record_id, {"visibility": "public"}).visibility == "public"


def test_a_merged_party_names_the_one_that_stands_for_it(casebook: Casebook) -> None:
    entry = make_entry(casebook)
    again = casebook.create("party", names=[{"value": "Айсель Кулиева"}]).record_id
    decide(casebook, entry.person, again, verdict="same", why="one woman")
    for attempt in (
        lambda: casebook.update(again, {"gender": "f"}),
        lambda: casebook.create("involvement", act=entry.act, party=again),
    ):
        with pytest.raises(MergedRecordError) as caught:
            attempt()
        assert caught.value.kept_id == entry.person
    assert casebook.merged_parties() == {again: entry.person}


def test_a_public_id_leads_to_its_incident(casebook: Casebook) -> None:
    entry = make_entry(casebook)
    published = casebook.publish(entry.incident, jurisdiction="QV", why="checked")
    assert published.public_id == "QV-2031-0001"
    assert casebook.find("QV-2031-0001") == entry.incident
    assert casebook.find(entry.act) == entry.act
    assert casebook.find(entry.person[-12:]) == entry.person
    for few in (entry.person[-7:], entry.person[:8], "-" * 8, "zz" + entry.person[-6:]):
        with pytest.raises(UnknownRecordError):
            casebook.find(few)
    with pytest.raises(UnknownRecordError):
        casebook.find("QV-2031-0002")


def test_rebuilt_projections_are_the_same_to_the_byte(casebook: Casebook, desk: Desk) -> None:
    entry = make_entry(casebook)
    make_entry(casebook, name="Tural Quliyev")
    casebook.update(entry.incident, {"place": None, "lang": "az"})
    casebook.update(entry.act, {"end": "2031-02-21"})
    casebook.retract(entry.item, why="not hers")
    casebook.update(entry.claim, {"about": entry.incident})
    before = all_rows(casebook)
    casebook.rebuild_projections()
    assert all_rows(casebook) == before
    assert desk.open().get(entry.incident) == casebook.get(entry.incident)


def all_rows(casebook: Casebook) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every projection, in order."""
    from undersight.casebook.tables import PROJECTION_TABLES

    with casebook.database.reading() as connection:
        rows = {
            table.name: sorted(map(tuple, connection.execute(table.select())), key=repr)
            for table in PROJECTION_TABLES
        }
    assert rows["record_link"]
    assert rows["search_document"]
    return rows


def test_records_move_with_what_they_hang_on(casebook: Casebook) -> None:
    entry = make_entry(casebook)
    other = casebook.create("incident")
    casebook.update(entry.act, {"incident": other.record_id})
    kinds = {e.kind for e in casebook.history_of_incident(other.record_id)}
    assert kinds == {"incident", "act", "involvement", "claim"}
    assert {e.kind for e in casebook.history_of_incident(entry.incident)} == {"incident"}
    casebook.update(entry.act, {"incident": ""})
    assert {e.kind for e in casebook.history_of_incident(other.record_id)} == {"incident"}


def test_a_long_rebuilding_tells_the_log_how_far_it_is(
    casebook: Casebook, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    make_entry(casebook)
    casebook.rebuild_projections()
    assert not caplog.records
    monkeypatch.setattr(opening, "_LONG_RECORDS", 2)
    casebook.rebuild_projections()
    told = [vars(one) for one in caplog.records if one.msg == "casebook.rebuilding"]
    assert told[-1]["n_done"] == told[-1]["n_records"] > 2
