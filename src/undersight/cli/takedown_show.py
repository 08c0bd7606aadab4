"""``undersight takedown show``: one removed network with its indicators and claims."""

from __future__ import annotations

import click

from undersight.cli import console


@click.command("show")
@click.argument("takedown")
@console.json_option
@click.pass_context
def command(ctx: click.Context, takedown: str, *, as_json: bool) -> None:
    r"""Show TAKEDOWN: counts, attribution, indicators (defanged), claims and denials.

    \b
    Example:
      undersight takedown show 0190b5c2-7e61-7c55-8a6e-3f0d2c9b1a77
    """
    from undersight.workbench import takedowns

    workspace = console.open_workspace(ctx)
    shown = takedowns.show(workspace, takedown)
    console.emit(shown.records, as_json=as_json, words=lambda _: shown.text)
