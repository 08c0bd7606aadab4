"""``undersight staff``: who works here and whose bundles are accepted."""

from __future__ import annotations

import click

from undersight.cli.main import LazyGroup

COMMANDS = ("show", "add", "list", "remove")


@click.group("staff", cls=LazyGroup, prefix="staff_", names=COMMANDS)
def command() -> None:
    """Show your own line, add colleagues; everybody is a random id, never a name."""
