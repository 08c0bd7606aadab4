"""``undersight passphrase remove``: one that opens the workspace no more."""

from __future__ import annotations

import click

from undersight.cli import console


@click.command("remove")
@click.argument("slot")
@click.pass_context
def command(ctx: click.Context, slot: str) -> None:
    r"""Take the passphrase in SLOT away; the last one stays.

    \b
    Example:
      undersight passphrase remove slot-0123456789abcdef
    """
    workspace = console.open_workspace(ctx, verb="passphrase remove")
    workspace.keyring.remove_slot(slot)
    click.echo(f"Removed {slot}. Bring every backup up to date: undersight backup --list")
