"""``undersight passphrase``: what opens the workspace."""

from __future__ import annotations

import click

from undersight.cli.main import LazyGroup

COMMANDS = ("change", "add", "list", "remove")


@click.group("passphrase", cls=LazyGroup, prefix="passphrase_", names=COMMANDS)
def command() -> None:
    """Change, add, list and remove the passphrases that open the workspace.

    Nobody can open it without one of them, we cannot either. Keep a second one in a safe.
    Backups open with the passphrases of the day they were brought up to date.
    """
