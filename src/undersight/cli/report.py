"""``undersight report``: the casebook for people."""

from __future__ import annotations

import click

from undersight.cli.main import LazyGroup

COMMANDS = ("site", "entry", "pdf")


@click.group("report", cls=LazyGroup, prefix="report_", names=COMMANDS)
def command() -> None:
    """Write the public site, one entry to paste, or a PDF."""
