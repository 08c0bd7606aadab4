"""``undersight history``: every change of one record, and open conflicts."""

from __future__ import annotations

import click

from undersight.cli import console
from undersight.cli.incident_history import history_words


@click.command("history")
@click.argument("record", required=False)
@click.option("--conflicts", is_flag=True, help="Fields that colleagues set differently.")
@console.json_option
@click.pass_context
def command(ctx: click.Context, record: str | None, *, conflicts: bool, as_json: bool) -> None:
    r"""Show every change of RECORD: who, when, what, why.

    \b
    Example:
      undersight history 0190b5c2-7e61-7c55-8a6e-3f0d2c9b1a77
      undersight history --conflicts
    """
    from undersight.workbench import history

    workspace = console.open_workspace(ctx)
    if conflicts or record is None:
        found = history.conflicts(workspace)
        console.emit(found, as_json=as_json, words=_conflict_words)
    else:
        console.emit(history.of_record(workspace, record), as_json=as_json, words=history_words)


def _conflict_words(found: list[dict]) -> str:  # type: ignore[type-arg]
    if not found:
        return "No field stands in conflict."
    parts = []
    for conflict in found:
        parts.append(f"{conflict['record_id']} {conflict['field']}")
        parts += [f"    {c['author'][:14]}: {c['value']}" for c in conflict["candidates"]]
    parts.append("The last stands until somebody decides: undersight incident edit ID.")
    return "\n".join(parts)
