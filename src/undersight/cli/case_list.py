"""``undersight case list``: dealings with platforms and how they stand."""

from __future__ import annotations

from typing import Any

import click

from undersight.cli import console


@click.command("list")
@click.option("--open", "is_open_only", is_flag=True, help="Only those that have not ended.")
@console.json_option
@click.pass_context
def command(ctx: click.Context, *, is_open_only: bool, as_json: bool) -> None:
    r"""List dealings with platforms: what about, the next deadline, how it ended.

    \b
    Example:
      undersight case list --open
    """
    from undersight.workbench import platform_cases

    workspace = console.open_workspace(ctx)
    found = platform_cases.listing(workspace, is_open_only=is_open_only)
    console.emit(found, as_json=as_json, words=_words)


def _words(lines: list[dict[str, Any]]) -> str:
    columns = ("case_id", "entry", "platform", "about", "account", "due", "outcome")
    rows = [tuple(str(line[name]) for name in columns) for line in lines]
    return console.table(rows, ("id", *columns[1:]))
