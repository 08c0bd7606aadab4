"""Several changes taken back at once, and a merge foreseen without being done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.casebook.entries import make_entry
from undersight.errors import AppendOnlyError, ChangedSinceError, UnknownChangeError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.casebook.conftest import Desk
    from undersight.casebook import Casebook


def written_after(casebook: Casebook, n_known: int) -> list[str]:
    return [change.change_id for change in casebook.changes_since(n_known - 1)]


def test_a_whole_entry_and_what_was_changed_in_it_is_taken_back_at_once(
    casebook: Casebook,
) -> None:
    entry = make_entry(casebook)
    casebook.update(entry.incident, {"lang": "ru", "topics": ["x"]})
    ids = [c for c in written_after(casebook, 0) if not _is_update(casebook, c)]
    casebook.undo_together(ids, why="twice")
    assert casebook.all("incident") == ()
    assert casebook.all("act") == ()
    assert len({change.why for change in casebook.changes_since()}) > 1


def test_fields_of_two_records_come_back_and_other_fields_stay(casebook: Casebook) -> None:
    first, second = casebook.create("incident", lang="az"), casebook.create("incident")
    before = casebook.history_head().length
    for made in (first, second):
        casebook.update(made.record_id, {"monitoring_status": "closed"})
        casebook.update(made.record_id, {"monitoring_status": "pending", "lang": "tr"})
    ids = written_after(casebook, before)
    casebook.update(first.record_id, {"topics": ["kept"]})
    casebook.undo_together(ids, why="wrong ones")
    assert casebook.get(second.record_id) == second
    now = casebook.folded(first.record_id).fields
    assert (now["lang"], now["monitoring_status"], now["topics"]) == ("az", "active", ["kept"])


def test_nothing_is_taken_back_where_one_of_them_cannot_be(casebook: Casebook) -> None:
    first, second = casebook.create("incident", lang="az"), casebook.create("incident", lang="az")
    before = casebook.history_head().length
    for made in (first, second):
        casebook.update(made.record_id, {"lang": "en"})
    ids = written_after(casebook, before)
    casebook.update(second.record_id, {"lang": "ru"})
    with pytest.raises(ChangedSinceError):
        casebook.undo_together(ids, why="no")
    assert casebook.folded(first.record_id).fields["lang"] == "en"
    with pytest.raises(UnknownChangeError):
        casebook.undo_together([ids[0], "nothing"], why="no")
    update = casebook.create("update", incident=first.record_id)
    with pytest.raises(AppendOnlyError):
        casebook.undo_together([casebook.history(update.record_id)[0].change_id], why="no")


def test_a_record_taken_out_comes_back_with_its_fields(casebook: Casebook) -> None:
    made = casebook.create("incident", lang="az")
    before = casebook.history_head().length
    casebook.update(made.record_id, {"lang": "en"})
    casebook.retract(made.record_id, why="no")
    casebook.undo_together(written_after(casebook, before), why="yes")
    assert casebook.all("incident") == (made,)


def test_bringing_back_is_taken_back_as_well(casebook: Casebook) -> None:
    made = casebook.create("incident", lang="az")
    casebook.retract(made.record_id, why="no")
    before = casebook.history_head().length
    casebook.restore(made.record_id, why="yes")
    casebook.undo_together(written_after(casebook, before), why="no after all")
    assert casebook.all("incident") == ()


def test_a_merge_is_foreseen_and_nothing_of_it_is_kept(
    desk: Desk, plain_desk: Callable[[str], Desk]
) -> None:
    here, there = desk.open(), plain_desk("there").open("s-ben")
    entry = make_entry(here)
    there.apply(here.changes_since())
    here.update(entry.incident, {"lang": "az"}, why="mine")
    there.update(entry.incident, {"lang": "ru"}, why="mine")
    before = here.history_head()
    foreseen = here.foresee(there.changes_since())
    assert here.history_head() == before
    assert here.conflicts() == ()
    assert here.apply(there.changes_since()) == foreseen
    assert len(foreseen.conflicts) == 1


def _is_update(casebook: Casebook, change_id: str) -> bool:
    return any(c.change_id == change_id and c.kind == "update" for c in casebook.changes_since())
