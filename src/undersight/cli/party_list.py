"""``undersight party list``: recorded people, outlets and offices."""

from __future__ import annotations

from typing import Any

import click

from undersight.cli import console


@click.command("list")
@click.option("--kind", default="", help="Only this kind: individual, outlet, public_body, ...")
@console.json_option
@click.pass_context
def command(ctx: click.Context, *, kind: str, as_json: bool) -> None:
    r"""List parties with their names and whether they may be named.

    \b
    Example:
      undersight party list --kind individual
    """
    from undersight.workbench import people

    workspace = console.open_workspace(ctx)
    console.emit(people.listing(workspace, kind=kind), as_json=as_json, words=_words)


def _words(lines: list[dict[str, Any]]) -> str:
    rows: list[tuple[str, ...]] = [
        (
            line["party_id"],
            line["party_kind"],
            " / ".join(line["names"]) or (f"{line['count']} people" if line["count"] else "–"),
            line["public_exposure"],
        )
        for line in lines
    ]
    return console.table(rows, ("id", "kind", "names", "may be named"))
