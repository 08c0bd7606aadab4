"""``undersight incident history``: who changed what, when, why."""

from __future__ import annotations

import click

from undersight.cli import console


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
    console.emit(lines, as_json=as_json, words=history_words)


def history_words(lines: list[dict]) -> str:  # type: ignore[type-arg]
    """Return changes as text, the oldest first."""
    parts = []
    for line in lines:
        why = f": {line['why']}" if line["why"] else ""
        parts.append(f"{line['at'][:16]}  {line['author'][:14]}  {line['op']} {line['kind']}{why}")
        parts.append(f"    change {line['change_id']} of {line['record_id']}")
        if line["is_erased"]:
            parts.append("    (rewritten after a withdrawal)")
        parts += [
            f"    {change['field']}: {_short(change['before'])} → {_short(change['after'])}"
            for change in line["fields"]
        ]
    return "\n".join(parts)


def _short(value: object) -> str:
    text = "(nothing)" if value in (None, "", [], {}) else str(value)
    return text if len(text) <= 72 else text[:71] + "…"
