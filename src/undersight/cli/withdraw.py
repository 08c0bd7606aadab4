"""``undersight withdraw``: take a person out for good."""

from __future__ import annotations

from typing import Any

import click

from undersight.cli import console

_MOST_LISTED = 12


@click.command("withdraw")
@click.argument("party")
@click.option("--why", required=True, help="The reason, without the name.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@console.json_option
@click.pass_context
def command(ctx: click.Context, party: str, *, why: str, yes: bool, as_json: bool) -> None:
    r"""Erase who PARTY is: from entries, history, search, exports and backups to come.

    A dated tombstone without identity stays, so that counts stay right. It cannot be undone.

    \b
    Example:
      undersight withdraw 0190b5c2-... --why "asked to be taken out"
    """
    from undersight.workbench import withdrawals

    workspace = console.open_workspace(ctx, verb="withdraw")
    party_id = workspace.casebook.find(party)
    if not yes and not console.confirm(withdrawals.question(workspace, party_id), option="--yes"):
        return
    done = withdrawals.withdraw(workspace, party_id, why=why)
    console.emit(done, as_json=as_json, words=_words)


def _words(done: dict[str, Any]) -> str:
    n_records = len(done["party_ids"])
    merged = [f"{n_records} records of one person, merged before, went together."]
    lines = [
        (
            f"Withdrawn on {done['day']}: {done['records']} records and {done['changes']} changes "
            f"rewritten, {done['marks']} places in text blacked out."
        ),
        *(merged if n_records > 1 else ()),
        (
            f"Begun drafts masked: {done['drafts']}. Let go: {done['bundles']} bundles of "
            f"colleagues that waited, {done['jobs']} jobs."
        ),
        "Still to do by you:",
        "  run `undersight backup` to every backup folder, so that the old keys go there too;",
        "  write the public site again, and ask partners to merge your next bundle;",
    ]
    if done["evidence"]:
        lines.append("  decide about sealed evidence that may show the person (undersight erase):")
        lines += [f"    {digest}" for digest in done["evidence"]]
    if rest := [one for one in done["sealed"] if one not in done["evidence"]]:
        lines.append(
            f"  decide about {len(rest)} other sealed files in which the name stands, such as "
            "what was published (undersight erase; --json lists them all):"
        )
        lines += [f"    {digest}" for digest in rest[:_MOST_LISTED]]
    if done["unsearched"]:
        lines.append(f"  look yourself into {done['unsearched']} sealed files: they are too large "
                     "to search, or damaged.")  # fmt: skip
    if done["imports"]:
        lines.append("  decide about posts by or about the person (undersight corpus undo):")
        lines += [f"    import {one['import'][:12]}: {one['posts']}" for one in done["imports"]]
    if done["outputs"]:
        lines.append("  make anew or delete what was made for others and names the person:")
        lines += [f"    exports/{name}" for name in done["outputs"]]
    return "\n".join(lines)
