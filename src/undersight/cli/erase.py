"""``undersight erase``: take sealed originals out of the vault for good."""

from __future__ import annotations

from typing import Any

import click

from undersight.cli import console


@click.command("erase")
@click.argument("digests", nargs=-1, required=True)
@click.option("--why", required=True, help="The reason, which stays: it must name nobody.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@console.json_option
@click.pass_context
def command(
    ctx: click.Context, digests: tuple[str, ...], *, why: str, yes: bool, as_json: bool
) -> None:
    r"""Erase objects of the vault, by DIGESTS (12 characters at least), for good.

    The bytes go here at once, and from each backup at its next run. That something of this digest
    was here, when, and why it went stays in the custody log; seals over it still hold.

    \b
    Example:
      undersight erase 3f9a0c1d22e7 --why "asked by the person shown"
    """
    from undersight.workbench import erasing

    workspace = console.open_workspace(ctx, verb="erase")
    objects = erasing.chosen(workspace, digests)
    if not yes and not console.confirm(f"Erase {len(objects)} objects for good?", option="--yes"):
        return
    done = erasing.erase(workspace, objects, why=why)
    console.emit(done, as_json=as_json, words=_words)


def _words(done: dict[str, Any]) -> str:
    lines = [f"Erased: {digest}" for digest in done["erased"]]
    lines += [f"  was evidence of {one}" for one in done["records"]]
    lines += [f"  posts were read from it: corpus undo {one}" for one in done["imports"]]
    lines.append("Run `undersight backup` to every backup folder, so that it goes there too.")
    return "\n".join(lines)
