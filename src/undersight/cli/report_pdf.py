"""``undersight report pdf``: one entry or a period as PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from undersight.cli import console

if TYPE_CHECKING:
    from undersight.model.naming import Audience


@click.command("pdf")
@click.argument("incident", required=False)
@click.option("--from", "first", type=console.Day(), help="First day of a period.")
@click.option("--to", "last", type=console.Day(), help="Last day of a period.")
@click.option("--lang", help="Language of the words around the record's own.")
@click.option("--audience", type=click.Choice(["public", "partner", "internal"]),
              default="public", show_default=True, help="What is shown.")  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="File."
)
@console.json_option
@click.pass_context
def command(  # noqa: PLR0913 - one argument per option
    ctx: click.Context,
    incident: str | None,
    *,
    first: object,
    last: object,
    lang: str | None,
    audience: Audience,
    out: Path,
    as_json: bool,
) -> None:
    r"""Write INCIDENT, or a period, as a PDF (needs undersight[pdf]).

    \b
    Example:
      undersight report pdf --from 2031-01-01 --to 2031-06-30 --out half-year.pdf
    """
    from undersight.workbench import incidents, outputs

    workspace = console.open_workspace(ctx, verb="report pdf", takes_out=True)
    chosen = incidents.find_incident(workspace, incident).record_id if incident else ""
    made = outputs.pdf(
        workspace,
        out,
        outputs.Selection(
            incident_id=chosen, first=console.day_of(first), last=console.day_of(last)
        ),
        lang=lang or workspace.lang,
        audience=audience,
    )
    console.note_taken(ctx, workspace, f"pdf, {audience}", made.files)
    console.emit(made.to_json(), as_json=as_json, words=lambda _: made.words())
