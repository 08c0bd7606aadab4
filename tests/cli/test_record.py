"""A monitor's day on the command line: add, update, look back, correct, undo, search."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, Run
from undersight.cli import console
from undersight.model.records import Party
from undersight.workbench.session import Workspace


def test_five_fields_make_an_entry(program: Run, entry: str) -> None:
    shown = program("incident", "show", entry)
    assert shown.code == 0
    assert "Questioned over a post" in shown.out
    assert "Tarvin Oskelde" in shown.out
    assert "2 May 2031" in shown.out
    assert "Sarnak Press" in shown.out


def test_words_in_any_language_name_the_act(program: Run, log: Path) -> None:
    for words in ("Questioning", "dindirilmə", "допрос"):
        added = program("incident", "add", "--what", words, "--when", "2031-05", "--line", "x")
        assert added.code in (0, 3), added.err
    assert program("incident", "list", "--json").json


def test_an_update_appends_and_the_old_text_stays(program: Run, entry: str) -> None:
    done = program("incident", "update", entry, "--note", "Released.", "--kind", "status_change")
    assert done.code == 0, done.err
    again = program("incident", "update", entry, "--note", "Charged.", "--json")
    assert again.json["update"] == 2
    shown = program("incident", "show", entry).out
    assert "Released." in shown
    assert "Charged." in shown
    assert "Questioned over a post" in shown


def test_a_note_lets_nobody_out_and_says_so(program: Run, log: Path, tmp_path: Path) -> None:
    form = tmp_path / "held.yaml"
    held = "people: [{name: Tarvin Oskelde, role: victim, status: detained_held}]"
    form.write_text(f"acts: [{{act_type: detention, start: 2020-05-02, {held}}}]", "utf-8")
    entry = program("incident", "add", "--yaml", form, "--json").json[0]["id"]
    told = ("incident", "update", entry, "--note", "Released on bail.", "--kind", "status_change")
    assert "still stands as held" in program(*told).err
    out = "people: [{name: Tarvin Oskelde, role: victim, status: released}]"
    form.write_text(f"acts: [{{act_type: release, start: 2020-05-09, {out}}}]", "utf-8")
    assert "still stands" not in program(*told, "--yaml", form).err
    assert "still stands" not in program(*told).err


def test_a_note_does_not_let_out_who_was_entered_in_five_fields(program: Run, log: Path) -> None:
    five = ("--who", "Tarvin Oskelde", "--what", "detention", "--when", "2020-05-02")
    entry = program("incident", "add", *five, "--line", "Taken away", "--json").json[0]["id"]
    assert "Tarvin Oskelde" in program("board").out
    told = ("incident", "update", entry, "--note", "Released.", "--kind", "status_change")
    assert "not known to be out" in program(*told).err


def test_a_denial_is_a_claim_about_the_act(program: Run, entry: str) -> None:
    program("incident", "update", entry, "--denial-by", "Ministry of Order", "--note", "Not so.")
    records = program("incident", "show", entry, "--json").json["records"]
    claim = next(r for r in records if r["kind"] == "claim")
    act = next(r for r in records if r["kind"] == "act")
    assert claim["stance"] == "denies"
    assert claim["about"] == act["record_id"]
    assert "denied by Ministry of Order" in program("incident", "show", entry).out.replace(
        "D", "d"
    )


def test_an_update_cannot_overwrite(program: Run, entry: str, tmp_path: Path) -> None:
    form = tmp_path / "more.yaml"
    form.write_text("title: Another title\n", encoding="utf-8")
    refused = program("incident", "update", entry, "--note", "x", "--yaml", form)
    assert refused.code == 3
    assert "“title” cannot stand in an addition" in refused.err


def test_an_edit_keeps_the_old_value_in_the_history_and_undo_brings_it_back(
    program: Run, entry: str
) -> None:
    edited = program(
        "incident", "edit", entry, "--set", "verification=confirmed", "--why", "court record"
    )
    assert edited.code == 0, edited.err
    history = program("incident", "history", entry, "--json").json
    change = next(line for line in history if line["why"] == "court record")
    assert change["fields"][0]["after"] == "confirmed"
    told = program("incident", "history", entry).out
    assert "How far verified: (nothing) → confirmed" in told
    assert "{" not in told
    assert "['" not in told
    undone = program("undo", change["change_id"], "--why", "wrong entry")
    assert undone.code == 0, undone.err
    records = program("incident", "show", entry, "--json").json["records"]
    assert records[0].get("verification", "unverified") == "unverified"


def test_as_of_a_day_before_there_is_nothing(program: Run, entry: str) -> None:
    before = program("incident", "show", entry, "--as-of", "2020-01-01")
    assert before.code == 3
    assert "Traceback" not in before.err
    assert "was first recorded on" in before.err


def test_an_update_of_an_opened_entry_says_what_readers_do_not_see(
    program: Run, entry: str
) -> None:
    answers = ("--answer", "ALL=no_risk", "--note", "invented people")
    assert program("incident", "publish", entry, *answers).code == 0
    denied = ("--denial-by", "Office Nine", "--note", "The office says that nobody was called.")
    updated = program("incident", "update", entry, *denied)
    assert "incident publish QV-" in updated.err
    assert program("incident", "publish", entry, *answers).code == 0
    noted = program("incident", "update", entry, "--note", "Nothing else.", "--json")
    assert (noted.err, noted.json["closed"]) == ("", 0)


def test_an_entry_without_a_title_is_not_opened(program: Run, entry: str) -> None:
    assert program("incident", "edit", entry, "--set", "title=", "--why", "none yet").code == 0
    answers = ("--answer", "ALL=no_risk", "--note", "invented people")
    refused = program("incident", "publish", entry, *answers)
    assert (refused.code, "has no title" in refused.err) == (3, True)
    given = program("incident", "edit", entry, "--set", "title=Asked", "--why", "untitled")
    assert given.code == 0, given.err
    assert program("incident", "publish", entry, *answers).code == 0


def test_search_finds_any_spelling(program: Run, log: Path) -> None:
    program("incident", "add", "--who", "Əli Vəliyev", "--what", "detention", "--when", "2031",
            "--line", "Bakıda saxlanıldı", "--lang", "az")  # fmt: skip
    for words in ("veliyev", "Велиев", "bakida"):
        assert program("search", words, "--json").json["total"] >= 1, words
    kept = program("search", "veliyev", "--save", "v")
    assert kept.code == 0
    assert program("search", "--saved", "v", "--json").json["total"] >= 1


def test_the_board_says_who_is_inside(program: Run, log: Path, tmp_path: Path) -> None:
    form = tmp_path / "entry.yaml"
    form.write_text(
        """
title: Activist jailed
acts:
  - act_type: administrative_detention
    start: 2031-05-02
    people:
      - name: Nurlan Sarlı
        status: detained_held
        sentences: [{kind: administrative_detention, amount: 30, unit: days}]
""",
        encoding="utf-8",
    )
    added = program("incident", "add", "--yaml", form)
    assert added.code == 0, added.err
    board = program("board", "--on", "2031-05-10")
    assert board.code == 0, board.err
    assert "Nurlan Sarlı" in board.out
    assert program("board", "--on", "2031-05-10", "--json").json["inside"]


def test_two_people_of_one_surname_are_two_people(program: Run, log: Path) -> None:
    for name in ("Aydın Səfərli", "Orxan Səfərli"):
        program("incident", "add", "--who", name, "--what", "detention", "--when", "2031",
                "--line", "x")  # fmt: skip
    found = program("party", "candidates", "--json").json
    assert all(pair["verdict"] != "same" for pair in found)


def test_a_namesake_entered_by_a_script_is_told_and_both_are_shown(
    program: Run, log: Path
) -> None:
    def add(line: str) -> str:
        return program("incident", "add", "--who", "Tarvin Oskelde", "--what", "detention",
                       "--when", "2031", "--line", line).err  # fmt: skip

    assert "recorded already" not in add("Taken at the harbour")
    assert "Tarvin Oskelde is recorded already; entered as somebody new" in add("Fined in court")
    told = program("party", "candidates").out
    assert "1  Tarvin Oskelde" in told
    assert "2  Tarvin Oskelde" in told
    assert "Taken at the harbour" in told
    assert "Fined in court" in told
    sides = program("party", "candidates", "--json").json[0]["sides"]
    assert [side["n_entries"] for side in sides] == [1, 1]


def test_a_merge_of_parties_can_be_taken_back(program: Run, log: Path) -> None:
    for name in ("Tarvin Oskelde", "Тарвин Оскельде"):
        program("incident", "add", "--who", name, "--what", "detention", "--when", "2031",
                "--line", "x")  # fmt: skip
    pair = program("party", "candidates", "--json").json[0]
    assert program("party", "show", pair["kept"], "--json").json["n_entries"] == 1
    assert program("party", "merge", pair["kept"], pair["other"]).code == 0
    assert program("party", "candidates", "--json").json == []
    assert program("party", "show", pair["kept"], "--json").json["n_entries"] == 2
    edited = program("incident", "edit", pair["other"], "--set", "position=x", "--why", "y")
    assert edited.code == 3
    assert pair["kept"] in edited.err
    assert program("party", "separate", "no-such-party").code == 3
    assert program("party", "separate", pair["other"][-12:]).code == 0


def test_a_blank_is_no_reason(program: Run, entry: str) -> None:
    edited = program("incident", "edit", entry, "--set", "verification=confirmed", "--why", " ")
    assert edited.code == 3
    assert "must be a reason in words, not nothing" in edited.err
    party = program("party", "list", "--kind", "individual", "--json").json[0]["party_id"]
    assert program("withdraw", party, "--why", "", "--yes").code == 3
    assert "Tarvin" in program("party", "show", party).out


def test_merging_says_who_stands_and_what_stood_before(program: Run, log: Path) -> None:
    for name in ("Tarvin Oskelde", "Тарвин Оскельде", "Sivan Derlo"):
        program("incident", "add", "--who", name, "--what", "detention", "--when", "2031",
                "--line", "x")  # fmt: skip
    ids = {one["names"][0]: one["party_id"] for one in program("party", "list", "--json").json}
    a, b, c = ids["Tarvin Oskelde"], ids["Тарвин Оскельде"], ids["Sivan Derlo"]
    twice = program("party", "merge", a, a)
    assert twice.code == 3
    assert "named twice" in twice.err
    assert "merged with nobody" in program("party", "separate", a).err
    assert f"{a} stands for {b} from now on" in program("party", "merge", a, b).out
    assert f"Merged into Tarvin Oskelde  ({a})" in program("party", "show", b).out
    assert f"Stands for Тарвин Оскельде  ({b})" in program("party", "show", a).out
    assert f"    merged into {a}\n" in program("search", "тарвин", "--kind", "party").out
    assert f"{b} is a party, no incident" in program("incident", "show", b).err
    turned = program("party", "merge", b, a)
    assert turned.code == 3
    assert f"{a} stands for them" in turned.err
    assert f"was merged into {a}" in program("party", "merge", c, b).err
    unsure = program("party", "merge", a, c)
    assert unsure.code == 3
    assert f"party merge {a} {c} --same" in unsure.err
    assert program("party", "merge", a, c, "--same").code == 0
    parted = program("party", "merge", b, c, "--different").out.splitlines()
    assert parted == [f"{b} and {c} are two.", f"Stand for themselves again: {b}, {c}"]
    assert program("party", "merge", b, c, "--unsure").code == 0
    asked = program("withdraw", b, "--why", "asked")
    assert asked.code == 3, "without a terminal nothing is asked"
    gone = program("withdraw", b, "--why", "asked", "--yes").out
    assert "3 records of one person, merged before, went together." in gone


def test_what_was_done_to_one_person_is_shown_from_all_entries(program: Run, log: Path) -> None:
    assert program("party", "list", "--repeated").out.strip()
    program("incident", "add", "--who", "Tarvin Oskelde", "--what", "detention",
            "--when", "2021-05-04", "--line", "taken at home")  # fmt: skip
    (person,) = (one["party_id"] for one in program("party", "list", "--json").json)
    form = f"acts:\n- {{act_type: release, start: 2021-05-14, people: [{{party: {person}}}]}}\n"
    assert program("incident", "add", "--yaml", "-", stdin=form.encode()).code == 0
    (line,) = program("party", "list", "--repeated", "--json").json
    assert line["n_entries"] == 2
    assert program("party", "list", "--repeated", "--kind", "outlet", "--json").json == []
    shown = program("party", "show", line["party_id"])
    assert "Held between 0 and 10 days" in shown.out
    assert "Entries (2)" in shown.out
    as_json = program("party", "show", line["party_id"], "--json").json
    assert [one["edtf"] for one in as_json["against"]["acts"]] == ["2021-05-04", "2021-05-14"]
    assert program("party", "show", "nobody").code == 3


def test_a_later_entry_adds_to_who_is_recorded(program: Run, log: Path) -> None:
    def add(details: str) -> Ran:
        who = f"{{name: Sarnak Hour, party_kind: outlet, {details}}}"
        form = f"acts:\n- act_type: suspension\n  people: [{who}]\n"
        return program("incident", "add", "--yaml", "-", "--json", stdin=form.encode())

    first = add("country: QV")
    assert first.code == 0, first.err
    second = add("country: XX, position: weekly paper")
    assert second.code == 0, second.err
    (told,) = (line for line in second.err.splitlines() if line.startswith("Left as recorded"))
    assert told.startswith("Left as recorded: country of ")
    party_id = told.split()[5].rstrip(",")
    with Workspace.open(log) as workspace:
        party = workspace.casebook.get(party_id)
    assert isinstance(party, Party)
    assert (party.position, party.country) == ("weekly paper", "QV")


TYPIST = """
import pathlib, sys
form = pathlib.Path(sys.argv[1])
text = form.read_text("utf-8")
wrong, right = "start: 2031-02-31", "start: 2031-02-28"
acts = "\\nacts:\\n  - act_type: fine\\n    " + wrong + "\\n"
form.write_text(text.replace(wrong, right) if wrong in text else "title: Fined" + acts, "utf-8")
"""


def test_a_form_with_a_mistake_is_opened_again_as_it_was_typed(
    log: Path, program: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typist = tmp_path / "typist.py"
    typist.write_text(TYPIST, "utf-8")
    monkeypatch.setenv("EDITOR", f"{sys.executable} {typist}")
    monkeypatch.delenv("VISUAL", raising=False)
    asked: list[str] = []

    def confirm(question: str, **_: str) -> bool:
        asked.append(question)
        return True

    monkeypatch.setattr(console, "confirm", confirm)
    added = program("incident", "add", "--edit", "--json")
    assert (added.code, asked) == (0, ["Open it again?"]), added.err
    assert "2031-02-31" in added.err
    assert "28 February 2031" in program("incident", "show", added.json[0]["id"]).out


def test_a_denial_that_names_no_act_of_several_says_that_it_answers_all(
    program: Run, entry: str, tmp_path: Path
) -> None:
    more = tmp_path / "more.yaml"
    more.write_text("acts: [{act_type: fine, start: 2031-05-04}]", "utf-8")
    assert program("incident", "update", entry, "--note", "Fined.", "--yaml", more).code == 0
    denied = ("--denial-by", "Office Nine", "--note", "Nobody was fined.")
    told = program("incident", "update", entry, *denied)
    assert "answers the whole entry, all 2 acts" in told.err
    act = next(line.split()[0] for line in told.err.split("\n") if line.endswith("fine"))
    aimed = program("incident", "update", entry, *denied, "--denial-of", act)
    assert aimed.err == ""
