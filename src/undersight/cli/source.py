"""``undersight source``: who protected sources are, in a file of their own."""

from __future__ import annotations

import click

from undersight.cli.main import LazyGroup

COMMANDS = ("add", "list", "show", "remove", "backup")


@click.group("source", cls=LazyGroup, prefix="source_", names=COMMANDS)
def command() -> None:
    """Keep who protected sources are apart, under a passphrase of its own.

    Everywhere else a source is a random id. The file is in no bundle, export or backup of the
    workspace; `undersight source backup` copies it, encrypted, where you say.
    """
