"""``undersight account taken``: who took what out of the workbench."""

from __future__ import annotations

import datetime as dt

import click

from undersight.cli import console


@click.command("taken")
@console.json_option
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> None:
    r"""List what was taken out in the browser or by a command, by whom, the latest first.

    \b
    Example:
      undersight account taken --json
    """
    from undersight.workbench import accounts

    workspace = console.open_workspace(ctx)
    names = accounts.names(workspace)
    found = [
        {
            "at": dt.datetime.fromtimestamp(one.at_us / 1e6, dt.UTC).isoformat(timespec="seconds"),
            "name": names.get(one.staff_id, one.staff_id),
            "page": one.address,
            "what": one.what,
            "bytes": one.n_bytes,
        }
        for one in accounts.taken(workspace)
    ]
    console.emit(
        found,
        as_json=as_json,
        words=lambda all_: (
            console.table([tuple(map(str, one.values())) for one in all_], tuple(all_[0]))
            if all_
            else "Nothing was taken out yet"
        ),
    )
