"""``undersight restore``: a workspace from a backup."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("restore")
@click.argument("backup", type=click.Path(path_type=Path, file_okay=False))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def command(backup: Path, folder: Path) -> None:
    r"""Make a workspace in FOLDER from the backup in BACKUP.

    \b
    Example:
      undersight restore /media/usb/our-log restored-log
    """
    from undersight.workbench import backups

    backups.restore(backup, folder)
    click.echo(f"Restored {folder}. Check it: undersight -w {folder} verify --deep")
