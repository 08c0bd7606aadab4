"""What changed since somebody last looked: which entries, how often, by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.casebook.entries import make_entry
from undersight.casebook.activity import activity_since

if TYPE_CHECKING:
    from tests.casebook.conftest import Desk
    from undersight.casebook import Casebook
    from undersight.casebook.activity import Activity


def log_length(casebook: Casebook) -> int:
    with casebook.unit() as work:
        return work.log.head().length


def seen_since(casebook: Casebook, n_known: int, *, limit: int = 9) -> list[Activity]:
    with casebook.unit() as work:
        return activity_since(work, n_known, limit=limit)


def test_entries_that_changed_since_are_told_latest_first_with_who_changed_them(
    desk: Desk,
) -> None:
    ada, bo = desk.open("s-ada"), desk.open("s-bo")
    quiet, first, second = (make_entry(ada, f"Person {name}") for name in ("Abc", "Def", "Ghi"))
    assert quiet.incident in {one.incident_id for one in seen_since(ada, 0)}
    n_known = log_length(ada)
    assert seen_since(ada, n_known) == []
    bo.update(first.act, {"act_type": "questioning"}, "told so")
    ada.update(first.incident, {"title": {"en": "Questioned"}}, "told so")
    bo.update(second.incident, {"title": {"en": "Still held"}}, "told so")
    told = [(one.incident_id, one.n_changes, one.authors) for one in seen_since(ada, n_known)]
    assert told == [
        (second.incident, 1, ("s-bo",)),
        (first.incident, 2, ("s-ada", "s-bo")),
    ]
    assert [one.incident_id for one in seen_since(ada, n_known, limit=1)] == [second.incident]
    assert len(seen_since(ada, n_known + 1)) == 2, "one change less of the first"
    assert seen_since(ada, n_known + 1)[1].n_changes == 1
