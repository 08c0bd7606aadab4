"""``undersight passphrase add``: a second passphrase, for the safe."""

from __future__ import annotations

import click

from undersight.cli import console


@click.command("add")
@click.option("--label", default="", help="What it is called; readable without a passphrase.")
@click.pass_context
def command(ctx: click.Context, *, label: str) -> None:
    r"""Let one more passphrase open the workspace, such as one that is kept in a safe.

    \b
    Example:
      undersight passphrase add --label safe
    """
    workspace = console.open_workspace(ctx, verb="passphrase add")
    slot = workspace.keyring.add_slot(console.new_passphrase(), label=label)
    click.echo(slot.slot_id)
