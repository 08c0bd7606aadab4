"""``undersight media``: pictures and documents, what they say and where else they are."""

from __future__ import annotations

import click

from undersight.cli.main import LazyGroup

COMMANDS = ("show", "same")


@click.group("media", cls=LazyGroup, prefix="media_", names=COMMANDS)
def command() -> None:
    """See what pictures and documents say of themselves, and find pictures that look alike."""
