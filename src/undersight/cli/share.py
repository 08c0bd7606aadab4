"""``undersight share``: a bundle for colleagues."""

from __future__ import annotations

from pathlib import Path

import click

from undersight.cli import console


@click.command("share")
@click.option(
    "--to", "staff_ids", multiple=True, help="Staff id of a colleague; all if not given."
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="File."
)
@console.json_option
@click.pass_context
def command(ctx: click.Context, *, staff_ids: tuple[str, ...], out: Path, as_json: bool) -> None:
    r"""Write your changes as a signed bundle that only your colleagues can open.

    Hand it over by any way; whoever carries it learns its size and nothing else. Evidence files
    and the identities of sources are not in it.

    \b
    Example:
      undersight share --out for-colleagues.undersight
    """
    from undersight.workbench import sharing

    workspace = console.open_workspace(ctx, verb="share", takes_out=True)
    written = sharing.write(workspace, out, staff_ids)
    console.note_taken(ctx, workspace, "bundle for colleagues", (out,))
    console.emit(
        written,
        as_json=as_json,
        words=lambda done: f"Wrote {done['changes']} changes to {out}",
    )
