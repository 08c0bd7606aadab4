"""``undersight corpus remap``: read sealed originals again with today's mappers."""

from __future__ import annotations

from typing import Any

import click

from undersight.cli import console


@click.command("remap")
@click.argument("import_id", default="")
@console.json_option
@click.pass_context
def command(ctx: click.Context, import_id: str, *, as_json: bool) -> None:
    r"""Map IMPORT_ID anew from its sealed original, or all imports whose mapper is newer.

    The new rows take the place of the old in one step.

    \b
    Example:
      undersight corpus remap 3f9c01a2b4de
    """
    from undersight.workbench import looking_ahead, posts

    workspace = console.open_workspace(ctx, verb="corpus remap")
    reports = posts.remap(workspace, import_id)
    looking_ahead.count(workspace)
    console.emit([one.to_json() for one in reports], as_json=as_json, words=_words)


def _words(done: list[dict[str, Any]]) -> str:
    if not done:
        return "Every import was mapped by today's mappers; name one to map it all the same."
    return "\n".join(
        f"{one['file']}: {one['read']} read = {one['records']} records "
        f"+ {one['duplicates']} duplicates + {one['rejected']} rejected; now {one['import']}"
        for one in done
    )
