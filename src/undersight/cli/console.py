"""What commands share: opening the workspace, asking, printing as words or as JSON."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import shlex
import sys
import tempfile
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from undersight.cli.legible import legible, legible_styled
from undersight.errors import (
    AnswerNeededError,
    EditingInClearError,
    EditingStoppedError,
    FileUnreadableError,
    InputError,
    InvalidDateError,
    NotFoundError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from undersight.workbench.parties import Differing
    from undersight.workbench.session import Workspace

MEMORY_DISK = Path("/dev/shm")  # noqa: S108 - Linux keeps it in memory
_MOST_DIFFERING = 20
_HELD: ContextVar[str | None] = ContextVar("held", default=None)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


class Day(click.DateTime):
    """A day such as 2024-03-05; one that no month has is refused with the reason."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.datetime:
        """Read a day.

        Raises:
            BadParameter: It is none.
        """
        from undersight.model.fuzzy_date import FuzzyDate

        try:
            return dt.datetime.strptime(str(value).strip(), "%Y-%m-%d")  # noqa: DTZ007 - a day
        except ValueError:
            try:
                FuzzyDate.parse(str(value))
            except InvalidDateError as no_date:
                self.fail(f"{no_date} Write a day such as 2024-03-05.", param, ctx)
            self.fail(f"“{value}” is not one day. Write it such as 2024-03-05.", param, ctx)


def is_interactive() -> bool:
    """Return whether a person can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def open_workspace(
    ctx: click.Context,
    *,
    verb: str = "",
    takes_out: bool = False,
    passphrase_from: Callable[[], str] | None = None,
) -> Workspace:
    """Open the workspace that the command line or the current folder names.

    Args:
        ctx: The command's context.
        verb: Given when the command writes; takes the writer's lock until the command ends.
        takes_out: Whether files leave, which is noted: where nothing can be noted, none may.
        passphrase_from: Where the passphrase comes from, for a command that needs it again.
    """
    from undersight.workbench.session import Workspace

    options = ctx.find_root().obj
    from_whom = passphrase_from or (lambda: passphrase(options))
    if not takes_out:
        workspace = Workspace.open(options["workspace"], passphrase=from_whom, verb=verb)
        return ctx.with_resource(workspace)
    from undersight.workbench import accounts

    with accounts.to_be_noted():
        workspace = Workspace.open(options["workspace"], passphrase=from_whom, verb=verb)
        ctx.with_resource(workspace)
        accounts.check_may_note(workspace)
    return workspace


def note_taken(ctx: click.Context, workspace: Workspace, what: str, files: Iterable[Path]) -> None:
    """Note in the list of what was taken out that files left the workspace; never their names.

    Args:
        ctx: The command's context; the command stands where the browser's page would.
        workspace: Open for writing.
        what: What was written, and for whom.
        files: The files.
    """
    from undersight.workbench import accounts

    accounts.note_files_taken(workspace, address=ctx.command_path, what=what, files=files)


@contextlib.contextmanager
def holding(secret: str | None) -> Iterator[None]:
    """Answer with this passphrase of the workspace from here on, without asking; until the end."""
    token = _HELD.set(secret)
    try:
        yield
    finally:
        _HELD.reset(token)


def passphrase(options: dict[str, Any], *, is_new: bool = False, of: str = "workspace") -> str:
    """Return the passphrase: from a file, from the environment, or asked for.

    Args:
        options: The root command's options.
        is_new: Ask twice.
        of: What it opens, for the question.

    Raises:
        AnswerNeededError: Nobody is there to ask.
        FileUnreadableError: The file is not there.
    """
    held = _HELD.get()
    if held is not None and of == "workspace" and not is_new:
        return held
    path = options.get("passphrase_file") or os.environ.get("UNDERSIGHT_PASSPHRASE_FILE")
    if path:
        return read_text(Path(path)).split("\n", 1)[0].rstrip("\r")
    given = os.environ.get("UNDERSIGHT_PASSPHRASE")
    if given is not None:
        return given
    if not is_interactive():
        raise AnswerNeededError(
            f"the passphrase of the {of}",
            "--passphrase-file FILE (or UNDERSIGHT_PASSPHRASE_FILE=FILE)",
        )
    answer: str = click.prompt(
        f"Passphrase of the {of}", hide_input=True, confirmation_prompt=is_new, err=True
    )
    return answer


def counted(n: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 record", "7 records".

    Args:
        n: How many, 0 and up.
        one: The noun.
        many: Its plural, where it is not the noun with an s.
    """
    return f"{n} {one if n == 1 else many or one + 's'}"


def as_word(path: Path) -> str:
    """Return a path as one word of a command that can be typed as it is printed."""
    return f'"{path}"' if os.name == "nt" else shlex.quote(str(path))


def read_bytes(path: Path) -> bytes:
    """Read a file, ``-`` for standard input.

    Raises:
        FileUnreadableError: It is not there.
    """
    try:
        return sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise FileUnreadableError(str(path), error.strerror or "it cannot be read") from error


def read_text(path: Path) -> str:
    """Read a text file, ``-`` for standard input, in whatever encoding it is.

    Raises:
        FileUnreadableError: It is not there or is not text.
    """
    from undersight.text.decoding import decode

    return decode(read_bytes(path), name=str(path))


def read_yaml(path: Path) -> dict[str, Any]:
    """Read an entry from a YAML file."""
    from undersight.workbench import forms

    return forms.read_form(read_text(path))


def yaml_text(document: dict[str, Any]) -> str:
    """Write an entry as YAML."""
    from undersight.workbench import forms

    return forms.form_text(document)


def edit_yaml(
    text: str, store: Callable[[dict[str, Any]], dict[str, Any]], *, is_plain: bool
) -> dict[str, Any]:
    """Open a form in the person's editor until it can be stored; what was typed is not lost.

    Args:
        text: The form.
        store: Stores the entry and says what was stored.
        is_plain: Whether the words may lie on the disk in clear while they are edited.

    Raises:
        EditingStoppedError: The editor was closed without saving, or the person gave up.
        EditingInClearError: They may not, and there is no disk in memory.
    """
    from undersight.workbench import forms

    given = text
    while True:
        try:
            saved = _edited(text, is_plain=is_plain)
        except click.ClickException as error:  # the editor failed
            if text == given:
                raise
            error.show()
        else:
            if saved is None:
                raise EditingStoppedError
            text, is_certain = saved
            try:
                if is_certain:
                    return store(forms.read_form(text))
                click.echo(
                    "The form was not saved as UTF-8: look whether its letters are right.",
                    err=True,
                )
            except (InputError, NotFoundError) as error:
                click.echo(legible(f"{error.sentence} {error.hint}"), err=True)
        if not confirm("Open it again?", option="--yaml FILE"):
            raise EditingStoppedError


def _edited(text: str, *, is_plain: bool) -> tuple[str, bool] | None:
    """What the editor saved, and whether its encoding is no guess; None where it saved nothing.

    Unless the workspace is plain, the file, and what editors keep beside it, is on no disk.
    """
    from undersight.integrity import durable
    from undersight.text.decoding import decode, is_certain

    if not is_plain and not MEMORY_DISK.is_dir():
        raise EditingInClearError
    above = Path(tempfile.gettempdir()) if is_plain else MEMORY_DISK
    with (
        durable.disk_errors(above),
        tempfile.TemporaryDirectory(prefix="undersight-", dir=above) as folder,
    ):
        form = Path(folder) / "entry.yaml"
        form.write_text(text, "utf-8")
        # Where the clock of the disk is coarse, an editor that is quick still shows.
        os.utime(form, ns=(0, 0))
        click.edit(filename=str(form))
        is_saved = form.is_file() and form.stat().st_mtime_ns != 0
        raw = form.read_bytes() if is_saved else b""
        return (decode(raw, name="The form"), is_certain(raw)) if is_saved else None


def confirm(question: str, *, option: str) -> bool:
    """Ask a yes-or-no question.

    Raises:
        AnswerNeededError: Nobody is there; names the option that answers.
    """
    if not is_interactive():
        raise AnswerNeededError(f"an answer to “{question}”", option)
    return click.confirm(question, err=True)


def emit(data: Any, *, as_json: bool, words: Callable[[Any], str]) -> None:
    """Print a result, as JSON for programs or as words for people."""
    if as_json:
        click.echo(json.dumps(data, ensure_ascii=False, indent=2, sort_keys=False))
    else:
        text = words(data)
        if text:
            click.echo(legible_styled(text))


def tell_differing(differing: Sequence[Differing]) -> None:
    """Say on standard error what is recorded otherwise than an entry says it."""
    for one in differing[:_MOST_DIFFERING]:
        click.echo(
            f"Left as recorded: {one.field} of {one.party_id}, said otherwise in {one.where}.",
            err=True,
        )
    if differing:
        rest = len(differing) - _MOST_DIFFERING
        more = f"{rest} more. " if rest > 0 else ""
        click.echo(f"  {more}To change it: undersight incident edit ID --set FIELD=…", err=True)


def table(rows: Sequence[tuple[str, ...]], header: tuple[str, ...]) -> str:
    """Lay out rows under a header, each column as wide as its widest cell."""
    import io

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=None, pad_edge=False, header_style="bold")
    for name in header:
        grid.add_column(name, overflow="fold")
    for row in rows:
        # Text, not markup: a title may hold square brackets.
        grid.add_row(*(Text(legible(cell)) for cell in row))
    width = None if sys.stdout.isatty() else 160
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=sys.stdout.isatty())
    console.print(grid)
    return "\n".join(line.rstrip() for line in out.getvalue().rstrip().split("\n"))


@contextlib.contextmanager
def progress(total: int | None, what: str) -> Iterator[Callable[[int], None]]:
    """Show a bar on a terminal, nothing in a pipe; yields a function that takes the count."""
    if not sys.stderr.isatty():
        yield lambda n: None  # noqa: ARG005 - nobody looks
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda n: bar.update(task, completed=n)


@contextlib.contextmanager
def status() -> Iterator[Callable[[str], None]]:
    """Show one changing line on a terminal, nothing in a pipe; yields a function that takes it."""
    if not sys.stderr.isatty():
        yield lambda line: None  # noqa: ARG005 - nobody looks
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status("") as shown:
        yield lambda line: shown.update(Text(line))


def day_of(moment: object) -> dt.date | None:
    """Return the day of a date option."""
    return moment.date() if isinstance(moment, dt.datetime) else None


def write_text(path: Path, text: str) -> None:
    """Write a text file whole or not at all.

    Raises:
        BackendError: The disk is full or read-only.
    """
    from undersight.integrity import durable

    with durable.disk_errors(path):
        durable.write_atomic(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        BackendError: The disk is full or read-only.
    """
    from undersight.integrity import durable

    with durable.disk_errors(path):
        durable.write_atomic(path, data)


def source_passphrase(is_new: bool) -> str:  # noqa: FBT001 - whether the file is being made
    """Return the passphrase of the source-identity file, from its own variable or asked for.

    Raises:
        AnswerNeededError: Nobody is there to ask.
    """
    return _apart(
        "UNDERSIGHT_SOURCES_PASSPHRASE_FILE",
        "the passphrase of the source-identity file",
        "Passphrase of the source-identity file (not the workspace's)",
        is_new=is_new,
    )


def new_passphrase() -> str:
    """Return a passphrase to be, from its own variable or asked for twice.

    Raises:
        AnswerNeededError: Nobody is there to ask.
    """
    return _apart(
        "UNDERSIGHT_NEW_PASSPHRASE_FILE", "the new passphrase", "New passphrase", is_new=True
    )


def key_passphrase(*, is_new: bool) -> str:
    """Return a signing key's own passphrase, from its own variable or asked for.

    Raises:
        AnswerNeededError: Nobody is there to ask.
    """
    return _apart(
        "UNDERSIGHT_KEY_PASSPHRASE_FILE",
        "the signing key's own passphrase",
        "Passphrase of the signing key (its own)",
        is_new=is_new,
    )


def account_password() -> str:
    """Return an account's password to be, from its own variable or asked for twice.

    Raises:
        AnswerNeededError: Nobody is there to ask.
    """
    return _apart(
        "UNDERSIGHT_ACCOUNT_PASSWORD_FILE",
        "the account's password",
        "Password of the account (not the workspace's passphrase)",
        is_new=True,
    )


def _apart(variable: str, what: str, question: str, *, is_new: bool) -> str:
    """Return another passphrase than the workspace's: from a file, or asked for."""
    path = os.environ.get(variable)
    if path:
        return read_text(Path(path)).split("\n", 1)[0].rstrip("\r")
    if not is_interactive():
        raise AnswerNeededError(what, f"{variable}=FILE")
    answer: str = click.prompt(question, hide_input=True, confirmation_prompt=is_new, err=True)
    return answer
