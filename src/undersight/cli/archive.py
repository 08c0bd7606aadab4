"""``undersight archive``: web archives checked and read."""

from __future__ import annotations

import click

from undersight.cli.main import LazyGroup

COMMANDS = ("check", "pages", "extract")


@click.group("archive", cls=LazyGroup, prefix="archive_", names=COMMANDS)
def command() -> None:
    """Check web archives (WACZ, WARC) and read what they hold."""
