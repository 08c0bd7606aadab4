"""Dealings with platforms by command: opened, due, answered, ended."""

from __future__ import annotations

from tests.cli.conftest import Run

OPEN = ("case", "add", "--platform", "facebook", "--about", "hijack_recovery")


def test_a_dealing_with_a_platform_from_its_notice_to_its_end(program: Run, log: object) -> None:
    later = program(*OPEN, "--account", "Dalga TV", "--due", "2031-11-15", "--basis", "180 days",
                    "--notice-on", "2031-05-19", "--rule", "security", "--json")  # fmt: skip
    assert later.code == 0, later.err
    entry, case = later.json["incident_id"], later.json["case_id"]
    sooner = program(*OPEN, "--account", "Dalga TV", "--incident", entry, "--due", "2031-06-01")
    assert sooner.code == 0, sooner.err
    lines = program("case", "list", "--open", "--json").json
    assert [line["due"] for line in lines] == ["2031-06-01", "2031-11-15"]
    assert {line["account"] for line in lines} == {"Dalga TV"}
    assert {line["incident_id"] for line in lines} == {entry}
    assert "recovery after a hijack" in program("case", "list").out
    message = program("case", "update", case, "--message", "We asked.", "--on", "2031-05-20")
    assert message.code == 0, message.err
    ended = program("case", "update", case, "--outcome", "restored", "--on", "2031-06-02")
    assert "outcome" in ended.out
    assert len(program("case", "list", "--open", "--json").json) == 1
    assert "restored" in program("case", "list").out
    assert "restored" in program("incident", "show", entry).out
    assert log


def test_what_is_wrong_is_one_line_and_leaves_nothing(program: Run, log: object) -> None:
    for given in (("--due", "31 February"), ("--incident", "nothing")):
        refused = program(*OPEN, "--account", "Dalga TV", *given)
        assert refused.code == 3
        assert "Traceback" not in refused.err
    unknown = program("case", "add", "--platform", "facebok", "--about", "hijack_recovery")
    assert "Did you mean facebook?" in unknown.err
    assert program("case", "list", "--json").json == []
    assert program("incident", "list", "--json").json == []
    assert program("case", "update", "nothing", "--outcome", "restored").code == 3
    assert program("case", "update", "nothing").code == 2
    assert log
