"""``undersight init``: make a workspace."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from undersight.cli import console
from undersight.errors import UndersightError


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--title", default="", help="Name of your log, as readers will see it.")
@click.option("--jurisdiction", default="", help="Two letters that public ids begin with (AZ).")
@click.option(
    "--lang", "languages", multiple=True, default=("en",), show_default=True,
    help="Language of your entries; repeat it, the first is the main one.",
)  # fmt: skip
@click.option("--casebook-url", default="", help="postgresql://… for a team's server.")
@click.option("--plain", is_flag=True, help="Do not encrypt; for invented or public material.")
@click.pass_context
def command(  # noqa: PLR0913 - one argument per option
    ctx: click.Context,
    folder: Path,
    *,
    title: str,
    jurisdiction: str,
    languages: tuple[str, ...],
    casebook_url: str,
    plain: bool,
) -> None:
    r"""Make a workspace in FOLDER, encrypted under a passphrase.

    \b
    Example:
      undersight init my-log --title "Our log" --jurisdiction QV --lang az --lang en
    """
    from undersight.settings import PLAIN_NOTICE, Profile
    from undersight.workbench.session import Workspace

    profile = Profile(
        title=title, jurisdiction=jurisdiction, languages=languages, casebook_url=casebook_url
    )
    options = ctx.find_root().obj
    was_there, made, is_whole = folder.exists(), None, False
    secret = None if plain else console.passphrase(options, is_new=True, of="new workspace")
    try:
        with Workspace.create(folder, profile, passphrase=secret) as workspace:
            made = workspace.layout
            workspace.casebook.all("incident")
            is_whole = True
            click.echo(f"Made {made.root}")
    except UndersightError:
        if made is not None and not is_whole:
            _take_back(made.root, is_kept=was_there)
        raise
    if plain:
        click.echo(f"  {PLAIN_NOTICE}", err=True)
    else:
        click.echo("  Nobody can open it without the passphrase, we cannot either: keep it safe.")
    click.echo(f"  Next: cd {console.as_word(folder)} && undersight incident add")


def _take_back(folder: Path, *, is_kept: bool) -> None:
    """Empty the folder whose disk or server refused: the command that is run again needs it."""
    for entry in folder.iterdir():
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    if not is_kept:
        folder.rmdir()
