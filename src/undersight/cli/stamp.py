"""``undersight stamp``: have time authorities confirm when a seal was there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from undersight.cli import console

EXIT_UNREACHED, EXIT_REJECTED = 5, 4
_UNREACHED = "authority-unreachable"


@click.command("stamp")
@click.argument("seals", nargs=-1)
@click.option("--authority", "named", multiple=True, help="Only this one of undersight.toml.")
@click.option("--token", type=click.Path(path_type=Path, dir_okay=False),
              help="Bring in a time stamp made elsewhere, by the one --authority.")  # fmt: skip
@click.option("--crl", type=click.Path(path_type=Path, dir_okay=False),
              help="Keep a revocation list, for every later check.")  # fmt: skip
@console.json_option
@click.pass_context
def command(ctx: click.Context, /, seals: tuple[str, ...], **given: Any) -> None:
    r"""Have SEALS, or all that are unstamped, stamped by the time authorities of undersight.toml.

    This is the one command of the vault that uses the network; a digest is all that is sent. An
    authority's root certificate must be saved first where undersight.toml says. Replies are
    checked before they are kept. Offline, seals wait: run it again later.

    \b
    Examples:
      undersight stamp
      undersight stamp seal-000003 --authority digicert
      undersight stamp --token timestamp.tst --authority digicert
    """
    from undersight.errors import AnswerNeededError
    from undersight.workbench import stamping

    workspace = console.open_workspace(ctx, verb="stamp")
    if given["crl"]:
        data = console.read_bytes(given["crl"])
        kept = stamping.keep_revocations(workspace, data, where=given["crl"].name)
        console.emit({"kept": kept}, as_json=given["as_json"], words=lambda one: one["kept"])
        return
    if given["token"]:
        if len(given["named"]) != 1:
            raise AnswerNeededError("the authority that made it", "--authority NAME")
        token = console.read_bytes(given["token"])
        done = [stamping.bring_in(workspace, token, authority=given["named"][0])]
    else:
        done = list(stamping.stamp(workspace, seals, named=given["named"]))
    data_json = [one.to_json() for one in done]
    console.emit(data_json, as_json=given["as_json"], words=_words)
    codes = {one.failure[0] for one in done if one.facts is None}
    if codes:
        ctx.exit(EXIT_UNREACHED if codes == {_UNREACHED} else EXIT_REJECTED)


def _words(done: list[dict[str, Any]]) -> str:
    if not done:
        return "Every seal is stamped."
    return "\n".join(_line(one) for one in done)


def _line(one: dict[str, Any]) -> str:
    if not one["is_stamped"]:
        return f"{one['what']}: not stamped. {one['reason']}"
    return f"{one['what']}: {one['authority']} says {one['at']}"
