"""``undersight incident show``: one entry, now or as of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from undersight.cli import console

if TYPE_CHECKING:
    import datetime as dt


@click.command("show")
@click.argument("incident")
@click.option("--as-of", type=console.Day(), help="As it stood on that day.")
@click.option("--lang", help="Language of the words around the record's own.")
@click.option("--yaml", "as_yaml", is_flag=True, help="Print the records as YAML.")
@console.json_option
@click.pass_context
def command(
    ctx: click.Context,
    incident: str,
    *,
    as_of: dt.datetime | None,
    lang: str | None,
    as_yaml: bool,
    as_json: bool,
) -> None:
    r"""Show an entry with its acts, claims, denials, laws and updates.

    INCIDENT is an id, or the unique end of one.

    \b
    Example:
      undersight incident show QV-2031-0001 --as-of 2031-05-04
    """
    from undersight.workbench import incidents, showing

    workspace = console.open_workspace(ctx)
    day = as_of.date() if as_of else None
    found = incidents.find_incident(workspace, incident)
    shown = showing.show(workspace, found.record_id, as_of=day, lang=lang or workspace.lang)
    if as_yaml:
        click.echo(console.yaml_text({"records": shown.records}), nl=False)
        return
    console.emit({"records": shown.records}, as_json=as_json, words=lambda _: shown.text)
