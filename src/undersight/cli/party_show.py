"""``undersight party show``: one person or outlet, and what was done to it."""

from __future__ import annotations

from typing import Any

import click

from undersight.cli import console


@click.command("show")
@click.argument("party")
@click.option("--lang", help="Language of the words: az, en, ru, tr; else the log's own.")
@console.json_option
@click.pass_context
def command(ctx: click.Context, party: str, *, lang: str | None, as_json: bool) -> None:
    r"""Show PARTY: what was done to it in all entries, how it grew, how long it was held.

    \b
    Example:
      undersight party show 0190b5c2-7e61-7c55-8a6e-3f0d2c9b1a77
    """
    from undersight.workbench import acts_against, people

    workspace = console.open_workspace(ctx)
    party_id = workspace.casebook.find(party)
    spoken = lang or workspace.lang
    shown = people.one(workspace, party_id, lang=spoken)
    against = acts_against.told(workspace, party_id, lang=spoken)
    shown["against"] = against.to_json()
    console.emit(shown, as_json=as_json, words=_words)


def _words(shown: dict[str, Any]) -> str:
    against = shown["against"]
    names = " / ".join(shown["shown_names"]) or "–"
    entries = [f"  {title}  ({incident_id})" for incident_id, title in shown["entries"]]
    return "\n".join(
        [
            f"{names}  ({shown['party_kind']}, {shown['public_exposure']})",
            *_merged(shown["stands"]),
            *_part("In custody", [f"  {against['custody']}"] if against["custody"] else []),
            *_part("How it grew", [f"  {against['ladder']}"] if against["ladder"] else []),
            *_part("What was done", [_act(one) for one in against["acts"]]),
            *_part("Vanished while in custody", [f"  {one}" for one in against["vanished"]]),
            *_part(f"Entries ({shown['n_entries']})", entries),
        ]
    )


def _merged(stands: dict[str, list[dict[str, str]]]) -> list[str]:
    """Who stands for the party, and for whom it stands."""
    lines = [f"Merged into {one['name']}  ({one['party_id']})" for one in stands["under"]]
    return lines + [f"Stands for {one['name']}  ({one['party_id']})" for one in stands["for"]]


def _part(heading: str, lines: list[str]) -> list[str]:
    return ["", heading, *lines] if lines else []


def _act(one: dict[str, Any]) -> str:
    return f"  {one['when'] or 'date not known'}: {one['what']}  [{one['title']}]"
