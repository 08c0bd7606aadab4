"""``undersight staff list``: colleagues."""

from __future__ import annotations

import click

from undersight.cli import console


@click.command("list")
@console.json_option
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> None:
    r"""List colleagues whose bundles are accepted.

    \b
    Example:
      undersight staff list
    """
    from undersight.workbench import sharing

    workspace = console.open_workspace(ctx)
    found = [
        {"staff_id": staff.staff_id, "fingerprint": staff.fingerprint()}
        for _, staff in sorted(sharing.colleagues(workspace).items())
    ]
    console.emit(
        found,
        as_json=as_json,
        words=lambda all_: (
            "\n".join(f"{s['staff_id']}  {s['fingerprint']}" for s in all_)
            or "No colleagues yet: undersight staff add LINE"
        ),
    )
