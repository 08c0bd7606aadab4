"""``undersight source show``: who a source is."""

from __future__ import annotations

import click

from undersight.cli import console


@click.command("show")
@click.argument("source_id")
@click.pass_context
def command(ctx: click.Context, source_id: str) -> None:
    r"""Print who SOURCE_ID is, on this screen only.

    \b
    Example:
      undersight source show src-abcdefghijklmnop
    """
    from undersight.workbench import source_desk

    workspace = console.open_workspace(ctx)
    with source_desk.identities(workspace, console.source_passphrase) as identities:
        found = identities.read(source_id)
    for name in ("name", "contact", "note", "consent"):
        value = getattr(found, name)
        if value:
            click.echo(f"{name}: {value}")
