"""``undersight source list``: ids of protected sources."""

from __future__ import annotations

import click

from undersight.cli import console


@click.command("list")
@console.json_option
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> None:
    r"""List the ids of protected sources; no names are printed.

    \b
    Example:
      undersight source list
    """
    from undersight.workbench import source_desk

    workspace = console.open_workspace(ctx)
    with source_desk.identities(workspace, console.source_passphrase) as identities:
        ids = list(identities.ids())
    console.emit(ids, as_json=as_json, words=lambda found: "\n".join(found) or "None yet.")
