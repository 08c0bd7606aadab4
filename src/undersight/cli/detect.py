"""``undersight detect``: look for groups that act together."""

from __future__ import annotations

from typing import Any

import click

from undersight.cli import console
from undersight.cli.durations import DURATION
from undersight.cli.run_words import counted, found_in, window_words


@click.command("detect")
@click.argument("detectors", nargs=-1)
@click.option("--window", "windows_us", multiple=True, type=DURATION, metavar="TIME",
              help="Window, such as 60s or 10m; may be given several times.")  # fmt: skip
@click.option("--set", "assignments", multiple=True, metavar="DETECTOR.NAME=VALUE",
              help="A parameter, such as co-share.min_accounts=8.")  # fmt: skip
@click.option("--list", "is_listing", is_flag=True, help="List detectors and their parameters.")
@console.json_option
@click.pass_context
def command(ctx: click.Context, /, detectors: tuple[str, ...], **given: Any) -> None:
    r"""Look for groups of five or more accounts that act together more than chance explains.

    Without a name all DETECTORS look. Every detector, view and window that is tried counts
    against the chance of a false group; what was left out is counted and told. Who is in a group
    is masked in everything that is printed.

    \b
    Examples:
      undersight detect
      undersight detect co-comment --window 60s --window 10m
      undersight detect co-share --set co-share.min_accounts=8 --json
      undersight detect --list
    """
    from undersight.workbench import detection, looking_ahead

    if given["is_listing"]:
        known = detection.known_detectors()
        console.emit(known, as_json=given["as_json"], words=_known_words)
        return
    asked = detection.asked(detectors, given["windows_us"], given["assignments"])
    workspace = console.open_workspace(ctx, verb="detect")
    with console.status() as progress:
        done = detection.detect(
            workspace, asked, planned=lambda plan: click.echo(plan, err=True), progress=progress
        )
        looking_ahead.count(workspace)
    console.emit(done, as_json=given["as_json"], words=run_words)


def run_words(done: dict[str, Any]) -> str:
    """Lay out what a run found and what it looked at."""
    earlier = counted(done["n_earlier_runs"], "earlier run")
    lines = [f"{found_in(done, 'found in')} {earlier} on this corpus."]
    lines += [_finding_line(one) for one in done["findings"]]
    lines += [f"Note: {one}" for one in done["caveats"]]
    lines += [_look_line(one) for one in done["looks"]]
    lines.append(f"Run {done['run_id']}: undersight findings {done['run_id']}")
    return "\n".join(lines)


def _finding_line(one: dict[str, Any]) -> str:
    fitting = [check["sentence"] for check in one["benign"] if check["outcome"] == "explains"]
    innocent = "".join(f"\n    An innocent explanation fits. {said}" for said in fitting)
    return (
        f"\n{click.style(one['finding_id'], bold=True)}  {one['detector']}/{one['view']} "
        f"{window_words(one['window_s'])}: {one['n']['accounts']} accounts, "
        f"{one['n']['objects']} objects, {one['n']['posts']} posts, "
        f"score {one['score']:.2f}, q {one['q']:.2g}\n"
        f"    {one['verdict_words']}{innocent}"
    )


def _look_line(one: dict[str, Any]) -> str:
    counts = one["counts"]
    what = f"{one['detector']}/{one['view']} {window_words(one['window_s'])}"
    if one["outcome"] == "window-below-resolution":
        return f"{what}: refused, the times are coarser than the window."
    if one["outcome"] == "too-many-rows":
        rows = counted(counts["n_rows"], "row")
        return (
            f"{what}: refused, {rows} are more than the memory of this machine holds. "
            "Look at fewer at a time: a workspace with a part of the days or pages."
        )
    said = (
        f"{what}: {counted(counts.get('n_actions', 0), 'action')}, "
        f"{counted(counts.get('n_pairs_planned', 0), 'pair')}"
    )
    if one["outcome"] == "too-many-pairs":
        return (
            f"{said}: given up, too many. Try a narrower --window, a smaller workspace, or "
            f"--set {one['detector']}.min_objects=4 (only ties of so many objects)."
        )
    if one["outcome"] == "not-enough-data":
        return f"{said}: not enough data."
    ties = counted(counts.get("n_edges", 0), "tie")
    return f"{said}, {ties}, {counted(len(one['findings']), 'group')}."


def _known_words(known: list[dict[str, Any]]) -> str:
    lines = []
    for one in known:
        lines.append(f"{click.style(one['detector'], bold=True)} (version {one['version']})")
        lines.append(f"    {one['about']}")
        lines += [
            f"    {parameter['name']} = {parameter['default']}  {parameter['about']}"
            for parameter in one["parameters"]
        ]
    return "\n".join(lines)
