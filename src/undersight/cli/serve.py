"""``undersight serve``: the workbench in a browser, on this computer only."""

from __future__ import annotations

import importlib.util

import click


@click.command("serve")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="Where to answer; 0 for any free one. 8765, or any if that is taken.",
)
@click.option(
    "--idle",
    "idle_minutes",
    type=click.FloatRange(min=0),
    default=15,
    show_default=True,
    help="Lock after so many minutes unused; 0 for never.",
)
@click.option("--no-browser", is_flag=True, help="Print the address and open nothing.")
@click.pass_context
def command(
    ctx: click.Context, *, port: int | None, idle_minutes: float, no_browser: bool
) -> None:
    r"""Open the workbench in a browser, until you press Ctrl-C.

    It answers this computer only. Without a workspace around the current folder it begins with a
    guide: make one, or look at an invented one.

    \b
    Examples:
      undersight serve
      undersight -w my-log serve --port 9000 --no-browser
    """
    from undersight.errors import MissingExtraError

    for name in ("starlette", "uvicorn", "multipart", "fastapi"):
        if importlib.util.find_spec(name) is None:
            raise MissingExtraError("The workbench in the browser", "web")
    from undersight.web.serving import serve
    from undersight.workbench import starting

    root = starting.find_or_none(ctx.find_root().obj["workspace"])
    serve(
        root,
        port=port,
        idle_s=idle_minutes * 60,
        is_opening=not no_browser,
        tell=lambda address: click.echo(f"The workbench is open at {address}"),
    )
