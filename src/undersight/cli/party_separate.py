"""``undersight party separate``: take a merge back."""

from __future__ import annotations

import click

from undersight.cli import console


@click.command("separate")
@click.argument("party")
@click.option("--why", default="decision taken back", show_default=True, help="For the history.")
@console.json_option
@click.pass_context
def command(ctx: click.Context, party: str, *, why: str, as_json: bool) -> None:
    r"""Take back every decision that merged PARTY with another.

    \b
    Example:
      undersight party separate 0190b5c3-... --why "two people after all"
    """
    from undersight.workbench import people

    workspace = console.open_workspace(ctx, verb="party separate")
    done = people.revoke(workspace, workspace.casebook.find(party), why=why)
    console.emit(done, as_json=as_json, words=_words)


def _words(ids: list[str]) -> str:
    return "1 decision taken back" if len(ids) == 1 else f"{len(ids)} decisions taken back"
