"""Loading one file: parts in, Parquet out, in batches and in file order."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from undersight.corpus.carried import carried_in
from undersight.corpus.manifest import ImportManifest
from undersight.corpus.parquet import TableWriter
from undersight.corpus.people import People, take_census
from undersight.corpus.rows import RowMaker, is_in_range
from undersight.corpus.tally import Tally
from undersight.model.corpus_rows import AccountRow, ColumnChoice, NoticeRow, PostRow, SamplingNote
from undersight.model.intake import Issue
from undersight.model.tables import ISSUES, TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from undersight.corpus.keys import CorpusKeys
    from undersight.corpus.rows import Row
    from undersight.model.corpus_rows import CorpusRow

    Parts = Callable[[], Iterator[CorpusRow | Issue | SamplingNote]]

BATCH_ROWS = 20_000
BATCH_CHARACTERS = 4_000_000
_MOST_ACCOUNTS_KEPT = 20_000
_PROGRESS_EVERY = 1024
_OUT_OF_RANGE = "A number or time of the record is out of range."


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadRequest:
    """What is to be loaded, and how.

    Args:
        import_digest: SHA-256 of the sealed original.
        name: What the file was called.
        importer_id: The format.
        importer_version: The version of the mapper.
        choice: What a person said about the columns.
        has_names: Keep people who only commented under their names.
        expires_us: From when the rows are not read any more, µs since 1970 UTC; None: never.
        generation: How often the file was mapped before.
        replaces: The import that this one stands for; empty for none.
    """

    import_digest: str
    name: str
    importer_id: str
    importer_version: int
    choice: ColumnChoice = field(default_factory=ColumnChoice)
    has_names: bool = False
    expires_us: int | None = None
    generation: int = 0
    replaces: str = ""

    @property
    def options(self) -> dict[str, Any]:
        """The choice as a JSON value; what was left open is left out."""
        given = asdict(self.choice)
        return {name: value for name, value in given.items() if value not in (None, "", {})}

    def manifest(
        self, import_id: str, *, loaded_us: int, facts: Mapping[str, Any]
    ) -> ImportManifest:
        """The manifest of what came of it.

        Args:
            import_id: Its folder's name.
            loaded_us: When, µs since 1970 UTC.
            facts: What `Loader.run` returned.
        """
        return ImportManifest(
            import_id=import_id,
            import_digest=self.import_digest,
            name=self.name,
            importer_id=self.importer_id,
            importer_version=self.importer_version,
            options=self.options,
            has_names=self.has_names,
            generation=self.generation,
            replaces=self.replaces,
            loaded_us=loaded_us,
            expires_us=self.expires_us,
            **facts,
        )


class Loader:
    """Fills the folder of one import.

    Args:
        folder: An empty folder.
        request: What is loaded.
        keys: The corpus's keys.
        import_key: Encrypts the files; None leaves them readable.
    """

    def __init__(
        self, folder: Path, request: LoadRequest, keys: CorpusKeys, import_key: bytes | None
    ) -> None:
        self._request, self._keys = request, keys
        self._tally = Tally()
        self._maker = RowMaker(
            request.import_digest, People(keys, None), target=request.choice.target
        )
        self._n_characters = 0
        # Per post of the batch: its row, and where its record began (None for a further row).
        self._posts: list[tuple[Row, bool]] = []
        self._shares_of: list[int] = []
        self._account_records: list[bool] = []
        self._notice_records: list[bool] = []
        self._last_account = ("", "")
        self._accounts_seen: dict[str, Row] = {}
        self._writers = {
            table.name: TableWriter(
                table,
                folder / f"{table.name}.parquet",
                import_digest=request.import_digest,
                key=import_key,
                is_distinct=table.name not in {"shares", "issues"},
            )
            for table in (*TABLES, ISSUES)
        }

    def run(self, parts: Parts, progress: Callable[[int], object]) -> dict[str, Any]:
        """Load everything; return the facts for the manifest.

        Args:
            parts: Starts reading the file from its beginning; called twice where people are to
                be told from pages first.
            progress: Called with the number of records read so far.
        """
        with ExitStack() as unfinished:
            for writer in self._writers.values():
                unfinished.callback(_abandon, writer)
            for part in parts():
                self._take(part, parts)
                if self._tally.n_read % _PROGRESS_EVERY == 0:
                    progress(self._tally.n_read)
            self._flush()
            files = {name: writer.close() for name, writer in self._writers.items()}
            unfinished.pop_all()
        progress(self._tally.n_read)
        return {
            **self._tally.facts(),
            "n_languages_not_asked": self._maker.languages.n_not_asked,
            "n_pseudonyms": self._maker.people.n_pseudonyms,
            "tables": {name: file for name, file in files.items() if file.n_rows},
        }

    def _take(self, part: CorpusRow | Issue | SamplingNote, parts: Parts) -> None:
        if isinstance(part, SamplingNote):
            self._tally.note(part)
            return
        is_record = self._tally.is_new_record(part)
        if isinstance(part, Issue):
            self._add_issue(part)
        elif not is_in_range(part):
            if is_record:
                self._tally.reject()
            self._add_issue(Issue(locator=part.locator, reason=_OUT_OF_RANGE))
        elif isinstance(part, PostRow):
            self._ask_who_comments(part, parts)
            self._add_post(part, is_record=is_record)
        elif isinstance(part, AccountRow):
            self._ask_who_comments(part, parts)
            if self._add_account(part, part.locator, is_record=is_record) is None and is_record:
                self._tally.reject()
                reason = "The account has neither id nor handle nor name."
                self._add_issue(Issue(locator=part.locator, reason=reason))
        else:
            self._add_notice(part, is_record=is_record)
        if self._is_full():
            self._flush()

    def _ask_who_comments(self, part: PostRow | AccountRow, parts: Parts) -> None:
        """Read the whole file ahead, once, when the first part shows that names are at stake."""
        people = self._maker.people
        if self._request.has_names or people.census is not None:
            return
        if isinstance(part, AccountRow) or _may_name_people(part):
            self._maker.people = People(self._keys, take_census(parts()))

    def _add_post(self, part: PostRow, *, is_record: bool) -> None:
        carried = carried_in(part.text)
        row = self._maker.post(part, carried)
        things = tuple(sorted((share.kind, share.value) for share in part.shares))
        self._writers["posts"].add(row, things)
        place = len(self._posts)
        self._posts.append((row, is_record))
        for share in self._maker.shares(part, carried, row):
            self._writers["shares"].add(share)
            self._shares_of.append(place)
        for account in (part.author, self._maker.target_of(part)):
            if account is not None:
                self._add_account(account, part.locator, is_record=False)
        self._n_characters += len(part.text)

    def _add_account(self, part: AccountRow, locator: str, *, is_record: bool) -> Row | None:
        row = self._maker.account(part, locator)
        if row is None or (row[0], locator) == self._last_account:
            # The author of a post on their own page is one account seen once.
            return row
        self._last_account = (row[0], locator)
        if not is_record and part.observed is None and self._is_seen_account(row):
            return row
        self._writers["accounts"].add(row)
        self._account_records.append(is_record)
        seen = self._maker.observation(part, row)
        if seen is not None:
            self._writers["account_observations"].add(seen)
        return row

    def _is_seen_account(self, row: Row) -> bool:
        """Whether the account was just seen the same: most posts show nothing new of it."""
        if self._accounts_seen.get(row[0]) == row[1:-1]:
            return True
        if len(self._accounts_seen) >= _MOST_ACCOUNTS_KEPT:
            self._accounts_seen.clear()
        self._accounts_seen[row[0]] = row[1:-1]
        return False

    def _add_notice(self, part: NoticeRow, *, is_record: bool) -> None:
        self._writers["notices"].add(self._maker.notice(part))
        self._notice_records.append(is_record)
        if part.account is not None:
            self._add_account(part.account, part.locator, is_record=False)

    def _add_issue(self, issue: Issue) -> None:
        self._writers["issues"].add((issue.column or None, issue.reason, issue.locator))

    def _is_full(self) -> bool:
        n_rows = len(self._posts) + len(self._shares_of) + len(self._account_records)
        n_others = len(self._notice_records) + len(self._writers["issues"])
        return n_rows + n_others >= BATCH_ROWS or self._n_characters >= BATCH_CHARACTERS

    def _flush(self) -> None:
        """Write the batch; what equals an earlier record is dropped with all it carries."""
        kept = self._writers["posts"].flush()
        for (row, is_record), is_in in zip(self._posts, kept, strict=True):
            if is_in:
                self._tally.count_post(row)
            elif is_record:
                self._tally.n_duplicates += 1
        places = np.array(self._shares_of, dtype=np.int64)
        self._writers["shares"].flush(kept[places] if len(places) else None)
        for name, is_records in (
            ("accounts", self._account_records),
            ("notices", self._notice_records),
        ):
            kept = self._writers[name].flush()
            self._tally.n_duplicates += sum(
                is_record and not is_in for is_record, is_in in zip(is_records, kept, strict=True)
            )
        for name in ("account_observations", "issues"):
            self._writers[name].flush()
        self._posts, self._shares_of = [], []
        self._account_records, self._notice_records = [], []
        self._n_characters = 0


def _may_name_people(part: PostRow) -> bool:
    """Whether a post's author or mentions may be people who only commented."""
    return (
        part.kind in {"comment", "reply"}
        or "@" in part.text
        or "|" in part.text
        or any(share.kind == "mention" for share in part.shares)
    )


def _abandon(writer: TableWriter) -> None:
    """Let go of a half-written file; the folder goes with it."""
    with suppress(OSError):
        writer.abandon()
