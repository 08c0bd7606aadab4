"""``undersight incident draft``: what the program understands of a text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from undersight.cli import console

if TYPE_CHECKING:
    import datetime as dt

    from undersight.model.draft import Draft


@click.command("draft")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--context-date", type=console.Day(),
    help="Day the text was published; yearless and relative dates count from it.",
)  # fmt: skip
@click.option(
    "--lang",
    type=click.Choice(("en", "az", "ru", "tr")),
    help="Language of the text; found out, entry by entry, if not given.",
)
@click.option("--local-model", metavar="URL#MODEL",
              help="Also ask a model server on this computer (OpenAI-compatible).")  # fmt: skip
@console.json_option
@click.pass_context
def command(
    ctx: click.Context,
    file: Path,
    *,
    context_date: dt.datetime | None,
    lang: str | None,
    local_model: str | None,
    as_json: bool,
) -> None:
    r"""Propose entries from the text in FILE (- for standard input, or a saved HTML page).

    Nothing is stored. `undersight incident add --from-draft FILE` walks through the same
    proposals and stores what you accept.

    \b
    Example:
      undersight incident draft log.txt --context-date 2031-12-05 --json
    """
    from undersight.workbench import drafts

    with drafts.gazetteer_near(ctx.find_root().obj["workspace"]) as gazetteer:
        proposal = drafts.propose(
            console.read_bytes(file),
            name=str(file),
            context_date=context_date.date() if context_date else None,
            lang=lang,
            gazetteer=gazetteer,
            local_model=local_model,
        )
    console.emit(
        proposal.draft.to_json(),
        as_json=as_json,
        words=lambda _: _in_words(proposal.text, proposal.draft),
    )


def _in_words(text: str, draft: Draft) -> str:
    parts = []
    for number, entry in enumerate(draft.entries, 1):
        headline = entry.headline or text[entry.start : entry.end].strip().split("\n")[0][:80]
        parts.append(
            f"{number}. {headline}" + (f"  [updated {entry.updated}]" if entry.updated else "")
        )
        rows = []
        for i, found in enumerate(entry.fields, 1):
            kind = found.kind if found.role is None else f"{found.kind} ({found.role})"
            tie = "" if found.of is None else f"of {found.of + 1}"
            read = text[found.start : found.end].replace("\n", " ")[:60]
            rows.append((str(i), kind, value_words(found.value), tie, read))
        parts.append(console.table(rows, ("", "kind", "value", "act", "read from")))
        if entry.not_captured:
            passages = console.counted(len(entry.not_captured), "passage is", "passages are")
            parts.append(f"   {passages} in no field.")
        parts.append("")
    return "\n".join(parts) if parts else "No entry was found in this text."


def value_words(value: Any) -> str:
    """Return a field's value in one line."""
    if isinstance(value, str):
        return value
    return ", ".join(f"{name} {v}" for name, v in value.items() if v is not None)
