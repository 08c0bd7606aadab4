"""``undersight watch``: seal whatever arrives in a folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from undersight.cli import console

if TYPE_CHECKING:
    from undersight.workbench.session import Workspace


@click.command("watch")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--every", "every_s", type=click.FloatRange(min=0.05), default=2.0,
              show_default=True, help="Seconds between two looks.")  # fmt: skip
@click.option("--once", is_flag=True, help="Look twice, seal what has settled, and end.")
@click.option("--done", is_flag=True, help="Move what was sealed to FOLDER/done.")
@click.option("--note", default="", help="What these files are; stays in the vault.")
@click.option("--source", default="", help="Id of the protected source, src-…")
@click.option("--key", default="", help="Name or id of a signing key without own passphrase.")
@console.json_option
@click.pass_context
def command(ctx: click.Context, /, folder: Path, **given: Any) -> None:
    r"""Seal whatever arrives in FOLDER, until you press Ctrl-C.

    A file is sealed when it did not change between two looks. It stays where it is, and is not
    sealed twice. Hidden files and unfinished downloads are left alone.

    \b
    Examples:
      undersight watch ~/Screenshots
      undersight watch inbox --done --once
    """
    from undersight.workbench import sealing, watching
    from undersight.workbench.session import Workspace

    root = ctx.find_root().obj
    answers: list[str] = []

    def passphrase() -> str:
        if not answers:
            answers.append(console.passphrase(root))
        return answers[0]

    def open_workspace() -> Workspace:
        return Workspace.open(root["workspace"], passphrase=passphrase, verb="watch")

    options = sealing.SealOptions(note=given["note"], source=given["source"], key=given["key"])
    for sealed in watching.watch(
        open_workspace,
        folder,
        options,
        every_s=given["every_s"],
        is_once=given["once"],
        is_set_aside=given["done"],
    ):
        told = sealed.to_json()
        click.echo(json.dumps(told, ensure_ascii=False) if given["as_json"] else _words(told))


def _words(told: dict[str, Any]) -> str:
    lines = [f"Not taken in: {one['reason']}" for one in told["refused"]]
    if told["seal"] is not None:
        lines.append(f"{told['seal']}: {told['items']} items, root {told['root'][:16]}")
    return "\n".join(lines)
