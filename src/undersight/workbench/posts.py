"""Bringing in posts and comments in bulk: sealed first, whole or not at all, taken out again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO

from undersight.errors import ObjectNotFoundError
from undersight.integrity.canonical import Digest, digest_stream
from undersight.model.corpus_rows import ColumnChoice
from undersight.vault.custody import CustodyAct
from undersight.workbench import archives

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from undersight.corpus import ImportManifest, LoadRequest
    from undersight.model.corpus_rows import CorpusRow, SamplingNote
    from undersight.model.intake import Issue, PostImporter
    from undersight.workbench.session import Workspace

HEAD_BYTES = 65_536
_LOADED, _UNDONE, _REMAPPED, _EXPIRED = (
    "corpus-load",
    "corpus-undo",
    "corpus-remap",
    "corpus-expire",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostOptions:
    """How a file of posts is to be brought in.

    Args:
        choice: What a person said about its columns.
        has_names: Keep people who only commented under their names.
        expires_after_us: For how long its rows are read, µs; None: for ever.
    """

    choice: ColumnChoice = field(default_factory=ColumnChoice)
    has_names: bool = False
    expires_after_us: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What came of an import.

    Args:
        manifest: The import.
        is_known: It was loaded before in the same way: nothing was changed.
        reason: By which sign the format was known.
        issues: The first of what could not be read.
    """

    manifest: ImportManifest
    is_known: bool = False
    reason: str = ""
    issues: tuple[Issue, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the reconciliation for programs."""
        return {
            "file": self.manifest.name,
            "format": self.manifest.importer_id,
            "reason": self.reason,
            "import": self.manifest.import_id,
            "original": self.manifest.import_digest,
            "known": self.is_known,
            "read": self.manifest.n_read,
            "records": self.manifest.n_records,
            "duplicates": self.manifest.n_duplicates,
            "rejected": self.manifest.n_rejected,
            "pseudonyms": self.manifest.n_pseudonyms,
            "expires_us": self.manifest.expires_us,
            "issues": [
                {"locator": one.locator, "column": one.column, "reason": one.reason}
                for one in self.issues
            ],
            "notes": [{"code": one.code, "sentence": one.sentence} for one in self.manifest.notes],
        }


def recognise_posts(head: bytes, name: str) -> type[PostImporter] | None:
    """The importer of bulk posts that knows a file by its beginning; None if none does.

    Args:
        head: Its first 64 KiB.
        name: What it is called.
    """
    from undersight.importers import POST_IMPORTERS

    return next((one for one in POST_IMPORTERS if one.recognises(head, name)), None)


def post_importer(format_id: str) -> type[PostImporter] | None:
    """The importer of bulk posts of this id; None if there is none."""
    from undersight.importers import POST_IMPORTERS

    return next((one for one in POST_IMPORTERS if one.importer_id == format_id), None)


def import_posts(
    workspace: Workspace,
    stream: BinaryIO,
    name: str,
    importer: type[PostImporter],
    options: PostOptions | None = None,
    progress: Callable[[int], object] = id,
) -> ImportReport:
    """Seal a file and load it; the same file in the same way changes nothing.

    Args:
        workspace: Open for writing.
        stream: The file, seekable, at its beginning.
        name: What it is called.
        importer: Its format.
        options: How to bring it in.
        progress: Called with the number of bytes read so far.

    Raises:
        InputError: The file is not of the format or is damaged: it is sealed, nothing is loaded.
        BackendError: The disk is full or read-only.
    """
    options = options or PostOptions()
    request = _request(workspace, digest_stream(stream), name, importer, options)
    known = workspace.corpus.known(request)
    if known is not None:
        return ImportReport(
            manifest=known,
            is_known=True,
            reason=importer.reason,
            issues=workspace.corpus.issues(known.import_id),
        )
    stream.seek(0)
    digest = workspace.vault.put(
        stream, reason="posts brought in", actor=workspace.staff_id, source_ref=name
    )
    request = _request(workspace, digest, name, importer, options)
    return _load(workspace, request, importer, action=_LOADED, progress=progress)


def import_sealed(
    workspace: Workspace,
    digest: Digest,
    name: str,
    importer: type[PostImporter],
    options: PostOptions | None = None,
    progress: Callable[[int], object] = id,
) -> ImportReport:
    """Load a file that lies in the vault already; see `import_posts`.

    Args:
        workspace: Open for writing.
        digest: Of the file.
        name: What it is called.
        importer: Its format.
        options: How to bring it in.
        progress: Called with the number of bytes read so far.

    Raises:
        ObjectNotFoundError: The vault does not hold it.
        InputError: The file is not of the format or is damaged; nothing is loaded.
        BackendError: The disk is full or read-only.
    """
    if not workspace.vault.contains(digest):
        raise ObjectNotFoundError(digest)
    request = _request(workspace, digest, name, importer, options or PostOptions())
    known = workspace.corpus.known(request)
    if known is None:
        return _load(workspace, request, importer, action=_LOADED, progress=progress)
    issues = workspace.corpus.issues(known.import_id)
    return ImportReport(manifest=known, is_known=True, reason=importer.reason, issues=issues)


def undo_import(workspace: Workspace, named: str, *, why: str) -> ImportManifest:
    """Take an import out and destroy its key; its sealed original stays in the vault.

    Args:
        workspace: Open for writing.
        named: Id of the import or the beginning of it.
        why: For the custody log.

    Raises:
        UnknownImportError: There is none, or there are several.
    """
    manifest = workspace.corpus.find(named)
    _enter(workspace, _UNDONE, manifest.import_digest, why)
    return workspace.corpus.forget(manifest.import_id)


def remap(
    workspace: Workspace, named: str = "", *, progress: Callable[[int], object] = id
) -> tuple[ImportReport, ...]:
    """Read sealed originals again with today's mappers; new rows take the place of the old.

    Args:
        workspace: Open for writing.
        named: Id of one import; otherwise all whose mapper has a newer version.
        progress: Called with the number of bytes read so far.

    Raises:
        UnknownImportError: There is none, or there are several.
        ObjectNotFoundError: The sealed original was erased; the import stays as it is.
        InputError: Today's mapper refuses the file; the import stays as it is.
    """
    corpus = workspace.corpus
    chosen = (corpus.find(named),) if named else corpus.imports()
    reports = []
    for manifest in chosen:
        importer = post_importer(manifest.importer_id)
        if importer is None or (not named and importer.version == manifest.importer_version):
            continue
        if not workspace.vault.contains(Digest(manifest.import_digest)):
            raise ObjectNotFoundError(manifest.import_digest)
        request = _again(manifest, importer)
        report = _load(workspace, request, importer, action=_REMAPPED, progress=progress)
        reports.append(report)
    return tuple(reports)


def expire(workspace: Workspace, *, with_originals: bool = False) -> tuple[ImportManifest, ...]:
    """Remove the imports whose time is over, and destroy their keys.

    Args:
        workspace: Open for writing.
        with_originals: Erase their sealed originals as well.
    """
    gone = workspace.corpus.expired()
    for manifest in gone:
        reason = f"import {manifest.import_id} expired"
        _enter(workspace, _EXPIRED, manifest.import_digest, reason)
        workspace.corpus.forget(manifest.import_id)
        digest = Digest(manifest.import_digest)
        if with_originals and workspace.vault.contains(digest):
            workspace.vault.erase(digest, reason=reason, actor=workspace.staff_id)
    return gone


def _load(
    workspace: Workspace,
    request: LoadRequest,
    importer: type[PostImporter],
    *,
    action: str,
    progress: Callable[[int], object],
) -> ImportReport:
    digest = Digest(request.import_digest)
    readers: list[BinaryIO] = []

    def parts() -> Iterator[CorpusRow | Issue | SamplingNote]:
        with workspace.vault.open(digest) as sealed:
            readers.append(sealed)
            yield from archives.reader_of(importer).parse(sealed, request.choice)

    def tell(_n_records: int) -> None:
        # Where people are told from pages first, the file is read again beside its first reading.
        at_work = [one for one in readers if not one.closed]
        if at_work:
            progress(at_work[-1].tell())

    manifest = workspace.corpus.load(request, parts, progress=tell)
    _enter(workspace, action, digest, f"import {manifest.import_id}")
    issues = workspace.corpus.issues(manifest.import_id)
    return ImportReport(manifest=manifest, reason=importer.reason, issues=issues)


def _request(
    workspace: Workspace,
    digest: Digest,
    name: str,
    importer: type[PostImporter],
    options: PostOptions,
) -> LoadRequest:
    from undersight.corpus import LoadRequest

    expires_after_us = options.expires_after_us
    earlier = workspace.corpus.of_original(digest)
    return LoadRequest(
        import_digest=digest,
        name=name,
        importer_id=importer.importer_id,
        importer_version=importer.version,
        choice=options.choice,
        has_names=options.has_names,
        expires_us=None if expires_after_us is None else workspace.now_us + expires_after_us,
        generation=earlier.generation + 1 if earlier else 0,
        replaces=earlier.import_id if earlier else "",
    )


def _again(manifest: ImportManifest, importer: type[PostImporter]) -> LoadRequest:
    from undersight.corpus import LoadRequest

    return LoadRequest(
        import_digest=manifest.import_digest,
        name=manifest.name,
        importer_id=manifest.importer_id,
        importer_version=importer.version,
        choice=ColumnChoice(**manifest.options),
        has_names=manifest.has_names,
        expires_us=manifest.expires_us,
        generation=manifest.generation + 1,
        replaces=manifest.import_id,
    )


def _enter(workspace: Workspace, action: str, digest: str, reason: str) -> None:
    """Note in the custody log what was done with an original."""
    vault = workspace.vault
    act = CustodyAct(
        actor=workspace.staff_id,
        action=action,
        object=digest,
        reason=reason,
        at_us=workspace.now_us,
    )
    vault.recover(act.actor)
    vault.custody.record(act)
