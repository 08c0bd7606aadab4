"""``undersight passphrase change``: another passphrase in the place of yours."""

from __future__ import annotations

import click

from undersight.cli import console


@click.command("change")
@click.pass_context
def command(ctx: click.Context) -> None:
    r"""Put a new passphrase in the place of the one you open the workspace with.

    Whoever has an older copy of keyring.json or of a backup, and the old passphrase, can still
    open that copy: bring every backup up to date.

    \b
    Example:
      undersight passphrase change
    """
    from undersight.workbench import showing_settings

    old = console.passphrase(ctx.find_root().obj)
    workspace = console.open_workspace(ctx, verb="passphrase change", passphrase_from=lambda: old)
    showing_settings.change_passphrase(workspace, old, console.new_passphrase())
    click.echo("Changed. Bring every backup up to date: undersight backup --list")
