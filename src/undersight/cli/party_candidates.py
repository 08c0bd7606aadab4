"""``undersight party candidates``: who may be one person under two spellings."""

from __future__ import annotations

from typing import Any

import click

from undersight.cli import console


@click.command("candidates")
@click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, help="At most so many."
)
@console.json_option
@click.pass_context
def command(ctx: click.Context, *, limit: int, as_json: bool) -> None:
    r"""List pairs that may be one person, with score and reasons; you decide.

    \b
    Example:
      undersight party candidates
    """
    from undersight.workbench import people

    workspace = console.open_workspace(ctx)
    found = people.candidates(workspace)[:limit]
    console.emit(found, as_json=as_json, words=_words)


def _words(found: list[dict[str, Any]]) -> str:
    if not found:
        return "No undecided pairs."
    parts = []
    for pair in found:
        parts.append(f"{' = '.join(pair['names'])} ?  {pair['verdict']}, {pair['score']:.2f}")
        parts += [f"    {reason}" for reason in pair["reasons"]]
        parts.append(f"    undersight party merge {pair['kept']} {pair['other']}")
        parts.append(f"    undersight party merge {pair['kept']} {pair['other']} --different")
    return "\n".join(parts)
