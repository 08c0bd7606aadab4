"""The comment sheet of one post or page: of the corpus, or of a file that nobody has to keep."""

from __future__ import annotations

import dataclasses
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from undersight.corpus.target_counts import TargetCounts
from undersight.corpus.target_places import Commented, find_place, most_commented, only_place
from undersight.detectors.surroundings import Surroundings
from undersight.errors import InputError, NoCommentsError, UnknownFindingError, UnknownFormatError
from undersight.reports.target_sheet import TargetSheet
from undersight.text.url import canonical_url
from undersight.workbench import judgements, keeping, runs
from undersight.workbench.posts_preview import format_of
from undersight.workbench.sheet_counting import Facts, SheetCounting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from undersight.model.comment_sheet import CommentSheet
    from undersight.model.corpus_rows import ColumnChoice
    from undersight.model.intake import PostImporter
    from undersight.workbench.session import Workspace

N_TOP = 50
N_STEPS = 4
"""What `sheet` counts its progress in."""
_LONG_ROWS = 20_000
"""With so many posts and comments loaded a sheet can take more than a second."""
_SHELF = "comment-sheets"
_MOST_NAMED = 10
_COMMENTED = "most-commented"


def is_long(workspace: Workspace) -> bool:
    """Return whether counting a sheet may take longer than somebody should wait at a page."""
    tables = (one.tables.get("posts") for one in workspace.corpus.imports())
    return sum(one.n_rows for one in tables if one is not None) > _LONG_ROWS


def sheet(
    workspace: Workspace,
    named: str,
    *,
    n_top: int = N_TOP,
    progress: Callable[[int], object] = id,
) -> CommentSheet:
    """Count what stands under a post or page of the corpus.

    While the workspace stays open, what was counted for the same rows is not counted again.

    Args:
        workspace: Open.
        named: Id, native id or address of a post or page, or a unique part of a post's.
        n_top: How many comments are the top, by likes; 1 or more.
        progress: Told how many of `N_STEPS` are done.

    Raises:
        UnknownTargetError: None fits, or several do.
        PrivateTargetError: It is a person's profile.
    """
    names = _named_pages(workspace)
    shelf, key = _shelf(workspace), (named, n_top, tuple(sorted(names.items())))
    if key not in shelf:
        shelf[key] = _count(workspace, named, n_top, names, progress)
    return shelf[key]


def commented(workspace: Workspace) -> tuple[Commented, ...]:
    """Return the posts and pages with the most comments, for whoever looks for one.

    Raises:
        CorpusDamagedError: An import cannot be read.
    """

    def count() -> list[dict[str, Any]]:
        with workspace.corpus.connection() as connection:
            return [dataclasses.asdict(one) for one in most_commented(connection, _MOST_NAMED)]

    found = keeping.counted(workspace, _COMMENTED, count)
    return tuple(Commented(**one) for one in found)


def is_commented_at_hand(workspace: Workspace) -> bool:
    """Whether `commented` answers at once; with many posts it is counted before anybody asks."""
    return keeping.is_at_hand(workspace, _COMMENTED)


def counted_sheet(workspace: Workspace, named: str, *, n_top: int = N_TOP) -> CommentSheet | None:
    """Return a sheet that was counted for the very rows that are loaded now; None without.

    Args:
        workspace: Open.
        named: As it was asked for.
        n_top: As it was asked for.
    """
    names = tuple(sorted(_named_pages(workspace).items()))
    return _shelf(workspace).get((named, n_top, names))


def _shelf(workspace: Workspace) -> dict[Any, CommentSheet]:
    """The sheets counted for the rows that are loaded now; those of other rows are let go."""
    digest = workspace.corpus.digest()
    held = workspace.kept.get(_SHELF)
    if held is None or held[0] != digest:
        held = workspace.kept[_SHELF] = (digest, {})
    sheets: dict[Any, CommentSheet] = held[1]
    return sheets


def _count(
    workspace: Workspace,
    named: str,
    n_top: int,
    names: Mapping[str, str],
    progress: Callable[[int], object],
) -> CommentSheet:
    with workspace.corpus.connection() as connection:
        progress(1)
        place = find_place(connection, _forms_of(named))
        progress(2)
        counts = TargetCounts(connection, place)
        progress(3)
        made = SheetCounting(Facts(workspace.corpus, counts, names), n_top).sheet()
        progress(N_STEPS)
        return made


def sheet_of_file(
    stream: BinaryIO,
    name: str,
    importer: type[PostImporter],
    choice: ColumnChoice,
    *,
    n_top: int = N_TOP,
) -> CommentSheet:
    """Count a file of comments without a workspace; nothing of it is kept.

    What has to lie on the disk meanwhile is encrypted under keys that exist in memory only.

    Args:
        stream: The file, seekable.
        name: What it is called.
        importer: Its format.
        choice: What a person said about its columns.
        n_top: How many comments are the top, by likes; 1 or more.

    Raises:
        InputError: The file is damaged, not of the format, or holds no comments.
    """
    from undersight.corpus import Corpus, CorpusKeys, LoadRequest
    from undersight.integrity.canonical import digest_stream
    from undersight.integrity.secret import new_key
    from undersight.workbench import archives

    def parts() -> Any:
        stream.seek(0)
        return archives.reader_of(importer).parse(stream, choice)

    keys = CorpusKeys(wrapping=new_key(), pseudonyms=new_key())
    stream.seek(0)
    request = LoadRequest(
        import_digest=digest_stream(stream),
        name=name,
        importer_id=importer.importer_id,
        importer_version=importer.version,
        choice=choice,
        has_names=True,  # known, so that they can be masked where a text repeats them
    )
    with tempfile.TemporaryDirectory(prefix="undersight-") as folder:
        corpus = Corpus(Path(folder) / "corpus", keys)
        manifest = corpus.load(request, parts)
        with corpus.connection() as connection:
            counts = TargetCounts(connection, only_place(connection))
            if not counts.totals()["n_comments"]:
                raise NoCommentsError(name, manifest.n_records)
            return SheetCounting(Facts(corpus, counts, {}), n_top).sheet()


def importer_of(stream: BinaryIO, name: str, format_id: str = "") -> type[PostImporter]:
    """Return the importer of a file of comments.

    Text that nobody knows is read as copied, and a table as one of posts, which says what is
    missing.

    Args:
        stream: The file, at its beginning; left there.
        name: What it is called.
        format_id: The format that a person named; empty to find it out.

    Raises:
        UnknownFormatError: None knows it.
        UnknownImporterError: No format has this id.
    """
    from undersight.importers import POST_IMPORTERS
    from undersight.importers.pasted_comments import PastedComments
    from undersight.importers.posts_table import PostsTable

    found = format_of(stream, name, format_id)
    if found is None and (name == "-" or name.lower().endswith(".txt")):
        return PastedComments
    if found is None and _is_table(stream):
        return PostsTable
    if found is None:
        raise UnknownFormatError(name, tuple(one.importer_id for one in POST_IMPORTERS))
    return found


def _is_table(stream: BinaryIO) -> bool:
    from undersight.importers.post_tables import open_table

    try:
        return len(open_table(stream).columns) > 1
    except InputError:
        return False
    finally:
        stream.seek(0)


def paragraph(made: CommentSheet, lang: str = "en") -> str:
    """Return a sheet as one paragraph to quote."""
    return TargetSheet(lang=lang).paragraph(made)


def words(made: CommentSheet, lang: str = "en") -> str:
    """Return a sheet as lines for a terminal."""
    return TargetSheet(lang=lang).text(made)


def page(made: CommentSheet, lang: str = "en") -> str:
    """Return a sheet as one self-contained page to print."""
    return TargetSheet(lang=lang).page(made)


def _forms_of(named: str) -> list[str]:
    """What a person gave, and what an address tells: the post's id."""
    from undersight.importers.permalinks import permalink

    place = permalink(named) if "/" in named else None
    forms = [named, canonical_url(named)]
    if place is not None:
        forms += [place.post_id or place.owner_id or place.owner]
    return list(dict.fromkeys(form for form in forms if form))


def _named_pages(workspace: Workspace) -> dict[str, str]:
    """The names of pages in findings of which two people said that they may be named."""
    cited = {getattr(one, "finding", "") for one in workspace.casebook.all("judgement")}
    agreed = [one for one in sorted(cited) if judgements.may_unmask_pages(workspace, one)]
    accounts: set[str] = set()
    for finding_id in agreed:
        try:
            _finding, run_id = judgements.find_finding(workspace, finding_id)
        except UnknownFindingError:
            continue  # its run was removed; then nothing of it is named
        stored = runs.read_run(workspace, run_id)
        for finding in stored.findings:
            if finding.finding_id == finding_id:
                accounts |= {*finding.accounts, *finding.targets}
    if not accounts:
        return {}
    with workspace.corpus.connection() as connection:
        facts = Surroundings(connection).accounts(accounts)
    return {one: fact.name for one, fact in facts.items() if fact.kind == "page" and fact.name}
