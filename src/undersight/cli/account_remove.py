"""``undersight account remove``: nobody may sign in by a name any more."""

from __future__ import annotations

import click

from undersight.cli import console


@click.command("remove")
@click.argument("name")
@click.pass_context
def command(ctx: click.Context, name: str) -> None:
    r"""Remove the account NAME and end its sessions; what it wrote stays.

    \b
    Example:
      undersight account remove guest
    """
    from undersight.workbench import accounts

    workspace = console.open_workspace(ctx, verb="account remove")
    accounts.remove(workspace, name)
    click.echo(f"Removed {name}")
