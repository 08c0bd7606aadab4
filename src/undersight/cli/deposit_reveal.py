"""``undersight deposit reveal``: an administrator's half proved."""

from __future__ import annotations

from pathlib import Path

import click

from undersight.cli import console


@click.command("reveal")
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("opening", type=click.Path(path_type=Path))
@console.json_option
@click.pass_context
def command(ctx: click.Context, /, name: str, file: Path, opening: Path, *, as_json: bool) -> None:
    r"""Show that FILE is what its administrator committed to in a deposit of NAME.

    \b
    Example:
      undersight deposit reveal "Sarnak Hour" archive.zip archive.zip.opening-1.json
    """
    from undersight.workbench.deposits import reveal

    found = reveal(console.open_workspace(ctx), name, file, opening).to_json()
    words = f"This very file was committed to in deposit {found['number']} of {found['name']}"
    console.emit(found, as_json=as_json, words=lambda _: f"{words}, {found['at']}.")
