"""``undersight search``: in any spelling and script, with facets and saved searches."""

from __future__ import annotations

from typing import Any

import click

from undersight.cli import console

_MOST_VALUES = 6


@click.command("search")
@click.argument("words", nargs=-1)
@click.option("--facet", "facets", multiple=True, metavar="FACET=VALUE",
              help="act_type, platform, year, country, place, status, ...")  # fmt: skip
@click.option("--kind", "kinds", multiple=True, help="Only records of this kind as hits.")
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="At most so many."
)
@click.option("--save", metavar="NAME", help="Keep this search under a name.")
@click.option("--saved", metavar="NAME", help="Run a search that was kept.")
@click.option("--list-saved", is_flag=True, help="List kept searches.")
@console.json_option
@click.pass_context
def command(ctx: click.Context, /, words: tuple[str, ...], **given: Any) -> None:
    r"""Search the casebook for WORDS, "phrases" and -exclusions.

    Spelling and script do not matter: eliyev finds Əliyev and Алиев.

    \b
    Examples:
      undersight search eliyev --facet act_type=detention --facet year=2031
      undersight search '"community service"' --save penalties
    """
    from undersight.workbench import searching

    workspace = console.open_workspace(ctx, verb="search" if given["save"] else "")
    if given["list_saved"]:
        saved = searching.saved(workspace)
        console.emit(saved, as_json=given["as_json"], words=_saved_words)
        return
    asked = searching.Asked(
        text=" ".join(words), facets=tuple(given["facets"]), kinds=given["kinds"]
    )
    if given["saved"]:
        asked = searching.recall(workspace, given["saved"])
    if given["save"]:
        searching.keep(workspace, given["save"], asked)
    found = searching.search_with_merged(workspace, asked, limit=given["limit"])
    console.emit(found, as_json=given["as_json"], words=_words)


def _words(found: dict[str, Any]) -> str:
    at_least = "at least " if found["is_lower_bound"] else ""
    one = found["total"] == 1
    lines = [f"{at_least}{found['total']} {'hit' if one else 'hits'}"]
    for hit in found["hits"]:
        lines.append(f"\n{hit['label']}  {click.style(hit['title'], bold=True)}")
        if hit["merged_into"]:
            lines.append(f"    merged into {hit['merged_into']}")
        if hit["snippet"]:
            lines.append(f"    {_marked(hit['snippet'], hit['marks'])}")
    for facet, counts in found["facets"].items():
        most = list(counts.items())[:_MOST_VALUES]
        if most:
            lines.append(f"\n{facet}: " + ", ".join(f"{value} ({n})" for value, n in most))
    return "\n".join(lines)


def _marked(text: str, marks: list[list[int]]) -> str:
    parts, at = [], 0
    for start, end in marks:
        parts += [text[at:start], click.style(text[start:end], bold=True, underline=True)]
        at = end
    return "".join((*parts, text[at:]))


def _saved_words(saved: list[dict[str, Any]]) -> str:
    lines = [f"{one['name']}: {one['query']} {' '.join(one['facets'])}".rstrip() for one in saved]
    return "\n".join(lines) or "No search is kept yet: undersight search WORDS --save NAME"
