"""``undersight prove``: show that one object was sealed, and nothing about the others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from undersight.cli import console


@click.command("prove")
@click.argument("item")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE",
              help="Where to write the proof of the object with this digest.")  # fmt: skip
@click.option("--with-metadata", is_flag=True,
              help="Show what was sealed about it too: file name, note, address.")  # fmt: skip
@click.option("--file", "file", type=click.Path(path_type=Path), metavar="FILE",
              help="Check the proof ITEM against this file.")  # fmt: skip
@console.json_option
@click.pass_context
def command(ctx: click.Context, /, item: str, **given: Any) -> None:
    r"""Write the proof that the object ITEM was sealed, or check the proof in the file ITEM.

    A proof needs no workspace to be checked. It holds for whoever trusts the key it names; its
    time is the signer's own until a time authority's reply is checked as well.

    \b
    Examples:
      undersight prove 9f86d0… --out proof.json
      undersight prove proof.json --file page.wacz
    """
    from undersight.workbench import proving

    if given["out"]:
        workspace = console.open_workspace(ctx)
        proof = proving.prove(workspace, item, is_metadata_shown=given["with_metadata"])
        console.write_bytes(given["out"], proof)
        return
    found = proving.check(console.read_bytes(Path(item)), given["file"])
    console.emit(found, as_json=given["as_json"], words=_words)


def _words(found: dict[str, Any]) -> str:
    said = "is this file and" if found["is_file_compared"] else "(no file was compared)"
    lines = [
        f"{found['object']} {said} was sealed in {found['seal']}, signed by {found['key']}.",
        f"Time by the signer's clock: {found['claimed_at']}",
        f"Compare the key with one you know: {found['public_key']}",
    ]
    shown = found["metadata"] or {}
    return "\n".join((*lines, *(f"{name}: {value}" for name, value in sorted(shown.items()))))
