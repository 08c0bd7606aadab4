"""Files for the casebook that somebody handed in: looked at, brought in, taken back.

A table of cases, an export of WordPress, a feed, a page, a document, an export of ours. Posts in
bulk have ``waiting_files``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, BinaryIO, Final, Literal

from undersight.casebook import lists
from undersight.errors import ObjectNotFoundError, UndersightError
from undersight.integrity.canonical import Digest
from undersight.workbench import case_rows, draft_shelf, drafts, exported, imports
from undersight.workbench.columns import ROLES
from undersight.workbench.imports import TableOptions
from undersight.workbench.waiting_files import WaitingFile, bare_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from undersight.model.intake import Article, Issue
    from undersight.vault.intakes import Intake
    from undersight.workbench.case_rows import Column, Proposed, Shown, Unmapped
    from undersight.workbench.imports import Prepared
    from undersight.workbench.parties import Differing
    from undersight.workbench.session import Workspace

Shape = Literal["", "rows", "texts", "records"]
How = Literal["rows", "text", "drafts"]

MOST_ISSUES: Final = 200
MOST_DRAFTED: Final = 20
"""Articles put on the shelf at a time: nobody looks through more in a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A file, as far as it is understood; ``read = ready + duplicates + rejected``.

    Args:
        file: The file.
        format_id: The format found or named; empty where none fits.
        shape: Rows of a table, texts to read, or records of ours; empty where it is none.
        n_read: Rows, articles or records in it.
        n_ready: How many can be stored.
        n_duplicates: How many are recorded already, stand twice, or wait as drafts.
        n_rejected: How many cannot be read.
        columns: Its columns, where it is a table.
        lang: Language of a table's words.
        unmapped: Words without a term.
        proposed: Words that say more than the act that is read in them, taken or not.
        entries: The first as they would be stored.
        issues: The first things that cannot be stored.
        notes: What else is worth knowing of the file.
        failure: Why it cannot be read like this; None where it can.
    """

    file: WaitingFile
    format_id: str = ""
    shape: Shape = ""
    n_read: int = 0
    n_ready: int = 0
    n_duplicates: int = 0
    n_rejected: int = 0
    columns: tuple[Column, ...] = ()
    lang: str = ""
    unmapped: tuple[Unmapped, ...] = ()
    proposed: tuple[Proposed, ...] = ()
    entries: tuple[Shown, ...] = ()
    issues: tuple[Issue, ...] = ()
    notes: tuple[Issue, ...] = ()
    failure: UndersightError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtIn:
    """What came of a file.

    Args:
        n_entries: Entries stored.
        n_drafts: Drafts put on the shelf.
        n_left: Articles that were not drafted yet.
        differing: What rows say of recorded parties that are recorded otherwise.
    """

    n_entries: int = 0
    n_drafts: int = 0
    n_left: int = 0
    differing: tuple[Differing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A file of which entries stand in the casebook or wait as drafts.

    Args:
        digest: Of its bytes.
        name: What it is called.
        n_entries: Entries that came from it and stand.
        n_drafts: Its texts that wait as drafts.
        at_us: When it was handed in, µs since 1970 UTC.
    """

    digest: str
    name: str
    n_entries: int
    n_drafts: int
    at_us: int


def meanings() -> tuple[tuple[str, str], ...]:
    """Return what a column can mean: id and description."""
    return tuple(ROLES.items())


def hold(workspace: Workspace, stream: BinaryIO, name: str) -> Digest:
    """Seal a file that is to be brought in, and return its digest.

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
        reason="file handed in",
        actor=workspace.staff_id,
        source_ref=bare_name(name),
        facts={imports.WAITS_FOR: imports.CASEBOOK},
    )


def waiting(workspace: Workspace) -> tuple[WaitingFile, ...]:
    """Return the files of which nothing is stored and no draft waits, latest first."""
    used = _n_by_file(workspace)
    found = [_file(one) for digest, one in _handed_in(workspace).items() if digest not in used]
    return tuple(sorted(found, key=lambda one: (-one.at_us, one.digest)))


def brought_in(workspace: Workspace) -> tuple[Brought, ...]:
    """Return the files of which entries stand or drafts wait; latest first, of commands too."""
    names = {str(one.object): one for one in workspace.vault.intakes()}
    found = [
        Brought(
            digest=digest,
            name=names[digest].source_ref if digest in names else "",
            n_entries=n_entries,
            n_drafts=n_drafts,
            at_us=names[digest].at_us if digest in names else 0,
        )
        for digest, (n_entries, n_drafts) in _n_by_file(workspace).items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.at_us, one.digest)))


def throw_away(workspace: Workspace, digest: str) -> None:
    """Erase a file of which nothing was stored; the custody log keeps that it was here.

    Raises:
        ObjectNotFoundError: It does not wait.
    """
    if digest not in {one.digest for one in waiting(workspace)}:
        raise ObjectNotFoundError(digest)
    workspace.vault.erase(
        Digest(digest), reason="file handed in, not brought in", actor=workspace.staff_id
    )


def look(workspace: Workspace, digest: str, options: TableOptions | None = None) -> CaseFile:
    """Say what a file is, and show its first entries as they would be stored.

    Args:
        workspace: Open.
        digest: Of the file.
        options: What a person said about its columns and words.

    Raises:
        ObjectNotFoundError: It is not there.
    """
    file, raw = _read(workspace, digest)
    if exported.is_ours(raw):
        n_records = max(0, raw.count(b"\n") - 1)
        return CaseFile(file=file, format_id="jsonl", shape="records",
                        n_read=n_records, n_ready=n_records)  # fmt: skip
    options = options or TableOptions()
    try:
        parts = imports.read_parts(raw, file.name, options.format_id)
    except UndersightError as failure:
        return CaseFile(file=file, failure=failure)
    columns = case_rows.columns_of(parts.rows, options)
    try:
        prepared = imports.prepare_parts(workspace, parts, options)
    except UndersightError as failure:
        return CaseFile(file=file, format_id=parts.format_id, shape="rows", columns=columns,
                        n_read=parts.n_read, failure=failure)  # fmt: skip
    n_drafted = len(prepared.articles) - len(_unread(workspace, prepared))
    return CaseFile(
        file=file,
        format_id=prepared.format_id,
        shape="rows" if parts.rows else "texts",
        n_read=prepared.n_read,
        n_ready=prepared.n_ready - n_drafted,
        n_duplicates=len(prepared.duplicates) + n_drafted,
        n_rejected=len(prepared.issues),
        columns=columns,
        lang=prepared.lang,
        unmapped=case_rows.unmapped_of(prepared),
        proposed=case_rows.proposed_of(prepared),
        entries=case_rows.shown(prepared),
        issues=prepared.issues[:MOST_ISSUES],
        notes=prepared.notes[:MOST_ISSUES],
    )


def bring_in(
    workspace: Workspace,
    digest: str,
    options: TableOptions | None = None,
    *,
    how: How = "rows",
    is_partial_allowed: bool = False,
    progress: Callable[[int], object] = id,
) -> BroughtIn:
    """Store what a file holds: rows all or none, texts as they stand or as drafts to confirm.

    Args:
        workspace: Open for writing.
        digest: Of the file.
        options: What a person said about its columns and words.
        how: Of texts: ``text`` stores each as title and text; else they are drafted, some at a
            time. Rows and records of ours are stored in any case.
        is_partial_allowed: Store the good rows although others were rejected.
        progress: Called with the number of rows or articles so far.

    Raises:
        ObjectNotFoundError: It is not there.
        InputError: The file is damaged, or an option names what is not there.
        ImportRefusedError: Rows were rejected and ``is_partial_allowed`` is not set.
    """
    file, raw = _read(workspace, digest)
    if exported.is_ours(raw):
        why = f"taken in from an export {imports.brought_in(digest)}"
        return BroughtIn(n_entries=exported.take_in(workspace, raw, why)["stored"])
    prepared = imports.prepare(workspace, raw, file.name, options)
    if prepared.columns is not None:
        stored = imports.store_rows(
            workspace, prepared, digest, is_partial_allowed=is_partial_allowed, progress=progress
        )
        return BroughtIn(n_entries=stored.n_entries, differing=stored.differing)
    articles = _unread(workspace, prepared)
    lang = options.lang if options else ""
    if how == "text":
        for n, article in enumerate(articles, 1):
            imports.store_text(workspace, article, digest, lang=lang)
            progress(n)
        return BroughtIn(n_entries=len(articles))
    gazetteer = drafts.load_gazetteer(workspace)
    for n, article in enumerate(articles[:MOST_DRAFTED], 1):
        proposal = drafts.propose_article(article, lang=lang or None, gazetteer=gazetteer)
        origin = imports.article_digest(article)
        locator = f"{digest}#{article.locator}"
        draft_shelf.shelve(workspace, replace(proposal, origin=origin, origin_locator=locator))
        progress(n)
    n_drafts = min(len(articles), MOST_DRAFTED)
    return BroughtIn(n_drafts=n_drafts, n_left=len(articles) - n_drafts)


def options_of(given: Mapping[str, Any]) -> TableOptions:
    """Return what a person said about a table, from JSON."""
    return TableOptions(
        roles=dict(given.get("roles") or {}),
        terms={(role, value): term for role, value, term in given.get("terms") or ()},
        constants=dict(given.get("constants") or {}),
        is_day_first=given.get("is_day_first"),
        lang=str(given.get("lang") or ""),
        format_id=str(given.get("format_id") or ""),
        is_proposal_taken=bool(given.get("is_proposal_taken")),
    )


def options_to_json(options: TableOptions) -> dict[str, Any]:
    """Return what a person said about a table, for ``options_of``."""
    return {
        "roles": dict(options.roles),
        "terms": [[role, value, term] for (role, value), term in options.terms.items()],
        "constants": dict(options.constants),
        "is_day_first": options.is_day_first,
        "lang": options.lang,
        "format_id": options.format_id,
        "is_proposal_taken": options.is_proposal_taken,
    }


def _unread(workspace: Workspace, prepared: Prepared) -> list[Article]:
    """Return the articles that neither are recorded nor wait on the shelf."""
    if not prepared.articles:
        return []
    shelved = {one.proposal.origin for one in draft_shelf.listing(workspace)}
    return [one for one in prepared.articles if imports.article_digest(one) not in shelved]


def _n_by_file(workspace: Workspace) -> dict[str, tuple[int, int]]:
    """Return how many entries stand and how many drafts wait of each file."""
    with workspace.casebook.unit() as work:
        stored = lists.n_incidents_by_file(work.connection)
    origins = [one.proposal.origin_locator for one in draft_shelf.listing(workspace)]
    drafted = Counter(one.partition("#")[0] for one in origins if one)
    digests = sorted({*stored, *drafted})
    return {one: (stored.get(one, 0), drafted[one]) for one in digests}


def _handed_in(workspace: Workspace) -> dict[str, Intake]:
    found = {
        str(intake.object): intake
        for intake in workspace.vault.intakes()
        if intake.facts.get(imports.WAITS_FOR) == imports.CASEBOOK
    }
    return {one: intake for one, intake in found.items() if workspace.vault.contains(Digest(one))}


def _read(workspace: Workspace, digest: str) -> tuple[WaitingFile, bytes]:
    """Return a file that was handed in, and its bytes."""
    intake = _handed_in(workspace).get(digest)
    if intake is None:
        raise ObjectNotFoundError(digest)
    with workspace.vault.open(Digest(digest)) as stream:
        return _file(intake), stream.read()


def _file(intake: Intake) -> WaitingFile:
    return WaitingFile(
        digest=intake.object, name=intake.source_ref, n_bytes=intake.n_bytes, at_us=intake.at_us
    )
