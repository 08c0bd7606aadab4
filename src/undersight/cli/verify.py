"""``undersight verify``: has anybody edited anything?"""

from __future__ import annotations

from typing import Any

import click

from undersight.cli import console

EXIT_BROKEN = 4


@click.command("verify")
@click.option("--deep", is_flag=True, help="Read every object in the vault to its end.")
@console.json_option
@click.pass_context
def command(ctx: click.Context, *, deep: bool, as_json: bool) -> None:
    r"""Check the history, the custody log and the vault; exit 4 where something was edited.

    A chain alone cannot show that its end was cut or that all of it was rewritten: note the two
    heads printed here somewhere else, on paper if need be.

    \b
    Example:
      undersight verify --deep
    """
    from undersight.workbench import verifying

    workspace = console.open_workspace(ctx)
    n_objects = len(workspace.vault.digests()) if deep else 0
    with console.progress(n_objects, "objects") as advance:
        found = verifying.verify(workspace, is_deep=deep, progress=advance)
    console.emit(found, as_json=as_json, words=_words)
    if not found["is_whole"]:
        ctx.exit(EXIT_BROKEN)


def _words(found: dict[str, Any]) -> str:
    lines = [
        (
            f"History: {found['changes']} changes, {found['erased']} rewritten after withdrawals, "
            f"head {found['history_head'][:16]}"
        ),
        f"Custody: {found['custody_entries']} entries, head {found['custody_head'][:16]}",
        f"Vault: {found['objects']} objects, {found['objects_read']} read to the end",
    ]
    lines += [
        f"BROKEN  {b['what']}: {b['kind']} at {b['place']} {b.get('record_id', '')}".rstrip()
        for b in found["breaks"]
    ]
    lines.append(
        "Nothing was edited." if found["is_whole"] else "Something was edited: see above."
    )
    return "\n".join(lines)
