"""``undersight incident update``: add something new to an entry; nothing is overwritten."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from undersight.cli import console

if TYPE_CHECKING:
    from undersight.model.records import Incident
    from undersight.workbench.session import Workspace


@click.command("update")
@click.argument("incident")
@click.option("--note", help="What is new, as readers will see it.")
@click.option("--kind", default="new_fact", show_default=True,
              help="new_fact, status_change, correction, retraction, outcome, ...")  # fmt: skip
@click.option("--on", "published", help="Day of the update, also in words; today if not given.")
@click.option("--source", "sources", multiple=True, help="Outlet or address that reports it.")
@click.option(
    "--denial-by", help="Who denies: the note is the denial, as a claim of this speaker."
)
@click.option("--denial-of", default="", help="Id of the act denied, where there are several.")
@click.option("--yaml", "form", type=click.Path(path_type=Path, allow_dash=True),
              help="More acts, people, claims, sources from a YAML file.")  # fmt: skip
@click.option("--lang", help="Language of the note.")
@console.json_option
@click.pass_context
def command(ctx: click.Context, /, incident: str, **given: Any) -> None:
    r"""Append a dated update to an entry, with new acts or claims if there are any.

    \b
    Examples:
      undersight incident update QV-2031-0001 --note "Released on bail." --kind status_change
      undersight incident update QV-2031-0001 --denial-by "Ministry of the Interior" \\
          --note "The ministry says that no relatives were summoned."
    """
    from undersight.workbench import incidents, updates

    workspace = console.open_workspace(ctx, verb="incident update")
    found = incidents.find_incident(workspace, incident)
    note = given["note"] or _ask_note()
    addition = updates.Addition(
        note=note,
        kind="denial_added" if given["denial_by"] else given["kind"],
        published=given["published"] or "",
        sources=given["sources"],
        denial_by=given["denial_by"] or "",
        denial_of=given["denial_of"],
        parts=console.read_yaml(given["form"]) if given["form"] else {},
        lang=given["lang"] or "",
    )
    appended = updates.append(workspace, found, addition)
    console.tell_differing(appended.differing)
    label = found.public_id or found.record_id
    _tell_denied(workspace, appended.denied_acts)
    if addition.kind in ("status_change", "outcome") and not addition.parts.get("acts"):
        _tell_held(workspace, found)
    if appended.n_closed:
        click.echo(
            f"New parts that readers do not see yet: {appended.n_closed}. "
            f"To open them: undersight incident publish {label}",
            err=True,
        )
    console.emit(
        {"incident_id": found.record_id, "update": appended.number, "closed": appended.n_closed},
        as_json=given["as_json"],
        words=lambda done: f"Update {done['update']} added to {label}",
    )


def _tell_denied(workspace: Workspace, acts: tuple[str, ...]) -> None:
    """Say on standard error which acts a denial answers that named none of them."""
    if not acts:
        return
    click.echo(
        f"The denial answers the whole entry, all {len(acts)} acts of it. Where it is about one, "
        "give --denial-of ACT, or mend it: undersight incident edit CLAIM --set about=ACT. Acts:",
        err=True,
    )
    for record in workspace.casebook.get_many(acts).values():
        click.echo(f"  {record.record_id}  {getattr(record, 'act_type', '')}", err=True)


def _tell_held(workspace: Workspace, incident: Incident) -> None:
    """Say on standard error that a note lets nobody out, where somebody stands as held."""
    from undersight.model.derived.custody import all_custody
    from undersight.workbench import dossiers

    held = all_custody(dossiers.of_incident(workspace, incident.record_id))
    if any(one.held != "no" for one in held):  # all whom the board has inside
        click.echo(
            "Somebody in this entry still stands as held, or as not known to be out: the board "
            "reads acts, not notes. To record a release give it with --yaml FILE: "
            "acts: [{act_type: release, start: DAY, "
            "people: [{name: NAME, role: victim, status: released}]}]",
            err=True,
        )


def _ask_note() -> str:
    from undersight.errors import AnswerNeededError

    if not console.is_interactive():
        raise AnswerNeededError("what is new", "--note TEXT")
    note: str = click.prompt("What is new?", err=True)
    return note
