"""``undersight corpus expire``: remove what was loaded for a time that is over."""

from __future__ import annotations

from typing import Any

import click

from undersight.cli import console


@click.command("expire")
@click.option(
    "--with-originals", is_flag=True, help="Erase the sealed originals from the vault as well."
)
@console.json_option
@click.pass_context
def command(ctx: click.Context, *, with_originals: bool, as_json: bool) -> None:
    r"""Remove the imports whose time is over, and destroy their keys.

    They are not read any more from the moment they expire; this takes them off the disk.

    \b
    Example:
      undersight corpus expire --with-originals
    """
    from undersight.workbench import looking_ahead, posts

    workspace = console.open_workspace(ctx, verb="corpus expire")
    gone = posts.expire(workspace, with_originals=with_originals)
    looking_ahead.count(workspace)
    done = [{"import": one.import_id, "file": one.name, "records": one.n_records} for one in gone]
    console.emit(done, as_json=as_json, words=_words)


def _words(done: list[dict[str, Any]]) -> str:
    if not done:
        return "Nothing has expired."
    return "\n".join(f"Removed: {one['file']} ({one['records']} records)" for one in done)
