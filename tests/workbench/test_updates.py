"""Updates: appended, numbered, never overwriting; edits keep the old value in the history."""

from __future__ import annotations

from typing import Any

import pytest

from undersight.errors import (
    FixedFieldError,
    InputError,
    InvalidDateError,
    UnknownFieldError,
    UnknownTermError,
    UnreadableAssignmentError,
)
from undersight.model.derived.board import last_news
from undersight.model.records import Act, Claim, Incident, Involvement, Party, Update
from undersight.workbench import dossiers, incidents, updates
from undersight.workbench.session import Workspace


@pytest.fixture
def entry(workspace: Workspace) -> Incident:
    document = {
        "title": "Reporter questioned",
        "acts": [{"act_type": "questioning", "people": ["Ravin Dargaly"]}],
    }
    done = incidents.add(workspace, document, why="test")
    return incidents.find_incident(workspace, done.incident_id)


def addition(**fields: Any) -> updates.Addition:
    told = {"note": "News.", "kind": "new_fact", "published": "2030-12-31", "lang": "en"}
    return updates.Addition(**(told | fields))


def all_of(workspace: Workspace, cls: Any) -> list[Any]:
    return [r for r in workspace.casebook.all(cls.kind) if isinstance(r, cls)]


def test_updates_are_numbered_and_carry_their_sources(
    workspace: Workspace, entry: Incident
) -> None:
    assert updates.append(workspace, entry, addition(sources=("Valley Post",))).number == 1
    second = addition(note={"en": "More.", "az": "Daha."}, sources=("https://a.example/1",))
    assert updates.append(workspace, entry, second).number == 2
    kept = sorted(all_of(workspace, Update), key=lambda u: u.number or 0)
    assert [u.note for u in kept] == [{"en": "News."}, {"en": "More.", "az": "Daha."}]
    now = incidents.find_incident(workspace, entry.record_id)
    assert len(now.sources) == 2
    assert now.title == entry.title


def test_an_old_update_typed_late_is_not_the_last_news(
    workspace: Workspace, entry: Incident
) -> None:
    told = []
    for day in ("2030-11-11", "2030-10-10", "2030-11", "2030-12-12"):
        now = incidents.find_incident(workspace, entry.record_id)
        updates.append(workspace, now, addition(published=day))
        dossier = dossiers.of_incident(workspace, entry.record_id)
        told.append(str(last_news(dossier, now)))
    assert told == ["2030-11-11", "2030-11-11", "2030-11-30", "2030-12-12"]


@pytest.mark.parametrize(
    ("words", "lang"),
    [("12 November 2030", "en"), ("12 noyabr 2030", "az"), ("12 ноября 2030 года", "ru"),
     ("12 Kasım 2030", "tr"), ("2030-11-12", "en"), ("12 noyabr 2030", "en")],
)  # fmt: skip
def test_the_day_of_an_update_may_be_words(
    workspace: Workspace, entry: Incident, words: str, lang: str
) -> None:
    told = addition(published=words, lang=lang, kind="denial_added", denial_by="Ministry")
    updates.append(workspace, entry, told)
    (update,), (claim,) = all_of(workspace, Update), all_of(workspace, Claim)
    assert update.published.edtf == claim.said.edtf == "2030-11-12"
    read = updates.read_assignments(workspace, entry.record_id, [f"last_news={words}"], lang=lang)
    assert read["last_news"]["edtf"] == "2030-11-12"


def test_a_day_of_an_update_that_is_none_is_refused(workspace: Workspace, entry: Incident) -> None:
    with pytest.raises(InvalidDateError):
        updates.append(workspace, entry, addition(published="soon"))
    assert all_of(workspace, Update) == []


def test_an_update_changes_nothing_of_the_entry_that_a_colleague_s_could_contradict(
    workspace: Workspace, entry: Incident
) -> None:
    updates.append(workspace, entry, addition())
    changes = workspace.casebook.changes_of(entry.record_id)
    assert [sorted(change.fields) for change in changes[1:]] == []


def test_a_denial_is_about_the_only_act(workspace: Workspace, entry: Incident) -> None:
    updates.append(workspace, entry, addition(kind="denial_added", denial_by="Ministry"))
    (claim,) = all_of(workspace, Claim)
    (act,) = all_of(workspace, Act)
    assert (claim.about, claim.stance) == (act.record_id, "denies")
    speaker = workspace.casebook.get(claim.speaker)
    assert isinstance(speaker, Party)
    assert speaker.party_kind == "public_body"


def test_a_denial_with_several_acts_is_about_the_entry(
    workspace: Workspace, entry: Incident
) -> None:
    updates.append(workspace, entry, addition(parts={"acts": ["detention"]}))
    updates.append(workspace, entry, addition(denial_by="Ministry"))
    (claim,) = all_of(workspace, Claim)
    assert claim.about == entry.record_id


def test_a_name_in_an_update_is_the_person_already_in_the_entry(
    workspace: Workspace, entry: Incident
) -> None:
    parts = {"acts": [{"act_type": "release", "people": [{"name": "Ravin Dargaly"}]}]}
    updates.append(workspace, entry, addition(parts=parts))
    assert len({i.party for i in all_of(workspace, Involvement)}) == 1
    other = incidents.add(workspace, {"acts": [{"act_type": "fine", "people": ["Ravin Dargaly"]}]},
                          why="another entry")  # fmt: skip
    assert len(other.new_parties) == 1


def test_an_update_cannot_set_a_field_of_the_entry(workspace: Workspace, entry: Incident) -> None:
    with pytest.raises(FixedFieldError, match="title"):
        updates.append(workspace, entry, addition(parts={"title": "Another"}))
    with pytest.raises(UnknownTermError):
        updates.append(workspace, entry, addition(kind="gossip"))
    assert not all_of(workspace, Update)


def test_a_wrong_part_leaves_nothing_behind(workspace: Workspace, entry: Incident) -> None:
    before = {r.record_id for kind in ("act", "party", "source", "update")
              for r in workspace.casebook.all(kind)}  # fmt: skip
    bad = addition(sources=("New Outlet",), parts={"acts": ["release", "no-such-act"]})
    with pytest.raises(InputError, match=r"acts\[1\]"):
        updates.append(workspace, entry, bad)
    after = {r.record_id for kind in ("act", "party", "source", "update")
             for r in workspace.casebook.all(kind)}  # fmt: skip
    assert after == before
    assert incidents.find_incident(workspace, entry.record_id) == entry


def test_an_edit_keeps_the_old_value(workspace: Workspace, entry: Incident) -> None:
    fields = updates.read_assignments(
        workspace, entry.record_id, ["verification=likely", "title=Corrected"], lang="en"
    )
    updates.edit(workspace, entry.record_id, fields, why="typed wrongly")
    assert incidents.find_incident(workspace, entry.record_id).title == {"en": "Corrected"}
    history = workspace.casebook.history(entry.record_id)
    assert len(history) == 2
    assert history[-1].why == "typed wrongly"


def test_assignments_are_read_by_the_form_of_the_field(
    workspace: Workspace, entry: Incident
) -> None:
    words = ["topics=water, roads", "place={locality: Vezrin}", "last_news="]
    read = updates.read_assignments(workspace, entry.record_id, words, lang="en")
    assert read == {
        "topics": ["water", "roads"],
        "place": {"locality": "Vezrin"},
        "last_news": None,
    }
    words = ['title={"en": "A fine", "az": "Cərimə"}', "summary={sic}"]
    assert updates.read_assignments(workspace, entry.record_id, words, lang="en") == {
        "title": {"en": "A fine", "az": "Cərimə"},
        "summary": {**entry.summary, "en": "{sic}"},
    }
    with pytest.raises(UnknownFieldError, match="title"):
        updates.read_assignments(workspace, entry.record_id, ["titel=x"], lang="en")
    for word in ("title", "place={locality: "):
        with pytest.raises(UnreadableAssignmentError):
            updates.read_assignments(workspace, entry.record_id, [word], lang="en")


def test_a_field_that_is_not_there_cannot_be_kept_closer(
    workspace: Workspace, entry: Incident
) -> None:
    slip = {"believed_ground": "internal"}  # a field of acts: nothing would be kept back
    with pytest.raises(UnknownFieldError, match="believed_ground"):
        updates.edit(workspace, entry.record_id, {"field_visibility": slip}, why="x")
    with pytest.raises(UnknownFieldError, match="titel"):
        incidents.add(
            workspace, {"title": "x", "field_visibility": {"titel": "internal"}}, why="x"
        )
    updates.edit(workspace, entry.record_id, {"field_visibility": {"place": "internal"}}, why="x")
    kept = incidents.find_incident(workspace, entry.record_id)
    assert kept.field_visibility == {"place": "internal"}


@pytest.mark.parametrize(
    ("named", "near"),
    [
        ("stated_grond", "stated_ground"),
        ("place.localty", "locality"),
        ("", None),
        ("stated_ground", None),
        ("place.locality", None),
        ("status", None),
        ("people", None),
    ],
)
def test_a_claim_is_about_a_field_that_is_there(
    workspace: Workspace, named: str, near: str | None
) -> None:
    document = {
        "title": "Fined",
        "acts": [{"act_type": "fine", "claims": [{"stance": "denies", "field": named}]}],
    }
    if near is not None:
        with pytest.raises(UnknownFieldError, match=f"a claim names.* Did you mean {near}"):
            incidents.add(workspace, document, why="test")
        assert not all_of(workspace, Claim)
        return
    incidents.add(workspace, document, why="test")
    (claim,) = all_of(workspace, Claim)
    with pytest.raises(UnknownFieldError):
        updates.edit(workspace, claim.record_id, {"field": "nothing_such"}, why="test")
    updates.edit(workspace, claim.record_id, {"field": "manners"}, why="test")


def test_two_who_write_on_one_server_lose_no_source_and_share_no_number(
    workspace: Workspace, entry: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, told = workspace.casebook.write, []

    def meanwhile(*drafts: Any, why: str = "") -> Any:
        monkeypatch.setattr(workspace.casebook, "write", write)
        theirs = addition(note="Theirs.", sources=("https://a.example/theirs",))
        told.append(updates.append(workspace, entry, theirs).number)
        return write(*drafts, why=why)

    monkeypatch.setattr(workspace.casebook, "write", meanwhile)
    mine = addition(note="Mine.", sources=("https://a.example/mine",))
    told.append(updates.append(workspace, entry, mine).number)
    assert told == [1, 2]
    assert sorted(u.number for u in all_of(workspace, Update)) == [1, 2]
    assert len(incidents.find_incident(workspace, entry.record_id).sources) == 2
