"""``undersight key revoke``: declare that a signing key is not to be trusted any more."""

from __future__ import annotations

import click

from undersight.cli import console


@click.command("revoke")
@click.argument("name")
@click.option("--why", required=True, help="What happened to it.")
@console.json_option
@click.pass_context
def command(ctx: click.Context, name: str, *, why: str, as_json: bool) -> None:
    r"""Declare that the key NAME (or its id) is not to be trusted from now on.

    Seals made before hold, and show it by their place in the logs and their time stamps.

    \b
    Example:
      undersight key revoke desk --why "the laptop was seized"
    """
    from undersight.workbench import key_desk

    workspace = console.open_workspace(ctx, verb="key revoke")
    revoked = key_desk.revoke(workspace, name, reason=why)
    console.emit(revoked, as_json=as_json, words=lambda one: f"Revoked: {one['key']}")
