"""The check on a real casebook: the same questions before and after an entry is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.casebook.entries import make_entry
from undersight.casebook import harm
from undersight.errors import UnansweredHarmError
from undersight.model.dossier import Masthead
from undersight.model.records import HarmReview, Incident

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


@pytest.mark.long
def test_a_few_entries_are_examined_as_they_would_be_in_the_whole_casebook(
    casebook: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names from other entries, a namesake, people who stand out or are many, merged and gone."""
    from undersight.casebook import identity
    from undersight.casebook.harm import checking

    names = ("Aysel Quliyeva", "Rauf Məmmədov", "Leyla Əsgərova", "Aysel Quliyeva", "Tural Rzayev")
    entries = [make_entry(casebook, name) for name in names]
    told = {"summary": {"en": "Rauf Məmmədov and L. Əsgərova, @roads.of.sarnak, saw T. Rzayev."}}
    casebook.update(entries[0].incident, told, "told")
    casebook.update(entries[1].person, {"public_exposure": "already_public",
                                        "naming_reason": "known"}, "named")  # fmt: skip
    identity.decide(casebook, entries[0].person, entries[3].person, verdict="same", why="one")
    casebook.retract(entries[4].person, "wrong")
    n_found = 0
    for n_open in (0, 3):
        for entry in entries[1 : 1 + n_open]:
            casebook.publish(entry.incident, audience="public", jurisdiction="QV", why="asked")
        for entry in entries:
            few = findings_of(casebook, entry.incident)
            with monkeypatch.context() as patched:
                patched.setattr(checking, "MOST_SCOPED", 0)
                assert findings_of(casebook, entry.incident) == few
            n_found += len(few)
    assert n_found > len(entries)
    asked = {f.question for f in findings_of(casebook, entries[0].incident)}
    assert {"masked-name", "re-identification"} <= asked


def test_a_crowd_is_counted_in_the_whole_casebook(casebook: Casebook) -> None:
    """Nobody stands out among five of one place, month and work, whatever the entry."""
    names = ("Aysel Quliyeva", "Rauf Məmmədov", "Leyla Əsgərova", "Nigar Rzayeva", "Orxan Vəliyev")
    entries = [make_entry(casebook, name) for name in names]
    for entry in entries[1:-1]:
        casebook.publish(entry.incident, audience="public", jurisdiction="QV", why="asked")

    def asked() -> bool:
        found = findings_of(casebook, entries[0].incident)
        return "re-identification" in {f.question for f in found}

    assert asked()
    casebook.publish(entries[-1].incident, audience="public", jurisdiction="QV", why="asked")
    assert not asked()


def test_one_entry_goes_out_as_the_whole_snapshot_has_it(casebook: Casebook) -> None:
    """A retracted party's name stays hidden; an entry that is not open is not there."""
    entries = [make_entry(casebook, name) for name in ("Aysel Quliyeva", "Rauf Məmmədov")]
    told = {"summary": {"en": "Rauf Məmmədov saw Aysel."}}
    casebook.update(entries[0].incident, told, "told")
    casebook.retract(entries[1].person, "wrong")
    casebook.publish(entries[0].incident, audience="public", jurisdiction="QV", why="asked")
    seen = {"audience": "public", "masthead": MASTHEAD}
    whole = casebook.dossier(**seen)  # type: ignore[arg-type]
    one = harm.open_now(casebook, entries[0].incident, **seen)  # type: ignore[arg-type]
    assert one.get(entries[0].incident) == whole.get(entries[0].incident)
    assert "Rauf" not in str(one.get(entries[0].incident))
    assert harm.open_now(casebook, entries[1].incident, **seen).incidents() == ()  # type: ignore[arg-type]


def test_a_namesake_elsewhere_who_may_be_named_keeps_their_whole_name(casebook: Casebook) -> None:
    """Whoever may be named is read only where somebody hidden is found, and counts then."""
    entry = make_entry(casebook, "Aysel Quliyeva")
    casebook.create("party", names=[{"value": "Rauf Quliyev"}],
                    public_exposure="already_public", naming_reason="a minister")  # fmt: skip
    told = {"summary": {"en": "Rauf Quliyev spoke; then Aysel Quliyeva; Quliyeva left."}}
    casebook.update(entry.incident, told, "told")
    opening = harm.opening_of(casebook, [entry.incident], audience="public", masthead=MASTHEAD)
    incident = opening.shown.get(entry.incident)
    shown = incident.summary["en"] if isinstance(incident, Incident) else ""
    assert "Rauf Quliyev spoke" in shown
    assert "Quliyeva" not in shown
    assert opening.shown.masked


def test_nobody_is_passed_over_as_nameable_whose_record_says_otherwise(casebook: Casebook) -> None:
    """What a row says at once is right for all of these, whoever reads."""
    from undersight.casebook import identity
    from undersight.casebook.harm import scope
    from undersight.model.naming import AUDIENCES, naming_of
    from undersight.model.records import Party

    public = {"public_exposure": "already_public", "naming_reason": "known"}
    told: list[dict[str, Any]] = [
        {"public_exposure": "consented"},
        public,
        {"party_kind": "outlet"},
        {},
        {"public_exposure": "withheld"},
        {"public_exposure": "withheld", "party_kind": "outlet"},
        {"public_exposure": "already_public"},
        {"public_exposure": "already_public", "naming_reason": "\u00a0"},
        {**public, "risk_flags": ["minor"]},
        {**public, "born": "2020"},
        {**public, "consents": [{"scope": "name", "withdrawn_on": "2030-01-01"}]},
        {**public},
        {"public_exposure": "withheld"},
        {**public},
    ]
    ids = [casebook.create("party", **fields, names=[{"value": f"Name {number}li"}]).record_id
           for number, fields in enumerate(told)]  # fmt: skip
    identity.decide(casebook, ids[-3], ids[-2], verdict="same", why="one person")
    casebook.retract(ids[-1], "wrong")
    passed = {}
    for audience in AUDIENCES[1:]:
        with casebook.unit() as work:
            passed[audience] = scope._surely_nameable(work, ids, audience, casebook.today)
        known = [casebook.get(record_id) for record_id in passed[audience]]
        assert all(naming_of(one, audience, on=casebook.today).may
                   for one in known if isinstance(one, Party))  # fmt: skip
    assert passed["public"] == set(ids[:3])
    assert passed["partner"] == {*ids[:3], ids[6], ids[7]}
