"""``undersight source remove``: forget who a source is."""

from __future__ import annotations

import click

from undersight.cli import console


@click.command("remove")
@click.argument("source_id")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def command(ctx: click.Context, source_id: str, *, yes: bool) -> None:
    r"""Forget who SOURCE_ID is; the id stays in the records and leads nowhere.

    \b
    Example:
      undersight source remove src-abcdefghijklmnop
    """
    from undersight.workbench import source_desk

    workspace = console.open_workspace(ctx, verb="source remove")
    if not yes and not console.confirm("Forget who this is, for good?", option="--yes"):
        return
    with source_desk.identities(workspace, console.source_passphrase) as identities:
        identities.remove(source_id)
    click.echo(f"Forgotten: {source_id}")
