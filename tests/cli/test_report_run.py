"""``undersight report run`` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.detectors import crowds, loading
from undersight.workbench.session import Workspace


def test_without_a_run_it_says_so_in_one_line(program: Run, log: Path, tmp_path: Path) -> None:
    ran = program("report", "run", "--out", tmp_path / "report.html")
    assert ran.code == 3
    assert "There is no run yet" in ran.err
    assert program("report", "run").code == 2, "--out is needed"


@pytest.mark.long
def test_a_run_is_written_with_its_ties_beside_it(program: Run, log: Path, tmp_path: Path) -> None:
    corpus = crowds.organic(1, n_accounts=50, n_pages=2, n_comments=350)
    crowds.plant_crew(corpus, 2, n_accounts=7, n_posts=10)
    with Workspace.open(log, verb="test") as workspace:
        loading.load(workspace, corpus)
    assert program("detect", "co-comment").code == 0
    out = tmp_path / "out" / "report.html"
    ran = program("report", "run", "--out", out, "--lang", "az")
    assert ran.code == 0, ran.err
    assert ran.out.count("Wrote") == 5
    assert 'lang="az"' in out.read_text(encoding="utf-8")
    assert (tmp_path / "out" / "report.edges.gexf").is_file()
    assert program("report", "run", "--out", out, "--lang", "xx").code == 3
