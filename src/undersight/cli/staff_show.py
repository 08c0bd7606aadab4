"""``undersight staff show``: the line to give to colleagues."""

from __future__ import annotations

import click

from undersight.cli import console


@click.command("show")
@console.json_option
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> None:
    r"""Print your public line and its digits to compare by voice.

    \b
    Example:
      undersight staff show
    """
    workspace = console.open_workspace(ctx)
    public = workspace.staff.public
    console.emit(
        {"staff_id": public.staff_id, "line": public.line(), "fingerprint": public.fingerprint()},
        as_json=as_json,
        words=lambda me: f"{me['line']}\nDigits to compare: {me['fingerprint']}",
    )
