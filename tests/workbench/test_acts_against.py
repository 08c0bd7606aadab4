"""What was done to one person is told from all entries, and who is in several is counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from undersight.casebook import identity
from undersight.model import records as r
from undersight.model.derived.repeat import all_series
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.parts import PersonName
from undersight.workbench import acts_against, dossiers, people, showing, viewing
from undersight.workbench.session import Workspace


def act(name: str, incident: str, act_type: str, start: str, **fields: Any) -> Iterator[r.Record]:
    yield r.Act(
        record_id=f"a-{name}",
        incident=incident,
        act_type=act_type,
        start=FuzzyDate.parse(start),
        attempt="completed",
    )
    party = fields.pop("party", "kelman")
    yield r.Involvement(record_id=f"v-{name}", act=f"a-{name}", party=party, **fields)


@pytest.fixture
def log(workspace: Workspace) -> Workspace:
    """A summons, an arrest under another spelling, a release, a hijacked page; each its entry."""
    named = {"kelman": "Doran Kelman", "kelmen": "Doran Kelmen", "selva": "Aral Selva"}
    made: list[r.Record] = [
        r.Party(record_id=i, party_kind="individual", names=(PersonName(value=name),))
        for i, name in named.items()
    ]
    made += [
        r.Party(record_id="crowd", party_kind="group", count_max=7),
        r.Account(record_id="page", owner="selva", title="Selva's page"),
        r.Item(record_id="post", author="kelmen", state="gone_unknown",
               gone=FuzzyDate.parse("2030-05-09"), about={"en": "a bridge"}),
    ]  # fmt: skip
    made += [
        r.Incident(record_id=f"in{n}", title={"en": title, "az": f"{n}. qeyd"})
        for n, title in enumerate(("Summons", "Arrest", "Release", "Page taken", "Wiped", "Crowd"))
    ]
    made += [
        *act("s", "in0", "summons", "2030-03-01"),
        *act("c", "in5", "official_warning", "2030-03-02"),
    ]
    made += act("p", "in1", "arrest", "2030-05-01", status="detained_held", party="kelmen")
    made += act("r", "in2", "release", "2030-05-31")
    made += [
        r.Act(record_id="a-h", incident="in3", act_type="hijack_page", target_accounts=("page",)),
        r.Act(record_id="a-g", incident="in5", act_type="account_restored",
              target_accounts=("page",)),
        r.Act(record_id="a-w", incident="in4", act_type="content_wipe", target_items=("post",),
              target_accounts=("page",)),
    ]  # fmt: skip
    made += [r.Involvement(record_id=f"v-g{n}", act="a-c" if n else "a-s", party="crowd")
             for n in range(2)]  # fmt: skip
    workspace.casebook.load(made)
    identity.decide(workspace.casebook, "kelman", "kelmen", verdict="same", why="one name")
    return workspace


def test_what_was_done_is_told_from_every_entry(log: Workspace) -> None:
    for party_id in ("kelman", "kelmen"):
        found = acts_against.told(log, party_id, lang="en")
        assert [one.act_type for one in found.acts] == [
            "summons",
            "official_warning",
            "arrest",
            "release",
        ]
        assert [one.title for one in found.acts][2:] == ["Arrest", "Release"]
        assert (found.custody, found.n_entries) == ("Held 30 days", 4)
        assert found.ladder.replace("\N{NO-BREAK SPACE}", " ") == (
            "Questioned (1 March 2030) → warned or threatened (2 March 2030) → held (1 May 2030)"
        )
        assert len(found.vanished) == 1
        assert found.to_json()["acts"][0]["edtf"] == "2030-03-01"
    assert acts_against.told(log, "kelman", lang="az").acts[0].title == "0. qeyd"


def test_attacks_on_accounts_are_the_owners(log: Workspace) -> None:
    found = acts_against.told(log, "selva", lang="en")
    assert [one.act_type for one in found.acts] == ["hijack_page", "content_wipe"]
    assert (found.custody, found.ladder, found.vanished) == ("", "", ())


def test_an_entry_tells_of_a_release_recorded_in_another(log: Workspace) -> None:
    assert "held 30 days" in "".join(viewing.view(log, "in1", lang="en").entry.custody)
    assert "held 30 days" in showing.show(log, "in1").text
    assert "Doran Kelman" in showing.show(log, "in1").text
    assert {part.record_id for part in viewing.view(log, "in1", lang="en").parts} == {
        "in1",
        "a-p",
        "v-p",
    }
    wiped = viewing.view(log, "in4", lang="en").entry
    assert any("while in custody" in line for line in wiped.vanished)


def test_who_is_in_several_entries_is_counted_as_in_the_whole_casebook(log: Workspace) -> None:
    def check() -> list[tuple[str, int]]:
        found, n_found = people.repeated(log)
        counted = [(one["party_id"], one["n_entries"]) for one in found]
        whole = {s.subject: len(s.incidents) for s in all_series(dossiers.whole(log))}
        assert dict(counted) == {party: n for party, n in whole.items() if n >= 2}
        assert n_found == len(counted)
        return counted

    assert check() == [("kelman", 4), ("selva", 2)]
    log.casebook.retract("a-s", why="in error")
    assert check() == [("kelman", 3), ("selva", 2)]
    log.casebook.retract("page", why="in error")
    assert check() == [("kelman", 3)]
    assert people.repeated(log, limit=1, offset=1) == ([], 1)
