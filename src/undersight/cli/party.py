"""``undersight party``: people, outlets and offices."""

from __future__ import annotations

import click

from undersight.cli.main import LazyGroup

COMMANDS = ("list", "show", "name", "candidates", "merge", "separate")


@click.group("party", cls=LazyGroup, prefix="party_", names=COMMANDS)
def command() -> None:
    """List people, outlets and offices; decide who may be named and who is the same."""
