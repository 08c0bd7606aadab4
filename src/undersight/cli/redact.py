"""``undersight redact``: a copy with parts taken out, bound to the sealed original."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from undersight.cli import console


@click.command("redact")
@click.argument("digest")
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="FILE",
              help="Where to write the copy; its record goes beside it.")  # fmt: skip
@click.option("--term", "terms", multiple=True,
              help="A name or word to take out, in every spelling and ending.")  # fmt: skip
@click.option("--terms-from", type=click.Path(path_type=Path), metavar="FILE",
              help="The same from a file, one a line: none stays in the shell.")  # fmt: skip
@click.option("--span", "spans", multiple=True, metavar="START-END",
              help="Characters of a text to take out, from 0.")  # fmt: skip
@click.option("--box", "boxes", multiple=True, metavar="[PAGE:]L,T,R,B",
              help="Box to fill: pixels of a picture, points of a PDF's page.")  # fmt: skip
@console.json_option
@click.pass_context
def command(ctx: click.Context, /, digest: str, **given: Any) -> None:
    r"""Make a redacted copy of the sealed object DIGEST: text, picture or PDF.

    The copy holds pixels or plain text and nothing else, and is searched for what was taken out
    before it is written. Look at it yourself before it goes out.

    \b
    Examples:
      undersight redact 9f86d0… --terms-from names.txt --out order.pdf
      undersight redact 5e8848… --box 120,40,260,90 --out photo.png
    """
    from undersight.workbench import redaction

    terms = list(given["terms"])
    if given["terms_from"]:
        lines = console.read_text(given["terms_from"]).splitlines()
        terms += [line.strip() for line in lines if line.strip()]
    request = redaction.read_request(terms, given["spans"], given["boxes"])
    workspace = console.open_workspace(ctx, verb="redact")
    made = redaction.redact(workspace, digest, request)
    out: Path = given["out"]
    console.write_bytes(out, made.data)
    console.write_bytes(out.with_name(f"{out.name}.record.json"), made.record_bytes)
    console.emit(made.to_json(), as_json=given["as_json"], words=_words)


def _words(made: dict[str, Any]) -> str:
    lines = [f"Copy    {made['copy']}", f"Record  {made['record']}", f"Opening {made['opening']}"]
    lines += [f"Checked: {one}." for one in made["checks"]]
    lines += [f"MIND: {one}" for one in made["warnings"]]
    lines.append("Seal all three with: undersight seal --pending")
    return "\n".join(lines)
