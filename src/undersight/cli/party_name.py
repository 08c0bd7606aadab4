"""``undersight party name``: decide whether somebody may be named."""

from __future__ import annotations

import click

from undersight.cli import console


@click.command("name")
@click.argument("party")
@click.option("--consent", metavar="SCOPE", help="The person agreed; to what (name, account).")
@click.option("--public-because", metavar="REASON", help="Named in public already; where, why.")
@click.option("--withhold", metavar="WHY", help="Must not be named from now on.")
@click.option("--retaliation", metavar="ANSWER",
              help="Could publishing bring retaliation? Your answer.")  # fmt: skip
@console.json_option
@click.pass_context
def command(  # noqa: PLR0913 - one argument per option
    ctx: click.Context,
    party: str,
    *,
    consent: str | None,
    public_because: str | None,
    withhold: str | None,
    retaliation: str | None,
    as_json: bool,
) -> None:
    r"""Record consent, a reason, or a refusal to be named for PARTY.

    \b
    Example:
      undersight party name 0190b5c2-... --consent name --retaliation "asked, none expected"
    """
    from undersight.errors import AnswerNeededError
    from undersight.workbench import people

    given = [option for option in (consent, public_because, withhold) if option]
    if len(given) != 1:
        message = "Give exactly one of --consent, --public-because and --withhold."
        raise click.UsageError(message)
    workspace = console.open_workspace(ctx, verb="party name")
    party_id = workspace.casebook.find(party)
    if withhold:
        done = people.withhold_name(workspace, party_id, why=withhold)
    else:
        question = "Could publishing the name bring retaliation?"
        if not retaliation:
            if not console.is_interactive():
                raise AnswerNeededError(f"an answer to “{question}”", "--retaliation ANSWER")
            retaliation = click.prompt(question, err=True)
        done = people.allow_naming(
            workspace,
            party_id,
            consent=consent or "",
            reason=public_because or "",
            risk=retaliation or "",
        )
    console.emit(
        done, as_json=as_json, words=lambda one: f"May be named: {one['public_exposure']}"
    )
