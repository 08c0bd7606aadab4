"""``undersight passphrase list``: how many passphrases open the workspace."""

from __future__ import annotations

from typing import Any

import click

from undersight.cli import console


@click.command("list")
@console.json_option
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> None:
    r"""List the passphrases that open the workspace, without the passphrases.

    \b
    Example:
      undersight passphrase list
    """
    from undersight.workbench import sealing

    found = [
        {"slot": one.slot_id, "label": one.label, "made_at": sealing.iso(one.created_at_us)}
        for one in console.open_workspace(ctx).keyring.slots
    ]
    console.emit(found, as_json=as_json, words=_words)


def _words(found: list[dict[str, Any]]) -> str:
    rows = [(one["slot"], one["made_at"], one["label"]) for one in found]
    return console.table(rows, ("slot", "made", "label")) if rows else "None: it is plain."
