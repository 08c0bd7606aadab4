"""``undersight board``: who is inside, who is due out, what is quiet, what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from undersight.cli import console

if TYPE_CHECKING:
    import datetime as dt

    from undersight.workbench.boards import Section


_MOST_LINES = 20


@click.command("board")
@click.option(
    "--on",
    "day",
    type=console.Day(),
    help="Day; today if not given. A past day is shown as recorded then.",
)
@click.option("--ahead", "n_days_ahead", type=click.IntRange(0), default=30, show_default=True,
              help="Days to look ahead.")  # fmt: skip
@click.option("--quiet", "n_days_quiet", type=click.IntRange(1), default=90, show_default=True,
              help="Days without news.")  # fmt: skip
@click.option("--lang", help="Language.")
@console.json_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    day: dt.datetime | None,
    n_days_ahead: int,
    n_days_quiet: int,
    lang: str | None,
    as_json: bool,
) -> None:
    r"""Show what to look at today.

    \b
    Example:
      undersight board --ahead 14
    """
    from undersight.workbench import boards

    workspace = console.open_workspace(ctx)
    asked = boards.Asked(
        day=day.date() if day else workspace.today,
        n_days_ahead=n_days_ahead,
        n_days_quiet=n_days_quiet,
        lang=lang or workspace.lang,
    )
    shown = boards.board_of(workspace, asked)
    if asked.day < workspace.today:
        click.echo(
            "As it was recorded on that day: what was entered later is not in it.", err=True
        )
    console.emit(shown.to_json(), as_json=as_json, words=lambda _: _words(shown.sections))


def _words(sections: tuple[Section, ...]) -> str:
    parts = []
    for section in sections:
        parts.append(click.style(section.title, bold=True))
        parts += [f"  {line}" for line in section.lines[:_MOST_LINES]] or ["  –"]
        if len(section.lines) > _MOST_LINES:
            parts.append(f"  … and {len(section.lines) - _MOST_LINES} more (all with --json)")
    return "\n".join(parts)
