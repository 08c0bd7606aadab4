"""``undersight report run``: one detection run as a page, its ties beside it."""

from __future__ import annotations

from pathlib import Path

import click

from undersight.cli import console


@click.command("run")
@click.argument("run", default="")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True,
              help="The page; CSV, Parquet, GraphML and GEXF are written beside it.")  # fmt: skip
@click.option("--lang", help="Language of the words.")
@click.pass_context
def command(ctx: click.Context, run: str, *, out: Path, lang: str | None) -> None:
    r"""Write what a detection RUN found, the latest by default, as one page that needs no network.

    Plain words first, then the network, each group with its reasons, posts and the innocent
    explanations checked, the counts, a method paragraph to copy, and what cannot be said.
    Accounts are masked everywhere; no list of them is written.

    \b
    Examples:
      undersight report run --out report.html
      undersight report run 20311102T101500Z-3fa9c1d2e4b5 --out report.html --lang ru
    """
    from undersight.workbench import run_reports

    workspace = console.open_workspace(ctx)
    for path in run_reports.write(workspace, run, out, lang=lang or workspace.lang):
        click.echo(f"Wrote {path}")
