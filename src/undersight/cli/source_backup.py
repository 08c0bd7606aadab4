"""``undersight source backup``: an encrypted copy of the source-identity file."""

from __future__ import annotations

from pathlib import Path

import click

from undersight.cli import console


@click.command("backup")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="File."
)
@click.pass_context
def command(ctx: click.Context, *, out: Path) -> None:
    r"""Copy the encrypted file of source identities to where you keep it apart.

    \b
    Example:
      undersight source backup --out /media/safe/sources.sealed
    """
    from undersight.workbench import source_desk

    workspace = console.open_workspace(ctx)
    with source_desk.identities(workspace, console.source_passphrase) as identities:
        identities.back_up(out)
    click.echo(f"Wrote {out}")
