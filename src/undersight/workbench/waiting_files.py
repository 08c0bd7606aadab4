"""Files of posts that somebody handed in and nobody has loaded yet: sealed before all else."""

from __future__ import annotations

import dataclasses
import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO, get_args

from undersight.errors import (
    ObjectNotFoundError,
    UndersightError,
    UnknownFormatError,
    UnknownImporterError,
)
from undersight.integrity.canonical import Digest
from undersight.model.corpus_rows import ColumnChoice, PostKind
from undersight.workbench import posts, posts_preview, targets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from undersight.model.intake import PostImporter
    from undersight.vault.intakes import Intake
    from undersight.workbench.posts_preview import PostPreview
    from undersight.workbench.session import Workspace

MOST_LOOKED_AT = 2000
"""Records that are read to show a file; the rest is read when it is loaded."""
_FACT, _WAITS = "waits_for", "import"
_MOST_COLUMNS = 200
_OF_COLUMNS = "posts-table"


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingFile:
    """A file that waits.

    Args:
        digest: Of its bytes.
        name: What it is called.
        n_bytes: Its length.
        at_us: When it came, µs since 1970 UTC.
    """

    digest: str
    name: str
    n_bytes: int
    at_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAt:
    """A waiting file, as far as it is understood.

    Args:
        file: The file.
        format_id: The format found or named; empty where none fits.
        preview: The first records as mapped; None where it cannot be read like this.
        columns: Its columns, where it is a table.
        by_name: What the names of columns tell; not in it is what only their values tell.
        kinds: What may be said of all its rows, where it is a table; empty where nothing may.
        failure: Why it cannot be read like this; None where it can.
    """

    file: WaitingFile
    format_id: str
    preview: PostPreview | None
    columns: tuple[str, ...] = ()
    by_name: Mapping[str, str] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()
    failure: UndersightError | None = None


def hold(workspace: Workspace, stream: BinaryIO, name: str) -> Digest:
    """Seal a file that is to be loaded, and return its digest.

    Args:
        workspace: Open for writing.
        stream: The file.
        name: What it is called; only its last part is kept.

    Raises:
        ObjectTooLargeError: It has more bytes than the settings allow.
        BackendError: The disk refused.
    """
    return workspace.vault.put(
        stream,
        reason="posts handed in",
        actor=workspace.staff_id,
        source_ref=bare_name(name),
        facts={_FACT: _WAITS},
    )


def bare_name(name: str) -> str:
    """Return the last part of a file's name as somebody sent it, without control characters."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in last if c.isprintable()).strip(". ")[:120] or "file"


def waiting(workspace: Workspace) -> tuple[WaitingFile, ...]:
    """Return the files that wait, latest first."""
    loaded = {one.import_digest for one in workspace.corpus.imports(with_expired=True)}
    found = {
        intake.object: _file(intake)
        for intake in workspace.vault.intakes()
        if intake.facts.get(_FACT) == _WAITS and intake.object not in loaded
    }
    held = [one for one in found.values() if workspace.vault.contains(Digest(one.digest))]
    return tuple(sorted(held, key=lambda one: (-one.at_us, one.digest)))


def find(workspace: Workspace, digest: str) -> WaitingFile:
    """Return one file that was handed in, loaded meanwhile or not.

    Raises:
        ObjectNotFoundError: It was never handed in, or was thrown away.
    """
    latest = None
    for intake in workspace.vault.intakes():
        if intake.object == digest and intake.facts.get(_FACT) == _WAITS:
            latest = intake
    if latest is None or not workspace.vault.contains(latest.object):
        raise ObjectNotFoundError(digest)
    return _file(latest)


def look(
    workspace: Workspace, digest: str, format_id: str = "", choice: ColumnChoice | None = None
) -> LookedAt:
    """Say what a waiting file is, and show its first records as they would be loaded.

    Args:
        workspace: Open.
        digest: Of the file.
        format_id: The format that a person named; empty to find it out.
        choice: What a person said about its columns.

    Raises:
        ObjectNotFoundError: It is not there.
        UnknownImporterError: No format has this id.
    """
    from undersight.importers import POST_TABLES

    file, choice = find(workspace, digest), choice or ColumnChoice()
    with workspace.vault.open(Digest(digest)) as stream:
        columns = _columns(stream)
        seen = LookedAt(
            file=file, format_id="", preview=None, columns=columns, by_name=_by_name(columns)
        )
        stream.seek(0)
        if not format_id and choice.roles and columns:
            format_id = _OF_COLUMNS  # somebody said what its columns mean
        try:
            importer = targets.importer_of(stream, file.name, format_id)
        except UnknownFormatError as failure:
            return dataclasses.replace(seen, failure=failure)
        kinds = get_args(PostKind) if importer in POST_TABLES else ()
        seen = dataclasses.replace(seen, format_id=importer.importer_id, kinds=kinds)
        stream.seek(0)
        try:
            preview = posts_preview.preview_posts(
                stream, importer, choice, most_read=MOST_LOOKED_AT
            )
        except UndersightError as failure:
            return dataclasses.replace(seen, failure=failure)
    return dataclasses.replace(seen, preview=preview)


def formats() -> tuple[tuple[str, str], ...]:
    """Return id and description of every format of posts."""
    from undersight.importers import POST_IMPORTERS

    return tuple((one.importer_id, one.about) for one in POST_IMPORTERS)


def about(format_id: str) -> str:
    """Return what a format of posts or cases is, in English; empty where it is none of these."""
    from undersight.importers import IMPORTERS, POST_IMPORTERS

    abouts = {one.importer_id: one.about for one in IMPORTERS}
    abouts |= {one.importer_id: one.about for one in POST_IMPORTERS}
    return abouts.get(format_id, "")


def meanings() -> tuple[str, ...]:
    """Return what a column can mean, by id."""
    from undersight.importers.column_names import REST, ROLES

    return (*ROLES, REST)


def throw_away(workspace: Workspace, digest: str) -> None:
    """Erase a file that nobody loaded; the custody log keeps that it was here.

    Raises:
        ObjectNotFoundError: It does not wait.
    """
    if digest not in {one.digest for one in waiting(workspace)}:
        raise ObjectNotFoundError(digest)
    workspace.vault.erase(
        Digest(digest), reason="posts handed in, not loaded", actor=workspace.staff_id
    )


def _file(intake: Intake) -> WaitingFile:
    return WaitingFile(
        digest=intake.object, name=intake.source_ref, n_bytes=intake.n_bytes, at_us=intake.at_us
    )


def _columns(stream: BinaryIO) -> tuple[str, ...]:
    """The columns of a table, as its header has them; empty for what is none."""
    from undersight.importers.post_tables import open_table

    stream.seek(0)
    try:
        names = open_table(stream).columns
    except UndersightError:
        return ()
    return tuple(itertools.islice((one for one in names if one.strip()), _MOST_COLUMNS))


def _by_name(columns: Sequence[str]) -> Mapping[str, str]:
    """Return what columns mean by their names alone, as a table of posts is read."""
    from undersight.importers.column_names import curated_roles

    return {columns[place]: role for role, place in curated_roles(columns).items()}


def choice_of(given: Mapping[str, Any]) -> ColumnChoice:
    """Return what a person said about a file's columns, from JSON."""
    known = {one.name for one in dataclasses.fields(ColumnChoice)}
    return ColumnChoice(**{name: value for name, value in given.items() if name in known})


def importer_named(format_id: str) -> type[PostImporter]:
    """Return the importer of a format.

    Raises:
        UnknownImporterError: No format has this id.
    """
    found = posts.post_importer(format_id)
    if found is None:
        raise UnknownImporterError(format_id, tuple(one for one, _about in formats()))
    return found
