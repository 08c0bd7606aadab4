"""``undersight report site``: the public log as a static site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from undersight.cli import console

if TYPE_CHECKING:
    from undersight.model.naming import Audience


@click.command("site")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True,
              help="Folder to write to; only files this command wrote are replaced.")  # fmt: skip
@click.option("--audience", type=click.Choice(["public", "partner", "internal"]),
              default="public", show_default=True, help="What is shown.")  # fmt: skip
@click.option("--contact", default="", help="How to ask for a correction.")
@click.option("--base-url", default="", help="Address the site will stand at, for the feed.")
@console.json_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    out: Path,
    audience: Audience,
    contact: str,
    base_url: str,
    as_json: bool,
) -> None:
    r"""Write the public log as a static site that opens from disk or any host.

    \b
    Example:
      undersight report site --out public --contact desk@qaravel-log.example
    """
    from undersight.workbench import outputs, publishing

    if Path.cwd().is_relative_to(out.resolve()):
        reason = "you are in this folder, which is replaced as a whole: go out of it (cd ..)."
        raise click.BadParameter(reason, ctx, param_hint="--out")
    workspace = console.open_workspace(ctx, verb="report site", takes_out=True)
    with console.progress(len(publishing.open_to(workspace, audience)), "entries") as advance:
        checked = publishing.checked_dossier(workspace, audience=audience, progress=advance)
    made = outputs.site(
        workspace, out, audience=audience, contact=contact, base_url=base_url, dossier=checked
    )
    console.note_taken(ctx, workspace, f"site, {audience}", made.files)
    console.emit(made.to_json(), as_json=as_json, words=lambda _: made.words())
