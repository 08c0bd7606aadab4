"""``undersight undo``: take one change back."""

from __future__ import annotations

import click

from undersight.cli import console


@click.command("undo")
@click.argument("change")
@click.option("--why", default="undone", show_default=True, help="The reason, for the history.")
@console.json_option
@click.pass_context
def command(ctx: click.Context, change: str, *, why: str, as_json: bool) -> None:
    r"""Take CHANGE back by a new change; both stay in the history.

    \b
    Example:
      undersight undo 0190b5c2-7e61-7c55-8a6e-3f0d2c9b1a77 --why "wrong person"
    """
    from undersight.workbench import history

    workspace = console.open_workspace(ctx, verb="undo")
    made = history.undo(workspace, change, why=why)
    console.emit(made, as_json=as_json, words=lambda ids: f"Taken back by {', '.join(ids)}")
