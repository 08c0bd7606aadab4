"""``undersight incident edit``: correct a record; the old values stay in the history."""

from __future__ import annotations

import click

from undersight.cli import console


@click.command("edit")
@click.argument("record")
@click.option("--set", "assignments", multiple=True, metavar="FIELD=VALUE", required=True,
              help="A field and its new value; repeat it.")  # fmt: skip
@click.option("--why", required=True, help="The reason, for the history.")
@click.option("--lang", help="Language of text you give.")
@console.json_option
@click.pass_context
def command(
    ctx: click.Context,
    record: str,
    *,
    assignments: tuple[str, ...],
    why: str,
    lang: str | None,
    as_json: bool,
) -> None:
    r"""Change fields of RECORD: an incident, or any part of one by its id.

    \b
    Example:
      undersight incident edit QV-2031-0001 --set verification=confirmed --why "court record"
    """
    from undersight.model.codec import to_json
    from undersight.workbench import updates

    workspace = console.open_workspace(ctx, verb="incident edit")
    record_id = workspace.casebook.find(record)
    fields = updates.read_assignments(
        workspace, record_id, assignments, lang=lang or workspace.lang
    )
    updates.edit(workspace, record_id, fields, why=why)
    console.emit(
        to_json(workspace.casebook.get(record_id)),
        as_json=as_json,
        words=lambda done: f"Changed {', '.join(fields)} of {done['kind']} {record_id}",
    )
