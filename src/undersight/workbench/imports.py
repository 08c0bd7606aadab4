"""Bringing in other people's files: sealed first, reconciled, whole or not at all."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from undersight.errors import (
    ColumnsUnclearError,
    ImportRefusedError,
    InputError,
    RecordRefusedError,
)
from undersight.model.intake import Article, Issue, Row
from undersight.model.records import Incident
from undersight.workbench import drafting, drafts, incidents, tables_in_texts
from undersight.workbench.columns import IGNORE, REST, ColumnMap, map_columns
from undersight.workbench.section_people import with_names_above
from undersight.workbench.sheets import language_of_rows, of_other_sheets
from undersight.workbench.table_rows import TELLING, RowReader, check_term, row_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from undersight.model.records import Record
    from undersight.workbench.parties import Differing
    from undersight.workbench.session import Workspace

_HEADING_MARK = re.compile(r"^#{1,6} (?=\S)", re.MULTILINE)  # by which pages are split
_DIGITS = 12
_TABLE = "spreadsheet"
WAITS_FOR, CASEBOOK = "waits_for", "casebook"
"""By this fact a file that was handed in for the casebook is known among what is sealed."""


_MAPPED = '--map "COLUMN=date" --map "COLUMN=victim"'
_IF_POSTS = "or, if it holds posts or accounts, --as posts-table or --as accounts-table"
# What anything may have: a list of videos or of goods has a name and a kind in each row, too.
_OF_ANYTHING = frozenset(("id", "title", "summary", "act", "topic", "platform", REST, IGNORE))


@dataclass(frozen=True, slots=True, kw_only=True)
class TableOptions:
    """How a table is to be read.

    Args:
        roles: Meaning by column.
        terms: Term id by (meaning, value as written); empty keeps the words.
        constants: Value by meaning, for every row.
        is_day_first: Whether 03/04/2031 is 3 April; None to learn it from the table.
        lang: Language of the table's words; empty to find it out.
        format_id: The importer that a person named; empty to find it out.
        is_proposal_taken: Whether the one act that drafting reads in a cell is taken.
    """

    roles: Mapping[str, str] = field(default_factory=dict)
    terms: Mapping[tuple[str, str], str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    is_day_first: bool | None = None
    lang: str = ""
    format_id: str = ""
    is_proposal_taken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A file read and understood, nothing stored yet.

    Args:
        format_id: The importer.
        articles: Texts to draft from.
        documents: Entry documents by locator, of rows that can be stored.
        issues: What cannot be stored, and why.
        notes: What else is worth knowing of the file.
        duplicates: Locators of what is recorded already or stands twice in the file.
        columns: What each column means; None for texts.
        lang: Language of a table's words.
        unmapped: Values without a term, with how often they stand.
        proposed: The act that drafting reads in words that say more, by (meaning, value); taken
            or not.
        n_read: Articles or rows read, issues and duplicates included.
        text_format: The importer that takes a table's page or document as one text.
        n_in_tables: How many rows the tables of a text hold, which could be cases.
    """

    format_id: str
    articles: tuple[Article, ...] = ()
    documents: tuple[tuple[str, dict[str, Any]], ...] = ()
    issues: tuple[Issue, ...] = ()
    notes: tuple[Issue, ...] = ()
    duplicates: tuple[str, ...] = ()
    columns: ColumnMap | None = None
    lang: str = ""
    unmapped: Mapping[tuple[str, str], int] = field(default_factory=dict)
    proposed: Mapping[tuple[str, str], str] = field(default_factory=dict)
    n_read: int = 0
    text_format: str = ""
    n_in_tables: int = 0

    @property
    def n_ready(self) -> int:
        """How many can be stored."""
        return len(self.articles) + len(self.documents)

    @property
    def is_any_act_known(self) -> bool:
        """Whether a row tells an act that has a term."""
        return any(
            act.get("act_type") != "other" for _, told in self.documents for act in told["acts"]
        )

    def to_json(self) -> dict[str, Any]:
        """Return the reconciliation for programs."""
        return {
            "format": self.format_id,
            "read": self.n_read,
            "ready": self.n_ready,
            "duplicates": len(self.duplicates),
            "rejected": len(self.issues),
            "issues": [
                {"locator": i.locator, "column": i.column, "reason": i.reason} for i in self.issues
            ],
            "notes": [{"locator": one.locator, "note": one.reason} for one in self.notes],
            "columns": dict(self.columns.roles) if self.columns else {},
            "language": self.lang,
            "unmapped": [
                {"meaning": role, "value": value, "rows": n}
                for (role, value), n in sorted(self.unmapped.items())
            ],
            "proposed": [
                {"meaning": role, "value": value, "term": term}
                for (role, value), term in sorted(self.proposed.items())
            ],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a file holds, nothing understood yet.

    Args:
        format_id: The importer.
        articles: Texts.
        rows: Rows of a table.
        issues: What cannot be read.
        notes: What else is worth knowing.
        text_format: The importer that takes a table's page or document as one text.
        n_in_tables: How many rows the tables of a text hold, which could be cases.
    """

    format_id: str
    articles: tuple[Article, ...] = ()
    rows: tuple[Row, ...] = ()
    issues: tuple[Issue, ...] = ()
    notes: tuple[Issue, ...] = ()
    text_format: str = ""
    n_in_tables: int = 0

    @property
    def n_read(self) -> int:
        """How many there are, those that cannot be read included."""
        return len(self.articles) + len(self.rows) + len(self.issues)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What was stored of a table.

    Args:
        n_entries: Entries made.
        differing: What rows say of recorded parties that are recorded otherwise.
    """

    n_entries: int
    differing: tuple[Differing, ...] = ()


def prepare(
    workspace: Workspace, raw: bytes, name: str, options: TableOptions | None = None
) -> Prepared:
    """Read a file and say what would be stored; ``read = ready + duplicates + rejected``.

    Raises:
        InputError: The format is unknown, the file damaged, or an option names a column or
            meaning that is not there.
    """
    options = options or TableOptions()
    return prepare_parts(workspace, read_parts(raw, name, options.format_id), options)


def read_parts(raw: bytes, name: str, format_id: str = "") -> Parts:
    """Return what a file holds; a page or document that is a table of cases gives its rows.

    Raises:
        InputError: The format is unknown, or the file damaged.
    """
    importer = drafts.importer_for(raw, name, format_id)
    found: Sequence[object] = list(importer().parse(io.BytesIO(raw)))
    read_as, text_format, n_in_tables = importer.importer_id, "", 0
    if read_as == _TABLE:
        found = tables_in_texts.as_form([p for p in found if isinstance(p, Row | Issue)])
    if not format_id and read_as in tables_in_texts.TEXTS_WITH_TABLES:
        articles = [part for part in found if isinstance(part, Article)]
        lines = tables_in_texts.rows_of(raw)
        if tables_in_texts.is_table_of_cases(lines, articles):
            found, text_format, read_as = lines, read_as, _TABLE
        else:
            n_in_tables = tables_in_texts.n_worth_asking(lines)
    return Parts(
        format_id=read_as,
        text_format=text_format,
        n_in_tables=n_in_tables,
        articles=tuple(part for part in found if isinstance(part, Article)),
        rows=with_names_above([part for part in found if isinstance(part, Row)]),
        issues=tuple(part for part in found if isinstance(part, Issue) and not part.is_note),
        notes=tuple(part for part in found if isinstance(part, Issue) and part.is_note),
    )


def prepare_parts(workspace: Workspace, parts: Parts, options: TableOptions) -> Prepared:
    """Say what would be stored of what a file holds.

    Raises:
        InputError: An option names a column or meaning that is not there.
    """
    known = _known_origins(workspace)
    if parts.rows:
        return _prepare_rows(parts, known, options, workspace.lang)
    fresh, duplicates = _without_known(parts.articles, known)
    return Prepared(
        format_id=parts.format_id,
        articles=tuple(fresh),
        issues=parts.issues,
        notes=parts.notes,
        duplicates=tuple(duplicates),
        n_read=parts.n_read,
        n_in_tables=parts.n_in_tables,
    )


def _prepare_rows(
    parts: Parts, known: frozenset[str], options: TableOptions, lang: str
) -> Prepared:
    rows = parts.rows
    for (role, value), term in sorted(options.terms.items()):
        check_term(role, term, f"--term '{role}:{value}'")
    names = tuple(dict.fromkeys(name for row in rows for name in row.cells))
    columns = map_columns(names, options.roles)
    # A column "type" alone tells of no case: lists of edges and of terms have one, too.
    if not options.roles and not (TELLING - {"act"}) & set(columns.roles.values()):
        raise ColumnsUnclearError(
            names, "what happened, to whom or when", (f"{_MAPPED};", _IF_POSTS)
        )
    reader = RowReader(
        columns=columns,
        terms=options.terms,
        constants=options.constants,
        lang=options.lang or language_of_rows(rows, lang),
        is_day_first=options.is_day_first,
        is_proposal_taken=options.is_proposal_taken,
    )
    reader.observe(rows)
    documents, duplicates, rejected = [], [], [*parts.issues, *of_other_sheets(rows, columns)]
    seen = set(known)
    left_out = {issue.locator for issue in rejected}
    for row in rows:
        if row.locator in left_out:
            continue
        digest = row_digest(row)
        if digest in seen:
            duplicates.append(row.locator)
            continue
        seen.add(digest)
        try:
            documents.append((row.locator, reader.document(row)))
        except InputError as error:
            column = str(getattr(error, "column", "") or getattr(error, "field", ""))
            rejected.append(Issue(locator=row.locator, reason=error.sentence, column=column))
    prepared = Prepared(
        format_id=parts.format_id,
        documents=tuple(documents),
        issues=tuple(rejected),
        notes=parts.notes,
        duplicates=tuple(duplicates),
        columns=columns,
        lang=reader.lang,
        unmapped=reader.unmapped,
        proposed=reader.proposed,
        n_read=parts.n_read,
        text_format=parts.text_format,
    )
    _refuse_no_cases(prepared, columns, options)
    return prepared


def _refuse_no_cases(prepared: Prepared, columns: ColumnMap, options: TableOptions) -> None:
    """Refuse rows that tell neither to whom, when, where nor what: videos, offers, products.

    Whoever says what a column or word means, or what the file is, is believed.
    """
    is_told = options.roles or options.terms or options.constants or options.format_id
    if is_told or not prepared.documents or prepared.proposed or prepared.is_any_act_known:
        return
    if not set(columns.roles.values()) <= _OF_ANYTHING:
        return
    read = next(f"{name}={role}" for name, role in columns.roles.items() if role in TELLING)
    missing = "to whom or when something happened, and no row an act that is known"
    as_cases = f'or, if each row is a case all the same, --map "{read}";'
    raise ColumnsUnclearError(tuple(columns.roles), missing, (f"{_MAPPED};", as_cases, _IF_POSTS))


def article_digest(article: Article) -> str:
    """Return a digest of an article, by which the same one enters only once."""
    parts = f"{article.url}\x1f{article.title}\x1f{article.text}"
    return hashlib.sha256(f"undersight/article/v1\x00{parts}".encode()).hexdigest()


def _without_known(
    articles: Iterable[Article], known: frozenset[str]
) -> tuple[list[Article], list[str]]:
    fresh, duplicates, seen = [], [], set(known)
    for article in articles:
        digest = article_digest(article)
        if digest in seen:
            duplicates.append(article.locator)
        else:
            seen.add(digest)
            fresh.append(article)
    return fresh, duplicates


def _known_origins(workspace: Workspace) -> frozenset[str]:
    found = workspace.casebook.all("incident")
    return frozenset(i.origin for i in found if isinstance(i, Incident) and i.origin)


def seal(workspace: Workspace, raw: bytes, name: str) -> str:
    """Put the file as it came into the vault and return its digest."""
    actor = workspace.staff_id
    digest = workspace.vault.put(
        io.BytesIO(raw),
        reason="file brought in",
        actor=actor,
        source_ref=name,
        facts={WAITS_FOR: CASEBOOK},
    )
    return str(digest)


def store_rows(
    workspace: Workspace,
    prepared: Prepared,
    digest: str,
    *,
    is_partial_allowed: bool = False,
    progress: Callable[[int], object] = id,
) -> Stored:
    """Store every ready row in one transaction, and what they add to recorded parties.

    Args:
        workspace: Open for writing.
        prepared: What was read.
        digest: Digest of the sealed file.
        is_partial_allowed: Store the good rows although others were rejected.
        progress: Called with the number of rows built so far.

    Raises:
        ImportRefusedError: Some rows were rejected and ``is_partial_allowed`` is not set.
    """
    if prepared.issues and not is_partial_allowed:
        raise ImportRefusedError(len(prepared.issues), prepared.n_read)
    builder = incidents.entry_builder(workspace)
    entries: list[tuple[Record, ...]] = []
    for n, (locator, document) in enumerate(prepared.documents, 1):
        document["origin_locator"] = f"{digest}#{locator}"
        document["evidence"] = [digest]
        builder.start_entry()
        try:
            entries.append(builder.build(document))
        except InputError as error:
            raise RecordRefusedError(locator, error.sentence) from error
        progress(n)
    changes = incidents.changes_of(workspace, builder.parties, entries)
    why = f"brought in from a {prepared.format_id} file {brought_in(digest)}"
    workspace.casebook.write(*changes, why=why)
    return Stored(n_entries=len(prepared.documents), differing=tuple(builder.parties.differing))


def store_text(workspace: Workspace, article: Article, digest: str, *, lang: str = "") -> str:
    """Store an article as an unverified entry of title, text and where its words lead to.

    No field is read from it; its language is found out unless it is given.
    """
    language = lang or drafts.language_of(article, workspace.lang)
    source: dict[str, Any] = {"url": article.url} if article.url else {}
    if article.published:
        source["published"] = article.published.to_json()
    led_to = (*(link.url for link in article.links), *drafting.addresses(article.text))
    others = [{"url": url} for url in dict.fromkeys(led_to) if url != article.url]
    text = _HEADING_MARK.sub("", article.text)
    document = {
        "lang": language,
        "title": article.title or text.split("\n", 1)[0][:120],
        "summary": text,
        "sources": ([source] if source else []) + others,
        "origin": article_digest(article),
        "origin_locator": f"{digest}#{article.locator}",
        "evidence": [digest],
    }
    why = f"brought in as text, fields not read {brought_in(digest)}"
    entered = incidents.add(workspace, document, why=why)
    return entered.incident_id


def brought_in(digest: str) -> str:
    """Return how the reason ends of whatever a file brought in, by which it can be taken back."""
    return f"({digest[:_DIGITS]})"


def taken_back(digest: str) -> str:
    """Return how the reason ends of the change that took it back."""
    return f"(file {digest[:_DIGITS]} taken back)"


def mark_origin(workspace: Workspace, incident_id: str, origin: str) -> None:
    """Note which article an entry was confirmed from, so that it is offered only once."""
    workspace.casebook.update(incident_id, {"origin": origin}, "origin of the text")
