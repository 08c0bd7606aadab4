"""The board of some records out of many is the board of all of them."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import random
from collections.abc import Iterator

import pytest

from undersight.casebook import identity
from undersight.errors import ConflictError, NotFoundError
from undersight.model import records as r
from undersight.model.derived.board import board
from undersight.model.fuzzy_date import FuzzyDate
from undersight.model.parts import Deadline, Hearing, PersonName, Sentence
from undersight.settings import Profile
from undersight.workbench import boards, dossiers
from undersight.workbench.session import Workspace

ACTS = ("detention", "arrest", "house_arrest", "release", "questioning", "appeal_decision")
STATUSES = (
    "detained_held",
    "released_served",
    "questioned_released",
    "house_arrest",
    "convicted",
    "unknown",
    "case_dropped",
)


class Filler:
    """Draws entries of every shape.

    Args:
        today: The day that dates lie around.
    """

    def __init__(self, today: dt.date) -> None:
        self.today = today
        self.chance = random.Random(4)  # noqa: S311 - made-up entries

    def date(self, share: float = 0.6) -> FuzzyDate | None:
        """Return a date of any width, or none."""
        if self.chance.random() > share:
            return None
        day = self.today + dt.timedelta(days=self.chance.randint(-400, 60))
        return FuzzyDate.parse(day.isoformat()[: self.chance.choice((4, 7, 10, 10))])

    def party(self) -> str:
        """Return one of few people."""
        return f"p{self.chance.randrange(25):02d}"

    def sentences(self, share: float) -> tuple[Sentence, ...]:
        """Return a penalty, or none."""
        amount = self.chance.randint(1, 24)
        found = Sentence(kind="prison", amount=amount, unit="months")
        return (found,) if self.chance.random() < share else ()

    def entry(self, n: int) -> Iterator[r.Record]:
        """Yield one entry."""
        status = self.chance.choice(("active", "pending", "closed"))
        yield r.Incident(
            record_id=f"i{n:02d}",
            title={"en": f"Entry {n}"},
            monitoring_status=status,
            last_news=self.date(0.4),
            first_published=self.date(0.4),
        )
        for k in range(self.chance.randint(1, 3)):
            yield from self.act(n, k)
        if self.chance.random() < 0.5:
            yield r.Update(record_id=f"u{n:02d}", incident=f"i{n:02d}", published=self.date())
        if self.chance.random() < 0.4:
            yield r.Proceeding(
                record_id=f"q{n:02d}",
                incident=f"i{n:02d}",
                party=self.party(),
                hearings=(Hearing(at=self.date()),) if self.chance.random() < 0.5 else (),
                next_date=self.date(0.5),
                sentences=self.sentences(0.3),
            )
        if self.chance.random() < 0.2:
            yield r.PlatformCase(
                record_id=f"k{n:02d}",
                incident=f"i{n:02d}",
                outcome=self.chance.choice(("", "restored")),
                deadlines=(Deadline(due=self.date(1.0)),),
            )

    def act(self, n: int, k: int) -> Iterator[r.Record]:
        """Yield one act and who was part of it."""
        yield r.Act(
            record_id=f"a{n:02d}{k}",
            incident=f"i{n:02d}",
            act_type=self.chance.choice(ACTS),
            attempt=self.chance.choice(("completed", "completed", "attempted")),
            start=self.date(0.9),
            end=self.date(0.3),
        )
        yield r.Involvement(
            record_id=f"v{n:02d}{k}",
            act=f"a{n:02d}{k}",
            party=self.party(),
            role=self.chance.choice(("victim", "victim", "official")),
            status=self.chance.choice(STATUSES),
            status_since=self.date(0.3),
            start=self.date(0.2),
            end=self.date(0.2),
            sentences=self.sentences(0.3),
        )


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Sixty entries; some people are merged, some records taken out."""
    folder = tmp_path_factory.mktemp("boards") / "log"
    profile = Profile(title="Qaravel log", jurisdiction="QV")
    with Workspace.create(folder, profile, passphrase=None) as made:
        filler, casebook = Filler(made.today), made.casebook
        names = (PersonName(value=f"Person {n}") for n in range(25))
        people = [r.Party(record_id=f"p{n:02d}", names=(name,)) for n, name in enumerate(names)]
        casebook.load([*people, *(record for n in range(60) for record in filler.entry(n))])
        for n in (3, 11, 19):
            identity.decide(casebook, f"p{n:02d}", f"p{n + 1:02d}", verdict="same", why="names")
        for record_id in ("a050", "i07", "v100", "p21"):
            casebook.retract(record_id, why="in error")
        yield made


@pytest.mark.parametrize("ahead", [0, 30, 400])
def test_board_is_that_of_all_records(workspace: Workspace, ahead: int) -> None:
    day = workspace.today
    asked = boards.Asked(day=day, n_days_ahead=ahead, n_days_quiet=60)
    whole = board(dossiers.whole(workspace), n_days_ahead=ahead, n_days_quiet=60)
    shown = boards.board_of(workspace, asked)
    assert shown.board == whole
    assert whole.inside
    assert whole.quiet
    assert [section.n_lines for section in shown.sections][-1] == len(whole.quiet)


def test_board_of_a_day_to_come(workspace: Workspace) -> None:
    day = workspace.today + dt.timedelta(days=45)
    whole = board(dossiers.on_day(dossiers.whole(workspace), day))
    assert boards.board_of(workspace, boards.Asked(day=day)).board == whole


def test_lines_left_out_are_counted(workspace: Workspace) -> None:
    asked = boards.Asked(day=workspace.today, n_days_quiet=0, most_lines=2)
    quiet = boards.board_of(workspace, asked).sections[-1]
    assert len(quiet.lines) == 2
    assert quiet.n_lines > 2
    assert all("Entry " in line for line in quiet.lines)


def test_board_is_counted_again_after_a_change(workspace: Workspace) -> None:
    asked = boards.Asked(day=workspace.today)
    before = boards.board_of(workspace, asked).board
    assert boards.board_of(workspace, asked).board is before
    held = next(c.party for c in before.inside)
    workspace.casebook.retract(held, why="in error")
    after = boards.board_of(workspace, asked).board
    assert after == board(dossiers.whole(workspace))
    assert held not in {c.party for c in after.inside}


@pytest.mark.long
def test_board_follows_every_kind_of_change(workspace: Workspace) -> None:
    casebook, asked = workspace.casebook, boards.Asked(day=workspace.today)

    def check() -> None:
        assert boards.board_of(workspace, asked).board == board(dossiers.whole(workspace))

    check()
    casebook.update("i03", {"monitoring_status": "active", "last_news": "2020-01-01"})
    check()
    casebook.update("a200", {"act_type": "detention", "start": "2024-02-01", "end": None})
    check()
    casebook.create("update", incident="i03", published=workspace.today.isoformat(), number=9)
    check()
    casebook.update("p05", {"names": [{"value": "Another Name"}]})
    check()
    casebook.restore("a050", why="it was right")
    check()
    decision = identity.decide(casebook, "p06", "p07", verdict="same", why="names")
    check()
    casebook.update("p06", {"occupations": ["journalist"]})
    check()
    identity.revoke(casebook, decision.record_id, why="two people")
    check()
    casebook.withdraw("p08", "asked to be taken out")
    check()


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2])
def test_board_follows_changes_one_after_the_other(workspace: Workspace, seed: int) -> None:
    """Drawn records instead of those there: parts move between acts, people and entries."""
    asked = boards.Asked(day=workspace.today, n_days_quiet=60)
    filler = Filler(workspace.today)
    filler.chance.seed(seed)
    n_stored = 0
    for _ in range(40):
        drawn = list(filler.entry(filler.chance.randrange(60)))
        for record in filler.chance.sample(drawn, k=min(2, len(drawn))):
            with contextlib.suppress(ConflictError, NotFoundError):  # points at what is no more
                _store(workspace, filler, record)
                n_stored += 1
        whole = board(dossiers.whole(workspace), n_days_quiet=60)
        assert boards.board_of(workspace, asked).board == whole
    assert n_stored > 40


def _store(workspace: Workspace, filler: Filler, record: r.Record) -> None:
    """Store a record, elsewhere perhaps; or take out the one there, or bring it back."""
    casebook = workspace.casebook
    everything = casebook.all(record.kind, with_retracted=True)
    standing = {one.record_id for one in casebook.all(record.kind)}
    if record.record_id not in {one.record_id for one in everything}:
        if isinstance(record, r.Update | r.Proceeding | r.PlatformCase | r.Act):
            elsewhere = filler.chance.choice(casebook.all("incident")).record_id
            casebook.put(dataclasses.replace(record, incident=elsewhere), why="drawn")
    elif isinstance(record, r.Update):
        return  # never overwritten
    elif record.record_id not in standing:
        casebook.restore(record.record_id, why="drawn")
    elif filler.chance.random() < 0.2:
        casebook.retract(record.record_id, why="drawn")
    else:
        if isinstance(record, r.Involvement):
            act = filler.chance.choice(casebook.all("act")).record_id
            record = dataclasses.replace(record, act=act)
        casebook.put(record, why="drawn")
