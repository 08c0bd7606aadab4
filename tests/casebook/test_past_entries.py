"""An entry of an earlier day, read alone, is that of the whole casebook of that day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.casebook.entries import make_entry
from undersight.casebook.past_entries import PastEntries, changed_days
from undersight.model.dossier import Masthead

if TYPE_CHECKING:
    from tests.casebook.conftest import Desk

MASTHEAD = Masthead(title={"en": "Log"}, jurisdiction="QV")


def test_an_entry_reads_as_in_the_whole_casebook_of_that_day(desk: Desk) -> None:
    """With a source since taken away, a name since withheld, and an entry that came later."""
    casebook = desk.open()
    entry = make_entry(casebook)
    casebook.publish(entry.incident, audience="public", jurisdiction="QV", why="asked")
    desk.clock.pass_days(2)
    casebook.update(entry.incident, {"sources": []}, "no source")
    casebook.update(entry.person, {"public_exposure": "withheld"}, "asked")
    desk.clock.pass_days(2)
    later = make_entry(casebook, "Rauf Məmmədov")
    days = changed_days(casebook)
    assert [len(days[one.incident]) for one in (entry, later)] == [2, 1]
    past = PastEntries(casebook, audience="public", masthead=MASTHEAD)
    for day in days[entry.incident]:
        whole = casebook.dossier(audience="public", masthead=MASTHEAD, as_of=day)
        alone = past.on(entry.incident, day)
        assert list(alone.records()) == list(whole.records())
        assert alone.stamps == whole.stamps
    assert past.on(later.incident, days[entry.incident][0]).incidents() == ()
