"""``undersight incident publish``: the harm check, then open the entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from undersight.cli import console

if TYPE_CHECKING:
    from undersight.model.naming import Audience
    from undersight.workbench.session import Workspace

ANSWERS = ("no_risk", "mitigated", "accepted_by_person")


@click.command("publish")
@click.argument("incidents", nargs=-1, required=True)
@click.option("--audience", type=click.Choice(["partner", "public"]), default="public",
              show_default=True, help="Whom it is opened to.")  # fmt: skip
@click.option("--answer", "answers", multiple=True, metavar="FINDING=ANSWER",
              help="Answer a question by its id; ALL answers every one.")  # fmt: skip
@click.option("--note", default="", help="Why, for --answer.")
@console.json_option
@click.pass_context
def command(
    ctx: click.Context,
    incidents: tuple[str, ...],
    *,
    audience: Audience,
    answers: tuple[str, ...],
    note: str,
    as_json: bool,
) -> None:
    r"""Open INCIDENTS to partners or the public, after asking whom it could harm.

    Names of people stay masked until they agree or a reason is recorded (undersight party name).

    \b
    Example:
      undersight incident publish 0190b5c2 --answer ALL=no_risk --note "invented people"
    """
    from undersight.workbench import incidents as entries
    from undersight.workbench import publishing

    workspace = console.open_workspace(ctx, verb="incident publish")
    found = [entries.find_incident(workspace, named) for named in incidents]
    ids = [incident.record_id for incident in found]
    publishing.refuse_unready(workspace, ids)
    findings = publishing.harm_findings(workspace, ids, audience=audience)
    waiting = publishing.unanswered(workspace, findings)
    if waiting:
        _answer_all(workspace, waiting, answers, note)
    done = [publishing.publish(workspace, incident, audience=audience) for incident in found]
    console.emit(
        [
            {"incident_id": d.incident_id, "public_id": d.public_id, "audience": d.audience}
            for d in done
        ],
        as_json=as_json,
        words=lambda _: "\n".join(
            f"Opened to {d.audience}: {d.public_id or d.incident_id} "
            f"({console.counted(d.n_records, 'record')})"
            for d in done
        ),
    )


def _answer_all(
    workspace: Workspace,
    waiting: tuple[Any, ...],
    given: tuple[str, ...],
    note: str,
) -> None:
    from undersight.errors import AnswerNeededError
    from undersight.workbench import publishing

    told = dict(word.partition("=")[::2] for word in given)
    for finding in waiting:
        click.echo(f"{finding.question}: {finding.what}", err=True)
        click.echo(f"  {finding.advice}  [{finding.finding_id[:12]}]", err=True)
    for finding in waiting:
        verdict = told.get(finding.finding_id[:12]) or told.get(finding.finding_id)
        verdict = verdict or told.get("ALL", "")
        reason = note
        if not verdict:
            if not console.is_interactive():
                raise AnswerNeededError(
                    "answers to the questions above",
                    f"--answer {finding.finding_id[:12]}={'|'.join(ANSWERS)} --note WHY",
                )
            click.echo(f"{finding.question}: {finding.what}", err=True)
            verdict = click.prompt("Answer", type=click.Choice(ANSWERS), err=True)
            reason = click.prompt("Why", err=True)
        publishing.answer(workspace, finding, verdict=verdict, note=reason)
