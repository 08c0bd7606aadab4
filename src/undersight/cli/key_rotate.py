"""``undersight key rotate``: a new signing key in the place of an old one."""

from __future__ import annotations

import click

from undersight.cli import console


@click.command("rotate")
@click.argument("name")
@click.option("--why", required=True, help="Why it is replaced.")
@click.option("--own-passphrase", is_flag=True, help="Give the new key a passphrase of its own.")
@console.json_option
@click.pass_context
def command(
    ctx: click.Context, name: str, *, why: str, own_passphrase: bool, as_json: bool
) -> None:
    r"""Make a key in the place of NAME; the old key signs that it is so and is destroyed.

    What the old key sealed stays valid.

    \b
    Example:
      undersight key rotate desk --why "once a year"
    """
    from undersight.workbench import key_desk

    workspace = console.open_workspace(ctx, verb="key rotate")
    made = key_desk.rotate(
        workspace,
        name,
        reason=why,
        passphrases=lambda: console.key_passphrase(is_new=False),
        new_passphrase=(lambda: console.key_passphrase(is_new=True)) if own_passphrase else None,
    )
    console.emit(
        made, as_json=as_json, words=lambda one: f"{one['key']}\n{one['allowed_signers']}"
    )
