"""Files handed in for the casebook: looked at, brought in, taken back, brought in again."""

from __future__ import annotations

import io

import pytest

from undersight.errors import (
    ColumnsUnclearError,
    ImportRefusedError,
    NothingBroughtInError,
    ObjectNotFoundError,
    UnknownFormatError,
)
from undersight.integrity.canonical import Digest
from undersight.model.records import Incident, Involvement, Party, Source
from undersight.workbench import (
    case_files,
    confirming,
    draft_shelf,
    incidents,
    taking_back,
    updates,
)
from undersight.workbench.imports import TableOptions
from undersight.workbench.session import Workspace

TABLE = (
    "name,date,type,city,our mark\n"
    "Ravin Dargaly,2031-05-04,detention,Vezrin,red\n"
    "Selme Orvanly,2031-05-05,snatched,Sarnak,\n"
    "Selme Orvanly,2031-05-05,snatched,Sarnak,\n"
)
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Log</title>
<item><title>Blogger detained</title><link>https://a.example/1</link>
<pubDate>Mon, 05 May 2031 09:00:00 GMT</pubDate>
<description>On May 4, Ravin Dargaly was detained in Sarnak.</description></item>
<item><title>Editor fined</title><link>https://a.example/2</link>
<description>On May 6, Selme Orvanly was fined 500 manats.</description></item>
</channel></rss>"""


def hold(workspace: Workspace, text: str, name: str) -> Digest:
    return case_files.hold(workspace, io.BytesIO(text.encode()), name)


def entries(workspace: Workspace) -> list[Incident]:
    return [one for one in workspace.casebook.all("incident") if isinstance(one, Incident)]


def test_a_table_is_shown_before_it_is_stored(workspace: Workspace) -> None:
    digest = hold(workspace, TABLE, "C:\\files\\cases.csv")
    (waits,) = case_files.waiting(workspace)
    assert (waits.digest, waits.name) == (digest, "cases.csv")
    found = case_files.look(workspace, digest)
    assert found.shape == "rows"
    assert (found.n_read, found.n_ready, found.n_duplicates, found.n_rejected) == (3, 2, 1, 0)
    meanings = {one.name: (one.meaning, one.is_guessed) for one in found.columns}
    assert meanings["city"] == ("place", True)
    assert meanings["our mark"] == ("rest", False)
    assert found.columns[0].examples == ("Ravin Dargaly", "Selme Orvanly")
    (without,) = found.unmapped
    assert (without.meaning, without.vocabulary, without.value) == ("act", "act_type", "snatched")
    first = found.entries[0]
    assert (first.when, first.act, first.people) == ("2031-05-04", "detention", "Ravin Dargaly")
    assert (first.place, first.remark) == ("Vezrin", "our mark: red")
    assert not entries(workspace)


def test_what_a_person_says_of_columns_and_words_counts(workspace: Workspace) -> None:
    digest = hold(workspace, "wer,wann\nRavin Dargaly,2031-05-04\n", "cases.csv")
    unclear = case_files.look(workspace, digest)
    assert isinstance(unclear.failure, ColumnsUnclearError)
    assert [one.name for one in unclear.columns] == ["wer", "wann"]
    options = TableOptions(roles={"wer": "victim", "wann": "date"}, constants={"country": "QV"})
    told = case_files.options_of(case_files.options_to_json(options))
    assert told == options
    found = case_files.look(workspace, digest, told)
    assert found.failure is None
    assert found.entries[0].people == "Ravin Dargaly"
    wrong = TableOptions(roles={"wer": "victim", "gone": "date"})
    assert case_files.look(workspace, digest, wrong).failure is not None


def test_what_was_brought_in_is_taken_back_and_brought_in_again(workspace: Workspace) -> None:
    digest = hold(workspace, TABLE, "cases.csv")
    assert case_files.bring_in(workspace, digest).n_entries == 2
    assert case_files.waiting(workspace) == ()
    (brought,) = case_files.brought_in(workspace)
    assert (brought.name, brought.n_entries) == ("cases.csv", 2)
    for _ in range(2):
        assert case_files.look(workspace, digest).n_ready == 0
        assert taking_back.take_back(workspace, digest[:12], why="wrong columns").n_entries == 2
        assert not entries(workspace)
        assert workspace.casebook.all("party") == ()
        with pytest.raises(NothingBroughtInError):
            taking_back.take_back(workspace, digest, why="again")
        again = TableOptions(roles={"our mark": "ignore"})
        assert case_files.bring_in(workspace, digest, again).n_entries == 2
        assert {one.remark for one in entries(workspace)} == {""}


def test_an_entry_that_somebody_worked_on_stays_whole(workspace: Workspace) -> None:
    table = (
        "name,date,type,agency\n"
        "Ravin Dargaly,2031-05-04,detention,Ministry of Order\n"
        "Selme Orvanly,2031-05-05,detention,Ministry of Order\n"
        "Murad Kelvan,2031-05-06,detention,Third Police Office\n"
    )
    digest = hold(workspace, table, "cases.csv")
    case_files.bring_in(workspace, digest)
    _, first, second = sorted(entries(workspace), key=lambda one: one.title["en"])
    updates.edit(workspace, first.record_id, {"topics": ["mine"]}, why="seen")
    news = updates.Addition(note="Freed.", kind="new_fact", published="2031-06-01", lang="en")
    updates.append(workspace, second, news)
    done = taking_back.take_back(workspace, digest, why="wrong")
    assert (done.n_entries, done.n_kept) == (1, 2)
    parties = [one for one in workspace.casebook.all("party") if isinstance(one, Party)]
    left = {one.names[0].value for one in parties}
    assert left == {"Ravin Dargaly", "Selme Orvanly", "Ministry of Order"}
    standing = {one.record_id for one in parties}
    parts = [one for one in workspace.casebook.all("involvement") if isinstance(one, Involvement)]
    assert {one.party for one in parts} == standing


def test_an_office_that_another_entry_names_stays(workspace: Workspace) -> None:
    table = "name,date,type,agency\nRavin Dargaly,2031-05-04,detention,Ministry of Order\n"
    digest = hold(workspace, table, "cases.csv")
    case_files.bring_in(workspace, digest)
    office = {"name": "Ministry of Order", "party_kind": "public_body", "role": "official"}
    document = {"title": "Other", "acts": [{"act_type": "fine", "people": [office]}]}
    incidents.add(workspace, document, why="test")
    assert taking_back.take_back(workspace, digest, why="wrong").n_entries == 1
    (left,) = workspace.casebook.all("party")
    assert workspace.casebook.referring(left.record_id)


def test_good_rows_are_stored_only_when_asked(workspace: Workspace) -> None:
    digest = hold(workspace, TABLE + "Murad,2031-02-31,detention,Sarnak,\n", "cases.csv")
    found = case_files.look(workspace, digest)
    assert [one.locator for one in found.issues] == ["line 5"]
    with pytest.raises(ImportRefusedError):
        case_files.bring_in(workspace, digest)
    done = case_files.bring_in(workspace, digest, is_partial_allowed=True)
    assert done.n_entries == 2


def test_texts_become_drafts_and_each_enters_once(workspace: Workspace) -> None:
    digest = hold(workspace, FEED, "log.rss")
    found = case_files.look(workspace, digest)
    assert (found.shape, found.n_ready) == ("texts", 2)
    assert [one.title for one in found.entries] == ["Blogger detained", "Editor fined"]
    done = case_files.bring_in(workspace, digest, how="drafts")
    assert (done.n_drafts, done.n_left) == (2, 0)
    assert case_files.look(workspace, digest).n_ready == 0
    assert case_files.bring_in(workspace, digest, how="drafts").n_drafts == 0
    assert case_files.waiting(workspace) == ()
    with pytest.raises(ObjectNotFoundError):  # its drafts would point at nothing
        case_files.throw_away(workspace, digest)
    (brought,) = case_files.brought_in(workspace)
    assert (brought.n_entries, brought.n_drafts) == (0, 2)
    for shelved in draft_shelf.listing(workspace):
        confirming.decide(workspace, shelved.draft_id, 1, "accept-open")
        confirming.store(workspace, shelved.draft_id, 1, {})
    (brought,) = case_files.brought_in(workspace)
    assert (brought.n_entries, brought.n_drafts) == (2, 0)
    (one, other) = entries(workspace)
    assert one.origin != other.origin
    sources = [one for one in workspace.casebook.all("source") if isinstance(one, Source)]
    days = {one.url: one.published.edtf if one.published else "" for one in sources}
    assert days == {"https://a.example/1": "2031-05-05", "https://a.example/2": ""}
    assert case_files.look(workspace, digest).n_duplicates == 2


def test_texts_as_they_stand_and_an_export_of_ours(workspace: Workspace) -> None:
    digest = hold(workspace, FEED, "log.rss")
    assert case_files.bring_in(workspace, digest, how="text").n_entries == 2
    assert taking_back.take_back(workspace, digest, why="not these").n_entries == 2


def test_a_file_of_no_format_says_so_and_can_be_thrown_away(workspace: Workspace) -> None:
    digest = hold(workspace, "\x00\x01\x02", "what.bin")
    assert isinstance(case_files.look(workspace, digest).failure, UnknownFormatError)
    case_files.throw_away(workspace, digest)
    assert case_files.waiting(workspace) == ()
    with pytest.raises(ObjectNotFoundError):
        case_files.look(workspace, digest)
    evidence = workspace.vault.put(
        io.BytesIO(b"a,b\n1,2\n"), reason="evidence", actor=workspace.staff_id
    )
    with pytest.raises(ObjectNotFoundError):
        case_files.look(workspace, evidence)
