"""``undersight merge``: let a colleague's changes in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from undersight.cli import console
from undersight.cli.disagreement_words import disagreement_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from undersight.workbench.session import Workspace


@click.command("merge")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@console.json_option
@click.pass_context
def command(ctx: click.Context, file: Path, *, as_json: bool) -> None:
    r"""Let the changes in a colleague's bundle in; nothing of yours is lost.

    Where you both changed one field, both values are shown and you decide. The same bundle
    twice changes nothing, and the order of bundles does not matter.

    \b
    Example:
      undersight merge from-colleague.undersight
    """
    from undersight.workbench import bundles

    workspace = console.open_workspace(ctx, verb="merge")
    done = bundles.merge(workspace, console.read_bytes(file))
    console.emit(done, as_json=as_json, words=lambda told: _words(workspace, told))


def _words(workspace: Workspace, done: dict[str, Any]) -> str:
    lines = [
        (
            f"From {done['sender']}: {done['read']} changes = {done['applied']} new "
            f"+ {done['known']} known + {len(done['held'])} waiting + "
            f"{len(done['refused'])} refused"
        )
    ]
    lines += disagreement_lines(workspace, done["conflicts"])
    lines += [f"Waiting for changes that have not come: {h['change_id']}" for h in done["held"]]
    for refused in done["refused"]:
        lines.append(
            f"Refused: {refused['author'][:14]} had not heard of a withdrawal yet "
            f"({refused['record_id']}). Ask them to merge your bundle first, then to share again."
        )
    if done["in_my_name"]:
        lines.append(
            f"Look at these: {done['in_my_name']} new changes are in your own name and were not "
            "here. They are yours from before a backup was restored, or somebody put them into "
            "your mouth: undersight history RECORD"
        )
    lines += _clock_lines(done["ahead"])
    if done["withdrawn"]:
        people = "1 person was" if done["withdrawn"] == 1 else f"{done['withdrawn']} people were"
        lines.append(f"{people} withdrawn by your colleague, and here too.")
    lines += [f"Public id changed, two entries had the same: {r}" for r in done["renumbered"]]
    return "\n".join(lines)


def _clock_lines(ahead: list[dict[str, Any]]) -> Iterator[str]:
    """Say whose changes are dated in the future, by author."""
    for author in sorted({change["author"] for change in ahead}):
        times = [change["at_us"] for change in ahead if change["author"] == author]
        last = dt.datetime.fromtimestamp(max(times) / 1_000_000, dt.UTC)
        yield (
            f"Dated in the future: {len(times)} changes by {author[:14]}, up to {last:%Y-%m-%d}. "
            "Their clock or yours is wrong; set it right. They count as of today and outrank "
            "nobody's later ones."
        )
