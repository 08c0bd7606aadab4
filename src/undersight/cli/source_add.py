"""``undersight source add``: enter who a source is."""

from __future__ import annotations

import click

from undersight.cli import console


@click.command("add")
@click.option("--name", help="Who it is; asked for if not given, so that no shell keeps it.")
@click.option("--contact", default="", help="How to reach it.")
@click.option("--note", default="", help="What to mind.")
@click.option("--consent", default="", help="What it agreed to.")
@click.pass_context
def command(
    ctx: click.Context, *, name: str | None, contact: str, note: str, consent: str
) -> None:
    r"""Enter who a source is and print the id that stands for it everywhere else.

    \b
    Example:
      undersight source add
    """
    from undersight.errors import AnswerNeededError
    from undersight.workbench import source_desk

    workspace = console.open_workspace(ctx, verb="source add")
    if name is None:
        if not console.is_interactive():
            raise AnswerNeededError("the source's name", "--name NAME")
        name = click.prompt("Who is it?", err=True)
    with source_desk.identities(workspace, console.source_passphrase) as identities:
        source_id = source_desk.add(
            identities, name=name or "", contact=contact, note=note, consent=consent
        )
    click.echo(source_id)
