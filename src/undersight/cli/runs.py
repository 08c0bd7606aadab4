"""``undersight runs``: every detection run of this workspace."""

from __future__ import annotations

from typing import Any

import click

from undersight.cli import console


@click.command("runs")
@console.json_option
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> None:
    r"""List the runs, latest first, with how many this very corpus had had before each.

    \b
    Example:
      undersight runs --json
    """
    from undersight.workbench import findings

    workspace = console.open_workspace(ctx)
    console.emit(findings.list_runs(workspace), as_json=as_json, words=_words)


def _words(lines: list[dict[str, Any]]) -> str:
    if not lines:
        return "No run yet: undersight detect"
    header = ("run", "detectors", "windows", "looks", "groups", "earlier")
    rows = [
        (
            line["run_id"],
            " ".join(line["detectors"]),
            " ".join(f"{window:g}s" for window in line["windows_s"]),
            str(line["n_looks"]),
            str(line["n_findings"]),
            str(line["n_earlier_runs"]),
        )
        for line in lines
    ]
    return console.table(rows, header)
