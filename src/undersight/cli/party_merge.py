"""``undersight party merge``: decide that two parties are the same, or are not."""

from __future__ import annotations

from typing import Any

import click

from undersight.cli import console


@click.command("merge")
@click.argument("kept")
@click.argument("other")
@click.option("--different", "verdict", flag_value="different", help="They are two people.")
@click.option("--unsure", "verdict", flag_value="unsure", help="Leave it open, noted.")
@click.option("--same", "verdict", flag_value="same",
              help="They are one (default), even if their names tell of two.")  # fmt: skip
@click.option("--why", default="names compared", show_default=True, help="For the history.")
@console.json_option
@click.pass_context
def command(
    ctx: click.Context, kept: str, other: str, *, verdict: str | None, why: str, as_json: bool
) -> None:
    r"""Decide about KEPT and OTHER; KEPT stands for both. Nothing is overwritten.

    \b
    Example:
      undersight party merge 0190b5c2-... 0190b5c3-... --why "same case number"
    """
    from undersight.workbench import people

    workspace = console.open_workspace(ctx, verb="party merge")
    find = workspace.casebook.find
    done = people.decide(
        workspace,
        find(kept),
        find(other),
        verdict=verdict or "same",
        why=why,
        is_sure=verdict is not None,
    )
    console.emit(done, as_json=as_json, words=_words)


def _words(done: dict[str, Any]) -> str:
    kept, other = done["kept"], done["other"]
    said = {
        "same": (
            f"{kept} stands for {other} from now on "
            f"(take back with: undersight party separate {other})"
        ),
        "different": f"{kept} and {other} are two.",
    }
    lines = [said.get(done.get("verdict", ""), f"Left open whether {kept} and {other} are one.")]
    if done["parted"]:
        lines.append(f"Stand for themselves again: {', '.join(done['parted'])}")
    return "\n".join(lines)
