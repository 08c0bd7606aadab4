"""``undersight backup``: a second copy, encrypted, of which only what changed is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from undersight.cli import console

if TYPE_CHECKING:
    from undersight.workbench.session import Workspace


@click.command("backup")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), required=False)
@click.option("--check", is_flag=True, help="Afterwards restore it aside and verify everything.")
@click.option("--replace", is_flag=True,
              help="Go on where the workspace misses something that the backup has.")  # fmt: skip
@click.option("--list", "is_list", is_flag=True,
              help="List the backup folders and what was erased since.")  # fmt: skip
@click.option("--forget", metavar="ID", help="Forget a backup folder that you destroyed.")
@console.json_option
@click.pass_context
def command(ctx: click.Context, /, folder: Path | None, **given: Any) -> None:
    r"""Bring the backup in FOLDER up to date; only what changed is written.

    It opens with the same passphrase. What was erased here is erased there too; another folder
    keeps it until you run this on it. If it is interrupted, the backup before stands. The file
    of source identities is not in it: undersight source backup.

    \b
    Examples:
      undersight backup /media/usb/our-log --check
      undersight backup --list
    """
    if given["is_list"]:
        _list(console.open_workspace(ctx), as_json=given["as_json"])
    elif given["forget"]:
        _forget(console.open_workspace(ctx, verb="backup"), given["forget"])
    elif folder is None:
        raise click.UsageError("Name the backup folder, or --list.", ctx)
    else:
        _back_up(ctx, folder, given)


def _back_up(ctx: click.Context, folder: Path, given: dict[str, Any]) -> None:
    from undersight.workbench import backups

    secret = backups.asked_once(lambda: console.passphrase(ctx.find_root().obj))
    workspace = console.open_workspace(ctx, verb="backup", passphrase_from=secret)
    n_files = sum(1 for path in workspace.layout.root.rglob("*") if path.is_file())
    with console.progress(n_files, "files") as advance:
        done = backups.back_up(workspace, folder, is_replacing=given["replace"], progress=advance)
    n_changes = None
    if given["check"]:
        aside = workspace.layout.temporary
        n_changes = backups.check_backup(folder, aside, passphrase=secret)
    told = {
        "copied": done.n_copied,
        "kept": done.n_kept,
        "removed": done.n_removed,
        "bytes_written": done.n_bytes_written,
        "is_plain": workspace.keyring.is_plain,
        "checked_changes": n_changes,
    }
    console.emit(told, as_json=given["as_json"], words=_words)


def _words(told: dict[str, Any]) -> str:
    files = f"{told['copied']} files copied, {told['kept']} kept, {told['removed']} removed"
    lines = [f"{files}; {told['bytes_written']:,} bytes written"]
    if told["checked_changes"] is not None:
        lines.append(f"Restored aside and verified: {told['checked_changes']} changes.")
    if told["is_plain"]:
        lines.append("The workspace is plain, so whoever has this folder can read everything.")
    return "\n".join(lines)


def _list(workspace: Workspace, *, as_json: bool) -> None:
    from undersight.workbench import known_backups, sealing

    found = [
        {
            "backup": one.backup_id,
            "place": one.place,
            "made_at": sealing.iso(one.made_at_us),
            "erased_since": one.n_erased_since,
        }
        for one in known_backups.known_backups(workspace)
    ]
    console.emit(found, as_json=as_json, words=lambda _json: _table(found))


def _table(found: list[dict[str, Any]]) -> str:
    rows = [
        (
            str(one["backup"]),
            str(one["made_at"]),
            f"{one['erased_since']} STILL IN IT" if one["erased_since"] else "none",
            str(one["place"]),
        )
        for one in found
    ]
    header = ("backup", "up to date", "erased since", "folder")
    return console.table(rows, header) if rows else "No backup yet: undersight backup FOLDER."


def _forget(workspace: Workspace, backup_id: str) -> None:
    from undersight.errors import UnknownBackupError
    from undersight.workbench import known_backups

    if not known_backups.forget_backup(workspace, backup_id):
        raise UnknownBackupError(backup_id)
    click.echo(f"Forgotten: {backup_id}.")
