"""``undersight takedown``: removed networks as reported."""

from __future__ import annotations

import click

from undersight.cli.main import LazyGroup

COMMANDS = ("list", "show", "add")


@click.group("takedown", cls=LazyGroup, prefix="takedown_", names=COMMANDS)
def command() -> None:
    """Record and show removed networks; two reports of one network stand side by side."""
