"""``undersight corpus undo``: take one import out."""

from __future__ import annotations

import click

from undersight.cli import console


@click.command("undo")
@click.argument("import_id")
@click.option("--why", default="import undone", show_default=True, help="For the custody log.")
@console.json_option
@click.pass_context
def command(ctx: click.Context, import_id: str, *, why: str, as_json: bool) -> None:
    r"""Take IMPORT_ID out of the corpus and destroy its key; the sealed original stays.

    \b
    Example:
      undersight corpus undo 3f9c01a2b4de --why "wrong page"
    """
    from undersight.workbench import looking_ahead, posts

    workspace = console.open_workspace(ctx, verb="corpus undo")
    gone = posts.undo_import(workspace, import_id, why=why)
    looking_ahead.count(workspace)
    done = {"import": gone.import_id, "file": gone.name, "records": gone.n_records}
    console.emit(
        done,
        as_json=as_json,
        words=lambda one: f"Taken out: {one['file']} ({one['records']} records)",
    )
