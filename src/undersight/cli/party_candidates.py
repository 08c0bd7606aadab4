"""``undersight party candidates``: who may be one person under two spellings."""

from __future__ import annotations

from typing import Any

import click

from undersight.cli import console

_MOST_TITLES = 3


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
    parties = {pair[side] for pair in found for side in ("kept", "other")}
    beside = people.besides(workspace, parties, lang=workspace.lang)
    for pair in found:
        pair["sides"] = [beside[pair[side]] for side in ("kept", "other")]
    console.emit(found, as_json=as_json, words=_words)


def _words(found: list[dict[str, Any]]) -> str:
    if not found:
        return "No undecided pairs."
    parts = []
    for pair in found:
        parts.append(f"{' = '.join(pair['names'])} ?  {pair['verdict']}, {pair['score']:.2f}")
        parts += [f"    {reason}" for reason in pair["reasons"]]
        parts += [f"  {number}  {_side(side)}" for number, side in enumerate(pair["sides"], 1)]
        parts.append(f"    undersight party merge {pair['kept']} {pair['other']}")
        parts.append(f"    undersight party merge {pair['kept']} {pair['other']} --different")
    return "\n".join(parts)


def _side(side: dict[str, Any]) -> str:
    """What tells one of the two from the other: what they do, the entries they are in."""
    about = [
        side["names"][0] if side["names"] else side["party_id"],
        side["kind"],
        *side["occupations"],
        side["position"],
        side["born"],
        side["country"],
    ]
    lines = [" · ".join(part for part in about if part)]
    lines += [f"       {title}" for _, title in side["entries"][:_MOST_TITLES]]
    if side["n_entries"] > _MOST_TITLES:
        lines.append(f"       and {side['n_entries'] - _MOST_TITLES} entries more")
    return "\n".join(lines if side["n_entries"] else [*lines, "       in no entry"])
