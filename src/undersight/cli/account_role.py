"""``undersight account role``: what somebody may do."""

from __future__ import annotations

import click

from undersight.cli import console


@click.command("role")
@click.argument("name")
@click.argument("role")
@click.pass_context
def command(ctx: click.Context, name: str, role: str) -> None:
    r"""Make NAME a viewer, contributor, editor or admin; their sessions end.

    \b
    Example:
      undersight account role maya editor
    """
    from undersight.workbench import accounts

    workspace = console.open_workspace(ctx, verb="account role")
    changed = accounts.set_role(workspace, name, role)
    click.echo(f"{changed.name} is {changed.role}")
