"""From cells and the roles of their columns to rows of the corpus."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import BinaryIO, Final, cast

from undersight.errors import DayOrderError
from undersight.importers.cell_values import (
    count,
    moment_ago,
    moment_seen,
    object_share,
    parts_of,
)
from undersight.importers.doubts import NULLS, Doubts
from undersight.importers.moments import TimeReader
from undersight.importers.permalinks import permalink
from undersight.importers.post_tables import Cells, PostTable
from undersight.importers.row_form import (
    ACCOUNT_KINDS,
    ACCOUNT_ROLES,
    COUNT_ROLES,
    ID_ROLES,
    OBSERVED_ROLES,
    TARGET_ROLES,
    RowBatch,
    RowForm,
)
from undersight.importers.row_kinds import PostIds, kinds_of
from undersight.importers.time_words import age_s
from undersight.importers.unread_columns import UnreadColumns
from undersight.model.corpus_rows import (
    AccountRow,
    ColumnChoice,
    CorpusRow,
    Moment,
    PostRow,
    SamplingNote,
    ShareKind,
    ShareRow,
)
from undersight.model.intake import Issue

Part = CorpusRow | Issue | SamplingNote
N_LEARNT: Final = 1_000
N_AT_ONCE: Final = 2_000
_MOST_ACCOUNTS_KEPT = 65_536


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
        shares = (("link", "url"), ("domain", "domain"), ("hashtag", "hashtag"))
        more = (("mention", "mention"), ("media", "media"), ("object", ""))
        self._shares = [(r, kind) for r, kind in (*shares, *more) if r in form.roles]
        self._has_target = any(role in form.roles for role in TARGET_ROLES)
        self._is_observed = any(role in form.roles for role in OBSERVED_ROLES)
        self._authors: dict[tuple[str, ...], AccountRow | None] = {}
        self.unread = UnreadColumns(form.unread)

    def posts(self, rows: Sequence[Cells]) -> tuple[list[PostRow], dict[int, Issue]]:
        """Return the posts of some rows, and by place what is wrong with a field of one.

        Args:
            rows: Where each stands, and its cells, as many as columns.
        """
        batch = RowBatch(rows, self.form)
        column, locators = batch.column, batch.locators
        self.unread.see(batch)
        self.doubts.texts_seen(column("text"), locators)
        platforms = [one.strip().lower() or self.platform for one in column("platform")]
        own, parents, roots, reposts_of = self._ids_of(batch)
        times, unread = self._published(batch)
        return [
            PostRow(
                locator=locator,
                platform=platform,
                native_id=native_id,
                kind=kind,
                author=author,
                parent_native_id=parent,
                root_native_id=root or self._root_id,
                target=target,
                repost_of_native_id=repost_of,
                published=published,
                text=text,
                lang=lang.strip(),
                url=url.strip(),
                n_likes=count(likes) if likes else None,
                n_replies=count(replies) if replies else None,
                n_shares=count(n_shares) if n_shares else None,
                n_views=count(views) if views else None,
                shares=shares,
            )
            for (
                locator,
                platform,
                native_id,
                kind,
                author,
                parent,
                root,
                target,
                repost_of,
                published,
                text,
                lang,
                url,
                likes,
                replies,
                n_shares,
                views,
                shares,
            ) in zip(
                *(locators, platforms, own),
                kinds_of(batch, self.form, PostIds(own, parents, roots, reposts_of)),
                self._authors_of(batch, platforms, times),
                *(parents, roots),
                self._targets_of(batch, platforms),
                *(reposts_of, times),
                *map(column, ("text", "lang", "url", *COUNT_ROLES)),
                self._shared(batch),
                strict=True,
            )
        ], unread

    def _ids_of(self, batch: RowBatch) -> tuple[Sequence[str], ...]:
        own, parents, *others = (self._ids(batch, role) for role in ID_ROLES)
        # Some tools write a post's own id where others leave what it answers empty.
        above = [p if p != o else "" for p, o in zip(parents, own, strict=True)]
        return (own, above, *others)

    def _ids(self, batch: RowBatch, role: str) -> Sequence[str]:
        column = batch.column(role)
        return self.doubts.ids_kept(column, batch.locators) if role in batch.roles else column

    def _published(self, batch: RowBatch) -> tuple[list[Moment | None], dict[int, Issue]]:
        """Return when each was posted, and by place what is no time."""
        written, ages, observed = map(batch.column, ("time", "age", "observed"))
        times = self.times.read_all(written)
        unread: dict[int, Issue] = {}
        if None not in times:
            return times, unread
        for place, moment in enumerate(times):
            if moment is None and (written[place] or ages[place]):
                times[place], is_read = self._otherwise(
                    written[place], ages[place], observed[place]
                )
                if not is_read:
                    unread[place] = _no_time(batch.locators[place], written[place] or ages[place])
        return times, unread

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

    def _authors_of(
        self, batch: RowBatch, platforms: Sequence[str], times: Sequence[Moment | None]
    ) -> list[AccountRow | None]:
        """The authors, each one value wherever the file says the same of them."""
        keys = list(zip(platforms, *map(batch.column, ACCOUNT_ROLES), strict=True))
        if self._is_observed:
            rows = zip(batch.locators, keys, times, strict=True)
            return [self._account(locator, key, seen) for locator, key, seen in rows]
        if len(self._authors) >= _MOST_ACCOUNTS_KEPT:
            self._authors.clear()
        found: list[AccountRow | None] = []
        for place, key in enumerate(keys):
            try:
                found.append(self._authors[key])
            except KeyError:
                author = self._account(batch.locators[place], key, None)
                found.append(author)
                # An id blanked as damaged is counted at each row.
                if author is None or author.native_id or not key[1]:
                    self._authors[key] = author
        return found

    def _account(self, locator: str, key: Sequence[str], seen: Moment | None) -> AccountRow | None:
        platform, *cells = key
        native_id, name, handle, url, kind, *rest = map(str.strip, cells)
        category, country, created, followers, following, posts = rest
        native_id = self._id(native_id, locator) if native_id else ""
        handle = handle.removeprefix("@")
        if not native_id:
            if not name and not handle:
                return None
            # A handle is the platform's own id too; the sign keeps it apart from numbers.
            native_id = f"@{handle}" if handle else ""
        usual = self.form.account_kind
        return AccountRow(
            locator=locator,
            platform=platform,
            native_id=native_id,
            kind=ACCOUNT_KINDS.get(kind.lower(), usual) if kind else usual,
            name=name,
            handle=handle,
            url=url,
            category=category,
            country=country,
            created=self._other_times.read(created) if created else None,
            observed=seen,
            n_followers=count(followers) if followers else None,
            n_following=count(following) if following else None,
            n_posts=count(posts) if posts else None,
        )

    def _targets_of(self, batch: RowBatch, platforms: Sequence[str]) -> list[AccountRow | None]:
        if not self._has_target:
            return [self._stated_one] * len(platforms)
        rows = zip(batch.locators, platforms, *map(batch.column, TARGET_ROLES), strict=True)
        return [self._target(locator, key) for locator, *key in rows]

    def _target(self, locator: str, cells: Sequence[str]) -> AccountRow | None:
        platform, native_id, name, url = (cell.strip() for cell in cells)
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

    def _shared(self, batch: RowBatch) -> Sequence[tuple[ShareRow, ...]]:
        """What the fields of each row say that it carries, each thing once."""
        found: Sequence[tuple[ShareRow, ...]] = [()] * len(batch.locators)
        for role, kind in self._shares:
            columns = zip(found, batch.column(role), strict=True)
            found = [
                (*before, *_shares_in(cell, kind)) if cell else before for before, cell in columns
            ]
        if "object" in self.form.roles:
            self.doubts.objects_seen(found, batch.locators)
        if len(self._shares) < 2:
            return found
        return [tuple(dict.fromkeys(one)) if len(one) > 1 else one for one in found]


def _shares_in(cell: str, kind: str) -> tuple[ShareRow, ...]:
    if not kind:
        return (object_share(cell.strip()),)
    parts = [ShareRow(kind=cast("ShareKind", kind), value=one) for one in parts_of(cell, kind)]
    return tuple(dict.fromkeys(parts))


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
    form = form_of(table, seen).with_constants(choice.constants)
    doubts = Doubts()
    builder = RowBuilder(form, choice, doubts)
    _learn_times(table, builder, seen)
    source.seek(0)
    rows = open_table(source).rows
    while some := list(islice(rows, N_AT_ONCE)):
        doubts.n_records += len(some)
        yield from _parts_of(some, builder)
    yield from doubts.notes()
    yield from builder.unread.notes(doubts.n_records)


def _parts_of(some: Sequence[Cells | Issue], builder: RowBuilder) -> Iterator[Part]:
    """Yield the posts of some rows and the issues among them, in file order."""
    posts, unread = builder.posts([one for one in some if not isinstance(one, Issue)])
    is_empty = [not (one.text or one.author or one.native_id or one.url) for one in posts]
    if len(posts) == len(some) and not unread and not any(is_empty):
        yield from posts
        return
    found = enumerate(posts)
    for one in some:
        if isinstance(one, Issue):
            yield one
            continue
        place, post = next(found)
        if is_empty[place] and _tells_nothing(post):
            # Such as a line of sums below a table.
            reason = "The row says neither who nor what; it was left out."
            yield Issue(locator=post.locator, reason=reason)
            continue
        yield post
        if place in unread:
            yield unread[place]


def _tells_nothing(post: PostRow) -> bool:
    return not (post.shares or post.repost_of_native_id or post.parent_native_id)


def _learn_times(table: PostTable, builder: RowBuilder, seen: Sequence[Cells]) -> None:
    place = builder.form.roles.get("time", -1)
    if place < 0:
        return
    times = builder.times
    derive = builder.form.derive

    def written(cells: Sequence[str]) -> str:
        return ([*cells, *derive(cells)] if derive else cells)[place]

    values = [written(cells) for _, cells in seen]
    times.learn(values)
    while times.is_undecided:
        row = next(table.rows, None)
        if row is None:
            column = table.columns[place] if place < len(table.columns) else "date"
            raise DayOrderError(column, times.ambiguous)
        if not isinstance(row, Issue):
            times.observe(written(row[1]).strip())
    times.learn(values)
