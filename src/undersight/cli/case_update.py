"""``undersight case update``: a message, or the end, of a dealing with a platform."""

from __future__ import annotations

import click

from undersight.cli import console


@click.command("update")
@click.argument("case")
@click.option("--on", "on_day", default="", help="Day of the message, or of the end.")
@click.option("--message", default="", help="What was written.")
@click.option("--from-platform", is_flag=True, help="The platform wrote it.")
@click.option("--outcome", default="", metavar="OUTCOME",
              help="How it ended: restored, upheld, no_answer, ...")  # fmt: skip
@console.json_option
@click.pass_context
def command(ctx: click.Context, /, case: str, *, as_json: bool, **given: str | bool) -> None:
    r"""Add to CASE what was written, or how it ended; nothing that stands there is changed.

    \b
    Example:
      undersight case update 0190b5c2-7e61-7c55-8a6e-3f0d2c9b1a77 \\
          --outcome restored --on 2031-06-02
    """
    from undersight.workbench import platform_cases

    if not (given["message"] or given["outcome"]):
        msg = "Say what is new: --message or --outcome."
        raise click.UsageError(msg)
    workspace = console.open_workspace(ctx, verb="case update")
    news = platform_cases.News(
        on_day=str(given["on_day"]),
        message=str(given["message"]),
        is_from_platform=bool(given["from_platform"]),
        outcome=str(given["outcome"]),
    )
    fields = platform_cases.update(workspace, case, news)
    console.emit(
        {"case_id": case, "fields": list(fields)},
        as_json=as_json,
        words=lambda d: f"Changed {', '.join(d['fields'])} of {d['case_id']}",
    )
