"""``undersight account sessions``: where somebody is signed in."""

from __future__ import annotations

import datetime as dt

import click

from undersight.cli import console


@click.command("sessions")
@click.argument("name", required=False, default="")
@click.option("--end", "ended", metavar="ID", help="End the session whose id begins so.")
@click.option("--end-all", "is_all_ended", is_flag=True, help="End all sessions of NAME.")
@console.json_option
@click.pass_context
def command(
    ctx: click.Context, name: str, *, ended: str | None, is_all_ended: bool, as_json: bool
) -> None:
    r"""List where NAME, or everybody, is signed in, and end sessions.

    \b
    Examples:
      undersight account sessions
      undersight account sessions --end 3fb1c09d
      undersight account sessions maya --end-all
    """
    from undersight.workbench import accounts

    if is_all_ended and not name:
        raise click.UsageError("Say whose: undersight account sessions NAME --end-all")
    is_ending = bool(ended) or is_all_ended
    workspace = console.open_workspace(ctx, verb="account sessions" if is_ending else "")
    if ended:
        accounts.end_session(workspace, ended)
    if is_all_ended:
        accounts.end_sessions(workspace, name)
    names = accounts.names(workspace)
    found = [
        {
            "id": one.session_id[:12],
            "name": names.get(one.staff_id, one.staff_id),
            "began": _moment(one.began_at_us),
            "seen": _moment(one.seen_at_us),
            "browser": one.browser,
        }
        for one in accounts.sessions(workspace, name)
    ]
    console.emit(
        found,
        as_json=as_json,
        words=lambda all_: (
            console.table([tuple(one.values()) for one in all_], tuple(all_[0]))
            if all_
            else "Nobody is signed in"
        ),
    )


def _moment(at_us: int) -> str:
    return dt.datetime.fromtimestamp(at_us / 1e6, dt.UTC).isoformat(timespec="minutes")
