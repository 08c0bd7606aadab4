"""``undersight account add``: make an account."""

from __future__ import annotations

import click

from undersight.cli import console


@click.command("add")
@click.argument("name")
@click.option(
    "--role",
    default="viewer",
    show_default=True,
    help="viewer, contributor, editor or admin.",
)
@console.json_option
@click.pass_context
def command(ctx: click.Context, name: str, *, role: str, as_json: bool) -> None:
    r"""Make an account for NAME, which they type to sign in; it need not be a real name.

    The password is asked for, or read from the file that UNDERSIGHT_ACCOUNT_PASSWORD_FILE names.

    \b
    Examples:
      undersight account add maya --role admin
      undersight account add guest
    """
    from undersight.workbench import accounts

    workspace = console.open_workspace(ctx, verb="account add")
    accounts.role_of(role)
    made = accounts.add(workspace, name, console.account_password(), role=role)
    console.emit(
        {"staff_id": made.staff_id, "name": made.name, "role": made.role},
        as_json=as_json,
        words=lambda one: f"{one['name']} may sign in as {one['role']} ({one['staff_id']})",
    )
