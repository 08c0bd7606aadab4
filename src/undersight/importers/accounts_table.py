"""Any table of accounts: lists of pages or bots, follower counts over time."""

from __future__ import annotations

import io
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, ClassVar

from undersight.errors import ColumnsUnclearError, DayOrderError, UnknownRoleError
from undersight.i18n import _
from undersight.importers.account_columns import (
    ACCOUNT_TABLE_ROLES,
    COUNTS,
    METRICS,
    account_roles,
    are_accounts,
)
from undersight.importers.cell_values import count, moment_seen
from undersight.importers.column_names import REST, folded
from undersight.importers.column_sense import platform_of_ids
from undersight.importers.doubts import NULLS, Doubts
from undersight.importers.json_tables import columns_shown
from undersight.importers.moments import TimeReader
from undersight.importers.permalinks import permalink, platform_of
from undersight.importers.post_rows import N_LEARNT, Part
from undersight.importers.post_tables import PostTable, header_of, open_table
from undersight.importers.row_form import ACCOUNT_KINDS
from undersight.model.corpus_rows import AccountRow, Moment, SamplingNote
from undersight.model.intake import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from undersight.model.corpus_rows import AccountKind, ColumnChoice

_KINDS_BY_COLUMN: dict[str, AccountKind] = {
    "page_id": "page",
    "page_name": "page",
    "group_id": "group",
    "group_name": "group",
    "channel_id": "channel",
    "channel_name": "channel",
    "bot_id": "bot",
}


class AccountsTable:
    """Accounts with what is known of them: name, kind, country, age, and counts at a moment.

    Counts are kept only with the moment at which they were seen: a column of the table, or
    ``--seen``. A table of ``metric`` and ``value`` is read as one count a row.
    """

    importer_id: ClassVar[str] = "accounts-table"
    about: ClassVar[str] = _("Any table of accounts: pages, bots, follower counts over time.")
    suffixes: ClassVar[tuple[str, ...]] = (
        *(".csv", ".tsv", ".xlsx", ".xls", ".parquet", ".ndjson", ".jsonl", ".json"),
        ".gz",
    )
    version: ClassVar[int] = 1
    reason: ClassVar[str] = "its columns name accounts and their followers, and no posts"

    @classmethod
    def recognises(cls, head: bytes, name: str) -> bool:
        """Look for accounts with counts or an age, and nothing that only posts have."""
        return are_accounts(header_of(head) or columns_shown(head))

    def parse(self, stream: BinaryIO, choice: ColumnChoice) -> Iterator[Part]:
        """Yield one account per row, with what was counted of it.

        Raises:
            ColumnsUnclearError: No column tells which account.
            UnknownRoleError: The person named a column or meaning that does not exist.
            InputError: It is no table.
        """
        source = stream if stream.seekable() else io.BytesIO(stream.read())
        table = open_table(source)
        roles = _roles(table.columns, choice)
        seen = [row[1] for row in islice(table.rows, N_LEARNT) if not isinstance(row, Issue)]
        reader = _Reader(table, roles, choice, seen)
        source.seek(0)
        for row in open_table(source).rows:
            reader.doubts.n_records += 1
            yield from (row,) if isinstance(row, Issue) else reader.account(*row)
        yield from reader.notes()


def _roles(columns: Sequence[str], choice: ColumnChoice) -> dict[str, int]:
    for column, role in choice.roles.items():
        if column not in columns:
            raise UnknownRoleError(column, tuple(columns), is_column=True)
        if role not in ACCOUNT_TABLE_ROLES and role != REST:
            raise UnknownRoleError(role, (*ACCOUNT_TABLE_ROLES, REST), is_column=False)
    named = {columns.index(column): role for column, role in choice.roles.items()}
    left = ["" if place in named else name for place, name in enumerate(columns)]
    roles = {role: n for role, n in account_roles(left).items() if role not in named.values()}
    roles |= {role: place for place, role in named.items() if role != REST}
    if not roles.keys() & {"account_id", "account_handle", "account_name", "account_url"}:
        options = ("--as accounts-table", '--map "COLUMN=account_name"')
        raise ColumnsUnclearError(tuple(columns), "which account a row is about", options)
    return roles


class _Reader:
    """Makes accounts of rows.

    Args:
        table: The table.
        roles: Column number by role.
        choice: What a person said about the file.
        seen: The cells of its first rows.
    """

    def __init__(
        self,
        table: PostTable,
        roles: dict[str, int],
        choice: ColumnChoice,
        seen: Sequence[Sequence[str]],
    ) -> None:
        self.doubts = Doubts()
        self._roles, self._choice = roles, choice
        self._seen_at = moment_seen(choice)
        self._is_undated = False
        self._times, self._created = (
            TimeReader(zone=choice.zone, is_day_first=choice.is_day_first) for _ in range(2)
        )
        for role, times in (("observed", self._times), ("account_created", self._created)):
            place = roles.get(role, -1)
            times.learn([cells[place] for cells in seen] if place >= 0 else ())
            if times.is_undecided:
                raise DayOrderError(table.columns[place], times.ambiguous)
        urls = [cells[roles["account_url"]] for cells in seen] if "account_url" in roles else []
        found = {platform_of(url) for url in urls if url} - {""}
        ids = [cells[roles["account_id"]] for cells in seen] if "account_id" in roles else []
        found |= {platform_of_ids([one for one in ids if one])} - {""}
        self._guessed = found.pop() if len(found) == 1 else ""
        names = {folded(table.columns[place]) for place in roles.values()}
        kinds = {kind for name, kind in _KINDS_BY_COLUMN.items() if name in names}
        self._kind: AccountKind = kinds.pop() if len(kinds) == 1 else "unknown"

    def account(self, locator: str, cells: Sequence[str]) -> Iterator[Part]:
        """Yield the account of a row and what of it is no date or number."""

        def cell(role: str) -> str:
            text = cells[self._roles[role]].strip() if role in self._roles else ""
            return "" if text.lower() in NULLS else text

        counts = {role: count(cell(role)) for role in COUNTS}
        issues: list[Issue] = []
        if "metric" in self._roles and not any(role in self._roles for role in COUNTS):
            metric = METRICS.get(cell("metric").lower(), "")
            if not metric:
                reason = f"“{cell('metric')[:40]}” is no count that is kept of accounts."
                yield Issue(locator=locator, reason=reason, column="metric")
                return
            counts[metric] = count(cell("value"))
        observed = self._moment(self._times, cell("observed"), locator, "observed", issues)
        observed = observed or self._seen_at
        self._is_undated |= observed is None and any(n is not None for n in counts.values())
        url = cell("account_url")
        at = permalink(url)
        handle = cell("account_handle").removeprefix("@") or at.owner
        native_id = self.doubts.id_kept(cell("account_id"), locator) or at.owner_id
        yield AccountRow(
            locator=locator,
            platform=self._choice.platform or self._guessed or "other",
            native_id=native_id or (f"@{handle}" if handle else ""),
            kind="group"
            if at.is_group
            else ACCOUNT_KINDS.get(cell("account_kind").lower(), self._kind),
            name=cell("account_name"),
            handle=handle,
            url=url,
            category=cell("account_category"),
            country=cell("account_country"),
            created=self._moment(
                self._created, cell("account_created"), locator, "account_created", issues
            ),
            observed=observed,
            **counts,
        )
        yield from issues

    @staticmethod
    def _moment(
        times: TimeReader, text: str, locator: str, column: str, issues: list[Issue]
    ) -> Moment | None:
        moment = times.read(text) if text else None
        if text and moment is None:
            reason = f"“{text[:40]}” is no time known here."
            issues.append(Issue(locator=locator, reason=reason, column=column))
        return moment

    def notes(self) -> Iterator[SamplingNote]:
        """Tell what is doubtful of the whole."""
        yield from self.doubts.notes()
        if self._is_undated:
            yield SamplingNote(
                code="other",
                sentence="No column says when followers and posts were counted: the counts were "
                "left out. Say when the table was made (--seen) to keep them.",
            )
        if not (self._choice.platform or self._guessed):
            yield SamplingNote(
                code="other",
                sentence="The file does not say which platform it is of; its accounts are marked "
                "“other”. Import it again with --platform to say so.",
            )
