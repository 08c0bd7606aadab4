"""``undersight history``: every change of one record, and open conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from undersight.cli import console
from undersight.cli.disagreement_words import disagreement_lines
from undersight.cli.incident_history import history_words

if TYPE_CHECKING:
    from undersight.workbench.session import Workspace


@click.command("history")
@click.argument("record", required=False)
@click.option("--conflicts", is_flag=True, help="Fields that colleagues set differently.")
@console.json_option
@click.pass_context
def command(ctx: click.Context, record: str | None, *, conflicts: bool, as_json: bool) -> None:
    r"""Show every change of RECORD: who, when, what, why.

    \b
    Example:
      undersight history 0190b5c2-7e61-7c55-8a6e-3f0d2c9b1a77
      undersight history --conflicts
    """
    from undersight.workbench import history

    workspace = console.open_workspace(ctx)
    if conflicts or record is None:
        found = history.conflicts(workspace)
        console.emit(found, as_json=as_json, words=lambda told: _conflict_words(workspace, told))
    else:
        lines = history.of_record(workspace, record)
        console.emit(lines, as_json=as_json, words=lambda told: history_words(workspace, told))


def _conflict_words(workspace: Workspace, found: list[dict[str, Any]]) -> str:
    return "\n".join(disagreement_lines(workspace, found)) or "No field stands in conflict."
