"""``undersight account invite``: a code that makes one account."""

from __future__ import annotations

import datetime as dt

import click

from undersight.cli import console


@click.command("invite")
@click.option(
    "--role",
    default="viewer",
    show_default=True,
    help="viewer, contributor, editor or admin.",
)
@click.option(
    "--hours",
    "n_hours",
    type=click.IntRange(1, 24 * 30),
    default=48,
    show_default=True,
    help="For how long it holds.",
)
@console.json_option
@click.pass_context
def command(ctx: click.Context, *, role: str, n_hours: int, as_json: bool) -> None:
    r"""Print a code that makes one account, once; hand it over by a way that you trust.

    It is typed at /join in the workbench. The code is kept nowhere.

    \b
    Example:
      undersight account invite --role contributor --hours 24
    """
    from undersight.workbench import accounts

    workspace = console.open_workspace(ctx, verb="account invite")
    code, made = accounts.invite(workspace, role, n_hours=n_hours)
    until = dt.datetime.fromtimestamp(made.expires_at_us / 1e6, dt.UTC).isoformat(
        timespec="minutes"
    )
    console.emit(
        {"code": code, "path": f"/join?code={code}", "role": made.role, "until": until},
        as_json=as_json,
        words=lambda one: f"{one['path']}  ({one['role']}, until {one['until']})",
    )
