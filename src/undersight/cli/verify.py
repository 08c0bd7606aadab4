"""``undersight verify``: has anybody edited anything?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from undersight.cli import console

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

EXIT_BROKEN = 4
_MOST_NOTES = 10


@click.command("verify")
@click.option("--deep", is_flag=True, help="Read every object in the vault to its end.")
@console.json_option
@click.pass_context
def command(ctx: click.Context, *, deep: bool, as_json: bool) -> None:
    r"""Check history, logs, objects, seals and time stamps; exit 4 where something was edited.

    Nothing is asked of the network. What each break means: docs/explanation/seals.md.

    \b
    Example:
      undersight verify --deep
    """
    from undersight.workbench import verifying

    workspace = console.open_workspace(ctx)
    with console.progress(verifying.count_objects(workspace), "objects") as advance:
        found = verifying.verify(workspace, is_deep=deep, progress=advance)
    console.emit(found, as_json=as_json, words=_words)
    if not found["is_whole"]:
        ctx.exit(EXIT_BROKEN)


def _words(found: dict[str, Any]) -> str:
    lines = [
        (
            f"History: {found['changes']} changes, {found['erased']} rewritten after withdrawals, "
            f"head {found['history_head'][:16]}"
        ),
        f"Custody: {found['custody_entries']} entries, head {found['custody_head'][:16]}",
        f"Vault: {found['objects']} objects, {found['objects_read']} read to the end",
        f"Seals: {found['seals']}, time stamps that hold: {found['stamps']}",
    ]
    if found["unstamped"]:
        lines.append(f"Unstamped: {', '.join(found['unstamped'])} (undersight stamp)")
    notes = list(_notes(note for note in found["notes"] if note["kind"] != "unstamped"))
    lines += notes[:_MOST_NOTES]
    if len(notes) > _MOST_NOTES:
        lines.append(f"… and {len(notes) - _MOST_NOTES} more notes (all with --json)")
    lines += [_broken(one) for one in found["breaks"]]
    lines.append(_verdict(found))
    return "\n".join(lines)


def _verdict(found: dict[str, Any]) -> str:
    """What is gone need not have been taken away: a copy may have been made in mid-writing."""
    if found["is_whole"]:
        return "Nothing was edited."
    if all((one["what"], one["kind"]) == ("object", "missing") for one in found["breaks"]):
        return (
            "Objects are missing: see above. They were taken away, or this is a copy made while "
            "undersight was open: then copy the folder again. Otherwise restore a backup."
        )
    return "Something was edited: see above."


def _notes(notes: Iterable[dict[str, Any]]) -> Iterator[str]:
    """What is said of several places is said once."""
    places: dict[tuple[str, str], list[str]] = {}
    for note in notes:
        places.setdefault((note["what"], note["detail"]), []).append(note["place"])
    for (what, detail), found in places.items():
        told = found[0] if len(found) == 1 else f"{len(found)} times, first {found[0]}"
        yield f"Note  {what} {told}: {detail}"


def _broken(one: dict[str, Any]) -> str:
    told = one.get("record_id") or one["detail"]
    return f"BROKEN  {one['what']}: {one['kind']} at {one['place']} {told}".rstrip()
