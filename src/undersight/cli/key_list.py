"""``undersight key list``: the signing keys and what became of them."""

from __future__ import annotations

from typing import Any

import click

from undersight.cli import console


@click.command("list")
@console.json_option
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> None:
    r"""List every signing key there ever was.

    \b
    Example:
      undersight key list
    """
    from undersight.workbench import key_desk

    found = key_desk.all_keys(console.open_workspace(ctx))
    console.emit(found, as_json=as_json, words=_words)


def _words(found: list[dict[str, Any]]) -> str:
    rows = [
        (key["key"], key["name"], key["state"], key["made_at"], key["reason"]) for key in found
    ]
    return console.table(rows, ("key", "name", "state", "made", "why")) if rows else "None yet."
