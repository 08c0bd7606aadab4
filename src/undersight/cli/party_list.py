"""``undersight party list``: recorded people, outlets and offices."""

from __future__ import annotations

from typing import Any

import click

from undersight.cli import console


@click.command("list")
@click.option("--kind", default="", help="Only this kind: individual, outlet, public_body, ...")
@click.option(
    "--repeated", is_flag=True, help="Who was acted upon in several entries, the most often first."
)
@console.json_option
@click.pass_context
def command(ctx: click.Context, *, kind: str, repeated: bool, as_json: bool) -> None:
    r"""List parties with their names and whether they may be named.

    \b
    Example:
      undersight party list --kind individual
      undersight party list --repeated
    """
    from undersight.workbench import people

    workspace = console.open_workspace(ctx)
    if repeated:
        lines = [one for one in people.repeated(workspace)[0] if kind in ("", one["party_kind"])]
    else:
        lines = people.listing(workspace, kind=kind)
    console.emit(lines, as_json=as_json, words=_words)


def _words(lines: list[dict[str, Any]]) -> str:
    rows: list[tuple[str, ...]] = [
        (
            line["party_id"],
            line["party_kind"],
            " / ".join(line["names"]) or (f"{line['count']} people" if line["count"] else "–"),
            line["public_exposure"],
            *([str(line["n_entries"])] if "n_entries" in line else []),
        )
        for line in lines
    ]
    heads = ("id", "kind", "names", "may be named", "entries")
    return console.table(rows, heads[: len(rows[0])] if rows else heads[:4])
