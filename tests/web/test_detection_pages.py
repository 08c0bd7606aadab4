"""From gaps to a judgement: what a window costs, a run as a job, a finding masked and judged."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.detectors import crowds, loading
from tests.web.conftest import HERE, Browser
from tests.web.waiting import HOSTILE, finish
from undersight.corpus import Corpus
from undersight.settings import Profile
from undersight.web.access import Access
from undersight.workbench import detection, run_views
from undersight.workbench.session import Workspace

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser before a workspace with a crew in it, hostile in name and words, and one run."""
    corpus = crowds.organic(1, n_accounts=50, n_pages=2, n_comments=350)
    crowds.plant_crew(corpus, 2, n_accounts=7, n_posts=10, kind="page")
    for row in corpus.posts:
        row["text"] = f"Thank you, @Crewname01 {HOSTILE}"
    for row in corpus.accounts:
        row["name"] = f"Crewname {row['account_id']} {HOSTILE}"
    folder = tmp_path_factory.mktemp("ran") / "log"
    profile = Profile(title="Qaravel log", jurisdiction="QV")
    with Workspace.create(folder, profile, passphrase=None) as made:
        loading.load(made, corpus)
        asked = detection.asked(["co-comment"], assignments=["co-comment.views=post"])
        detection.detect(made, asked)
    browser = Browser(Access(folder))
    browser.get("/unlock")
    assert browser.send("/unlock").status_code == 200
    yield browser
    browser.access.lock()


def run_id_of(browser: Browser) -> str:
    found = re.search(r'href="/run/([^"/]+)"', browser.get("/detection").text)
    assert found is not None
    return found[1]


def finding_id_of(browser: Browser) -> str:
    browser.get(f"/run/{run_id_of(browser)}")
    found = re.search(r'href="/finding/(f-[0-9a-f]+)"', browser.text)
    assert found is not None
    return found[1]


def is_masked(text: str) -> bool:
    """Whether nothing of an account's id, name or handle stands in a page, nor any markup."""
    hints = ("Crewname", "facebook:crew", "<script>alert", "<img src=x")
    return not any(hint in text for hint in hints)


def test_gaps_and_pairs_are_counted_before_anything_is_tested(ran: Browser) -> None:
    ran.get("/detection")
    ran.send("/detection/count", what="co-comment/post")
    text = finish(ran)
    chosen = re.search(r'href="(/detection\?counted=[0-9a-f]+)"', text)
    assert chosen is not None
    shown = ran.get(chosen[1]).text
    assert "<svg" in shown
    assert "Pairs that a window gives" in shown
    assert "finest_us" not in shown


def test_a_run_is_made_as_a_job_and_stored(ran: Browser) -> None:
    ran.get("/detection")
    ran.send(
        "/detection/run",
        detectors="co-comment",
        windows="60s",
        assignments="co-comment.views=post\nco-comment.min_accounts=6",
    )
    text = finish(ran)
    assert "1 group is told." in text
    second = re.search(r'href="/run/([^"]+)"', text)
    assert second is not None
    ran.get("/detection")
    ids = list(dict.fromkeys(re.findall(r'href="/run/([^"/]+)"', ran.text)))
    assert len(ids) == 2
    compared = ran.get(f"/run/{ids[0]}/compared?with={ids[1]}").text
    assert "Both looked at the same posts." in compared
    assert "co-comment.min_accounts" in compared


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"windows": "soon"}, 422),
        ({"windows": "1s 2s 3s 4s 5s 6s"}, 422),
        ({"assignments": "co-comment.min_accounts=2"}, 400),
        ({"assignments": "nonsense"}, 422),
        ({"detectors": "../x"}, 400),
    ],
)
def test_a_question_that_cannot_be_asked_is_told_at_once(
    ran: Browser, fields: dict[str, str], status: int
) -> None:
    ran.get("/detection")
    answer = ran.send("/detection/run", **fields)
    assert answer.status_code == status
    assert 'role="alert"' in answer.text


def test_a_run_and_its_finding_name_nobody(ran: Browser) -> None:
    run_id = run_id_of(ran)
    pages = [
        ran.get(f"/run/{run_id}").text,
        ran.get(f"/finding/{finding_id_of(ran)}").text,
        ran.get(f"/run/{run_id}/report").text,
        ran.get(f"/run/{run_id}/network.svg").text,
        ran.get(f"/run/{run_id}/map").text,
        ran.get(f"/run/{run_id}/map/0").text,
    ]
    assert [is_masked(text) for text in pages] == [True] * len(pages)
    assert all(re.search(r"page \d", text) for text in pages[:4])


def test_a_finding_shows_why_what_else_and_what_cannot_be_seen(ran: Browser) -> None:
    text = ran.get(f"/finding/{finding_id_of(ran)}").text
    for heading in (
        "Why",
        "Innocent explanations that were checked",
        "Who acted together",
        "The same as a table",
        "Posts nearest in time",
        "Over time",
        "Hours of the week (UTC)",
        "What this detector cannot see",
        "Your judgement",
    ):
        assert heading in text
    assert text.count("<svg") >= 3
    assert re.search(r"[0-9a-f]{12} line \d+</span>", text)
    ran.send("/language", language="ru")
    assert re.search(
        r"[0-9a-f]{12} строка \d+</span>", ran.get(f"/finding/{finding_id_of(ran)}").text
    )
    ran.send("/language", language="en")


def test_a_wall_of_caveats_is_folded_and_a_few_stand_open(
    ran: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = run_views.finding_of
    for n_caveats in (3, 4):
        said = [f"caveat {n}" for n in range(n_caveats)]
        monkeypatch.setattr(
            run_views, "finding_of", lambda *a, _s=said, **k: {**real(*a, **k), "caveats": _s}
        )
        shown = ran.get(f"/finding/{finding_id_of(ran)}").text
        assert all(one in shown for one in said)
        assert ("What to be careful about" in shown) is (n_caveats > 3)


def test_a_wall_of_pairs_is_folded_so_that_the_judgement_is_near(
    ran: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = run_views.finding_of

    def many(*args: Any, **options: Any) -> dict[str, Any]:
        found = real(*args, **options)
        told = found["finding"]
        pair = next(one for reason in told["reasons"] for one in reason["pairs"])
        reasons = [{**one, "pairs": [pair] * 11} for one in told["reasons"][:1]]
        return {**found, "finding": {**told, "reasons": reasons}}

    monkeypatch.setattr(run_views, "finding_of", many)
    assert "3 more pairs" in ran.get(f"/finding/{finding_id_of(ran)}").text


def test_a_second_look_at_a_run_reads_no_posts(
    ran: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding_id = finding_id_of(ran)
    first = ran.get(f"/finding/{finding_id}").text
    opened: list[int] = []
    connect = Corpus.connection

    def counted(self: Corpus, **given: Any) -> Any:
        opened.append(1)
        return connect(self, **given)

    monkeypatch.setattr(Corpus, "connection", counted)
    ran.get(f"/run/{run_id_of(ran)}")
    assert ran.get(f"/finding/{finding_id}").text == first
    assert opened == []


def test_no_address_asks_for_more_than_two_hundred_groups_at_once(
    ran: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(_workspace: object, _named: str, first: int, n: int) -> list[int]:
        return [first, n]

    monkeypatch.setattr("undersight.workbench.run_maps.clusters_of", asked)
    run_id = run_id_of(ran)
    assert ran.get(f"/run/{run_id}/map?first=3&n=999999").json() == [3, 200]
    assert ran.get(f"/run/{run_id}/map?first=0&n=7").json() == [0, 7]
    assert ran.get(f"/run/{run_id}/map?n=9999999").status_code == 422


def test_the_map_holds_the_group_and_its_ties(ran: Browser) -> None:
    run_id = run_id_of(ran)
    discs = ran.get(f"/run/{run_id}/map").json()
    assert [one["n"] for one in discs["clusters"]] == [7]
    assert discs["kinds"][1] == "page {number}"
    group = ran.get(f"/run/{run_id}/map/0").json()
    assert len(group["x"]) == len(group["y"]) == 7
    assert group["kind"] == [1] * 7
    assert group["n_ties"] * 3 == len(group["ties"]) > 0
    assert json.dumps(group) == json.dumps(ran.get(f"/run/{run_id}/map/0").json())
    assert ran.get(f"/run/{run_id}/map?first=0&n=5").json() == [group]
    assert ran.get(f"/run/{run_id}/map?first=1&n=5").json() == []
    assert ran.get(f"/run/{run_id}/map/99").json()["x"] == []
    assert ran.get(f"/run/{run_id}/map/x").status_code == 422
    assert ran.get(f"/run/{run_id}/map?n=x").status_code == 422
    assert ran.get(f"/run/{run_id}?page=99").status_code == 200


def test_a_judgement_needs_a_person_and_two_to_name_pages(ran: Browser) -> None:
    finding_id = finding_id_of(ran)
    ran.get(f"/finding/{finding_id}")
    note = f"Read all ten. {HOSTILE}"
    ran.send(
        f"/finding/{finding_id}/judge",
        verdict="stands",
        note=note,
        harm="unclear",
        inauthenticity="not_examined",
        is_unmasking_pages="on",
    )
    assert ran.page is not None
    assert ran.page.status_code == 200
    assert "Your judgement is stored." in ran.text
    assert "1 of the 2 people needed agree" in ran.text
    assert is_masked(ran.text), "one person does not name a page"
    refused = ran.send(f"/finding/{finding_id}/judge", verdict="guilty", note="x")
    assert refused.status_code == 422


@pytest.mark.parametrize(
    "path", ["/run/nowhere", "/run/..%2f..", "/finding/f-0000000000000000", "/jobs/none"]
)
def test_what_is_not_there_is_told(ran: Browser, path: str) -> None:
    assert ran.get(path).status_code == 404


def test_looking_is_not_judging(ran: Browser) -> None:
    answer = ran.client.post(
        f"/finding/{finding_id_of(ran)}/judge",
        data={"verdict": "stands"},
        headers={"origin": HERE},
    )
    assert answer.status_code == 403
