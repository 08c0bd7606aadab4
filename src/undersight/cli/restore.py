"""``undersight restore``: a workspace from a backup."""

from __future__ import annotations

from pathlib import Path

import click

from undersight.cli import console


@click.command("restore")
@click.argument("backup", type=click.Path(path_type=Path, file_okay=False))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.pass_context
def command(ctx: click.Context, backup: Path, folder: Path) -> None:
    r"""Make a workspace in FOLDER from the backup in BACKUP.

    It asks for the passphrase that the workspace had when the backup was made.

    \b
    Example:
      undersight restore /media/usb/our-log restored-log
    """
    from undersight.workbench import backups

    backups.restore(
        backup, folder, passphrase=lambda: console.passphrase(ctx.find_root().obj, of="backup")
    )
    word = console.as_word(folder)
    click.echo(f"Restored {folder}. Check it: undersight -w {word} verify --deep")
