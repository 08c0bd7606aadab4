"""``undersight case add``: a dealing with a platform."""

from __future__ import annotations

from typing import Any

import click

from undersight.cli import console


@click.command("add")
@click.option("--platform", required=True, help="Which platform (facebook, instagram, ...).")
@click.option("--about", required=True, metavar="KIND",
              help="About what: suspension, hijack_recovery, ...")  # fmt: skip
@click.option("--account", default="", help="Name of the page or account.")
@click.option("--incident", default="", help="Entry it belongs to; a new one otherwise.")
@click.option("--notice-on", default="", help="Day on which the platform told of it.")
@click.option("--rule", default="", help="The rule that the platform named.")
@click.option("--due", default="", help="Day by which something must be done.")
@click.option("--basis", default="", help="Where that day comes from.")
@console.json_option
@click.pass_context
def command(ctx: click.Context, /, *, as_json: bool, **given: str) -> None:
    r"""Record a dealing with a platform.

    \b
    Example:
      undersight case add --platform facebook --about hijack_recovery --account "Dalga TV" \\
          --notice-on 2031-05-19 --due 2031-11-15 --basis "180 days to appeal"
    """
    from undersight.workbench import platform_cases

    workspace = console.open_workspace(ctx, verb="case add")
    done: dict[str, Any] = platform_cases.add(workspace, platform_cases.Opened(**given))
    console.emit(
        done,
        as_json=as_json,
        words=lambda d: f"Recorded {d['case_id']} in {d['incident_id']}",
    )
