"""``undersight demo``: an invented country's log, from text to published site."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from undersight.cli import console

if TYPE_CHECKING:
    from undersight.workbench.demo_crowd import CrowdTally
    from undersight.workbench.recovery import Recovery


@click.command("demo")
@click.argument(
    "folder", type=click.Path(path_type=Path, file_okay=False), default=Path("undersight-demo")
)
@console.json_option
def command(folder: Path, *, as_json: bool) -> None:
    r"""Make an invented country's workspace in FOLDER, publish it, print what to open.

    Nothing leaves this computer. Everybody in it is invented; it is not encrypted.

    \b
    Example:
      undersight demo
    """
    from undersight.workbench import demo

    is_free = not folder.exists() or not any(folder.iterdir())
    try:
        made = demo.build(folder, progress=lambda step: click.echo(f"  {step} …", err=True))
    except BaseException:  # Ctrl-C too: what is half made keeps the next demo out
        if is_free:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    data = {
        "workspace": str(made.folder),
        "site": str(made.site),
        "exports": [str(path) for path in made.exports],
        "entries": made.n_entries,
        "drafted": made.n_drafted,
        "fields": made.n_fields,
        "seals": list(made.seals.lines),
        "is_whole": made.seals.is_whole,
        "report": str(made.crowd.report),
        "crowd": {
            "posts": made.crowd.n_posts,
            "found": list(made.crowd.found),
            "missed": list(made.crowd.missed),
            "false": made.crowd.n_false,
        },
        "deposits": made.recovery.to_json(),
    }
    console.emit(data, as_json=as_json, words=lambda _: _words(made))


def _words(made: object) -> str:
    from undersight.workbench.demo import DemoMade

    if not isinstance(made, DemoMade):
        raise TypeError(type(made).__name__)
    exports = "\n".join(f"    {path}" for path in made.exports)
    program, folder = _program(), console.as_word(made.folder)
    seals = "\n".join(f"    {line}" for line in made.seals.lines)
    checked = "Sealed, and it holds." if made.seals.is_whole else "Sealed, and it DOES NOT HOLD."
    return (
        f"\nQaravel, an invented country: {made.n_entries} entries published, "
        f"{made.n_drafted} more proposed from running logs ({made.n_fields} fields), not entered: "
        f"a person looks first.\n\n"
        f"  Open in a browser:\n    {made.site.resolve()}\n\n"
        f"  For machines:\n{exports}\n\n"
        f"{_crowd_words(made.crowd)}"
        f"  {checked} {made.seals.notice}\n{seals}\n\n"
        f"{_deposit_words(made.recovery)}"
        f"  Look around:\n"
        f"    {program} -w {folder} board\n"
        f"    {program} -w {folder} incident list\n"
        f"    {program} -w {folder} search oltas\n"
        f"    {program} -w {folder} verify --deep\n"
        f"    {program} -w {folder} incident add --from-draft {folder}/logs/log-en.txt "
        f"--context-date 2025-12-31\n"
    )


def _program() -> str:
    """Return what to type to run undersight: as it was run where no path leads to it."""
    typed = sys.argv[0]
    is_found = shutil.which("undersight") or Path(typed).stem != "undersight"
    return "undersight" if is_found else typed


def _deposit_words(recovery: Recovery) -> str:
    said = "\n".join(f"    {sentence}" for sentence in recovery.sentences)
    page = next(path for path in recovery.files if path.name == "recovery.en.html")
    return (
        f"  Two deposits of an invented newsroom's page, one before and one after its loss:\n"
        f"{said}\n    {page.resolve()}\n\n"
    )


def _crowd_words(crowd: CrowdTally) -> str:
    return (
        f"  A comment section of {crowd.n_posts:,} invented posts, two operations planted in it:\n"
        f"    {len(crowd.found)} found, {len(crowd.missed)} missed, {crowd.n_false} false\n"
        f"    {crowd.report.resolve()}\n\n"
    )
