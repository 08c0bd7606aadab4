"""``undersight account password``: a new password for somebody who lost theirs."""

from __future__ import annotations

import click

from undersight.cli import console


@click.command("password")
@click.argument("name")
@click.option(
    "--without-second-factor",
    "is_factor_dropped",
    is_flag=True,
    help="Also forget their code app, recovery codes and passkeys.",
)
@click.pass_context
def command(ctx: click.Context, name: str, *, is_factor_dropped: bool) -> None:
    r"""Set the password of NAME; their sessions end.

    It is asked for, or read from the file that UNDERSIGHT_ACCOUNT_PASSWORD_FILE names.

    \b
    Examples:
      undersight account password maya
      undersight account password maya --without-second-factor
    """
    from undersight.workbench import accounts

    workspace = console.open_workspace(ctx, verb="account password")
    accounts.find(workspace, name)
    secret = console.account_password()
    accounts.set_password(workspace, name, secret, is_factor_dropped=is_factor_dropped)
    click.echo(f"The password of {name} is changed")
