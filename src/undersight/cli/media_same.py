"""``undersight media same``: where else a picture is."""

from __future__ import annotations

from typing import Any

import click

from undersight.cli import console


@click.command("same")
@click.argument("item")
@click.option(
    "--distance", type=click.IntRange(0, 64), default=31, show_default=True,
    help="How many of 256 bits may differ.",
)  # fmt: skip
@console.json_option
@click.pass_context
def command(ctx: click.Context, item: str, *, distance: int, as_json: bool) -> None:
    r"""Look for ITEM (a digest or a file) among the sealed pictures and saved pages.

    What is found looks alike; whether it is the same picture, a person says. Crops, mirror images
    and turned pictures are not found.

    \b
    Example:
      undersight media same photo.jpg --distance 20
    """
    from undersight.workbench import media

    workspace = console.open_workspace(ctx)
    data = media.bytes_of(item, lambda: workspace)
    with console.progress(len(workspace.vault.digests()), "objects") as advance:
        found = media.same(workspace, data, max_distance=distance, progress=advance)
    console.emit(found.to_json(), as_json=as_json, words=_words)


def _words(found: dict[str, Any]) -> str:
    lines = [f"{len(found['candidates'])} candidates among {found['n_pictures']} pictures"]
    if not found["is_telling"]:
        lines.append(f"There is little in the picture to tell it by (quality {found['quality']}).")
    rows = [
        (str(one["distance"]), str(one["quality"]), one["object"], one["place"])
        for one in found["candidates"]
    ]
    lines += [console.table(rows, ("bits", "quality", "object", "place"))] if rows else []
    if found["unreadable"]:
        lines.append(f"{len(found['unreadable'])} pictures could not be read.")
    return "\n".join(lines)
