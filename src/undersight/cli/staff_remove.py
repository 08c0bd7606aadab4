"""``undersight staff remove``: accept no further bundle of a colleague."""

from __future__ import annotations

import click

from undersight.cli import console


@click.command("remove")
@click.argument("staff_id")
@click.pass_context
def command(ctx: click.Context, staff_id: str) -> None:
    r"""Accept no further bundle of STAFF_ID; what was merged stays.

    \b
    Example:
      undersight staff remove staff-abcdefghijklmnop
    """
    from undersight.workbench import sharing

    workspace = console.open_workspace(ctx, verb="staff remove")
    sharing.remove_colleague(workspace, staff_id)
    click.echo(f"Removed {staff_id}")
