"""``undersight case``: dealings with platforms."""

from __future__ import annotations

import click

from undersight.cli.main import LazyGroup

COMMANDS = ("list", "add", "update")


@click.group("case", cls=LazyGroup, prefix="case_", names=COMMANDS)
def command() -> None:
    """Keep dealings with platforms: suspensions, rejected verification, hijacked pages."""
