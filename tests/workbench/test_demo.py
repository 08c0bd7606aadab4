"""The demo's year: whole, of every shape, recorded on its days, nobody named without a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from undersight.errors import UnknownKeyError
from undersight.model.derived.board import board
from undersight.model.derived.contradictions import contradictions
from undersight.model.derived.repeat import all_series, ladder_of
from undersight.model.derived.vanished import vanished_in_custody
from undersight.model.dossier import Dossier
from undersight.model.records import (
    Act,
    Claim,
    Involvement,
    Party,
    PlatformCase,
    Provision,
    Takedown,
)
from undersight.settings import Profile
from undersight.synth import qaravel
from undersight.workbench import demo, dossiers, publishing
from undersight.workbench.session import Workspace

YEAR_END = dt.date(2025, 12, 31)
pytestmark = [
    pytest.mark.long,
    pytest.mark.xdist_group("demo"),
    pytest.mark.timeout(400),
]


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The year recorded, nothing published: publication has tests of its own."""
    calendar = demo.Calendar(dt.date(2025, 1, 10))
    profile = Profile(title="Qaravel", jurisdiction="QV", languages=("en", "az", "ru", "tr"))
    folder = tmp_path_factory.mktemp("demo") / "log"
    patch = pytest.MonkeyPatch()
    patch.setattr(publishing, "publish_together", lambda *_, **__: ())
    patch.setattr(publishing, "review", lambda *_, **__: 0)
    with Workspace.create(folder, profile, passphrase=None, clock=calendar) as workspace:
        demo.record_year(workspace, calendar, qaravel.entries())
        calendar.day = YEAR_END
        yield workspace
    patch.undo()


@pytest.fixture(scope="module")
def dossier(year: Workspace) -> Dossier:
    return dossiers.whole(year)


def test_every_entry_is_recorded_on_its_day(year: Workspace, dossier: Dossier) -> None:
    given = sorted(str(entry["recorded"]) for entry in qaravel.entries())
    stamped = sorted(dossier.stamps[i.record_id].created.isoformat() for i in dossier.incidents())
    assert stamped == given
    assert len(given) >= 32


def test_languages(dossier: Dossier) -> None:
    titles = [set(incident.title) for incident in dossier.incidents()]
    assert all("en" in langs and len(langs) >= 2 for langs in titles)
    assert sum(langs == {"en", "az", "ru", "tr"} for langs in titles) * 3 >= len(titles)
    origins = {incident.lang for incident in dossier.incidents()}
    assert origins == {"en", "az", "ru", "tr"}


def test_the_acts_of_the_issue_are_there(dossier: Dossier) -> None:
    found = {act.act_type for act in dossier.all(Act)}
    wanted = {
        "administrative_detention", "charge", "official_warning", "hijack_page", "hijack_account",
        "private_material_leak", "brigading", "suspension", "ill_treatment", "evidence_planted",
        "closed_hearing", "pressure_on_relatives", "pressure_through_employer", "conscription",
        "bribe_demand", "offer", "monitoring_announced", "service_blocking", "legislation",
        "demotion", "mass_reporting", "verification_rejected", "house_arrest",
    }  # fmt: skip
    assert wanted <= found
    assert {act.attempt for act in dossier.all(Act)} >= {"completed", "attempted", "unknown"}
    manners = {manner for act in dossier.all(Act) for manner in act.manners}
    assert {
        "by_telephone",
        "lured",
        "at_airport",
        "plain_clothes",
        "threat_as_condition",
    } <= manners
    links = {link.link for act in dossier.all(Act) for link in act.related}
    assert {"retaliation_for", "pretext_for", "condition_of", "follows_publicity_of"} <= links


def test_numbers_and_speakers_that_do_not_agree_stand_side_by_side(dossier: Dossier) -> None:
    kinds = {c.kind for c in contradictions(dossier)}
    assert {"own_list", "reports"} <= kinds
    claims = dossier.all(Claim)
    assert any(claim.speaker_alternatives for claim in claims)
    assert any(claim.status == "source_error" for claim in claims)
    assert {"denies", "partly_denies", "declines_comment"} <= {claim.stance for claim in claims}
    networks = dossier.all(Takedown)
    assert (589, 7906, 447) in {
        (t.removed.accounts, t.removed.pages, t.removed.instagram) for t in networks if t.removed
    }
    sentences = [s for i in dossier.all(Involvement) for s in i.sentences]
    assert any(s.kind == "community_service" and s.unit == "hours" for s in sentences)
    notices = [c.notice for c in dossier.all(PlatformCase) if c.notice]
    assert any(not notice.is_own_language for notice in notices)


def test_one_article_in_two_spellings_is_one_provision(dossier: Dossier) -> None:
    articles = [p for p in dossier.all(Provision) if p.citation == "388.1.1"]
    assert len(articles) == 1


def test_recurring_people_are_one_party_and_climb_a_ladder(dossier: Dossier) -> None:
    names = [party.names[0].value for party in dossier.all(Party) if party.names]
    for person in qaravel.people():
        assert names.count(person["names"][0]["value"]) == 1
    ladders = filter(None, map(ladder_of, all_series(dossier)))
    climbs = {tuple(step.rung for step in ladder.steps) for ladder in ladders}
    assert ("questioning", "warning", "custody", "attack") in climbs


def test_posts_vanished_while_their_author_was_inside(dossier: Dossier) -> None:
    assert vanished_in_custody(dossier)


def test_the_board_at_the_end_of_the_year(dossier: Dossier) -> None:
    found = board(dossiers.on_day(dossier, YEAR_END))
    assert len(found.inside) >= 3
    assert len(found.overdue) == 1
    assert len(found.hearings) >= 3
    assert found.deadlines
    assert found.quiet


def test_nobody_is_named_to_the_public_without_a_reason(dossier: Dossier) -> None:
    for party in dossier.all(Party):
        if party.public_exposure == "already_public":
            assert party.naming_reason
        if party.public_exposure == "consented":
            assert party.consents
    exposures = {party.public_exposure for party in dossier.all(Party)}
    assert exposures == {"already_public", "consented", "withheld", "unknown"}
    assert any("minor" in party.risk_flags for party in dossier.all(Party))


def test_titles_do_not_name_those_who_asked_not_to_be_named(dossier: Dossier) -> None:
    withheld = [
        name.value
        for party in dossier.all(Party)
        if party.public_exposure == "withheld" and party.party_kind == "individual"
        for name in party.names
        if name.use != "public_label"
    ]
    assert withheld
    texts = " ".join(
        text
        for incident in dossier.incidents()
        for text in (*incident.title.values(), *incident.summary.values())
    )
    assert not [name for name in withheld if name in texts and name[0].isupper()]


def test_running_logs_are_there_in_four_languages_without_years() -> None:
    logs = dict(qaravel.logs())
    assert set(logs) == {f"log-{lang}.txt" for lang in ("en", "az", "ru", "tr")}
    assert not [name for name, text in logs.items() if "2025" in text]


def test_a_key_nobody_has_is_named(tmp_path: Path) -> None:
    calendar = demo.Calendar(dt.date(2025, 1, 10))
    entry = {
        "key": "one",
        "text": "",
        "recorded": "2025-01-10",
        "document": {"acts": [{"act_type": "fine", "people": [{"party": "@nobody"}]}]},
    }
    with (
        Workspace.create(
            tmp_path / "log", Profile(title="Q"), passphrase=None, clock=calendar
        ) as workspace,
        pytest.raises(UnknownKeyError, match="@nobody"),
    ):
        demo.record_year(workspace, calendar, [entry])
