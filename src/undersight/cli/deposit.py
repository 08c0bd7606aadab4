"""``undersight deposit``: what a newsroom leaves before its page is taken, and what changed."""

from __future__ import annotations

import click

from undersight.cli.main import LazyGroup

COMMANDS = ("add", "list", "diff", "dossier", "reveal")


class _DepositGroup(LazyGroup):
    """Takes ``deposit NAME FILE…`` for ``deposit add NAME FILE…``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``add`` in front where no command is named."""
        is_named = not args or args[0] in (*self.names, "-h", "--help")
        return super().parse_args(ctx, args if is_named else ["add", *args])


@click.group("deposit", cls=_DepositGroup, prefix="deposit_", names=COMMANDS)
def command() -> None:
    r"""Deposits of a page or newsroom: a sealed baseline, repeated, compared.

    \b
    Examples:
      undersight deposit "Sarnak Hour" facebook-archive.zip followers.csv
      undersight deposit diff "Sarnak Hour"
    """
