"""``undersight seal``: files into the vault, and one signed statement over them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from undersight.cli import console

if TYPE_CHECKING:
    from undersight.workbench.sealing import Sealed, SealState

EXIT_REFUSED = 3
_MOST_SHOWN = 20


@click.command("seal")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--note", default="", help="What it is, in your words; stays in the vault.")
@click.option("--source", default="", help="Id of the protected source, src-…")
@click.option("--url", default="", help="Where it was.")
@click.option("--captured-at", default="", help="When it was saved there: 2031-05-02T14:30+04:00")
@click.option("--recursive", is_flag=True, help="Take in what is in folders too.")
@click.option("--pending", is_flag=True,
              help="Seal what was taken in before and no seal is over yet.")  # fmt: skip
@click.option("--key", default="", help="Name or id of the signing key.")
@click.option("--purpose", default="evidence", show_default=True,
              help="What the seal is for, one word; public.")  # fmt: skip
@click.option("--list", "is_list", is_flag=True, help="List the seals and who stamped them.")
@console.json_option
@click.pass_context
def command(ctx: click.Context, /, files: tuple[Path, ...], **given: Any) -> None:
    r"""Take FILES into the vault and seal them: what they are now can be shown for ever.

    The originals stay where they are. Links are not followed, nothing is unpacked or executed.
    A seal is signed at once; `undersight stamp` has a time authority confirm when.

    \b
    Examples:
      undersight seal page.wacz shot.png --url https://example.org/p/1 --note "before takedown"
      undersight seal --pending
      undersight seal --list
    """
    from undersight.errors import EmptySealError
    from undersight.workbench import sealing

    if given["is_list"]:
        _list(ctx, as_json=given["as_json"])
        return
    if bool(files) == given["pending"]:
        raise EmptySealError
    workspace = console.open_workspace(ctx, verb="seal")

    def passphrase() -> str:
        return console.key_passphrase(is_new=False)

    if given["pending"]:
        sealed = sealing.seal_pending(workspace, key=given["key"], passphrase=passphrase)
    else:
        options = sealing.SealOptions(
            note=given["note"],
            source=given["source"],
            url=given["url"],
            captured_at=given["captured_at"],
            is_recursive=given["recursive"],
            key=given["key"],
            purpose=given["purpose"],
        )
        n_files = sealing.count_files(workspace, files, options)
        with console.progress(n_files, "files") as advance:
            sealed = sealing.seal_files(
                workspace, files, options, passphrase=passphrase, progress=advance
            )
    console.emit(sealed.to_json(), as_json=given["as_json"], words=lambda _json: _words(sealed))
    if sealed.refused:
        ctx.exit(EXIT_REFUSED)


def _list(ctx: click.Context, *, as_json: bool) -> None:
    """Print the seals."""
    from undersight.workbench import sealing

    found = sealing.states(console.open_workspace(ctx))
    data = [state.to_json() for state in found]
    console.emit(data, as_json=as_json, words=lambda _json: _table(found))


def _table(found: tuple[SealState, ...]) -> str:
    rows = []
    for state in found:
        told = state.to_json()
        stamps = ", ".join(state.authorities) or ("" if told["is_stamped"] else "UNSTAMPED")
        if state.block_proof:
            stamps = ", ".join(filter(None, (stamps, f"opentimestamps ({state.block_proof})")))
        rows.append((state.seal_id, told["claimed_at"], str(state.n_items), state.purpose, stamps))
    header = ("seal", "made (own clock)", "items", "purpose", "time")
    return console.table(rows, header) if rows else "No seals yet."


def _words(sealed: Sealed) -> str:
    lines = [f"Not taken in: {one.reason}" for one in sealed.refused]
    told = sealed.to_json()["files"][:_MOST_SHOWN]
    lines += [f"{one['object'][:16]}  {one['type']}  {one['file']}" for one in told]
    if len(sealed.taken) > _MOST_SHOWN:
        lines.append(f"… and {len(sealed.taken) - _MOST_SHOWN} more (all with --json)")
    if sealed.seal is None:
        lines.append(
            "Nothing was waiting to be sealed." if not sealed.refused else "No seal made."
        )
        return "\n".join(lines)
    manifest = sealed.seal.manifest
    lines.append(
        f"{sealed.seal.seal_id}: {manifest.n_items} items, root {manifest.root[:16]}, "
        f"signed by {manifest.key_id}, unstamped (undersight stamp)"
    )
    return "\n".join(lines)
