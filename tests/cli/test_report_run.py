"""``undersight report run`` on the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_without_a_run_it_says_so_in_one_line(program: Run, log: Path, tmp_path: Path) -> None:
    ran = program("report", "run", "--out", tmp_path / "report.html")
    assert ran.code == 3
    assert "There is no run yet" in ran.err
    assert program("report", "run").code == 2, "--out is needed"
