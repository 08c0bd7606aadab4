"""From cells and the roles of their columns to rows of the corpus."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import BinaryIO, Final, cast

from undersight.errors import DayOrderError
from undersight.importers.cell_values import (
    NULLS,
    count,
    moment_ago,
    moment_seen,
    object_share,
    parts_of,
)
from undersight.importers.doubts import Doubts
from undersight.importers.moments import TimeReader
from undersight.importers.permalinks import permalink
from undersight.importers.post_tables import Cells, PostTable
from undersight.importers.time_words import age_s
from undersight.model.corpus_rows import (
    AccountKind,
    AccountRow,
    ColumnChoice,
    CorpusRow,
    Moment,
    PostKind,
    PostRow,
    SamplingNote,
    ShareKind,
    ShareRow,
)
from undersight.model.intake import Issue

Part = CorpusRow | Issue | SamplingNote
N_LEARNT: Final = 1_000
_MOST_ACCOUNTS_KEPT = 65_536
_TRUE: Final = frozenset({"true", "1", "yes", "t", "y", "1.0", "hə", "evet", "да"})
_FALSE: Final = frozenset({"false", "0", "no", "f", "n", "0.0", "xeyr", "hayır", "нет", ""})
_ACCOUNT_KINDS: Final[Mapping[str, AccountKind]] = {
    "profile": "profile",
    "user": "profile",
    "person": "profile",
    "page": "page",
    "group": "group",
    "channel": "channel",
    "bot": "bot",
    "səhifə": "page",
    "sayfa": "page",
    "страница": "page",
    "qrup": "group",
    "grup": "group",
    "группа": "group",
    "kanal": "channel",
    "канал": "channel",
}
_POST_KINDS = frozenset({"post", "comment", "reply", "repost"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RowForm:
    """How the rows of one format become posts.

    Args:
        roles: Column number by role (`undersight.importers.column_names`).
        platform: Platform of all rows; a column or the person's choice goes before it.
        kind: Kind of a post that nothing else tells about.
        account_kind: Kind of its author, likewise.
        target_kind: Kind of the account under which the rows stand.
        root_id: The post under which all rows stand, where the file tells it once.
        is_epoch: Whether bare numbers are seconds since 1970 whatever their size.
        derive: Makes further cells of a row's cells, numbered on from the last column.
    """

    roles: Mapping[str, int]
    platform: str = ""
    kind: PostKind = "post"
    account_kind: AccountKind = "unknown"
    target_kind: AccountKind = "unknown"
    root_id: str = ""
    is_epoch: bool = False
    derive: Callable[[Sequence[str]], Sequence[str]] | None = None


class RowBuilder:
    """Builds posts out of cells.

    Args:
        form: What the columns mean.
        choice: What a person said about the file.
        doubts: Where to count what is doubtful.

    Raises:
        UnknownZoneError: The person named a time zone that does not exist.
    """

    def __init__(self, form: RowForm, choice: ColumnChoice, doubts: Doubts) -> None:
        self.form, self.choice, self.doubts = form, choice, doubts
        self.platform = choice.platform or form.platform or "other"
        self.times = TimeReader(
            zone=choice.zone, is_day_first=choice.is_day_first, is_epoch=form.is_epoch
        )
        self._other_times = TimeReader(zone=choice.zone, is_day_first=choice.is_day_first)
        self._targets: dict[tuple[str, ...], AccountRow] = {}
        self._stated_one = stated_target(choice, self.platform)
        self._root_id = form.root_id or permalink(choice.target).post_id
        self._observed = moment_seen(choice)
        self._own, self._who = self._cells(_OWN_ROLES), self._cells(_ACCOUNT_ROLES)
        self._where = self._cells(_TARGET_ROLES)
        shares = (("link", "url"), ("domain", "domain"), ("hashtag", "hashtag"))
        more = (("mention", "mention"), ("media", "media"), ("object", ""))
        self._shares = [(form.roles[r], kind) for r, kind in (*shares, *more) if r in form.roles]
        self._has_target = any(role in form.roles for role in _TARGET_ROLES)
        self._is_observed = any(role in form.roles for role in _OBSERVED_ROLES)
        self._authors: dict[tuple[str, ...], AccountRow | None] = {}

    def _cells(self, roles: Sequence[str]) -> Callable[[Sequence[str]], tuple[str, ...]]:
        # One cell more than there are columns: a role without a column reads an empty text.
        return itemgetter(*(self.form.roles.get(role, -1) for role in roles))

    def post(self, locator: str, cells: Sequence[str]) -> tuple[Part, ...]:
        """Return the post of a row, then what is wrong with a field of it.

        Args:
            locator: Where the row stands.
            cells: Its cells, as many as columns.
        """
        derive = self.form.derive
        row = [*cells, *derive(cells), ""] if derive else [*cells, ""]
        native_id, text, written, age, observed, parent, root, repost_of, *rest = self._own(row)
        stated, is_reply, is_repost, platform, lang, url, likes, replies, shares, views = rest
        self.doubts.text_seen(text, locator)
        platform = platform.strip().lower() or self.platform
        if parent:
            parent = self._id(parent, locator)
        if repost_of:
            repost_of = self._id(repost_of, locator)
        published = self.times.read(written) if written else None
        is_read = True
        if published is None and (written or age):
            published, is_read = self._otherwise(written, age, observed)
        post = PostRow(
            locator=locator,
            platform=platform,
            native_id=self._id(native_id, locator) if native_id else "",
            kind=self._kind(stated, is_reply or parent, is_repost, repost_of),
            author=self._author(locator, platform, row, published),
            parent_native_id=parent,
            root_native_id=(self._id(root, locator) if root else "") or self._root_id,
            target=self._target(locator, platform, row) if self._has_target else self._stated_one,
            repost_of_native_id=repost_of,
            published=published,
            text=text,
            lang=lang.strip(),
            url=url.strip(),
            n_likes=count(likes) if likes else None,
            n_replies=count(replies) if replies else None,
            n_shares=count(shares) if shares else None,
            n_views=count(views) if views else None,
            shares=self._shared(row) if self._shares else (),
        )
        return (post,) if is_read else (post, _no_time(locator, written or age))

    def _id(self, value: str, locator: str) -> str:
        value = value.strip()
        return "" if value.lower() in NULLS else self.doubts.id_kept(value, locator)

    def _otherwise(self, written: str, age: str, observed: str) -> tuple[Moment | None, bool]:
        """Return the time of what is no date, and whether it could be read as one."""
        for text in (written.strip(), age.strip()):
            if text and text.lower() not in NULLS:
                return self._ago(text, observed)
        return None, True

    def _ago(self, age: str, observed: str) -> tuple[Moment | None, bool]:
        seen = self._other_times.read(observed) if observed else self._observed
        moment = moment_ago(age, seen)
        is_age = moment is not None or age_s(age) is not None
        self.doubts.n_ages_unplaced += is_age and moment is None
        return moment, is_age

    def _kind(self, stated: str, is_reply: str, is_repost: str, repost_of: str) -> PostKind:
        """The kind of a post; ``is_reply`` is what a column says, or the post answered."""
        if stated and stated.strip().lower() in _POST_KINDS:
            return cast("PostKind", stated.strip().lower())
        if repost_of or (is_repost and is_repost.strip().lower() in _TRUE):
            return "repost"
        if is_reply and is_reply.strip().lower() not in _FALSE:
            return "reply"
        return self.form.kind

    def _author(
        self, locator: str, platform: str, row: Sequence[str], seen: Moment | None
    ) -> AccountRow | None:
        """The author, who is one value wherever the file says the same of them."""
        cells = self._who(row)
        key = (platform, *cells)
        if not self._is_observed and key in self._authors:
            return self._authors[key]
        author = self._account(locator, platform, cells, seen if self._is_observed else None)
        if not self._is_observed:
            if len(self._authors) >= _MOST_ACCOUNTS_KEPT:
                self._authors.clear()
            # An id blanked as damaged is counted at each row.
            if author is None or author.native_id or not cells[0]:
                self._authors[key] = author
        return author

    def _account(
        self, locator: str, platform: str, cells: Sequence[str], seen: Moment | None
    ) -> AccountRow | None:
        native_id, name, handle, url, kind, *rest = (cell.strip() for cell in cells)
        category, country, created, followers, following, posts = rest
        native_id = self._id(native_id, locator) if native_id else ""
        handle = handle.removeprefix("@")
        if not native_id:
            if not name and not handle:
                return None
            # A handle is the platform's own id too; the sign keeps it apart from numbers.
            native_id = f"@{handle}" if handle else ""
        return AccountRow(
            locator=locator,
            platform=platform,
            native_id=native_id,
            kind=_ACCOUNT_KINDS.get(kind.lower(), self.form.account_kind),
            name=name,
            handle=handle,
            url=url,
            category=category,
            country=country,
            created=self._other_times.read(created) if created else None,
            observed=seen,
            n_followers=count(followers),
            n_following=count(following),
            n_posts=count(posts),
        )

    def _target(self, locator: str, platform: str, row: Sequence[str]) -> AccountRow | None:
        native_id, name, url = (cell.strip() for cell in self._where(row))
        if not native_id and not name and not url:
            return self._stated_one
        key = (platform, native_id, name, url)
        found = self._targets.get(key)
        if found is None:
            if len(self._targets) >= _MOST_ACCOUNTS_KEPT:
                self._targets.clear()
            found = AccountRow(
                locator=locator,
                platform=platform,
                native_id=self._id(native_id, locator),
                kind=self.form.target_kind,
                name=name,
                url=url,
            )
            self._targets[key] = found
        return found

    def _shared(self, row: Sequence[str]) -> tuple[ShareRow, ...]:
        found: list[ShareRow] = []
        for place, kind in self._shares:
            cell = row[place]
            if not cell:
                continue
            if not kind:
                found.append(object_share(cell.strip()))
            else:
                found += [
                    ShareRow(kind=cast("ShareKind", kind), value=one) for one in parts_of(cell)
                ]
        return tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found)


def stated_target(choice: ColumnChoice, platform: str) -> AccountRow | None:
    """Return the account under which a person says that everything stands.

    Args:
        choice: What the person said: the address of a page or post, or a name.
        platform: Platform of the file.
    """
    at = permalink(choice.target)
    name = "" if at.platform else choice.target
    if not name and not at.owner_id and not at.owner:
        return None
    return AccountRow(
        locator="target",
        platform=at.platform or platform,
        native_id=at.owner_id or (f"@{at.owner}" if at.owner else ""),
        kind="group" if at.is_group else "unknown",
        name=name,
        handle=at.owner,
    )


def _no_time(locator: str, written: str) -> Issue:
    reason = f"“{written[:40]}” is no time known here."
    return Issue(locator=locator, reason=reason, column="time")


_OWN_ROLES: Final = (
    *("post_id", "text", "time", "age", "observed", "parent_id", "root_id", "repost_of_id"),
    *("kind", "is_reply", "is_repost", "platform", "lang", "url"),
    *("n_likes", "n_replies", "n_shares", "n_views"),
)
_OBSERVED_ROLES: Final = ("n_followers", "n_following", "n_posts")
_ACCOUNT_ROLES: Final = (
    *("account_id", "account_name", "account_handle", "account_url", "account_kind"),
    *("account_category", "account_country", "account_created", *_OBSERVED_ROLES),
)
_TARGET_ROLES: Final = ("target_id", "target_name", "target_url")


OpenTable = Callable[[BinaryIO], PostTable]
FormOf = Callable[[PostTable, Sequence[Cells]], RowForm]


def read_posts(
    stream: BinaryIO, open_table: OpenTable, form_of: FormOf, choice: ColumnChoice
) -> Iterator[Part]:
    """Yield all posts of a table with issues and, at the end, what is doubtful of the whole.

    The table is opened twice: what its times mean is learnt first, from as many rows as it takes.

    Args:
        stream: The file from its start.
        open_table: Opens its table.
        form_of: Tells what its columns mean from the header and the first rows.
        choice: What a person said about the file.

    Raises:
        InputError: The file is no such table, or its columns or dates cannot be told.
    """
    source = stream if stream.seekable() else io.BytesIO(stream.read())
    table = open_table(source)
    seen = [row for row in islice(table.rows, N_LEARNT) if not isinstance(row, Issue)]
    form = form_of(table, seen)
    doubts = Doubts()
    builder = RowBuilder(form, choice, doubts)
    _learn_times(table, builder, seen)
    source.seek(0)
    build = builder.post
    for row in open_table(source).rows:
        doubts.n_records += 1
        if row.__class__ is Issue:
            yield row
        else:
            yield from build(*row)  # type: ignore[misc]
    yield from doubts.notes()


def _learn_times(table: PostTable, builder: RowBuilder, seen: Sequence[Cells]) -> None:
    place = builder.form.roles.get("time", -1)
    if place < 0:
        return
    times = builder.times
    values = [cells[place] for _, cells in seen]
    times.learn(values)
    while times.is_undecided:
        row = next(table.rows, None)
        if row is None:
            raise DayOrderError(table.columns[place], times.ambiguous)
        if not isinstance(row, Issue):
            times.observe(row[1][place].strip())
    times.learn(values)
