"""``undersight handover``: chosen evidence in a package that checks itself on any machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from undersight.cli import console

if TYPE_CHECKING:
    from undersight.model.naming import Audience


@click.command("handover")
@click.argument("selection", nargs=-1)
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False),
              help="The ZIP file to write.")  # fmt: skip
@click.option("--since", type=console.Day(), default=None,
              help="Everything taken in from this day on, UTC: 2031-05-02")  # fmt: skip
@click.option("--audience", type=click.Choice(["partner", "public", "internal"]),
              default="partner", show_default=True,
              help="Who receives it; public: originals only by name.")  # fmt: skip
@click.option("--redacted", is_flag=True,
              help="Put the redacted copy in place of every original that has one.")  # fmt: skip
@click.option("--metadata", is_flag=True,
              help="Show what was sealed about them: file names, notes, addresses.")  # fmt: skip
@click.option("--whole-custody", is_flag=True,
              help="Show all custody entries in between, others' too.")  # fmt: skip
@click.option("--key", default="", help="Name or id of the signing key.")
@console.json_option
@click.pass_context
def command(ctx: click.Context, /, selection: tuple[str, ...], **given: Any) -> None:
    r"""Hand over evidence: SELECTION is entries, objects (digests), seals and findings.

    The package holds the objects, their seals, time stamps, custody entries and proofs, and
    nothing about anything else under these seals. `python3 verify.py` in it checks it on a machine
    without undersight. Entries go along as the audience may see them, after the harm check.

    \b
    Examples:
      undersight handover QV-2031-0004 --out case.zip
      undersight handover 3f9a0c1d22e7 seal-000003 --audience public --out evidence.zip
      undersight handover --since 2031-05-01 --redacted --out may.zip
    """
    from undersight.workbench import handovers

    workspace = console.open_workspace(ctx, verb="handover", takes_out=True)
    options = handovers.HandoverOptions(
        audience=cast("Audience", given["audience"]),
        is_redacted=given["redacted"],
        is_metadata_shown=given["metadata"],
        is_custody_whole=given["whole_custody"],
        since=console.day_of(given["since"]),
        key=given["key"],
    )
    made = handovers.hand_over(
        workspace,
        selection,
        given["out"],
        options,
        passphrase=lambda: console.key_passphrase(is_new=False),
    )
    console.note_taken(ctx, workspace, given["audience"], (given["out"],))
    console.emit(made.to_json(), as_json=given["as_json"], words=_words)


def _words(made: dict[str, Any]) -> str:
    n_parts = f"objects {made['objects']}, entries {made['entries']}, findings {made['findings']}"
    lines = [f"Wrote {made['file']}: {n_parts}. In the unpacked folder: python3 verify.py"]
    if made["withheld"]:
        told = "Left out, since they go along only when named by digest: objects"
        lines.append(f"{told} {made['withheld']}.")
    lines += [f"Under no seal yet (undersight seal --pending): {one}" for one in made["unsealed"]]
    lines += [f"Not in it: {loss}" for loss in made["losses"]]
    return "\n".join(lines)
