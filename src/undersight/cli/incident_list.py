"""``undersight incident list``: entries, newest first."""

from __future__ import annotations

import click

from undersight.cli import console


@click.command("list")
@click.option("--status", help="Only this monitoring status: active, pending or closed.")
@click.option("--act", help="Only entries with an act of this type.")
@click.option(
    "--limit", type=click.IntRange(1), default=50, show_default=True, help="At most so many."
)
@console.json_option
@click.pass_context
def command(
    ctx: click.Context, *, status: str | None, act: str | None, limit: int, as_json: bool
) -> None:
    r"""List entries, the newest first.

    Where there are more than --limit it says so; with --json on standard error.

    \b
    Example:
      undersight incident list --act detention
    """
    from undersight.workbench import showing

    workspace = console.open_workspace(ctx)
    lines, n_found = showing.listed(
        workspace, status=status or "", act_type=act or "", part=(0, limit)
    )
    counted = f"{len(lines)} of {n_found} entries"
    if len(lines) < n_found:
        counted += f": give --limit {n_found} for all."
        if as_json:
            click.echo(counted, err=True)  # the list itself stays a list
    console.emit(
        [line.to_json() for line in lines],
        as_json=as_json,
        words=lambda _: "\n".join(
            (
                console.table(
                    [(line.label, line.when, line.title, line.visibility) for line in lines],
                    ("id", "when", "entry", "visible to"),
                ),
                counted,
            )
        ),
    )
