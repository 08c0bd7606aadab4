"""Any table of posts or comments: CSV, TSV, Excel, Parquet or one JSON object a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, ClassVar, Final

from undersight.errors import ColumnsUnclearError, DamagedFileError, UnknownRoleError
from undersight.i18n import _
from undersight.importers.account_columns import are_accounts
from undersight.importers.byte_source import head_text, is_packed
from undersight.importers.column_names import REST, ROLES, curated_roles, folded
from undersight.importers.column_sense import TableSense, likely
from undersight.importers.json_records import without_script
from undersight.importers.json_tables import columns_shown
from undersight.importers.parquet_rows import MAGIC
from undersight.importers.post_rows import Part, read_posts
from undersight.importers.post_tables import Cells, PostTable, header_of, open_table
from undersight.importers.row_form import KIND_ROLES, RowForm
from undersight.model.corpus_rows import SamplingNote
from undersight.text.markup import html_to_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from undersight.model.corpus_rows import ColumnChoice, PostKind

_WHO: Final = frozenset({"account_id", "account_handle", "account_name", "account_url"})
_SURE_WHO: Final = frozenset(
    {"account_id", "account_handle", "account_url", "post_id", "parent_id", "root_id"}
)
_COUNTED: Final = frozenset({"n_likes", "n_shares", "n_views"})
_WHAT: Final = frozenset({"text", "object", "link", "hashtag", "domain", "media", "repost_of_id"})
_BY_ID: Final = frozenset({"account_id", "account_handle"})
_IN_THREAD: Final = frozenset({"parent_id", "root_id"})
_WHEN: Final = frozenset({"time", "age"})
_WHO_WORDS: Final = (
    *("user", "author", "account", "sender", "commenter", "profile", "from", "handle"),
    *("istifadəçi", "müəllif", "kullanıcı", "yazar", "автор", "пользователь"),
)
_WHAT_WORDS: Final = (
    *("text", "comment", "message", "content", "body", "caption", "tweet", "title", "url"),
    *("mətn", "şərh", "metin", "yorum", "текст", "комментарий", "object", "link"),
)
# By one of these it is known whether a row is a post or a comment.
_KIND_SHOWN: Final = frozenset(
    (
        *(*KIND_ROLES, "post_id", "root_id", "url", "n_shares", "n_views"),
        *("link", "object", "hashtag", "media"),
    )
)
_TIES: Final = (frozenset({"from", "to"}), frozenset({"source", "target"}))
_OBJECT_ENDS: Final = frozenset({"id", "object"})
_LEAST_ROWS_TO_JUDGE = 20
_HTML_TEXT = re.compile(r"\s*<(?:p|div|span|br)\b[^>]*>", re.IGNORECASE)


class PostsTable:
    """A table of posts by its column names, in English, Azerbaijani, Russian or Turkish.

    A column gets a meaning by an exact known name or by ``--map``; everything else is left out.
    """

    importer_id: ClassVar[str] = "posts-table"
    about: ClassVar[str] = _("Any table of posts or comments: CSV, TSV, Excel, Parquet, NDJSON.")
    suffixes: ClassVar[tuple[str, ...]] = (
        *(".csv", ".tsv", ".xlsx", ".xls", ".parquet", ".ndjson", ".jsonl", ".json", ".js"),
        ".gz",
    )
    version: ClassVar[int] = 6
    reason: ClassVar[str] = "its columns name who wrote, what and when; or it is Parquet"

    @classmethod
    def recognises(cls, head: bytes, name: str) -> bool:
        """Take Parquet, and tables whose names tell an author, a text or object, and a time."""
        if head.startswith(MAGIC):
            return True
        columns = header_of(head) or columns_shown(head)
        # No table of cases comes packed or as JSON: such a one asks what its columns mean.
        if columns and (is_packed(head) or _is_json(head)):
            return True
        roles = curated_roles(columns)
        found = roles.keys()
        is_told = bool(found & _WHO) and bool(found & _WHAT)
        is_thread = bool(found & _BY_ID) and bool(found & _IN_THREAD)
        if is_told and bool(found & _SURE_WHO) and (bool(found & _WHEN) or is_thread):
            return True
        # What is liked and passed on is a post, whoever wrote it.
        is_liked = bool(found & _COUNTED) and "time" in found and "text" in found
        if is_liked and bool(found & {*_WHO, "post_id"}):
            return True
        sense = TableSense(columns, roles, ())
        return is_told and sense.are_comments() and sense.is_no_table_of_cases()

    def parse(self, stream: BinaryIO, choice: ColumnChoice) -> Iterator[Part]:
        """Yield one post per row.

        Raises:
            ColumnsUnclearError: No column tells who wrote or what, or an id is not the row's own.
            UnknownRoleError: The person named a column or meaning that does not exist.
            InputError: It is no table.
        """
        said = _Said(is_platform_told=bool(choice.platform))

        def form_of(table: PostTable, seen: Sequence[Cells]) -> RowForm:
            return _form(table, [cells for _, cells in seen], choice, said)

        yield from read_posts(stream, open_table, form_of, choice)
        yield from _notes(said)


@dataclass(slots=True)
class _Said:
    """What was concluded of a file, to be said at its end."""

    is_platform_told: bool
    platform: str = ""
    is_root_taken: bool = False
    is_author_told: bool = True
    is_kind_told: bool = True


def _form(
    table: PostTable, seen: Sequence[Sequence[str]], choice: ColumnChoice, said: _Said
) -> RowForm:
    columns = table.columns
    roles = _roles(columns, choice.roles, seen)
    stated = choice.roles
    sense = TableSense(["" if stated.get(n) == REST else n for n in columns], roles, seen)
    sense.settle_first()
    are_comments = sense.are_comments()
    if told := choice.constants.get("kind"):
        are_comments = told in {"comment", "reply"}
    sense.settle(are_comments=are_comments)
    roles |= {role: columns.index(name) for name, role in stated.items() if role != REST}
    _check(columns, roles, is_author_needed=not choice.roles)
    if not choice.roles:
        said.is_root_taken = _settle_own_id(columns, roles, seen)
    said.is_author_told = bool(roles.keys() & _WHO)
    said.is_platform_told = said.is_platform_told or "platform" in roles
    said.platform = "" if said.is_platform_told else sense.platform()
    place = roles.get("text", -1)
    if 0 <= place < len(columns) and _are_html([cells[place] for cells in seen if cells[place]]):
        sense.add("text", lambda cells: html_to_text(cells[place]), place)
    # What stands under something is a comment: its author is not laid open by a guess.
    kind: PostKind = "comment" if are_comments or said.is_root_taken else "post"
    is_shown = are_comments or sense.account_kind != "unknown" or roles.keys() & _KIND_SHOWN
    said.is_kind_told = bool(is_shown or choice.constants.keys() & {"kind", "account_kind"})
    steps = tuple(sense.steps)
    return RowForm(
        roles=roles,
        kind=kind,
        platform=said.platform,
        account_kind=sense.account_kind,
        derive=(lambda cells: [step(cells) for step in steps]) if steps else None,
        unread=sense.unread(),
    )


def _notes(said: _Said) -> Iterator[SamplingNote]:
    if said.is_root_taken:
        yield SamplingNote(
            code="other",
            sentence="post_id is the same for different texts: it is read as the post under "
            "which they stand, and the rows have no ids of their own.",
        )
    if not said.is_author_told:
        yield SamplingNote(
            code="other",
            sentence="No column says who wrote: nothing can be said of accounts.",
        )
    if not said.is_kind_told:
        yield SamplingNote(
            code="kind-unknown",
            sentence="Nothing says whether these are posts or comments: they were taken as posts, "
            "and who wrote them keeps a name. Import it again and say of which kind all rows are: "
            "kind=comment.",
        )
    if said.platform:
        yield SamplingNote(
            code="other",
            sentence=f"The file was taken as one of “{said.platform}”, by its addresses, ids or "
            "columns. If it is of another platform, import it again and say of which.",
        )
    elif not said.is_platform_told:
        yield SamplingNote(
            code="platform-unknown",
            sentence="The file does not say which platform it is of; its posts are marked "
            "“other”. Import it again and say of which.",
        )


def _is_json(head: bytes) -> bool:
    return without_script(head_text(head))[:1] in ("{", "[")


def _roles(
    columns: Sequence[str], stated: Mapping[str, str], seen: Sequence[Sequence[str]]
) -> dict[str, int]:
    """Curated names, filled columns first, then what a person said, which goes before them."""
    for column, role in stated.items():
        if column not in columns:
            raise UnknownRoleError(column, tuple(columns), is_column=True)
        if role not in ROLES and role != REST:
            raise UnknownRoleError(role, (*ROLES, REST), is_column=False)
    named = {columns.index(column): role for column, role in stated.items()}
    left = [("" if place in named else name) for place, name in enumerate(columns)]
    is_filled = [any(column) for column in zip(*seen, strict=True)] if seen else []
    filled = [name if is_one else "" for name, is_one in zip(left, is_filled, strict=False)]
    found = curated_roles(left) | curated_roles(filled)
    found = {role: place for role, place in found.items() if role not in named.values()}
    return found | {role: place for place, role in named.items() if role != REST}


def _check(columns: Sequence[str], roles: Mapping[str, int], *, is_author_needed: bool) -> None:
    """Refuse what nothing can be said of; texts without authors are taken where told to be."""
    is_dated = bool(roles.keys() & _WHEN) and bool(roles.keys() & {"text", "link"})
    is_known = is_dated and bool(roles.keys() & {"post_id", *_IN_THREAD})
    wanted: list[tuple[str, str, tuple[str, ...]]] = []
    if is_author_needed and not is_known and not roles.keys() & _WHO:
        wanted.append(("who wrote", "account_id", _WHO_WORDS))
    if not roles.keys() & _WHAT:
        wanted.append(("what was written or shared", "text", _WHAT_WORDS))
    if not wanted:
        return
    names = {folded(name) for name in columns}
    if any(ends <= names for ends in _TIES) and any("weight" in name for name in names):
        reason = "it lists ties between accounts, not posts; bring in what it was made from"
        raise DamagedFileError("line 1", reason)
    missing = " or ".join(what for what, *_rest in wanted)
    if are_accounts(columns):
        raise ColumnsUnclearError(tuple(columns), missing, ("--as accounts-table",))
    taken = set(roles.values())
    free = [name for place, name in enumerate(columns) if place not in taken]
    options = ["--as posts-table"]
    for _missing, role, words in wanted:
        column, meaning = likely(free, words), role
        if role == "account_id" and not column and "url" in roles:
            column, meaning = columns[roles["url"]], "account_url"  # it may name whose post it is
        free = [name for name in free if name != column]
        if role == "text" and folded(column).split("_")[-1] in _OBJECT_ENDS:
            meaning = "object"
        options.append(f'--map "{column or "COLUMN"}={meaning}"')
    raise ColumnsUnclearError(tuple(columns), missing, tuple(options))


def _are_html(texts: Sequence[str]) -> bool:
    """Whether texts come as HTML paragraphs, as Mastodon gives them."""
    n_html = sum(1 for text in texts if _HTML_TEXT.match(text))
    return n_html * 10 > len(texts) * 8


def _settle_own_id(
    columns: Sequence[str], roles: dict[str, int], seen: Sequence[Sequence[str]]
) -> bool:
    """Take an id that stands on different texts for that of the post above them.

    Returns:
        Whether that was done, as a column called ``post_id`` allows.

    Raises:
        ColumnsUnclearError: A column of another name is no own id, which would make rows one.
    """
    place, text = roles.get("post_id", -1), roles.get("text", -1)
    if place < 0 or text < 0 or len(seen) < _LEAST_ROWS_TO_JUDGE:
        return False
    if max(place, text) >= len(columns):  # made of several cells: a row's own already
        return False
    texts: dict[str, set[str]] = {}
    for cells in seen:
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
