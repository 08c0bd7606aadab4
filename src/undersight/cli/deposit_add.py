"""``undersight deposit NAME FILE...``: leave a sealed baseline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from undersight.cli import console
from undersight.errors import InvalidValueError

if TYPE_CHECKING:
    from undersight.workbench.deposits import Deposited

EXIT_REFUSED = 3


@click.command("add")
@click.argument("name")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--half", is_flag=True,
              help="Commit to the files only; they stay with their administrator.")  # fmt: skip
@click.option("--challenge", is_flag=True,
              help="Make a code to be shown on the page, found in saved pages.")  # fmt: skip
@click.option("--owner", default="", metavar="ID",
              help="The owner in the casebook (undersight party list).")  # fmt: skip
@console.json_option
@click.pass_context
def command(ctx: click.Context, /, name: str, files: tuple[Path, ...], **given: Any) -> None:
    r"""Leave FILES of NAME, a page or newsroom, under seal: a baseline of what it was.

    FILES are the platform's own archive (ZIP), saved pages, a table of follower counts, and a
    statement of control with its signature: `ssh-keygen -Y sign -n undersight-deposit -f KEY
    statement.txt`. With --half nothing comes in but a commitment; the opening is written beside
    each file and proves it later (`deposit reveal`). The word `add` may be left out.

    \b
    Examples:
      undersight deposit add "Sarnak Hour" facebook-archive.zip followers.csv page.wacz
      undersight deposit "Sarnak Hour" --challenge
      undersight deposit "Sarnak Hour" facebook-archive.zip --half
    """
    from undersight.workbench import deposit_records, deposits

    if given["challenge"] == bool(files):
        raise InvalidValueError("deposit", "FILE", "files, or --challenge alone", "both or none")
    workspace = console.open_workspace(ctx, verb="deposit")
    if given["challenge"]:
        code = deposit_records.new_challenge(workspace, name)
        words = f"Show this on the page, save the page, then deposit what was saved:\n{code}"
        console.emit({"code": code}, as_json=given["as_json"], words=lambda _: words)
        return
    take = deposits.deposit_halves if given["half"] else deposits.deposit_files_of
    done = take(
        workspace,
        name,
        files,
        owner=given["owner"],
        passphrase=lambda: console.key_passphrase(is_new=False),
    )
    console.emit(done.to_json(), as_json=given["as_json"], words=lambda _: _words(done))
    if done.refused:
        ctx.exit(EXIT_REFUSED)


def _words(done: Deposited) -> str:
    deposit = done.deposit
    lines = [f"Not taken in: {one.reason}" for one in done.refused]
    lines += [f"{one.role}: {one.object[:16]}  {one.name}" for one in deposit.files]
    lines += [f"For the administrator alone: {path}" for path in done.openings]
    if deposit.statement_key:
        lines.append(f"Statement of control signed by {deposit.statement_key}")
    if deposit.shown_in:
        lines.append("The challenge code stands in what was saved of the page.")
    lines.append(f"Deposit {deposit.number} of {deposit.name}, {done.seal_id}, unstamped.")
    return "\n".join((*lines, *(f"Note: {one}" for one in done.warnings)))
