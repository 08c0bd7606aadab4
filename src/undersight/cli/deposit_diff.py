"""``undersight deposit diff``: what vanished, appeared or changed between two deposits."""

from __future__ import annotations

from typing import Any

import click

from undersight.cli import console
from undersight.errors import DepositSingleError
from undersight.i18n import LANGUAGES


@click.command("diff")
@click.argument("name")
@click.argument("numbers", nargs=-1, type=click.IntRange(min=1))
@click.option("--owner", default="", metavar="ID",
              help="Whose custody is laid over it; by default the deposits' owner.")  # fmt: skip
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True,
              help="Language of the sentence.")  # fmt: skip
@console.json_option
@click.pass_context
def command(ctx: click.Context, /, name: str, numbers: tuple[int, ...], **given: Any) -> None:
    r"""Compare two deposits of NAME: the last two, or those with the NUMBERS given.

    Counts and intervals; who caused a change an archive does not tell. Nobody is named, and of a
    login only device and country are shown.

    \b
    Examples:
      undersight deposit diff "Sarnak Hour"
      undersight deposit diff "Sarnak Hour" 1 3 --json
    """
    from undersight.workbench.deposit_states import difference

    if len(numbers) not in (0, 2):
        raise DepositSingleError(name)
    found = difference(console.open_workspace(ctx), name, numbers, owner=given["owner"])
    lang = given["lang"]
    console.emit(
        found.to_json(lang),
        as_json=given["as_json"],
        words=lambda _: "\n".join((found.sentence(lang), *found.lines(lang))),
    )
