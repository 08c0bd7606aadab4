"""``undersight incident``: drafting, entering, showing and updating entries."""

from __future__ import annotations

import click

from undersight.cli.main import LazyGroup

COMMANDS = ("draft", "add", "list", "show", "update", "edit", "publish", "history")


@click.group("incident", cls=LazyGroup, prefix="incident_", names=COMMANDS)
def command() -> None:
    """Draft, enter, show, update and publish entries."""
