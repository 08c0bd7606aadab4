"""``undersight takedown add``: record a removed network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from undersight.cli import console


@click.command("add")
@click.option("--name", required=True, help="What the report calls it.")
@click.option("--reporter", default="", help="Who reports it.")
@click.option("--published", default="", help="Day or month of the report.")
@click.option("--accounts", type=click.IntRange(0), help="Accounts removed.")
@click.option("--pages", type=click.IntRange(0), help="Pages removed.")
@click.option("--groups", type=click.IntRange(0), help="Groups removed.")
@click.option("--instagram", type=click.IntRange(0), help="Instagram accounts removed.")
@click.option("--attributed-to", default="", help="The attribution as the report words it.")
@click.option("--incident", default="", help="Entry it belongs to; a new one otherwise.")
@click.option("--indicators", type=click.Path(path_type=Path, allow_dash=True),
              help="CSV with indicator_type,indicator_value,comment,ds.")  # fmt: skip
@console.json_option
@click.pass_context
def command(ctx: click.Context, /, **given: Any) -> None:
    r"""Record a removed network as one report gives it.

    \b
    Example:
      undersight takedown add --name "Network of June" --reporter "Platform P" \\
          --published 2031-06 --accounts 589 --pages 7906 --attributed-to "a youth union"
    """
    from undersight.workbench import takedowns

    workspace = console.open_workspace(ctx, verb="takedown add")
    raw = console.read_bytes(given["indicators"]) if given["indicators"] else None
    counts = {name: given[name] for name in ("accounts", "pages", "groups", "instagram")}
    report = takedowns.Report(
        name=given["name"],
        reporter=given["reporter"],
        published=given["published"],
        removed={name: n for name, n in counts.items() if n is not None},
        attributed_as_text=given["attributed_to"],
        indicators=takedowns.read_indicators(raw) if raw is not None else (),
    )
    done = takedowns.add(workspace, report, incident=given["incident"])
    console.emit(
        done,
        as_json=given["as_json"],
        words=lambda d: f"Recorded in {d['incident_id']} with {d['indicators']} indicators",
    )
