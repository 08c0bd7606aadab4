"""``undersight archive check``: is this web archive what it says it is?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from undersight.cli import console

EXIT_FOUND = 1


@click.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--signed-by", "key", default="", metavar="KEY",
    help="Fingerprint of the key that must have signed it.",
)  # fmt: skip
@console.json_option
@click.pass_context
def command(ctx: click.Context, file: Path, *, key: str, as_json: bool) -> None:
    r"""Check a WACZ or WARC from its first byte to its last; exit 1 where something is broken.

    Nothing is unpacked to disk and nothing is fetched. A signature by a key that only the file
    itself names shows that the holder of that key signed, not who that is.

    \b
    Example:
      undersight archive check page.wacz --json
    """
    from undersight.workbench import archives

    found = archives.check(file, expected_key=key)
    console.emit(found, as_json=as_json, words=_words)
    if not found["is_intact"]:
        ctx.exit(EXIT_FOUND)


def _words(found: dict[str, Any]) -> str:
    lines = [
        (
            f"{found['kind'].upper()}: {found['n_members']} files, "
            f"{found['n_records']} records, {found['n_pages']} pages"
        ),
        f"Signature: {_signature(found['signature'])}",
    ]
    lines += [
        f"{p['grade'].upper():8}  {p['code']}: {p['detail']}"
        + (f" ({p['where']})" if p["where"] else "")
        for p in found["problems"]
    ]
    n_more = sum(found["counts"].values()) - len(found["problems"])
    lines += [f"… and {n_more} more of the same kinds"] if n_more else []
    lines.append(
        "Nothing is broken." if found["is_intact"] else "Broken: do not rely on it as it is."
    )
    return "\n".join(lines)


def _signature(signature: dict[str, str]) -> str:
    state = signature.get("state", "absent")
    if state == "self-signed":
        return f"good, by a key that only the file names: {signature['key']}"
    if state == "certificate":
        stamped = signature.get("stamped")
        when = f", stamped {stamped}" if stamped else ", without a time stamp"
        return (
            f"good, in the name of {signature['domain']}{when}; whether to trust the root "
            f"{signature['root']} is not decided here"
        )
    return "none" if state == "absent" else f"invalid: {signature.get('reason', '')}"
