"""The check on a real casebook: the same questions before and after an entry is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.casebook.entries import make_entry
from undersight.casebook import harm
from undersight.errors import UnansweredHarmError
from undersight.model.dossier import Masthead
from undersight.model.records import HarmReview

if TYPE_CHECKING:
    from undersight.casebook import Casebook

MASTHEAD = Masthead(title={"en": "Log"}, jurisdiction="QV")


def findings_of(casebook: Casebook, incident_id: str) -> Any:
    return harm.examine_opening(casebook, [incident_id], audience="public", masthead=MASTHEAD)


def test_an_entry_is_examined_before_it_is_opened_and_asked_nothing_more_after(
    casebook: Casebook,
) -> None:
    entry = make_entry(casebook)
    before = findings_of(casebook, entry.incident)
    assert "masked-name" in {f.question for f in before}
    with pytest.raises(UnansweredHarmError):
        harm.refuse_unless_answered(before, [])
    for finding in before:
        casebook.create("harm_review", about=finding.incident_id, question=finding.question,
                        finding=finding.finding_id, answer="no_risk")  # fmt: skip
    casebook.publish(entry.incident, audience="public", jurisdiction="QV", why="asked")
    reviews = [r for r in casebook.all("harm_review") if isinstance(r, HarmReview)]
    after = findings_of(casebook, entry.incident)
    harm.refuse_unless_answered(after, reviews)
    assert {f.finding_id for f in after} == {f.finding_id for f in before}


def test_the_snapshot_simulated_is_the_snapshot_published(casebook: Casebook) -> None:
    from undersight.casebook.harm.checking import as_opened
    from undersight.model.codec import to_json

    entry = make_entry(casebook)
    internal = casebook.dossier(audience="internal", masthead=MASTHEAD)
    simulated = as_opened(internal, [entry.incident], "public")
    casebook.publish(entry.incident, audience="public", jurisdiction="QV", why="asked")
    published = casebook.dossier(audience="public", masthead=MASTHEAD)
    given = {"public_id", "first_published"}

    def texts(dossier: Any) -> dict[str, Any]:
        return {
            record.record_id: {k: v for k, v in to_json(record).items() if k not in given}
            for record in dossier.records()
        }

    assert texts(simulated) == texts(published)
