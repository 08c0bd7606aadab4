from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.casebook.entries import make_entry, taken_out
from undersight.errors import (
    CannotUndoError,
    CannotWithdrawError,
    MalformedChangeError,
    WithdrawnRecordError,
)
from undersight.model.change import canonical_text, change_to_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.casebook.conftest import Desk
    from tests.casebook.entries import Entry
    from undersight.casebook import Casebook

TRACES = ("Quliyev", "quliyev", "Aysel", "aysel", "roads.of.sarnak", "kulav", "writes about roads")


def everything_said(casebook: Casebook) -> str:
    """All that the casebook would tell anybody."""
    changes = [canonical_text(change_to_json(c)) for c in casebook.changes_since()]
    history = [repr(e) for c in casebook.changes_since() for e in casebook.history(c.record_id)]
    records = [repr(r) for r in casebook.as_of(dt.date(2031, 12, 31))]
    return "\n".join([*changes, *history, *records])


def test_withdrawal_leaves_no_trace_in_what_the_casebook_tells(casebook: Casebook) -> None:
    entry = make_entry(casebook)
    casebook.update(
        entry.incident, {"summary": {"en": "Quliyeva is free."}}, why="A. Quliyeva wrote"
    )
    casebook.create("saved_search", name="hers", query="quliyeva")

    report = casebook.withdraw(entry.person, why="Aysel Quliyeva asked us to")

    assert entry.incident in report.record_ids
    assert report.n_marks > 3
    said = everything_said(casebook)
    assert [trace for trace in TRACES if trace in said] == []
    assert "[withdrawn] is free." in said
    assert "Ministry of Order" in said


def test_posts_of_their_accounts_and_cases_about_those_are_theirs(casebook: Casebook) -> None:
    entry = make_entry(casebook)
    post = casebook.create("item", account=entry.account, text="We met at noon.").record_id
    notice = {"text": "Dear Roads, your words were taken down."}
    case = casebook.create("platform_case", item=post, notice=notice).record_id

    casebook.withdraw(entry.person, why="asked")

    assert casebook.get(post).text == ""
    assert casebook.get(case).notice.text == ""
    assert "at noon" not in (said := everything_said(casebook))
    assert "Dear Roads" not in said


def test_what_leads_to_their_accounts_is_found_in_texts(casebook: Casebook) -> None:
    entry = make_entry(casebook)
    page = "https://facebook.example/road.lady"
    casebook.update(entry.account, {"title": "Banu Ərişli", "native_id": "100077", "url": page})
    post = casebook.create("item", text="Free Quliyeva now!", captures=["ab" * 32]).record_id
    casebook.update(entry.act, {"target_items": [post]})
    casebook.update(entry.incident, {"summary": {"en": f"See {page} or 100077; Ərişli denies."}})

    report = casebook.withdraw(entry.person, why="asked")

    summary = {
        "en": "See https://facebook.example/[withdrawn] or [withdrawn]; [withdrawn] denies."
    }
    assert casebook.get(entry.incident).summary == summary
    assert casebook.get(post).text == "Free [withdrawn] now!"
    assert report.evidence == ("ab" * 32,)


def test_what_others_have_to_do_with_them_stays_theirs(casebook: Casebook) -> None:
    entry = make_entry(casebook)
    friend = casebook.create(
        "party", names=[{"value": "Tural Rzayev"}], position="editor", member_of=[entry.person]
    )
    page = casebook.create(
        "account", asset_kind="page", title="Roads", administrations=[{"party": entry.person}]
    )
    blog = "https://blog.example/1"
    own = casebook.create("source", publisher=entry.person, url=blog, publisher_as_text="Blog")

    casebook.withdraw(entry.person, why="asked")

    assert casebook.get(friend.record_id).position == "editor"
    assert casebook.get(page.record_id).title == "Roads"
    said = casebook.get(own.record_id)
    assert (said.url, said.publisher_as_text) == ("", "")


def test_who_was_withdrawn_before_is_not_withdrawn_again(
    plain_desk: Callable[[str], Desk],
) -> None:
    """A colleague withdrew one of two records of a person whom somebody else took for one."""
    here, there = plain_desk("here").open("s-ada"), plain_desk("there").open("s-ben")
    first, second = (
        here.create("party", names=[{"value": name}]).record_id
        for name in ("Aysel Quliyeva", "Айсель Кулиева")
    )
    there.apply(list(here.changes_since()))
    there.withdraw(second, why="asked")
    here.create("identity_decision", kept=first, other=second, verdict="same")
    here.apply(list(there.changes_since()))

    here.withdraw(first, why="asked")

    done = [c.record_id for c in here.changes_since() if c.op == "withdraw"]
    assert sorted(done) == sorted((first, second))


def test_a_withdrawal_takes_no_more_than_who_they_are(casebook: Casebook) -> None:
    """Statistics and the reasons of others' changes are lost by no withdrawal."""
    entry = make_entry(casebook)
    term = {"kind": "prison", "amount": 30, "unit": "days", "as_text": "30 days"}
    reply = {"response": "complied", "note": "She wept."}
    told = {"sentences": [term], "responses": [reply]}
    casebook.update(entry.involvement, told, why="a lawyer called")
    casebook.update(entry.incident, {"summary": {"en": "Nobody else."}}, why="a second source")

    casebook.withdraw(entry.person, why="asked")

    involvement = casebook.get(entry.involvement)
    assert [(one.kind, one.amount, one.unit) for one in involvement.sentences] == [
        ("prison", 30, "days")
    ]
    assert [(one.response, one.note) for one in involvement.responses] == [("complied", "")]
    whys = {change.why for change in casebook.changes_since()}
    assert {"a lawyer called", "a second source"} <= whys
    assert "She wept" not in everything_said(casebook)


def test_a_text_rewritten_for_two_people_says_both(casebook: Casebook) -> None:
    entry = make_entry(casebook)
    other = casebook.create("party", names=[{"value": "Tural Rzayev"}]).record_id
    casebook.update(entry.incident, {"remark": "Aysel Quliyeva met Tural Rzayev."})
    for person in (entry.person, other):
        casebook.withdraw(person, why="asked")
    (both,) = (c for c in casebook.changes_since() if "remark" in c.fields)
    assert both.fields["remark"] == "[withdrawn] met [withdrawn]."
    assert len(both.erased_for) == 2


def test_withdrawn_person_is_a_dated_tombstone_that_counts_as_one(casebook: Casebook) -> None:
    entry = make_entry(casebook)
    report = casebook.withdraw(entry.person, why="asked")
    tombstone = casebook.get(entry.person)
    assert tombstone.party_kind == "individual"
    assert (tombstone.count_min, tombstone.count_max) == (1, 1)
    assert tombstone.names == ()
    assert tombstone.occupations == ()
    assert tombstone.public_exposure == "withheld"
    assert casebook.folded(entry.person).is_withdrawn
    assert casebook.get(entry.involvement).party == entry.person
    assert report.day == "2031-02-27"
    assert report.is_file_clean


def test_a_label_is_no_name_and_a_tombstone_is_seen_as_the_person_was(casebook: Casebook) -> None:
    entry = make_entry(casebook)
    names = [{"value": "Aysel Quliyeva"}, {"value": "a blogger", "use": "public_label"}]
    casebook.update(entry.person, {"names": names, "visibility": "public"})
    casebook.update(entry.incident, {"summary": {"en": "Aysel Quliyeva, a blogger, was seen."}})
    casebook.withdraw(entry.person, why="asked")
    assert casebook.get(entry.incident).summary == {"en": "[withdrawn], a blogger, was seen."}
    assert casebook.get(entry.person).visibility == "public"


def test_withdrawn_person_may_be_neither_named_nor_changed_nor_brought_back(
    casebook: Casebook,
) -> None:
    entry = make_entry(casebook)
    casebook.withdraw(entry.person, why="asked")
    with pytest.raises(WithdrawnRecordError, match="2031-02-27"):
        casebook.update(entry.person, {"gender": "f"})
    with pytest.raises(WithdrawnRecordError):
        casebook.create("involvement", act=entry.act, party=entry.person)
    with pytest.raises(WithdrawnRecordError):
        casebook.withdraw(entry.person, why="again")
    with pytest.raises(CannotUndoError):
        casebook.undo(casebook.history(entry.person)[-1].change_id, why="no")


def test_only_people_are_withdrawn(casebook: Casebook) -> None:
    entry = make_entry(casebook)
    with pytest.raises(CannotWithdrawError):
        casebook.withdraw(entry.ministry, why="no")
    with pytest.raises(CannotWithdrawError):
        casebook.withdraw(entry.incident, why="no")


def test_of_a_group_its_description_goes_but_not_the_words_of_it(casebook: Casebook) -> None:
    entry = make_entry(casebook)
    group = casebook.create(
        "party", party_kind="group", names=[{"value": "Eight Users of Sarnak"}], count_min=8
    ).record_id
    casebook.create("involvement", act=entry.act, party=group)
    casebook.update(
        entry.incident,
        {"summary": {"en": "Eight Users of Sarnak were warned. Users in Sarnak are afraid."}},
    )
    casebook.withdraw(group, why="asked")
    assert casebook.get(entry.incident).summary == {  # type: ignore[attr-defined]
        "en": "[withdrawn] were warned. Users in Sarnak are afraid."
    }
    assert casebook.get(group).count_min == 8  # type: ignore[attr-defined]


def test_others_of_the_same_family_name_stay_in_other_incidents(casebook: Casebook) -> None:
    entry = make_entry(casebook)
    other = make_entry(casebook, name="Tural Quliyev")
    casebook.withdraw(entry.person, why="asked")
    assert casebook.get(other.person).names[0].value == "Tural Quliyev"
    assert casebook.get(other.incident).title["az"] == "Quliyev saxlanılıb"


def test_history_explains_the_rewritten_bodies(casebook: Casebook) -> None:
    entry = make_entry(casebook)
    casebook.withdraw(entry.person, why="asked")
    report = casebook.verify_history()
    assert report.is_whole, report
    assert report.n_erased > 0


def test_projections_after_withdrawal_are_those_of_the_log(casebook: Casebook) -> None:
    entry = make_entry(casebook)
    casebook.withdraw(entry.person, why="asked")
    before = {r.record_id: r for r in casebook.as_of(dt.date(2031, 12, 31))}
    casebook.rebuild_projections()
    assert {i: casebook.get(i) for i in before} == before


def test_no_byte_of_the_name_is_left_in_the_plain_file(
    plain_desk: Callable[[str], Desk],
) -> None:
    desk = plain_desk("one")
    casebook = desk.open()
    entry = make_entry(casebook)
    # searched
    path = Path(desk.place)

    def traces() -> list[str]:
        data = b"".join(f.read_bytes() for f in sorted(path.parent.glob("one.db*")))
        return [trace for trace in TRACES if trace.encode() in data]

    assert traces(), "the check must be able to fail"
    casebook.withdraw(entry.person, why="asked")
    assert traces() == []
    casebook.close()
    assert traces() == []


def test_a_file_that_somebody_reads_is_cleaned_when_opened_next(
    plain_desk: Callable[[str], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("undersight.casebook.database.BUSY_WAIT_S", 0.1)
    desk = plain_desk("one")
    casebook, reader = desk.open(), desk.open()
    entry = make_entry(casebook)
    with reader.database.reading() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM record").scalar()
        report = casebook.withdraw(entry.person, why="asked")
        assert not report.is_file_clean
        assert "Quliyev" not in everything_said(casebook)
    casebook.close()
    reader.close()

    def written() -> bytes:
        return b"".join(f.read_bytes() for f in sorted(desk.folder.glob("one.db*")))

    desk.open()
    assert [trace for trace in TRACES if trace.encode() in written()] == []


def test_old_keys_open_no_body_after_a_withdrawal(plain_desk: Callable[[str], Desk]) -> None:
    desk = plain_desk("one")
    casebook = desk.open()
    entry = make_entry(casebook)

    def keys() -> dict[str, bytes]:
        with sqlite3.connect(desk.place) as db:
            return dict(db.execute("SELECT record_id, wrapped FROM record_key"))

    before = keys()
    report = casebook.withdraw(entry.person, why="asked")
    after = keys()
    assert all(before[record_id] != after[record_id] for record_id in report.record_ids)
    assert before[entry.ministry] == after[entry.ministry]


def two_copies(plain_desk: Callable[[str], Desk]) -> tuple[Casebook, Casebook, Entry]:
    """Two laptops with the same entry."""
    here, there = plain_desk("here").open("s-ada"), plain_desk("there").open("s-ben")
    entry = make_entry(here)
    there.apply(list(here.changes_since()))
    return here, there, entry


def test_a_withdrawal_that_is_merged_erases_there_too(plain_desk: Callable[[str], Desk]) -> None:
    here, there, entry = two_copies(plain_desk)
    there.update(entry.incident, {"summary": {"en": "Quliyeva was seen."}}, why="a call")
    here.withdraw(entry.person, why="asked")
    report = there.apply(list(here.changes_since()))
    assert [w.party_ids for w in report.withdrawals] == [(entry.person,)]
    said = everything_said(there)
    assert [trace for trace in TRACES if trace in said] == []
    assert there.verify_history().is_whole


def test_a_withdrawal_counts_at_once_whatever_has_not_come(
    plain_desk: Callable[[str], Desk],
) -> None:
    here, there, entry = two_copies(plain_desk)
    there.update(entry.person, {"gender": "f"}, why="")
    there.withdraw(entry.person, why="asked")
    alone = [change for change in there.changes_since() if change.op == "withdraw"]
    assert len(here.apply(alone).withdrawals) == 1
    assert here.folded(entry.person).is_withdrawn
    said = everything_said(here)
    assert [trace for trace in TRACES if trace in said] == []


def test_an_entry_that_came_to_concern_them_with_the_withdrawal_is_cleaned(
    plain_desk: Callable[[str], Desk],
) -> None:
    here, there, entry = two_copies(plain_desk)
    other = here.create("incident", title={"en": "A site was blocked"}).record_id
    there.apply(list(here.changes_since()))
    here.update(other, {"summary": {"en": "Quliyeva ran it."}}, why="")
    act = there.create("act", incident=other, act_type="site_blocking").record_id
    there.create("involvement", act=act, party=entry.person)
    there.withdraw(entry.person, why="asked")
    here.apply(list(there.changes_since()))
    assert here.get(other).summary == {"en": "[withdrawn] ran it."}


def test_a_name_that_only_a_waiting_change_tells_is_taken_out(
    plain_desk: Callable[[str], Desk],
) -> None:
    here, there, entry = two_copies(plain_desk)
    here.update(entry.incident, {"summary": {"en": "Banu Ərişli was seen."}}, why="")
    there.update(entry.person, {"gender": "f"}, why="")
    there.update(entry.person, {"names": [{"value": "Banu Ərişli"}]}, why="")
    waiting = list(there.changes_since())[-1:]
    assert len(here.apply(waiting).held) == 1

    here.withdraw(entry.person, why="asked")

    assert here.get(entry.incident).summary == {"en": "[withdrawn] was seen."}
    assert [c.fields for c in here.held()] == [{}]


@pytest.mark.long
def test_changes_made_before_hearing_of_it_are_refused_then_let_in_redacted(
    plain_desk: Callable[[str], Desk],
) -> None:
    here, there, entry = two_copies(plain_desk)
    there.update(entry.incident, {"summary": {"en": "Quliyeva was seen."}}, why="a call")
    there.update(entry.person, {"gender": "f"}, why="")
    unrelated = there.create("incident", title={"en": "A site was blocked"})
    here.withdraw(entry.person, why="asked")

    report = here.apply(list(there.changes_since()))
    assert {r.record_id for r in report.refused} == {entry.incident, entry.person}
    assert {r.author for r in report.refused} == {"s-ben"}
    assert here.get(unrelated.record_id).title == {"en": "A site was blocked"}
    assert len(here.refused()) == 2
    said = everything_said(here)
    assert [trace for trace in TRACES if trace in said] == []

    there.apply(list(here.changes_since()))
    report = here.apply(list(there.changes_since()))
    assert report.refused == ()
    assert here.refused() == ()
    assert here.get(entry.incident).summary == {"en": "[withdrawn] was seen."}
    assert folds(here) == folds(there)
    said = everything_said(here) + everything_said(there)
    assert [trace for trace in TRACES if trace in said] == []


@pytest.mark.parametrize("is_ours_later", [True, False])
@pytest.mark.long
def test_two_people_withdrawn_from_one_text_at_once_are_both_out_of_it(
    plain_desk: Callable[[str], Desk], *, is_ours_later: bool
) -> None:
    """Each laptop's version still has the other's person: neither may come back with it."""
    desks = plain_desk("here"), plain_desk("there")
    here, there = desks[0].open("s-ada"), desks[1].open("s-ben")
    names = "Aysel Quliyeva", "Tural Rzayev"
    people = [here.create("party", names=[{"value": name}]).record_id for name in names]
    titles = f"{names[0]} met {names[1]}", f"{names[1]} met {names[0]}"
    sources = [here.create("source", title=title).record_id for title in titles]
    there.apply(list(here.changes_since()))
    desks[0 if is_ours_later else 1].clock.pass_days(1)
    here.withdraw(people[0], why="asked")
    there.withdraw(people[1], why="asked")

    here.apply(list(there.changes_since()))

    said = everything_said(here)
    assert [name for name in (*names, "Aysel", "Rzayev") if name in said] == []
    told = {here.get(one).title for one in sources}  # type: ignore[attr-defined]
    assert told == {"[withdrawn] met [withdrawn]"}
    there.apply(list(here.changes_since()))
    here.apply(list(there.changes_since()))
    assert folds(here) == folds(there)
    assert here.verify_history().is_whole


@pytest.mark.parametrize("claimed", ["also this", "only this"])
def test_nothing_is_put_into_a_text_from_which_somebody_was_taken(
    plain_desk: Callable[[str], Desk], claimed: str
) -> None:
    here = plain_desk("here").open("s-ada")
    entry = make_entry(here)
    here.withdraw(entry.person, why="asked")
    (known,) = (c for c in here.changes_since() if c.record_id == entry.incident)
    reasons = (*known.erased_for, "w2") if claimed == "also this" else ("w2", "w3")
    before = folds(here)
    with pytest.raises(MalformedChangeError, match="nobody made"):
        here.apply([replace(known, erased_for=reasons)])
    for words in ("She confessed", "Aysel Quliyeva detained"):
        fields = {**known.fields, "title": {"en": words}}
        forged = replace(known, fields=fields, erased_for=reasons)
        here.apply([forged, *map(taken_out, ("w2", "w3"))])
        before |= {"somebody": folds(here)["somebody"]}
    assert folds(here) == before


def test_each_way_in_which_a_change_would_bring_somebody_back_is_refused(
    plain_desk: Callable[[str], Desk],
) -> None:
    here, there, entry = two_copies(plain_desk)
    other = here.create("incident", title={"en": "A site was blocked"}).record_id
    there.apply(list(here.changes_since()))
    act = there.create("act", incident=other, act_type="site_blocking").record_id
    known = there.change_ids()
    there.create("source", title="Aysel Quliyeva again")
    there.create("incident", verification="likely", why="Aysel Quliyeva called")
    there.create("source", title="Read by @roads.of.sarnak")
    there.create("involvement", act=act, party=entry.person)
    there.update(entry.person, {"gender": "f"}, why="")
    there.update(entry.incident, {"verification": "likely"}, why="")
    bad = {c.change_id for c in there.changes_since(unless_known=known)}
    there.create("account", platform="facebook", handles=[{"value": "@others"}], title="Others")
    there.create("source", title="Read by @others", why="they called")
    here.withdraw(entry.person, why="asked")

    report = here.apply(list(there.changes_since()))

    assert {r.change_id for r in report.refused} == bad
    assert len(report.applied) == 3
    assert {r.change_id for r in here.refused()} == bad
    said = everything_said(here)
    assert [trace for trace in TRACES if trace in said] == []
    assert here.get(act).record_id == act


def test_without_the_name_no_text_comes_and_all_else_does(
    plain_desk: Callable[[str], Desk],
) -> None:
    here, there, entry = two_copies(plain_desk)
    known = there.change_ids()
    there.create("incident", verification="likely", why="somebody called")
    there.create("incident", summary={"en": "Somebody was seen."})
    there.create("party", names=[{"value": "Somebody"}])
    there.create("source", excerpt="Somebody was seen.")
    bad = {c.change_id for c in there.changes_since(unless_known=known)}
    bare = there.create("incident", verification="likely", title={})
    here.withdraw(entry.person, why="asked")
    report = here.apply(list(there.changes_since(unless_known=known)))
    assert {r.change_id for r in report.refused} == bad
    assert report.applied == tuple(
        c.change_id for c in there.changes_since() if c.record_id == bare.record_id
    )


def test_what_was_rewritten_for_a_withdrawal_comes_in_without_it(
    plain_desk: Callable[[str], Desk],
) -> None:
    """Of a colleague who has heard of it a part may come that does not carry it again."""
    here, there, entry = two_copies(plain_desk)
    known = there.change_ids()
    there.update(entry.incident, {"summary": {"en": "Quliyeva was seen."}}, why="")
    here.withdraw(entry.person, why="asked")
    there.apply(list(here.changes_since()))
    new = (c for c in there.changes_since() if c.change_id not in known and c.op == "put")
    (later,) = (c for c in new if c.record_id == entry.incident)
    report = here.apply([later])
    assert (report.applied, report.refused) == ((later.change_id,), ())
    assert here.get(entry.incident).summary == {"en": "[withdrawn] was seen."}  # type: ignore[attr-defined]


def test_text_of_a_bundle_that_does_not_carry_the_name_is_refused(
    plain_desk: Callable[[str], Desk],
) -> None:
    here, there, entry = two_copies(plain_desk)
    known = here.change_ids()
    fresh = there.create("incident", title={"en": "Aysel Quliyeva again"})
    bare = there.create("incident", verification="likely")
    here.withdraw(entry.person, why="asked")
    report = here.apply(list(there.changes_since(unless_known=known)))
    assert [r.record_id for r in report.refused] == [fresh.record_id]
    assert here.get(bare.record_id).verification == "likely"


def folds(casebook: Casebook) -> dict[str, object]:
    ids = {change.record_id for change in casebook.changes_since()}
    return {record_id: casebook.folded(record_id) for record_id in sorted(ids)}
