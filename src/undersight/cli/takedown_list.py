"""``undersight takedown list``: removed networks as reported."""

from __future__ import annotations

from typing import Any

import click

from undersight.cli import console


@click.command("list")
@console.json_option
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> None:
    r"""List removed networks with the counts each report gives.

    \b
    Example:
      undersight takedown list
    """
    from undersight.workbench import takedowns

    workspace = console.open_workspace(ctx)
    console.emit(takedowns.listing(workspace), as_json=as_json, words=_words)


def _words(lines: list[dict[str, Any]]) -> str:
    rows: list[tuple[str, ...]] = [
        (
            line["takedown_id"],
            line["name"],
            line["published"],
            line["reporter"],
            ", ".join(f"{name} {n}" for name, n in line["removed"].items()),
            line["attributed"],
        )
        for line in lines
    ]
    return console.table(
        rows, ("id", "network", "published", "reporter", "removed", "attributed to")
    )
