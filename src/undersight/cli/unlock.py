"""``undersight unlock``: several commands after one passphrase, then it locks itself."""

from __future__ import annotations

import os
import shlex
import sys
import threading
from typing import TYPE_CHECKING, NoReturn

import click

from undersight.cli import console

if TYPE_CHECKING:
    from collections.abc import Sequence

_NOT_INSIDE = frozenset({"unlock", "serve", "init", "demo", "passphrase"})
_END = frozenset({"lock", "exit", "quit"})


@click.command("unlock")
@click.option("--minutes", type=click.FloatRange(0.01, 24 * 60), default=None,
              help="Lock after so long a pause; else as undersight.toml says.")  # fmt: skip
@click.pass_context
def command(ctx: click.Context, *, minutes: float | None) -> int:
    r"""Ask for the passphrase once, then take commands until `lock` or a pause.

    The commands are those of undersight, without the word. The passphrase is kept by this
    process alone: no file, no socket, no program in the background. Between commands the
    workspace is closed, so that other terminals can write.

    \b
    Example:
      undersight unlock --minutes 10
      unlocked> incident list
      unlocked> lock
    """
    options = ctx.find_root().obj
    told: list[str] = []

    def ask() -> str:
        told.append(console.passphrase(options))
        return told[-1]

    workspace = console.open_workspace(ctx, passphrase_from=ask)
    root = workspace.layout.root
    minutes = minutes or float(workspace.settings.unlock.lock_after_min)
    workspace.close()  # what is open between commands could not be closed when the pause is over
    click.echo(f"Unlocked {root}; locks after {minutes:g} minutes without a command.", err=True)
    with console.holding(told[-1] if told else None):
        return _take_commands(["-w", str(root)], minutes * 60)


def _take_commands(before: Sequence[str], pause_s: float) -> int:
    """Run commands until the end; the exit code is the last failure's, for scripts."""
    from undersight.cli.main import run

    code = 0
    while True:
        line = _next_line(pause_s)
        words = _words(line)
        if line == "" or (words[:1] and words[0] in _END):
            click.echo("Locked.", err=True)
            return code
        if not words:
            continue
        if words[0] in _NOT_INSIDE or words[0].startswith("-"):
            click.echo(f"undersight: {words[0]} is not for here; type `lock` first.", err=True)
            code = 2
            continue
        code = run([*before, *words]) or code


def _next_line(pause_s: float) -> str:
    """The next line with its end; empty at the end of the input. Too long a pause ends it all."""
    if sys.stdin.isatty():
        click.echo("unlocked> ", nl=False, err=True)
    told: list[str] = []
    # No system call waits for a line with a time limit on every system; a thread that waits does.
    reader = threading.Thread(target=lambda: told.append(sys.stdin.readline()), daemon=True)
    reader.start()
    try:
        reader.join(pause_s)
    except KeyboardInterrupt:
        _lock_now("Locked.")
    if not told:
        _lock_now("Locked: no command for too long.")
    return told[0]


def _lock_now(why: str) -> NoReturn:
    """End the process at once: nothing is open between commands, and the thread still waits."""
    click.echo(f"\n{why}", err=True)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _words(line: str) -> list[str]:
    """A line as words; a backslash is a letter, as in the paths of Windows."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=False)
    lexer.whitespace_split, lexer.escape, lexer.commenters = True, "", ""
    try:
        return list(lexer)
    except ValueError:
        click.echo("undersight: a quotation mark is not closed.", err=True)
        return []
