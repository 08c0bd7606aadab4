"""``undersight media show``: what a picture, PDF or e-mail says of itself."""

from __future__ import annotations

from typing import Any

import click

from undersight.cli import console


@click.command("show")
@click.argument("item")
@console.json_option
@click.pass_context
def command(ctx: click.Context, item: str, *, as_json: bool) -> None:
    r"""Show what ITEM (a digest or a file) says of itself: Exif, C2PA, text.

    All of it was written by whoever made or changed the file. Place and device are shown to you
    here and go into no report and no export.

    \b
    Example:
      undersight media show photo.jpg
    """
    from undersight.workbench import media

    data = media.bytes_of(item, lambda: console.open_workspace(ctx))
    console.emit(media.show(data), as_json=as_json, words=_words)


def _words(found: dict[str, Any]) -> str:
    lines = [f"{found['kind']}, {found['n_bytes']} bytes, {found['digest']}"]
    if found["kind"] == "picture":
        lines += _picture(found)
    elif found["kind"] == "pdf":
        lines += [
            f"--- page {n}\n{text or '(no text)'}" for n, text in enumerate(found["pages"], 1)
        ]
    elif found["kind"] == "text":
        lines += ["", found["text"]]
    else:
        lines += [f"{name}: {value}" for name, value in found["headers"].items()]
        lines += ["", found["text"], *(f"attached: {name}" for name in found["attached"])]
    return "\n".join((*lines, found.get("caution", ""))).rstrip()


def _picture(found: dict[str, Any]) -> list[str]:
    lines = [f"{found['form']}, {found['width']}x{found['height']} pixels"]
    for group in ("place", "device", "times", "others"):
        lines += [f"it says, {group}: {name} {value}" for name, value in found[group].items()]
    credentials = found["credentials"]
    said = {
        "none": "no content credentials (C2PA)",
        "fits": f"content credentials signed as “{credentials['signer']}”, unchanged since",
        "does-not-fit": "content credentials that do not fit these bytes",
        "elsewhere": "content credentials kept elsewhere; nothing was asked",
    }
    codes = ", ".join(credentials["codes"])
    lines.append(said[credentials["state"]] + (f" ({codes})" if codes else ""))
    return lines
