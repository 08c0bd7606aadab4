"""``undersight backup``: a second copy, encrypted as the workspace is."""

from __future__ import annotations

from pathlib import Path

import click

from undersight.cli import console


@click.command("backup")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--check", is_flag=True, help="Afterwards restore it aside and verify everything.")
@console.json_option
@click.pass_context
def command(ctx: click.Context, folder: Path, *, check: bool, as_json: bool) -> None:
    r"""Bring the backup in FOLDER up to date; only what changed is copied.

    It opens with the same passphrase. What a withdrawal erased is erased there too. The file of
    source identities is not in it: undersight source backup.

    \b
    Example:
      undersight backup /media/usb/our-log --check
    """
    from undersight.workbench import backups

    workspace = console.open_workspace(ctx, verb="backup")
    n_files = sum(1 for path in workspace.layout.root.rglob("*") if path.is_file())
    with console.progress(n_files, "files") as advance:
        done = backups.back_up(workspace, folder, progress=advance)
    n_changes = None
    if check:
        is_plain = workspace.keyring.is_plain
        secret = None if is_plain else console.passphrase(ctx.find_root().obj)
        n_changes = backups.check_backup(folder, passphrase=secret)
    console.emit(
        {"copied": done.n_copied, "kept": done.n_kept, "removed": done.n_removed,
         "checked_changes": n_changes},
        as_json=as_json,
        words=lambda d: f"{d['copied']} files copied, {d['kept']} kept, {d['removed']} removed"
        + (f"; restored aside and verified, {n_changes} changes" if check else ""),
    )  # fmt: skip
