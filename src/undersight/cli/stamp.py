"""``undersight stamp``: have time authorities confirm when a seal was there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from undersight.cli import console

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from undersight.workbench.block_stamping import BlockStamping
    from undersight.workbench.session import Workspace
    from undersight.workbench.stamping import Stamping

EXIT_UNREACHED, EXIT_REJECTED = 5, 4
_UNREACHED = "authority-unreachable"


@click.command("stamp")
@click.argument("seals", nargs=-1)
@click.option("--authority", "named", multiple=True, help="Only this one of undersight.toml.")
@click.option("--token", type=click.Path(path_type=Path, dir_okay=False),
              help="Bring in a time stamp made elsewhere, by the one --authority.")  # fmt: skip
@click.option("--opentimestamps", "is_by_block", is_flag=True,
              help="Ask calendars of OpenTimestamps; later, complete their proofs.")  # fmt: skip
@click.option("--header", type=click.Path(path_type=Path, dir_okay=False),
              help="Believe a Bitcoin block's header: 160 hexadecimal digits.")  # fmt: skip
@click.option("--crl", type=click.Path(path_type=Path, dir_okay=False),
              help="Keep a revocation list, for every later check.")  # fmt: skip
@console.json_option
@click.pass_context
def command(ctx: click.Context, /, seals: tuple[str, ...], **given: Any) -> None:
    r"""Have SEALS, or all that are unstamped, stamped by the time authorities of undersight.toml.

    This is the one command of the vault that uses the network; a digest is all that is sent. An
    authority's root certificate must be saved first where undersight.toml says. Replies are
    checked before they are kept. Offline, seals wait: run it again later.

    With the extra opentimestamps, `--opentimestamps` has the digests entered into the Bitcoin
    chain: run it once, and again some hours later. `--token` takes a proof (.ots), too.

    \b
    Examples:
      undersight stamp
      undersight stamp seal-000003 --authority digicert
      undersight stamp --token timestamp.tst --authority digicert
      undersight stamp --opentimestamps
    """
    from undersight.workbench import block_stamping, stamping

    workspace = console.open_workspace(ctx, verb="stamp")
    if given["crl"]:
        data = console.read_bytes(given["crl"])
        kept = stamping.keep_revocations(workspace, data, where=given["crl"].name)
        console.emit({"kept": kept}, as_json=given["as_json"], words=lambda one: one["kept"])
        return
    if given["header"]:
        data = console.read_bytes(given["header"])
        header = block_stamping.believe_header(workspace, data, where=given["header"].name)
        console.emit(header, as_json=given["as_json"], words=_header_words)
        return
    done = _done(workspace, seals, given)
    told = [one.to_json() for one in done]
    console.emit(told, as_json=given["as_json"], words=_words)
    codes = {code for one in told for code in _failed(one)}
    if codes:
        ctx.exit(EXIT_UNREACHED if codes == {_UNREACHED} else EXIT_REJECTED)


def _done(
    workspace: Workspace, seals: tuple[str, ...], given: dict[str, Any]
) -> Sequence[Stamping | BlockStamping]:
    """Bring in what was made elsewhere, or ask."""
    from undersight.errors import AnswerNeededError
    from undersight.workbench import block_stamping, stamping

    if given["token"]:
        token = console.read_bytes(given["token"])
        if block_stamping.is_proof(token):
            return (block_stamping.bring_in(workspace, token),)
        if len(given["named"]) != 1:
            raise AnswerNeededError("the authority that made it", "--authority NAME")
        return (stamping.bring_in(workspace, token, authority=given["named"][0]),)
    if given["is_by_block"]:
        return block_stamping.anchor(workspace, seals)
    return stamping.stamp(workspace, seals, named=given["named"])


def _failed(one: dict[str, Any]) -> Iterator[str]:
    """Yield the code of each failure that left something without what was asked for."""
    if one.get("by") == "opentimestamps":
        if not one["state"]:
            yield from (failure["code"] for failure in one["failures"])
    elif not one["is_stamped"]:
        yield one["code"]


def _header_words(header: dict[str, str]) -> str:
    return (
        f"Block {header['block']} of {header['at']} is believed from now on: compare its hash "
        "with what several sources print."
    )


def _words(done: list[dict[str, Any]]) -> str:
    if not done:
        return "Every seal is stamped."
    return "\n".join(_line(one) for one in done)


def _line(one: dict[str, Any]) -> str:
    if one.get("by") == "opentimestamps":
        return _block_line(one)
    if not one["is_stamped"]:
        return f"{one['what']}: not stamped. {one['reason']}"
    return f"{one['what']}: {one['authority']} says {one['at']}"


def _block_line(one: dict[str, Any]) -> str:
    said = "".join(f"\n  {failure['reason']}" for failure in one["failures"])
    if not one["state"]:
        return f"{one['what']}: no calendar took it.{said}"
    if not one["blocks"]:
        return f"{one['what']}: promised; run it again in some hours.{said}"
    height = one["blocks"][0]
    if one["at"] is None:
        return f"{one['what']}: in block {height}; believe its header to know when (--header)."
    return f"{one['what']}: in block {height}, made about {one['at']}"
