"""The partners' copy: nothing internal, up to date, and the same however it was brought there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.casebook.entries import make_entry
from undersight.casebook import identity, partner_copy
from undersight.casebook.partner_copy import PartnerCopy, PartnerReader
from undersight.errors import PartnerCopyNotReadyError, UnknownRecordError
from undersight.model.dossier import Masthead
from undersight.model.records import KINDS, Incident

if TYPE_CHECKING:
    from undersight.casebook import Casebook
    from undersight.model.naming import Audience

MASTHEAD = Masthead(title={"en": "Log"}, jurisdiction="QV")


def all_of(reader: PartnerReader) -> dict[str, Any]:
    """Everything that a copy answers."""
    found = reader.search("", limit=100)
    return {
        "records": {kind: reader.all(kind) for kind in sorted(KINDS)},
        "families": {i.record_id: reader.family(i.record_id) for i in reader.all("incident")},
        "found": {(hit.record_id, hit.title, hit.snippet.text) for hit in found.hits},
        "facets": found.facets,
        "blogger": reader.search("blogger").total,
    }


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where a copy takes long to make: only what must be is made again."""
    monkeypatch.setattr(partner_copy, "_QUICK_S", 0.0)
    monkeypatch.setattr(partner_copy, "_SHARE", 1e9)


def test_it_holds_what_outputs_would_show_partners(casebook: Casebook) -> None:
    entry = make_entry(casebook)
    make_entry(casebook)
    copy = PartnerCopy(casebook)
    assert copy.reader().all("incident") == ()
    assert copy.reader().search("blogger").total == 0
    casebook.publish(entry.incident, jurisdiction="QV", why="checked")
    reader = copy.reader()
    dossier = casebook.dossier(audience="partner", masthead=MASTHEAD)
    shown = [record for kind in sorted(KINDS) for record in reader.all(kind)]
    assert sorted(shown, key=lambda r: r.record_id) == sorted(
        dossier.records(), key=lambda r: r.record_id
    )
    assert reader.search("Quliyeva").total == 0
    assert "Quliyev" not in repr(all_of(reader))
    copy.close()


@pytest.mark.long
def test_a_change_is_seen_without_making_it_all_again(casebook: Casebook, slow: None) -> None:
    first, second = make_entry(casebook), make_entry(casebook)
    for entry in (first, second):
        casebook.publish(entry.incident, jurisdiction="QV", why="checked")
    copy = PartnerCopy(casebook)
    before = copy.reader()
    changes: list[Any] = [
        lambda: casebook.update(first.incident, {"title": {"en": "a blogger freed"}}),
        lambda: casebook.update(first.incident, {"visibility": "internal"}),
        lambda: casebook.update(second.incident, {"title": {"en": "Aysel Quliyeva was asked"}}),
        lambda: casebook.update(first.incident, {"visibility": "partner"}),
        lambda: casebook.retract(second.incident, "wrong"),
        lambda: casebook.restore(second.incident, "right after all"),
        lambda: casebook.create("update", incident=first.incident, note={"en": "Aysel is back"},
                                update_kind="new_fact", visibility="public"),
    ]  # fmt: skip
    for place, change in enumerate(changes):
        change()
        reader = copy.reader()
        assert reader is before, place
        fresh = PartnerCopy(casebook)
        assert all_of(reader) == all_of(fresh.reader()), place
        fresh.close()
    assert "Quliyeva" not in repr(all_of(copy.reader()))
    copy.close()


def test_whose_name_may_not_be_told_any_more_is_hidden_at_once(
    casebook: Casebook, slow: None
) -> None:
    entry = make_entry(casebook)
    casebook.publish(entry.incident, jurisdiction="QV", why="checked")
    consent = {"scope": "everything", "given_on": "2031-02-01"}
    casebook.update(entry.person, {"consents": [consent]})
    copy = PartnerCopy(casebook)
    before = copy.reader()
    assert "Quliyeva" in repr(all_of(before))
    casebook.update(entry.person, {"consents": [consent | {"withdrawn_on": "2031-02-20"}]})
    after = copy.reader()
    assert after is not before
    assert "Quliyeva" not in repr(all_of(after))
    casebook.withdraw(entry.person, "asked for")
    assert "Quliyeva" not in repr(all_of(copy.reader()))
    copy.close()


def test_a_name_that_is_new_waits_until_the_copy_is_made_again(
    casebook: Casebook, slow: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = make_entry(casebook)
    casebook.publish(entry.incident, jurisdiction="QV", why="checked")
    copy = PartnerCopy(casebook)
    before = copy.reader()
    casebook.create("party", names=[{"value": "Nara Velt"}], visibility="internal")
    casebook.update(entry.incident, {"title": {"en": "a blogger freed"}})
    assert copy.reader() is before
    found = before.get(entry.incident)
    assert isinstance(found, Incident)
    assert found.title["en"] == "a blogger freed"
    monkeypatch.setattr(partner_copy, "_SHARE", 0)
    assert copy.reader() is not before
    copy.close()


def test_nobody_waits_for_the_copy_of_a_large_casebook(
    casebook: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partner_copy, "_LONG_RECORDS", 0)
    entry = make_entry(casebook)
    casebook.publish(entry.incident, jurisdiction="QV", why="checked")
    consent = {"scope": "everything", "given_on": "2031-02-01"}
    casebook.update(entry.person, {"consents": [consent]})
    copy = PartnerCopy(casebook)
    assert "Quliyeva" in repr(all_of(made_aside(copy)))
    casebook.update(entry.person, {"consents": [consent | {"withdrawn_on": "2031-02-20"}]})
    assert "Quliyeva" not in repr(all_of(made_aside(copy)))
    casebook.withdraw(entry.person, "asked for")
    with pytest.raises(PartnerCopyNotReadyError):
        copy.reader()
    copy.close()
    maker = copy._maker
    assert maker is not None
    maker.join(10)


def made_aside(copy: PartnerCopy) -> PartnerReader:
    """Ask, be told that it is not ready, and ask again when it is."""
    with pytest.raises(PartnerCopyNotReadyError):
        copy.reader()
    maker = copy._maker
    assert maker is not None
    maker.join(10)
    return copy.reader()


def test_the_past_is_no_way_around(casebook: Casebook, desk: Any) -> None:
    entry = make_entry(casebook)
    casebook.publish(entry.incident, jurisdiction="QV", why="checked")
    kept = make_entry(casebook)
    day = casebook.today
    reader = PartnerCopy(casebook).reader()
    assert reader.get(entry.incident, as_of=day) == reader.get(entry.incident)
    with pytest.raises(UnknownRecordError):
        reader.get(kept.incident, as_of=day)
    assert set(reader.get_many([entry.incident, kept.incident], as_of=day)) == {entry.incident}
    assert {r.record_id for r in reader.as_of(day)} >= {entry.incident}
    assert "Quliyev" not in repr(list(reader.as_of(day)))
    assert reader.history_of_incident(entry.incident) == ()
    with pytest.raises(UnknownRecordError):
        reader.history_of_incident(kept.incident)


def test_of_a_past_in_which_it_was_not_open_nothing_is_told(casebook: Casebook, desk: Any) -> None:
    entry = make_entry(casebook)
    before = casebook.today
    desk.clock.pass_days(3)
    casebook.publish(entry.incident, jurisdiction="QV", why="checked")
    reader = PartnerCopy(casebook).reader()
    assert reader.get(entry.incident).record_id == entry.incident
    with pytest.raises(UnknownRecordError):
        reader.get(entry.incident, as_of=before)
    assert reader.get_many([entry.incident], as_of=before) == {}
    assert list(reader.as_of(before)) == []
    asked: tuple[Audience, ...] = ("internal", "partner", "public")
    for audience in asked:
        past = reader.dossier(audience=audience, masthead=MASTHEAD, as_of=before)
        assert list(past.records()) == []


def test_the_past_is_shown_by_todays_rules(casebook: Casebook, desk: Any) -> None:
    entry = make_entry(casebook)
    casebook.publish(entry.incident, jurisdiction="QV", why="checked")
    day = casebook.today
    desk.clock.pass_days(3)
    casebook.update(entry.act, {"field_visibility": {"start": "internal"}})
    casebook.update(entry.claim, {"visibility": "internal"})
    reader = PartnerCopy(casebook).reader()
    assert reader.get(entry.act, as_of=day).start is None
    with pytest.raises(UnknownRecordError):
        reader.get(entry.claim, as_of=day)


def test_what_was_taken_out_then_is_not_told_of_then(casebook: Casebook, desk: Any) -> None:
    entry = make_entry(casebook)
    casebook.publish(entry.incident, jurisdiction="QV", why="checked")
    casebook.retract(entry.claim, why="wrong")
    day = casebook.today
    desk.clock.pass_days(3)
    casebook.restore(entry.claim, why="right after all")
    reader = PartnerCopy(casebook).reader()
    assert reader.get(entry.claim)
    with pytest.raises(UnknownRecordError):
        reader.get(entry.claim, as_of=day)


def test_what_is_taken_out_today_is_told_of_no_day(casebook: Casebook, desk: Any) -> None:
    entry = make_entry(casebook)
    casebook.publish(entry.incident, jurisdiction="QV", why="checked")
    day = casebook.today
    desk.clock.pass_days(3)
    casebook.retract(entry.claim, why="wrong")
    reader = PartnerCopy(casebook).reader()
    with pytest.raises(UnknownRecordError):
        reader.get(entry.claim, as_of=day)
    assert reader.get_many([entry.claim], as_of=day) == {}


def test_of_the_past_too_two_records_of_one_person_are_one(casebook: Casebook, desk: Any) -> None:
    entry = make_entry(casebook)
    again = casebook.create("party", names=[{"value": "Айсель Кулиева"}]).record_id
    witness = casebook.create("involvement", act=entry.act, party=again, role="witness").record_id
    casebook.publish(entry.incident, jurisdiction="QV", why="checked")
    day = casebook.today
    desk.clock.pass_days(3)
    identity.decide(casebook, entry.person, again, verdict="same", why="one woman")
    then: Any = PartnerCopy(casebook).reader().get(witness, as_of=day)
    assert then.party == entry.person


def test_a_new_day_makes_the_copy_anew(casebook: Casebook, desk: Any) -> None:
    """Consents and embargoes end with days, and nothing is written when they do."""
    copy = PartnerCopy(casebook)
    first = copy.reader()
    assert copy.reader() is first
    desk.clock.pass_days(1)
    assert copy.reader() is not first
