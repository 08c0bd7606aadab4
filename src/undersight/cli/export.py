"""``undersight export``: the casebook for machines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from undersight.cli import console

if TYPE_CHECKING:
    from undersight.model.naming import Audience


@click.command("export")
@click.argument("format_id", metavar="FORMAT")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="File or folder.")
@click.option("--audience", type=click.Choice(["public", "partner", "internal"]),
              default="public", show_default=True, help="What is let out.")  # fmt: skip
@click.option("--as-of", type=console.Day(), help="As it stood on that day.")
@console.json_option
@click.pass_context
def command(
    ctx: click.Context,
    format_id: str,
    *,
    out: Path,
    audience: Audience,
    as_of: object,
    as_json: bool,
) -> None:
    r"""Write the casebook as FORMAT: csv, jsonl, ftm, stix or atom.

    Only what is public goes out unless you say otherwise; names stay masked as on the site.

    \b
    Examples:
      undersight export csv --out tables
      undersight export jsonl --out whole.jsonl --audience internal
    """
    from undersight.workbench import outputs, publishing

    workspace = console.open_workspace(ctx, verb="export", takes_out=True)
    outputs.check_format(format_id)
    with console.progress(len(publishing.open_to(workspace, audience)), "entries") as advance:
        checked = publishing.checked_dossier(
            workspace, audience=audience, as_of=console.day_of(as_of), progress=advance
        )
    made = outputs.export(workspace, format_id, out, audience=audience, dossier=checked)
    console.note_taken(ctx, workspace, f"{format_id}, {audience}", made.files)
    console.emit(made.to_json(), as_json=as_json, words=lambda _: made.words())
