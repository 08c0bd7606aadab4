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
    if not found:
        return "None yet."
    rows = [
        (key["key"], key["name"], key["state"], key["made_at"], key["reason"]) for key in found
    ]
    table = console.table(rows, ("key", "name", "state", "made", "why"))
    lines = "\n".join(f"  {key['allowed_signers']}" for key in found)
    return f"{table}\n\nThe lines to give to others, by a way that they trust:\n{lines}"
