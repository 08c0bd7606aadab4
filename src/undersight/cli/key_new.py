"""``undersight key new``: make a signing key."""

from __future__ import annotations

import click

from undersight.cli import console


@click.command("new")
@click.argument("name")
@click.option("--own-passphrase", is_flag=True, help="Give it a passphrase of its own.")
@console.json_option
@click.pass_context
def command(ctx: click.Context, name: str, *, own_passphrase: bool, as_json: bool) -> None:
    r"""Make a signing key called NAME; the last one made signs, unless another is named.

    \b
    Example:
      undersight key new desk --own-passphrase
    """
    from undersight.workbench import key_desk

    workspace = console.open_workspace(ctx, verb="key new")
    passphrase = console.key_passphrase(is_new=True) if own_passphrase else None
    made = key_desk.new(workspace, name, passphrase=passphrase)
    console.emit(
        made, as_json=as_json, words=lambda one: f"{one['key']}\n{one['allowed_signers']}"
    )
