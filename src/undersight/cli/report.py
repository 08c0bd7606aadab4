"""``undersight report``: the casebook and what detection found, for people."""

from __future__ import annotations

import click

from undersight.cli.main import LazyGroup

COMMANDS = ("site", "entry", "pdf", "run")


@click.group("report", cls=LazyGroup, prefix="report_", names=COMMANDS)
def command() -> None:
    """Write the public site, one entry to paste, a PDF, or what a detection run found."""
