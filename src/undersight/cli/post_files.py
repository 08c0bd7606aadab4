"""Bringing in files of posts: what ``undersight import`` does with them."""

from __future__ import annotations

import datetime as dt
import io
import re
import shlex
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from undersight.cli import console

if TYPE_CHECKING:
    from pathlib import Path

    from undersight.model.corpus_rows import ColumnChoice

_STANDARD_INPUT = "undersight.standard-input"
_MOST_SHOWN = 20
_MOST_TEXT = 60
# What the name of a file may say of all its rows; only proposed, never taken.
_OF_COMMENTS = re.compile(r"comment|replies|şərh|serhl|yorum|комментар|коммент|კომენტარ|մեկնաբան")
_OF_PLATFORM = {
    "facebook": "facebook|(?<![a-z])fb(?![a-z])",
    "instagram": "instagram|insta(?![a-z])",
    "youtube": "youtube|(?<![a-z])yt(?![a-z])",
    "tiktok": "tiktok",
    "telegram": "telegram|(?<![a-z])tg(?![a-z])",
    "vk": "vkontakte|(?<![a-z])vk(?![a-z])",
    "x": "twitter|tweet",
}
_UNDER = re.compile(r"“([^”]+)” \(filled in \d+ of \d+ rows; may be (target_name)\)")
MORE = "More is said of a file by --platform, --zone, --seen, --as, --map and --set."


def _standard_input() -> bytes:
    """Standard input, which can be read only once: kept as long as this command runs."""
    from pathlib import Path

    kept = click.get_current_context().find_root().meta
    if _STANDARD_INPUT not in kept:
        kept[_STANDARD_INPUT] = console.read_bytes(Path("-"))
    found: bytes = kept[_STANDARD_INPUT]
    return found


def whole(path: Path) -> bytes:
    """All bytes of a file, ``-`` for standard input."""
    return _standard_input() if str(path) == "-" else console.read_bytes(path)


def words(result: dict[str, Any]) -> str:
    """What came of one file, or would come of it, in words."""
    if "rows" in result:
        return _preview(result)
    counts = (
        f"{result['file']}: {result['read']} read = {result['records']} records "
        f"+ {result['duplicates']} duplicates + {result['rejected']} rejected"
    )
    if result["known"]:
        return f"{counts}; nothing changed, it is loaded already as {result['import']}"
    lines = [
        f"{counts}; loaded as {result['import']}",
        f"  format {result['format']}: {result['reason']}",
    ]
    if result["pseudonyms"]:
        lines.append(
            f"  {result['pseudonyms']} people who only commented appear under pseudonyms "
            "(--names keeps their names)"
        )
    lines += [*_notes(result), *_issues(result)]
    return "\n".join(lines)


def _preview(result: dict[str, Any]) -> str:
    rows: list[tuple[str, ...]] = [
        (
            row["where"],
            row["kind"],
            row["time"],
            row["author"],
            row["under"],
            _clipped(row["text"] or " ".join(row["shares"])),
        )
        for row in result["rows"]
    ]
    lines = [
        f"{result['file']}: format {result['format']}: {result['reason']}",
        console.table(rows, ("where", "kind", "time (UTC)", "author", "under", "text or shares")),
        *_notes(result),
        *_issues(result),
        f"{result['read']} read = {result['ready']} ready + {result['rejected']} rejected",
    ]
    return "\n".join(lines)


def _notes(result: dict[str, Any]) -> list[str]:
    """What to mind; how a command is told more is said here, for pages show the notes too."""
    lines = [f"  Note: {note['sentence']}" for note in result["notes"]]
    if lines:
        lines.append(f"  {MORE}")
    said = _proposed(result)
    if said:
        lines.append(
            f"  If its name and columns say what it is, import it again with: {' '.join(said)}"
        )
    return lines


def _proposed(result: dict[str, Any]) -> list[str]:
    """Options that may be meant, by the file's name and its columns, where the rows are silent."""
    name = result["file"].rpartition("/")[2].lower()
    codes = {note["code"] for note in result["notes"]}
    said: list[str] = []
    if "platform-unknown" in codes:
        found = [one for one, sign in _OF_PLATFORM.items() if re.search(sign, name)]
        said += [f"--platform {found[0]}"] if len(found) == 1 else []
    if "kind-unknown" in codes and _OF_COMMENTS.search(name):
        said.append("--set kind=comment")
    columns = [one for note in result["notes"] for one in _UNDER.findall(note["sentence"])]
    if len(columns) == 1:
        said.append(f"--map {shlex.quote('='.join(columns[0]))}")
    return said


def _issues(result: dict[str, Any]) -> list[str]:
    found = result["issues"]
    lines = [
        f"  {', '.join(part for part in (one['locator'], one['column']) if part)}: {one['reason']}"
        for one in found[:_MOST_SHOWN]
    ]
    if len(found) > _MOST_SHOWN:
        lines.append("  … and more (with --json)")
    return lines


def _clipped(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _MOST_TEXT else f"{line[: _MOST_TEXT - 1]}…"


def column_choice(given: dict[str, Any]) -> ColumnChoice:
    """What the options say about the columns.

    Args:
        given: The options.

    Raises:
        UnreadableAssignmentError: An option lacks its sign of equality.
    """
    from undersight.errors import UnreadableAssignmentError
    from undersight.model.corpus_rows import ColumnChoice

    roles, constants = {}, {}
    for word in given["maps"]:
        column, equals, role = word.rpartition("=")
        if not equals:
            raise UnreadableAssignmentError(word)
        roles[column] = role
    for word in given["constants"]:
        role, equals, value = word.partition("=")
        if not equals:
            raise UnreadableAssignmentError(word)
        constants[role.strip()] = value.strip()
    seen = given["seen"]
    return ColumnChoice(
        roles=roles,
        platform=given["platform"],
        zone=given["zone"],
        is_day_first=given["day_first"],
        target=given["target"],
        seen_us=None if seen is None else int(seen.replace(tzinfo=dt.UTC).timestamp()) * 1_000_000,
        constants=constants,
    )


def opened(path: Path) -> BinaryIO:
    """A file to read from, seekable.

    Raises:
        FileUnreadableError: It is not there.
    """
    from undersight.errors import FileUnreadableError

    if str(path) == "-":
        return io.BytesIO(_standard_input())
    try:
        return path.open("rb")
    except OSError as error:
        raise FileUnreadableError(str(path), error.strerror or "it cannot be read") from error
