"""``undersight account list``: who may sign in."""

from __future__ import annotations

import click

from undersight.cli import console


@click.command("list")
@console.json_option
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> None:
    r"""List those who may sign in, with their role and second factor.

    \b
    Example:
      undersight account list
    """
    from undersight.workbench import accounts

    workspace = console.open_workspace(ctx)
    found = [
        {
            "name": one.name,
            "role": one.role,
            "staff_id": one.staff_id,
            "has_code_app": bool(one.totp_secret),
            "n_passkeys": len(one.passkeys),
        }
        for one in accounts.listing(workspace)
    ]
    console.emit(
        found,
        as_json=as_json,
        words=lambda all_: (
            console.table(
                [
                    (
                        str(one["name"]),
                        str(one["role"]),
                        "yes" if one["has_code_app"] or one["n_passkeys"] else "no",
                        str(one["staff_id"]),
                    )
                    for one in all_
                ],
                ("name", "role", "second factor", "staff id"),
            )
            if all_
            else "Nobody has an account: undersight account add NAME --role admin"
        ),
    )
