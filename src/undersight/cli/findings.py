"""``undersight findings``: what a run found, masked, with reasons and innocent explanations."""

from __future__ import annotations

from typing import Any

import click

from undersight.cli import console
from undersight.cli.run_words import found_in, window_words

_MOST_PAIRS = 5
_OUTCOMES = {"explains": "fits", "does-not-explain": "does not fit", "cannot-tell": "cannot tell"}


@click.command("findings")
@click.argument("run", default="")
@console.json_option
@click.pass_context
def command(ctx: click.Context, run: str, *, as_json: bool) -> None:
    r"""Show the findings of a RUN, the latest by default: why, by which posts, and what else fits.

    Nobody is named: accounts are “profile 3” or “page 2”, the same in the whole run. Pages alone
    are named once two people have judged that the finding stands and that they may be.

    \b
    Examples:
      undersight findings
      undersight findings 20311102T101500Z-3fa9c1d2e4b5 --json
    """
    from undersight.workbench import findings

    workspace = console.open_workspace(ctx)
    shown = findings.present(workspace, run)
    console.emit(shown, as_json=as_json, words=_words)


def _words(shown: dict[str, Any]) -> str:
    lines = [f"Run {shown['run_id']}: {found_in(shown, 'in')}"]
    lines += [f"Note: {one}" for one in shown["caveats"]]
    for one in shown["findings"]:
        lines += ["", *_finding(one)]
    if shown["findings"]:
        lines += ["", shown["note"]]
    return "\n".join(lines)


def _finding(one: dict[str, Any]) -> list[str]:
    effect = one["effect"]
    between = ""
    if effect["low"] is not None:
        between = f" ({_times(effect['low'])} to {_times(effect['high'])})"
    accounts = ", ".join(_who(who) for who in one["accounts"])
    chance = f"score {one['score']:.2f}; p {one['p']:.2g}; over all looks {one['q']:.2g}"
    where = f"{one['detector']}/{one['view']} within {window_words(one['window_s'])}"
    lines = [
        f"{click.style(one['finding_id'], bold=True)}  {where}",
        f"  {one['verdict_words']}",
        f"  {one['n']['accounts']} accounts: {accounts}",
        f"  {_times(effect['value'])} times what chance explains{between}; {chance}",
    ]
    for reason in one["reasons"]:
        lines.append(f"  - {reason['sentence']}")
        lines += [f"      {_pair(pair)}" for pair in reason["pairs"][:_MOST_PAIRS]]
    lines.append("  Innocent explanations:")
    lines += [f"  - {_OUTCOMES[one['outcome']]}: {one['sentence']}" for one in one["benign"]]
    lines.append("  Cannot be seen: " + " ".join(one["blind_spots"]))
    for judged in one["judgements"]:
        lines.append(f"  Judged {judged['verdict']} by {judged['author']}: {judged['note']}")
    return lines


def _times(number: float) -> str:
    return f"{number:,.0f}" if number >= 1000 else f"{number:.3g}"


def _who(who: dict[str, Any]) -> str:
    return f"{who['label']} ({who['name']})" if "name" in who else str(who["label"])


def _pair(pair: dict[str, Any]) -> str:
    sides = [
        f"{side['who']} {side['published']} “{side['text']}”" for side in (pair["a"], pair["b"])
    ]
    near = f"{pair['delta_s']:g} s apart"
    if not pair["delta_s"]:  # no finer than the times were given
        fineness = pair["a"]["published"].count(":")
        near = ("on the same day", "in the same minute", "in the same second")[min(fineness, 2)]
    return f"{near}, on {pair['object']}: {sides[0]} / {sides[1]}"
