"""``undersight deposit list``: the deposits there are."""

from __future__ import annotations

from typing import Any

import click

from undersight.cli import console


@click.command("list")
@click.argument("name", default="")
@console.json_option
@click.pass_context
def command(ctx: click.Context, /, name: str, *, as_json: bool) -> None:
    r"""List the deposits, those of NAME if given.

    \b
    Example:
      undersight deposit list
    """
    from undersight.workbench.deposit_records import all_deposits

    found = [one.to_json() for one in all_deposits(console.open_workspace(ctx), name)]
    console.emit(found, as_json=as_json, words=_words)


def _words(found: list[dict[str, Any]]) -> str:
    rows = [
        (
            one["name"],
            str(one["number"]),
            one["at"],
            ", ".join(file["role"] for file in one["files"]) or f"{one['halves']} commitments",
            "signed" if one["statement_key"] else "",
            "shown" if one["is_challenge_shown"] else "",
        )
        for one in found
    ]
    header = ("name", "number", "made", "files", "statement", "challenge")
    return console.table(rows, header) if rows else "No deposits yet."
