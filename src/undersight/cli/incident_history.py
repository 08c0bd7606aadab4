"""``undersight incident history``: who changed what, when, why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from undersight.cli import console

if TYPE_CHECKING:
    from undersight.workbench.session import Workspace

_WIDTH = 72  # characters of a value that are printed; ``--json`` has it whole


@click.command("history")
@click.argument("incident")
@console.json_option
@click.pass_context
def command(ctx: click.Context, incident: str, *, as_json: bool) -> None:
    r"""Show every change to an entry and what belongs to it.

    \b
    Example:
      undersight incident history QV-2031-0001
    """
    from undersight.workbench import history, incidents

    workspace = console.open_workspace(ctx)
    found = incidents.find_incident(workspace, incident)
    lines = history.of_incident(workspace, found.record_id)
    console.emit(lines, as_json=as_json, words=lambda told: history_words(workspace, told))


def history_words(workspace: Workspace, lines: list[dict[str, Any]]) -> str:
    """Return changes as text, the oldest first, in the words of the workspace."""
    from undersight.workbench import history

    parts = []
    for line in lines:
        why = f": {line['why']}" if line["why"] else ""
        kind = history.kind_words(workspace, line["kind"])
        parts.append(f"{line['at'][:16]}  {line['author'][:14]}  {line['op']} {kind}{why}")
        parts.append(f"    change {line['change_id']} of {line['record_id']}")
        if line["is_erased"]:
            parts.append("    (rewritten after a withdrawal)")
        for change in line["fields"]:
            told = (line["kind"], change["field"])
            name, before = history.field_said(workspace, *told, change["before"])
            after = history.field_said(workspace, *told, change["after"])[1]
            parts.append(f"    {name}: {_short(before)} → {_short(after)}")
    return "\n".join(parts)


def _short(text: str) -> str:
    text = text or "(nothing)"
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"
