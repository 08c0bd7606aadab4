"""``undersight key``: the keys that sign seals."""

from __future__ import annotations

import click

from undersight.cli.main import LazyGroup

COMMANDS = ("new", "list", "rotate", "revoke")


@click.group("key", cls=LazyGroup, prefix="key_", names=COMMANDS)
def command() -> None:
    """Make, list, replace and revoke the keys that sign seals.

    The first seal makes a key by itself. A key is opened by the workspace's passphrase and, if
    you give it one, by its own too. What became of each key is kept for ever.
    """
