"""``undersight import``: bring in a log, a feed, a document or a table."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from undersight.cli import console, post_files
from undersight.cli.durations import DURATION
from undersight.cli.legible import legible_styled
from undersight.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable

    from undersight.workbench.bringing_in import Face
    from undersight.workbench.imports import Prepared
    from undersight.workbench.session import Workspace

_MOST_SHOWN = 20
_MOST_LINES = 200  # of an entry in the preview
_EXIT_INPUT = 3  # as where one file alone cannot be read


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--map", "maps", multiple=True, metavar="COLUMN=MEANING",
              help="What a column means (date, victim, act, url, rest, ignore, ...).")  # fmt: skip
@click.option("--term", "terms", multiple=True, metavar="MEANING:VALUE=TERM",
              help="The term for a value: act:Murder=killing.")  # fmt: skip
@click.option("--set", "constants", multiple=True, metavar="MEANING=VALUE",
              help="The same value for every row, such as country=QV, or of posts "
              "kind=comment.")  # fmt: skip
@click.option("--day-first/--month-first", default=None, help="How 03/04/2031 is read.")
@click.option("--lang", help="Language of the file's words.")
@click.option("--text-only", is_flag=True,
              help="Store each article as title and text, fields unread.")  # fmt: skip
@click.option("--allow-issues", is_flag=True, help="Store good rows although others are not.")
@click.option("--take-proposed", is_flag=True,
              help="Take the one act that is read in a cell which says more.")  # fmt: skip
@click.option("--as", "format_id", default="", metavar="FORMAT",
              help="The format, if it is found out wrongly: posts-table, feed, ...")  # fmt: skip
@click.option("--platform", default="", metavar="PLATFORM",
              help="Posts: the platform, if the file does not say.")  # fmt: skip
@click.option("--target", default="", metavar="ID",
              help="Posts: the page they stand under, if the file does not say.")  # fmt: skip
@click.option("--zone", default="", metavar="ZONE",
              help="Posts: the zone of local times, such as Asia/Baku.")  # fmt: skip
@click.option("--seen", type=click.DateTime(), default=None,
              help="Posts: when a copied page was seen (UTC), to count “3 h” from.")  # fmt: skip
@click.option("--names", is_flag=True,
              help="Posts: keep people who only commented under their names.")  # fmt: skip
@click.option("--expires", type=DURATION, default=None, metavar="TIME",
              help="Posts: for how long they are read, such as 90d.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Only say what would be stored.")
@click.option("--take-back", is_flag=True,
              help="Take back what a table or texts brought in.")  # fmt: skip
@click.option("--yes", is_flag=True, help="Store without asking.")
@console.json_option
@click.pass_context
def command(ctx: click.Context, /, files: tuple[Path, ...], **given: Any) -> None:
    r"""Bring in FILES: posts and comments in bulk, or a log, feed, document or table of cases.

    The file is sealed first. Posts go to the corpus: the files of common tools are known by
    their header, others are told with --as and --map. A table of cases becomes entries, all or
    none; an article is walked through like a pasted text. The same record enters only once.

    \b
    Examples:
      undersight import cases.csv --map charge=offence --dry-run
      undersight import our-log.xml
      undersight import comments.csv --platform facebook --expires 90d
      undersight import copied.txt --as pasted-comments --seen 2031-05-02T14:00:00
      undersight import cases.csv --take-back
    """
    from undersight.workbench import bringing_in

    is_read = given["dry_run"] and not given["take_back"]
    workspace = console.open_workspace(ctx, verb="" if is_read else "import")
    if given["take_back"]:
        taken = [_taken_back(workspace, path) for path in files]
        console.emit(taken, as_json=given["as_json"], words=_taken_words)
        return
    results: list[dict[str, Any]] = []
    try:
        for path in files:
            results.append(_one_of(files, workspace, path, given))  # noqa: PERF401 - told one by one
        bringing_in.look_ahead(workspace, results)
    finally:
        # What came in before the disk was full, or before Ctrl-C, is in and is told.
        if results:
            console.emit(
                results,
                as_json=given["as_json"],
                words=lambda all_: "\n".join(map(_summary, all_)),
            )
    if any("refused" in one for one in results):
        ctx.exit(_EXIT_INPUT)


def _one_of(
    files: tuple[Path, ...], workspace: Workspace, path: Path, given: dict[str, Any]
) -> dict[str, Any]:
    """Bring in one of several files: one that cannot be read does not keep the others out."""
    try:
        return _one(workspace, path, given)
    except (InputError, NotFoundError) as error:
        if len(files) == 1:
            raise
        return {"file": path.name, "stored": 0, "refused": error.sentence, "hint": error.hint}


def _one(workspace: Workspace, path: Path, given: dict[str, Any]) -> dict[str, Any]:
    from undersight.workbench import bringing_in, imports
    from undersight.workbench.parties import Differing
    from undersight.workbench.posts import PostOptions

    wanted = bringing_in.Wanted(
        table=imports.TableOptions(
            roles=_pairs(given["maps"]),
            terms=_terms(given["terms"]),
            constants=_pairs(given["constants"]),
            is_day_first=given["day_first"],
            lang=given["lang"] or "",
            format_id=given["format_id"],
            is_proposal_taken=given["take_proposed"],
        ),
        posts=PostOptions(
            choice=post_files.column_choice(given),
            has_names=given["names"],
            expires_after_us=given["expires"],
        ),
        is_dry=given["dry_run"],
        is_text_only=given["text_only"],
        is_partial_allowed=given["allow_issues"],
    )
    with post_files.opened(path) as stream:
        result = bringing_in.bring_in(
            workspace, stream, path.name, wanted, _face(workspace, given)
        )
    console.tell_differing([Differing(**one) for one in result.get("differing", ())])
    return result


def _face(workspace: Workspace, given: dict[str, Any]) -> Face:
    from undersight.workbench import bringing_in

    def look(prepared: Prepared) -> None:
        if not given["as_json"]:
            told = _preview(prepared, is_taken=given["take_proposed"])
            click.echo(legible_styled(told), err=True)

    def agrees(n_entries: int) -> bool:
        question = f"Store {n_entries} entries?"
        return given["yes"] or console.confirm(question, option="--yes (or --dry-run)")

    return bringing_in.Face(
        look=look,
        agrees=agrees,
        walk=lambda prepared, seal: _walked(workspace, prepared, seal, given["lang"]),
        measure=console.progress,
    )


def _taken_back(workspace: Workspace, path: Path) -> dict[str, Any]:
    from undersight.workbench import taking_back

    digest = hashlib.sha256(post_files.whole(path)).hexdigest()
    done = taking_back.take_back(workspace, digest, why="brought in by mistake")
    return {"file": path.name, "taken_back": done.n_entries, "kept": done.n_kept}


def _taken_words(results: list[dict[str, Any]]) -> str:
    return "\n".join(
        f"{one['file']}: {one['taken_back']} entries taken back"
        + (f"; {one['kept']} stay, since somebody worked on them" if one["kept"] else "")
        for one in results
    )


def _walked(
    workspace: Workspace, prepared: Prepared, seal: Callable[[], str], lang: str | None
) -> int:
    """Take a person through each article; return how many entries were stored."""
    from undersight.cli.incident_add import walk_entries
    from undersight.errors import AnswerNeededError
    from undersight.workbench import drafts, imports

    if not console.is_interactive():
        raise AnswerNeededError("a person to look at each field", "--text-only")
    digest = seal()
    n_stored = 0
    for article in prepared.articles:
        proposal = drafts.propose_article(
            article, lang=lang, gazetteer=drafts.load_gazetteer(workspace)
        )
        origin = imports.article_digest(article)
        stored = walk_entries(workspace, proposal, origin=f"{digest}#{article.locator}")
        if stored is None:
            break
        if stored:
            imports.mark_origin(workspace, stored[0]["id"], origin)
        n_stored += len(stored)
    return n_stored


def _pairs(words: tuple[str, ...]) -> dict[str, str]:
    from undersight.errors import UnreadableAssignmentError

    pairs = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise UnreadableAssignmentError(word)
        pairs[name] = value
    return pairs


def _terms(words: tuple[str, ...]) -> dict[tuple[str, str], str]:
    from undersight.text import fold

    found = {}
    for name, term in _pairs(words).items():
        role, _, value = name.partition(":")
        found[(role, fold(value))] = term
    return found


def _preview(prepared: Prepared, *, is_taken: bool) -> str:
    told = f", language: {prepared.lang} (--lang says otherwise)" if prepared.lang else ""
    parts = [f"Format: {prepared.format_id}{told}", *_tables_of_texts(prepared)]
    if prepared.columns is not None:
        guessed = prepared.columns.guessed
        rows = [
            (column, role, "by its name" if column in guessed else "")
            for column, role in prepared.columns.roles.items()
        ]
        parts.append(console.table(rows, ("column", "means", "")))
        parts += _doubts(prepared)
    for (role, value), n in sorted(prepared.unmapped.items(), key=lambda kv: -kv[1])[:_MOST_SHOWN]:
        term = prepared.proposed.get((role, value), "TERM")
        parts.append(f"No term for {role} “{value}” ({n} rows): --term '{role}:{value}={term}'")
    if prepared.proposed:
        parts.append(_proposals(prepared, is_taken=is_taken))
    for _, document in prepared.documents[:3]:
        lines = console.yaml_text(document).rstrip().split("\n")
        parts += [*lines[:_MOST_LINES], "  …"]  # a cell may hold a book
    parts += [f"{note.locator}: {note.reason}" for note in prepared.notes[:_MOST_SHOWN]]
    for issue in prepared.issues[:_MOST_SHOWN]:
        where = ", ".join(part for part in (issue.locator, issue.column) if part)
        parts.append(f"{where}: {issue.reason}")
    if len(prepared.issues) > _MOST_SHOWN:
        parts.append(f"… and {len(prepared.issues) - _MOST_SHOWN} more (all with --json)")
    return "\n".join(parts)


def _tables_of_texts(prepared: Prepared) -> list[str]:
    """Say what else a page or a document with tables can be brought in as."""
    if prepared.text_format:
        told = "Nearly all of it is a table: each row is taken for a case, and what stands around"
        return [f"{told} is left in the sealed file. As one text: --as {prepared.text_format}"]
    if prepared.n_in_tables:
        told = f"Its tables hold {prepared.n_in_tables} rows; to take each of them for a case:"
        return [f"{told} --as spreadsheet"]
    return []


def _doubts(prepared: Prepared) -> list[str]:
    """Say first what would make every entry one of an unknown act: it may be no table of cases."""
    words = [value for role, value in prepared.unmapped if role == "act"]
    if not words or prepared.proposed or prepared.is_any_act_known:
        return []
    told = (
        f"None of the {len(words)} words for what was done is an act known here, so every entry "
        "would say “other”. Give --term for them; or, if these are posts or accounts and no "
        "cases, --as posts-table or --as accounts-table."
    )
    return [told]


def _proposals(prepared: Prepared, *, is_taken: bool) -> str:
    n_cells = len(prepared.proposed)
    some = [
        f"  “{value[:60]}{'…' if len(value) > 60 else ''}”: {term}"
        for (_, value), term in sorted(prepared.proposed.items())[:_MOST_SHOWN]
    ]
    told = f"One act is read in {n_cells} cells that say more; "
    done = "taken:" if is_taken else "stored as words unless you say --take-proposed:"
    return "\n".join((told + done, *some))


def _summary(result: dict[str, Any]) -> str:
    if "refused" in result:
        return (
            f"{result['file']}: not brought in. {result['refused']}\n  {result['hint']}".rstrip()
        )
    if "import" in result or "rows" in result:
        return post_files.words(result)
    return (
        f"{result['file']}: {result['read']} read = {result['ready']} ready "
        f"+ {result['duplicates']} recorded already + {result['rejected']} rejected; "
        f"{result['stored']} stored"
    )
