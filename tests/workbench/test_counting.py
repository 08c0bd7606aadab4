"""Counts that are brought up to date are those of the whole casebook, whatever changed."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from undersight.casebook import identity
from undersight.casebook.act_facts import COUNTED_KINDS, count_acts
from undersight.casebook.remembered import remembered
from undersight.model import records as r
from undersight.model.derived import counts
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.parts import PersonName, Place
from undersight.settings import Profile
from undersight.workbench import counting, dossiers
from undersight.workbench.session import Workspace

WAYS = {
    "months": counts.by_month,
    "acts": counts.by_act_type,
    "places": counts.by_place,
    "articles": counts.by_provision,
    "platforms": counts.by_platform,
}
DATES = ("2031-04-05", "2031-04", "2031", "2031-03/2031-05", "1900/2031", "2031-04-05/..", None)
KINDS = ("individual", "group", "public_body", "outlet")


def entries(chance: random.Random) -> Iterator[r.Record]:
    """Yield forty entries in which every part may lack."""
    for n in range(12):
        yield r.Party(
            record_id=f"p{n:02d}",
            party_kind=chance.choice(KINDS),
            names=(PersonName(value=f"Name {n}"),),
            count_min=chance.choice((None, 2)),
            count_max=chance.choice((None, 7)),
        )
    for n in range(3):
        yield r.Provision(record_id=f"l{n}", jurisdiction="QV", citation=f"{n}.1")
    for n in range(40):
        place = chance.choice((None, Place(locality="Sarnak"), Place(precision="online")))
        yield r.Incident(record_id=f"i{n:02d}", place=place)
        date = chance.choice(DATES)
        yield r.Act(
            record_id=f"a{n:02d}",
            incident=f"i{n:02d}",
            act_type=chance.choice(("detention", "threat")),
            start=FuzzyDate.parse(date) if date else None,
            place=chance.choice((None, Place(admin1="Ormel"))),
            platforms=chance.choice(((), ("facebook",), ("facebook", "x"))),
        )
        n_parts = chance.randint(0, 3)
        for k in range(n_parts):
            yield r.Involvement(
                record_id=f"v{n:02d}{k}",
                act=f"a{n:02d}",
                party=f"p{chance.randrange(12):02d}",
                role=chance.choice(("victim", "victim", "official")),
                count_max=chance.choice((None, 4)),
            )
        if chance.random() < 0.5:
            law = f"l{chance.randrange(3)}"
            how = "charged" if n % 3 else "analysed"
            whom = chance.choice(("", *(f"v{n:02d}{k}" for k in range(n_parts))))
            yield r.Citation(
                record_id=f"c{n:02d}",
                act=f"a{n:02d}",
                provision=law,
                capacity=how,
                involvement=whom,
            )


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("counts") / "log"
    with Workspace.create(folder, Profile(title="Log"), passphrase=None) as made:
        made.casebook.load(entries(random.Random(8)))  # noqa: S311 - made-up entries
        yield made


def check(workspace: Workspace) -> None:
    made = remembered(workspace.casebook, "act-counts", COUNTED_KINDS, count_acts)
    dossier = dossiers.whole(workspace)
    for chart, count in WAYS.items():
        assert made.counts.tallies(chart) == count(dossier), chart


@pytest.mark.long
def test_counts_are_those_of_the_whole_casebook(workspace: Workspace) -> None:
    check(workspace)
    casebook = workspace.casebook
    casebook.update("a03", {"act_type": "search", "start": "2033-01-05"})
    check(workspace)
    casebook.update("i05", {"place": {"locality": "Velim"}})
    casebook.update("p01", {"party_kind": "individual", "count_min": 9, "count_max": 11})
    check(workspace)
    moved = casebook.all("involvement")[0]
    casebook.update(moved.record_id, {"act": "a20"})
    cited = casebook.all("citation")[0]
    casebook.update(cited.record_id, {"act": "a21", "provision": "l0"})
    check(workspace)
    for capacity in ("charged", "analysed"):
        casebook.update(cited.record_id, {"capacity": capacity})
        check(workspace)
    for record_id in ("a07", "i09", moved.record_id, "p02", cited.record_id):
        casebook.retract(record_id, why="in error")
        check(workspace)
    casebook.restore("a07", why="it was right")
    check(workspace)
    identity.decide(casebook, "p03", "p04", verdict="same", why="names")
    check(workspace)
    casebook.withdraw("p05", "asked to be taken out") if person(workspace, "p05") else None
    casebook.create("act", incident="i11", act_type="threat", start="2029")
    check(workspace)


def person(workspace: Workspace, party_id: str) -> bool:
    return getattr(workspace.casebook.get(party_id), "party_kind", "") == "individual"


def test_charts_show_what_was_counted(workspace: Workspace) -> None:
    shown = {one.chart_id: one for one in counting.counted(workspace, lang="en")}
    acts = counts.by_act_type(dossiers.whole(workspace))
    assert sum(row[1] for row in shown["acts"].rows) == sum(tally.n_min for tally in acts)
    assert counting.as_csv(workspace, "months", lang="en").count("\n") > 3
    assert counting.as_csv(workspace, "no-such-chart", lang="en") == ""
