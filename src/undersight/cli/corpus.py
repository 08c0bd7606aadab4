"""``undersight corpus``: what posts are loaded, and taking them out again."""

from __future__ import annotations

from typing import Any

import click

from undersight.cli import console
from undersight.cli.main import LazyGroup

COMMANDS = ("undo", "remap", "expire")
_MOST_LANGUAGES = 8


@click.group(
    "corpus",
    cls=LazyGroup,
    prefix="corpus_",
    names=COMMANDS,
    invoke_without_command=True,
)
@console.json_option
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> None:
    r"""Say what is loaded: imports, tables, spans, gaps, languages, warnings.

    \b
    Example:
      undersight corpus --json
    """
    if ctx.invoked_subcommand is not None:
        return
    from undersight.workbench import posts_summary

    workspace = console.open_workspace(ctx)
    console.emit(posts_summary.corpus_summary(workspace), as_json=as_json, words=_words)


def _words(found: dict[str, Any]) -> str:
    if not found["imports"]:
        return "Nothing is loaded yet: undersight import FILE"
    rows: list[tuple[str, ...]] = [
        (
            one["import"],
            one["file"],
            one["format"],
            f"{one['records']:,}",
            one["from"][:10],
            one["to"][:10],
            one["expires"] or "–",
        )
        for one in found["imports"]
    ]
    lines = [console.table(rows, ("import", "file", "format", "records", "from", "to", "expires"))]
    sizes: list[tuple[str, ...]] = [
        (name, f"{size['rows']:,}", f"{size['repeated']:,}")
        for name, size in found["tables"].items()
        if size["stored"]
    ]
    lines += ["", console.table(sizes, ("table", "rows", "repeated, counted once"))]
    lines += ["", f"Span: {found['span']['from'] or '?'} to {found['span']['to'] or '?'}"]
    lines += [
        f"No posts from {gap['from']} to {gap['to']} ({gap['days']} days)" for gap in found["gaps"]
    ]
    languages = list(found["languages"].items())
    shown = ", ".join(f"{lang} {n:,}" for lang, n in languages[:_MOST_LANGUAGES])
    lines += [f"Languages: {shown}"] if shown else []
    lines += [f"Mind: {warning}" for warning in found["warnings"]]
    if found["expired"]:
        lines.append(f"{len(found['expired'])} expired imports wait for: undersight corpus expire")
    return "\n".join(lines)
