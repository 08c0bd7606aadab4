"""``undersight archive extract``: posts, comments and pictures out of a web archive."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from undersight.cli import console


@click.command("extract")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--out", "folder", type=click.Path(path_type=Path), metavar="DIR",
    help="Write pages and pictures here, each under its digest.",
)  # fmt: skip
@console.json_option
def command(file: Path, *, folder: Path | None, as_json: bool) -> None:
    r"""Read posts and comments out of a WACZ or WARC, each with its record and offset.

    Nothing enters the workspace: `undersight import` seals the archive and loads the same rows.

    \b
    Example:
      undersight archive extract page.wacz --out pictures
    """
    from undersight.workbench import archives

    console.emit(archives.extract(file, folder), as_json=as_json, words=_words)


def _words(found: dict[str, Any]) -> str:
    rows = found["rows"]
    n_comments = sum(row.get("kind") in {"comment", "reply"} for row in rows)
    lines = [f"{len(rows)} rows, {n_comments} of them comments; {len(found['files'])} files"]
    lines += [f"{row['locator']}  {_start(row.get('text', ''))}" for row in rows]
    lines += [f"ISSUE  {issue['where']}: {issue['reason']}" for issue in found["issues"]]
    return "\n".join((*lines, *found["notes"]))


def _start(text: str) -> str:
    first = " ".join(text.split())
    return first if len(first) <= 80 else f"{first[:79]}…"
