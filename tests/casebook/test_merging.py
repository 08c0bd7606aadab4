from __future__ import annotations

import random
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from tests.casebook.conftest import WRAPPING_KEY, Clock
from tests.casebook.entries import make_entry, taken_out
from undersight.casebook import Casebook, PendingChange
from undersight.casebook.lists import n_conflicts
from undersight.errors import (
    ForgedChangeError,
    InputError,
    MalformedChangeError,
    UnknownFieldError,
)
from undersight.model.change import Change, fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.casebook.conftest import Desk


def folds(casebook: Casebook) -> dict[str, Any]:
    """What the log of a casebook adds up to, by record."""
    by_record: dict[str, list[Change]] = {}
    for change in casebook.changes_since():
        by_record.setdefault(change.record_id, []).append(change)
    return {record_id: fold(changes) for record_id, changes in sorted(by_record.items())}


def put(change_id: str, *parents: str, at_us: int = 10, **given: Any) -> Change:
    whole: dict[str, Any] = {
        "record_id": "r1",
        "kind": "incident",
        "author": "s-ben",
        "fields": {"lang": "az"},
    }
    return Change(**whole | {"change_id": change_id, "parents": parents, "at_us": at_us} | given)


def counted(casebook: Casebook) -> int:
    with casebook.unit() as work:
        return n_conflicts(work.connection)


def test_two_desks_that_exchange_everything_say_the_same(
    desk: Desk, plain_desk: Callable[[str], Desk]
) -> None:
    other = plain_desk("there")
    here, there = desk.open(), other.open("s-ben")
    other.clock.pass_days(1)
    entry = make_entry(here)
    there.apply(here.changes_since())
    here.update(entry.incident, {"lang": "az"}, why="mine")
    there.update(entry.incident, {"lang": "ru"}, why="mine")
    there.update(entry.incident, {"topics": ["roads"]})
    here.apply(there.changes_since())
    report = there.apply(here.changes_since())
    assert folds(here) == folds(there)
    (conflict,) = report.conflicts
    assert [c.value for c in conflict.candidates] == ["az", "ru"]
    assert here.conflicts() == there.conflicts() == (conflict,)
    assert counted(here) == counted(there) == 1
    here.update(entry.incident, {"lang": "ru"}, why="it was Russian")
    assert here.conflicts() == ()
    assert counted(here) == 0
    there.apply(here.changes_since())
    assert there.conflicts() == ()
    assert here.verify_history().is_whole
    assert there.verify_history().is_whole


def test_a_clock_that_is_years_ahead_has_not_the_last_word(
    desk: Desk, plain_desk: Callable[[str], Desk]
) -> None:
    ahead, late = plain_desk("ahead"), plain_desk("late")
    here, there, third = desk.open(), ahead.open("s-ben"), late.open("s-cem")
    entry = make_entry(here)
    for desk_of in (there, third):
        desk_of.apply(here.changes_since())
    today = here.today
    ahead.clock.pass_days(900)
    there.update(entry.incident, {"lang": "ru"}, why="mine")
    made = there.create("party", party_kind="individual", names=({"value": "Ravin Dargaly"},))
    report = here.apply(there.changes_since())
    assert {change.author for change in report.ahead} == {"s-ben"}
    assert len(report.ahead) == 2
    # What it wrote stands, and is of today: not of a year to come.
    assert here.get(entry.incident, as_of=today).lang == "ru"  # type: ignore[attr-defined]
    assert here.get(made.record_id, as_of=today) == here.get(made.record_id)
    assert here.folded(made.record_id).created_at_us < desk.clock()
    # Of two who did not know of each other the one who wrote later is shown, whatever clocks say.
    late.clock.pass_days(2)
    desk.clock.pass_days(3)
    third.update(entry.incident, {"lang": "en"}, why="theirs")
    (conflict,) = here.apply(third.changes_since()).conflicts
    assert [candidate.value for candidate in conflict.candidates] == ["ru", "en"]
    assert here.get(entry.incident).lang == "en"  # type: ignore[attr-defined]
    # And what follows it is not hidden from views of its day.
    here.update(entry.incident, {"lang": "az"}, why="decided")
    assert here.get(entry.incident, as_of=here.today).lang == "az"  # type: ignore[attr-defined]
    assert here.verify_history().is_whole


def test_what_came_in_one_s_own_name_is_counted(plain_desk: Callable[[str], Desk]) -> None:
    here, there = plain_desk("here").open("s-ada"), plain_desk("there").open("s-ben")
    entry = make_entry(here)
    there.apply(here.changes_since())
    there.by("s-ada").update(entry.incident, {"lang": "ru"}, why="never said by ada")
    there.update(entry.incident, {"topics": ["roads"]}, why="ben")
    report = here.apply(there.changes_since())
    assert (len(report.applied), report.in_my_name) == (2, 1)


def test_merging_twice_changes_nothing(plain_desk: Callable[[str], Desk]) -> None:
    here, there = plain_desk("here").open(), plain_desk("there").open("s-ben")
    make_entry(here)
    first = there.apply(here.changes_since())
    head = there.history_head()
    again = there.apply(here.changes_since())
    assert len(first.applied) == 9
    assert (again.applied, again.n_known) == ((), 9)
    assert there.history_head() == head


def test_what_waits_for_others_is_held_told_and_let_in_when_they_come(
    casebook: Casebook,
) -> None:
    report = casebook.apply([put("c2", "c1", at_us=20), put("c3", "c2", at_us=30)])
    assert report.applied == ()
    assert [(h.change_id, h.missing) for h in report.held] == [("c2", ("c1",)), ("c3", ("c2",))]
    assert casebook.history_head().length == 0
    assert [c.change_id for c in casebook.held()] == ["c2", "c3"]
    report = casebook.apply([put("c1")])
    assert casebook.held() == ()
    assert report.applied == ("c1", "c2", "c3")
    assert report.held == ()


def test_what_waits_is_kept_through_merges_that_have_nothing_to_do_with_it(
    casebook: Casebook,
) -> None:
    casebook.apply([put("c2", "c1", at_us=20)])
    report = casebook.apply([put("d1", record_id="r2")])
    assert [h.change_id for h in report.held] == ["c2"]
    assert [c.change_id for c in casebook.held()] == ["c2"]
    assert casebook.apply([put("c1")]).applied == ("c1", "c2")


def test_a_reference_to_a_record_that_has_not_come_is_held(casebook: Casebook) -> None:
    act = put("c2", record_id="a1", kind="act", fields={"incident": "r1"})
    report = casebook.apply([act])
    assert [h.missing for h in report.held] == [("r1",)]
    report = casebook.apply([put("c1")])
    assert set(report.applied) == {"c1", "c2"}


def test_only_some_of_a_bundle_may_come(casebook: Casebook) -> None:
    changes = [
        put("c1"),
        put("c2", "c1", at_us=20, fields={"lang": "en"}),
        put("c4", "c3", at_us=40),
    ]
    report = casebook.apply(changes)
    assert report.applied == ("c1", "c2")
    assert casebook.get("r1").lang == "en"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (put("x", fields={"colour": "red"}), UnknownFieldError),
        (put("x", op="retract", fields={}), MalformedChangeError),
        (put("x", "c1", at_us=10), MalformedChangeError),
        (put("x", "c1", at_us=20, record_id="r2"), MalformedChangeError),
        (put("x", "c1", at_us=20, kind="period", fields={}), MalformedChangeError),
        (put("x", "c1", at_us=20, op="retract", fields={"lang": "az"}), MalformedChangeError),
        (put("c1", fields={"lang": "en"}), ForgedChangeError),
        (put("c1", author="s-eve"), ForgedChangeError),
        (put("c1", why="another reason"), ForgedChangeError),
        (put("x", "u1", at_us=20, record_id="u", kind="update"), MalformedChangeError),
        (put("../x", record_id="r2"), MalformedChangeError),
        (put("x", record_id="../r\n2"), MalformedChangeError),
        (put("x", record_id="r2", author="Somebody by name"), MalformedChangeError),
        (put("x", record_id="r2", at_us=-1), MalformedChangeError),
        (put("x", record_id="r2", at_us=2**53 - 1), MalformedChangeError),
    ],
)
def test_what_is_wrong_is_refused_whole(
    plain_desk: Callable[[str], Desk], change: Change, error: type[Exception]
) -> None:
    casebook = plain_desk("one").open()
    if change.kind == "update":
        change = put("x", "u1", at_us=20, record_id="u", kind="update", fields={"number": 2})
    update = put("u1", record_id="u", kind="update", fields={"incident": "r1"})
    casebook.apply([put("c1"), update])
    head = casebook.history_head()
    with pytest.raises(error):
        casebook.apply([put("c9", record_id="r9"), change])
    assert casebook.history_head() == head


@pytest.mark.parametrize(
    "said",
    [
        {"title": {"en": "Put into her mouth"}},
        {"title": {"en": "[withdrawn] was never detained"}},
        {"title": {"en": "detained [withdrawn]"}},
        {"place": {"country": "QW"}},
        {"sources": ["another"]},
        {"visibility": "public"},
    ],
)
@pytest.mark.long
def test_nothing_is_put_into_a_change_that_only_took_somebody_out(
    desk: Desk, plain_desk: Callable[[str], Desk], said: dict[str, Any]
) -> None:
    """A colleague's copy that tells less is taken over; one that tells otherwise is forged."""
    here, there = desk.open(), plain_desk("there").open("s-ben")
    entry = make_entry(here)
    there.apply(here.changes_since())
    (known,) = (c for c in here.changes_since() if c.record_id == entry.incident)
    forged = replace(known, fields={**known.fields, **said}, erased_for=("w1",))
    before = folds(there)
    with pytest.raises(ForgedChangeError):
        there.apply([forged, taken_out()])
    assert folds(there) == before
    cut = {"en": "[withdrawn] detained", "az": "[withdrawn] saxlanılıb"}
    less = replace(known, fields={**known.fields, "title": cut}, erased_for=("w1",))
    with pytest.raises(MalformedChangeError, match="nobody made"):
        there.apply([less])
    assert folds(there) == before
    assert there.apply([less, taken_out()]).n_rewritten == 1
    assert there.apply([less]).n_rewritten == 0, "the withdrawal is known by now"


@pytest.mark.parametrize("name", ["ministry", "account", "source", "incident", "act", "claim"])
def test_a_withdrawal_takes_nothing_out_but_people(
    plain_desk: Callable[[str], Desk], name: str
) -> None:
    """What is taken out is gone on each laptop for good: no entry, ministry or source may be."""
    here = plain_desk("one").open()
    record_id = getattr(make_entry(here), name)
    (known,) = (c for c in here.changes_since() if c.record_id == record_id)
    left = {n: known.fields[n] for n in ("party_kind",) if n in known.fields}
    gone = replace(known, change_id="w1", parents=(known.change_id,), at_us=known.at_us + 5,
                   op="withdraw", fields={**left, "public_exposure": "withheld"})  # fmt: skip
    before = folds(here)
    with pytest.raises(MalformedChangeError):
        here.apply([gone])
    assert folds(here) == before


@pytest.mark.parametrize(
    "said",
    [
        {"names": [{"value": "Somebody else"}]},
        {"biography": {"en": "Confessed."}},
        {"public_exposure": "consented"},
    ],
)
def test_a_withdrawal_says_nothing_of_the_person(
    plain_desk: Callable[[str], Desk], said: dict[str, Any]
) -> None:
    here = plain_desk("one").open()
    person = make_entry(here).person
    left = {"party_kind": "individual", "public_exposure": "withheld"}
    gone = put("w1", "x", record_id=person, kind="party", op="withdraw", fields={**left, **said})
    with pytest.raises(MalformedChangeError):
        here.apply([gone])
    assert here.apply([replace(gone, fields=left)]).applied == ("w1",)


@pytest.mark.parametrize("names", [5, None, ["Aysel"], [{"value": 5}], [{"value": None}]])
@pytest.mark.long
def test_names_of_any_shape_are_one_clear_error_after_a_withdrawal(
    plain_desk: Callable[[str], Desk], names: object
) -> None:
    here = plain_desk("one").open()
    person = make_entry(here).person
    here.withdraw(person, why="asked")
    head = here.history_head()
    with pytest.raises(InputError):
        here.apply([put("x", record_id=person, kind="party", fields={"names": names})])
    handles = {"owner": person, "handles": names}
    with pytest.raises(InputError):
        here.apply([put("y", record_id="a", kind="account", fields=handles)])
    assert here.history_head() == head


def test_one_change_cannot_come_in_two_versions_at_once(plain_desk: Callable[[str], Desk]) -> None:
    casebook = plain_desk("one").open()
    with pytest.raises(ForgedChangeError):
        casebook.apply([put("c1"), put("c1", author="s-eve")])
    assert casebook.history_head().length == 0


@pytest.mark.parametrize("is_full_one_last", [True, False])
def test_of_two_versions_in_one_bundle_the_one_that_tells_less_comes_in(
    plain_desk: Callable[[str], Desk], *, is_full_one_last: bool
) -> None:
    full = put("c1", fields={"title": {"en": "Aysel Quliyeva detained"}})
    less = put("c1", fields={"title": {"en": "[withdrawn] detained"}}, erased_for=("w1",))
    casebook = plain_desk("one").open()
    told = [less, full] if is_full_one_last else [full, less]
    casebook.apply([taken_out(), *told])
    assert casebook.get("r1").title == less.fields["title"]  # type: ignore[attr-defined]


def test_what_a_colleagues_copy_tells_less_of_is_told_less_of_here(casebook: Casebook) -> None:
    full = put("c1", fields={"title": {"en": "Aysel Quliyeva detained"}}, why="Aysel asked")
    less = put(
        "c1", fields={"title": {"en": "[withdrawn] detained"}}, why="[withdrawn] asked",
        erased_for=("w1",),
    )  # fmt: skip
    casebook.apply([full])
    assert casebook.apply([less, taken_out()]).n_rewritten == 1
    told = casebook.apply([full, taken_out()])
    assert (told.n_rewritten, told.n_known) == (0, 2)
    (kept,) = (change for change in casebook.changes_since() if change.change_id == "c1")
    assert (kept.fields, kept.why) == (less.fields, less.why)
    assert casebook.get("r1").title == less.fields["title"]  # type: ignore[attr-defined]
    assert casebook.verify_history().is_whole


def test_a_colleagues_notes_on_the_colleagues_log_stay_there(casebook: Casebook) -> None:
    note = put("e1", "c1", at_us=20, op="erase", fields={"bodies": []}, erased_for=("w1",))
    assert casebook.apply([put("c1"), note]).applied == ("c1",)
    assert casebook.history_head().length == 1


def test_one_public_id_for_two_entries_is_settled_by_time(
    plain_desk: Callable[[str], Desk],
) -> None:
    first, second = plain_desk("here"), plain_desk("there")
    here, there = first.open(), second.open("s-ben")
    theirs = make_entry(there, name="Tural Rzayev")  # begun first, opened last
    first.clock.pass_days(0.5)
    mine = make_entry(here)
    here.publish(mine.incident, jurisdiction="QV", why="")
    second.clock.pass_days(1)
    there.publish(theirs.incident, jurisdiction="QV", why="")
    report = there.apply(here.changes_since())
    (moved,) = report.renumbered
    assert (moved.incident_id, moved.before, moved.after, moved.kept_by) == (
        theirs.incident,
        "QV-2031-0001",
        "QV-2031-0002",
        mine.incident,
    )
    assert there.find("QV-2031-0001") == mine.incident
    assert here.apply(there.changes_since()).renumbered == ()
    assert here.find("QV-2031-0002") == theirs.incident
    assert folds(here) == folds(there)


class Laptops(RuleBasedStateMachine):
    """Three laptops that write and exchange bundles in any order, whole or in part."""

    records = Bundle("records")

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.clock = Clock()
        self.laptops = [
            Casebook.open(
                Path(self.folder.name) / f"{i}.db",
                record_wrapping_key=WRAPPING_KEY,
                author=f"s-{i}",
                clock=self.clock,
            )
            for i in range(3)
        ]
        self.everything: dict[str, Change] = {}

    def teardown(self) -> None:
        if hasattr(self, "laptops"):
            for laptop in self.laptops:
                laptop.close()
            self.folder.cleanup()

    def keep(self, changes: tuple[Change, ...]) -> None:
        self.everything |= {change.change_id: change for change in changes}

    @rule(target=records, who=st.integers(0, 2), lang=st.sampled_from(["az", "en"]))
    def make(self, who: int, lang: str) -> str:
        draft = PendingChange(kind="incident", fields={"lang": lang})
        changes = self.laptops[who].write(draft)
        self.keep(changes)
        return changes[0].record_id

    @rule(
        who=st.integers(0, 2),
        record_id=records,
        fields=st.dictionaries(
            st.sampled_from(["lang", "monitoring_status"]),
            st.sampled_from(["active", "closed"]),
            min_size=1,
        ),
    )
    def change(self, who: int, record_id: str, fields: dict[str, str]) -> None:
        laptop = self.laptops[who]
        if record_id in folds(laptop) and not laptop.folded(record_id).is_retracted:
            self.keep(laptop.write(PendingChange(record_id=record_id, fields=fields)))

    @rule(who=st.integers(0, 2), record_id=records, is_out=st.booleans())
    def take_out_or_bring_back(self, who: int, record_id: str, is_out: bool) -> None:  # noqa: FBT001
        laptop = self.laptops[who]
        if record_id in folds(laptop):
            op = "retract" if is_out else "restore"
            self.keep(laptop.write(PendingChange(record_id=record_id, op=op)))

    @rule(
        sender=st.integers(0, 2),
        reader=st.integers(0, 2),
        share=st.floats(0.2, 1),
        seed=st.integers(0, 999),
    )
    def send(self, sender: int, reader: int, share: float, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - which changes travel
        bundle = [c for c in self.laptops[sender].changes_since() if chance.random() <= share]
        chance.shuffle(bundle)
        self.laptops[reader].apply(bundle)

    @invariant()
    def each_laptop_shows_what_its_changes_add_up_to(self) -> None:
        for laptop in getattr(self, "laptops", []):
            shown = {r.record_id: r.lang for r in laptop.all("incident", with_retracted=True)}
            assert shown == {i: f.fields.get("lang", "") for i, f in folds(laptop).items()}
            disputed = [
                (c.record_id, c.field) for f in folds(laptop).values() for c in f.conflicts
            ]
            assert [(c.record_id, c.field) for c in laptop.conflicts()] == sorted(disputed)

    @rule()
    def exchange_everything(self) -> None:
        for _ in range(2):
            for sender in self.laptops:
                for reader in self.laptops:
                    reader.apply(sender.changes_since())
        first, *others = [folds(laptop) for laptop in self.laptops]
        assert all(other == first for other in others)
        assert self.laptops[0].change_ids() == set(self.everything), "no change is lost"
        for laptop in self.laptops:
            assert laptop.verify_history().is_whole


TestLaptops = pytest.mark.long(Laptops.TestCase)
TestLaptops.settings = settings(
    max_examples=settings.default.max_examples // 10,
    stateful_step_count=10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
