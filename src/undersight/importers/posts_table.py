"""Any table of posts or comments: CSV, TSV, Excel, Parquet or one JSON object a line."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, BinaryIO, ClassVar, Final

from undersight.errors import ColumnsUnclearError, UnknownRoleError
from undersight.i18n import _
from undersight.importers.byte_source import head_text, is_packed
from undersight.importers.column_names import REST, ROLES, curated_roles, folded
from undersight.importers.json_tables import flattened
from undersight.importers.parquet_rows import MAGIC
from undersight.importers.post_rows import Part, read_posts
from undersight.importers.post_tables import Cells, PostTable, header_of, open_table
from undersight.importers.row_form import RowForm
from undersight.model.corpus_rows import SamplingNote
from undersight.text.markup import html_to_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from undersight.model.corpus_rows import ColumnChoice, PostKind

_WHO: Final = frozenset({"account_id", "account_handle", "account_name"})
_SURE_WHO: Final = frozenset({"account_id", "account_handle", "post_id", "parent_id", "root_id"})
_WHAT: Final = frozenset({"text", "object", "link", "hashtag", "domain", "media", "repost_of_id"})
_UNDER: Final = frozenset({"parent_id", "root_id", "target_id", "target_name", "target_url"})
_BY_ID: Final = frozenset({"account_id", "account_handle"})
_IN_THREAD: Final = frozenset({"parent_id", "root_id"})
_WHEN: Final = frozenset({"time", "age"})
_LEAST_ROWS_TO_JUDGE = 20
_HTML_TEXT = re.compile(r"\s*<(?:p|div|span|br)\b[^>]*>", re.IGNORECASE)
_JSON_NAME = re.compile(r'"([^"\\]{1,80})"\s*:')


class PostsTable:
    """A table of posts by its column names, in English, Azerbaijani, Russian or Turkish.

    A column gets a meaning by an exact known name or by ``--map``; everything else is left out.
    """

    importer_id: ClassVar[str] = "posts-table"
    about: ClassVar[str] = _("Any table of posts or comments: CSV, TSV, .xlsx, Parquet, NDJSON.")
    suffixes: ClassVar[tuple[str, ...]] = (
        *(".csv", ".tsv", ".xlsx", ".parquet", ".ndjson", ".jsonl", ".json"),
        ".gz",
    )
    version: ClassVar[int] = 1
    reason: ClassVar[str] = "its columns name who wrote, what and when; or it is Parquet"

    @classmethod
    def recognises(cls, head: bytes, name: str) -> bool:
        """Take Parquet, and tables whose names tell an author, a text or object, and a time."""
        if head.startswith(MAGIC):
            return True
        columns = _columns_of(head)
        # No table of cases comes packed or as JSON: such a one asks what its columns mean.
        if columns and (is_packed(head) or _is_json(head)):
            return True
        found = curated_roles(columns).keys()
        is_told = bool(found & _WHO) and bool(found & _SURE_WHO) and bool(found & _WHAT)
        is_thread = bool(found & _BY_ID) and bool(found & _IN_THREAD)
        return is_told and (bool(found & _WHEN) or is_thread)

    def parse(self, stream: BinaryIO, choice: ColumnChoice) -> Iterator[Part]:
        """Yield one post per row.

        Raises:
            ColumnsUnclearError: No column tells who wrote or what, or an id is not the row's own.
            UnknownRoleError: The person named a column or meaning that does not exist.
            InputError: It is no table.
        """
        is_platform_told, is_root_taken = bool(choice.platform), False

        def form_of(table: PostTable, seen: Sequence[Cells]) -> RowForm:
            nonlocal is_platform_told, is_root_taken
            roles = _roles(table.columns, choice.roles)
            _check(table.columns, roles, is_author_needed=not choice.roles)
            if not choice.roles:
                is_root_taken = _settle_own_id(table.columns, roles, seen)
            is_platform_told = is_platform_told or "platform" in roles
            # What stands under something is a comment: its author is not laid open by a guess.
            is_comment = bool(_UNDER & roles.keys()) and "text" in roles
            kind: PostKind = "comment" if is_comment else "post"
            place = roles.get("text", -1)
            if not _are_html([cells[place] for _, cells in seen if place >= 0 and cells[place]]):
                return RowForm(roles=roles, kind=kind)
            roles["text"] = len(table.columns)
            return RowForm(
                roles=roles, kind=kind, derive=lambda cells: (html_to_text(cells[place]),)
            )

        yield from read_posts(stream, open_table, form_of, choice)
        if is_root_taken:
            yield SamplingNote(
                code="other",
                sentence="post_id is the same for different texts: it is read as the post under "
                "which they stand, and the rows have no ids of their own.",
            )
        if not is_platform_told:
            yield SamplingNote(
                code="other",
                sentence="The file does not say which platform it is of; its posts are marked "
                "“other”. Import it again with --platform to say so.",
            )


def _is_json(head: bytes) -> bool:
    return head_text(head).lstrip()[:1] in ("{", "[")


def _columns_of(head: bytes) -> Sequence[str]:
    """The columns that the beginning of a file shows; of JSON the names of any fields."""
    if not _is_json(head):
        return header_of(head)
    text = head_text(head).lstrip()
    try:
        return tuple(flattened(json.loads(text.partition("\n")[0])))
    except (ValueError, RecursionError):
        return tuple(dict.fromkeys(_JSON_NAME.findall(text)))


def _roles(columns: Sequence[str], stated: Mapping[str, str]) -> dict[str, int]:
    """Curated names, then what a person said, which goes before them."""
    for column, role in stated.items():
        if column not in columns:
            raise UnknownRoleError(column, tuple(columns), is_column=True)
        if role not in ROLES and role != REST:
            raise UnknownRoleError(role, (*ROLES, REST), is_column=False)
    named = {columns.index(column): role for column, role in stated.items()}
    left = [("" if place in named else name) for place, name in enumerate(columns)]
    found = {
        role: place for role, place in curated_roles(left).items() if role not in named.values()
    }
    return found | {role: place for place, role in named.items() if role != REST}


def _check(columns: Sequence[str], roles: Mapping[str, int], *, is_author_needed: bool) -> None:
    """Refuse what nothing can be said of; texts without authors are taken where told to be."""
    wanted: list[tuple[str, str, str]] = []
    if is_author_needed and not roles.keys() & _WHO:
        wanted.append(("who wrote", "account_id", "user author account name who sender from"))
    if not roles.keys() & _WHAT:
        words = "text comment message content body post object url link id"
        wanted.append(("what was written or shared", "text", words))
    if wanted:
        taken = set(roles.values())
        free = [name for place, name in enumerate(columns) if place not in taken] or list(columns)
        options = ["--as posts-table"]
        for _, role, words in wanted:
            column = _likely(free, words)
            shown = "object" if role == "text" and column.lower().endswith("id") else role
            options.append(f'--map "{column}={shown}"')
        missing = " or ".join(what for what, _, _ in wanted)
        raise ColumnsUnclearError(tuple(columns), missing, tuple(options))


def _likely(columns: Sequence[str], words: str) -> str:
    """A column to name in an example; a person decides, so likeness is good enough."""
    for word in words.split():
        for column in columns:
            if word in column.lower():
                return column
    return columns[0]


def _are_html(texts: Sequence[str]) -> bool:
    """Whether texts come as HTML paragraphs, as Mastodon gives them."""
    n_html = sum(1 for text in texts if _HTML_TEXT.match(text))
    return n_html * 10 > len(texts) * 8


def _settle_own_id(columns: Sequence[str], roles: dict[str, int], seen: Sequence[Cells]) -> bool:
    """Take an id that stands on different texts for that of the post above them.

    Returns:
        Whether that was done, as a column called ``post_id`` allows.

    Raises:
        ColumnsUnclearError: A column of another name is no own id, which would make rows one.
    """
    place, text = roles.get("post_id", -1), roles.get("text", -1)
    if place < 0 or text < 0 or len(seen) < _LEAST_ROWS_TO_JUDGE:
        return False
    texts: dict[str, set[str]] = {}
    for _row, cells in seen:
        if cells[place]:
            texts.setdefault(cells[place], set()).add(cells[text])
    n_shared = sum(1 for found in texts.values() if len(found) > 1)
    if not texts or n_shared * 2 <= len(texts):
        return False
    name = columns[place]
    if folded(name) == "post_id" and "root_id" not in roles:
        roles["root_id"] = roles.pop("post_id")
        return True
    missing = f"each row's own id (“{name}” is the same for different texts)"
    options = ("--as posts-table", f'--map "{name}=root_id"')
    raise ColumnsUnclearError(tuple(columns), missing, options)
