from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from tests.casebook.entries import Entry, make_entry
from undersight.casebook import identity
from undersight.model.dossier import Masthead
from undersight.model.records import Incident, Involvement, Party

if TYPE_CHECKING:
    from tests.casebook.conftest import Desk
    from undersight.casebook import Casebook
    from undersight.model.dossier import Dossier

MASTHEAD = Masthead(title={"en": "Log"}, jurisdiction="QV")


def published(casebook: Casebook) -> Entry:
    entry = make_entry(casebook)
    casebook.publish(entry.incident, jurisdiction="QV", why="checked")
    return entry


def public(casebook: Casebook, **how: Any) -> Dossier:
    return casebook.dossier(audience="public", masthead=MASTHEAD, **how)


def test_nothing_is_public_before_somebody_publishes(casebook: Casebook) -> None:
    make_entry(casebook)
    assert list(public(casebook).records()) == []
    assert len(list(casebook.dossier(audience="internal", masthead=MASTHEAD).records())) == 9


def test_a_published_entry_names_nobody_who_did_not_agree(casebook: Casebook) -> None:
    entry = published(casebook)
    dossier = public(casebook)
    out = repr([*dossier.records()])
    for trace in ("Aysel", "aysel", "Quliyev", "quliyev", "roads.of", "The road is gone"):
        assert trace not in out
    assert "Ministry of Order" in out
    incident = dossier.find(Incident, entry.incident)
    assert incident is not None
    assert incident.title == {"en": "a blogger detained", "az": "bloger saxlanılıb"}
    assert incident.public_id == "QV-2031-0001"
    assert incident.first_published is not None
    assert {m.party_id for m in dossier.masked} == {entry.person}
    assert dossier.stamps[entry.incident].created == dt.date(2031, 2, 27)


def test_consent_names_and_taking_it_back_unnames(casebook: Casebook) -> None:
    entry = published(casebook)
    consent = {"scope": "everything", "given_on": "2031-02-01"}
    casebook.update(entry.person, {"consents": [consent]})
    dossier = public(casebook)
    party = dossier.party(entry.person)
    assert party is not None
    assert party.names[0].value == "Aysel Quliyeva"
    assert dossier.masked == ()
    casebook.update(entry.person, {"consents": [consent | {"withdrawn_on": "2031-02-20"}]})
    assert "Quliyeva" not in repr([*public(casebook).records()])


def test_publication_leaves_what_is_kept_more_carefully(casebook: Casebook) -> None:
    entry = make_entry(casebook)
    casebook.update(entry.source, {"confidentiality": "sensitive"})
    done = casebook.publish(entry.incident, jurisdiction="QV", why="checked")
    assert done.left == (entry.source,)
    assert entry.act in done.raised
    again = casebook.publish(entry.incident, jurisdiction="QV", why="again")
    assert (again.public_id, again.raised) == (done.public_id, ())


def test_public_ids_count_by_year_of_the_event(casebook: Casebook) -> None:
    ids = []
    for start in ("2031-01", "2030-12-31", "2031-02", "2029/2030"):
        entry = make_entry(casebook)
        casebook.update(entry.act, {"start": start})
        done = casebook.publish(entry.incident, jurisdiction="QV", why="")
        ids.append(done.public_id)
    assert ids == ["QV-2031-0001", "QV-2030-0001", "QV-2031-0002", "QV-2029-0001"]


def test_merged_parties_are_one_in_every_output(casebook: Casebook) -> None:
    entry = published(casebook)
    again = casebook.create(
        "party", names=[{"value": "Айсель Кулиева"}], risk_flags=["in_custody"]
    ).record_id
    casebook.create("involvement", act=entry.act, party=again, role="witness")
    decision = identity.decide(casebook, entry.person, again, verdict="same", why="one woman")
    dossier = casebook.dossier(audience="internal", masthead=MASTHEAD)
    assert dossier.get(again) is None
    assert {i.party for i in dossier.all(Involvement)} == {entry.person}
    party = dossier.find(Party, entry.person)
    assert party is not None
    assert [n.value for n in party.names] == ["Aysel Quliyeva", "Айсель Кулиева"]
    assert party.risk_flags == ("in_custody",)
    identity.revoke(casebook, decision.record_id, why="two women")
    dossier = casebook.dossier(audience="internal", masthead=MASTHEAD)
    assert {i.party for i in dossier.all(Involvement)} == {entry.person, again}


def test_the_name_of_a_merged_party_is_masked_too(casebook: Casebook) -> None:
    entry = published(casebook)
    again = casebook.create("party", names=[{"value": "Sevil Yolçu"}]).record_id
    identity.decide(casebook, entry.person, again, verdict="same", why="her pen name")
    casebook.update(entry.incident, {"summary": {"en": "Sevil Yolçu wrote it."}})
    incident = public(casebook).find(Incident, entry.incident)
    assert incident is not None
    assert incident.summary == {"en": "a blogger wrote it."}


def test_the_user_name_of_a_merged_party_is_masked_too(casebook: Casebook) -> None:
    entry = published(casebook)
    again = casebook.create("party", names=[{"value": "Sevil Yolçu"}]).record_id
    casebook.create("account", owner=again, handles=[{"value": "@night_roads7"}])
    identity.decide(casebook, entry.person, again, verdict="same", why="her pen name")
    casebook.update(entry.incident, {"summary": {"en": "It was @night_roads7."}})
    incident = public(casebook).find(Incident, entry.incident)
    assert incident is not None
    assert "night_roads7" not in repr(incident)


def test_a_decision_that_was_taken_out_makes_nobody_one(casebook: Casebook) -> None:
    entry = published(casebook)
    again = casebook.create("party", names=[{"value": "Sevil Yolçu"}]).record_id
    decision = identity.decide(casebook, entry.person, again, verdict="same", why="a guess")
    casebook.retract(decision.record_id, why="entered by mistake")
    assert casebook.dossier(audience="internal", masthead=MASTHEAD).get(again) is not None
    identity.decide(casebook, entry.person, again, verdict="different", why="asked both")


def test_help_that_was_given_and_what_was_taken_out_stay_in(casebook: Casebook) -> None:
    entry = make_entry(casebook)
    help_given = casebook.create("intervention", party=entry.person, incident=entry.incident)
    casebook.retract(entry.claim, why="wrong")
    done = casebook.publish(entry.incident, jurisdiction="QV", why="checked")
    assert help_given.record_id not in (*done.raised, *done.left)
    assert entry.claim not in (*done.raised, *done.left)
    assert casebook.get(help_given.record_id).visibility == "internal"


def test_what_partners_may_see_is_not_published_yet(casebook: Casebook) -> None:
    entry = make_entry(casebook)
    casebook.publish(entry.incident, audience="partner", jurisdiction="QV", why="checked")
    incident = casebook.get(entry.incident)
    assert isinstance(incident, Incident)
    assert (incident.visibility, incident.first_published) == ("partner", None)


def test_an_entry_about_somebody_merged_opens_who_stands_for_them(casebook: Casebook) -> None:
    entry = make_entry(casebook)
    kept = casebook.create("party", names=[{"value": "Aysel Quliyeva"}]).record_id
    identity.decide(casebook, kept, entry.person, verdict="same", why="one woman")
    done = casebook.publish(entry.incident, jurisdiction="QV", why="checked")
    assert kept in done.raised
    assert entry.person not in done.raised


def test_a_view_of_the_past_shows_then_by_todays_rules(casebook: Casebook, desk: Desk) -> None:
    entry = published(casebook)
    casebook.update(entry.person, {"public_exposure": "consented"})
    day = dt.date(2031, 2, 27)
    desk.clock.pass_days(5)
    casebook.update(entry.incident, {"verification": "confirmed"})
    then = public(casebook, as_of=day)
    assert then.as_of == day
    assert then.find(Incident, entry.incident).verification == "unverified"  # type: ignore[union-attr]
    assert then.party(entry.person).names[0].value == "Aysel Quliyeva"  # type: ignore[union-attr]

    casebook.update(entry.person, {"public_exposure": "withheld"})
    casebook.update(entry.claim, {"visibility": "internal"})
    casebook.update(entry.act, {"field_visibility": {"start": "internal"}})
    then = public(casebook, as_of=day)
    assert "Quliyeva" not in repr([*then.records()])
    assert then.get(entry.claim) is None
    assert then.acts(entry.incident)[0].start is None

    casebook.retract(entry.involvement, why="wrong")
    assert public(casebook, as_of=day).get(entry.involvement) is None
    internal = casebook.dossier(audience="internal", masthead=MASTHEAD, as_of=day)
    assert internal.get(entry.involvement) is not None

    casebook.withdraw(entry.person, why="asked")
    internal = casebook.dossier(audience="internal", masthead=MASTHEAD, as_of=day)
    assert "Quliyev" not in repr([*internal.records()])


def test_what_was_not_public_then_is_not_shown_of_then(casebook: Casebook, desk: Desk) -> None:
    entry = make_entry(casebook)
    desk.clock.pass_days(5)
    casebook.publish(entry.incident, jurisdiction="QV", why="checked")
    assert list(public(casebook, as_of=dt.date(2031, 2, 27)).records()) == []


def test_the_same_casebook_gives_the_same_dossier(casebook: Casebook) -> None:
    published(casebook)
    one, other = public(casebook), public(casebook)
    assert list(one.records()) == list(other.records())
    assert one.masked == other.masked


def test_a_spelling_that_only_an_internal_record_has_goes_out_by_no_merge(
    casebook: Casebook,
) -> None:
    entry = published(casebook)
    consent = {"scope": "everything", "given_on": "2031-02-01"}
    casebook.update(entry.person, {"consents": [consent]})
    other = casebook.create("party", names=[{"value": "Sevil Yolçu"}], occupations=["teacher"])
    identity.decide(casebook, entry.person, other.record_id, verdict="same", why="asked her")
    out = repr([*public(casebook).records()])
    assert "Aysel" in out
    assert "Yolçu" not in out
    inside = casebook.dossier(audience="internal", masthead=MASTHEAD)
    assert "Yolçu" in repr([*inside.records()])
