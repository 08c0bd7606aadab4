"""``undersight report entry``: one entry to paste elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from undersight.cli import console

if TYPE_CHECKING:
    from undersight.model.naming import Audience


@click.command("entry")
@click.argument("incident")
@click.option("--as", "as_form", type=click.Choice(["html", "markdown"]), default="html",
              show_default=True, help="HTML for WordPress, or Markdown.")  # fmt: skip
@click.option("--lang", help="Language of the words around the record's own.")
@click.option("--audience", type=click.Choice(["public", "partner", "internal"]),
              default="public", show_default=True, help="What is shown.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="File; else printed.")
@click.pass_context
def command(
    ctx: click.Context,
    incident: str,
    *,
    as_form: str,
    lang: str | None,
    audience: Audience,
    out: Path | None,
) -> None:
    r"""Write one entry as HTML ready to paste into WordPress, or as Markdown.

    \b
    Example:
      undersight report entry QV-2031-0001 --as markdown
    """
    from undersight.workbench import accounts, incidents, outputs

    leaves = out is not None or not sys.stdout.isatty()
    workspace = console.open_workspace(
        ctx, verb="report entry" if leaves else "", takes_out=leaves
    )
    found = incidents.find_incident(workspace, incident)
    text = outputs.entry(
        workspace, found.record_id, as_form=as_form, lang=lang or workspace.lang, audience=audience
    )
    if out is not None:
        console.write_text(out, text)
    if leaves:
        what, n_bytes = f"{as_form}, {audience}", len(text.encode())
        accounts.note_taken(workspace, address=ctx.command_path, what=what, n_bytes=n_bytes)
    click.echo(text if out is None else f"Wrote {out}")
