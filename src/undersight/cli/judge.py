"""``undersight judge``: what a person makes of a finding."""

from __future__ import annotations

from typing import Any

import click

from undersight.cli import console


@click.command("judge")
@click.argument("finding")
@click.option(
    "--verdict", required=True, metavar="WORD",
    help="stands, innocent, does_not_stand or unclear (vocabulary judgement_verdict).",
)  # fmt: skip
@click.option("--note", default="", help="Why; stays in the team.")
@click.option("--inauthenticity", default="", metavar="WORD",
              help="Are the accounts not what they say? yes, no, unclear.")  # fmt: skip
@click.option("--harm", default="", metavar="WORD", help="Was harm done? yes, no, unclear.")
@click.option("--unmask-pages", "is_unmasking_pages", is_flag=True,
              help="Agree that its pages are named: two people must.")  # fmt: skip
@console.json_option
@click.pass_context
def command(ctx: click.Context, /, finding: str, **given: Any) -> None:
    r"""Record what you make of a FINDING after reading its posts; judging again changes yours.

    The judgement stays with the finding in every later run that finds the same.

    \b
    Examples:
      undersight judge f-3fa9c1d2e4b5a6c7 --verdict innocent --note "one newsroom"
      undersight judge f-3fa9c1d2 --verdict stands --note "read 40 posts" --unmask-pages
    """
    from undersight.workbench import judgements

    as_json = given.pop("as_json")
    workspace = console.open_workspace(ctx, verb="judge")
    done = judgements.judge(workspace, finding, judgements.Opinion(**given))
    console.emit(done, as_json=as_json, words=_words)


def _words(done: dict[str, Any]) -> str:
    said = f"Judged {done['finding_id']}: {done['verdict']}."
    if not done["n_agreed_to_unmask_pages"]:
        return said
    return (
        f"{said} {done['n_agreed_to_unmask_pages']} of {done['n_needed_to_unmask_pages']} people "
        "agree that its pages are named."
    )
