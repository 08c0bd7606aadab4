"""``undersight target``: the comments under one post or page, counted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from undersight.cli import console, post_files

if TYPE_CHECKING:
    from undersight.model.comment_sheet import CommentSheet


@click.command("target")
@click.argument("named", metavar="REF|FILE")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False),
              help="Write one HTML page to print.")  # fmt: skip
@click.option("--top", "n_top", type=click.IntRange(1, 100_000), default=50, show_default=True,
              help="How many comments with the most likes are looked at apart.")  # fmt: skip
@click.option("--lang", help="Language of the words.")
@click.option("--as", "format_id", default="", metavar="FORMAT",
              help="File: its format, if it is found out wrongly.")  # fmt: skip
@click.option("--map", "maps", multiple=True, metavar="COLUMN=MEANING",
              help="File: what a column means (account_id, text, time, likes, ...).")  # fmt: skip
@click.option("--set", "constants", multiple=True, metavar="MEANING=VALUE",
              help="File: the same for every row, such as kind=comment.")  # fmt: skip
@click.option("--platform", default="", metavar="PLATFORM",
              help="File: the platform, if it does not say.")  # fmt: skip
@click.option("--target", default="", metavar="ID",
              help="File: the post or page it is from, if it does not say.")  # fmt: skip
@click.option("--zone", default="", metavar="ZONE",
              help="File: the zone of local times, such as Asia/Baku.")  # fmt: skip
@click.option("--day-first/--month-first", default=None, help="File: how 03/04/2031 is read.")
@click.option("--seen", type=click.DateTime(), default=None,
              help="File: when a copied page was seen (UTC), to count “3 h” from.")  # fmt: skip
@console.json_option
@click.pass_context
def command(ctx: click.Context, /, named: str, **given: Any) -> None:
    r"""Count the comments under one post or page: who, since when, saying what.

    REF is the id, the address or a unique part of one post of the corpus, or a page. FILE is a
    file of comments, such as a comment section copied into a text file: it needs no workspace
    and nothing of it is kept. Plain counts with their denominators; what the data lack is said.
    Nobody is named.

    \b
    Examples:
      undersight target copied-comments.txt
      undersight target copied-comments.txt --out sheet.html
      undersight target https://www.facebook.com/sarnakpress/posts/123456 --top 25
      undersight target facebook:123456 --json
    """
    from undersight.workbench import targets

    lang = given["lang"]
    path = Path(named)
    if named == "-" or path.is_file():
        made = _of_file(path, given)
    else:
        workspace = console.open_workspace(ctx)
        with console.progress(targets.N_STEPS, "steps") as advance:
            made = targets.sheet(workspace, named, n_top=given["n_top"], progress=advance)
        lang = lang or workspace.lang
    lang = lang or "en"
    out = given["out"]
    if out is not None:
        console.write_text(out, targets.page(made, lang))
    if given["as_json"]:
        found = {**made.to_json(), "paragraph": targets.paragraph(made, lang)}
        console.emit(found, as_json=True, words=str)
    else:
        click.echo(targets.words(made, lang))
        if made.notes and (named == "-" or path.is_file()):
            click.echo(post_files.MORE, err=True)
        if out is not None:
            click.echo(f"Wrote {out}")


def _of_file(path: Path, given: dict[str, Any]) -> CommentSheet:
    from undersight.workbench import posts_preview, targets

    with post_files.opened(path) as stream:
        importer = targets.importer_of(stream, path.name, given["format_id"])
        choice = post_files.column_choice(given)
        posts_preview.check_choice(importer, choice)
        return targets.sheet_of_file(stream, path.name, importer, choice, n_top=given["n_top"])
