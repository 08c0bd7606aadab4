"""``undersight account``: who may sign in to the workbench in the browser."""

from __future__ import annotations

import click

from undersight.cli.main import LazyGroup

COMMANDS = ("add", "list", "role", "password", "remove", "invite", "sessions", "taken")


@click.group("account", cls=LazyGroup, prefix="account_", names=COMMANDS)
def command() -> None:
    """Make, change and remove accounts for a workbench that several people use.

    As soon as there is one, everybody signs in; the passphrase then only opens the workspace.
    Accounts hold no keys and go into no bundle or export.
    """
