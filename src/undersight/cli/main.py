"""The program's entry: find the command, run it, map what went wrong to an exit code."""

from __future__ import annotations

import errno
import functools
import gc
import importlib
import logging
import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from undersight import __version__, errors
from undersight.cli import COMMANDS
from undersight.cli.legible import legible
from undersight.logs import configure_logs

if TYPE_CHECKING:
    from collections.abc import Sequence

EXIT_CODES: tuple[tuple[type[errors.UndersightError], int], ...] = (
    (errors.SettingsError, 2),
    (errors.InputError, 3),
    (errors.NotFoundError, 3),
    (errors.ConflictError, 3),
    (errors.IntegrityError, 4),
    (errors.BackendError, 5),
)
"""Exit code by error class; 0 is ok, 1 is for a check that found something."""

EXIT_USAGE = 2
EXIT_BUG = 70
EXIT_INTERRUPTED = 130
_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})


class LazyGroup(click.Group):
    """A group whose commands are modules, imported only when they are called.

    Args:
        prefix: Module name prefix below ``undersight.cli``; empty for the top level.
        names: Command names in the order of the help text.
    """

    def __init__(self, *args: Any, prefix: str = "", names: Sequence[str] = (), **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.prefix, self.names = prefix, tuple(names)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - Click's signature
        """Return the names in the order of the registry."""
        return list(self.names)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - Click's signature
        cmd_name: str,
    ) -> click.Command | None:
        """Import the command's module and return its command."""
        if cmd_name not in self.names:
            return None
        module_name = f"{self.prefix}{cmd_name}".replace("-", "_")
        if module_name == "import":
            module_name += "_"
        command: click.Command = importlib.import_module(f"undersight.cli.{module_name}").command
        _keep_lines(command)
        return command


def _keep_lines(command: click.Command) -> None:
    """Let Click see the marks that keep an example's lines: a raw docstring spells them out."""
    command.help = (command.help or "").replace("\\b\n", "\b\n")


@click.group(
    cls=LazyGroup,
    names=COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 99},
)
@click.version_option(__version__, prog_name="undersight")
@click.option(
    "--workspace",
    "-w",
    type=click.Path(path_type=Path, file_okay=False),
    help="The workspace folder; otherwise the one around the current folder.",
)
@click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Read the passphrase from the first line of this file.",
)
@click.option("--verbose", is_flag=True, help="Tell each step on standard error, without content.")
@click.option("--debug", is_flag=True, help="Show where a bug happened (may show content).")
@click.pass_context
def cli(
    ctx: click.Context,
    workspace: Path | None,
    passphrase_file: Path | None,
    *,
    verbose: bool,
    debug: bool,
) -> None:
    r"""Record what happened to whom, prove it, publish it.

    \b
    Start here:
      undersight                 open the workbench in a browser, with a guide
      undersight demo            look at a fictional country's published log
      undersight init my-log     make a workspace of your own
      undersight incident add    record what happened
    """
    # Whoever calls `run` from Python gets the loggers back as they were.
    ours = logging.getLogger("undersight")
    ctx.call_on_close(functools.partial(ours.setLevel, ours.level))
    handler = configure_logs(level=logging.INFO if verbose else logging.WARNING)
    ctx.call_on_close(lambda: logging.getLogger().removeHandler(handler))
    ctx.obj = {"workspace": workspace, "passphrase_file": passphrase_file, "debug": debug}
    if ctx.invoked_subcommand is None:
        _begin(ctx)


def _begin(ctx: click.Context) -> None:
    """Open the workbench for a person; a program that gives no command gets the help."""
    if not _is_at_a_terminal():
        click.echo(ctx.get_help())
        ctx.exit(EXIT_USAGE)
    serve = cli.get_command(ctx, "serve")
    if serve is not None:
        ctx.invoke(serve)


_keep_lines(cli)


def _is_at_a_terminal() -> bool:
    """Return whether a person gave the words."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def main() -> None:
    """Run the program and exit."""
    _open_closed()
    for stream in (sys.stdout, sys.stderr):
        # Names in any script must print on a terminal of any code page.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    # What start-up makes, stays: looking through it for garbage, then and again in the end, would
    # be a sixth of a short command's time.
    gc.set_threshold(50_000, 20, 100)
    code = run(sys.argv[1:])
    if "_duckdb" not in sys.modules:  # which would list on standard error what nobody collected
        gc.freeze()
    sys.exit(code)


def _open_closed() -> None:
    """Give an empty stream to whoever closed one, as `undersight … >&-` and some services do."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            empty = open(os.devnull, mode, encoding="utf-8")  # noqa: PTH123, SIM115 - for ever
            setattr(sys, name, empty)


def run(arguments: Sequence[str]) -> int:
    """Run the program with arguments and return its exit code.

    Args:
        arguments: The words after the program's name.

    Returns:
        0 ok, 1 an explicit check found something, 2 usage or settings, 3 input, 4 integrity,
        5 backend, 70 a bug, 130 interrupted.
    """
    try:
        result = cli.main(args=list(arguments), prog_name="undersight", standalone_mode=False)
    except errors.UndersightError as error:
        return _report(error)
    except click.exceptions.Exit as done:
        return done.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. What was stored before stays.", err=True)
        return EXIT_INTERRUPTED
    except click.ClickException as error:
        error.show()
        return EXIT_USAGE
    except BrokenPipeError:
        # The reader (head, less) has seen enough; nothing is left to say to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - the outermost edge: a bug, told without content
        return _report_bug(error, is_debug="--debug" in arguments)
    return result if isinstance(result, int) else 0


def _report(error: errors.UndersightError) -> int:
    click.echo(legible(f"undersight: {error.sentence}"), err=True)
    if error.hint:
        click.echo(legible(f"  {error.hint}"), err=True)
    return next((code for cls, code in EXIT_CODES if isinstance(error, cls)), EXIT_BUG)


def _report_bug(error: Exception, *, is_debug: bool) -> int:
    if isinstance(error, OSError) and error.errno in _FULL and error.filename is None:
        # What is printed goes into a file for which there is no room: no fault of the program.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _report(errors.DiskFullError("what this command prints"))
    frame = traceback.extract_tb(error.__traceback__)[-1]
    click.echo(
        f"undersight: a bug stopped this command: {type(error).__name__} "
        f"at {Path(frame.filename).name}:{frame.lineno}.",
        err=True,
    )
    click.echo("  What was stored before stays. Please report the line above.", err=True)
    if is_debug:
        traceback.print_exception(error)
    return EXIT_BUG
