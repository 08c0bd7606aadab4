"""``undersight staff add``: accept a colleague."""

from __future__ import annotations

import click

from undersight.cli import console


@click.command("add")
@click.argument("line")
@console.json_option
@click.pass_context
def command(ctx: click.Context, line: str, *, as_json: bool) -> None:
    r"""Accept the colleague whose public LINE you were given, after comparing its digits.

    \b
    Example:
      undersight staff add undersight-staff1:staff-…
    """
    from undersight.workbench import sharing

    workspace = console.open_workspace(ctx, verb="staff add")
    added = sharing.add_colleague(workspace, line)
    console.emit(
        {"staff_id": added.staff_id, "fingerprint": added.fingerprint()},
        as_json=as_json,
        words=lambda one: f"Added {one['staff_id']}. Compare by voice: {one['fingerprint']}",
    )
