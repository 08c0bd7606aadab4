"""``undersight deposit dossier``: control shown, the break located, what was lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from undersight.cli import console


@click.command("dossier")
@click.argument("name")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False),
              help="The folder to write to.")  # fmt: skip
@click.option("--owner", default="", metavar="ID",
              help="Whose custody is laid over it; by default the deposits' owner.")  # fmt: skip
@console.json_option
@click.pass_context
def command(ctx: click.Context, /, name: str, **given: Any) -> None:
    r"""Write the recovery dossier of NAME: four languages, HTML, PDF and data, then sealed.

    \b
    Example:
      undersight deposit dossier "Sarnak Hour" --out recovery
    """
    from undersight.workbench.recovery import write_recovery

    workspace = console.open_workspace(ctx, verb="deposit")
    made = write_recovery(
        workspace,
        name,
        given["out"],
        owner=given["owner"],
        passphrase=lambda: console.key_passphrase(is_new=False),
    )
    console.emit(made.to_json(), as_json=given["as_json"], words=_words)


def _words(made: dict[str, Any]) -> str:
    lines = [*made["sentences"], f"Wrote {len(made['files'])} files, sealed as {made['seal']}."]
    lines += [f"  {path}" for path in made["files"]]
    return "\n".join((*lines, *(f"Not in it: {loss}" for loss in made["losses"])))
