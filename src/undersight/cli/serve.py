"""``undersight serve``: the workbench in a browser, on this computer unless others are let in."""

from __future__ import annotations

import importlib.util
from typing import Any

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
    help="Lock after so many minutes unused; 0 for never. What undersight.toml says, else 15.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Answer at this address of yours, so that others can sign in; accounts are needed.",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="NAME[:PORT]",
    help="A name under which browsers see it; every other is refused. May be repeated.",
)
@click.option(
    "--behind-tls", is_flag=True, help="A proxy of yours in front speaks TLS: name it by --name."
)
@click.option("--no-browser", is_flag=True, help="Print the address and open nothing.")
@click.pass_context
def command(ctx: click.Context, /, *, port: int | None, host: str, **how: Any) -> None:
    r"""Open the workbench in a browser, until you press Ctrl-C.

    It answers this computer only, unless --host or --behind-tls lets others in, who sign in with
    accounts (undersight account). Without a workspace around the current folder it begins with a
    guide: make one, or look at an invented one.

    \b
    Examples:
      undersight serve
      undersight -w my-log serve --port 9000 --no-browser
      undersight -w my-log serve --host 192.168.1.20 --no-browser
      undersight -w my-log serve --behind-tls --name log.example.org --no-browser
    """
    from undersight.errors import MissingExtraError

    for name in ("starlette", "uvicorn", "multipart", "fastapi", "argon2"):
        if importlib.util.find_spec(name) is None:
            raise MissingExtraError("The workbench in the browser", "web")
    from undersight.web.serving import Reach, serve
    from undersight.workbench import starting

    is_behind_tls: bool = how["behind_tls"]
    names: tuple[str, ...] = tuple(how["names"])
    if (is_behind_tls or host in ("0.0.0.0", "::")) and not names:  # noqa: S104 - refused
        raise click.UsageError("Say under which name browsers see it: --name NAME")
    root = starting.find_or_none(ctx.find_root().obj["workspace"])
    minutes = how["idle_minutes"]
    serve(
        root,
        reach=Reach(host=host, port=port, names=names, is_behind_tls=is_behind_tls),
        idle_s=starting.lock_after_s(root) if minutes is None else minutes * 60,
        is_opening=not how["no_browser"],
        tell=lambda address: click.echo(f"The workbench is open at {address}"),
    )
