"""``undersight archive pages``: which pages a web archive holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from undersight.cli import console


@click.command("pages")
@click.argument("file", type=click.Path(path_type=Path))
@console.json_option
def command(file: Path, *, as_json: bool) -> None:
    r"""List the pages of a WACZ or WARC, and which of them were really saved.

    \b
    Example:
      undersight archive pages page.wacz
    """
    from undersight.workbench import archives

    console.emit(archives.pages(file), as_json=as_json, words=_words)


def _words(found: list[dict[str, Any]]) -> str:
    rows = [
        (page["time"], page["url"], page["title"], "" if page["is_captured"] else "not saved")
        for page in found
    ]
    return console.table(rows, ("saved", "address", "title", "")) if rows else "No pages."
