"""The report of a run: its ties beside it, masked, without what is in no finding."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.detectors import crowds, loading
from tests.reports.html_page import HtmlPage
from tests.workbench.conftest import NOON
from undersight.errors import UnknownRunError
from undersight.settings import Profile
from undersight.workbench import (
    detection,
    judgements,
    run_index,
    run_reports,
    run_views,
    runs,
    targets,
)
from undersight.workbench.masking import Masks
from undersight.workbench.runs import StoredRun
from undersight.workbench.session import Workspace

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A plain workspace with one run that found one crew."""
    ticks = itertools.count(NOON, 1_000_000)
    corpus = crowds.organic(1, n_accounts=50, n_pages=2, n_comments=350)
    crowds.plant_crew(corpus, 2, n_accounts=7, n_posts=10)
    for row in corpus.posts:
        row["text"] = "Thank you, @crewname and Crewname02 Oskelde <script>alert(1)</script>"
    folder = tmp_path_factory.mktemp("ran") / "log"
    profile = Profile(title="Qaravel log", jurisdiction="QV")
    with Workspace.create(folder, profile, passphrase=None, clock=lambda: next(ticks)) as made:
        loading.load(made, corpus)
        asked = detection.asked(["co-comment"], assignments=["co-comment.views=post"])
        detection.detect(made, asked)
        yield made


def test_the_page_and_its_tables_name_nobody(ran: Workspace, tmp_path: Path) -> None:
    files = run_reports.write(ran, "", tmp_path / "report.html")
    assert [path.name for path in files] == [
        "report.html", "report.edges.csv", "report.edges.parquet", "report.edges.graphml",
        "report.edges.gexf",
    ]  # fmt: skip
    page = HtmlPage(files[0].read_text(encoding="utf-8"))
    assert page.faults == []
    assert page.count("script") == 1
    assert "1 group that acts together" in page.words
    for path in files:
        content = path.read_bytes().lower()
        for secret in (b"crewname", b"facebook:", b"crew0"):
            assert secret not in content, (path.name, secret)
    table = pq.read_table(files[2])
    assert table.num_rows > 0
    assert table.column_names[:5] == ["account_a", "account_b", "detector", "view", "window_us"]
    assert set(table["account_a"].to_pylist()) <= {f"page {n}" for n in range(1, 20)}


def test_the_same_run_gives_the_same_bytes(ran: Workspace, tmp_path: Path) -> None:
    first, again = (
        [path.read_bytes() for path in run_reports.write(ran, "", tmp_path / name / "r.html")]
        for name in ("a", "b")
    )
    assert first == again


def test_counts_add_up_and_the_drawing_holds_the_group(ran: Workspace) -> None:
    run_id = runs.find_run(ran)
    stored = runs.read_run(ran, run_id)
    picture = run_reports.picture_of(ran, stored, lang="en")
    (file,) = picture.files
    assert file.n_read == file.n_records + file.n_duplicates + file.n_rejected
    assert len(picture.nodes) == len(stored.findings[0].accounts) == 7
    assert sum(picture.days[0].values()) == len(stored.findings[0].posts)
    assert all(tie.a < tie.b for tie in picture.ties)
    assert picture.has_same_corpus
    assert picture.n_runs == 1


def test_a_run_that_is_not_there_is_refused(ran: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UnknownRunError):
        run_reports.write(ran, "1999", tmp_path / "r.html")


def edges_of(*pairs: tuple[str, str]) -> pa.Table:
    return pa.table(
        {
            "detector": ["co-share"] * len(pairs),
            "view": ["url"] * len(pairs),
            "window_us": pa.array([60] * len(pairs), pa.int64()),
            "account_a": [a for a, _ in pairs],
            "account_b": [b for _, b in pairs],
            "n_objects": pa.array([2] * len(pairs), pa.int64()),
            "n_posts_a": pa.array([3] * len(pairs), pa.int64()),
            "n_posts_b": pa.array([5] * len(pairs), pa.int64()),
        }
    )


def test_sides_and_rows_follow_the_labels_so_that_no_order_tells_of_ids() -> None:
    masks = Masks(labels={"a": ("page {number}", 2), "b": ("page {number}", 1),
                          "c": ("page {number}", 3)}, kinds={})  # fmt: skip
    masked = run_reports.masked_edges(edges_of(("a", "c"), ("a", "b")), masks).to_pylist()
    assert [(row["account_a"], row["account_b"]) for row in masked] == [
        ("page 1", "page 2"), ("page 2", "page 3"),
    ]  # fmt: skip
    assert (masked[0]["n_posts_a"], masked[0]["n_posts_b"]) == (5, 3)
    assert (masked[1]["n_posts_a"], masked[1]["n_posts_b"]) == (3, 5)


def test_ties_of_nobody_in_a_finding_stay_inside(ran: Workspace) -> None:
    (finding,) = runs.read_run(ran, runs.find_run(ran)).findings
    one, two = finding.accounts[:2]
    kept = run_reports.own_edges(edges_of((one, two), (one, "x"), ("x", "y")), [finding])
    assert kept.num_rows == 1
    assert run_reports.own_edges(pa.table({"detector": []}), []).num_rows == 0


def test_pages_of_findings_are_named_once_two_people_agreed_and_not_before(
    ran: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (finding,) = runs.read_run(ran, runs.find_run(ran)).findings
    opinion = judgements.Opinion(verdict="stands", is_unmasking_pages=True)
    judgements.judge(ran, finding.finding_id, opinion)
    assert "Crewname00" not in run_views.report_of(ran, "", lang="en")
    page = tmp_path / "r.html"
    run_reports.write(ran, "", page)
    assert targets._named_pages(ran) == {}, "one person is not two"
    assert "Crewname00" not in page.read_text(encoding="utf-8")
    monkeypatch.setattr(judgements, "NEEDED_TO_UNMASK", 1)
    again = judgements.Opinion(verdict="stands", note="Seen again.", is_unmasking_pages=True)
    judgements.judge(ran, finding.finding_id, again)  # what was kept of the page is made anew
    assert "Crewname00 Oskelde" in run_views.report_of(ran, "", lang="en")
    files = run_reports.write(ran, "", page)
    assert "Crewname00 Oskelde" in targets._named_pages(ran).values()
    assert "Crewname00 Oskelde" in page.read_text(encoding="utf-8")
    assert all(b"Crewname" not in path.read_bytes() for path in files[1:])


def test_a_drawing_is_made_once_for_a_run_as_it_stands(
    ran: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    stored = run_index.stored_run(ran, "")
    drawn = run_views._drawn

    def draw(workspace: Workspace, of: StoredRun, lang: str) -> str:
        made.append(lang)
        return drawn(workspace, of, lang)

    ran.kept.clear()
    monkeypatch.setattr(run_views, "_drawn", draw)
    first = run_views.drawing_of(ran, stored, lang="en")
    assert first.startswith("<svg")
    assert run_views.drawing_of(ran, stored, lang="en") == first
    assert run_views.drawing_of(ran, stored, lang="az") != first
    assert made == ["en", "az"]
    monkeypatch.setattr(runs, "state_of", lambda *_: ((0, 0),))
    run_views.drawing_of(ran, stored, lang="en")
    assert made == ["en", "az", "en"]


def test_a_report_is_written_again_for_a_judgement_and_for_nothing_else(
    ran: Workspace,
) -> None:
    (found, *_) = run_index.stored_run(ran, "").findings
    before = run_views.report_of(ran, "", lang="en")
    ran.casebook.create("incident", title={"en": "Something else"})
    assert run_views.report_of(ran, "", lang="en") is before
    opinion = judgements.Opinion(verdict="innocent", note="A fair was on that day.")
    judgements.judge(ran, found.finding_id, opinion)
    assert "A fair was on that day." in run_views.report_of(ran, "", lang="en")
